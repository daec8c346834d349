extension LaTeXWriter {
  /// The share of the width that lines take, and comments leave them.
  private static let contentShare = 0.53
  /// What the number, the mark and the gaps between take, in em.
  private static let marginWidth = 5.2

  /// Lines of a submission: number, content, mark, and what is said of them.
  ///
  /// A line too wide for its column takes the whole width, and its comments stand below it.
  mutating func writeMarking(_ lines: [MarkedLine]) {
    let whole = width - Self.marginWidth
    let column = whole * Self.contentShare
    for marked in lines {
      let isNarrow = contentWidth(of: marked) <= column
      out.write("\\par\\addvspace{3pt}\\noindent\\makebox[2em][r]{\\footnotesize ")
      out.write("\\textcolor{black!60}{")
      if let number = marked.number { out.write("\(number)") }
      out.write("}}\\hspace{.8em}")
      writeBox(isNarrow ? column : whole) { writer in writer.writeContent(of: marked, column, whole)
      }
      out.write("\\makebox[1.6em][c]{")
      if let status = marked.status { writeMark(status) }
      out.write("}")
      if !marked.comments.isEmpty {
        if isNarrow {
          writeComments(marked.comments, width: whole - column + 0.2)
        } else {
          out.write("\\par\\nopagebreak\\noindent\\hspace{4.8em}")
          writeComments(marked.comments, width: whole - 2)
        }
      }
      out.endLine()
    }
    if !lines.isEmpty { out.write("\\par\\addvspace{3pt}\n") }
  }

  private mutating func writeBox(_ width: Double, _ body: (inout LaTeXWriter) -> Void) {
    out.write("\\parbox[t]{\(Self.decimal(width))em}{\\raggedright ")
    body(&self)
    out.write("}")
  }

  private mutating func writeComments(_ comments: [[Inline]], width: Double) {
    writeBox(width) { writer in
      writer.out.write("\\small ")
      for (position, comment) in comments.enumerated() {
        if position > 0 { writer.out.write("\\\\{}") }
        writer.write(comment)
      }
    }
  }

  private func contentWidth(of marked: MarkedLine) -> Double {
    var total = marked.layout.map { LaTeXMetrics.width($0) } ?? 0
    if !marked.content.isEmpty { total += width(marked.content) + 1 }
    return total
  }

  private mutating func writeContent(of marked: MarkedLine, _ column: Double, _ whole: Double) {
    if let layout = marked.layout {
      let isNarrow = LaTeXMetrics.width(layout) <= column
      for (position, pieces) in Self.lines(layout, width: isNarrow ? column : whole).enumerated() {
        if position > 0 { out.write("\\\\{}") }
        out.write(position > 0 ? "$\\displaystyle\\qquad " : "$\\displaystyle ")
        writePieces(pieces, isFirst: position == 0)
        out.write("$")
      }
      if !marked.content.isEmpty { out.write("\\quad ") }
    }
    write(marked.content)
  }

  private mutating func writeMark(_ status: CheckStatus) {
    let colour =
      switch status {
      case .passed: "green!45!black"
      case .failed: "red!75!black"
      case .undecided: "orange!70!black"
      }
    out.write("\\textcolor{\(colour)}{$\(Self.mark(status))$}")
  }
}
