import NablaNotation

extension LaTeXWriter {
  static let indent = 2.0

  static func width(_ content: Flow.Content, isInline: Bool) -> Double {
    switch content {
    case .layout(let layout): LaTeXMetrics.width(layout, isInline: isInline)
    case .opening(_, let size), .closing(_, let size): 0.42 + 0.1 * Double(size)
    }
  }

  /// The pieces of each line of a displayed formula.
  static func lines(
    _ layout: Layout, width: Double, style: LaTeXMetrics.Style = .display
  ) -> [[Flow.Piece]] {
    var flow = Flow(layout)
    return flow.lines(
      width: width, indent: indent, bracketSize: { LaTeXMetrics.bracketSize($0, style) },
      measure: { Self.width($0, isInline: false) })
  }

  static func width(_ pieces: [Flow.Piece]) -> Double {
    pieces.reduce(0) { $0 + width($1.content, isInline: false) }
  }

  /// One line of a formula; a product broken at its start shows the dot it otherwise hides.
  mutating func writePieces(
    _ pieces: [Flow.Piece], isFirst: Bool, isInline: Bool = false, isSmall: Bool = false
  ) {
    var writer = LaTeXLayoutWriter(isInline: isInline)
    writer.isNested = isSmall
    for (position, piece) in pieces.enumerated() {
      switch piece.content {
      case .layout(let layout):
        if position == 0, !isFirst, case .operation(let sign) = layout {
          writer.out.write("{}")
          writer.write(sign == .juxtaposition && !isInline ? .dot : sign)
        } else {
          writer.write(layout)
        }
      case .opening(let bracket, let size):
        writer.writeBracket(bracket, size: min(size, 4), isOpening: true)
      case .closing(let bracket, let size):
        writer.writeBracket(bracket, size: min(size, 4), isOpening: false)
      }
    }
    out.bytes.append(contentsOf: writer.out.bytes)
  }

  mutating func writeDisplay(_ layout: Layout) {
    writeLines(Self.lines(layout, width: width - 2.5))
  }

  private mutating func writeLines(_ lines: [[Flow.Piece]]) {
    if lines.count == 1 {
      out.write("\\[\n  ")
      writePieces(lines[0], isFirst: true)
      out.write("\n\\]\n")
      return
    }
    out.write("\\begin{align*}\n")
    for (position, pieces) in lines.enumerated() {
      out.write(position == 0 ? "  &" : "  &\\qquad ")
      writePieces(pieces, isFirst: position == 0)
      out.write(position + 1 < lines.count ? "\\\\\n" : "\n")
    }
    out.write("\\end{align*}\n")
  }

  /// The result in a box, its number at the right, and its second form beside or below it.
  mutating func writeResult(_ formula: Formula, _ also: Formula?, _ label: String?) {
    let layout = LayoutBuilder.layout(formula)
    let room = width - 1.9 - (label == nil ? 0 : 2.2)
    let lines = Self.lines(layout, width: room - 1.2)
    let second = also.map { LayoutBuilder.layout($0) }
    let secondWidth = second.map { LaTeXMetrics.width($0) + 7.7 } ?? 0
    let isBeside =
      second != nil && lines.count == 1 && Self.width(lines[0]) + 1.2 + secondWidth <= room
    let isBelow = !isBeside && second != nil && secondWidth - 3.5 <= width - 1.9
    out.write(isBelow ? "\\begin{align*}\n  &\\result{" : "\\[\n  \\result{")
    if lines.count == 1 {
      writePieces(lines[0], isFirst: true)
    } else {
      out.write("\\begin{aligned}\n")
      for (position, pieces) in lines.enumerated() {
        out.write(position == 0 ? "    &" : "    &\\qquad ")
        writePieces(pieces, isFirst: position == 0)
        out.write(position + 1 < lines.count ? "\\\\\n" : "\n")
      }
      out.write("  \\end{aligned}")
    }
    out.write("}")
    if isBeside, let second {
      out.write(" \\qquad\\text{\(words.say("that is,"))}\\qquad ")
      out.write(LaTeXLayoutWriter.latex(second))
    }
    if let label { out.write(" \\tag*{\(references.text(label))}") }
    if isBelow, let second {
      out.write("\\\\*\n  &\\text{\(words.say("that is,"))}\\quad ")
      out.write(LaTeXLayoutWriter.latex(second))
      out.write("\n\\end{align*}\n")
      return
    }
    out.write("\n\\]\n")
    if !isBeside, let second {
      out.write(words.say("That is,") + "\n")
      writeDisplay(second)
    }
  }

  mutating func writePath(_ names: [Formula]) {
    out.write("{\\small\\textcolor{black!60}{\(words.say("path"))}\\quad ")
    for (position, name) in names.enumerated() {
      if position > 0 { out.write(" $\\to$ ") }
      writeInlineFormula(name)
    }
    out.write("}\\par\n")
  }

  mutating func writeInlineFormula(_ formula: Formula) { write([.formula(formula)]) }
}
