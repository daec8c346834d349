import NablaExpressions
import NablaNumbers

/// Where an equation is looked at that may jump there: below how many other jumps, and at the
/// zeros of what.
struct Jumps {
  var level = 0
  var zeros: [Handle] = []
}

extension Prover {
  private static let deepestJump = 3
  private static let mostJumps = 6

  /// Whether the equation holds, or is not meant, wherever a factor at which it may jump is 0.
  ///
  /// A factor of degree 1 in a scalar is brought to 0 by putting the scalar's value; of others it
  /// is only used that they are 0.
  func holdsAtJumps(
    _ proof: inout ProofAttempt, _ question: ProofQuestion, _ jumps: Jumps,
    _ pool: inout ExpressionPool
  ) -> Bool {
    if proof.reducer.jumps.isEmpty { return true }
    var open = proof.reducer.jumps
    if jumps.level == 0 { open.subtract(proof.kinks(of: question.guards, &pool)) }
    if open.isEmpty { return true }
    if jumps.level >= Self.deepestJump || open.count > Self.mostJumps { return false }
    var needed = proof.uses
    for factor in open.sorted() {
      if budget.isOver() { return false }
      if proof.holds(splitting: factor, &pool) { continue }
      var inner = question.context
      var next = jumps
      next.level += 1
      var (left, right) = (question.left, question.right)
      if jumps.zeros.isEmpty, let (symbol, value) = proof.zero(of: factor, in: &pool) {
        let substitution = Substitution(symbol, value)
        left = pool.substitute(substitution, in: left)
        right = pool.substitute(substitution, in: right)
        inner.conditions = []
        inner.assumptions = inner.assumptions.map { pool.substitute(substitution, in: $0) }
      } else {
        let polynomial = proof.reducer.algebra.polynomial(of: factor)
        guard let subject = try? proof.reducer.expression(of: polynomial, in: &pool) else {
          return false
        }
        next.zeros.append(subject)
      }
      let zeros = next.zeros
      if proof.isNowhereDefined(left, at: zeros, &pool)
        || proof.isNowhereDefined(right, at: zeros, &pool)
      {
        continue
      }
      guard let uses = Prover(inner, budget: budget).uses(for: left, right, next, &pool) else {
        return false
      }
      for (own, there) in zip(question.context.assumptions, inner.assumptions)
      where uses.contains(there) && !needed.contains(own) {
        needed.append(own)
      }
    }
    proof.take(uses: needed)
    return true
  }

  /// The assumptions under which two sides are shown to agree wherever both are defined, be it
  /// nowhere; nil if they are not shown to.
  private func uses(
    for left: Handle, _ right: Handle, _ jumps: Jumps, _ pool: inout ExpressionPool
  ) -> [Handle]? {
    let question = ProofQuestion(left, right, context, &pool)
    var proof = ProofAttempt(question, budget, zeros: jumps.zeros)
    guard proof.run(&pool), holdsAtJumps(&proof, question, jumps, &pool) else { return nil }
    return proof.uses
  }
}
