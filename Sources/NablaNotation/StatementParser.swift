/// Reads one statement whose tokens are already cut.
struct StatementParser {
  var expressions: ExpressionParser
  private let tokens: [Token]
  private let range: Range<Int>

  init(_ source: SourceText, _ tokens: [Token], _ range: Range<Int>, known: KnownNames) {
    self.tokens = tokens
    self.range = range
    expressions = ExpressionParser(source, tokens, range, known: known)
  }

  mutating func statement() throws(Diagnostic) -> StatementSyntax {
    let result = try unfinished()
    try expressions.finish()
    return result
  }

  private mutating func unfinished() throws(Diagnostic) -> StatementSyntax {
    if StatementHead.isDefinition(tokens, range) { return .definition(try definition()) }
    let first = expressions.current
    guard first.kind == .name else {
      throw expressions.unexpected(expecting: "a statement or a definition")
    }
    expressions.advance()
    switch first.text {
    case "dimension": return .dimension(try dimensions())
    case "index": return .index(try indices())
    case "class": return .fixedIndex(try indices())
    case "scalar": return .declaration(try declaration(.scalar))
    case "vector": return .declaration(try declaration(.vector))
    case "matrix": return .declaration(try declaration(.matrix))
    case "function": return .declaration(try declaration(.function))
    case "assume": return .assume(try assumption())
    case "convention": return .convention(try relation())
    case "at": return .at(try assignments())
    case "forward": return .forward(try forward())
    case "derive": return .derive(try derive())
    case "gradient": return .gradient(try gradient())
    case "jacobian": return .jacobian(try matrixDerivative())
    case "hessian": return .hessian(try matrixDerivative())
    case "prove": return .prove(try prove())
    case "expect": return .expect(try expect())
    case "points": return .points(try points())
    case "cite": return .cite(try cite())
    case "layout": return .layout(try layout())
    case "notation": return .notation(try notation())
    case "shapes": return .shapes(expressions.isAtEnd ? [] : try names())
    case "parameters": return .parameters(try names())
    case "table": return .table(try table())
    case "train": return .train(try training())
    case "plot": return .plot(try plot())
    case "graph": return .graph(try graph())
    default: throw unknownStatement(first)
    }
  }

  private func unknownStatement(_ first: Token) -> Diagnostic {
    let name = DisplayText.quoted(first.text)
    if let nearest = nearestSpelling(to: first.text, among: StatementHead.keywords) {
      return Diagnostic(
        "unknown-statement", "unknown statement \(name)", at: first.range, suggestion: nearest)
    }
    return Diagnostic(
      "unknown-statement", "\(name) does not begin a statement", at: first.range,
      expected: "a keyword such as 'derive', or a definition such as z = x + 1")
  }

  // MARK: Parts

  mutating func name() throws(Diagnostic) -> NameSyntax {
    let token = expressions.current
    guard token.kind == .name, !Token.wordOperators.contains(token.text) else {
      throw expressions.unexpected(expecting: "a name")
    }
    expressions.advance()
    return NameSyntax(token.text, token.range)
  }

  mutating func expectWord(_ word: String) throws(Diagnostic) {
    guard expressions.takeWord(word) else {
      throw Diagnostic(
        "expected-word", found(), at: expressions.current.range, expected: "'\(word)'")
    }
  }

  /// What stands here, for messages.
  func found() -> String {
    expressions.isAtEnd
      ? "unexpected end"
      : "unexpected \(DisplayText.quoted(expressions.text(of: expressions.current)))"
  }

  /// Names in the brackets after a defined name, each once.
  mutating func parameterNames(closedBy closing: Token.Kind) throws(Diagnostic) -> [NameSyntax] {
    let opening = expressions.open()
    var names: [NameSyntax] = []
    repeat {
      let next = expressions.current
      guard next.kind == .name else {
        if next.kind == .end { throw expressions.unexpected(expecting: "a name") }
        throw Diagnostic(
          "expected-name", found(), at: next.range, expected: "the name of a parameter")
      }
      if names.contains(where: { $0.text == next.text }) {
        throw Diagnostic(
          "repeated-parameter", "the parameter '\(next.text)' stands twice", at: next.range)
      }
      names.append(NameSyntax(next.text, next.range))
      expressions.advance()
    } while expressions.take(.comma)
    try expressions.close(closing, opening)
    return names
  }

  mutating func takeEqual() throws(Diagnostic) {
    guard expressions.take(.equal) else { throw expressions.unexpected(expecting: "'='") }
  }

  mutating func quantities() throws(Diagnostic) -> [Syntax] {
    var list = [try expressions.quantity()]
    while expressions.take(.comma) { list.append(try expressions.quantity()) }
    return list
  }

  mutating func goal() throws(Diagnostic) -> GoalSyntax {
    let left = try expressions.quantity()
    guard let operation = expressions.takeComparison() else { return .expression(left) }
    let right = try expressions.quantity()
    return .relation(RelationSyntax(left: left, operation: operation, right: right))
  }

  mutating func relation() throws(Diagnostic) -> RelationSyntax {
    guard case .relation(let relation) = try goal() else {
      throw expressions.unexpected(expecting: "'=' and a right side")
    }
    return relation
  }

  mutating func condition() throws(Diagnostic) -> Syntax? {
    expressions.takeWord("when") ? try expressions.expression() : nil
  }

  /// A whole number up to a limit.
  mutating func count(upTo limit: Int) throws(Diagnostic) -> Int {
    let token = expressions.current
    var value = 0
    var isCount = token.kind == .number
    for byte in token.text.utf8 where isCount {
      isCount = byte >= 0x30 && byte <= 0x39
      if isCount { value = value * 10 + Int(byte - 0x30) }
      isCount = isCount && value <= limit
    }
    guard isCount else {
      throw Diagnostic(
        "expected-count", found(), at: token.range, expected: "a whole number up to \(limit)")
    }
    expressions.advance()
    return value
  }
}
