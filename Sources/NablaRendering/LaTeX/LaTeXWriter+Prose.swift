extension LaTeXWriter {
  mutating func write(_ inlines: [Inline], depth: Int = 0) {
    for inline in inlines {
      switch inline {
      case .text(let text): LaTeXEscaping.write(text, to: &out)
      case .emphasis(let inner), .strong(let inner):
        if depth >= 16 { continue }
        if case .emphasis = inline { out.write("\\emph{") } else { out.write("\\textbf{") }
        write(inner, depth: depth + 1)
        out.write("}")
      case .code(let code):
        out.write("\\texttt{")
        LaTeXEscaping.write(code, isCode: true, to: &out)
        out.write("}")
      case .formula(let formula): writeInline(LayoutBuilder.layout(formula))
      case .latex(let latex):
        if let layout = AuthorMath.layout(of: latex) {
          writeInline(layout)
        } else {
          out.write("\\texttt{")
          LaTeXEscaping.write("$" + latex + "$", isCode: true, to: &out)
          out.write("}")
        }
      case .reference(let label): LaTeXEscaping.write(references.text(label), to: &out)
      }
    }
  }

  /// A formula in running text; a wide one is cut into pieces between which TeX may end the line.
  private mutating func writeInline(_ layout: Layout) {
    if LaTeXMetrics.width(layout, isInline: true) <= 10 {
      out.write("$")
      out.write(LaTeXLayoutWriter.latex(layout, isInline: true))
      out.write("$")
      return
    }
    var flow = Flow(layout)
    let lines = flow.lines(
      width: 10, indent: 0, bracketSize: { _ in 0 }, measure: { Self.width($0, isInline: true) })
    for (position, pieces) in lines.enumerated() {
      if position > 0 { out.write("\\allowbreak{}") }
      out.write("$")
      writePieces(pieces, isFirst: position == 0, isInline: true)
      out.write("$")
    }
  }

  /// Text for measuring: how wide the inlines are in em.
  func width(_ inlines: [Inline]) -> Double {
    var total = 0.0
    for inline in inlines {
      switch inline {
      case .text(let text), .code(let text): total += LaTeXMetrics.textWidth(text)
      case .emphasis(let inner), .strong(let inner): total += width(inner) * 1.1
      case .formula(let formula):
        total += LaTeXMetrics.width(LayoutBuilder.layout(formula), isInline: true)
      case .latex(let latex):
        total +=
          AuthorMath.layout(of: latex).map { LaTeXMetrics.width($0, isInline: true) }
          ?? Double(latex.utf8.count)
      case .reference: total += 1.6
      }
    }
    return total
  }

  mutating func writeCode(_ text: String) {
    out.write("\\begin{quote}\\small\\raggedright\\ttfamily\n")
    var isFirst = true
    for line in text.textLines {
      if !isFirst { out.write("\\\\{}\n") }
      isFirst = false
      out.write("\\mbox{}")
      var isIndent = true
      var rest = ""
      for character in line {
        if isIndent, character == " " {
          out.write("~")
        } else {
          isIndent = false
          rest.append(character)
        }
      }
      LaTeXEscaping.write(rest, isCode: true, to: &out)
    }
    out.write("\n\\end{quote}\n")
  }
}
