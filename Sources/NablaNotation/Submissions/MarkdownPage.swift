extension Page {
  /// Cuts Markdown, or plain text in its manner, into blocks.
  ///
  /// - Parameter isPlain: whether indented lines are text and short lines may be headings.
  init(markdown text: TracedText, isPlain: Bool) {
    let text = Self.withoutQuotation(text)
    var reader = MarkdownPageReader(text, isPlain: isPlain)
    reader.read()
    self.text = text
    blocks = reader.blocks
  }

  /// The text without the `>` before the lines of a quotation.
  private static func withoutQuotation(_ text: TracedText) -> TracedText {
    let bytes = text.bytes
    var result = TracedText()
    var copied = 0
    var line = 0
    // A quotation begins the text or follows a blank line; elsewhere ">" is a relation.
    var mayBegin = true
    while line < bytes.count {
      let start = Bytes.spacesEnd(bytes, from: line, to: bytes.count)
      var end = start
      while end < bytes.count, bytes[end] != Bytes.lineFeed { end += 1 }
      if mayBegin, start < end, bytes[start] == 0x3E,
        start + 1 == end || Bytes.isSpace(bytes[start + 1])
      {
        result.append(text, in: SourceRange(copied, line))
        copied = min(start + 2, end)
      } else {
        mayBegin = start == end
      }
      line = end + 1
    }
    if copied == 0 { return text }
    result.append(text, in: SourceRange(copied, bytes.count))
    return result
  }
}

private struct MarkdownPageReader {
  let bytes: [UInt8]
  let isPlain: Bool
  var blocks: [Page.Block] = []
  private var starts: [Int] = [0]
  private var line = 0
  private var open = OpenMathematics()

  /// So many lines are looked at for the end of a display that goes over blank lines.
  private static let longestGap = 60

  init(_ text: TracedText, isPlain: Bool) {
    bytes = text.bytes
    self.isPlain = isPlain
    for index in bytes.indices where bytes[index] == Bytes.lineFeed { starts.append(index + 1) }
  }

  mutating func read() {
    while line < starts.count {
      if isBlank(line) {
        line += 1
      } else if let fence = fence(line) {
        fenced(fence)
      } else if Bytes.match("<!--", bytes, at: content(line).lower) {
        comment()
      } else if let heading = marked(line) {
        blocks.append(heading)
        line += 1
      } else if isIndentedCode(line) {
        line += 1
      } else {
        paragraph()
      }
    }
  }

  private func range(_ line: Int) -> SourceRange {
    SourceRange(starts[line], line + 1 < starts.count ? starts[line + 1] - 1 : bytes.count)
  }

  /// The line without the blanks and quotation marks before it.
  private func content(_ line: Int) -> SourceRange {
    let range = range(line)
    var lower = Bytes.spacesEnd(bytes, from: range.lower, to: range.upper)
    while lower < range.upper, bytes[lower] == 0x3E,
      lower + 1 == range.upper || Bytes.isSpace(bytes[lower + 1])
    {
      lower = Bytes.spacesEnd(bytes, from: lower + 1, to: range.upper)
    }
    return SourceRange(lower, range.upper)
  }

  private func isBlank(_ line: Int) -> Bool {
    let content = content(line)
    return Bytes.trimmed(bytes, content).lower >= content.upper
  }

  private func isIndentedCode(_ line: Int) -> Bool {
    guard !isPlain, line == 0 || isBlank(line - 1) else { return false }
    let range = range(line)
    let isIndented =
      bytes[range.lower] == 0x09
      || (Bytes.spacesEnd(bytes, from: range.lower, to: range.upper) - range.lower >= 4)
    guard isIndented else { return false }
    for index in range.lower..<range.upper
    where bytes[index] == Bytes.dollar || bytes[index] == Bytes.backslash { return false }
    return listMark(content(line)) == nil
  }

  private mutating func comment() {
    while line < starts.count {
      let range = range(line)
      line += 1
      var index = range.lower
      while index < range.upper {
        if Bytes.match("-->", bytes, at: index) { return }
        index += 1
      }
    }
  }

  // MARK: Headings

  /// A heading with `#`.
  private func marked(_ line: Int) -> Page.Block? {
    let content = content(line)
    var lower = content.lower
    while lower < content.upper, bytes[lower] == 0x23 { lower += 1 }
    let level = lower - content.lower
    guard (1...6).contains(level), lower == content.upper || Bytes.isSpace(bytes[lower]) else {
      return nil
    }
    var upper = Bytes.trimmed(bytes, SourceRange(lower, content.upper)).upper
    while upper > lower, bytes[upper - 1] == 0x23 { upper -= 1 }
    return heading(level, Bytes.trimmed(bytes, SourceRange(lower, upper)))
  }

  private func heading(_ level: Int, _ range: SourceRange) -> Page.Block {
    .heading(
      level: level, range, HeadingLabel.isAnswer(bytes, range) ? .answer : .division)
  }

  /// The level that a line of `=` or `-` gives the line above it.
  private func underline(_ line: Int) -> Int? {
    guard line < starts.count else { return nil }
    let range = Bytes.trimmed(bytes, range(line))
    guard range.upper - range.lower >= 3, let mark = bytes[range.lower..<range.upper].first,
      mark == 0x3D || mark == 0x2D
    else { return nil }
    for index in range.lower..<range.upper where bytes[index] != mark { return nil }
    return mark == 0x3D ? 1 : 2
  }

  // MARK: Fences

  private struct Fence {
    var mark: UInt8
    var length: Int
    var word: SourceRange
  }

  private func fence(_ line: Int) -> Fence? {
    let content = content(line)
    guard content.lower < content.upper else { return nil }
    let mark = bytes[content.lower]
    guard mark == 0x60 || mark == 0x7E else { return nil }
    var end = content.lower
    while end < content.upper, bytes[end] == mark { end += 1 }
    guard end - content.lower >= 3 else { return nil }
    for index in end..<content.upper where bytes[index] == 0x60 { return nil }
    return Fence(
      mark: mark, length: end - content.lower,
      word: Bytes.trimmed(bytes, SourceRange(end, content.upper)))
  }

  private mutating func fenced(_ opening: Fence) {
    line += 1
    let first = line
    while line < starts.count {
      if let closing = fence(line), closing.mark == opening.mark,
        closing.length >= opening.length, closing.word.lower == closing.word.upper
      {
        break
      }
      line += 1
    }
    let end = line
    if line < starts.count { line += 1 }
    let word = Bytes.lowercasedText(bytes, opening.word)
    guard word == "math" || word == "latex" || word == "tex" || word == "{math}", first < end
    else { return }
    let inside = SourceRange(starts[first], range(end - 1).upper)
    if word == "math" || word == "{math}" {
      blocks.append(.display(inside))
    } else {
      blocks.append(.paragraph(inside, isItem: false))
    }
  }

  // MARK: Paragraphs

  /// Where the text of an item of a list begins.
  private func listMark(_ content: SourceRange) -> Int? {
    var lower = content.lower
    guard lower < content.upper else { return nil }
    if Bytes.match("•", bytes, at: lower) {
      return Bytes.spacesEnd(bytes, from: lower + 3, to: content.upper)
    }
    if bytes[lower] == 0x2D || bytes[lower] == 0x2A || bytes[lower] == 0x2B {
      lower += 1
    } else {
      while lower < content.upper, lower - content.lower < 4, Bytes.isDigit(bytes[lower]) {
        lower += 1
      }
      guard lower > content.lower, lower < content.upper,
        bytes[lower] == 0x2E || bytes[lower] == 0x29
      else { return nil }
      lower += 1
    }
    guard lower < content.upper, Bytes.isSpace(bytes[lower]) else { return nil }
    return Bytes.spacesEnd(bytes, from: lower, to: content.upper)
  }

  private mutating func paragraph() {
    var lower = content(line).lower
    var isItem = false
    if let mark = listMark(content(line)) {
      (lower, isItem) = (mark, true)
      // "- 1. derive" is one item.
      if let second = listMark(SourceRange(mark, range(line).upper)), second > mark + 1,
        !isPlain || Bytes.isDigit(bytes[mark])
      {
        lower = second
      }
    }
    lower = leadingLabel(lower, isItem: isItem)
    guard lower < range(line).upper else {
      line += 1
      return
    }
    if !isItem, let level = underline(line + 1), !isBlank(line) {
      blocks.append(heading(level, Bytes.trimmed(bytes, SourceRange(lower, range(line).upper))))
      line += 2
      return
    }
    open = OpenMathematics()
    open.read(bytes, SourceRange(lower, range(line).upper))
    line += 1
    while line < starts.count {
      if isBlank(line) {
        guard open.isOpen, let next = closing() else { break }
        while line < next {
          open.read(bytes, range(line))
          line += 1
        }
      }
      if !open.isOpen || fence(line) != nil, startsBlock(line) { break }
      open.read(bytes, range(line))
      line += 1
    }
    blocks.append(.paragraph(SourceRange(lower, range(line - 1).upper), isItem: isItem))
  }

  /// Takes a label such as `T1.` or `(a)` off the line's start.
  private mutating func leadingLabel(_ lower: Int, isItem: Bool) -> Int {
    let content = SourceRange(lower, range(line).upper)
    let standsAlone =
      isPlain && !isItem && (line + 1 >= starts.count || isBlank(line + 1))
      && (line == 0 || isBlank(line - 1))
    guard let label = HeadingLabel(bytes, line: content, standsAlone: standsAlone) else {
      return lower
    }
    blocks.append(.heading(level: label.level, undecorated(label.text), label.kind))
    return label.rest
  }

  /// The range without the marks of emphasis round it.
  private func undecorated(_ range: SourceRange) -> SourceRange {
    func isMark(_ byte: UInt8) -> Bool { byte == 0x2A || byte == 0x5F || Bytes.isSpace(byte) }
    var range = range
    while range.lower < range.upper, isMark(bytes[range.lower]) { range.lower += 1 }
    while range.lower < range.upper, isMark(bytes[range.upper - 1]) { range.upper -= 1 }
    return range
  }

  private func startsBlock(_ line: Int) -> Bool {
    if fence(line) != nil || marked(line) != nil { return true }
    let content = content(line)
    if listMark(content) != nil { return true }
    return HeadingLabel(bytes, line: content, standsAlone: false) != nil
  }

  /// The line that closes the open mathematics behind blank lines, if no prose stands between.
  private func closing() -> Int? {
    var state = open
    var next = line
    while next < starts.count, next - line < Self.longestGap {
      state.read(bytes, range(next))
      if !state.isOpen { return next }
      if OpenMathematics.isProse(bytes, range(next)) || marked(next) != nil || fence(next) != nil {
        return nil
      }
      next += 1
    }
    return nil
  }
}

/// Whether the mathematics that began in some lines has ended.
struct OpenMathematics {
  private var isDisplay = false
  private var brackets = 0
  private var environments = 0

  var isOpen: Bool { isDisplay || brackets > 0 || environments > 0 }

  mutating func read(_ bytes: [UInt8], _ range: SourceRange) {
    var index = range.lower
    while index < range.upper {
      let next = index + 1 < range.upper ? bytes[index + 1] : 0
      if bytes[index] == Bytes.dollar, next == Bytes.dollar {
        isDisplay.toggle()
        if !isDisplay { environments = 0 }
        index += 1
      } else if bytes[index] == Bytes.backslash {
        if next == 0x5B { brackets = 1 }
        if next == 0x5D { brackets = 0 }
        if Bytes.match("begin{", bytes, at: index + 1) { environments += 1 }
        if Bytes.match("end{", bytes, at: index + 1) { environments = max(environments - 1, 0) }
        index += 1
      }
      index += 1
    }
  }

  /// Whether a line is made of words rather than of mathematics.
  static func isProse(_ bytes: [UInt8], _ range: SourceRange) -> Bool {
    var words = 0
    var index = range.lower
    while index < range.upper {
      let byte = bytes[index]
      if byte == Bytes.backslash || byte == 0x3D || byte == 0x5F || byte == 0x5E || byte == 0x26 {
        return false
      }
      let end = Bytes.lettersEnd(bytes, from: index, to: range.upper)
      if end > index + 2 { words += 1 }
      index = max(end, index + 1)
    }
    return words >= 2
  }
}
