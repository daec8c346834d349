import NablaExpressions
import NablaRewriting

extension Deriver {
  /// A derivation in which the variable stands in the expression itself.
  mutating func deriveDirectly(
    _ subject: Handle, _ body: Handle, by variable: Handle, _ context: DifferentiationContext,
    _ pool: inout ExpressionPool
  ) -> Derivation {
    let goal = pool.derivative(subject, by: [variable])
    let start = pool.derivative(body, by: [variable])
    var derivation = Derivation(goal: goal, result: goal)
    if start != goal {
      let isName = head(subject, pool) != nil
      let reason = isName ? Reason.definition(of: subject) : Reason("definition")
      derivation.steps.append(Step("definition", goal, start, reason, detail: .standard))
    }
    var stepper = DerivativeStepper(
      variable: variable, context: context, table: table, distinct: distinct)
    var current = start
    // The line with every delta still in it: a sum over one is taken apart in the canonical form,
    // where names are recognised best.
    var uncarried = start
    var rounds = 0
    while pool.traits(current).contains(.derivative), rounds < 60,
      pool.treeSize(current) <= Deriver.longestLine
    {
      var beside = stepper
      let log = stepper.round(current, in: &pool)
      if log.result == current { break }
      uncarried =
        uncarried == current ? log.result : beside.round(uncarried, in: &pool).result
      for step in log.local where log.local.count > 1 { derivation.steps.append(step) }
      let carriedOut = pool.sumsOverDeltaCarriedOut(log.result)
      let isLast = rounds == 0 && !pool.traits(log.result).contains(.derivative)
      let detail = isLast ? Detail.brief : .standard
      derivation.steps.append(
        Step(
          log.rule, current, log.result, log.reason(table),
          detail: carriedOut == log.result ? detail : .full))
      if carriedOut != log.result {
        derivation.steps.append(
          Step("sum-over-delta", log.result, carriedOut, Deriver.deltaReason, detail: detail))
      }
      current = carriedOut
      rounds += 1
    }
    derivation.kinks = stepper.kinks
    derivation.isImmediate = rounds <= 1
    if pool.traits(current).contains(.derivative) {
      let line = pool.presentable(pool.differentiated(current, context))
      derivation.kinks += pool.kinks(in: body, by: [variable], context)
      derivation.steps.append(Step("chain", current, line, Reason("chain rule, again and again")))
      current = line
      derivation.isImmediate = false
      uncarried = current
    }
    finish(&derivation, current, from: uncarried, &pool)
    return derivation
  }

  /// Lines with more nodes than this are not written out; the engine takes the rest in one step.
  private static let longestLine = 4000

  /// Simplifies the last line, one named step after the other, and settles the result.
  ///
  /// `source` is another form of the line, in which its canonical form is found.
  mutating func finish(
    _ derivation: inout Derivation, _ raw: Handle, from source: Handle? = nil,
    _ pool: inout ExpressionPool
  ) {
    var line = raw
    func append(
      _ rule: String, _ canonical: Handle, _ reason: Reason, detail: Detail = .standard,
      _ pool: inout ExpressionPool
    ) {
      let written = pool.arranged(canonical)
      if written == line { return }
      derivation.steps.append(Step(rule, line, written, reason, detail: detail))
      line = written
    }
    let upstream = simplifier(for: derivation.goal, &pool)
    var settled = resolved(raw, &pool)
    var source = source.map { resolved($0, &pool) } ?? settled
    if indicesOverDelta(settled, &pool) > 0 {
      var names: [SymbolID] = []
      let folded = foldedBesideDeltas(settled, upstream.definitions, &names, &pool)
      if !names.isEmpty {
        derivation.steps.append(Step("fold", line, folded, foldReason(names, &pool)))
        line = folded
        settled = folded
        source = folded
      }
    }
    // Sums over deltas leave others behind.
    let canonical = pool.canonical(resolved(pool.canonical(source), &pool))
    let overDelta = indicesOverDelta(settled, &pool)
    if overDelta > 0 {
      let kept = pool.canonicalKeepingDeltas(settled)
      // Taken apart, a sum over several indices is harder to read than its result.
      if overDelta == 1, kept != canonical, binders(in: kept, &pool) != binders(in: settled, &pool)
      {
        append("expand", kept, Reason("expand"), &pool)
      }
      let reduced =
        pool.traits(settled).contains(.matrix)
        ? pool.canonicalKeepingInverses(source) : canonical
      append("sum-over-delta", reduced, Deriver.deltaReason, &pool)
    }
    if pool.traits(settled).contains(.matrix) {
      let kept = pool.canonicalKeepingInverses(source)
      if kept != canonical {
        append("collect", kept, Reason("simplify"), &pool)
        append("sum-over-inverse", canonical, Reason("A A⁻¹ = I"), &pool)
      }
    }
    let simplified = upstream.simplify(canonical, in: &pool)
    // What is more than read off is told.
    if simplified.steps.contains(where: { $0.rule == "expand" || $0.rule == "assumption" }) {
      derivation.isImmediate = false
    }
    if simplified.steps.isEmpty, isSettled(line, canonical, &pool) {
      derivation.result = line
      derivation.steps = compact(derivation.steps)
      remember(derivation)
      return
    }
    if simplified.steps.isEmpty || pool.cost(canonical) < pool.cost(raw) {
      append("collect", canonical, Reason("simplify"), &pool)
    }
    for (place, step) in simplified.steps.enumerated() {
      let next = place + 1 < simplified.steps.count ? simplified.steps[place + 1].rule : ""
      let isGlance = step.rule == "expand" && next == "fold" && isShortSum(step.result, pool)
      append(
        step.rule, step.result, reason(for: step, &pool), detail: isGlance ? .full : .standard,
        &pool)
      derivation.assumptions += step.assumptions
    }
    derivation.result = pool.arranged(simplified.result)
    append("collect", simplified.result, Reason("simplify"), &pool)
    derivation.steps = compact(derivation.steps)
    remember(derivation)
  }

  /// The simplifier for a derivative: a slope is told by what comes before it, so that names which
  /// the quantity defines are left out, and its own unless the variable stands in its definition.
  private func simplifier(for goal: Handle, _ pool: inout ExpressionPool) -> Simplifier {
    guard case .derivative(let subject, let list) = pool[goal], let own = head(subject, pool),
      let variable = head(pool.operand(list, 0), pool)
    else { return simplifier }
    var upstream = simplifier
    upstream.definitions = []
    for definition in simplifier.definitions {
      let isKept =
        definition.name == own
        ? pool.occurs(variable, in: definition.body)
        : definition.name == nil || !pool.occurs(own, in: definition.body)
      if isKept { upstream.definitions.append(definition) }
    }
    return upstream
  }

  private mutating func remember(_ derivation: Derivation) {
    let result = KnownResult(
      value: derivation.result, kinks: derivation.kinks, assumptions: derivation.assumptions)
    if derivation.assumptions.isEmpty, derivation.kinks.isEmpty, distinct.isEmpty,
      context.conventions.isEmpty
    {
      unconditional[derivation.goal] = result
    } else {
      known[derivation.goal] = result
    }
  }

  private func reason(for step: SimplificationStep, _ pool: inout ExpressionPool) -> Reason {
    switch step.rule {
    case "fold": return foldReason(step.names, &pool)
    case "assumption":
      var pieces: [Reason.Piece] = []
      for place in step.assumptions where place < simplifier.assumptions.count {
        if !pieces.isEmpty { pieces.append(.text(", ")) }
        pieces.append(.formula(simplifier.assumptions[place].equation(in: &pool)))
      }
      return Reason(pieces)
    default:
      for family in [RuleFamily.algebra, RuleFamily.procedures] {
        for rule in family.rules where rule.name == step.rule { return Reason(rule.remark) }
      }
      return Reason("simplify")
    }
  }

  private func foldReason(_ names: [SymbolID], _ pool: inout ExpressionPool) -> Reason {
    var pieces: [Reason.Piece] = []
    for name in names {
      pieces.append(.text(pieces.isEmpty ? "definition of " : " and "))
      pieces.append(.formula(pool.symbol(name)))
    }
    return Reason(pieces)
  }

  /// Leaves out steps that change nothing a reader can see, and ways that lead back to a line.
  private func compact(_ steps: [Step]) -> [Step] {
    var kept: [Step] = []
    for step in steps where step.before != step.after {
      if !step.isLocal,
        let earlier = kept.lastIndex(where: { !$0.isLocal && $0.after == step.after })
      {
        kept.removeLast(kept.count - 1 - earlier)
      } else {
        kept.append(step)
      }
    }
    return kept
  }
}

extension FoldableDefinition {
  /// The assumed equation, for the margin.
  func equation(in pool: inout ExpressionPool) -> Handle {
    let left = pool.presentable(body)
    switch replacement {
    case .value(let value): return pool.relation(.equal, left, pool.presentable(value))
    case .component, .function: return left
    }
  }
}
