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
    for conditions in branches(kinks) {
      var lowering = Lowering(scope)
      lowering.allowsUndefined = true
      var handles: [Handle] = []
      for condition in conditions {
        guard let handle = try? lowering.condition(condition, in: &pool) else { break }
        handles.append(handle)
      }
      guard handles.count == conditions.count else { continue }
      var own = context.withoutValues(&pool)
      own.conditions += handles
      let values = EquationSieve(own).values(of: [sides], points: 6, in: &pool)
      guard values[0].count == 6, values[0].agree else { continue }
      guard isProved(sides, where: handles, own, &pool) else { continue }
      var words: [SlipWord] = [.text("this holds only where ")]
      for (number, condition) in conditions.enumerated() {
        if number > 0 { words.append(.text(" and ")) }
        words.append(.math(condition))
      }
      return FoundSlip(
        mistake: .kink, repaired: wrong,
        change: SlipChange(
          range: wrong.range, before: formula(wrong), after: formula(wrong), isOfOtherSide: true),
        sentence: inlines(words))
    }
    return nil
  }

  /// The sides of the kinks, alone and together with indices that are not equal.
  private func branches(_ kinks: [Syntax]) -> [[Syntax]] {
    var values: [Syntax] = []
    var indices: [Syntax] = []
    for kink in kinks.prefix(Self.mostConditions) {
      guard case .indicator(let inner) = kink.kind,
        case .comparison(let left, let operation, let right) = inner.kind
      else { continue }
      if case .notEqual = operation {
        indices.append(inner)
        continue
      }
      for operation in [operation, operation.complement] {
        values.append(Syntax(.comparison(left, operation, right), inner.range))
      }
    }
    return values.map { [$0] }
      + indices.prefix(1).flatMap { index in values.prefix(4).map { [index, $0] } }
  }

  private func isProved(
    _ sides: (left: Handle, right: Handle), where conditions: [Handle], _ own: ProofContext,
    _ pool: inout ExpressionPool
  ) -> Bool {
    if case .proved = Prover(own, budget: proofBudget).decide(sides.left, sides.right, in: &pool) {
      return true
    }
    let factors = conditions.map { pool.indicator(of: $0) }
    let (left, right) = (
      pool.writtenProduct(factors + [sides.left]), pool.writtenProduct(factors + [sides.right])
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
