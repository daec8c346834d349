import NablaExpressions
import NablaNumbers

extension Lifter {
  /// A sum, with factors that its terms share taken out at the left and at the right.
  mutating func liftSum(
    _ terms: [Handle], _ row: SymbolID?, _ column: SymbolID?, in pool: inout ExpressionPool
  ) -> LiftedTerm? {
    if terms.count > 64 { return nil }
    var parts: [(term: LiftedTerm, isNegative: Bool, kind: Int, key: DisplayKey)] = []
    for handle in terms {
      guard var term = lift(handle, row, column, in: &pool) else { return nil }
      let split = pool.splitCoefficient(handle)
      let key = pool.displayKey(split.factor)
      // Products with sums in them come first, and what is the same for every entry last.
      var kind = 1
      if term.isElementary {
        kind = 2
      } else {
        guard let filled = filled(term, row, column, in: pool) else { return nil }
        term = filled
        if key.kind == DisplayKey.binder { kind = 0 }
      }
      parts.append((term, split.coefficient.signum < 0, kind, key))
    }
    parts.sort { ($0.isNegative ? 3 : $0.kind, $0.key) < ($1.isNegative ? 3 : $1.kind, $1.key) }
    let lifted = parts.map { $0.term }
    if lifted.allSatisfy({ $0.isElementary }) {
      return LiftedTerm(scalar: pool.canonicalSum(terms))
    }
    return pool.joined(lifted)
  }
}
