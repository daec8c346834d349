extension LaTeXWriter {
  private struct Row {
    var left: Layout?
    var relation: Formula.Relation
    var lines: [[Flow.Piece]]
    var lastWidth: Double
    var bodyWidth: Double
    var reason: [Inline]
    var reasonWidth: Double
  }

  /// Aligned equations; reasons stand in a column at the right, or below where they do not fit.
  mutating func writeDerivation(_ rows: [DerivationRow]) {
    if rows.isEmpty { return }
    let room = width - 1.8
    var leftWidth = 0.0
    var lefts: [Layout?] = []
    for row in rows {
      let layout = row.left.map { LayoutBuilder.layout($0) }
      lefts.append(layout)
      let own = layout.map { LaTeXMetrics.width($0) } ?? 0
      if own <= room * 0.4 { leftWidth = max(leftWidth, own) }
    }
    let bodyRoom = room - leftWidth - 1.65
    var prepared: [Row] = []
    for (position, row) in rows.enumerated() {
      let lines = Self.lines(LayoutBuilder.layout(row.right), width: bodyRoom)
      var widest = 0.0
      var last = 0.0
      for (index, pieces) in lines.enumerated() {
        last = Self.width(pieces) + (index == 0 ? 0 : Self.indent)
        widest = max(widest, last)
      }
      prepared.append(
        Row(
          left: lefts[position], relation: row.relation, lines: lines, lastWidth: last,
          bodyWidth: widest, reason: row.reason, reasonWidth: width(row.reason) * 0.92))
    }
    let column = Self.reasonColumn(prepared, room: bodyRoom)
    out.write("\\begin{align*}\n")
    for (position, row) in prepared.enumerated() {
      if let left = row.left, LaTeXMetrics.width(left) > leftWidth {
        // A left side too wide for its column has lines of its own.
        if position == 0 {
          out.bytes.removeLast("\\begin{align*}\n".utf8.count)
        } else {
          out.write("\\end{align*}\n")
        }
        writeDisplay(left)
        out.write("\\begin{align*}\n")
      }
      writeRow(row, leftWidth: leftWidth, column: column, bodyRoom: bodyRoom)
      let isLast = position + 1 == prepared.count
      let isFollowedByWide =
        !isLast && (prepared[position + 1].left.map { LaTeXMetrics.width($0) } ?? 0) > leftWidth
      out.write(isLast || isFollowedByWide ? "\n" : "\\\\\n")
    }
    out.write("\\end{align*}\n")
  }

  /// The widest right-hand side that still has its reason beside it: as many reasons as possible.
  private static func reasonColumn(_ rows: [Row], room: Double) -> Double {
    var best = 0.0
    var bestCount = -1
    for candidate in rows {
      let column = candidate.lastWidth
      var count = 0
      for row in rows where !row.reason.isEmpty {
        if row.lastWidth <= column, column + 1.2 + row.reasonWidth <= room { count += 1 }
      }
      if count > bestCount || (count == bestCount && column < best) {
        best = column
        bestCount = count
      }
    }
    return best
  }

  private mutating func writeRow(
    _ row: Row, leftWidth: Double, column: Double, bodyRoom: Double
  ) {
    out.write("  ")
    if let left = row.left, LaTeXMetrics.width(left) <= leftWidth {
      writePieces([.init(content: .layout(left), penalty: nil, depth: 0)], isFirst: true)
      out.write(" ")
    }
    for (position, pieces) in row.lines.enumerated() {
      let isLast = position == row.lines.count - 1
      let own = Self.width(pieces) + (position == 0 ? 0 : Self.indent)
      let overhangs = own > column
      out.write(position == 0 ? "&" + row.relation.latex + " " : "  &\\phantom{=}\\qquad ")
      // What is wider than the column takes no part in its width.
      if overhangs { out.write("\\mathrlap{") }
      writePieces(pieces, isFirst: position == 0)
      if overhangs { out.write("}") }
      if !isLast {
        out.write("\\\\\n")
        continue
      }
      if row.reason.isEmpty { continue }
      if !overhangs, column + 1.2 + row.reasonWidth <= bodyRoom {
        out.write(" \\why{")
        write(row.reason)
        out.write("}")
      } else {
        let size = min(row.reasonWidth + 0.5, bodyRoom - 1)
        out.write("\\\\*[-2pt]\n  &\\mathrlap{\\qquad\\whybelow{\(Self.decimal(size))}{")
        write(row.reason)
        out.write("}}")
      }
    }
  }

  /// One decimal, as TeX reads lengths.
  static func decimal(_ value: Double) -> String {
    let tenths = Int(max(0, min(value, 1000)) * 10 + 0.5)
    return "\(tenths / 10).\(tenths % 10)"
  }
}
