/// A lexical unit of plain mathematics.
struct Token: Sendable {
  enum Kind: UInt8, Sendable {
    case number, name, superscript
    case plus, minus, times, over, elementwiseTimes, elementwiseOver
    case caret, elementwiseCaret, prime
    case leftParenthesis, rightParenthesis, leftBracket, rightBracket, leftBrace, rightBrace
    case comma, semicolon, colon, dotDot
    case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual
    case newline, end
  }

  /// How a name was spelt, where that decides what it may mean.
  enum Spelling: UInt8, Sendable {
    case plain
    /// `Σ` or `∑` directly before `_` or `(`.
    case summation
    /// `∏` directly before `_` or `(`.
    case productSign
    /// `δ` directly before `_` or `(`.
    case kronecker
    /// `σ` directly before `(`.
    case sigmoid
    /// A name that begins with `∂`, which is read as `d`.
    case partial
  }

  var kind: Kind
  var spelling = Spelling.plain
  var range: SourceRange
  /// The normalised name, the digits of a number, the plain form of a superscript.
  var text = ""

  /// Whether an expression may begin here.
  var startsOperand: Bool {
    switch kind {
    case .number, .leftParenthesis, .leftBracket: true
    case .name: !Token.wordOperators.contains(text)
    default: false
    }
  }

  /// Whether a statement that ends a line with this goes on in the next.
  var continuesLine: Bool {
    switch kind {
    case .plus, .minus, .times, .over, .elementwiseTimes, .elementwiseOver, .caret,
      .elementwiseCaret, .comma, .colon, .dotDot, .equal, .notEqual, .less, .lessOrEqual,
      .greater, .greaterOrEqual:
      true
    case .name: Token.wordOperators.contains(text)
    default: false
    }
  }

  static let wordOperators = ["and", "or", "not"]
}
