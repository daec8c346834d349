import NablaExpressions
import NablaNumbers

/// Sizes for which an equation is proved that is not proved for all.
package struct ShownSizes: Sendable {
  package let symbols: [SymbolID]
  /// All combinations of sizes from 1 to this.
  package let largest: Int
}

extension Prover {
  /// The small sizes for which an equation holds: with numbers for sizes and free indices, and with
  /// every sum written out, each case has a proof of its own.
  ///
  /// Nil if there are no sizes, or if a case is not proved.
  func shownSizes(_ question: ProofQuestion, _ pool: inout ExpressionPool) -> ShownSizes? {
    let sides = [question.left, question.right]
    let symbols = sizes(in: sides + context.assumptions, pool)
    if symbols.isEmpty || symbols.count > 4 { return nil }
    let largest = [5, 5, 3, 2][symbols.count - 1]
    for sizes in Self.choices(symbols.map { _ in 1...largest }) {
      var substitution = Substitution()
      var context = question.context
      for (symbol, size) in zip(symbols, sizes) {
        substitution.symbols[symbol] = pool.integer(size)
        context.integers[symbol] = size
      }
      if !holds(question, context, substitution, &pool) { return nil }
    }
    return ShownSizes(symbols: symbols, largest: largest)
  }

  /// The dimensions without a value, in order.
  private func sizes(in roots: [Handle], _ pool: borrowing ExpressionPool) -> [SymbolID] {
    var found: Set<SymbolID> = []
    for symbol in pool.symbolsOccurring(in: roots) {
      let declaration = pool.declaration(of: symbol)
      let bounds = declaration.ranges.flatMap { [$0.lower, $0.upper] }
      for own in [symbol] + pool.symbolsOccurring(in: bounds)
      where pool.kind(of: own) == .dimension && context.integers[own] == nil {
        found.insert(own)
      }
    }
    return found.sorted()
  }

  /// Whether the equation is proved at some sizes for every choice of the free indices.
  private func holds(
    _ question: ProofQuestion, _ context: ProofContext, _ substitution: Substitution,
    _ pool: inout ExpressionPool
  ) -> Bool {
    let sides = [question.left, question.right]
    guard let cases = places(of: sides, substitution, &pool) else { return false }
    var inner = context
    inner.assumptions = []
    for assumption in context.assumptions {
      guard let own = places(of: [assumption], substitution, &pool) else { return false }
      for place in own {
        guard let fact = unrolled(assumption, place, &pool) else { return false }
        inner.assumptions.append(fact)
      }
    }
    for place in cases {
      if budget.isOver() { return false }
      inner.conditions = context.conditions.map { pool.substitute(place, in: $0) }
      if inner.conditions.contains(where: { pool.isNever($0) }) { continue }
      guard let left = unrolled(question.left, place, &pool),
        let right = unrolled(question.right, place, &pool),
        case .proved = Prover(inner, budget: budget).decide(left, right, level: 2, &pool)
      else { return false }
    }
    return true
  }

  /// The substitutions of numbers for sizes and free indices; nil if there are too many.
  private func places(
    of roots: [Handle], _ sizes: Substitution, _ pool: inout ExpressionPool
  ) -> [Substitution]? {
    let indices = pool.freeIndices(of: roots)
    var ranges: [ClosedRange<Int>] = []
    for index in indices {
      guard let range = pool.firstRange(of: index),
        let lower = number(range.lower, sizes, &pool), let upper = number(range.upper, sizes, &pool)
      else { return nil }
      if upper < lower { return [] }
      guard upper - lower < 10 else { return nil }
      ranges.append(lower...upper)
    }
    guard ranges.reduce(1, { $0 * $1.count }) <= 64 else { return nil }
    return Self.choices(ranges).map { values in
      var place = sizes
      for (index, value) in zip(indices, values) {
        place.symbols[index] = pool.integer(value)
      }
      return place
    }
  }

  private func number(
    _ handle: Handle, _ sizes: Substitution, _ pool: inout ExpressionPool
  ) -> Int? {
    pool.rational(pool.canonical(pool.substitute(sizes, in: handle)))?.asInt
  }

  private func unrolled(
    _ handle: Handle, _ place: Substitution, _ pool: inout ExpressionPool
  ) -> Handle? {
    var unrolling = Unrolling()
    return unrolling.unrolled(pool.substitute(place, in: handle), in: &pool)
  }

  private static func choices(_ ranges: [ClosedRange<Int>]) -> [[Int]] {
    ranges.reduce([[]]) { known, range in
      known.flatMap { own in range.map { own + [$0] } }
    }
  }
}

extension ExpressionPool {
  /// Whether a relation between numbers fails.
  fileprivate mutating func isNever(_ condition: Handle) -> Bool {
    guard case .relation(let relation, let list) = self[condition], count(list) == 2,
      let left = rational(operand(list, 0)), let right = rational(operand(list, 1))
    else { return false }
    return !relation.holds(sign: (left - right).signum)
  }
}
