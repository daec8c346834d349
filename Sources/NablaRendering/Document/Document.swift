public import NablaNotation

/// A write-up: what a writer turns into a page of text, LaTeX or anything else.
public struct Document: Hashable, Sendable {
  public var title: [Inline]
  public var blocks: [Block]
  /// The notation at the start; its language is that of the page.
  public var notation = NotationStyle()
  /// Where the notation changes, in the order of the blocks.
  public var notationChanges: [NotationChange] = []

  public init(title: [Inline] = [], blocks: [Block] = []) {
    self.title = title
    self.blocks = blocks
  }
}

/// One vertical element of a document.
public indirect enum Block: Hashable, Sendable {
  /// Level 1 is a task of the document, deeper levels are its parts.
  case heading(level: Int, [Inline])
  case paragraph([Inline])
  /// The words that open a task or a case; what follows belongs to them.
  case lead([Inline])
  case display(Formula)
  /// An author's `$$…$$`, untrusted.
  case displayLatex(String)
  /// Aligned equations with reasons at the right.
  case derivation([DerivationRow])
  /// Named quantities: symbol = expression = numbers = value, in columns.
  case forwardTable([ForwardRow])
  /// Given values, set in columns.
  case values([Formula])
  case table(Table)
  /// A boxed result; `also` is the same statement in another form ("that is, …").
  case result(Formula, also: Formula?, label: String?)
  case note([Inline])
  case check(CheckStatus, [Inline])
  case list(ordered: Bool, [[Inline]])
  case code(String)
  /// w₀ → x₁ → y₁ → z.
  case pathDiagram([Formula])
  case graph(ComputationGraph)
  case plot(Plot)
  /// Lines of a submission with marks.
  case marking([MarkedLine])
}

/// A run of text inside a paragraph, a heading, a reason or a note.
public indirect enum Inline: Hashable, Sendable {
  case text(String)
  case emphasis([Inline])
  case strong([Inline])
  case code(String)
  case formula(Formula)
  /// An author's `$…$`, untrusted; shown as text where it cannot be read.
  case latex(String)
  /// The number of the result with this label.
  case reference(String)
}

/// One line of a derivation: `left relation right   reason`.
///
/// Rows after the first usually leave `left` out, and the relation stands under the first one.
public struct DerivationRow: Hashable, Sendable {
  public var left: Formula?
  public var relation: Formula.Relation
  public var right: Formula
  public var reason: [Inline]
  /// Small equations about parts of the line, which stand below it.
  public var details: [DerivationRow]

  public init(
    _ left: Formula? = nil, _ relation: Formula.Relation = .equal, _ right: Formula,
    because reason: [Inline] = [], details: [DerivationRow] = []
  ) {
    self.left = left
    self.relation = relation
    self.right = right
    self.reason = reason
    self.details = details
  }
}

/// One line of a forward pass: `symbol = expression = numbers… = value`.
public struct ForwardRow: Hashable, Sendable {
  public var symbol: Formula
  public var expression: Formula
  /// Numbers put in, then simplified; each is one column.
  public var numbers: [Formula]
  /// `≈` where numbers that are put in are rounded.
  public var numbersRelation: Formula.Relation
  public var value: Formula?
  /// `≈` where the value is rounded.
  public var valueRelation: Formula.Relation

  public init(
    _ symbol: Formula, _ expression: Formula, numbers: [Formula] = [],
    numbersRelation: Formula.Relation = .equal, value: Formula? = nil,
    valueRelation: Formula.Relation = .equal
  ) {
    self.symbol = symbol
    self.expression = expression
    self.numbers = numbers
    self.numbersRelation = numbersRelation
    self.value = value
    self.valueRelation = valueRelation
  }
}

/// Cells in rows under a header.
public struct Table: Hashable, Sendable {
  public var header: [[Inline]]
  public var rows: [[[Inline]]]

  public init(header: [[Inline]], rows: [[[Inline]]]) {
    self.header = header
    self.rows = rows
  }
}

public enum CheckStatus: Hashable, Sendable {
  case passed, failed, undecided
}

/// A line of a submission, what is said of it, and the corrections below it.
public struct MarkedLine: Hashable, Sendable {
  /// The line in the submission, counted from 1.
  public var number: Int?
  /// What the line says; without a left side it goes on from the line before.
  public var equation: DerivationRow?
  /// Words of the line, behind its equation where it has one.
  public var content: [Inline]
  public var status: CheckStatus?
  /// The first stands beside the line, the others below it.
  public var comments: [[Inline]]

  public init(
    number: Int?, equation: DerivationRow? = nil, content: [Inline] = [], status: CheckStatus?,
    comments: [[Inline]] = []
  ) {
    self.number = number
    self.equation = equation
    self.content = content
    self.status = status
    self.comments = comments
  }
}

extension Inline: ExpressibleByStringLiteral {
  public init(stringLiteral value: String) { self = .text(value) }
}

extension Document {
  /// Whether there is anything that a LaTeX document needs a package for pictures for.
  var hasPictures: Bool {
    blocks.contains { $0.isPicture }
  }
}

extension Block {
  /// Checks and notes: quiet lines that stand together without space between them.
  var isRemark: Bool {
    switch self {
    case .check, .note: true
    default: false
    }
  }

  var isPicture: Bool {
    switch self {
    case .graph, .plot: true
    default: false
    }
  }

  var isHeading: Bool {
    if case .heading = self { true } else { false }
  }
}
