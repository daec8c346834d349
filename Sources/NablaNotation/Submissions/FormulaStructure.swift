/// Balances the braces and environments of a formula and finds its lost row breaks.
struct FormulaStructure {
  private let text: TracedText
  private let bytes: [UInt8]
  private(set) var repairs: [Repair] = []
  private var levels: [Level] = []
  private var edits: [Edit] = []

  /// More open braces and environments than this are left as they are.
  private static let deepest = 200

  private struct Level {
    /// Nothing for a brace.
    var environment: String?
    var start: Int
    var hasRowBreak = false
    /// Places of a backslash before a blank.
    var lone: [Int] = []
    var ampersands: [Int] = []
  }

  private struct Edit {
    var range: SourceRange
    var text: String
    var kind: Repair.Kind?
    /// The order at one place: beginnings that are supplied later stand further out.
    var order: Int
  }

  init(_ text: TracedText) {
    self.text = text
    bytes = text.bytes
  }

  mutating func repaired() -> TracedText {
    levels = [Level(environment: "", start: 0)]
    var index = 0
    while index < bytes.count {
      if levels.count > Self.deepest { return text }
      switch bytes[index] {
      case Bytes.backslash: index = command(index)
      case Bytes.openingBrace:
        levels.append(Level(environment: nil, start: index + 1))
        index += 1
      case Bytes.closingBrace:
        if let last = levels.last, last.environment == nil {
          levels.removeLast()
        } else {
          edit(SourceRange(index, index + 1), "", .delimiter)
        }
        index += 1
      case 0x26:
        levels[levels.count - 1].ampersands.append(index)
        index += 1
      default: index += 1
      }
    }
    while levels.count > 1 { close(at: bytes.count) }
    breakRows(levels[0], end: bytes.count)
    return apply()
  }

  private mutating func edit(_ range: SourceRange, _ text: String, _ kind: Repair.Kind?) {
    edits.append(Edit(range: range, text: text, kind: kind, order: edits.count))
  }

  private mutating func apply() -> TracedText {
    edits.sort { ($0.range.lower, $0.order) < ($1.range.lower, $1.order) }
    var rewriter = TextRewriter(text)
    for edit in edits { rewriter.replace(edit.range, with: edit.text, edit.kind) }
    let result = rewriter.finish()
    repairs = rewriter.repairs
    return result
  }

  // MARK: Commands

  private mutating func command(_ index: Int) -> Int {
    guard index + 1 < bytes.count else {
      levels[levels.count - 1].lone.append(index)
      return index + 1
    }
    let next = bytes[index + 1]
    if next == Bytes.backslash {
      levels[levels.count - 1].hasRowBreak = true
      return index + 2
    }
    if Bytes.isWhitespace(next) {
      levels[levels.count - 1].lone.append(index)
      return index + 1
    }
    let end = Bytes.lettersEnd(bytes, from: index + 1, to: bytes.count)
    guard end > index + 1 else { return index + 2 }
    if Bytes.match("\\begin", bytes, at: index), end == index + 6 { return begin(index, end) }
    if Bytes.match("\\end", bytes, at: index), end == index + 4 { return self.end(index, end) }
    if Bytes.match("\\label", bytes, at: index), end == index + 6,
      let close = Bytes.groupEnd(bytes, from: end, to: min(bytes.count, end + 400))
    {
      edit(SourceRange(index, close), "", nil)
      return close
    }
    if Bytes.match("\\nonumber", bytes, at: index) || Bytes.match("\\notag", bytes, at: index) {
      edit(SourceRange(index, end), "", nil)
    }
    return end
  }

  private mutating func begin(_ index: Int, _ nameAt: Int) -> Int {
    guard let (name, end) = MathEnvironments.name(bytes, at: nameAt, to: bytes.count) else {
      return nameAt
    }
    if MathEnvironments.wrappers.contains(name) {
      edit(SourceRange(index, end), "", nil)
    } else {
      levels.append(Level(environment: name, start: end))
    }
    return end
  }

  private mutating func end(_ index: Int, _ nameAt: Int) -> Int {
    guard let (name, end) = MathEnvironments.name(bytes, at: nameAt, to: bytes.count) else {
      return nameAt
    }
    if MathEnvironments.wrappers.contains(name) {
      edit(SourceRange(index, end), "", nil)
      return end
    }
    if let open = levels.lastIndex(where: { $0.environment == name }) {
      while levels.count - 1 > open { close(at: index) }
      let level = levels.removeLast()
      breakRows(level, end: index)
      return end
    }
    if let open = levels.last?.environment, MathEnvironments.isAlignment(open),
      MathEnvironments.isAlignment(name)
    {
      edit(SourceRange(nameAt + 1, end - 1), open, .environment)
      let level = levels.removeLast()
      breakRows(level, end: index)
      return end
    }
    supplyBegin(name, before: index)
    return end
  }

  /// Puts `\begin` at the start of the innermost brace, environment or the formula.
  private mutating func supplyBegin(_ name: String, before end: Int) {
    let last = levels.count - 1
    var level = levels[last]
    let start = Bytes.trimmed(bytes, SourceRange(level.start, bytes.count)).lower
    edits.append(
      Edit(
        range: SourceRange(start, start),
        text: "\\begin{\(name)}\(name == "array" ? "{l}" : "") ", kind: .environment,
        order: -edits.count - 1))
    level.environment = name
    breakRows(level, end: end)
    levels[last].hasRowBreak = false
    levels[last].lone = []
    levels[last].ampersands = []
  }

  /// Closes the innermost brace or environment at a place where its end is missing.
  private mutating func close(at place: Int) {
    let level = levels.removeLast()
    var place = place
    while place > level.start, Bytes.isWhitespace(bytes[place - 1]) { place -= 1 }
    if let name = level.environment {
      edit(SourceRange(place, place), " \\end{\(name)}", .environment)
      breakRows(level, end: place)
    } else {
      edit(SourceRange(place, place), "}", .delimiter)
    }
  }

  // MARK: Rows

  /// Makes row breaks of the lone backslashes that can be nothing else.
  private mutating func breakRows(_ level: Level, end: Int) {
    guard !level.lone.isEmpty, let name = level.environment else { return }
    let isArray = MathEnvironments.arrays.contains(name)
    guard isArray || MathEnvironments.isAlignment(name) || !level.ampersands.isEmpty else {
      return
    }
    var ampersand = 0
    for (number, place) in level.lone.enumerated() {
      let next = number + 1 < level.lone.count ? level.lone[number + 1] : end
      while ampersand < level.ampersands.count, level.ampersands[ampersand] < place {
        ampersand += 1
      }
      let first =
        ampersand < level.ampersands.count ? level.ampersands[ampersand] : bytes.count
      let content = Bytes.trimmed(bytes, SourceRange(min(place + 1, end), end)).lower
      let isBreak =
        content >= end || content == first
        || (!level.hasRowBreak
          && (first < next || level.ampersands.isEmpty && (isArray || startsRelation(content))))
      if isBreak { edit(SourceRange(place, place + 1), "\\\\", .rowBreak) }
    }
  }

  private func startsRelation(_ offset: Int) -> Bool {
    offset < bytes.count
      && (bytes[offset] == 0x3D || bytes[offset] == 0x3C || bytes[offset] == 0x3E)
  }
}
