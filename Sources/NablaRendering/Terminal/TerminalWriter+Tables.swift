extension TerminalWriter {
  /// symbol = expression = numbers = value, with the columns aligned where the table is narrow enough.
  mutating func writeForward(_ rows: [ForwardRow]) {
    var cells: [[String]] = []
    var columns = 0
    for row in rows {
      var line = [Self.compact(row.symbol), Self.compact(row.expression)]
      for number in row.numbers { line.append(Self.compact(number)) }
      columns = max(columns, line.count)
      cells.append(line)
    }
    var widths = [Int](repeating: 0, count: columns)
    for line in cells {
      for (column, cell) in line.enumerated() {
        widths[column] = max(widths[column], DisplayWidth.of(cell))
      }
    }
    let values = rows.map { $0.value.map(Self.compact) ?? "" }
    let valueWidth = values.reduce(0) { max($0, Self.integerWidth($1)) }
    let fraction = values.reduce(0) { max($0, DisplayWidth.of($1) - Self.integerWidth($1)) }
    let total =
      2 + widths.reduce(0) { $0 + $1 + 3 } + (valueWidth > 0 ? valueWidth + fraction : -3)
    for (position, row) in rows.enumerated() {
      if total > width {
        writeNarrow(row)
        continue
      }
      var text = ""
      for column in 0..<columns {
        let cell = column < cells[position].count ? cells[position][column] : ""
        let relation = column > 1 ? row.numbersRelation : .equal
        if column > 0 { text += cell.isEmpty ? "   " : " \(relation.character) " }
        text += cell + TextBox.spaces(widths[column] - DisplayWidth.of(cell))
      }
      if row.value != nil {
        let value = values[position]
        text += " " + row.valueRelation.character + " "
        text += TextBox.spaces(valueWidth - Self.integerWidth(value)) + paint(value, .bold)
      }
      line("  " + text)
    }
  }

  /// A row of a table that is too wide: a chain of relations, broken like any formula.
  private mutating func writeNarrow(_ row: ForwardRow) {
    var chain = [Formula.RelationLink(.equal, row.expression)]
    for number in row.numbers { chain.append(.init(row.numbersRelation, number)) }
    if let value = row.value { chain.append(.init(row.valueRelation, value)) }
    let layout = LayoutBuilder.layout(.relation(row.symbol, chain))
    let indent = DisplayWidth.of(Self.compact(row.symbol)) + 1
    let flat = TextBox(CompactWriter.text(layout))
    let boxes =
      flat.width <= width - 2
      ? [flat] : Self.boxes(layout, width: width - 2, indent: min(indent, width / 3))
    for box in boxes { writeBox(box, indent: 2) }
  }

  static func compact(_ formula: Formula) -> String {
    CompactWriter.text(LayoutBuilder.layout(formula))
  }

  /// The columns before the decimal point, by which numbers are aligned.
  private static func integerWidth(_ text: String) -> Int {
    guard let point = text.firstIndex(where: { $0 == "." || $0 == "," }) else {
      return DisplayWidth.of(text)
    }
    return DisplayWidth.of(String(text[..<point]))
  }

  /// Given values in as many columns as fit.
  mutating func writeValues(_ values: [Formula]) {
    let cells = values.map(Self.compact)
    let widest = cells.reduce(1) { max($0, DisplayWidth.of($1)) }
    if widest > width - 2 {
      for value in values { writeDisplay(LayoutBuilder.layout(value)) }
      return
    }
    let columns = max(1, (width - 2 + 3) / (widest + 3))
    var row = ""
    for (position, cell) in cells.enumerated() {
      if position % columns == 0, position > 0 {
        line("  " + row)
        row = ""
      }
      if position % columns > 0 { row += "   " }
      row += cell + TextBox.spaces(widest - DisplayWidth.of(cell))
    }
    if !row.isEmpty { line("  " + row) }
  }

  /// A table, its cells wrapped where it is too wide; one that is still too wide is written as a
  /// list of its cells.
  mutating func writeTable(_ table: Table) {
    let header = table.header.map { text($0) }
    let rows = table.rows.map { $0.map { text($0) } }
    guard let widths = columnWidths(of: [header] + rows) else {
      for row in rows { writeList(row, header) }
      return
    }
    if !header.isEmpty {
      for row in Self.lines(of: header, widths) { line("  " + paint(TextLine.trimmed(row), .bold)) }
      let rule = widths.map { String(repeating: "─", count: $0) }.joined(separator: "───")
      line("  " + rule)
    }
    for row in rows {
      for line in Self.lines(of: row, widths) { self.line("  " + line) }
    }
  }

  private mutating func writeList(_ row: [String], _ header: [String]) {
    for (column, cell) in row.enumerated() {
      let head = column < header.count && !header[column].isEmpty ? header[column] + ": " : ""
      for (position, part) in Self.wrap(head + cell, width: width - 4).enumerated() {
        line((column == 0 && position == 0 ? "  " : "    ") + part)
      }
    }
  }

  private static let tableGap = 3
  /// A word longer than this may be cut so that a table fits.
  private static let longestTableWord = 24

  /// The columns of each column; nil where their words have no room beside each other.
  private func columnWidths(of rows: [[String]]) -> [Int]? {
    var widths: [Int] = []
    var least: [Int] = []
    for row in rows {
      for (column, cell) in row.enumerated() {
        if column == widths.count {
          widths.append(0)
          least.append(0)
        }
        widths[column] = max(widths[column], DisplayWidth.of(cell))
        least[column] = max(least[column], Self.longestWord(of: cell))
      }
    }
    let room = width - 2 - max(widths.count - 1, 0) * Self.tableGap
    var excess = widths.reduce(0, +) - room
    if excess <= 0 { return widths }
    if least.reduce(0, { $0 + min($1, Self.longestTableWord) }) > room { return nil }
    while excess > 0 {
      var widest: Int?
      for column in widths.indices
      where widths[column] > min(least[column], Self.longestTableWord) {
        if widest.map({ widths[column] > widths[$0] }) ?? true { widest = column }
      }
      guard let widest else { return nil }
      let floor = min(least[widest], Self.longestTableWord)
      let step = widths[widest] > room ? widths[widest] - max(room, floor) : 1
      widths[widest] -= step
      excess -= step
    }
    return widths
  }

  private static func longestWord(of cell: String) -> Int {
    var longest = 0
    for word in cell.utf8.split(separator: 32) {
      longest = max(longest, DisplayWidth.of(Substring(word)))
    }
    return longest
  }

  /// The cells of a row side by side, over as many lines as the longest takes.
  private static func lines(of cells: [String], _ widths: [Int]) -> [String] {
    var parts: [[String]] = []
    var height = 1
    for (column, width) in widths.enumerated() {
      let cell = column < cells.count ? cells[column] : ""
      let lines = DisplayWidth.of(cell) <= width ? [visible(cell)] : wrap(cell, width: width)
      height = max(height, lines.count)
      parts.append(lines)
    }
    var rows: [String] = []
    for row in 0..<height {
      var text = ""
      for (column, width) in widths.enumerated() {
        if column > 0 { text += TextBox.spaces(tableGap) }
        let part = row < parts[column].count ? parts[column][row] : ""
        text += part + TextBox.spaces(width - DisplayWidth.of(part))
      }
      rows.append(text)
    }
    return rows
  }

  /// The text with ordinary spaces in place of those that do not break.
  static func visible(_ text: String) -> String {
    var hasFixedSpaces = false
    for scalar in text.unicodeScalars where scalar == "\u{A0}" { hasFixedSpaces = true }
    if !hasFixedSpaces { return text }
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars { result.append(scalar == "\u{A0}" ? " " : scalar) }
    return String(result)
  }
}
