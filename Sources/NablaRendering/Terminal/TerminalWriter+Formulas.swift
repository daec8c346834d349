import NablaNotation

extension TerminalWriter {
  /// The boxes of a formula, one for each line it takes.
  ///
  /// Two dimensions are used where they fit on one line; a broken formula is written linearly.
  static func boxes(_ layout: Layout, width: Int, indent: Int = 2) -> [TextBox] {
    let whole = BoxWriter.box(layout)
    if whole.width <= width { return [whole] }
    let flat = TextBox(CompactWriter.text(layout))
    if flat.width <= width { return [flat] }
    if let boxed = broken(layout, width: width, indent: indent, isFlat: false) { return boxed }
    return broken(layout, width: width, indent: indent, isFlat: true) ?? [flat]
  }

  /// The same on lines of text only.
  static func flatBoxes(_ layout: Layout, width: Int, indent: Int = 2) -> [TextBox] {
    let flat = TextBox(CompactWriter.text(layout))
    if flat.width <= width { return [flat] }
    return broken(layout, width: width, indent: indent, isFlat: true) ?? [flat]
  }

  /// Lines of pieces; in two dimensions only if no piece has to be opened for it.
  private static func broken(
    _ layout: Layout, width: Int, indent: Int, isFlat: Bool
  ) -> [TextBox]? {
    var flow = Flow(layout)
    let count = flow.pieces.count
    let lines = flow.lines(
      width: Double(width), indent: Double(indent), bracketSize: { _ in 0 },
      measure: { Double(box($0, isFlat: isFlat).width) })
    if !isFlat, flow.pieces.count != count { return nil }
    var result: [TextBox] = []
    for (position, pieces) in lines.enumerated() {
      var parts = position == 0 ? [] : [TextBox(TextBox.spaces(indent))]
      for (place, piece) in pieces.enumerated() {
        var part = box(piece.content, isFlat: isFlat)
        if place == 0, position > 0 { part = withoutLeadingSpace(part) }
        parts.append(part)
      }
      let line = TextBox.beside(parts)
      if !isFlat, line.width > width { return nil }
      result.append(line)
    }
    return result
  }

  private static func withoutLeadingSpace(_ box: TextBox) -> TextBox {
    guard !box.isTall, box.rows[0].first == " " else { return box }
    return TextBox(String(box.rows[0].dropFirst()))
  }

  private static func box(_ content: Flow.Content, isFlat: Bool) -> TextBox {
    switch content {
    case .layout(.function(let name)): TextBox(DisplayWidth.harmless(name))
    case .layout(let layout):
      isFlat
        ? TextBox(CompactWriter.text(layout, isOpenEnded: false))
        : BoxWriter.box(layout, isOpenEnded: false)
    case .opening(let bracket, _): TextBox(CompactWriter.bracket(bracket, isOpening: true))
    case .closing(let bracket, _): TextBox(CompactWriter.bracket(bracket, isOpening: false))
    }
  }

  /// The formula on one line, where that reads as well as two dimensions do: it has no fractions
  /// but derivatives and quotients of single symbols.
  static func readableLine(_ layout: Layout, width: Int) -> [TextBox]? {
    guard isLinear(layout) else { return nil }
    let flat = TextBox(CompactWriter.text(layout))
    return flat.width <= width ? [flat] : nil
  }

  private static func isLinear(_ layout: Layout) -> Bool {
    switch layout {
    case .row(let children):
      for child in children where !isLinear(child) { return false }
      return true
    case .fence(_, let inner), .highlighted(let inner, _): return isLinear(inner)
    case .fraction(let top, let bottom, let isDerivative):
      return isDerivative || (CompactWriter.isSingle(top) && CompactWriter.isSingle(bottom))
    case .scripts(let stem, _, let upper):
      return isLinear(stem) && upper.map { CompactWriter.raised($0).utf8.first != 94 } ?? true
    case .bigOperator(_, let lower, let upper):
      return upper == nil && lower.map { !CompactWriter.lowered($0).utf8.contains(123) } ?? true
    case .cases, .matrix, .evaluated, .root, .labelled: return false
    case .symbol, .number, .text, .function, .operation, .accent, .exponential: return true
    }
  }

  mutating func writeDisplay(_ layout: Layout) {
    for box in Self.boxes(layout, width: width - 2) { writeBox(box, indent: 2) }
  }

  mutating func writeBox(_ box: TextBox, indent: Int, paint: Paint? = nil) {
    let margin = TextBox.spaces(indent)
    for row in box.rows {
      let text = TextLine.trimmed(row)
      line(margin + (paint.map { self.paint(text, $0) } ?? text))
    }
  }

  /// The result in a frame; a second form of it stands below, its number at the right.
  mutating func writeResult(_ formula: Formula, _ also: Formula?, _ label: String?) {
    let number = label.map { references.text($0) } ?? ""
    let room = width - 6 - (number.isEmpty ? 0 : DisplayWidth.of(number) + 2)
    let layout = LayoutBuilder.layout(formula)
    let boxes = Self.readableLine(layout, width: room) ?? Self.boxes(layout, width: room)
    let inner = boxes.reduce(0) { max($0, $1.width) }
    line("  ┌" + String(repeating: "─", count: inner + 2) + "┐")
    for (position, box) in boxes.enumerated() {
      for (row, text) in box.padded(to: inner).rows.enumerated() {
        var end = " │"
        if position == boxes.count - 1, row == box.baseline, !number.isEmpty {
          end += TextBox.spaces(width - inner - 6 - DisplayWidth.of(number)) + number
        }
        line("  │ " + paint(text, .bold) + end)
      }
    }
    line("  └" + String(repeating: "─", count: inner + 2) + "┘")
    guard let also else { return }
    let lead = TextBox(words.say("that is,") + "  ")
    let second = LayoutBuilder.layout(also)
    let rest = width - 2 - lead.width
    let forms = Self.readableLine(second, width: rest) ?? Self.boxes(second, width: rest)
    for (position, box) in forms.enumerated() {
      let head = position == 0 ? lead : TextBox(TextBox.spaces(lead.width))
      writeBox(TextBox.beside([head, box]), indent: 2)
    }
  }

  mutating func writePath(_ names: [Formula]) {
    let label = words.say("path")
    let indent = DisplayWidth.of(label) + 4
    var text = label + "  "
    for (position, name) in names.enumerated() {
      if position > 0 { text += " → " }
      text += CompactWriter.text(LayoutBuilder.layout(name))
    }
    for (position, line) in Self.wrap(text, width: width - indent).enumerated() {
      self.line(
        position == 0
          ? "  " + line.withGap(after: label) : TextBox.spaces(indent) + line)
    }
  }
}

extension String {
  /// Wrapping joins words with one space; a label keeps two.
  fileprivate func withGap(after label: String) -> String {
    hasPrefix(label + " ") ? label + " " + String(dropFirst(label.count)) : self
  }
}
