extension LaTeXWriter {
  /// The width of the column of reasons.
  private static let reasonColumn = 13.6

  /// Aligned equations; reasons stand in a column at the right, or below where they do not fit.
  mutating func writeDerivation(_ rows: [DerivationRow]) {
    if rows.isEmpty { return }
    let room = width - 1.8
    var leftWidth = 0.0
    var lefts: [(layout: Layout, width: Double)?] = []
    for row in rows {
      let layout = row.left.map { LayoutBuilder.layout($0) }
      let own = layout.map { LaTeXMetrics.width($0) } ?? 0
      lefts.append(layout.map { ($0, own) })
      if own <= room * 0.4 { leftWidth = max(leftWidth, own) }
    }
    let bodyRoom = room - leftWidth - 1.65
    let bodies = rows.map { Self.lines(LayoutBuilder.layout($0.right), width: bodyRoom) }
    let column = reasonColumn(of: rows, bodies, room: bodyRoom)
    var isOpen = false
    for (position, row) in rows.enumerated() {
      if let left = lefts[position], left.width > leftWidth {
        // A left side too wide for its column has lines of its own.
        if isOpen { out.write("\n\\end{align*}\n") }
        isOpen = false
        writeDisplay(left.layout)
      }
      // The first two lines of a chain stay together, and so do the last two.
      let isEdge = rows.count > 2 && (position == 1 || position == rows.count - 1)
      out.write(isOpen ? (isEdge ? "\\\\*\n" : "\\\\\n") : "\\begin{align*}\n")
      isOpen = true
      out.write("  ")
      if let left = lefts[position], left.width <= leftWidth {
        writePieces([.init(content: .layout(left.layout), penalty: nil, depth: 0)], isFirst: true)
        out.write(" ")
      }
      writeBody(row, bodies[position], room: bodyRoom, column: column)
      for (place, detail) in row.details.enumerated() {
        out.write(place == 0 ? "\\\\*\n" : "\\\\\n")
        writeDetail(detail, room: bodyRoom)
      }
    }
    out.write("\n\\end{align*}\n")
  }

  /// The width of a derivation's column of reasons: that of the longest that has room beside its
  /// line, if it has room beside every other line too.
  private func reasonColumn(
    of rows: [DerivationRow], _ bodies: [[[Flow.Piece]]], room: Double
  ) -> Double {
    var widest = Self.reasonColumn
    var used = 0.0
    for (row, lines) in zip(rows, bodies) where !row.reason.isEmpty {
      let last = Self.lastWidth(of: lines)
      let own = width(row.reason) * 0.92
      if last + 1 + own <= room { widest = max(widest, own) }
      used = max(used, last)
    }
    return used + 1 + widest <= room ? widest : Self.reasonColumn
  }

  private static func lastWidth(of lines: [[Flow.Piece]]) -> Double {
    guard let last = lines.last else { return 0 }
    return width(last) + (lines.count == 1 ? 0 : indent)
  }

  private mutating func writeBody(
    _ row: DerivationRow, _ lines: [[Flow.Piece]], room: Double, column: Double
  ) {
    for (position, pieces) in lines.enumerated() {
      if position > 0 { out.write("\\\\\n") }
      out.write(position == 0 ? "&" + row.relation.latex + " " : "  &\\phantom{=}\\qquad ")
      writePieces(pieces, isFirst: position == 0)
    }
    writeReason(row.reason, after: Self.lastWidth(of: lines), room: room, column: column)
  }

  private mutating func writeReason(
    _ reason: [Inline], after used: Double, room: Double, column: Double = reasonColumn
  ) {
    if reason.isEmpty { return }
    let own = width(reason) * 0.92
    if used + 1 + max(own, column) <= room, own <= column {
      out.write(column > Self.reasonColumn ? " \\why[\(Self.decimal(column + 0.05))]{" : " \\why{")
      write(reason)
      out.write("}")
    } else if used + 1 + own <= room {
      out.write(" \\whywide{")
      write(reason)
      out.write("}")
    } else {
      out.write("\\\\*[-2pt]\n  &\\mathrlap{\\qquad\\whybelow{")
      out.write(Self.decimal(min(own + 0.5, room - 1)))
      out.write("}{")
      write(reason)
      out.write("}}")
    }
  }

  /// A small equation below a line.
  private mutating func writeDetail(_ row: DerivationRow, room: Double) {
    let layout = LayoutBuilder.layout(.relation(row.left ?? .ellipsis, row.relation, row.right))
    let lines = Self.lines(layout, width: room - 2, style: .text)
    var last = 0.0
    for (position, pieces) in lines.enumerated() {
      out.write(position > 0 ? "\\\\*\n  &\\detail{\\qquad " : "  &\\detail{")
      writePieces(pieces, isFirst: position == 0, isSmall: true)
      out.write("}")
      last = (Self.width(pieces) + (position == 0 ? 0 : Self.indent)) * 0.92 + 1
    }
    writeReason(row.reason, after: last, room: room)
  }

  /// One decimal, as TeX reads lengths.
  static func decimal(_ value: Double) -> String {
    let tenths = Int(max(0, min(value, 1000)) * 10 + 0.5)
    return "\(tenths / 10).\(tenths % 10)"
  }
}
