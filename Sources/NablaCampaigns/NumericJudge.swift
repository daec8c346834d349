import NablaExpressions
import NablaProblems
import NablaVerification

/// Holds equations against random points by doubles, without the prover.
struct NumericJudge {
  enum Answer: Sendable {
    case equal, different, unknown
  }

  let seed: UInt64

  /// Whether an equation holds at points of its own, under a condition as well where one is given.
  func answer(
    _ equation: PosedEquation, under condition: Handle?, in pool: inout ExpressionPool
  ) -> Answer {
    let known = ProofContext(equation.scope, seed: seed, in: &pool)
    var context = CheckContext(definitions: known.definitions)
    context.assumptions = known.assumptions
    context.values = known.integers
    context.seed = seed
    var conditions = equation.conditions
    if let condition { conditions.append(condition) }
    let claim = Claim.equality(equation.left, equation.right, when: conditions)
    switch CrossCheck.run([claim], context, &pool)[0].verdict {
    case .passed: return .equal
    case .failed: return .different
    case .notChecked: return .unknown
    }
  }
}
