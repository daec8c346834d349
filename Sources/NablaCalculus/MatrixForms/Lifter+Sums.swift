import NablaExpressions
import NablaNumbers

extension Lifter {
  /// A sum, with factors that its terms share taken out at the left and at the right.
  ///
  /// Products with sums in them come first, then other terms in the author's order, then
  /// diagonal matrices, then what is the same for every entry, and what is subtracted last.
  mutating func liftSum(
    _ terms: [Handle], _ row: SymbolID?, _ column: SymbolID?, in pool: inout ExpressionPool
  ) -> LiftedTerm? {
    if terms.count > 64 { return nil }
    var lifted: [LiftedTerm] = []
    for handle in terms {
      guard let term = lift(handle, row, column, in: &pool) else { return nil }
      lifted.append(term)
    }
    if lifted.allSatisfy({ $0.isElementary }) {
      return LiftedTerm(scalar: pool.canonicalSum(terms))
    }
    // 1 − a is usual, and f(x + a) where f acts entry by entry; I + 1 would mislead.
    let hasDiagonal = lifted.contains { $0.chain.contains { $0.isDiagonalMatrix } }
    var parts: [(term: LiftedTerm, key: SumKey)] = []
    for (handle, natural) in zip(terms, lifted) {
      let split = pool.splitCoefficient(handle)
      var term = natural
      let isAdded =
        isArgument ? term.shape.isScalar : term.isElementary && pool.isNumber(term.scalar)
      if isAdded, !hasDiagonal {
        term = term.boxed
      } else {
        guard let filled = filled(term, row, column, in: &pool) else { return nil }
        term = filled
      }
      let key = pool.displayKey(split.factor)
      let rank =
        pool.signed(term).isNegative
        ? 4
        : natural.isElementary
          ? 3 : term.isDiagonal ? 2 : key.kind == DisplayKey.binder ? 0 : 1
      let length = term.chain.reduce(0) { $0 + pool.symbolCount($1) }
      let first = term.chain.reduce(UInt32.max) { min($0, pool.firstSymbol(of: $1)) }
      parts.append((term, SumKey(rank: rank, first: first, length: length, key: key)))
    }
    parts.sort { $0.key < $1.key }
    return pool.joined(parts.map { $0.term })
  }
}

/// Where a term stands in a sum.
private struct SumKey: Comparable {
  let rank: Int
  /// The number of the array declared first.
  let first: UInt32
  let length: Int
  let key: DisplayKey

  static func < (left: SumKey, right: SumKey) -> Bool {
    if left.rank != right.rank { return left.rank < right.rank }
    if left.first != right.first { return left.first < right.first }
    return left.length == right.length ? left.key < right.key : left.length < right.length
  }
}

extension LiftedTerm {
  /// Whether nothing but scalars stands beside a diagonal matrix with a vector on its diagonal.
  fileprivate var isDiagonal: Bool {
    chain.count == 1 && chain[0].isDiagonalMatrix && chain[0].kind != .identity
  }
}

extension MatrixForm {
  fileprivate var isDiagonalMatrix: Bool {
    switch kind {
    case .identity: true
    case .diagonal: shape.isMatrix
    default: false
    }
  }
}
