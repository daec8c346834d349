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
