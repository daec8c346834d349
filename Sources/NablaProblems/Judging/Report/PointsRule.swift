import NablaExpressions
import NablaNotation
import NablaRendering

/// What a result is worth: the rule by which its marks are given.
///
/// The marks of the result are given if the last claim about it is true. Those of the steps are
/// given in proportion to the claims that hold, rounded down to half a mark; a claim that only
/// carries an error on counts as one that holds. Where no marks are set apart for the steps, a
/// right result with a wrong step earns half.
package struct PointsRule: Sendable {
  package var task: Formula
  /// Under which the task is meant.
  package var condition: Formula?
  package var halves: Int
  /// Of these for the steps, if the author says so.
  package var stepHalves: Int?
  /// Whether the result may be cited without steps.
  package var isCitable = false

  package init(task: Formula, halves: Int, stepHalves: Int? = nil, isCitable: Bool = false) {
    self.task = task
    self.halves = halves
    self.stepHalves = stepHalves
    self.isCitable = isCitable
  }
}

extension Problem {
  /// The rules of all goals with points, each with its place among the graded goals.
  package func pointsRules(
    in pool: inout ExpressionPool
  ) -> [(goal: Int, rule: PointsRule)] {
    let goals = gradedGoals
    let cited = goals.filter { $0.worth == .citable }
    var rules: [(goal: Int, rule: PointsRule)] = []
    var builder = FormulaBuilder()
    for (place, goal) in goals.enumerated() {
      guard case .points(let halves, let steps) = goal.worth else { continue }
      builder.spellings = goal.scope.spellings
      builder.indexNames = goal.scope.indices
      builder.reservedNames = goal.scope.quantityNames(in: pool)
      var rule = PointsRule(
        task: builder.formula(of: goal, in: &pool), halves: halves, stepHalves: steps)
      rule.condition = goal.condition.map { builder.formula(of: $0, in: &pool) }
      rule.isCitable = cited.contains { $0.left == goal.left && $0.right == goal.right }
      rules.append((place, rule))
    }
    return rules
  }
}

extension MarkedSubmission {
  /// The points that rules give for the claims about their results.
  ///
  /// `goals` names for each claim, counted over all parts, the rule it belongs to, if any.
  package func awarded(_ rules: [PointsRule], goals: [Int?]) -> [TaskPoints] {
    var claims = [[MarkedClaim]](repeating: [], count: rules.count)
    for (claim, goal) in zip(self.claims, goals) {
      guard let goal, rules.indices.contains(goal), claim.verdict != .unrelated else { continue }
      claims[goal].append(claim)
    }
    return zip(rules, claims).map { award($0, $1) }
  }

  private func award(_ rule: PointsRule, _ claims: [MarkedClaim]) -> TaskPoints {
    var award = TaskPoints(
      task: rule.task, earnedHalves: 0, possibleHalves: rule.halves, because: "")
    award.condition = rule.condition
    guard let result = claims.last else {
      award.because = "not found in the submission"
      return award
    }
    let state = ResultState(result.truth ?? result.verdict)
    let wrong = claims.filter { $0.verdict == .refuted && !$0.carried }
    let holding = claims.count { Self.holds($0) }
    var reasons: [String] = []
    switch state {
    case .right: break
    case .wrong: reasons.append("the result in line \(line(of: result)) is wrong")
    case .open: reasons.append("the result in line \(line(of: result)) could not be judged")
    }
    if let first = wrong.first, state != .wrong || line(of: first) != line(of: result) {
      reasons.append("line \(line(of: first)) is wrong")
    }
    if let stepHalves = rule.stepHalves {
      award.earnedHalves = state == .right ? rule.halves - stepHalves : 0
      if claims.count == 1, !rule.isCitable {
        reasons.append("no steps are shown")
      } else {
        award.earnedHalves += stepHalves * holding / claims.count
        if wrong.isEmpty, holding < claims.count, state != .open {
          reasons.append("a step could not be judged")
        }
      }
    } else if state == .right {
      award.earnedHalves = wrong.isEmpty ? rule.halves : rule.halves / 2
      if !wrong.isEmpty { reasons.insert("the result is right", at: 0) }
    }
    if award.earnedHalves < award.possibleHalves {
      for reason in reasons { award.because += (award.because.isEmpty ? "" : "; ") + reason }
    }
    return award
  }

  private static func holds(_ claim: MarkedClaim) -> Bool {
    switch claim.verdict {
    case .proved, .conditional: true
    case .refuted: claim.carried
    case .undecided, .unreadable, .exhausted, .notDetermined, .unrelated: false
    }
  }

  private enum ResultState {
    case right, wrong, open

    init(_ verdict: ClaimVerdict) {
      switch verdict {
      case .proved, .conditional: self = .right
      case .refuted: self = .wrong
      case .undecided, .unreadable, .exhausted, .notDetermined, .unrelated: self = .open
      }
    }
  }
}
