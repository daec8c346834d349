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
    let shown = question.named
    var search = ProofSearch(
      question.context, shown?.left ?? question.left, shown?.right ?? question.right,
      guards: shown?.guards ?? question.guards, work: budget.work, &pool)
    // A few points refute most false claims before anything is reduced.
    var attempt = 0
    var survey = Survey(isUnguarded: question.isUnguarded)
    while attempt < budget.firstPoints {
      if let found = survey.take(search.look(attempt: attempt, &pool)) { return .refuted(found) }
      attempt += 1
      if budget.isOver() { return .exhausted }
    }
    var proof = ProofAttempt(question, budget)
    var isShown = false
    var isDirect = true
    if let general = identityOfNames(question, &pool) {
      proof = general
      isShown = true
    } else {
      isDirect = proof.run(&pool)
      let isIdentity = isDirect || holdsByCases(proof, left, right, level, &pool)
      if budget.isOver() { return .exhausted }
      isShown = isIdentity && holdsAtJumps(&proof, question, Jumps(), &pool)
    }
    // A proof wants one good point, however rare these are.
    while attempt < (isShown ? max(96, budget.points) : budget.points) {
      if isShown, survey.witness != nil { break }
      if let found = survey.take(search.look(attempt: attempt, &pool)) { return .refuted(found) }
      attempt += 1
      if budget.isOver() || search.work <= 0 { return .exhausted }
    }
    if isShown {
      guard let witness = survey.witness else { return .undecided(.nowhereBothDefined) }
      return .proved(
        ProofNotes(
          road: isDirect ? proof.road : .indexCases, exceptions: proof.exceptions(&pool),
          uses: proof.uses, witness: witness))
    }
    if proof.isExhausted { return .exhausted }
    if survey.isEmpty, !survey.isUnclear { return .undecided(.nowhereBothDefined) }
    let sizes = level == 0 && budget.seeksSizes ? shownSizes(question, &pool) : nil
    if budget.isOver() { return .exhausted }
    return .undecided(.neitherShown(digits: survey.digits, sizes: sizes))
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
  /// Whether a point was met at which nothing is known.
  var isUnclear = false
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
    case .unclear: isUnclear = true
    case .unusable: break
    }
    return nil
  }

  var digits: Int? { bits.map { $0 * 3 / 10 } }
}
