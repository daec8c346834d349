extension TerminalWriter {
  /// Aligned equations with their reasons at the right.
  mutating func writeDerivation(_ rows: [DerivationRow]) {
    let room = width - 2
    var lefts: [TextBox] = []
    var leftWidth = 0
    for row in rows {
      let box = row.left.map { BoxWriter.box(LayoutBuilder.layout($0)) } ?? TextBox("")
      lefts.append(box)
      if box.width * 5 <= room * 2 { leftWidth = max(leftWidth, box.width) }
    }
    let relationWidth = 3
    let bodyWidth = max(room - leftWidth - relationWidth, 8)
    var bodies: [[TextBox]] = []
    for row in rows {
      bodies.append(Self.boxes(LayoutBuilder.layout(row.right), width: bodyWidth))
    }
    for (position, row) in rows.enumerated() {
      var boxes = bodies[position]
      let left = lefts[position]
      if left.width > leftWidth {
        // A left side too wide for its column has lines of its own.
        for box in Self.boxes(LayoutBuilder.layout(row.left ?? .ellipsis), width: room) {
          writeBox(box, indent: 2)
        }
      }
      let head = left.width > leftWidth ? TextBox("") : left
      let sign = TextBox(
        leftWidth == 0 && row.left == nil && rows.count == 1
          ? "" : (leftWidth > 0 ? " " : "") + row.relation.character + " ")
      boxes[0] = TextBox.beside([head.padded(to: leftWidth), sign, boxes[0]])
      let continuation = TextBox(TextBox.spaces(leftWidth + sign.width))
      for index in boxes.indices.dropFirst() {
        boxes[index] = TextBox.beside([continuation, boxes[index]])
      }
      writeRow(boxes, reason: text(row.reason), isTallNeighbour: position > 0)
      if position + 1 < rows.count,
        boxes.count > 1 || boxes.contains(where: { $0.isTall })
          || bodies[position + 1].contains(where: { $0.isTall })
      {
        out.endLine()
      }
    }
  }

  /// The lines of one row; the reason stands on the baseline of the last line, or below it.
  private mutating func writeRow(_ boxes: [TextBox], reason: String, isTallNeighbour: Bool) {
    for (position, box) in boxes.enumerated() {
      let isLast = position == boxes.count - 1
      let reasonWidth = DisplayWidth.of(reason)
      let ink = DisplayWidth.of(TextLine.trimmed(box.rows[box.baseline]))
      let fits = 2 + max(ink, 0) + 3 + reasonWidth <= width
      for (index, row) in box.rows.enumerated() {
        let text = TextLine.trimmed(row)
        if isLast, fits, !reason.isEmpty, index == box.baseline {
          let gap = width - 2 - DisplayWidth.of(text) - reasonWidth
          line("  " + text + TextBox.spaces(gap) + paint(Self.spaces(reason), .dim))
        } else {
          line("  " + text)
        }
      }
      if isLast, !fits, !reason.isEmpty {
        for part in Self.wrap(reason, width: max(width * 2 / 3, 16)) {
          line(TextBox.spaces(width - DisplayWidth.of(part)) + paint(part, .dim))
        }
      }
    }
  }

  private static func spaces(_ text: String) -> String {
    var result = ""
    for character in text { result.append(character == "\u{A0}" ? " " : character) }
    return result
  }
}
