/// Something that was put right while a text was read; it is reported and never charged to the
/// author.
package struct Repair: Hashable, Sendable {
  package enum Kind: String, Sendable {
    /// `rac{` for `\frac{`, `egin{` for `\begin{`: the backslash and a letter were lost.
    case damagedCommand
    /// A lone `\ ` where a row of an alignment ends.
    case rowBreak
    /// An `\end` without its `\begin`, or the other way round.
    case environment
    /// A brace, bracket or `$` without its partner.
    case delimiter
    /// `ﬁ` for `fi`, and characters that a scan confuses.
    case character
    /// `x + 0` for `x_0`, `hi` for `h_i`.
    case script
    /// A ∂ or d left out of a derivative.
    case differential
  }

  package var kind: Kind
  /// In the source text.
  package var range: SourceRange
  package var found: String
  package var repaired: String

  package init(_ kind: Kind, _ range: SourceRange, found: String, repaired: String) {
    self.kind = kind
    self.range = range
    self.found = found
    self.repaired = repaired
  }
}
