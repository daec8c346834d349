import NablaExpressions
import NablaNotation

/// What results are worth.
extension TaskReader {
  private static let mostPoints = 1000

  /// The goal of `points` or `cite`; nil for other statements.
  mutating func gradedGoal(
    _ statement: Statement, in pool: inout ExpressionPool
  ) throws(Diagnostic) -> GradedGoal? {
    let worth: GradedGoal.Worth
    let goal: GoalSyntax
    let condition: Syntax?
    switch statement.syntax {
    case .points(let points):
      worth = try self.worth(points)
      goal = points.goal
      condition = points.condition
    case .cite(let cite):
      worth = .citable
      goal = cite.goal
      condition = cite.condition
    default: return nil
    }
    let (left, right) = try sides(of: goal, condition, in: &pool)
    var lowered: Handle?
    if let condition { lowered = try lowering.condition(condition, in: &pool) }
    return GradedGoal(
      left: left, right: right, condition: lowered, worth: worth, scope: lowering.scope,
      heading: heading, text: source.text(in: statement.range), range: statement.range)
  }

  private mutating func sides(
    of goal: GoalSyntax, _ condition: Syntax?, in pool: inout ExpressionPool
  ) throws(Diagnostic) -> (left: Handle, right: Handle?) {
    switch goal {
    case .relation(let relation):
      return try sides(relation, in: &pool)
    case .expression(let expression):
      guard case .derivative = expression.kind else {
        var names = IndexNames()
        for name in expression.names { names.reserve(name.text) }
        return (try quantity(expression, &names, in: &pool).handle, nil)
      }
      let syntax = DeriveSyntax(goal: goal, variables: [], condition: condition)
      guard case .derive(_, _, let written) = try derive(syntax, in: &pool) else { break }
      return (written, nil)
    }
    return (pool.integer(0), nil)
  }

  private func worth(_ syntax: PointsSyntax) throws(Diagnostic) -> GradedGoal.Worth {
    let halves = try Self.halves(syntax.points)
    guard let written = syntax.steps else { return .points(halves: halves, steps: nil) }
    let steps = try Self.halves(written)
    if steps > halves {
      throw Diagnostic(
        "too-many-points", "\(written.text) of \(syntax.points.text) points are for the steps",
        at: written.range, expected: "at most \(syntax.points.text)")
    }
    return .points(halves: halves, steps: steps)
  }

  /// `2.5` as five halves.
  private static func halves(_ syntax: NameSyntax) throws(Diagnostic) -> Int {
    var halves = 0
    var decimals = 0
    var isPoints = true
    var isFraction = false
    for byte in syntax.text.utf8 where isPoints {
      switch byte {
      case 0x30...0x39 where !isFraction:
        halves = halves * 10 + Int(byte - 0x30) * 2
        isPoints = halves <= mostPoints * 2
      case 0x30...0x39:
        decimals += 1
        if decimals == 1, byte == 0x35 {
          halves += 1
        } else {
          isPoints = byte == 0x30
        }
      case 0x2E where !isFraction: isFraction = true
      default: isPoints = false
      }
    }
    guard isPoints, halves > 0, halves <= mostPoints * 2 else {
      throw Diagnostic(
        "points", "\(DisplayText.quoted(syntax.text)) is no number of points", at: syntax.range,
        expected: "whole or half points up to \(mostPoints)")
    }
    return halves
  }
}
