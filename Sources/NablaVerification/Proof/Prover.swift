import NablaExpressions
import NablaNumbers

/// Decides whether two expressions are equal on their common domain.
///
/// A proof reduces both sides to a rational function of independent kernels, a refutation is a point
/// with rational coordinates at which balls or exact values differ. Floating-point numbers decide
/// nothing.
package struct Prover {
  package let context: ProofContext
  package let budget: ProofBudget
  /// Whether a condition is looked for under which a refuted equation holds.
  package var findsConditions = false

  package init(_ context: ProofContext, budget: ProofBudget = ProofBudget()) {
    self.context = context
    self.budget = budget
  }

  /// How many points at which the sides agree are looked at with the highest precision.
  private static let closeLooks = 12

  package func decide(
    _ left: Handle, _ right: Handle, in pool: inout ExpressionPool
  ) -> ProofVerdict {
    let isWatch = pool.watch(isOver: budget.isOver)
    defer { if isWatch { pool.endWatch() } }
    return pool.turningBoundFactors { decided(left, right, &$0) }
  }

  /// A condition under which a refuted equation is proved; nil if none is found.
  package func condition(
    repairing left: Handle, _ right: Handle, _ found: ExactCounterexample,
    in pool: inout ExpressionPool
  ) -> Handle? {
    let isWatch = pool.watch(isOver: budget.isOver)
    defer { if isWatch { pool.endWatch() } }
    return pool.turningBoundFactors { pool in
      repair(ProofQuestion(left, right, context, &pool), left, right, found, &pool)
    }
  }

  private func decided(
    _ left: Handle, _ right: Handle, _ pool: inout ExpressionPool
  ) -> ProofVerdict {
    let question = ProofQuestion(left, right, context, &pool)
    let verdict = decide(question, level: 0, &pool)
    if pool.isInterrupted { return .exhausted }
    if findsConditions, case .refuted(let found) = verdict,
      let condition = repair(question, left, right, found, &pool)
    {
      return .conditional(condition, found)
    }
    return verdict
  }

  func decide(
    _ left: Handle, _ right: Handle, level: Int, _ pool: inout ExpressionPool
  ) -> ProofVerdict {
    decide(ProofQuestion(left, right, context, &pool), level: level, &pool)
  }

  private func decide(
    _ question: ProofQuestion, level: Int, _ pool: inout ExpressionPool
  ) -> ProofVerdict {
    if budget.isOver() || pool.isInterrupted { return .exhausted }
    let shown = question.named
    var search = ProofSearch(
      question.context, shown?.left ?? question.left, shown?.right ?? question.right,
      guards: (shown?.guards ?? question.guards) + question.guardsOfPoints, budget: budget, &pool)
    // One cheap look refutes most false claims before anything is reduced.
    var attempt = 0
    var survey = Survey(isUnguarded: question.isUnguardedAtPoints)
    while attempt < budget.firstPoints, survey.witness == nil, !search.isConstant || attempt == 0 {
      let outcome = search.look(
        attempt: attempt, precision: ProofSearch.lowestPrecision, &pool)
      if let found = survey.take(outcome) { return .refuted(found) }
      attempt += 1
      if budget.isOver() || pool.isInterrupted { return .exhausted }
    }
    survey.forgetBits()
    var (proof, road) = proof(of: question, level, &pool)
    if budget.isOver() { return .exhausted }
    var closeLooks = 0
    search.isThorough = road != nil
    // A proof wants one good point, however rare these are.
    while attempt < (road != nil ? max(96, budget.points) : budget.points) {
      if road != nil, survey.witness != nil { break }
      let isClose = search.isConstant || (road == nil && closeLooks < Self.closeLooks)
      let outcome = search.look(
        attempt: attempt,
        precision: isClose ? ProofSearch.highestPrecision : 4 * ProofSearch.lowestPrecision, &pool)
      if let found = survey.take(outcome) { return .refuted(found) }
      if case .agrees = outcome { closeLooks += 1 }
      attempt += 1
      if budget.isOver() || pool.isInterrupted || search.work <= 0 { return .exhausted }
      if search.isConstant, isClose { break }
    }
    if let road {
      guard let witness = survey.witness else { return .undecided(.nowhereBothDefined) }
      return .proved(
        ProofNotes(
          road: road, exceptions: budget.findsExceptions ? proof.exceptions(&pool) : [],
          uses: proof.uses, witness: witness))
    }
    if proof.isExhausted { return .exhausted }
    if survey.isEmpty {
      let isNowhere = [question.left, question.right].contains {
        proof.isNowhereDefined($0, at: [], &pool)
      }
      if isNowhere || !survey.isUnclear { return .undecided(.nowhereBothDefined) }
    }
    let sizes = level == 0 && budget.seeksSizes ? shownSizes(question, &pool) : nil
    if budget.isOver() { return .exhausted }
    return .undecided(.neitherShown(digits: survey.digits, sizes: sizes))
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
    case .agrees(let isInterior, let own, let point):
      isEmpty = false
      if isInterior, witness == nil { witness = point }
      if let own { bits = min(bits ?? own, own) }
    case .unclear: isUnclear = true
    case .unusable: break
    }
    return nil
  }

  /// Forgets what only a low precision left open.
  mutating func forgetBits() {
    bits = nil
    isUnclear = false
  }

  var digits: Int? { bits.map { $0 * 3 / 10 } }
}
