extension ExpressionParser {
  /// `dA/dB` or `d^2A/dBdC`, if the tokens at hand can only mean a derivative.
  ///
  /// A quotient of names is a derivative if A and B are known and neither dA nor dB is.
  @inline(never)
  mutating func derivativeQuotient(_ token: Token) throws(Diagnostic) -> Syntax? {
    if token.text == "d" { return try higherDerivative(token) }
    let above = String(token.text.dropFirst())
    let isPartial = token.spelling == .partial
    guard isPartial || known.contains(above) else { return nil }
    let slash = offsetAfterIndices(1)
    let below = peek(slash + 1)
    guard peek(slash).kind == .over, below.kind == .name, isDifferential(below) else {
      if isPartial { throw incomplete(token) }
      return nil
    }
    if !isPartial, below.spelling != .partial {
      let variable = String(below.text.dropFirst())
      let quotientNames = [token.text, below.text].filter { known.contains($0) }
      if known.contains(variable) {
        guard quotientNames.isEmpty else {
          throw ambiguous(token, below, declared: quotientNames[0])
        }
      } else {
        guard quotientNames.isEmpty else { return nil }
        guard known.undeclaredAreScalars else {
          throw unknownName(variable, at: rangeOfName(below))
        }
      }
    }
    let subject = try differential()
    advance()
    let variable = try differential()
    return derivative(
      subject, [DerivativeSyntax.Variable(variable: variable, order: 1)], from: token)
  }

  /// `d^2L/dh[i]dh[j]`, `d²L/dx²`.
  @inline(never)
  private mutating func higherDerivative(_ token: Token) throws(Diagnostic) -> Syntax? {
    let order: Int?
    let width: Int
    if peek(1).kind == .caret, peek(2).kind == .number, peek(3).kind == .name {
      (order, width) = (Self.order(peek(2).text), 3)
    } else if peek(1).kind == .superscript, peek(2).kind == .name {
      (order, width) = (Self.order(peek(1).text), 2)
    } else {
      if token.spelling == .partial { throw incomplete(token) }
      return nil
    }
    let slash = offsetAfterIndices(width + 1)
    guard peek(slash).kind == .over, peek(slash + 1).kind == .name,
      isDifferential(peek(slash + 1))
    else {
      if token.spelling == .partial { throw incomplete(token) }
      return nil
    }
    for _ in 0..<width { advance() }
    let name = current
    if token.spelling != .partial, !known.undeclaredAreScalars, !known.contains(name.text) {
      throw unknownName(name.text, at: name.range)
    }
    advance()
    let subject = try indexedIfBracketed(Syntax(.name(name.text), name.range))
    advance()
    let variables = try differentials()
    var total = 0
    for variable in variables { total += variable.order }
    guard let order, order == total else {
      throw Diagnostic(
        "derivative-order", "the order above does not match the order \(total) below",
        at: SourceRange(token.range.lower, lastUpper))
    }
    return derivative(subject, variables, from: token)
  }

  /// `dh[i]dh[j]`, `dx^2`, `dxdy`.
  @inline(never)
  private mutating func differentials() throws(Diagnostic) -> [DerivativeSyntax.Variable] {
    var variables: [DerivativeSyntax.Variable] = []
    while current.kind == .name, isDifferential(current) {
      let token = current
      let names = namesOfDifferentials(token.text)
      for name in names.dropLast() {
        let variable = Syntax(.name(name), token.range)
        variables.append(DerivativeSyntax.Variable(variable: variable, order: 1))
      }
      if token.spelling != .partial, !known.undeclaredAreScalars,
        let unknown = names.first(where: { !known.contains($0) })
      {
        throw unknownName(unknown, at: rangeOfName(token))
      }
      advance()
      let range = names.count == 1 ? rangeOfName(token) : token.range
      let last = Syntax(.name(names[names.count - 1]), range)
      let variable = try indexedIfBracketed(last)
      var order = 1
      if current.kind == .caret, peek(1).kind == .number {
        order = Self.order(peek(1).text) ?? 0
        advance()
        advance()
      } else if current.kind == .superscript {
        order = Self.order(current.text) ?? 0
        advance()
      }
      variables.append(DerivativeSyntax.Variable(variable: variable, order: order))
    }
    return variables
  }

  /// `diff(f, x)`, `diff(f, x, 2)`, `diff(f, x, y)`.
  @inline(never)
  mutating func differentiation(_ name: NameSyntax) throws(Diagnostic) -> Syntax {
    let opening = open()
    let subject = try nested()
    var variables: [DerivativeSyntax.Variable] = []
    var mayBeOrder = false
    while take(.comma) {
      if mayBeOrder, current.kind == .number {
        guard let order = Self.order(current.text) else {
          throw Diagnostic(
            "derivative-order", "\(DisplayText.quoted(current.text)) is not an order",
            at: current.range, expected: "a whole number from 1 to \(Self.highestOrder)")
        }
        variables[variables.count - 1].order = order
        advance()
        mayBeOrder = false
      } else {
        let variable = try nested()
        variables.append(DerivativeSyntax.Variable(variable: variable, order: 1))
        mayBeOrder = true
      }
    }
    if variables.isEmpty, current.kind == .rightParenthesis {
      throw Diagnostic(
        "expected-variable", "'diff' has no variable", at: name.range,
        expected: "what to differentiate by, as in diff(f, x)")
    }
    try close(.rightParenthesis, opening)
    return Syntax(
      .derivative(DerivativeSyntax(subject: subject, variables: variables, spelling: .call)),
      SourceRange(name.range.lower, lastUpper))
  }

  // MARK: Parts

  private static var highestOrder: Int { 1000 }

  static func order(_ text: String) -> Int? {
    var value = 0
    for byte in text.utf8 {
      guard byte >= 0x30, byte <= 0x39, value <= highestOrder else { return nil }
      value = value * 10 + Int(byte - 0x30)
    }
    return value >= 1 && value <= highestOrder ? value : nil
  }

  private func isDifferential(_ token: Token) -> Bool {
    token.text.utf8.first == 0x64 && token.text.utf8.count > 1
  }

  /// How far the token after an optional `[…]` is from the one at hand.
  private func offsetAfterIndices(_ start: Int) -> Int {
    guard peek(start).kind == .leftBracket else { return start }
    var place = start
    var depth = 0
    while true {
      switch peek(place).kind {
      case .leftBracket: depth += 1
      case .rightBracket: depth -= 1
      case .end: return place
      default: break
      }
      place += 1
      if depth == 0 { return place }
    }
  }

  /// The name behind the `d` or `∂` of a token, with its indices.
  private mutating func differential() throws(Diagnostic) -> Syntax {
    let token = current
    advance()
    return try indexedIfBracketed(
      Syntax(.name(String(token.text.dropFirst())), rangeOfName(token)))
  }

  @inline(never)
  private mutating func indexedIfBracketed(_ base: Syntax) throws(Diagnostic) -> Syntax {
    guard current.kind == .leftBracket else { return base }
    let indices = try indexList()
    return Syntax(.indexed(base, indices), SourceRange(base.range.lower, lastUpper))
  }

  private func rangeOfName(_ token: Token) -> SourceRange {
    SourceRange(token.range.lower + (token.spelling == .partial ? 3 : 1), token.range.upper)
  }

  /// The names in `dx` or, if x and y are known and xdy is not, in `dxdy`.
  private func namesOfDifferentials(_ text: String) -> [String] {
    let whole = String(text.dropFirst())
    let bytes = Array(whole.utf8)
    guard !known.contains(whole), bytes.count <= 64 else { return [whole] }
    for place in bytes.indices.dropFirst().dropLast() where bytes[place] == 0x64 {
      let left = String(decoding: bytes[..<place], as: UTF8.self)
      guard known.contains(left) else { continue }
      let right = namesOfDifferentials(String(decoding: bytes[place...], as: UTF8.self))
      if right.allSatisfy({ known.contains($0) }) { return [left] + right }
    }
    return [whole]
  }

  private func derivative(
    _ subject: Syntax, _ variables: [DerivativeSyntax.Variable], from token: Token
  ) -> Syntax {
    Syntax(
      .derivative(
        DerivativeSyntax(subject: subject, variables: variables, spelling: .quotient)),
      SourceRange(token.range.lower, lastUpper))
  }

  private func incomplete(_ token: Token) -> Diagnostic {
    Diagnostic(
      "incomplete-derivative", "'∂' begins a derivative", at: token.range,
      expected: "a quotient such as ∂L/∂x")
  }

  private func ambiguous(_ above: Token, _ below: Token, declared: String) -> Diagnostic {
    Diagnostic(
      "ambiguous-derivative",
      "'\(text(of: above))/\(text(of: below))' may be a derivative or a quotient, "
        + "since '\(declared)' is a name too",
      at: above.range.union(below.range),
      expected: "diff(\(above.text.dropFirst()), \(below.text.dropFirst())) or "
        + "(\(above.text))/(\(below.text))")
  }
}
