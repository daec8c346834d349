import NablaExpressions
import NablaNotation
import NablaRendering
import NablaVerification

extension Judge {
  /// Says what is wrong with a refuted step, if a small change repairs it.
  mutating func diagnose(
    _ claim: inout MarkedClaim, _ found: Attempt, _ open: OpenLine, in pool: inout ExpressionPool
  ) {
    if claim.because.isEmpty { claim.because = [.text("the two sides differ")] }
  }
}
