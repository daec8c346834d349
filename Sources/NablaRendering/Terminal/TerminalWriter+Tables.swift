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
    guard let point = text.firstIndex(of: ".") else { return DisplayWidth.of(text) }
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

  /// A table; one that is too wide is written as a list of its cells.
  mutating func writeTable(_ table: Table) {
    let header = table.header.map { text($0) }
    let rows = table.rows.map { $0.map { text($0) } }
    var widths = header.map { DisplayWidth.of($0) }
    for row in rows {
      for (column, cell) in row.enumerated() {
        if column < widths.count {
          widths[column] = max(widths[column], DisplayWidth.of(cell))
        } else {
          widths.append(DisplayWidth.of(cell))
        }
      }
    }
    if widths.reduce(0, { $0 + $1 + 3 }) > width + 1 {
      for row in rows {
        for (column, cell) in row.enumerated() {
          let head = column < header.count && !header[column].isEmpty ? header[column] + ": " : ""
          for (position, part) in Self.wrap(head + cell, width: width - 4).enumerated() {
            line((column == 0 && position == 0 ? "  " : "    ") + part)
          }
        }
      }
      return
    }
    func join(_ cells: [String], _ filler: String, _ gap: String) -> String {
      var text = ""
      for (column, width) in widths.enumerated() {
        if column > 0 { text += gap }
        let cell = column < cells.count ? cells[column] : ""
        text += TerminalWriter.visible(cell)
        text += String(repeating: filler, count: max(width - DisplayWidth.of(cell), 0))
      }
      return text
    }
    if !header.isEmpty {
      line("  " + paint(TextLine.trimmed(join(header, " ", "   ")), .bold))
      line("  " + join([], "─", "───"))
    }
    for row in rows { line("  " + join(row, " ", "   ")) }
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

  /// Lines of a submission: number, content, mark, and what is said of them.
  mutating func writeMarking(_ lines: [MarkedLine]) {
    let numbers = lines.map { $0.number.map { "\($0)" } ?? "" }
    let numberWidth = max(numbers.reduce(0) { max($0, $1.utf8.count) }, 3)
    let contents = lines.map { TerminalWriter.visible(text($0.content)) }
    var column = 0
    for content in contents where DisplayWidth.of(content) <= width * 3 / 5 {
      column = max(column, DisplayWidth.of(content))
    }
    let start = 2 + numberWidth + 2
    for (position, marked) in lines.enumerated() {
      let content = contents[position]
      let number = numbers[position]
      let head = "  " + TextBox.spaces(numberWidth - number.utf8.count) + number + "  "
      let mark = marked.status.map { painted(Self.mark($0), $0) } ?? " "
      let commentStart = start + column + 5
      let commentWidth = width - commentStart
      let isWide = DisplayWidth.of(content) > column || commentWidth < 20
      let parts = isWide ? Self.wrap(content, width: width - start - 3) : [content]
      for (index, part) in parts.enumerated() {
        var row = (index == 0 ? head : TextBox.spaces(start)) + part
        if index == parts.count - 1 {
          let gap = isWide ? 2 : column - DisplayWidth.of(part) + 2
          row += TextBox.spaces(gap) + mark
          if !isWide, let first = marked.comments.first {
            let lines = wrapped(first, width: commentWidth)
            row += "  " + (lines.first ?? "")
            line(row)
            for rest in lines.dropFirst() { line(TextBox.spaces(commentStart) + rest) }
            continue
          }
        }
        line(row)
      }
      let below = isWide ? marked.comments[...] : marked.comments.dropFirst()
      let indent = isWide ? start + 4 : commentStart
      for comment in below {
        for part in wrapped(comment, width: width - indent) {
          line(TextBox.spaces(indent) + part)
        }
      }
    }
  }
}
