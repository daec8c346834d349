/// The tokens of one block, cut into statements, before any expression is read.
struct StatementSplitter {
  /// A statement whose kind is open, or one that keeps its text.
  struct Slice: Sendable {
    enum Content: Sendable {
      case tokens(Range<Int>)
      /// A keyword whose line is not plain mathematics, and what follows it.
      case text(keyword: String, NameSyntax)
    }

    var content: Content
    var range: SourceRange
    /// Whether the lexer already complained, so that there is nothing to parse.
    var isDamaged = false
  }

  private(set) var slices: [Slice] = []
  private(set) var diagnostics: [Diagnostic] = []
  private(set) var tokens: [Token] = []

  private let source: SourceText
  private let block: SourceRange
  private var lexer: Lexer
  private var unclosedStatements = 0

  init(_ source: SourceText, in block: SourceRange) {
    self.source = source
    self.block = block
    lexer = Lexer(source.bytes, in: block)
    var offset = block.lower
    while let start = nextStatement(from: offset) {
      offset = readStatement(at: start)
    }
    tokens = lexer.tokens
    diagnostics = lexer.diagnostics
  }

  /// The first byte of a line's content that is neither blank nor a comment.
  private func nextStatement(from offset: Int) -> Int? {
    var offset = offset
    while offset < block.upper {
      switch source.bytes[offset] {
      case 0x20, 0x09, 0x0A, 0x0D: offset += 1
      case 0x23: offset = lineEnd(from: offset)
      default: return offset
      }
    }
    return nil
  }

  private func lineEnd(from offset: Int) -> Int {
    var offset = offset
    while offset < block.upper, source.bytes[offset] != 0x0A { offset += 1 }
    return offset
  }

  /// Reads one statement and says where the next may begin.
  private mutating func readStatement(at start: Int) -> Int {
    let wordEnd = wordEnd(from: start)
    let word = source.text(in: SourceRange(start, wordEnd))
    if word == "answer", isTextKeyword(endingAt: wordEnd) {
      let text = trimmed(SourceRange(wordEnd, block.upper))
      slices.append(
        Slice(content: .text(keyword: word, text), range: SourceRange(start, text.range.upper)))
      return block.upper
    }
    if word == "write" || word == "use", isTextKeyword(endingAt: wordEnd) {
      let end = lineEnd(from: start)
      let text = trimmed(withoutComment(SourceRange(wordEnd, end)))
      slices.append(
        Slice(content: .text(keyword: word, text), range: SourceRange(start, text.range.upper)))
      return end
    }
    readTokens(from: start)
    return lexer.position
  }

  private func wordEnd(from start: Int) -> Int {
    var end = start
    while end < block.upper, source.bytes[end] | 0x20 >= 0x61, source.bytes[end] | 0x20 <= 0x7A {
      end += 1
    }
    return end
  }

  /// Whether a blank follows, and after it something other than `=`.
  private func isTextKeyword(endingAt end: Int) -> Bool {
    guard end < block.upper else { return true }
    var next = end
    while next < block.upper, source.bytes[next] == 0x20 || source.bytes[next] == 0x09 { next += 1 }
    if next < block.upper, source.bytes[next] == 0x3D { return false }
    return next > end || source.bytes[end] == 0x0A || source.bytes[end] == 0x0D
      || source.bytes[end] == 0x3A
  }

  private func withoutComment(_ range: SourceRange) -> SourceRange {
    for offset in range.lower..<max(range.lower, range.upper)
    where source.bytes[offset] == 0x23 && offset > range.lower {
      let before = source.bytes[offset - 1]
      if before == 0x20 || before == 0x09 { return SourceRange(range.lower, offset) }
    }
    return range
  }

  private func trimmed(_ range: SourceRange) -> NameSyntax {
    var (lower, upper) = (range.lower, range.upper)
    while lower < upper, isBlank(source.bytes[lower]) { lower += 1 }
    while upper > lower, isBlank(source.bytes[upper - 1]) { upper -= 1 }
    let kept = SourceRange(lower, upper)
    return NameSyntax(source.text(in: kept), kept)
  }

  private func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
  }

  /// Reads a line and those that continue it.
  ///
  /// A bracket that stays open to the end of the block is taken to be forgotten, not to hold all
  /// the rest: the statement then is its first line alone.
  private mutating func readTokens(from start: Int) {
    let firstToken = lexer.tokens.count
    let firstDiagnostic = lexer.diagnostics.count
    lexer.move(to: start)
    var hasMore = lexer.readLine()
    var counted = firstToken
    var depth = 0
    while true {
      let isBlankLine = counted == lexer.tokens.count
      for place in counted..<lexer.tokens.count { depth += nesting(lexer.tokens[place].kind) }
      counted = lexer.tokens.count
      let isOperator = lexer.tokens.last?.continuesLine ?? false
      guard depth > 0 || (isOperator && !isBlankLine && counted > firstToken) else { break }
      guard hasMore else { break }
      if unclosedStatements >= ProblemFileSyntax.mostDiagnostics { break }
      hasMore = lexer.readLine()
    }
    if depth > 0, !hasMore {
      unclosedStatements += 1
      lexer.rewind(tokens: firstToken, diagnostics: firstDiagnostic)
      lexer.move(to: start)
      lexer.readLine()
    }
    let upper =
      lexer.tokens.count > firstToken ? lexer.tokens[lexer.tokens.count - 1].range.upper : start
    slices.append(
      Slice(
        content: .tokens(firstToken..<lexer.tokens.count), range: SourceRange(start, upper),
        isDamaged: lexer.diagnostics.count > firstDiagnostic || lexer.tokens.count == firstToken))
  }

  private func nesting(_ kind: Token.Kind) -> Int {
    switch kind {
    case .leftParenthesis, .leftBracket, .leftBrace: 1
    case .rightParenthesis, .rightBracket, .rightBrace: -1
    default: 0
    }
  }
}
