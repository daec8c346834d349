import NablaExpressions
import NablaNumbers

extension Lifter {
  /// A sum, with factors that its terms share taken out at the left and at the right.
  mutating func liftSum(
    _ terms: [Handle], _ row: SymbolID?, _ column: SymbolID?, in pool: inout ExpressionPool
  ) -> LiftedTerm? {
    if terms.count > 64 { return nil }
    var keyed: [(isNegative: Bool, key: DisplayKey, handle: Handle)] = []
    for handle in terms {
      let term = pool.splitCoefficient(handle)
      keyed.append((term.coefficient.signum < 0, pool.displayKey(term.factor), handle))
    }
    keyed.sort { $0.isNegative == $1.isNegative ? $0.key < $1.key : $1.isNegative }
    var lifted: [LiftedTerm] = []
    for term in keyed {
      guard let natural = lift(term.handle, row, column, in: &pool) else { return nil }
      if natural.isElementary {
        lifted.append(natural)
        continue
      }
      guard let filled = filled(natural, row, column, in: pool) else { return nil }
      lifted.append(filled)
    }
    if lifted.allSatisfy({ $0.isElementary }) {
      return LiftedTerm(scalar: pool.canonicalSum(terms))
    }
    return pool.joined(lifted)
  }
}
