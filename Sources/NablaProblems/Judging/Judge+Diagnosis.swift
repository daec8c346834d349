import NablaExpressions
import NablaNotation
import NablaRendering
import NablaVerification

extension Judge {
  /// Says what is wrong with a refuted step, if a small change repairs it.
  mutating func diagnose(
    _ claim: inout MarkedClaim, _ found: Attempt, _ open: OpenLine, in pool: inout ExpressionPool
  ) {
    if claim.mistake == nil || claim.mistake == .arithmetic || claim.mistake == .shape {
      var scope = found.scope
      if isNumeric(found.left, found.right), let valued = section.valued.first {
        scope.values = valued.values
      }
      var context = ProofContext(scope, seed: options.seed, in: &pool)
      context.assumptions += accepted
      context.conditions += found.conditions
      var search = SlipSearch(scope: scope, context: context, isOver: options.budget.isOver)
      search.hints = [open.head]
      if let slip = search.search(repairing: found.right, against: found.left, in: &pool) {
        claim.mistake = slip.mistake
        claim.because = slip.sentence
        claim.repair = formula(slip.repaired, nil, in: &pool)
      }
    }
    if claim.because.isEmpty { claim.because = [.text("the two sides differ")] }
  }
}
