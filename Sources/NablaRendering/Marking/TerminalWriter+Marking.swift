extension TerminalWriter {
  private static let numberGap = 2
  private static let markGap = 2
  /// Comments need this many columns to stand beside the lines.
  private static let leastCommentWidth = 28
  private static let leastContentWidth = 24

  /// Where the parts of marked lines stand.
  private struct MarkingColumns {
    var numberWidth = 0
    /// The first column of the content.
    var start = 0
    /// How wide contents are that have comments beside them.
    var contentWidth = 0
    /// The first column of comments, if any stand beside their lines.
    var comments: Int?
  }

  /// Lines of a submission: number, content, mark, and what is said of them.
  mutating func writeMarking(_ lines: [MarkedLine]) {
    let contents = lines.map { markedText($0) }
    let columns = markingColumns(lines, contents)
    for (line, content) in zip(lines, contents) { write(line, content, columns) }
  }

  /// The content on one line, spaces as they are.
  private func markedText(_ line: MarkedLine) -> String {
    var result = line.layout.map { Self.withoutLeadingSpace(CompactWriter.text($0)) } ?? ""
    if !line.content.isEmpty {
      if !result.isEmpty { result += "   " }
      result += Self.visible(text(line.content))
    }
    return result
  }

  static func withoutLeadingSpace(_ text: String) -> String {
    text.utf8.first == 0x20 ? String(text.dropFirst()) : text
  }

  private func markingColumns(_ lines: [MarkedLine], _ contents: [String]) -> MarkingColumns {
    var columns = MarkingColumns()
    for line in lines {
      guard let number = line.number else { continue }
      columns.numberWidth = max(columns.numberWidth, "\(number)".utf8.count)
    }
    if columns.numberWidth > 0 { columns.numberWidth = max(columns.numberWidth, 3) }
    columns.start = columns.numberWidth > 0 ? 2 + columns.numberWidth + Self.numberGap : 2
    let whole = width - columns.start - Self.markGap - 1
    let shared = whole - 2 - Self.leastCommentWidth
    let isBeside = lines.hasComments && shared >= Self.leastContentWidth
    let limit = isBeside ? min(shared, whole * 3 / 5) : whole
    for content in contents {
      let own = DisplayWidth.of(content)
      if own <= limit { columns.contentWidth = max(columns.contentWidth, own) }
    }
    if isBeside { columns.comments = columns.start + columns.contentWidth + Self.markGap + 3 }
    return columns
  }

  private mutating func write(_ marked: MarkedLine, _ content: String, _ columns: MarkingColumns) {
    let number = marked.number.map { "\($0)" } ?? ""
    let head =
      columns.numberWidth == 0
      ? "  "
      : "  " + TextBox.spaces(columns.numberWidth - number.utf8.count)
        + paint(number, .dim) + TextBox.spaces(Self.numberGap)
    let isNarrow = DisplayWidth.of(content) <= columns.contentWidth
    let parts =
      isNarrow
      ? [content] : parts(of: marked, content, width: width - columns.start - Self.markGap - 1)
    for (position, part) in parts.enumerated() {
      let row = (position == 0 ? head : TextBox.spaces(columns.start)) + part
      if position + 1 < parts.count {
        line(row)
        continue
      }
      let own = DisplayWidth.of(part)
      let gap = max(columns.contentWidth - own, 0) + Self.markGap
      let mark = marked.status.map { painted(Self.mark($0), $0) } ?? " "
      let used = columns.start + own + gap + 1
      writeComments(marked, after: row + TextBox.spaces(gap) + mark, used, columns, isNarrow)
    }
  }

  /// The comments: the first beside the line where there is room, else all of them below it.
  private mutating func writeComments(
    _ marked: MarkedLine, after row: String, _ used: Int, _ columns: MarkingColumns,
    _ isNarrow: Bool
  ) {
    guard isNarrow, let place = columns.comments else {
      line(row)
      let indent = columns.start + 4
      for comment in marked.comments { writeLines(comment, indent: indent) }
      return
    }
    var isFirst = true
    for comment in marked.comments {
      for part in wrapped(comment, width: min(width, place + 72) - place) {
        line((isFirst ? row + TextBox.spaces(place - used) : TextBox.spaces(place)) + part)
        isFirst = false
      }
    }
    if isFirst { line(row) }
  }

  private mutating func writeLines(_ comment: [Inline], indent: Int) {
    for part in wrapped(comment, width: measure - indent) {
      line(TextBox.spaces(indent) + part)
    }
  }

  /// A content that takes several lines; an equation is broken at its signs.
  private func parts(of marked: MarkedLine, _ content: String, width: Int) -> [String] {
    guard let layout = marked.layout, DisplayWidth.of(content) > width else {
      return Self.hanging(content, width: width)
    }
    var rows: [String] = []
    for box in Self.flatBoxes(layout, width: width) {
      for row in box.rows { rows += Self.cut(TextLine.trimmed(row), width: width) }
    }
    if let first = rows.first { rows[0] = Self.withoutLeadingSpace(first) }
    if !marked.content.isEmpty { rows += Self.wrap(text(marked.content), width: width) }
    return rows
  }

  /// Words over several lines, those after the first set in.
  private static func hanging(_ text: String, width: Int) -> [String] {
    let first = wrap(text, width: width)
    if first.count < 2 { return first.isEmpty ? [""] : first }
    let lines = wrap(text, width: width - 2)
    return lines.enumerated().map { $0.offset == 0 ? $0.element : "  " + $0.element }
  }

  /// Pieces of a row that has no place where it may be broken.
  private static func cut(_ row: String, width: Int) -> [String] {
    if DisplayWidth.of(row) <= width { return [row] }
    var pieces: [String] = []
    var piece = ""
    var used = 0
    for character in row {
      let columns = DisplayWidth.of(String(character))
      if used + columns > width, used > 0 {
        pieces.append(piece)
        piece = ""
        used = 0
      }
      piece.append(character)
      used += columns
    }
    if !piece.isEmpty { pieces.append(piece) }
    return pieces
  }
}
