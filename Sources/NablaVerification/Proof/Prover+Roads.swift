import NablaExpressions
import NablaNumbers

extension Prover {
  /// The first proof that is found, and what it rests on; no road if there is none.
  func proof(
    of question: ProofQuestion, _ level: Int, _ pool: inout ExpressionPool
  ) -> (proof: ProofAttempt, road: ProofRoad?) {
    if let general = identityOfNames(question, &pool) { return general }
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
  ) -> (proof: ProofAttempt, road: ProofRoad?)? {
    guard var forms = question.named else { return nil }
    var smaller = budget
    smaller.work /= 4
    while !budget.isOver(), let closed = forms.next(&pool) {
      var proof = ProofAttempt(closed, smaller, keepsConditions: true)
      if proof.run(&pool) {
        if proof.hasOnlyKinks(of: closed.guards, &pool) { return (proof, proof.road) }
      } else if holdsInOpenCase(proof, closed, smaller, &pool),
        proof.hasOnlyKinks(of: closed.guards, &pool)
      {
        proof.take(uses: context.assumptions)
        return (proof, .indexCases)
      }
    }
    return nil
  }

  /// Whether an equation that is shown for different indices holds for equal ones as well.
  private func holdsInOpenCase(
    _ proof: ProofAttempt, _ question: ProofQuestion, _ budget: ProofBudget,
    _ pool: inout ExpressionPool
  ) -> Bool {
    guard let (index, other) = proof.openCase(pool) else { return false }
    let isEqual = [pool.relation(.equal, index, other)]
    let narrowed = ProofQuestion(
      pool.narrowed(question.left, to: isEqual), pool.narrowed(question.right, to: isEqual),
      guards: question.guards.map {
        DifferentiatedBody(
          body: pool.narrowed($0.body, to: isEqual), variables: $0.variables)
      }, question.context)
    var attempt = ProofAttempt(narrowed, budget, keepsConditions: true)
    return attempt.run(&pool) && attempt.hasOnlyKinks(of: narrowed.guards, &pool)
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
        pool.isFreeIndex(one, orLabel: true), pool.isFreeIndex(other, orLabel: true)
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
  func isFreeIndex(_ handle: Handle, orLabel: Bool = false) -> Bool {
    guard case .symbol(let id) = self[handle] else { return false }
    return (kind(of: id) == .index || (orLabel && kind(of: id) == .label)) && !isFresh(id)
  }
}
