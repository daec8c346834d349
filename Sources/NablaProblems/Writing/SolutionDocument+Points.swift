import NablaExpressions
import NablaRendering

extension SolutionDocument {
  /// What a result is worth, in a quiet line.
  mutating func write(_ goal: GradedGoal, _ pool: inout ExpressionPool) {
    prepare(for: goal.scope, pool)
    let shown = builder.formula(of: goal, in: &pool)
    var words: [Inline] = [.formula(shown)]
    if let condition = goal.condition {
      words += [.text(" where "), .formula(formula(condition, &pool))]
    }
    switch goal.worth {
    case .citable: words.append(.text(" may be cited without proof"))
    case .points(let halves, let steps):
      let noun = halves <= 2 ? " point for " : " points for "
      words.insert(.text(PointsText.shown(halves) + noun), at: 0)
      if let steps { words.append(.text(", \(PointsText.shown(steps)) of them for the steps")) }
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
