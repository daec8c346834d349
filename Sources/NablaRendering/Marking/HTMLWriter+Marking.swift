extension HTMLWriter {
  /// Lines of a submission with their marks; comments stand beside them where there is room.
  mutating func writeMarking(_ lines: [MarkedLine]) {
    if lines.isEmpty { return }
    out.write("<ol class=\"marking\" role=\"list\">\n")
    for marked in lines {
      out.write(marked.status.map { "<li class=\"\(Self.name($0))\">" } ?? "<li>")
      out.write("<span class=\"number\">")
      if let number = marked.number {
        out.write("<span class=\"unseen\">line </span>\(number)")
      }
      out.write("</span><div class=\"content scroll\">")
      if let layout = marked.layout { writeLines(layout, width: Self.width * 0.55) }
      if !marked.content.isEmpty { writeParagraph(marked.content, tag: "span") }
      out.write("</div><div class=\"verdict\">")
      if let status = marked.status { writeMark(status) }
      out.write("</div><div class=\"comments\">")
      for comment in marked.comments { writeParagraph(comment, tag: "p") }
      out.write("</div></li>\n")
    }
    out.write("</ol>\n")
  }
}
