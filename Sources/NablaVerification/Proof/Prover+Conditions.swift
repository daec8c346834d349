import NablaExpressions
import NablaNumbers

extension Prover {
  /// A condition under which an equation is proved that is false in general: an index case, the sign
  /// of a declared name, or a normalisation; nil if none is found.
  func repair(
    _ question: ProofQuestion, _ left: Handle, _ right: Handle, _ found: ExactCounterexample,
    _ pool: inout ExpressionPool
  ) -> Handle? {
    let sides = [question.left, question.right]
    let symbols = pool.symbolsOccurring(in: sides)
    let indices = pool.freeIndices(of: sides)
    let scalars = symbols.filter { pool.kind(of: $0) == .scalar }.prefix(4)
    var cases: [PointCase] = []
    for (place, one) in indices.enumerated().prefix(3) {
      for other in indices[(place + 1)...].prefix(3)
      where pool.declaration(of: one).ranges == pool.declaration(of: other).ranges {
        for relation in [Relation.equal, .notEqual] {
          cases.append(PointCase(relation: relation, symbol: one, other: other))
        }
      }
    }
    for symbol in scalars {
      for relation in [Relation.greaterOrEqual, .lessOrEqual, .greater, .less] {
        cases.append(PointCase(relation: relation, symbol: symbol, other: nil))
      }
    }
    if !cases.isEmpty {
      let isBrief = !symbols.contains {
        pool.kind(of: $0) == .array || pool.kind(of: $0) == .index
      }
      let known = PointSurvey(of: question, for: cases, found, isBrief: isBrief, budget, &pool)
      for own in cases where known.allows(own) {
        var narrowed = context
        let condition: Handle
        if let other = own.other {
          condition = pool.relation(own.relation, pool.symbol(own.symbol), pool.symbol(other))
          narrowed.conditions.append(condition)
        } else {
          condition = pool.relation(own.relation, pool.symbol(own.symbol), pool.zero)
          narrowed.assumptions.append(condition)
        }
        if holds(left, right, narrowed, &pool) { return condition }
      }
    }
    let summed = pool.summedArrays(in: sides)
    for symbol in symbols.filter({ summed.contains($0) }).prefix(4) {
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
    guard !budget.isOver(), !pool.isInterrupted else { return false }
    let verdict = Prover(narrowed, budget: budget.forProofsOnly).decide(
      left, right, level: 0, &pool)
    if case .proved = verdict { return !pool.isInterrupted }
    return false
  }
}

/// A condition that may be missing: a scalar in a relation to 0, or an index to another.
private struct PointCase {
  let relation: Relation
  let symbol: SymbolID
  let other: SymbolID?

  /// Whether it holds at a point.
  func isMet(at point: ProofPoint) -> Bool {
    if let other { return point.meets(relation, symbol, other) }
    return point.meets(relation, symbol)
  }
}

/// A few points at which the two sides differ, and a few at which they agree.
///
/// A condition that holds at one of the former is not the one that is missing, nor is one that
/// holds at none of the latter.
private struct PointSurvey {
  private var differing: [ProofPoint] = []
  private var agreeing: [ProofPoint] = []

  /// Looks at points for as long as one of some conditions may still be the one.
  init(
    of question: ProofQuestion, for cases: [PointCase], _ found: ExactCounterexample,
    isBrief: Bool, _ budget: ProofBudget, _ pool: inout ExpressionPool
  ) {
    if question.isUnguardedAtPoints || (found.coordinates.isEmpty && found.integers.isEmpty) {
      return
    }
    var search = ProofSearch(
      question.context, question.left, question.right,
      guards: question.guards + question.guardsOfPoints,
      budget: ProofBudget(work: min(budget.work, 20_000), isOver: budget.isOver), &pool)
    // All positive and all negative ones come first.
    for (count, attempt) in [1, 6, 0, 2, 3, 4, 5, 7, 8, 10, 11, 12].enumerated() {
      if isBrief, count == 2, agreeing.isEmpty { return }
      if cases.allSatisfy({ isExcluded($0) }) { return }
      if budget.isOver() || search.work <= 0 { return }
      let outcome = search.look(
        attempt: attempt, precision: ProofSearch.lowestPrecision, &pool)
      switch outcome {
      case .differs: differing.append(search.lastPoint)
      case .agrees(_, _, let point): agreeing.append(point)
      case .unclear, .unusable: break
      }
    }
  }

  private func isExcluded(_ own: PointCase) -> Bool {
    differing.contains { own.isMet(at: $0) }
  }

  func allows(_ own: PointCase) -> Bool {
    !isExcluded(own) && agreeing.contains { own.isMet(at: $0) }
  }
}

extension ExpressionPool {
  /// The arrays whose entries stand below a sum.
  fileprivate mutating func summedArrays(in roots: [Handle]) -> Set<SymbolID> {
    var bodies: [Handle] = []
    for node in nodesBelow(roots) {
      if case .indexedSum(_, let body) = self[node] { bodies.append(body) }
    }
    return Set(symbolsOccurring(in: bodies).filter { kind(of: $0) == .array })
  }
}

extension ProofPoint {
  /// Whether a scalar stands in a relation to 0 here.
  fileprivate func meets(_ relation: Relation, _ symbol: SymbolID) -> Bool {
    values[Slot(symbol)].map { relation.holds(sign: $0.signum) } ?? false
  }

  /// Whether two indices are equal or not here.
  fileprivate func meets(_ relation: Relation, _ one: SymbolID, _ other: SymbolID) -> Bool {
    guard let left = integers[one], let right = integers[other] else { return false }
    return relation.holds(sign: left < right ? -1 : left == right ? 0 : 1)
  }
}
