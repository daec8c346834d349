/// Cuts a Markdown page into headings, paragraphs, fenced code and Nabla's blocks.
struct MarkdownSplitter {
  enum Piece {
    case element(ProblemElement)
    /// The lines between the fences.
    case block(SourceRange)
  }

  private let source: SourceText
  private var line = 0
  private(set) var diagnostics: [Diagnostic] = []

  init(_ source: SourceText) {
    self.source = source
  }

  mutating func next() -> Piece? {
    while line < source.lineStarts.count, isBlank(line) { line += 1 }
    guard line < source.lineStarts.count else { return nil }
    if let heading = heading(line) {
      line += 1
      return .element(.heading(heading))
    }
    if let fence = fence(line) { return fenced(fence) }
    let first = line
    while line < source.lineStarts.count, !isBlank(line) {
      if line > first, heading(line) != nil || fence(line) != nil { break }
      line += 1
    }
    return .element(.prose(prose(first..<line)))
  }

  private func content(_ line: Int) -> SourceRange {
    var range = source.lineRange(line)
    if line == 0, source.bytes.starts(with: [0xEF, 0xBB, 0xBF]) { range.lower += 3 }
    return range
  }

  private func isBlank(_ line: Int) -> Bool {
    let range = content(line)
    for offset in range.lower..<range.upper
    where source.bytes[offset] != 0x20 && source.bytes[offset] != 0x09 {
      return false
    }
    return true
  }

  private func prose(_ lines: Range<Int>) -> ProseSyntax {
    var text = ""
    for line in lines {
      if line > lines.lowerBound { text += "\n" }
      text += source.text(in: content(line))
    }
    return ProseSyntax(
      text: text,
      range: SourceRange(content(lines.lowerBound).lower, content(lines.upperBound - 1).upper))
  }

  /// The first byte after at most three blanks.
  private func indented(_ range: SourceRange) -> Int {
    var lower = range.lower
    while lower < range.upper, lower < range.lower + 3, source.bytes[lower] == 0x20 { lower += 1 }
    return lower
  }

  // MARK: Headings

  private func heading(_ line: Int) -> HeadingSyntax? {
    let range = content(line)
    var lower = indented(range)
    var level = 0
    while lower < range.upper, source.bytes[lower] == 0x23 {
      level += 1
      lower += 1
    }
    guard (1...6).contains(level), lower == range.upper || isSpace(lower) else { return nil }
    var upper = range.upper
    while lower < upper, isSpace(lower) { lower += 1 }
    while upper > lower, isSpace(upper - 1) { upper -= 1 }
    var mark = upper
    while mark > lower, source.bytes[mark - 1] == 0x23 { mark -= 1 }
    if mark == lower {
      upper = lower
    } else if mark < upper, isSpace(mark - 1) {
      upper = mark
      while upper > lower, isSpace(upper - 1) { upper -= 1 }
    }
    return HeadingSyntax(
      level: level, text: source.text(in: SourceRange(lower, upper)), range: range)
  }

  private func isSpace(_ offset: Int) -> Bool {
    source.bytes[offset] == 0x20 || source.bytes[offset] == 0x09
  }

  // MARK: Fences

  private struct Fence {
    var character: UInt8
    var length: Int
    var isNabla: Bool
    /// Whether nothing follows, as on a closing fence.
    var isBare: Bool
  }

  private func fence(_ line: Int) -> Fence? {
    let range = content(line)
    let lower = indented(range)
    guard lower < range.upper else { return nil }
    let character = source.bytes[lower]
    guard character == 0x60 || character == 0x7E else { return nil }
    var end = lower
    while end < range.upper, source.bytes[end] == character { end += 1 }
    guard end - lower >= 3 else { return nil }
    var word = end
    while word < range.upper, isSpace(word) { word += 1 }
    var wordEnd = word
    while wordEnd < range.upper, !isSpace(wordEnd) { wordEnd += 1 }
    if character == 0x60 {
      for offset in word..<range.upper where source.bytes[offset] == 0x60 { return nil }
    }
    return Fence(
      character: character, length: end - lower,
      isNabla: source.text(in: SourceRange(word, wordEnd)) == "nabla", isBare: word == range.upper)
  }

  private mutating func fenced(_ opening: Fence) -> Piece {
    let first = line
    line += 1
    var isClosed = false
    while line < source.lineStarts.count {
      if let closing = fence(line), closing.isBare, closing.character == opening.character,
        closing.length >= opening.length
      {
        isClosed = true
        break
      }
      line += 1
    }
    let end = line
    if isClosed { line += 1 }
    guard opening.isNabla else { return .element(.code(prose(first..<line))) }
    if !isClosed {
      diagnostics.append(
        Diagnostic(
          "unclosed-block", "the block is never closed", at: content(first),
          expected: "a line of three backticks"))
    }
    let lower =
      first + 1 < source.lineStarts.count ? source.lineStarts[first + 1] : source.bytes.count
    let upper = end < source.lineStarts.count ? source.lineStarts[end] : source.bytes.count
    return .block(SourceRange(lower, max(lower, upper)))
  }
}
