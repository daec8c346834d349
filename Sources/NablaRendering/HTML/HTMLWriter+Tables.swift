extension HTMLWriter {
  /// symbol = expression = numbers = value in columns; one below the other where there is no room.
  mutating func writeForward(_ rows: [ForwardRow]) {
    if rows.isEmpty { return }
    var widths: [Double] = []
    var lines: [[(relation: Formula.Relation, layout: Layout)]] = []
    for row in rows {
      var line = [(relation: Formula.Relation.equal, layout: LayoutBuilder.layout(row.expression))]
      for number in row.numbers {
        line.append((relation: row.numbersRelation, layout: LayoutBuilder.layout(number)))
      }
      for (column, cell) in line.enumerated() {
        if column == widths.count { widths.append(0) }
        widths[column] = max(widths[column], LaTeXMetrics.width(cell.layout))
      }
      lines.append(line)
    }
    let total = widths.reduce(0, +) + Double(widths.count + 1) * 3 + 6
    out.write("<ol class=\"forward columns-\(min(widths.count + 1, 6))")
    if total > Self.width || widths.count > 5 { out.write(" stacked") }
    out.write("\" role=\"list\">\n")
    for (position, row) in rows.enumerated() {
      out.write("<li><div class=\"left\">")
      MathMLElement.write(LayoutBuilder.layout(row.symbol), isInline: false, to: &out)
      out.write("</div>")
      for column in widths.indices {
        guard column < lines[position].count else {
          out.write("<div class=\"none\"></div>")
          continue
        }
        writeCell(lines[position][column].relation, lines[position][column].layout)
      }
      if let value = row.value { writeCell(row.valueRelation, LayoutBuilder.layout(value)) }
      out.write("</li>\n")
    }
    out.write("</ol>\n")
  }

  private mutating func writeCell(_ relation: Formula.Relation, _ layout: Layout) {
    out.write("<div class=\"cell\"><span class=\"relation\">")
    HTMLEscaping.write(relation.character, to: &out)
    out.write("</span><div class=\"scroll\">")
    writeLines(layout, width: Self.width - 8)
    out.write("</div></div>")
  }

  mutating func writeTable(_ table: Table) {
    var columns = table.header.count
    for row in table.rows { columns = max(columns, row.count) }
    if columns == 0 { return }
    out.write("<div class=\"scroll\"><table>\n")
    if !table.header.isEmpty {
      out.write("<thead><tr>")
      for column in 0..<columns {
        if column < table.header.count, !table.header[column].isEmpty {
          out.write("<th scope=\"col\">")
          write(table.header[column])
          out.write("</th>")
        } else {
          out.write("<td></td>")
        }
      }
      out.write("</tr></thead>\n")
    }
    out.write("<tbody>\n")
    for row in table.rows {
      out.write("<tr>")
      for column in 0..<columns {
        out.write("<td>")
        if column < row.count { write(row[column]) }
        out.write("</td>")
      }
      out.write("</tr>\n")
    }
    out.write("</tbody></table></div>\n")
  }
}
