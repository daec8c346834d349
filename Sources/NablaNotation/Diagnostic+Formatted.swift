extension Diagnostic {
  /// The message with what was expected and the nearest valid spelling.
  public var summary: String {
    var text = message
    if let expected { text += ", expected \(expected)" }
    if let suggestion { text += "; did you mean '\(DisplayText.escaped(suggestion))'?" }
    return text
  }

  /// The diagnostic with its place and the line, the range underlined.
  ///
  ///     Problems/x.md:12:9: error: unknown name 'hh'; did you mean 'h'?
  ///       L = -sum(j, y[j]*log(hh[j]))
  ///                            ^~
  ///
  /// Of a very long line, a window of about a hundred columns around the place is shown.
  public func formatted(in source: SourceText, severity: String = "error") -> String {
    let (line, column) = source.position(at: range.lower)
    let name = DisplayText.escaped(source.name, limit: 1000)
    let head = "\(name):\(line):\(column): \(severity): \(summary)"
    guard !source.bytes.isEmpty else { return head }
    let excerpt = LineExcerpt(source, range)
    return head + "\n  " + excerpt.text + "\n  " + excerpt.marks
  }
}

/// A line, or a window of it, with the marks below.
private struct LineExcerpt {
  var text = ""
  var marks = ""

  private static let columnsBefore = 60
  private static let columnsAfter = 40

  init(_ source: SourceText, _ range: SourceRange) {
    let line = source.lineRange(source.lineIndex(at: range.lower))
    let lower = min(max(range.lower, line.lower), line.upper)
    let upper = min(max(range.upper, lower), line.upper)
    let isLong = line.upper - line.lower > 4 * (Self.columnsBefore + Self.columnsAfter)
    let reach = 4 * (Self.columnsBefore + Self.columnsAfter)
    let start = isLong ? Self.boundary(source, max(line.lower, lower - reach)) : line.lower
    let stop = isLong ? Self.boundary(source, min(line.upper, lower + reach)) : line.upper
    var before = Array(source.text(in: SourceRange(start, lower)))
    var marked = Array(source.text(in: SourceRange(lower, min(upper, stop))))
    var after = Array(source.text(in: SourceRange(min(upper, stop), stop)))
    let cutsStart: Bool
    let cutsEnd: Bool
    if before.count + marked.count + after.count > Self.columnsBefore + Self.columnsAfter {
      let keptBefore = min(before.count, Self.columnsBefore)
      cutsStart = keptBefore < before.count || start > line.lower
      before.removeFirst(before.count - keptBefore)
      let room = Self.columnsBefore + Self.columnsAfter - keptBefore
      cutsEnd = marked.count + after.count > room || stop < line.upper
      marked = Array(marked.prefix(room))
      after = Array(after.prefix(room - marked.count))
    } else {
      cutsStart = start > line.lower
      cutsEnd = stop < line.upper
    }
    if cutsStart { append("…", mark: " ") }
    for character in before { append(Self.shown(character), mark: " ") }
    var mark: Character = "^"
    for character in marked {
      append(Self.shown(character), mark: mark)
      mark = "~"
    }
    if marked.isEmpty { marks.append("^") }
    for character in after { text += Self.shown(character) }
    if cutsEnd { text += "…" }
    while marks.last == " " { marks.removeLast() }
  }

  private mutating func append(_ shown: String, mark: Character) {
    text += shown
    var next = mark
    for character in shown {
      for _ in 0..<DisplayText.width(character) {
        marks.append(next)
        if next == "^" { next = "~" }
      }
    }
  }

  private static func shown(_ character: Character) -> String {
    if character == "\t" { return " " }
    var result = ""
    for scalar in character.unicodeScalars { result += DisplayText.escaped(scalar) }
    return result
  }

  /// The first boundary of a scalar at or after an offset.
  private static func boundary(_ source: SourceText, _ offset: Int) -> Int {
    var offset = offset
    while offset < source.bytes.count, source.bytes[offset] & 0xC0 == 0x80 { offset += 1 }
    return offset
  }
}
