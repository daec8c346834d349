import NablaExpressions
import NablaNotation
import NablaRendering

/// A rule for points with what it takes to find the claims it is about.
struct GoalRule {
  var rule: PointsRule
  var problem: String
  var question: Question
  /// The condition of the goal in plain notation, without blanks.
  var condition: String? { rule.condition?.plain.withoutSpaces }

  /// The rules of a problem; equal questions under other letters of indices are the same.
  static func rules(of problem: Problem, in pool: inout ExpressionPool) -> [GoalRule] {
    let goals = problem.gradedGoals
    var rules: [GoalRule] = []
    for (place, rule) in problem.pointsRules(in: &pool) {
      guard let question = pool.question(in: goals[place].left) else { continue }
      rules.append(
        GoalRule(rule: rule, problem: problem.title, question: question))
    }
    return rules
  }
}

extension MarkedSubmission {
  /// The section that a part was judged in.
  private static func section(of part: Part, among sections: [JudgedSection]) -> JudgedSection? {
    sections.first { $0.title == part.problem && $0.heading == part.section }
  }

  /// Tells each claim the task it is about.
  mutating func noteTasks(of sections: [JudgedSection]) {
    for place in parts.indices {
      guard let section = Self.section(of: parts[place], among: sections) else { continue }
      for number in parts[place].claims.indices {
        guard let goal = parts[place].claims[number].goal, section.goals.indices.contains(goal)
        else { continue }
        parts[place].claims[number].task = section.goals[goal].heading
      }
    }
  }

  /// Gives the points that the rules of the problems provide for.
  mutating func award(
    _ rules: [GoalRule], for sections: [JudgedSection], in pool: borrowing ExpressionPool
  ) {
    if rules.isEmpty { return }
    var goals: [Int?] = []
    for part in parts {
      let section = Self.section(of: part, among: sections)
      for claim in part.claims {
        guard let section, let goal = claim.goal, section.goals.indices.contains(goal),
          let question = pool.question(in: section.goals[goal].written)
        else {
          goals.append(nil)
          continue
        }
        goals.append(Self.rule(among: rules, for: question, claim, section.title))
      }
    }
    points = awarded(rules.map { $0.rule }, goals: goals)
  }

  /// The rule for a question: of several that under the condition of the claim, else a general one.
  private static func rule(
    among rules: [GoalRule], for question: Question, _ claim: MarkedClaim, _ problem: String
  ) -> Int? {
    let fitting = rules.indices.filter {
      rules[$0].question == question && rules[$0].problem == problem
    }
    let setting = claim.setting?.plain.withoutSpaces
    return fitting.first {
      rules[$0].condition != nil && rules[$0].condition == setting
    } ?? fitting.first { rules[$0].condition == nil }
      ?? (fitting.count == 1 && setting == nil ? fitting.first : nil)
  }
}

extension String {
  /// Conditions are compared as they are written, blanks aside.
  fileprivate var withoutSpaces: String {
    var text = String.UnicodeScalarView()
    for scalar in unicodeScalars where scalar != " " && scalar != "\u{A0}" { text.append(scalar) }
    return String(text)
  }
}
