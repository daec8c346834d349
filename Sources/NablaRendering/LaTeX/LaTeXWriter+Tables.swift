extension LaTeXWriter {
  /// symbol = expression = numbers = value in columns, or as chains where the columns are too wide.
  mutating func writeForward(_ rows: [ForwardRow]) {
    if rows.isEmpty { return }
    var columns = 0
    for row in rows { columns = max(columns, row.numbers.count + 2) }
    var widths = [Double](repeating: 0, count: columns)
    var valueWidth = 0.0
    var cells: [[Layout]] = []
    for row in rows {
      var line = [LayoutBuilder.layout(row.symbol), LayoutBuilder.layout(row.expression)]
      for number in row.numbers { line.append(LayoutBuilder.layout(number)) }
      for (column, cell) in line.enumerated() {
        widths[column] = max(widths[column], LaTeXMetrics.width(cell))
      }
      if let value = row.value {
        valueWidth = max(valueWidth, LaTeXMetrics.width(LayoutBuilder.layout(value)))
      }
      cells.append(line)
    }
    let total = widths.reduce(0, +) + valueWidth + Double(columns) * 1.7
    guard total <= width - 2 else {
      writeNarrow(rows)
      return
    }
    // Fractions in an array would be set small.
    let isTall = cells.contains { $0.contains { LaTeXLayoutWriter.isCompound($0, .empty) } }
    let hasNegative = rows.contains { $0.value.map(Self.isNegative) ?? false }
    out.write("\\[\n  \\renewcommand{\\arraystretch}{\(isTall ? "2.4" : "1.25")}\n")
    out.write("  \\begin{array}{@{}l")
    out.write(String(repeating: "@{}l", count: columns))
    out.write("@{}}\n")
    for (position, row) in rows.enumerated() {
      out.write("    ")
      for column in 0..<columns {
        if column > 0 { out.write(" & ") }
        guard column < cells[position].count else { continue }
        let relation = column > 1 ? row.numbersRelation : .equal
        if column > 0 { out.write("{}\(relation.latex) ") }
        if isTall { out.write("\\displaystyle ") }
        out.write(LaTeXLayoutWriter.latex(cells[position][column]))
      }
      if let value = row.value {
        out.write(" & {}\(row.valueRelation.latex) ")
        if hasNegative, !Self.isNegative(value) { out.write("\\phantom{-}") }
        out.write(LaTeXLayoutWriter.latex(LayoutBuilder.layout(value)))
      }
      out.write(position + 1 < rows.count ? "\\\\\\relax\n" : "\n")
    }
    out.write("  \\end{array}\n\\]\n")
  }

  private static func isNegative(_ value: Formula) -> Bool {
    switch value {
    case .number(let digits): digits.hasPrefix("-") || digits.hasPrefix("−")
    case .negation: true
    default: false
    }
  }

  private mutating func writeNarrow(_ rows: [ForwardRow]) {
    var derivation: [DerivationRow] = []
    for row in rows {
      derivation.append(DerivationRow(row.symbol, .equal, row.expression))
      for number in row.numbers {
        derivation.append(DerivationRow(nil, row.numbersRelation, number))
      }
      if let value = row.value {
        derivation.append(DerivationRow(nil, row.valueRelation, value))
      }
    }
    writeDerivation(derivation)
  }

  /// Given values in running mathematics, which TeX breaks between them.
  mutating func writeValues(_ values: [Formula]) {
    out.write("{\\raggedright\\hangindent=1.5em\\hspace*{1.5em}")
    for (position, value) in values.enumerated() {
      if position > 0 { out.write(",\\quad\n") }
      writeInlineFormula(value)
    }
    out.write("\\par}\n")
  }

  /// A table; columns too wide for the page get a share of it and wrap.
  mutating func writeTable(_ table: Table) {
    var widths = table.header.map { width($0) }
    for row in table.rows {
      for (column, cell) in row.enumerated() {
        let own = width(cell)
        if column < widths.count {
          widths[column] = max(widths[column], own)
        } else {
          widths.append(own)
        }
      }
    }
    if widths.isEmpty { return }
    let shares = Self.shares(
      of: widths, room: width - Double(widths.count) * 1.1, wrappedRoom: width / Self.smallSize)
    let isWide = shares.contains { $0 != nil }
    // Inside a cell that is set ragged the other command would end a line of the cell.
    let rowEnd = isWide ? "\\tabularnewline" : "\\\\"
    out.write("\\par\\nopagebreak\\smallskip\\noindent{")
    out.write(isWide ? "\\small" : "")
    out.write("\\renewcommand{\\arraystretch}{1.15}\\begin{tabular}{")
    for share in shares { out.write(share.map { "p{\(Self.decimal($0 - 0.2))em}" } ?? "l") }
    out.write("}\n")
    if !table.header.isEmpty {
      writeCells(table.header, shares)
      out.write(rowEnd + "\\hline\n")
    }
    for (position, row) in table.rows.enumerated() {
      if position > 0 { out.write(rowEnd + "\\relax\n") }
      writeCells(row, shares)
    }
    out.endLine()
    out.write("\\end{tabular}}\\par\\medskip\n")
  }

  /// Wide tables are set in small type, in which more has room.
  private static let smallSize = 0.92

  /// The widths of those columns that have to wrap, which share what the others leave.
  private static func shares(
    of widths: [Double], room: Double, wrappedRoom: Double
  ) -> [Double?] {
    var shares = [Double?](repeating: nil, count: widths.count)
    if widths.reduce(0, +) <= room { return shares }
    var wrapped = Array(widths.indices)
    var rest = wrappedRoom - Double(widths.count) * 1.1
    while true {
      let fair = rest / Double(max(wrapped.count, 1))
      let narrow = wrapped.filter { widths[$0] <= fair }
      if narrow.isEmpty {
        // A wider column gets more, but no more than thrice as much.
        let demands = wrapped.map { min(widths[$0], 3 * fair) }
        let whole = demands.reduce(0, +)
        for (column, demand) in zip(wrapped, demands) { shares[column] = rest * demand / whole }
        return shares
      }
      for column in narrow { rest -= widths[column] }
      wrapped.removeAll { widths[$0] <= fair }
    }
  }

  private mutating func writeCells(_ cells: [[Inline]], _ shares: [Double?]) {
    for (column, share) in shares.enumerated() {
      if column > 0 { out.write(" & ") }
      guard column < cells.count else { continue }
      if share != nil { out.write("\\raggedright ") }
      write(cells[column])
    }
  }
}
