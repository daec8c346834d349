extension StatementParser {
  /// A statement whose line is not plain mathematics: `write`, `use`, `answer`.
  static func statement(
    _ source: SourceText, keyword: String, _ text: NameSyntax
  ) throws(Diagnostic) -> StatementSyntax {
    switch keyword {
    case "answer":
      return .answer(answer(source, text))
    case "use":
      guard !text.text.isEmpty else {
        throw Diagnostic(
          "unexpected-end", "unexpected end", at: text.range, expected: "the name of a file")
      }
      return .use(text)
    default:
      return .write(try write(source, text))
    }
  }

  /// The colon of `answer:` is no part of the prose.
  private static func answer(_ source: SourceText, _ text: NameSyntax) -> NameSyntax {
    guard text.text.utf8.first == 0x3A else { return text }
    var lower = text.range.lower + 1
    while lower < text.range.upper, source.bytes[lower] <= 0x20 { lower += 1 }
    let range = SourceRange(lower, text.range.upper)
    return NameSyntax(source.text(in: range), range)
  }

  /// `w1 as w^{(1)}`.
  private static func write(
    _ source: SourceText, _ text: NameSyntax
  ) throws(Diagnostic) -> WriteSyntax {
    var end = text.range.lower
    while end < text.range.upper, source.bytes[end] > 0x20 { end += 1 }
    var lexer = Lexer(source.bytes, in: SourceRange(text.range.lower, end))
    lexer.readAll()
    guard lexer.tokens.count == 1, lexer.diagnostics.isEmpty, lexer.tokens[0].kind == .name else {
      throw Diagnostic(
        "expected-name",
        "unexpected \(DisplayText.quoted(source.text(in: SourceRange(text.range.lower, end))))",
        at: SourceRange(text.range.lower, end), expected: "a name")
    }
    let name = lexer.tokens[0]
    var word = end
    while word < text.range.upper, source.bytes[word] <= 0x20 { word += 1 }
    var lower = word + 2
    guard lower < text.range.upper, source.bytes[word] == 0x61, source.bytes[word + 1] == 0x73,
      source.bytes[lower] <= 0x20
    else {
      throw Diagnostic(
        "expected-word", "a way to write '\(name.text)' is missing",
        at: SourceRange(min(word, text.range.upper), text.range.upper), expected: "'as' and LaTeX")
    }
    while lower < text.range.upper, source.bytes[lower] <= 0x20 { lower += 1 }
    let range = SourceRange(lower, text.range.upper)
    return WriteSyntax(
      name: NameSyntax(name.text, name.range),
      spelling: NameSyntax(source.text(in: range), range))
  }
}
