/// Tables of an author's Markdown: lines of cells between bars, the second one a rule.
enum ProseTable {
  private static let mostColumns = 40

  /// The table that the lines make, else a paragraph of them as they stand.
  static func block(of lines: [Substring]) -> Block {
    let rows = lines.map { cells(of: $0) }
    guard rows.count > 1, isRule(rows[1]), rows[0].count <= mostColumns else {
      return .paragraph(ProseParser.inlines(lines.joined(separator: " ")))
    }
    let header = rows[0].map { ProseParser.inlines($0) }
    var body: [[[Inline]]] = []
    for row in rows.dropFirst(2) {
      var cells = row.prefix(header.count).map { ProseParser.inlines($0) }
      while cells.count < header.count { cells.append([]) }
      body.append(cells)
    }
    return .table(Table(header: header, rows: body))
  }

  /// `---`, `:--:` and their kin in every cell.
  private static func isRule(_ cells: [String]) -> Bool {
    cells.allSatisfy { cell in
      cell.utf8.contains(0x2D) && cell.utf8.allSatisfy { $0 == 0x2D || $0 == 0x3A }
    }
  }

  /// The texts between the bars of a line; a bar in code, in mathematics or behind a backslash is
  /// none.
  private static func cells(of line: Substring) -> [String] {
    var cells: [String] = []
    var cell = String.UnicodeScalarView()
    var mark: Unicode.Scalar?
    var isEscaped = false
    func finish() {
      cells.append(String(ProseParser.trimmed(String(cell)[...])))
      cell = String.UnicodeScalarView()
    }
    for scalar in line.unicodeScalars.dropFirst() {
      if isEscaped {
        // Within mathematics a backslash belongs to the bar: it is a norm.
        if scalar != "|" || mark != nil { cell.append("\\") }
        cell.append(scalar)
        isEscaped = false
        continue
      }
      switch scalar {
      case "\\":
        isEscaped = true
        continue
      case "|" where mark == nil:
        finish()
        continue
      case "$", "`":
        if mark == scalar {
          mark = nil
        } else if mark == nil {
          mark = scalar
        }
      default: break
      }
      cell.append(scalar)
    }
    if isEscaped { cell.append("\\") }
    finish()
    if cells.count > 1, cells.last?.isEmpty == true { cells.removeLast() }
    return cells
  }
}
