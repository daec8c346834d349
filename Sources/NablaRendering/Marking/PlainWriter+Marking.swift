extension PlainWriter {
  /// Lines of a submission in plain notation, the verdict behind each in brackets.
  mutating func writeMarking(_ lines: [MarkedLine]) {
    for marked in lines {
      if let number = marked.number { out.write("\(number): ") }
      if let equation = marked.equation {
        if let left = equation.left {
          out.write(left.plain)
          out.write(" ")
        }
        out.write(equation.relation.plain)
        out.write(" ")
        out.write(equation.right.plain)
        if !marked.content.isEmpty { out.write("    ") }
      }
      write(marked.content)
      switch marked.status {
      case .passed?: out.write("    [correct]")
      case .failed?: out.write("    [wrong]")
      case .undecided?: out.write("    [open]")
      case nil: break
      }
      out.endLine()
      for comment in marked.comments { line("    ", comment) }
    }
  }
}
