/// A precedence-climbing parser of plain mathematics over tokens that are already cut.
///
/// Chains of operators of one level are read in a loop into one flat node, so that only brackets,
/// prefix operators and powers deepen the recursion, and those are counted.
struct ExpressionParser {
  let source: SourceText
  let known: KnownNames
  private let tokens: [Token]
  private let end: Int
  private(set) var index: Int
  private var depth = 0
  /// The longest run of nested postfix operators in the bracket being read.
  private var postfixDepth = 0
  private var openBrackets: [Token] = []

  init(_ source: SourceText, _ tokens: [Token], _ range: Range<Int>, known: KnownNames) {
    self.source = source
    self.tokens = tokens
    self.known = known
    index = min(range.lowerBound, tokens.count)
    end = min(range.upperBound, tokens.count)
  }

  /// Binding strength of the infix operators, weakest first; 0 is no operator.
  enum Precedence {
    static let lowest = 1
    static let or = 1
    static let and = 2
    static let not = 3
    static let comparison = 4
    static let additive = 5
    static let multiplicative = 6
    static let power = 8
  }

  // MARK: Tokens

  var current: Token { peek(0) }

  var isAtEnd: Bool { index >= end }

  func peek(_ distance: Int) -> Token {
    let place = index + distance
    if place >= 0, place < end { return tokens[place] }
    let offset = end > 0 ? tokens[end - 1].range.upper : 0
    return Token(kind: .end, range: SourceRange(offset, offset))
  }

  /// The end of the token read last.
  var lastUpper: Int { peek(-1).range.upper }

  mutating func advance() { index = min(index + 1, end) }

  mutating func take(_ kind: Token.Kind) -> Bool {
    guard current.kind == kind else { return false }
    advance()
    return true
  }

  /// Takes a word that is a keyword at this place.
  mutating func takeWord(_ word: String) -> Bool {
    guard current.kind == .name, current.text == word else { return false }
    advance()
    return true
  }

  // MARK: Expressions

  /// Any expression, conditions included.
  mutating func expression() throws(Diagnostic) -> Syntax { try parse(Precedence.lowest) }

  /// An expression without comparisons and logic.
  mutating func quantity() throws(Diagnostic) -> Syntax { try parse(Precedence.additive) }

  @inline(never)
  private mutating func parse(_ minimum: Int) throws(Diagnostic) -> Syntax {
    let start = index
    var left = try operand(minimum)
    while true {
      let precedence = Self.precedence(of: current)
      guard precedence >= minimum, precedence > 0 else { return left }
      switch precedence {
      case Precedence.or: left = try logicalChain(left, "or")
      case Precedence.and: left = try logicalChain(left, "and")
      case Precedence.comparison: left = try comparisonChain(left)
      case Precedence.additive:
        left = try additiveChain(left, startsWithMinus: peek(start - index).kind == .minus)
      case Precedence.multiplicative: left = try multiplicativeChain(left)
      default: left = try power(left)
      }
    }
  }

  /// An expression one level deeper than the one being read.
  mutating func nested(_ minimum: Int = Precedence.lowest) throws(Diagnostic) -> Syntax {
    guard depth < Syntax.deepestNesting else {
      throw tooDeep()
    }
    depth += 1
    let result = try parse(minimum)
    depth -= 1
    return result
  }

  private static func precedence(of token: Token) -> Int {
    switch token.kind {
    case .plus, .minus: Precedence.additive
    case .times, .over, .elementwiseTimes, .elementwiseOver: Precedence.multiplicative
    case .caret, .elementwiseCaret: Precedence.power
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual:
      Precedence.comparison
    case .name: token.text == "and" ? Precedence.and : token.text == "or" ? Precedence.or : 0
    default: 0
    }
  }

  private mutating func operand(_ minimum: Int) throws(Diagnostic) -> Syntax {
    switch current.kind {
    case .minus, .plus: try prefixed(minimum)
    case .name where minimum <= Precedence.not && current.text == "not": try prefixed(minimum)
    default: try postfix()
    }
  }

  @inline(never)
  private mutating func prefixed(_ minimum: Int) throws(Diagnostic) -> Syntax {
    let first = current
    advance()
    if first.kind == .name {
      let inner = try nested(Precedence.not)
      return Syntax(.not(inner), first.range.union(inner.range))
    }
    let inner = try nested(max(minimum, Precedence.multiplicative))
    return first.kind == .plus
      ? inner : Syntax(.negation(inner), first.range.union(inner.range))
  }

  @inline(never)
  private mutating func logicalChain(
    _ first: Syntax, _ word: String
  ) throws(Diagnostic) -> Syntax {
    var conditions = [first]
    let tighter = word == "or" ? Precedence.and : Precedence.not
    while takeWord(word) { conditions.append(try parse(tighter)) }
    let range = first.range.union(conditions[conditions.count - 1].range)
    return Syntax(word == "or" ? .or(conditions) : .and(conditions), range)
  }

  @inline(never)
  private mutating func comparisonChain(_ first: Syntax) throws(Diagnostic) -> Syntax {
    var comparisons: [Syntax] = []
    var left = first
    while let operation = takeComparison() {
      let right = try parse(Precedence.additive)
      comparisons.append(
        Syntax(.comparison(left, operation, right), left.range.union(right.range)))
      left = right
    }
    if comparisons.count == 1 { return comparisons[0] }
    return Syntax(.and(comparisons), first.range.union(left.range))
  }

  mutating func takeComparison() -> ComparisonOperator? {
    let operation: ComparisonOperator
    switch current.kind {
    case .equal: operation = .equal
    case .notEqual: operation = .notEqual
    case .less: operation = .less
    case .lessOrEqual: operation = .lessOrEqual
    case .greater: operation = .greater
    case .greaterOrEqual: operation = .greaterOrEqual
    default: return nil
    }
    advance()
    return operation
  }

  @inline(never)
  private mutating func additiveChain(
    _ first: Syntax, startsWithMinus: Bool
  ) throws(Diagnostic) -> Syntax {
    var terms: [SignedTermSyntax] = []
    if startsWithMinus, case .negation(let inner) = first.kind {
      terms.append(SignedTermSyntax(isNegative: true, term: inner))
    } else {
      terms.append(SignedTermSyntax(isNegative: false, term: first))
    }
    while current.kind == .plus || current.kind == .minus {
      let isNegative = current.kind == .minus
      advance()
      let term = try parse(Precedence.multiplicative)
      terms.append(SignedTermSyntax(isNegative: isNegative, term: term))
    }
    let range = first.range.union(terms[terms.count - 1].term.range)
    return Syntax(.sum(terms), range)
  }

  @inline(never)
  private mutating func multiplicativeChain(_ first: Syntax) throws(Diagnostic) -> Syntax {
    var factors = [FactorSyntax(operation: .times, factor: first)]
    while let operation = Self.factorOperator(current.kind) {
      advance()
      let factor = try parse(Precedence.multiplicative + 1)
      factors.append(FactorSyntax(operation: operation, factor: factor))
    }
    let range = first.range.union(factors[factors.count - 1].factor.range)
    return Syntax(.product(factors), range)
  }

  private static func factorOperator(_ kind: Token.Kind) -> FactorOperator? {
    switch kind {
    case .times: .times
    case .over: .over
    case .elementwiseTimes: .elementwiseTimes
    case .elementwiseOver: .elementwiseOver
    default: nil
    }
  }

  @inline(never)
  private mutating func power(_ base: Syntax) throws(Diagnostic) -> Syntax {
    let isElementwise = current.kind == .elementwiseCaret
    advance()
    let exponent = try nested(Precedence.power)
    let range = base.range.union(exponent.range)
    return Syntax(
      isElementwise ? .elementwisePower(base, exponent) : .power(base, exponent), range)
  }

  // MARK: Postfix operators

  @inline(never)
  private mutating func postfix() throws(Diagnostic) -> Syntax {
    let outerDepth = postfixDepth
    postfixDepth = 0
    var base = try primary()
    while hasPostfix(base) {
      postfixDepth += 1
      guard postfixDepth <= Syntax.deepestNesting else { throw tooDeep() }
      base = try applyPostfix(base)
    }
    postfixDepth = max(outerDepth, postfixDepth)
    return base
  }

  private func hasPostfix(_ base: Syntax) -> Bool {
    switch current.kind {
    case .prime, .superscript: true
    case .leftBracket: mayBeIndexed(base)
    default: false
    }
  }

  @inline(never)
  private mutating func applyPostfix(_ base: Syntax) throws(Diagnostic) -> Syntax {
    let token = current
    switch token.kind {
    case .prime:
      advance()
      return Syntax(.transpose(base), base.range.union(token.range))
    case .superscript:
      advance()
      return Syntax(.power(base, Self.exponent(token)), base.range.union(token.range))
    default:
      let indices = try indexList()
      return Syntax(.indexed(base, indices), SourceRange(base.range.lower, lastUpper))
    }
  }

  private func mayBeIndexed(_ base: Syntax) -> Bool {
    if case .number = base.kind { return false }
    return true
  }

  static func exponent(_ token: Token) -> Syntax {
    if token.text.utf8.first == 0x2D {
      let digits = Syntax(.number(String(token.text.dropFirst())), token.range)
      return Syntax(.negation(digits), token.range)
    }
    return Syntax(.number(token.text), token.range)
  }

  // MARK: Brackets

  @inline(never)
  mutating func open() -> Token {
    let opening = current
    openBrackets.append(opening)
    advance()
    return opening
  }

  @inline(never)
  mutating func close(_ kind: Token.Kind, _ opening: Token) throws(Diagnostic) {
    guard current.kind == kind else { throw unexpected(expecting: closingText(of: opening)) }
    openBrackets.removeLast()
    advance()
  }

  private func closingText(of opening: Token) -> String {
    switch opening.kind {
    case .leftParenthesis: "')'"
    case .leftBracket: "']'"
    default: "'}'"
    }
  }

  /// `[i, j]` after a name.
  @inline(never)
  mutating func indexList() throws(Diagnostic) -> [Syntax] {
    let opening = open()
    var indices = [try nested()]
    while take(.comma) { indices.append(try nested()) }
    try close(.rightBracket, opening)
    return indices
  }

  // MARK: Errors

  func text(of token: Token) -> String { source.text(in: token.range) }

  /// Why the token at hand cannot stand here.
  @inline(never)
  func unexpected(expecting expected: String) -> Diagnostic {
    let token = current
    switch token.kind {
    case .end:
      if let opening = openBrackets.last {
        return Diagnostic(
          "unclosed-bracket", "'\(text(of: opening))' is never closed", at: opening.range)
      }
      return Diagnostic("unexpected-end", "unexpected end", at: token.range, expected: expected)
    case .rightParenthesis, .rightBracket, .rightBrace:
      guard let opening = openBrackets.last else {
        return Diagnostic(
          "unopened-bracket", "'\(text(of: token))' has no opening bracket", at: token.range)
      }
      if closingText(of: opening) != "'\(text(of: token))'" {
        return Diagnostic(
          "mismatched-bracket", "'\(text(of: opening))' is closed by '\(text(of: token))'",
          at: opening.range)
      }
    default:
      if token.startsOperand, endsOperand(peek(-1)) { return juxtaposition() }
    }
    return Diagnostic(
      "unexpected-token", "unexpected \(DisplayText.quoted(text(of: token)))", at: token.range,
      expected: expected)
  }

  private func endsOperand(_ token: Token) -> Bool {
    switch token.kind {
    case .number, .superscript, .prime, .rightParenthesis, .rightBracket, .rightBrace: true
    case .name: !Token.wordOperators.contains(token.text)
    default: false
    }
  }

  private func juxtaposition() -> Diagnostic {
    let left = peek(-1)
    return Diagnostic(
      "juxtaposition", "juxtaposition is not multiplication", at: current.range,
      suggestion: text(of: left) + "*" + text(of: current))
  }

  @inline(never)
  private func tooDeep() -> Diagnostic {
    Diagnostic(
      "nesting-too-deep", "nesting is deeper than the limit of \(Syntax.deepestNesting) levels",
      at: current.range)
  }

  /// Nothing may be left.
  @inline(never)
  func finish(expecting expected: String = "an operator or the end") throws(Diagnostic) {
    if !isAtEnd { throw unexpected(expecting: expected) }
  }

  @inline(never)
  func unknownName(_ name: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "unknown-name", "unknown name \(DisplayText.quoted(name))", at: range,
      suggestion: nearestSpelling(to: name, among: known.kinds.keys))
  }
}
