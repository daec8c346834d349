import NablaExpressions
import NablaNotation

/// A result with points, or one that may be cited without proof.
package struct GradedGoal: Sendable {
  package enum Worth: Hashable, Sendable {
    /// In halves; `steps` of them are for the way to the result, where the author sets some apart.
    case points(halves: Int, steps: Int?)
    case citable
  }

  /// A derivative, unevaluated, or another quantity; of an equation its left side.
  package var left: Handle
  package var right: Handle?
  /// The condition after `when`.
  package var condition: Handle?
  package var worth: Worth
  package var scope: Scope
  /// The text of the nearest heading above, or nothing.
  package var heading: String
  /// As the author wrote it.
  package var text: String
  package var range: SourceRange
}

extension Problem {
  /// The points of all goals, in halves; nil where none are given.
  package var possibleHalves: Int? {
    var total: Int?
    for goal in gradedGoals {
      if case .points(let halves, _) = goal.worth {
        total = (total ?? 0).addingReportingOverflow(halves).partialValue
      }
    }
    return total
  }
}
