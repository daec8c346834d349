/// A lexical unit of LaTeX mathematics; commands that only decorate are gone.
struct LaTeXToken: Sendable {
  enum Kind: UInt8, Sendable {
    /// Taken out by a later stage.
    case removed
    /// A letter, a Greek letter or a name of several letters, by its plain spelling.
    case letter
    case number
    /// Words; the code says whether they can be a name only.
    case word
    /// A built-in function by its plain name.
    case function
    /// The N of a normal distribution before its parameters.
    case normal
    /// `\arg`, `\lim` and others that have no plain form.
    case unsupported
    case groupOpen, groupClose
    case begin, end
    case raised, lowered, prime, transposeMark
    case relation
    case plus, minus, times, over
    case open, close, bar
    case comma, semicolon, colon, period, percent
    case cell, row, space
    case fraction, fractionBar, root, partial, nabla, bigOperator, accent
    /// `\mathbb R`, by its letter.
    case blackboard
    /// `\mathbb 1` and `\mathbf 1`.
    case one
    case dots
    case and, or, not, forAll
    /// `\boxed` and the like before a group; the code says whether a script behind it is a note.
    case wrapper
    /// `\substack` before a group.
    case stack
    /// `\stackrel`, `\overset` before two groups.
    case stacked
    case unknown
    case finish
  }

  var kind: Kind
  /// Which one of its kind.
  var code: UInt8 = 0
  /// Whether no blank stands before it.
  var isJoined = false
  var text = ""
  var range: SourceRange

  /// The text of `=:`, which defines what stands on its right.
  static let definesRight = "=:"
  /// The code of a space that begins a column.
  static let column: UInt8 = 1
  /// The text of `\sim`, which says how something is distributed.
  static let isDistributed = "~"

  init(
    _ kind: Kind, _ range: SourceRange, code: UInt8 = 0, text: String = "", isJoined: Bool = false
  ) {
    self.kind = kind
    self.range = range
    self.code = code
    self.text = text
    self.isJoined = isJoined
  }
}

/// What a bracket looks like.
enum LaTeXDelimiter: UInt8, Sendable {
  case parenthesis, bracket, brace, bar, doubleBar, angle
  /// `\left.`
  case nothing
  case other
}

/// The operators between factors.
enum LaTeXProduct: UInt8, Sendable {
  case star, dot, cross, elementwise, elementwiseOver, outer, ring
}

/// What a word can be.
enum LaTeXWord: UInt8, Sendable {
  /// `\text{…}`: a name or a remark.
  case text
  /// `\operatorname{…}`, `\mathrm{…}`: a name.
  case name
  /// `\therefore`, `\intertext`, a bare `if`: never a name.
  case remark
}

extension RelationChain.Relation {
  static let all: [RelationChain.Relation] = [
    .equal, .defines, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .approximately,
    .proportional, .implies, .equivalent, .assigns, .maps, .belongs,
  ]

  var code: UInt8 {
    for (place, relation) in Self.all.enumerated() where relation == self { return UInt8(place) }
    return 0
  }

  init(code: UInt8) { self = Int(code) < Self.all.count ? Self.all[Int(code)] : .equal }

  /// The comparison it makes inside a condition.
  var comparison: ComparisonOperator? {
    switch self {
    case .equal: .equal
    case .notEqual: .notEqual
    case .less: .less
    case .lessOrEqual: .lessOrEqual
    case .greater: .greater
    case .greaterOrEqual: .greaterOrEqual
    default: nil
    }
  }
}
