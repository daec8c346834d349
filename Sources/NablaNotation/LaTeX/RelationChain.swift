/// `A = B = C`, over as many rows and displays as its author took.
///
/// A chain that goes on from the one before has its first member `empty`.
package struct RelationChain: Sendable {
  package var members: [Member]
  /// What stands between the members; one fewer than these.
  package var links: [Link]
  /// Conditions written at the end of a row or inside it: `\text{if } i = j`, `\forall i`.
  package var conditions: [Syntax] = []
  /// Words inside the formula, such as `\text{(chain rule)}`.
  package var remarks: [Remark] = []
  package var range: SourceRange
  /// Whether it stands inside another formula and leaves open what goes on: `\underbrace{…}_{δ}`.
  package var isAside = false

  package init(members: [Member], links: [Link], range: SourceRange) {
    self.members = members
    self.links = links
    self.range = range
  }

  package enum Relation: String, Sendable {
    case equal
    /// `:=`, `\triangleq`, `\equiv`.
    case defines
    case notEqual, less, lessOrEqual, greater, greaterOrEqual
    case approximately, proportional
    case implies, equivalent
    /// `\leftarrow`: an update, which claims nothing.
    case assigns
    /// `\to`, `\mapsto`.
    case maps
    /// `\in`.
    case belongs
  }

  package struct Link: Sendable {
    package var relation: Relation
    package var range: SourceRange

    package init(_ relation: Relation, _ range: SourceRange) {
      self.relation = relation
      self.range = range
    }
  }

  package struct Member: Sendable {
    package var content: Content
    /// Other readings where the notation is loose, the likeliest first.
    package var kind: [KindReading] = []
    /// Why the content is a loose reading, where there is no literal one.
    package var taken: KindReading.Reason?
    package var range: SourceRange

    package init(_ content: Content, _ range: SourceRange) {
      self.content = content
      self.range = range
    }
  }

  package enum Content: Sendable {
    case expression(Syntax)
    /// `\mathbb R^{K \times D}` by its sizes, or `1024 \times 32` behind words such as "size".
    case space([Syntax])
    /// Dots, or nothing at all.
    case empty
    case words(String)
    case unreadable(Diagnostic)
  }

  /// How loose notation may have been meant.
  package struct KindReading: Sendable {
    package enum Reason: String, Sendable {
      /// Σ takes all terms that follow rather than the next one, or the other way round.
      case reachOfSum
      /// `\log x y` is log(x y) rather than log(x) y, or the other way round.
      case reachOfFunction
      /// `1/2x` is 1/(2x) rather than x/2.
      case reachOfDivision
      /// A ∂ or d left out.
      case missingDifferential
      /// Parentheses that were opened are not closed, or the other way round.
      case missingBracket
      /// A letter before parentheses is a factor rather than a function, or the other way round.
      case application
      /// A superscript is a layer rather than a power, or the other way round.
      case superscript
      /// A product of arrays is meant entry by entry, or as a matrix product.
      case product
      /// A derivative is laid out as a row, or transposed.
      case layout
      /// A letter that stands twice is summed over.
      case summation
      /// A vector in a claim about entries lacks its index.
      case missingIndex
      /// A letter with one index is a row or a column of a matrix.
      case matrixRow
    }

    package var syntax: Syntax
    package var reason: Reason

    package init(_ syntax: Syntax, _ reason: Reason) {
      self.syntax = syntax
      self.reason = reason
    }
  }

  package struct Remark: Sendable {
    package var text: String
    package var range: SourceRange

    package init(_ text: String, _ range: SourceRange) {
      self.text = text
      self.range = range
    }
  }
}

/// What stands in one formula.
package struct LaTeXFormula: Sendable {
  package var chains: [RelationChain] = []
  package var repairs: [Repair] = []

  package init() {}

  /// An equation that words run into; it is told as unreadable.
  package init(cutOff text: TracedText) {
    let whole = text.origin(of: SourceRange(0, text.bytes.count))
    let end = SourceRange(whole.upper, whole.upper)
    let diagnostic = Diagnostic(
      "unreadable", "the words beside this equation are not told from it", at: whole)
    chains = [
      RelationChain(
        members: [
          RelationChain.Member(.unreadable(diagnostic), whole), RelationChain.Member(.empty, end),
        ],
        links: [RelationChain.Link(.equal, end)], range: whole)
    ]
  }
}
