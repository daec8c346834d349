import NablaExpressions
import NablaNotation
import NablaVerification

/// An equation as a judge put it to the prover, so that its answer can be held against another's.
package struct PosedEquation {
  /// Where the sides stand in the submission.
  package let ranges: (left: SourceRange, right: SourceRange)
  package let left: Handle
  package let right: Handle
  package let scope: Scope
  /// What the author set: relations on indices and on values.
  package let conditions: [Handle]
  package let verdict: ProofVerdict
}

extension Judge {
  func report(_ attempt: Attempt, in pool: inout ExpressionPool) {
    guard let observer = options.observer, let forms = attempt.forms,
      case .judged(let verdict) = attempt.outcome
    else { return }
    let equation = PosedEquation(
      ranges: (attempt.left.range, attempt.right.range), left: forms.leftEntry,
      right: forms.rightEntry, scope: attempt.scope,
      conditions: accepted + attempt.facts + attempt.conditions, verdict: verdict)
    observer(equation, &pool)
  }
}
