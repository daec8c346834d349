import NablaExpressions
import NablaNumbers

/// Decides whether two expressions are equal on their common domain.
///
/// A proof reduces both sides to a rational function of independent kernels, a refutation is a point
/// with rational coordinates at which balls or exact values differ. Floating-point numbers decide
/// nothing.
package struct Prover {
  let context: ProofContext
  let budget: ProofBudget
  /// Whether a condition is looked for under which a refuted equation holds.
  package var findsConditions = false

  package init(_ context: ProofContext, budget: ProofBudget = ProofBudget()) {
    self.context = context
    self.budget = budget
  }

  /// How many points are looked at.
  static let attempts = 96

  package func decide(
    _ left: Handle, _ right: Handle, in pool: inout ExpressionPool
  ) -> ProofVerdict {
    let verdict = decide(left, right, level: 0, &pool)
    if findsConditions, case .refuted(let found) = verdict,
      let condition = repair(left, right, &pool)
    {
      return .conditional(condition, found)
    }
    return verdict
  }

  func decide(
    _ left: Handle, _ right: Handle, level: Int, _ pool: inout ExpressionPool
  ) -> ProofVerdict {
    let question = ProofQuestion(left, right, context, &pool)
    var search = ProofSearch(
      question.context, question.left, question.right, guards: question.guards, work: budget.work,
      &pool)
    // A few points refute most false claims before anything is reduced.
    var attempt = 0
    var survey = Survey(isUnguarded: question.isUnguarded)
    while attempt < 6 {
      if let found = survey.take(search.look(attempt: attempt, &pool)) { return .refuted(found) }
      attempt += 1
      if budget.isOver() { return .exhausted }
    }
    var proof = ProofAttempt(question, budget)
    let isIdentity = proof.run(&pool) || holdsByCases(proof, left, right, level, &pool)
    if budget.isOver() { return .exhausted }
    var isShown = isIdentity && holdsAtJumps(&proof, question, level, &pool)
    if !isShown, let exact = exactAttempt(question, &pool) {
      proof = exact
      isShown = true
    }
    if !isShown { isShown = holdsByDerivatives(&proof, question, level, &pool) }
    if !isShown { isShown = holdsTermwise(question, level, &pool) }
    if budget.isOver() { return .exhausted }
    while attempt < Self.attempts {
      if isShown, survey.witness != nil { break }
      if let found = survey.take(search.look(attempt: attempt, &pool)) { return .refuted(found) }
      attempt += 1
      if budget.isOver() || search.work <= 0 { return .exhausted }
    }
    if isShown {
      guard let witness = survey.witness else { return .undecided(.nowhereBothDefined) }
      return .proved(
        ProofNotes(
          exceptions: proof.exceptions(&pool), uses: proof.uses, witness: witness))
    }
    if survey.isEmpty { return .undecided(.nowhereBothDefined) }
    if proof.isExhausted { return .exhausted }
    return .undecided(.neitherShown(digits: survey.digits))
  }

  /// Whether the equation is an identity both where two free indices are equal and where not.
  private func holdsByCases(
    _ proof: ProofAttempt, _ left: Handle, _ right: Handle, _ level: Int,
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
        var attempt = ProofAttempt(ProofQuestion(left, right, narrowed, &pool), budget)
        guard attempt.run(&pool), attempt.reducer.jumps.isEmpty, attempt.uses.isEmpty else {
          return false
        }
      }
      return true
    }
    return false
  }

  /// Whether the equation holds, or is not meant, wherever a factor at which it may jump is 0.
  private func holdsAtJumps(
    _ proof: inout ProofAttempt, _ question: ProofQuestion, _ level: Int,
    _ pool: inout ExpressionPool
  ) -> Bool {
    if proof.reducer.jumps.isEmpty { return true }
    if level > 2 || proof.reducer.jumps.count > 4 { return false }
    for factor in proof.reducer.jumps.sorted() {
      guard let (symbol, value) = proof.zero(of: factor, in: pool) else { return false }
      let substitution = Substitution(symbol, pool.number(value))
      let left = pool.substitute(substitution, in: question.left)
      let right = pool.substitute(substitution, in: question.right)
      if proof.isNowhereDefined(left, &pool) || proof.isNowhereDefined(right, &pool) { continue }
      var inner = question.context
      inner.conditions = []
      inner.assumptions = question.context.assumptions.map { pool.substitute(substitution, in: $0) }
      guard
        case .proved = Prover(inner, budget: budget).decide(left, right, level: level + 1, &pool)
      else { return false }
    }
    return true
  }
}

extension ExpressionPool {
  /// Whether an expression is an index that somebody declared.
  fileprivate func isFreeIndex(_ handle: Handle) -> Bool {
    guard case .symbol(let id) = self[handle] else { return false }
    return kind(of: id) == .index && !isFresh(id)
  }
}

/// What the points showed.
private struct Survey {
  var witness: ProofPoint?
  var isEmpty = true
  /// Whether a point may lie at a kink of what was differentiated.
  let isUnguarded: Bool
  private var bits: Int?

  init(isUnguarded: Bool) { self.isUnguarded = isUnguarded }

  /// The counterexample, if the outcome is one.
  mutating func take(_ outcome: ProofSearch.Outcome) -> ExactCounterexample? {
    switch outcome {
    case .differs(let found): return isUnguarded ? nil : found
    case .agrees(let isRegular, let own, let point):
      isEmpty = false
      if isRegular, witness == nil { witness = point }
      if let own { bits = min(bits ?? own, own) }
    case .unusable, .unclear: break
    }
    return nil
  }

  var digits: Int? { bits.map { $0 * 3 / 10 } }
}
