import NablaExpressions
import NablaNotation
import NablaRendering

extension SolutionDocument {
  /// What a result is worth, in a quiet line.
  mutating func write(_ goal: GradedGoal, _ pool: inout ExpressionPool) {
    prepare(for: goal.scope, pool)
    let shown = builder.formula(of: goal, in: &pool)
    var words: [Inline] = [.formula(shown)]
    if let condition = goal.condition {
      words += [self.words(" where "), .formula(formula(condition, &pool))]
    }
    switch goal.worth {
    case .citable: words.append(self.words(" may be cited without proof"))
    case .points(let halves, let steps):
      let points = Inline.text(style.decimal(PointsText.shown(halves)))
      words = sentence(halves <= 2 ? "%1 point for " : "%1 points for ", points) + words
      if let steps {
        words += sentence(
          ", %1 of them for the steps", .text(style.decimal(PointsText.shown(steps))))
      }
    }
    document.blocks.append(.note(words + [.text(".")]))
  }
}

extension FormulaBuilder {
  /// What a goal is about: its quantity, or its equation.
  mutating func formula(of goal: GradedGoal, in pool: inout ExpressionPool) -> Formula {
    let left = formula(of: goal.left, in: &pool)
    guard let right = goal.right else { return left }
    return .relation(left, .equal, formula(of: right, in: &pool))
  }
}
