import NablaExpressions
import NablaVerification

extension Solver {
  /// Decides an inequality, for all values and sizes at once.
  mutating func compare(
    _ left: Handle, _ relation: Relation, _ right: Handle, _ solved: inout SolvedTask,
    _ pool: inout ExpressionPool
  ) {
    var context = proofContext(solved.task.scope, &pool)
    if let condition = solved.task.condition { context.conditions.append(condition) }
    let prover = Prover(context, budget: ProofBudget(work: options.proofWork))
    let proof = prover.decide(left, relation, right, in: &pool)
    solved.comparison = proof
    switch proof.verdict {
    case .proved: break
    case .refuted, .conditional: solved.verdict = .failed
    case .undecided, .exhausted: solved.verdict = .undecided
    }
  }
}
