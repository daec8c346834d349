import NablaExpressions
import NablaNumbers

extension Prover {
  /// A proof by other means than a reduction of both sides.
  func otherProof(
    _ question: ProofQuestion, _ level: Int, _ pool: inout ExpressionPool
  ) -> ProofAttempt? {
    nil
  }
}
