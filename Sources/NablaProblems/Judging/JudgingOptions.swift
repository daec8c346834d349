import NablaExpressions
import NablaNotation
import NablaVerification

/// How submissions are to be judged.
package struct JudgingOptions {
  /// What the author's letters mean, given by the user: the author's first.
  package var renames: [(written: String, meant: String)] = []
  /// Chooses primes and points; to be drawn after the submission is known, unless a run is repeated.
  package var seed: UInt64
  /// What one step may spend.
  package var budget: ProofBudget
  /// Whether it is looked for what is wrong with a refuted step.
  package var diagnoses = true
  /// What is judged in place of a chain that was read; a campaign damages right ones here.
  package var exchange: ((RelationChain) -> RelationChain)?
  /// Is told of every equation that was put to the prover.
  package var observer: ((PosedEquation, inout ExpressionPool) -> Void)?

  package init(seed: UInt64) {
    self.seed = seed
    budget = ProofBudget(work: 150_000)
    budget.seeksSizes = false
    budget.findsExceptions = false
    budget.points = 48
  }
}
