extension ExpressionParser {
  /// `sum(k, e)` and its kin, or `sum(x)` with a single argument, which is an ordinary call.
  @inline(never)
  mutating func sumOrProduct(
    _ name: NameSyntax, _ operation: BinderSyntax.Operation
  ) throws(Diagnostic) -> Syntax {
    let opening = open()
    var indices: [BinderSyntax.Index] = []
    while startsIndex(closing: .comma), try takeIndex(into: &indices) {
      guard take(.comma) else { throw unexpected(expecting: "',' and what the sum runs over") }
    }
    let body = try nested()
    if current.kind == .comma {
      throw Diagnostic(
        "expected-index", "only the last entry of '\(name.text)' is an expression", at: body.range,
        expected: "an index such as k, k != i or k = 1..K")
    }
    try close(.rightParenthesis, opening)
    let range = SourceRange(name.range.lower, lastUpper)
    if indices.isEmpty {
      return Syntax(.call(CallSyntax(function: name, primes: 0, arguments: [body])), range)
    }
    return Syntax(
      .binder(BinderSyntax(operation: operation, indices: indices, body: body)), range)
  }

  /// Whether `k,` or `k != …` or `k = …` follows.
  private func startsIndex(closing: Token.Kind) -> Bool {
    guard current.kind == .name, !Token.wordOperators.contains(current.text) else { return false }
    let next = peek(1).kind
    return next == closing || next == .comma || next == .notEqual || next == .equal
  }

  @inline(never)
  private mutating func takeIndex(
    into indices: inout [BinderSyntax.Index]
  ) throws(Diagnostic) -> Bool {
    let name = NameSyntax(current.text, current.range)
    advance()
    var bound = BinderSyntax.Index(name: name, bounds: nil, excluded: [])
    if take(.notEqual) {
      bound.excluded = [try nested(Precedence.additive)]
      for place in indices.indices where indices[place].name.text == name.text {
        indices[place].excluded += bound.excluded
        return true
      }
    } else if take(.equal) {
      bound.bounds = try bounds()
    }
    indices.append(bound)
    return true
  }

  /// `1..K`.
  @inline(never)
  mutating func bounds() throws(Diagnostic) -> BoundsSyntax {
    let lower = try nested(Precedence.additive)
    guard take(.dotDot) else { throw unexpected(expecting: "a range such as 1..N") }
    return BoundsSyntax(lower: lower, upper: try nested(Precedence.additive))
  }

  // MARK: Letters as operators

  /// `Σ(k, e)`, `Σ_k e`, `Σ_{k != i} e`; nothing if the letter is part of a known name.
  @inline(never)
  mutating func bigOperator(
    _ token: Token, _ operation: BinderSyntax.Operation, letter: String
  ) throws(Diagnostic) -> Syntax? {
    if token.text == letter {
      guard peek(1).kind == .leftParenthesis, !known.isFunction(letter) else { return nil }
      advance()
      let name = operation == .sum ? "sum" : "product"
      return try sumOrProduct(NameSyntax(name, token.range), operation)
    }
    guard !known.contains(token.text) else { return nil }
    var indices: [BinderSyntax.Index] = []
    advance()
    if token.text.utf8.count > letter.utf8.count + 1 {
      for name in subscriptNames(token, after: letter) {
        indices.append(BinderSyntax.Index(name: name, bounds: nil, excluded: []))
      }
    } else {
      guard current.kind == .leftBrace else { throw unexpected(expecting: "an index") }
      let opening = open()
      repeat {
        guard startsIndex(closing: .rightBrace) else { throw unexpected(expecting: "an index") }
        _ = try takeIndex(into: &indices)
      } while take(.comma)
      try close(.rightBrace, opening)
    }
    let body = try nested(Precedence.multiplicative)
    return Syntax(
      .binder(BinderSyntax(operation: operation, indices: indices, body: body)),
      token.range.union(body.range))
  }

  /// `δ_ij`, `δ_{ij}`, `δ_{i,j}`; nothing if the letter begins a known name or stands before `(`.
  @inline(never)
  mutating func kroneckerDelta(_ token: Token) throws(Diagnostic) -> Syntax? {
    guard token.text != "delta", !known.contains(token.text) else { return nil }
    let function = NameSyntax("delta", token.range)
    var arguments: [Syntax] = []
    if token.text == "delta_" {
      guard peek(1).kind == .leftBrace else { return nil }
      advance()
      let opening = open()
      if current.kind == .name, peek(1).kind == .rightBrace {
        arguments = letters(current.text, current.range)
        advance()
      } else {
        repeat { arguments.append(try nested(Precedence.additive)) } while take(.comma)
      }
      try close(.rightBrace, opening)
    } else {
      arguments = letters(String(token.text.dropFirst(6)), token.range)
      guard arguments.count == 2 else { return nil }
      advance()
    }
    return Syntax(
      .call(CallSyntax(function: function, primes: 0, arguments: arguments)),
      SourceRange(token.range.lower, lastUpper))
  }

  private func letters(_ text: String, _ range: SourceRange) -> [Syntax] {
    text.utf8.count > 16 ? [] : text.map { Syntax(.name(String($0)), range) }
  }

  /// The names below `Σ`: one, or single letters that are all index names.
  private func subscriptNames(_ token: Token, after letter: String) -> [NameSyntax] {
    let text = String(token.text.dropFirst(letter.utf8.count + 1))
    let letters = text.utf8.count > 16 ? [] : text.map { String($0) }
    let areIndices = letters.allSatisfy {
      known.kind(of: $0) == .index || known.kind(of: $0) == .fixedIndex
    }
    if !known.contains(text), letters.count > 1, areIndices {
      return letters.map { NameSyntax($0, token.range) }
    }
    return [NameSyntax(text, token.range)]
  }
}
