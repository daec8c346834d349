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

  private static let deltaReason = Reason("δ keeps one term of the sum")

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
    var settled = resolved(raw, &pool)
    var source = source.map { resolved($0, &pool) } ?? settled
    if indicesOverDelta(settled, &pool) > 0 {
      var names: [SymbolID] = []
      let folded = foldedBesideDeltas(settled, &names, &pool)
      if !names.isEmpty {
        derivation.steps.append(Step("fold", line, folded, foldReason(names, &pool)))
        line = folded
        settled = folded
        source = folded
      }
    }
    let canonical = pool.canonical(source)
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
    let simplified = simplifier.simplify(canonical, in: &pool)
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

  /// Whether an expanded line can be read and folded at a glance.
  private func isShortSum(_ handle: Handle, _ pool: borrowing ExpressionPool) -> Bool {
    if case .sum(let list) = pool[handle] { pool.count(list) <= 2 } else { true }
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

  /// Whether a line is no longer than its canonical form, so that only the order would change.
  private func isSettled(
    _ line: Handle, _ canonical: Handle, _ pool: inout ExpressionPool
  ) -> Bool {
    let arranged = pool.arranged(canonical)
    return line == arranged
      || (pool.canonical(line) == canonical && pool.treeSize(line) <= pool.treeSize(arranged)
        && isTidy(line, &pool))
  }

  /// Whether nothing in a line asks to be collected: no factor twice, no sign or fraction among
  /// factors, no fraction of fractions, no sum that begins with a minus needlessly, no number in
  /// the middle of a product or below a sum, no sum before other factors.
  private func isTidy(_ line: Handle, _ pool: inout ExpressionPool) -> Bool {
    for node in pool.nodesBelow([line]) {
      switch pool[node] {
      case .product(let list):
        let factors = pool.operands(list)
        if Set(factors).count < factors.count { return false }
        for (place, factor) in factors.enumerated() {
          if leadsWithMinus(factor, pool) { return false }
          switch pool[factor] {
          case .quotient, .product: return false
          case .integer, .number: if place > 0 { return false }
          case .indexedSum: if place + 1 < factors.count { return false }
          default: break
          }
        }
      case .indexedSum(_, let body):
        switch pool[body] {
        case .product(let list):
          if pool.isNumber(pool.operand(list, 0)) { return false }
        default: if leadsWithMinus(body, pool) { return false }
        }
      case .negation(let inner): if leadsWithMinus(inner, pool) { return false }
      case .sum(let list):
        let terms = pool.operands(list)
        let isPositive = terms.map { term in
          if case .negation = pool[term] { return false }
          return true
        }
        if !isPositive[0], isPositive.contains(true) { return false }
      case .quotient(let above, let below):
        if case .quotient = pool[above] { return false }
        if case .quotient = pool[below] { return false }
      default: break
      }
    }
    return true
  }

  /// Whether a written form, or the sum that it is, begins with a minus sign.
  private func leadsWithMinus(_ handle: Handle, _ pool: borrowing ExpressionPool) -> Bool {
    switch pool[handle] {
    case .negation: return true
    case .sum(let list):
      if case .negation = pool[pool.operand(list, 0)] { return true }
      return false
    case .indexedSum(_, let body): return leadsWithMinus(body, pool)
    default: return false
    }
  }

  /// Deltas between indices that are known to differ are 0.
  func resolved(_ handle: Handle, _ pool: inout ExpressionPool) -> Handle {
    if distinct.isEmpty { return handle }
    var substitution = Substitution()
    for pair in distinct {
      let ends = Array(pair)
      guard ends.count == 2 else { continue }
      substitution.nodes[pool.writtenDelta(ends[0], ends[1])] = pool.zero
      substitution.nodes[pool.writtenDelta(ends[1], ends[0])] = pool.zero
    }
    return pool.substitute(substitution, in: handle)
  }

  /// The number of different sums that occur, bodies included.
  private func binders(in handle: Handle, _ pool: inout ExpressionPool) -> Int {
    var count = 0
    for node in pool.nodesBelow([handle]) {
      if case .indexedSum = pool[node] { count += 1 }
    }
    return count
  }

  /// The greatest number of indices of a sum in which a delta can act; 0 if there is none.
  private func indicesOverDelta(_ handle: Handle, _ pool: inout ExpressionPool) -> Int {
    var most = 0
    for node in pool.nodesBelow([handle]) {
      guard case .indexedSum(_, let body) = pool[node], pool.traits(body).contains(.delta) else {
        continue
      }
      for inner in pool.nodesBelow([body]) {
        guard case .delta = pool[inner], pool.looseLevels(inner) > 0 else { continue }
        most = max(most, pool.ranges(of: node).count)
        break
      }
    }
    return most
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

  /// A written form with the parts that hold no delta folded back into names.
  ///
  /// To carry out a sum over a delta takes the sum apart, and names are shorter to take apart than
  /// what they stand for.
  private func foldedBesideDeltas(
    _ handle: Handle, _ names: inout [SymbolID], _ pool: inout ExpressionPool
  ) -> Handle {
    if pool.looseLevels(handle) > 0 { return handle }
    if !pool.traits(handle).contains(.delta) {
      let canonical = pool.canonical(handle)
      var used: [Int] = []
      let folded = pool.folded(canonical, simplifier.definitions, used: &used)
      if folded == canonical || pool.cost(folded) >= pool.cost(canonical) { return handle }
      for place in used {
        guard let name = simplifier.definitions[place].name, !names.contains(name) else { continue }
        names.append(name)
      }
      return pool.arranged(folded)
    }
    if case .indexedSum = pool[handle], let opened = pool.open(handle) {
      let body = foldedBesideDeltas(opened.body, &names, &pool)
      if body == opened.body { return handle }
      return pool.closeSum(body, over: opened.indices, ranges: opened.ranges)
    }
    var found = names
    let result = pool.mapChildren(of: handle) { pool, child, _ in
      foldedBesideDeltas(child, &found, &pool)
    }
    names = found
    return result
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
