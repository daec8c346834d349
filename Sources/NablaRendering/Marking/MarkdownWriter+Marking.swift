extension MarkdownWriter {
  /// Lines of a submission as a table of numbers, contents, marks and comments.
  mutating func writeMarking(_ lines: [MarkedLine]) {
    let hasComments = lines.hasComments
    out.write(hasComments ? "| Line | | | |\n" : "| Line | | |\n")
    out.write(hasComments ? "| ---: | --- | --- | --- |\n" : "| ---: | --- | --- |\n")
    for marked in lines {
      out.write("| ")
      if let number = marked.number { out.write("\(number)") }
      out.write(" | ")
      writeContent(of: marked)
      out.write(" | ")
      switch marked.status {
      case .passed?: out.write("✓")
      case .failed?: out.write("✗")
      case .undecided?: out.write("?")
      case nil: break
      }
      out.write(" |")
      if hasComments {
        for (position, comment) in marked.comments.enumerated() {
          out.write(position == 0 ? " " : "<br>")
          write(comment, isInTable: true)
        }
        out.write(" |")
      }
      out.endLine()
    }
  }

  private mutating func writeContent(of marked: MarkedLine) {
    if let layout = marked.layout {
      let lines = LaTeXWriter.lines(layout, width: Self.width * 0.6)
      for (position, pieces) in lines.enumerated() {
        if position > 0 { out.write("<br>") }
        out.write("$\\displaystyle ")
        if position > 0 { out.write("\\quad ") }
        out.write(Self.latex(pieces, isFirst: position == 0))
        out.write("$")
      }
      if !marked.content.isEmpty { out.write(" ") }
    }
    write(marked.content, isInTable: true)
  }
}
