import NablaExpressions
import NablaNumbers

extension Prover {
  /// A condition under which an equation is proved that is false in general: an index case, the sign
  /// of a declared name, or a normalisation; nil if none is found.
  func repair(_ left: Handle, _ right: Handle, _ pool: inout ExpressionPool) -> Handle? {
    let question = ProofQuestion(left, right, context, &pool)
    let sides = [question.left, question.right]
    let indices = pool.freeIndices(of: sides)
    for (place, one) in indices.enumerated().prefix(3) {
      for other in indices[(place + 1)...].prefix(3)
      where pool.declaration(of: one).ranges == pool.declaration(of: other).ranges {
        for relation in [Relation.equal, .notEqual] {
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
