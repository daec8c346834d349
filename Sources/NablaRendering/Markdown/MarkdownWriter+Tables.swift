extension MarkdownWriter {
  /// symbol = expression = numbers = value in columns, or as chains where the columns are too wide.
  mutating func writeForward(_ rows: [ForwardRow]) {
    if rows.isEmpty { return }
    var widths: [Double] = []
    var lines: [[String]] = []
    for row in rows {
      var cells = [(Formula.Relation.equal, row.symbol), (.equal, row.expression)]
      for number in row.numbers { cells.append((row.numbersRelation, number)) }
      var line: [String] = []
      for (column, cell) in cells.enumerated() {
        let layout = LayoutBuilder.layout(cell.1)
        if column == widths.count { widths.append(0) }
        widths[column] = max(widths[column], LaTeXMetrics.width(layout))
        let latex = Self.latex(layout)
        line.append(column == 0 ? latex : "{} \(cell.0.markdownLatex) \\displaystyle " + latex)
      }
      lines.append(line)
    }
    if widths.reduce(0, +) + Double(widths.count) * 2 + 5 > Self.width {
      return writeDerivation(Self.chains(rows))
    }
    var text = "\\begin{array}{" + String(repeating: "l", count: widths.count + 1) + "}\n"
    for (position, row) in rows.enumerated() {
      for column in widths.indices {
        if column > 0 { text += " & " }
        if column < lines[position].count { text += lines[position][column] }
      }
      if let value = row.value {
        text += " & {} \(row.valueRelation.markdownLatex) "
        text += Self.latex(LayoutBuilder.layout(value))
      }
      text += position + 1 < rows.count ? " \\cr\n" : "\n"
    }
    writeMathematics(text + "\\end{array}")
  }

  private static func chains(_ rows: [ForwardRow]) -> [DerivationRow] {
    var chains: [DerivationRow] = []
    for row in rows {
      chains.append(DerivationRow(row.symbol, .equal, row.expression))
      for number in row.numbers { chains.append(DerivationRow(nil, row.numbersRelation, number)) }
      if let value = row.value { chains.append(DerivationRow(nil, row.valueRelation, value)) }
    }
    return chains
  }

  mutating func writeTable(_ table: Table) {
    var columns = table.header.count
    for row in table.rows { columns = max(columns, row.count) }
    if columns == 0 { return }
    writeCells(table.header, count: columns)
    out.write("|")
    out.write(" --- |", times: columns)
    out.endLine()
    for row in table.rows { writeCells(row, count: columns) }
  }

  private mutating func writeCells(_ cells: [[Inline]], count: Int) {
    out.write("|")
    for column in 0..<count {
      out.write(" ")
      if column < cells.count { write(cells[column], isInTable: true) }
      out.write(" |")
    }
    out.endLine()
  }
}
