import NablaExpressions
import NablaNotation
import NablaRendering
import NablaVerification

extension SlipSearch {
  /// A step that holds under a condition which nobody stated.
  func assumption(
    _ wrong: Syntax, _ right: Syntax, _ pool: inout ExpressionPool
  ) -> (slip: FoundSlip, isNormalisation: Bool)? {
    var reader = SideReader(scope, against: right, beside: wrong, &pool)
    guard let sides = reader.read(wrong, &pool) else { return nil }
    var prover = Prover(context, budget: proofBudget)
    prover.findsConditions = true
    guard case .conditional(let condition, _) = prover.decide(sides.left, sides.right, in: &pool),
      pool.saysMoreThanIndices(condition)
    else { return nil }
    var builder = FormulaBuilder()
    builder.spellings = scope.spellings
    builder.indexNames = scope.indices
    builder.reservedNames = scope.quantityNames(in: pool)
    let shown = builder.formula(of: condition, in: &pool)
    var isNormalisation = false
    if case .relation(.equal, _) = pool[condition] { isNormalisation = true }
    let slip = FoundSlip(
      mistake: .assumption, repaired: wrong,
      change: SlipChange(
        range: wrong.range, before: formula(wrong), after: formula(wrong), isOfOtherSide: false),
      sentence: [.text("this is true only if "), .formula(shown)])
    return (slip, isNormalisation)
  }
}

extension ExpressionPool {
  /// Whether a condition is about values, not only about which indices are equal.
  fileprivate func saysMoreThanIndices(_ condition: Handle) -> Bool {
    symbolsOccurring(in: [condition]).contains { symbol in
      switch kind(of: symbol) {
      case .scalar, .array, .function: true
      case .index, .label, .dimension: false
      }
    }
  }
}
