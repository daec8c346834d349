extension TerminalWriter {
  /// Aligned equations with their reasons at the right.
  mutating func writeDerivation(_ rows: [DerivationRow]) {
    let room = width - 2
    var lefts: [TextBox] = []
    var bodies: [[TextBox]] = []
    var leftWidth = 0
    for (position, row) in rows.enumerated() {
      let isEquation =
        row.left != nil && (position + 1 == rows.count || rows[position + 1].left != nil)
      if isEquation, let line = Self.equation(row, width: room) {
        lefts.append(line.left)
        bodies.append(line.right)
      } else {
        lefts.append(row.left.map { BoxWriter.box(LayoutBuilder.layout($0)) } ?? TextBox(""))
        bodies.append([])
      }
      if lefts[position].width * 5 <= room * 2 {
        leftWidth = max(leftWidth, lefts[position].width)
      }
    }
    let bodyWidth = max(room - leftWidth - 3, 8)
    for (position, row) in rows.enumerated() {
      if bodies[position].isEmpty || bodies[position][0].width > bodyWidth {
        bodies[position] = Self.boxes(LayoutBuilder.layout(row.right), width: bodyWidth)
      }
    }
    var reasons: [String] = []
    var edge = measure
    for (position, row) in rows.enumerated() {
      reasons.append(text(row.reason))
      guard !reasons[position].isEmpty, let last = bodies[position].last else { continue }
      let ink = leftWidth + last.width + DisplayWidth.of(reasons[position]) + 8
      if ink <= width { edge = max(edge, ink) }
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
      writeRow(boxes, reason: reasons[position], edge: edge)
      for detail in row.details {
        writeDetail(detail, indent: leftWidth + sign.width + 4, edge: edge)
      }
      if position + 1 < rows.count,
        !row.details.isEmpty || boxes.count > 1 || boxes.contains(where: { $0.isTall })
          || lefts[position + 1].isTall || bodies[position + 1].contains(where: { $0.isTall })
      {
        out.endLine()
      }
    }
  }

  /// Both sides of an equation about a derivative on one line, where they read well so.
  private static func equation(
    _ row: DerivationRow, width: Int
  ) -> (left: TextBox, right: [TextBox])? {
    guard let left = row.left, isDerivative(left) || isDerivative(row.right) else { return nil }
    guard let head = readableLine(LayoutBuilder.layout(left), width: width * 2 / 5),
      let body = readableLine(LayoutBuilder.layout(row.right), width: width)
    else { return nil }
    return (head[0], body)
  }

  private static func isDerivative(_ formula: Formula) -> Bool {
    switch formula {
    case .derivative: true
    case .relation(let first, _): isDerivative(first)
    default: false
    }
  }

  /// A small equation below a line: linear text, as long as it fits.
  private mutating func writeDetail(_ row: DerivationRow, indent: Int, edge: Int) {
    let relation = Formula.relation(row.left ?? .ellipsis, row.relation, row.right)
    let layout = LayoutBuilder.layout(relation)
    let margin = min(indent, width / 4)
    let flat = TextBox(CompactWriter.text(layout))
    let boxes =
      flat.width <= width - 2 - margin ? [flat] : Self.boxes(layout, width: width - 2 - margin)
    let spaces = TextBox(TextBox.spaces(margin))
    writeRow(
      boxes.map { TextBox.beside([spaces, $0]) }, reason: text(row.reason), edge: edge,
      isQuiet: true)
  }

  /// The lines of one row; the reason stands on the baseline of the last line, or below it.
  private mutating func writeRow(
    _ boxes: [TextBox], reason: String, edge: Int, isQuiet: Bool = false
  ) {
    let reasonWidth = DisplayWidth.of(reason)
    for (position, box) in boxes.enumerated() {
      let isLast = position == boxes.count - 1
      let ink = 2 + DisplayWidth.of(TextLine.trimmed(box.rows[box.baseline])) + 3 + reasonWidth
      for (index, row) in box.rows.enumerated() {
        let text = TextLine.trimmed(row)
        let shown = isQuiet ? paint(text, .dim) : text
        if isLast, ink <= edge, !reason.isEmpty, index == box.baseline {
          let gap = edge - 2 - DisplayWidth.of(text) - reasonWidth
          line("  " + shown + TextBox.spaces(gap) + paint(Self.visible(reason), .dim))
        } else {
          line("  " + shown)
        }
      }
      if isLast, ink > edge, !reason.isEmpty {
        for part in Self.wrap(reason, width: max(measure * 2 / 3, 16)) {
          line(TextBox.spaces(edge - DisplayWidth.of(part)) + paint(part, .dim))
        }
      }
    }
  }
}
