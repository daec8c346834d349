extension HTMLWriter {
  /// Formulas in running text wider than this are cut where a line may end, in em.
  private static let inlineWidth = 12.0

  mutating func write(_ inlines: [Inline], isLinked: Bool = false, depth: Int = 0) {
    for inline in inlines {
      switch inline {
      case .text(let text): HTMLEscaping.write(text, to: &out)
      case .emphasis(let inner), .strong(let inner):
        if depth >= 16 { continue }
        let tag = if case .emphasis = inline { "em" } else { "strong" }
        out.write("<\(tag)>")
        write(inner, isLinked: isLinked, depth: depth + 1)
        out.write("</\(tag)>")
      case .code(let code): writeInlineCode(code)
      case .formula(let formula): writeInline(LayoutBuilder.layout(formula))
      case .latex(let latex):
        if let layout = AuthorMath.layout(of: latex) {
          writeInline(layout)
        } else {
          writeInlineCode("$" + latex + "$")
        }
      case .reference(let label):
        guard !isLinked, let number = references.number(label) else {
          HTMLEscaping.write(references.text(label), to: &out)
          continue
        }
        out.write("<a href=\"#\(anchors.result(number))\">(\(number))</a>")
      }
    }
  }

  private mutating func writeInlineCode(_ code: String) {
    out.write("<code>")
    HTMLEscaping.write(code, to: &out)
    out.write("</code>")
  }

  /// A formula in running text; no line ends between a bracket and the formula it opens.
  mutating func writeInline(_ layout: Layout) {
    let isJoined = out.bytes.last == 0x28
    if isJoined {
      out.bytes.removeLast()
      out.write("<span class=\"joined\">(")
    }
    if LaTeXMetrics.width(layout, isInline: true) <= Self.inlineWidth {
      MathMLElement.write(layout, isInline: true, to: &out)
      if isJoined { out.write("</span>") }
      return
    }
    var flow = Flow(layout)
    let lines = flow.lines(
      width: Self.inlineWidth, indent: 0, bracketSize: { _ in 0 },
      measure: { LaTeXWriter.width($0, isInline: true) })
    for (position, pieces) in lines.enumerated() {
      if position > 0 { out.write("<wbr>") }
      let width = pieces.reduce(0) { $0 + LaTeXWriter.width($1.content, isInline: true) }
      let isWide = width > Self.inlineWidth * 1.25
      if isWide { out.write("<span class=\"wide\">") }
      MathMLElement.write(pieces, isFirst: position == 0, isInline: true, to: &out)
      if isWide { out.write("</span>") }
      if position == 0, isJoined { out.write("</span>") }
    }
  }

  mutating func writeCode(_ text: String) {
    out.write("<pre><code>")
    var isFirst = true
    for line in text.textLines {
      if !isFirst { out.endLine() }
      isFirst = false
      HTMLEscaping.write(String(line), to: &out)
    }
    out.write("</code></pre>\n")
  }

  /// The inlines as one line of text.
  func text(_ inlines: [Inline], depth: Int = 0) -> String {
    var result = ""
    for inline in inlines {
      switch inline {
      case .text(let text), .code(let text): result += text
      case .emphasis(let inner), .strong(let inner):
        if depth < 16 { result += text(inner, depth: depth + 1) }
      case .formula(let formula): result += formula.compactText
      case .latex(let latex):
        result += AuthorMath.layout(of: latex).map { CompactWriter.text($0) } ?? latex
      case .reference(let label): result += references.text(label)
      }
    }
    return result
  }
}
