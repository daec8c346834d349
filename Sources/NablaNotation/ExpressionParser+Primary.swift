extension ExpressionParser {
  /// A number, a name with what belongs to it, or something in brackets.
  @inline(never)
  mutating func primary() throws(Diagnostic) -> Syntax {
    switch current.kind {
    case .number: try number()
    case .name: try named()
    case .leftParenthesis: try parenthesised()
    case .leftBracket: try matrix()
    default: throw unexpected(expecting: "an expression")
    }
  }

  @inline(never)
  private mutating func number() throws(Diagnostic) -> Syntax {
    let token = current
    advance()
    if token.text == "1", current.kind == .leftBracket { return try indicator(token) }
    return Syntax(.number(token.text), token.range)
  }

  @inline(never)
  private mutating func parenthesised() throws(Diagnostic) -> Syntax {
    let opening = open()
    var inner = try nested()
    try close(.rightParenthesis, opening)
    inner.range = SourceRange(opening.range.lower, lastUpper)
    return inner
  }

  @inline(never)
  private mutating func indicator(_ one: Token) throws(Diagnostic) -> Syntax {
    let opening = open()
    let condition = try nested()
    try close(.rightBracket, opening)
    return Syntax(.indicator(condition), SourceRange(one.range.lower, lastUpper))
  }

  @inline(never)
  private mutating func matrix() throws(Diagnostic) -> Syntax {
    let opening = open()
    var rows: [[Syntax]] = [[try nested()]]
    while current.kind == .comma || current.kind == .semicolon {
      let startsRow = current.kind == .semicolon
      advance()
      let entry = try nested()
      if startsRow { rows.append([entry]) } else { rows[rows.count - 1].append(entry) }
    }
    try close(.rightBracket, opening)
    for (number, row) in rows.enumerated() where row.count != rows[0].count {
      throw Diagnostic(
        "ragged-matrix",
        "row \(number + 1) of the matrix has \(row.count) entries, "
          + "the first has \(rows[0].count)",
        at: row[0].range.union(row[row.count - 1].range))
    }
    return Syntax(.matrix(rows), SourceRange(opening.range.lower, lastUpper))
  }

  // MARK: Names

  @inline(never)
  private mutating func named() throws(Diagnostic) -> Syntax {
    let token = current
    if Token.wordOperators.contains(token.text) { throw unexpected(expecting: "an expression") }
    if let special = try special(token) { return special }
    advance()
    var primes = 0
    while peek(primes).kind == .prime { primes += 1 }
    guard peek(primes).kind == .leftParenthesis else {
      return Syntax(.name(token.text), token.range)
    }
    for _ in 0..<primes { advance() }
    return try applied(token, primes: primes)
  }

  /// What a letter or a `d` stands for where the name is more than a name.
  @inline(never)
  private mutating func special(_ token: Token) throws(Diagnostic) -> Syntax? {
    switch token.spelling {
    case .summation: return try bigOperator(token, .sum, letter: "Sigma")
    case .productSign: return try bigOperator(token, .product, letter: "Pi")
    case .kronecker:
      if let delta = try kroneckerDelta(token) { return delta }
    case .plain, .sigmoid, .partial: break
    }
    return token.text.utf8.first == 0x64 ? try derivativeQuotient(token) : nil
  }

  /// A name before `(`: one of the forms with a reading of their own, or an ordinary call.
  @inline(never)
  private mutating func applied(_ token: Token, primes: Int) throws(Diagnostic) -> Syntax {
    var name = NameSyntax(token.text, token.range)
    if token.spelling == .sigmoid, !known.isFunction("sigma") { name.text = "sigmoid" }
    if primes == 0, !known.contains(name.text) {
      switch name.text {
      case "sum": return try sumOrProduct(name, .sum)
      case "product": return try sumOrProduct(name, .product)
      case "piecewise": return try piecewise(name)
      case "diff": return try differentiation(name)
      default: break
      }
      if let topic = BuiltInNames.unsupportedTopic(of: name.text) {
        throw Diagnostic(
          "unsupported", "'\(name.text)' was met, but \(topic) are not supported", at: name.range)
      }
    }
    return try call(name, primes: primes)
  }

  @inline(never)
  private mutating func call(
    _ function: NameSyntax, primes: Int
  ) throws(Diagnostic) -> Syntax {
    let opening = open()
    var arguments: [Syntax] = []
    if current.kind != .rightParenthesis {
      arguments.append(try nested())
      while take(.comma) { arguments.append(try nested()) }
    }
    try close(.rightParenthesis, opening)
    let call = CallSyntax(function: function, primes: primes, arguments: arguments)
    return Syntax(.call(call), SourceRange(function.range.lower, lastUpper))
  }

  /// `piecewise(x > 0: x, else: 0)`.
  @inline(never)
  private mutating func piecewise(_ name: NameSyntax) throws(Diagnostic) -> Syntax {
    let opening = open()
    var branches: [PiecewiseBranchSyntax] = []
    var otherwise: Syntax?
    repeat {
      if current.kind == .name, current.text == "else", peek(1).kind == .colon {
        advance()
        advance()
        otherwise = try nested()
        break
      }
      let condition = try nested()
      guard take(.colon) else { throw unexpected(expecting: "':' and a value") }
      branches.append(PiecewiseBranchSyntax(condition: condition, value: try nested()))
    } while take(.comma) || take(.semicolon)
    try close(.rightParenthesis, opening)
    return Syntax(
      .piecewise(branches, otherwise: otherwise), SourceRange(name.range.lower, lastUpper))
  }
}
