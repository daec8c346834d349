import NablaNotation

extension HTMLWriter {
  /// The width of the column of reasons in em.
  private static let reasonColumn = 13.0

  /// Aligned lines in columns: left side, relation, right side, reason.
  ///
  /// On narrow screens reasons stand below their formulas.
  mutating func writeDerivation(_ rows: [DerivationRow], isSmall: Bool = false) {
    if rows.isEmpty { return }
    let room = Self.width - (isSmall ? 8 : 3)
    var lefts: [(layout: Layout, width: Double)?] = []
    var leftWidth = 0.0
    for row in rows {
      let layout = row.left.map { LayoutBuilder.layout($0) }
      let own = layout.map { LaTeXMetrics.width($0) } ?? 0
      lefts.append(layout.map { ($0, own) })
      if own <= room * 0.4 { leftWidth = max(leftWidth, own) }
    }
    let hasReasons = rows.contains { !$0.reason.isEmpty }
    out.write("<ol class=\"derivation")
    if leftWidth > 5 { out.write(" broad") }
    if !hasReasons { out.write(" bare") }
    out.write("\" role=\"list\">\n")
    for (position, row) in rows.enumerated() {
      write(row, left: lefts[position], leftWidth: leftWidth, room: room)
    }
    out.write("</ol>\n")
  }

  private mutating func write(
    _ row: DerivationRow, left: (layout: Layout, width: Double)?, leftWidth: Double, room: Double
  ) {
    let bodyRoom = room - leftWidth - 2
    out.write("<li>")
    if let left {
      out.write(
        left.width > leftWidth ? "<div class=\"left whole scroll\">" : "<div class=\"left\">")
      writeLines(left.layout, width: room)
      out.write("</div>")
    }
    out.write("<span class=\"relation\">")
    HTMLEscaping.write(row.relation.character, to: &out)
    out.write("</span>")
    let layout = LayoutBuilder.layout(row.right)
    let needed = reasonWidth(row.reason)
    let isLong = needed > 0 && min(LaTeXMetrics.width(layout), bodyRoom) + needed + 1 > bodyRoom
    out.write("<div class=\"right scroll")
    if isLong { out.write(" long") }
    out.write("\">")
    writeLines(layout, width: bodyRoom)
    out.write("</div>")
    if !row.reason.isEmpty {
      out.write(isLong ? "<div class=\"reason below\">" : "<div class=\"reason\">")
      write(row.reason)
      out.write("</div>")
    }
    if !row.details.isEmpty {
      out.write("<details class=\"parts\"><summary>")
      out.write(
        row.details.count == 1
          ? words.say("One part of this line")
          : words.say("%1 parts of this line", "\(row.details.count)"))
      out.write("</summary>\n")
      var details = row.details
      for place in details.indices { details[place].details = [] }
      writeDerivation(details, isSmall: true)
      out.write("</details>")
    }
    out.write("</li>\n")
  }

  private func reasonWidth(_ reason: [Inline]) -> Double {
    if reason.isEmpty { return 0 }
    var width = 0.0
    for inline in reason {
      switch inline {
      case .formula(let formula):
        width += LaTeXMetrics.width(LayoutBuilder.layout(formula), isInline: true)
      default: width += LaTeXMetrics.textWidth(text([inline]))
      }
    }
    return min(width, Self.reasonColumn)
  }
}
