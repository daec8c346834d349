/// Finds the mathematics between marks in a paragraph.
struct MathScanner {
  enum Piece {
    case text(SourceRange)
    /// Inline code, which is not read.
    case code(SourceRange)
    case definition(MacroDefinition)
    case formula(Found)
  }

  struct Found {
    /// With its marks.
    var whole: SourceRange
    var content: SourceRange
    var isDisplay: Bool
    /// The closing mark that had to be supplied.
    var missing: String?
  }

  /// What closes a formula.
  private enum Mark: String {
    case dollar = "$"
    case doubleDollar = "$$"
    case parenthesis = "\\)"
    case bracket = "\\]"

    func stands(_ bytes: [UInt8], _ offset: Int) -> Bool {
      switch self {
      case .dollar: Bytes.match("$", bytes, at: offset)
      case .doubleDollar: Bytes.match("$$", bytes, at: offset)
      case .parenthesis: Bytes.match("\\)", bytes, at: offset)
      case .bracket: Bytes.match("\\]", bytes, at: offset)
      }
    }
  }

  private let text: TracedText
  private let bytes: [UInt8]
  private let limit: Int
  private let isLaTeX: Bool
  private var position: Int
  private var textStart: Int
  private var pieces: [Piece] = []
  /// Marks that do not come any more in this paragraph.
  private var exhausted: Set<String> = []
  /// Up to here nothing looks like mathematics.
  private var plainUntil = 0

  init(_ text: TracedText, in range: SourceRange, isLaTeX: Bool) {
    self.text = text
    bytes = text.bytes
    limit = range.upper
    position = range.lower
    textStart = range.lower
    self.isLaTeX = isLaTeX
  }

  static func pieces(
    _ text: TracedText, in range: SourceRange, isLaTeX: Bool
  ) -> [Piece] {
    var scanner = MathScanner(text, in: range, isLaTeX: isLaTeX)
    scanner.scan()
    return scanner.pieces
  }

  private mutating func scan() {
    while position < limit {
      switch bytes[position] {
      case Bytes.dollar: dollar()
      case Bytes.backslash: backslash()
      case 0x60 where !isLaTeX: code()
      case 0x65, 0x62: damagedBegin()
      default: position += 1
      }
    }
    position = limit
    endText()
  }

  private mutating func endText() {
    if textStart < position { pieces.append(.text(SourceRange(textStart, position))) }
  }

  private mutating func take(_ piece: Piece, to end: Int) {
    endText()
    pieces.append(piece)
    position = max(end, position + 1)
    textStart = position
  }

  private mutating func formula(
    _ content: SourceRange, to end: Int, isDisplay: Bool, missing: String? = nil
  ) {
    take(
      .formula(
        Found(
          whole: SourceRange(position, end), content: content, isDisplay: isDisplay,
          missing: missing)), to: end)
  }

  // MARK: Dollars

  private mutating func dollar() {
    if position + 1 < limit, bytes[position + 1] == Bytes.dollar {
      doubleDollar()
      return
    }
    let start = position + 1
    guard let end = next(.dollar, from: start) else {
      let lineEnd = self.lineEnd(start)
      let content = Bytes.trimmed(bytes, SourceRange(start, lineEnd))
      if looksLikeMathematics(content) {
        formula(content, to: content.upper, isDisplay: false, missing: "$")
      } else {
        position += 1
      }
      return
    }
    var content = SourceRange(start, end)
    if isProse(content) {
      position += 1
      return
    }
    if end > start + 1, bytes[start] == 0x60, bytes[end - 1] == 0x60 {
      content = SourceRange(start + 1, end - 1)
    }
    formula(content, to: end + 1, isDisplay: false)
  }

  private mutating func doubleDollar() {
    let start = position + 2
    if let end = next(.doubleDollar, from: start) {
      formula(SourceRange(start, end), to: end + 2, isDisplay: true)
      return
    }
    let end = next(.dollar, from: start)
    let content = Bytes.trimmed(bytes, SourceRange(start, end ?? limit))
    if looksLikeMathematics(content) {
      formula(content, to: end.map { $0 + 1 } ?? content.upper, isDisplay: true, missing: "$$")
    } else {
      position = start
    }
  }

  /// The next place of a mark that is not escaped.
  private mutating func next(_ mark: Mark, from start: Int) -> Int? {
    let key = mark.rawValue
    if exhausted.contains(key) { return nil }
    var index = start
    while index < limit {
      if mark.stands(bytes, index), index + key.utf8.count <= limit { return index }
      index += bytes[index] == Bytes.backslash ? 2 : 1
    }
    exhausted.insert(key)
    return nil
  }

  private func lineEnd(_ start: Int) -> Int {
    var end = start
    while end < limit, bytes[end] != Bytes.lineFeed { end += 1 }
    return end
  }

  /// Whether the text between two dollars is a sentence, as in `$5 and $6`.
  private func isProse(_ content: SourceRange) -> Bool {
    var words = 0
    var index = content.lower
    while index < content.upper {
      switch bytes[index] {
      case Bytes.backslash:
        if index + 1 < content.upper, Bytes.isLetter(bytes[index + 1]) { return false }
      case 0x3D, 0x5E, 0x5F, Bytes.openingBrace, 0x2B, 0x2A, 0x28: return false
      default: break
      }
      let end = Bytes.lettersEnd(bytes, from: index, to: content.upper)
      if end > index + 1 { words += 1 }
      index = max(end, index + 1)
    }
    let isAmount = content.lower < content.upper && Bytes.isDigit(bytes[content.lower])
    return words >= (isAmount ? 1 : 4)
  }

  private func looksLikeMathematics(_ content: SourceRange) -> Bool {
    for index in content.lower..<content.upper {
      switch bytes[index] {
      case 0x3D, 0x5E, 0x5F, Bytes.openingBrace: return true
      case Bytes.backslash:
        if index + 1 < content.upper, Bytes.isLetter(bytes[index + 1]) { return true }
      default: break
      }
    }
    return false
  }

  // MARK: Backslashes

  private mutating func backslash() {
    guard position + 1 < limit else {
      position += 1
      return
    }
    switch bytes[position + 1] {
    case 0x28: bracket(.parenthesis, isDisplay: false)
    case 0x5B: bracket(.bracket, isDisplay: true)
    default:
      if let definition = MacroDefinition(text, at: position, to: limit) {
        take(.definition(definition), to: definition.end)
      } else if Bytes.match("\\begin", bytes, at: position) {
        environment(nameAt: position + 6)
      } else {
        position += 2
      }
    }
  }

  private mutating func bracket(_ mark: Mark, isDisplay: Bool) {
    let start = position + 2
    if let end = next(mark, from: start) {
      formula(SourceRange(start, end), to: end + 2, isDisplay: isDisplay)
      return
    }
    guard start >= plainUntil else {
      position = start
      return
    }
    let content = Bytes.trimmed(
      bytes, SourceRange(start, isDisplay ? limit : lineEnd(start)))
    if looksLikeMathematics(content) {
      formula(content, to: content.upper, isDisplay: isDisplay, missing: mark.rawValue)
    } else {
      plainUntil = content.upper
      position = start
    }
  }

  // MARK: Environments

  /// `egin{` or `begin{` whose backslash was lost.
  private mutating func damagedBegin() {
    let isWord = position > textStart && isPartOfWord(bytes[position - 1])
    if !isWord, Bytes.match("egin{", bytes, at: position) {
      environment(nameAt: position + 4)
    } else if !isWord, Bytes.match("begin{", bytes, at: position) {
      environment(nameAt: position + 5)
    } else {
      position += 1
    }
  }

  private func isPartOfWord(_ byte: UInt8) -> Bool {
    Bytes.isLetter(byte) || byte == Bytes.backslash || byte >= 0x80
  }

  private mutating func environment(nameAt: Int) {
    guard let (name, start) = MathEnvironments.name(bytes, at: nameAt, to: limit),
      MathEnvironments.isMathematics(name)
    else {
      position = min(max(nameAt, position + 1), limit)
      return
    }
    if !exhausted.contains(name) {
      var depth = 1
      var index = start
      while index < limit {
        if bytes[index] == 0x6E || bytes[index] == 0x69,
          let (other, end) = mark(index, limit), other.name == name
        {
          depth += other.opens ? 1 : -1
          if depth == 0 {
            formula(SourceRange(position, end), to: end, isDisplay: true)
            return
          }
          index = end
        } else {
          index += 1
        }
      }
      exhausted.insert(name)
    }
    let content = Bytes.trimmed(bytes, SourceRange(position, limit))
    formula(content, to: content.upper, isDisplay: true)
  }

  /// `in{name}` of `begin` or `nd{name}` of `end` at an offset.
  private func mark(_ index: Int, _ limit: Int) -> ((name: String, opens: Bool), end: Int)? {
    if Bytes.match("in{", bytes, at: index), index >= 2, Bytes.match("eg", bytes, at: index - 2),
      let (name, end) = MathEnvironments.name(bytes, at: index + 2, to: limit)
    {
      return ((name, true), end)
    }
    if Bytes.match("nd{", bytes, at: index), index >= 1, bytes[index - 1] == 0x65,
      let (name, end) = MathEnvironments.name(bytes, at: index + 2, to: limit)
    {
      return ((name, false), end)
    }
    return nil
  }

  // MARK: Code

  private mutating func code() {
    var length = 0
    while position + length < limit, bytes[position + length] == 0x60 { length += 1 }
    let key = "`\(length)"
    if length < 8, !exhausted.contains(key) {
      var index = position + length
      while index < limit {
        guard bytes[index] == 0x60 else {
          index += 1
          continue
        }
        var end = index
        while end < limit, bytes[end] == 0x60 { end += 1 }
        if end - index == length {
          take(.code(SourceRange(position, end)), to: end)
          return
        }
        index = end
      }
      exhausted.insert(key)
    }
    position += length
  }
}
