import NablaCalculus
import NablaExpressions
import NablaNotation
import NablaRewriting
import NablaVerification

extension Solver {
  /// A derivation from the left side to the right side.
  mutating func prove(
    _ left: Handle, _ right: Handle, _ solved: inout SolvedTask, _ pool: inout ExpressionPool
  ) {
    let scope = solved.task.scope
    var deriver = deriver(scope, &pool)
    let basis = basis(scope, &pool)
    deriver.known = told[basis] ?? [:]
    deriver.unconditional = told[[]] ?? [:]
    let conditions = solved.task.condition.map { [$0] } ?? []
    let claim = Claim.equality(left, right, when: conditions)
    let report = CrossCheck.run([claim], checkContext(scope, &pool), &checked, &pool)[0]
    var outcome = ProofOutcome()
    switch report.verdict {
    case .failed(let counterexample):
      outcome.holds = false
      outcome.detail = pool.text(of: counterexample)
      solved.proof = outcome
      solved.verdict = .failed
      return
    case .passed: outcome.holds = true
    case .notChecked(let obstacle): outcome.detail = pool.text(of: obstacle)
    }
    var derivation = road(from: left, &deriver, conditions, &pool)
    if conditions.isEmpty { remember(deriver, on: basis) }
    let goal = road(from: right, &deriver, conditions, &pool)
    join(&derivation, with: goal, right, &pool)
    if let ground = groundOfSelfCitation(derivation, left, right, scope, &pool) {
      derivation = ground
    }
    if searchesRoads, derivation.result != right || isBrief(derivation) {
      search(&derivation, from: left, to: right, deriver, scope, &pool)
    }
    if derivation.result != right { bridge(&derivation, with: goal, right, scope, &pool) }
    if !searchesRoads, derivation.result != right {
      search(&derivation, from: left, to: right, deriver, scope, &pool)
    }
    if searchesRoads { derivation.steps = pool.refined(derivation.steps, for: options.detail) }
    derivation.goal = left
    outcome.hasSteps = derivation.result == right
    outcome.isProved = outcome.hasSteps
    if outcome.isProved { outcome.holds = true }
    var entry = SolvedDerivation(
      derivation: derivation, subject: left, variables: [])
    var summary = CheckSummary(result: report)
    checkSteps(derivation, conditions, scope, &summary, &pool)
    if options.proves {
      let context = proofContext(scope, &pool)
      judge(.result, left, right, when: conditions, context, &summary.proof, &pool)
      if summary.proof.isProved(.result) {
        outcome.isProved = true
        outcome.holds = true
      }
      prove(derivation, when: conditions, context, &summary.proof, &pool)
    }
    entry.check = summary
    solved.derivations.append(entry)
    solved.proof = outcome
    if summary.isFailed {
      solved.verdict = .failed
    } else if outcome.holds == nil || !outcome.isProved {
      solved.verdict = outcome.isProved ? .passed : .undecided
    }
  }

  /// The steps by which an expression becomes as short as it can.
  private mutating func road(
    from start: Handle, _ deriver: inout Deriver, _ conditions: [Handle],
    _ pool: inout ExpressionPool
  ) -> Derivation {
    deriver.assume(conditions, in: &pool)
    if case .derivative(let body, let list) = pool[start] {
      return deriver.derive(body, by: pool.operands(list), in: &pool)
    }
    return deriver.simplify(start, in: &pool)
  }

  /// A claim that definitions imply is not its own reason: the definitions are written out.
  private func groundOfSelfCitation(
    _ derivation: Derivation, _ left: Handle, _ right: Handle, _ scope: Scope,
    _ pool: inout ExpressionPool
  ) -> Derivation? {
    let steps = derivation.steps.filter { !$0.isLocal }
    guard steps.count == 1, steps[0].rule == "assumption", steps[0].before == left,
      steps[0].after == right
    else { return nil }
    let opened = pool.opened(left, scope.definitions)
    guard opened != left, pool.areIdentical(opened, right) else { return nil }
    return Derivation(
      goal: left,
      steps: [
        Step("definition", left, opened, Reason("definitions")),
        Step("collect", opened, right, Reason("carry out and collect")),
      ], result: right)
  }

  /// Appends the road from the other side backwards where both meet.
  private func join(
    _ derivation: inout Derivation, with other: Derivation, _ right: Handle,
    _ pool: inout ExpressionPool
  ) {
    if derivation.result == right { return }
    if pool.canonical(derivation.result) == pool.canonical(right) {
      derivation.steps.append(
        Step("collect", derivation.result, right, Reason("rearrange")))
      derivation.result = right
      return
    }
    if let place = derivation.steps.lastIndex(where: { !$0.isLocal && $0.after == right }) {
      derivation.steps.removeLast(derivation.steps.count - 1 - place)
      derivation.result = right
      return
    }
    guard pool.canonical(derivation.result) == pool.canonical(other.result) else { return }
    let steps = other.steps.filter { !$0.isLocal }
    if derivation.result != other.result, steps.isEmpty {
      derivation.steps.append(
        Step("collect", derivation.result, other.result, Reason("rearrange")))
    }
    var line = derivation.result
    for step in steps.reversed() {
      let reason = step.rule == "chain" ? Reason("what these factors are") : step.reason
      derivation.steps.append(Step(step.rule, line, step.before, reason))
      line = step.before
    }
    derivation.assumptions += other.assumptions
    derivation.lemmas += other.lemmas
    derivation.result = right
  }

  /// Whether one step says no more than that both sides are equal.
  private func isBrief(_ derivation: Derivation) -> Bool {
    let steps = derivation.steps.filter { !$0.isLocal }
    return steps.count <= 2
      && steps.contains { ["combine", "expand", "factor"].contains($0.rule) }
  }

  /// Looks for a way from both ends.
  private func search(
    _ derivation: inout Derivation, from left: Handle, to right: Handle, _ deriver: Deriver,
    _ scope: Scope, _ pool: inout ExpressionPool
  ) {
    var search = RoadSearch(scope.definitions, differentiationContext(scope, &pool), deriver)
    // How a derivative is found is told first; what is simplified may go another way.
    if case .derivative = pool[left] {
      guard let steps = search.steps(from: derivation.result, to: right, in: &pool) else { return }
      derivation.steps += steps
      derivation.result = right
    } else if let steps = search.steps(from: left, to: right, in: &pool) {
      derivation = Derivation(goal: left, steps: steps, result: right)
    }
  }

  /// Opens the definitions on both sides and compares them over a common denominator.
  private func bridge(
    _ derivation: inout Derivation, with other: Derivation, _ right: Handle, _ scope: Scope,
    _ pool: inout ExpressionPool
  ) {
    let context = differentiationContext(scope, &pool)
    let left = pool.opened(pool.differentiated(derivation.result, context), scope.definitions)
    let target = pool.opened(pool.differentiated(right, context), scope.definitions)
    guard pool.areIdentical(left, target) else { return }
    for (line, reason) in [
      (pool.presentable(left), "definitions"), (pool.presentable(target), "common denominator"),
      (right, "definitions"),
    ] where line != derivation.result {
      derivation.steps.append(Step("combine", derivation.result, line, Reason(reason)))
      derivation.result = line
    }
  }

  private mutating func checkSteps(
    _ derivation: Derivation, _ conditions: [Handle], _ scope: Scope,
    _ summary: inout CheckSummary, _ pool: inout ExpressionPool
  ) {
    var claims: [Claim] = []
    let steps = derivation.steps.filter { !$0.isLocal }
    for step in steps { claims.append(.step(step.before, step.after, when: conditions)) }
    let reports = CrossCheck.run(claims, checkContext(scope, &pool), &checked, &pool)
    for (step, report) in zip(steps, reports) {
      switch report.verdict {
      case .passed: summary.stepCount += 1
      case .failed: if summary.failedStep == nil { summary.failedStep = (step, report) }
      case .notChecked: break
      }
    }
  }
}
