import NablaExpressions
import NablaNotation
import NablaRendering

/// A slip with the change that undoes it, which is proved to make the step true.
package struct FoundSlip: Sendable {
  package var mistake: Mistake
  /// The side as it should stand; the other side where `change.isOfOtherSide`.
  package var repaired: Syntax
  package var change: SlipChange
  /// What was wrong, without a full stop.
  package var sentence: [Inline]
}

/// What has to be changed.
package struct SlipChange: Sendable {
  /// The place of what is changed, in the text it was written in.
  package var range: SourceRange
  package var before: Formula
  package var after: Formula
  /// Whether it is the side that was taken to stand, as for a wrong variable of a derivative.
  package var isOfOtherSide: Bool
}

/// Lowers candidates beside the other side of the step.
struct SideReader {
  private let scope: Scope
  private let other: Syntax
  private let isElementary: Bool
  private var otherHandle: Handle?

  init(_ scope: Scope, against other: Syntax, _ pool: borrowing ExpressionPool) {
    self.scope = scope
    self.other = other
    isElementary = !Lowering(scope).usesMatrixNotation(other, in: pool)
  }

  /// Both sides, entry by entry.
  mutating func read(
    _ side: Syntax, _ pool: inout ExpressionPool
  ) -> (left: Handle, right: Handle)? {
    var lowering = Lowering(scope)
    lowering.allowsUndefined = true
    lowering.suggestionsLeft = 0
    if isElementary, !lowering.usesMatrixNotation(side, in: pool) {
      if otherHandle == nil { otherHandle = try? lowering.expression(other, in: &pool) }
      guard let otherHandle, let left = try? lowering.expression(side, in: &pool) else {
        return nil
      }
      return (left, otherHandle)
    }
    return read(side, against: other, &pool)
  }

  func read(
    _ side: Syntax, against other: Syntax, _ pool: inout ExpressionPool
  ) -> (left: Handle, right: Handle)? {
    var lowering = Lowering(scope)
    lowering.allowsUndefined = true
    lowering.suggestionsLeft = 0
    let relation = RelationSyntax(left: side, operation: .equal, right: other)
    guard let forms = try? lowering.relationForms(relation, in: &pool) else { return nil }
    return (forms.leftEntry, forms.rightEntry)
  }
}
