import NablaExpressions
import NablaNumbers

/// The value of one expression at a given point, enclosed as tightly as asked for.
///
/// Derivatives in it are carried out; they have a value only where what was differentiated is
/// smooth, unless conventions settle its kinks.
package struct RigorousEvaluation {
  package enum Outcome: Sendable {
    case exact(Rational)
    case ball(Ball)
    /// There certainly is no value.
    case undefined
    /// Something was differentiated at a place where it may not be smooth.
    case kink
    /// Nothing is known at this precision.
    case unknown
    /// Nothing becomes known at any precision.
    case exhausted
  }

  private let question: ProofQuestion
  private let point: ProofPoint
  private let definitions: Definitions
  private let given: [Slot: Handle]

  /// - Parameters:
  ///   - given: The values of scalars and components.
  package init(
    _ expression: Handle, _ context: ProofContext, given: [Slot: Handle],
    in pool: inout ExpressionPool
  ) {
    question = ProofQuestion(expression, pool.zero, context, &pool)
    definitions = context.definitions
    self.given = given
    var point = ProofPoint(seed: context.seed, manner: 0, largestSize: 1)
    for (symbol, value) in context.integers { point.integers[symbol] = value }
    self.point = point
  }

  /// The value by balls of a precision in bits.
  package func value(precision: Int, in pool: inout ExpressionPool) -> Outcome {
    var evaluator = PointEvaluator(
      point, definitions, precision: precision, work: 2_000_000)
    evaluator.given = given
    do throws(PointFailure) {
      if question.context.conventions.isEmpty {
        if question.isUnguarded { return .exhausted }
        for body in question.guards.map({ $0.body }) {
          _ = try evaluator.value(of: body, in: &pool)
          if !evaluator.isRegular { return .kink }
        }
      }
      switch try evaluator.value(of: question.left, in: &pool) {
      case .exact(let value): return .exact(value)
      case .ball(let ball): return .ball(ball)
      }
    } catch {
      switch error {
      case .undefined: return .undefined
      case .unknown: return .unknown
      case .exhausted, .leftOpen: return .exhausted
      }
    }
  }
}
