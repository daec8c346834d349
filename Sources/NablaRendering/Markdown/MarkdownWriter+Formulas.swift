import NablaNotation

extension MarkdownWriter {
  static func latex(_ layout: Layout, isInline: Bool = false) -> String {
    var writer = LaTeXLayoutWriter(isInline: isInline, usesMacros: false)
    writer.isInMarkdown = true
    writer.write(layout)
    return tidy(writer.out)
  }

  /// Without spaces at the ends, where GitHub would not see mathematics, or twice in a row.
  private static func tidy(_ latex: TextBuffer) -> String {
    var out = TextBuffer()
    for byte in latex.bytes where byte != 32 || (out.bytes.last ?? 32) != 32 {
      out.bytes.append(byte)
    }
    if out.bytes.last == 32 { out.bytes.removeLast() }
    return out.text
  }

  /// One line of a broken formula; a product broken at its start shows the dot it otherwise hides.
  static func latex(_ pieces: [Flow.Piece], isFirst: Bool) -> String {
    var writer = LaTeXLayoutWriter(isInline: false, usesMacros: false)
    writer.isInMarkdown = true
    for (position, piece) in pieces.enumerated() {
      switch piece.content {
      case .layout(.operation(let sign)) where position == 0 && !isFirst:
        writer.out.write("{}")
        writer.write(sign == .juxtaposition ? .dot : sign)
      case .layout(let layout): writer.write(layout)
      case .opening(let bracket, let size):
        writer.writeBracket(bracket, size: min(size, 4), isOpening: true)
      case .closing(let bracket, let size):
        writer.writeBracket(bracket, size: min(size, 4), isOpening: false)
      }
    }
    return tidy(writer.out)
  }

  /// A formula of one or several lines, as it stands inside a display.
  static func body(_ layout: Layout, width: Double) -> String {
    let lines = LaTeXWriter.lines(layout, width: width)
    if lines.count == 1 { return latex(lines[0], isFirst: true) }
    var text = "\\begin{aligned}\n"
    for (position, pieces) in lines.enumerated() {
      text += position == 0 ? "& " : "& \\qquad "
      text += latex(pieces, isFirst: position == 0)
      text += position + 1 < lines.count ? " \\cr\n" : "\n"
    }
    return text + "\\end{aligned}"
  }

  /// Mathematics on lines of its own; a sign at the start would begin a list.
  mutating func writeMathematics(_ latex: String) {
    out.write("$$\n")
    switch latex.utf8.first {
    case 0x2B, 0x2D, 0x3D, 0x3E: out.write("{}")
    default: break
    }
    out.write(latex)
    out.write("\n$$\n")
  }

  mutating func writeDisplay(_ layout: Layout) {
    writeMathematics(Self.body(layout, width: Self.width))
  }

  mutating func writeResult(_ formula: Formula, _ also: Formula?, _ label: String?) {
    var latex = "\\boxed{" + Self.body(LayoutBuilder.layout(formula), width: Self.width - 4) + "}"
    if let label { latex += " \\qquad \\text{" + references.text(label) + "}" }
    writeMathematics(latex)
    if let also {
      out.write("\n\(words.say("that is,"))\n\n")
      writeDisplay(LayoutBuilder.layout(also))
    }
  }

  // MARK: Derivations

  /// Aligned lines, with the reasons in a column at the right or on a line below.
  mutating func writeDerivation(_ rows: [DerivationRow]) {
    if rows.isEmpty { return }
    var leftWidth = 0.0
    for row in rows {
      guard let left = row.left else { continue }
      let own = LaTeXMetrics.width(LayoutBuilder.layout(left))
      if own <= Self.width * 0.4 { leftWidth = max(leftWidth, own) }
    }
    var lines: [String] = []
    for row in rows { append(row, leftWidth: leftWidth, to: &lines) }
    var text = "\\begin{aligned}\n"
    for (position, line) in lines.enumerated() {
      text += line
      text += position + 1 < lines.count ? " \\cr\n" : "\n"
    }
    writeMathematics(text + "\\end{aligned}")
  }

  private func append(_ row: DerivationRow, leftWidth: Double, to lines: inout [String]) {
    var start = ""
    if let left = row.left {
      let layout = LayoutBuilder.layout(left)
      if LaTeXMetrics.width(layout) <= leftWidth {
        start = Self.latex(layout) + " "
      } else {
        lines.append("& " + Self.latex(layout))
      }
    }
    let room = Self.width - leftWidth
    let pieces = LaTeXWriter.lines(LayoutBuilder.layout(row.right), width: room)
    for (position, line) in pieces.enumerated() {
      let sign = row.relation.markdownLatex
      lines.append(
        (position == 0 ? start + "& \(sign) " : "& \\qquad ")
          + Self.latex(line, isFirst: position == 0))
    }
    if !row.reason.isEmpty {
      let own = reasonWidth(row.reason)
      let used = pieces.last.map { LaTeXWriter.width($0) } ?? 0
      if used + own + 2 <= room, pieces.count == 1 {
        lines[lines.count - 1] += " && " + mathematics(row.reason)
      } else {
        lines.append("& \\qquad " + mathematics(row.reason))
      }
    }
    for detail in row.details {
      let whole = Formula.relation(detail.left ?? .ellipsis, detail.relation, detail.right)
      var line = "& \\qquad " + Self.latex(LayoutBuilder.layout(whole))
      if !detail.reason.isEmpty { line += " && " + mathematics(detail.reason) }
      lines.append(line)
    }
  }

  /// A reason as mathematics: words in `\text`, formulas between them.
  private func mathematics(_ reason: [Inline], depth: Int = 0) -> String {
    var text = ""
    for inline in reason {
      switch inline {
      case .text(let words), .code(let words): text += Self.latex(.text(words))
      case .emphasis(let inner), .strong(let inner):
        if depth < 16 { text += mathematics(inner, depth: depth + 1) }
      case .formula(let formula):
        text += Self.latex(LayoutBuilder.layout(formula), isInline: true)
      case .latex(let latex):
        text += Self.latex(AuthorMath.layout(of: latex) ?? .text(latex), isInline: true)
      case .reference(let label): text += Self.latex(.text(references.text(label)))
      }
    }
    return text
  }

  private func reasonWidth(_ reason: [Inline]) -> Double {
    var width = 0.0
    for inline in reason {
      switch inline {
      case .text(let text), .code(let text): width += LaTeXMetrics.textWidth(text)
      case .emphasis(let inner), .strong(let inner): width += reasonWidth(inner)
      case .formula(let formula):
        width += LaTeXMetrics.width(LayoutBuilder.layout(formula), isInline: true)
      case .latex(let latex): width += LaTeXMetrics.textWidth(latex)
      case .reference: width += 1.6
      }
    }
    return width
  }
}
