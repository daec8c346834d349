/// A submission after its format was taken off: what stands in it, in order.
package struct Submission: Sendable {
  package var source: SourceText
  package var items: [Item] = []
  /// Where the items of the author's lists begin, by their places in `items`.
  package var listMarks: [Int] = []
  /// The definitions of `\newcommand`, `\def` and their kin, wherever they stand.
  package var macros = MacroTable()
  package var repairs: [Repair] = []
  /// Whether the author writes 0,5 for a half throughout.
  package var usesDecimalCommas = false
  /// What could not be read at all, such as a notebook that is not JSON.
  package var diagnostics: [Diagnostic] = []

  package init(_ source: SourceText) { self.source = source }

  package enum Item: Sendable {
    case heading(level: Int, TracedText)
    case formula(Formula)
    case prose(TracedText, [Fact])
  }

  /// Mathematics: displayed, inside a sentence, or a line of plain text that is mathematics.
  package struct Formula: Sendable {
    package enum Place: Sendable { case display, inline, plainLine }

    /// What the words before it make of it.
    package enum Role: Sendable {
      case statement
      /// "If", "for", "when", "case": holds for what follows.
      case condition
      /// "since", "because", "as", "given that", "assume".
      case assumption
      /// "let", "define", "denote", "set", "where".
      case definition
      /// "find", "prove", "show that", "recall", "hint": a question, not an answer.
      case goal
      /// "it is not true that", "a common mistake is", or taken back right behind it.
      case denied

      /// Whether the author claims what stands there, or sets it up.
      package var isJudged: Bool { self != .goal && self != .denied }
    }

    /// Without its dollar signs or brackets; with the `\begin` and `\end` of its environments.
    package var text: TracedText
    package var place: Place
    package var role: Role
    /// Whether it limits the formula before it, as in "… = 0 for i ≠ j", not what follows.
    package var isAfterthought = false
    package var spot = Spot()
    /// How far it holds, if it is a condition or sets something.
    package var reach = Reach.sentence
    /// Whether it was typed without LaTeX and without marks around it.
    package var isPlain = false
    /// Whether words run into it, so that nobody can tell what belongs to it.
    package var isCutOff = false

    package init(_ text: TracedText, _ place: Place, _ role: Role) {
      self.text = text
      self.place = place
      self.role = role
    }
  }

  /// Where something stands in the flow of the text, counted from its beginning.
  package struct Spot: Hashable, Sendable {
    package var sentence = 0
    /// Counts sentences, those that go on from the one before with it: "Then", "Hence".
    package var thread = 0
    package var paragraph = 0

    package init() {}
  }

  /// How far what an author supposes holds.
  package enum Reach: Sendable {
    /// "If x > 0, then …": to the end of the sentence.
    case sentence
    /// "Case x > 0:", "Suppose …": for what stands below it.
    case block
    /// "Let x = 3": for the part.
    case part
  }

  /// What words say without a formula of their own.
  package struct Fact: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
      /// "otherwise", "else", "in the other case": the opposite of the last condition.
      case otherwise
      /// "in general", "altogether", "combining both cases": no condition holds any more.
      case allCases
      /// "one-hot", "probabilities add up to 1"; what is meant is found by the reader of names.
      case oneHot, sumsToOne
      /// "set to zero", "at the minimum": what is 0 next is an equation to be solved, not a claim.
      case stationary
      /// "numerator layout", "denominator layout".
      case numeratorLayout, denominatorLayout
      /// "for symmetric Σ", "since A is symmetric".
      case symmetric
      /// "wrong", "crossed out", "mistake": the author takes back what stands before.
      case withdrawn
      /// The words of a clause behind "if", "when" or "assuming", its formulas among them.
      case supposed
      /// "the true class": the letter that stands beside it names that class.
      case trueClass
      /// "the rows of", "the n-th column of": the letter before names those of the matrix behind.
      case rows, columns
      /// "the minimum satisfies", "we want": what follows is asked for, not claimed.
      case demanded
    }

    package var kind: Kind
    /// In the source text.
    package var range: SourceRange
    package var spot = Spot()
    package var reach = Reach.sentence

    package init(_ kind: Kind, _ range: SourceRange) {
      self.kind = kind
      self.range = range
    }
  }
}
