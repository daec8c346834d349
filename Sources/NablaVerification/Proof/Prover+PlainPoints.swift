import NablaExpressions
import NablaNumbers

extension Prover {
  /// A counterexample with small coordinates at which the sides clearly differ, for people to
  /// follow; nil if a few tries find none.
  package func plainCounterexample(
    _ left: Handle, _ right: Handle, in pool: inout ExpressionPool
  ) -> ExactCounterexample? {
    let question = ProofQuestion(left, right, context, &pool)
    if question.isUnguarded { return nil }
    let shown = question.named
    var search = ProofSearch(
      question.context, shown?.left ?? question.left, shown?.right ?? question.right,
      guards: shown?.guards ?? question.guards, budget: budget, &pool)
    for _ in 0..<12 {
      let outcome = search.look(
        attempt: ProofPoint.plain, precision: ProofSearch.lowestPrecision, &pool)
      if case .differs(let found) = outcome, found.isClear { return found }
      if search.isConstant || budget.isOver() || pool.isInterrupted { return nil }
    }
    return nil
  }
}

extension ExactCounterexample {
  /// Whether the sides differ in their first digits.
  fileprivate var isClear: Bool {
    let (one, other) = (left.approximation, right.approximation)
    guard let one, let other else { return false }
    let size = max(one.magnitude, other.magnitude)
    return size < 1e6 && size > 1e-6 && (one - other).magnitude > 0.01 * size
  }
}

extension PointNumber {
  /// The value to four digits, where it is not too large or small to be written out.
  fileprivate var approximation: Double? {
    switch self {
    case .exact(let value): return value.doubleValue
    case .ball(let ball):
      return ball.decimal(significantDigits: 4).flatMap { Rational(decimal: $0)?.doubleValue }
    }
  }
}
