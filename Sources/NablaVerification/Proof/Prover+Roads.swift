import NablaExpressions
import NablaNumbers

extension Prover {
  /// The first proof that is found, and what it rests on; no road if there is none.
  func proof(
    of question: ProofQuestion, _ level: Int, _ pool: inout ExpressionPool
  ) -> (proof: ProofAttempt, road: ProofRoad?) {
    if let general = identityOfNames(question, &pool) { return (general, general.road) }
    var proof = ProofAttempt(question, budget)
    if proof.run(&pool), holdsAtJumps(&proof, question, Jumps(), &pool) {
      return (proof, proof.road)
    }
    if budget.isOver() { return (proof, nil) }
    if holdsByCases(proof, question, level, &pool) { return (proof, .indexCases) }
    if let exact = exactAttempt(question, &pool) { return (exact, exact.road) }
    if holdsByDerivatives(&proof, question, level, &pool) { return (proof, .derivatives) }
    if holdsTermwise(question, level, &pool) { return (proof, .terms) }
    return (proof, nil)
  }

  /// A proof that needs not all of the definitions; nil if there is none.
  private func identityOfNames(
    _ question: ProofQuestion, _ pool: inout ExpressionPool
  ) -> ProofAttempt? {
    guard var forms = question.named else { return nil }
    var smaller = budget
    smaller.work /= 4
    while !budget.isOver(), let closed = forms.next(&pool) {
      var proof = ProofAttempt(closed, smaller, keepsConditions: true)
      guard proof.run(&pool) else { continue }
      if proof.reducer.jumps.isSubset(of: proof.kinks(of: closed.guards, &pool)) { return proof }
    }
    return nil
  }

  /// Whether the equation is an identity both where two free indices are equal and where not.
  func holdsByCases(
    _ proof: ProofAttempt, _ question: ProofQuestion, _ level: Int,
    _ pool: inout ExpressionPool
  ) -> Bool {
    if level > 0 || !proof.reducer.jumps.isEmpty { return false }
    for kernel in proof.reducer.algebra.kernels {
      guard case .condition(let condition) = kernel.kind,
        case .delta(let one, let other) = pool[condition],
        pool.isFreeIndex(one), pool.isFreeIndex(other)
      else { continue }
      for relation in [Relation.equal, .notEqual] {
        var narrowed = context
        narrowed.conditions.append(pool.relation(relation, one, other))
        var attempt = ProofAttempt(
          ProofQuestion(question.left, question.right, narrowed, &pool), budget)
        guard attempt.run(&pool), attempt.reducer.jumps.isEmpty, attempt.uses.isEmpty else {
          return false
        }
      }
      return true
    }
    return false
  }
}

extension ExpressionPool {
  /// Whether an expression is an index that somebody declared.
  fileprivate func isFreeIndex(_ handle: Handle) -> Bool {
    guard case .symbol(let id) = self[handle] else { return false }
    return kind(of: id) == .index && !isFresh(id)
  }
}
