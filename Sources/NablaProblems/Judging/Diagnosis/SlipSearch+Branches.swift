import NablaExpressions
import NablaNotation
import NablaRendering
import NablaVerification

extension SlipSearch {
  private static let mostConditions = 6

  /// A step that holds on one side of a kink only.
  func branch(
    _ wrong: Syntax, _ right: Syntax, _ kinks: [Syntax], _ pool: inout ExpressionPool
  ) -> FoundSlip? {
    guard !kinks.isEmpty else { return nil }
    var reader = SideReader(scope, against: right, beside: wrong, &pool)
    guard let sides = reader.read(wrong, &pool) else { return nil }
    for kink in kinks.prefix(Self.mostConditions) {
      guard case .indicator(let inner) = kink.kind,
        case .comparison(let left, let operation, let other) = inner.kind
      else { continue }
      for operation in [operation, operation.complement] {
        let condition = Syntax(.comparison(left, operation, other), inner.range)
        var lowering = Lowering(scope)
        lowering.allowsUndefined = true
        guard let handle = try? lowering.condition(condition, in: &pool) else { continue }
        var own = context.withoutValues(&pool)
        own.conditions.append(handle)
        let values = EquationSieve(own).values(of: [sides], points: 6, in: &pool)
        guard values[0].count == 6, values[0].agree else { continue }
        guard isProved(sides, where: handle, own, &pool) else { continue }
        return FoundSlip(
          mistake: .kink, repaired: wrong,
          change: SlipChange(
            range: wrong.range, before: formula(wrong), after: formula(wrong), isOfOtherSide: true),
          sentence: [.text("this holds only where "), .formula(formula(condition))])
      }
    }
    return nil
  }

  private func isProved(
    _ sides: (left: Handle, right: Handle), where condition: Handle, _ own: ProofContext,
    _ pool: inout ExpressionPool
  ) -> Bool {
    if case .proved = Prover(own, budget: proofBudget).decide(sides.left, sides.right, in: &pool) {
      return true
    }
    let factor = pool.indicator(of: condition)
    let (left, right) = (
      pool.writtenProduct([factor, sides.left]), pool.writtenProduct([factor, sides.right])
    )
    let prover = Prover(context.withoutValues(&pool), budget: proofBudget)
    if case .proved = prover.decide(left, right, in: &pool) { return true }
    return false
  }
}

extension ComparisonOperator {
  fileprivate var complement: ComparisonOperator {
    switch self {
    case .less: .greaterOrEqual
    case .lessOrEqual: .greater
    case .greater: .lessOrEqual
    case .greaterOrEqual: .less
    case .equal: .notEqual
    case .notEqual: .equal
    }
  }
}
