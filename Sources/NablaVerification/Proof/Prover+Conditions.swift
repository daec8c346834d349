import NablaExpressions
import NablaNumbers

extension Prover {
  /// A condition under which an equation is proved that is false in general: an index case, the sign
  /// of a declared name, or a normalisation; nil if none is found.
  func repair(
    _ left: Handle, _ right: Handle, _ found: ExactCounterexample, _ pool: inout ExpressionPool
  ) -> Handle? {
    let question = ProofQuestion(left, right, context, &pool)
    let sides = [question.left, question.right]
    let known = counterexamples(to: question, found, &pool)
    let indices = pool.freeIndices(of: sides)
    for (place, one) in indices.enumerated().prefix(3) {
      for other in indices[(place + 1)...].prefix(3)
      where pool.declaration(of: one).ranges == pool.declaration(of: other).ranges {
        for relation in [Relation.equal, .notEqual] {
          if known.contains(where: { $0.meets(relation, one, other) }) { continue }
          let condition = pool.relation(relation, pool.symbol(one), pool.symbol(other))
          var narrowed = context
          narrowed.conditions.append(condition)
          if holds(left, right, narrowed, &pool) { return condition }
        }
      }
    }
    let symbols = pool.symbolsOccurring(in: sides)
    for symbol in symbols.filter({ pool.kind(of: $0) == .scalar }).prefix(4) {
      for relation in [Relation.greaterOrEqual, .lessOrEqual, .greater, .less] {
        if known.contains(where: { $0.meets(relation, symbol) }) { continue }
        let condition = pool.relation(relation, pool.symbol(symbol), pool.zero)
        if holdsAssuming(condition, left, right, &pool) { return condition }
      }
    }
    for symbol in symbols.filter({ pool.kind(of: $0) == .array }).prefix(4) {
      let ranges = pool.declaration(of: symbol).ranges
      guard ranges.count == 1 else { continue }
      let index = pool.declare(Symbol("", .index, ranges: ranges, isFresh: true))
      let body = pool.entry(symbol, [pool.symbol(index)])
      let sum = pool.closeSum(body, over: [index], ranges: ranges)
      let condition = pool.relation(.equal, sum, pool.one)
      if holdsAssuming(condition, left, right, &pool) { return condition }
    }
    return nil
  }

  /// A few more points at which the sides differ: what holds at one of them is not the condition.
  private func counterexamples(
    to question: ProofQuestion, _ found: ExactCounterexample, _ pool: inout ExpressionPool
  ) -> [ExactCounterexample] {
    var known = [found]
    if found.coordinates.isEmpty, found.integers.isEmpty { return known }
    var search = ProofSearch(
      question.context, question.left, question.right, guards: question.guards,
      work: min(budget.work, 20_000), &pool)
    for attempt in 0..<8 {
      if budget.isOver() || search.work <= 0 { break }
      let outcome = search.look(
        attempt: attempt, precision: ProofSearch.lowestPrecision, &pool)
      if case .differs(let other) = outcome, !question.isUnguarded { known.append(other) }
    }
    return known
  }

  private func holdsAssuming(
    _ condition: Handle, _ left: Handle, _ right: Handle, _ pool: inout ExpressionPool
  ) -> Bool {
    var narrowed = context
    narrowed.assumptions.append(condition)
    return holds(left, right, narrowed, &pool)
  }

  private func holds(
    _ left: Handle, _ right: Handle, _ narrowed: ProofContext, _ pool: inout ExpressionPool
  ) -> Bool {
    guard !budget.isOver() else { return false }
    let verdict = Prover(narrowed, budget: budget).decide(left, right, level: 0, &pool)
    if case .proved = verdict { return true }
    return false
  }
}

extension ExactCounterexample {
  /// Whether a scalar stands in a relation to 0 here.
  fileprivate func meets(_ relation: Relation, _ symbol: SymbolID) -> Bool {
    for coordinate in coordinates where coordinate.slot == Slot(symbol) {
      return relation.holds(sign: coordinate.value.signum)
    }
    return false
  }

  /// Whether two indices are equal or not here.
  fileprivate func meets(_ relation: Relation, _ one: SymbolID, _ other: SymbolID) -> Bool {
    guard let left = integers.first(where: { $0.symbol == one }),
      let right = integers.first(where: { $0.symbol == other })
    else { return false }
    return relation.holds(sign: left.value < right.value ? -1 : left.value == right.value ? 0 : 1)
  }
}
