import NablaNotation

extension HTMLWriter {
  /// The lines of a displayed formula, which scroll together where they are too wide.
  mutating func writeLines(_ layout: Layout, width: Double) {
    let lines = LaTeXWriter.lines(layout, width: width)
    if lines.count == 1, case .layout? = lines[0].first?.content, lines[0].count > 0,
      LaTeXMetrics.width(layout) <= width
    {
      return MathMLElement.write(layout, isInline: false, to: &out)
    }
    for (position, pieces) in lines.enumerated() {
      if position > 0 { out.write("<div class=\"continued\">") }
      MathMLElement.write(pieces, isFirst: position == 0, isInline: false, to: &out)
      if position > 0 { out.write("</div>") }
    }
  }

  mutating func writeDisplay(_ layout: Layout) {
    out.write("<div class=\"display scroll\">")
    writeLines(layout, width: Self.width - 3)
    out.write("</div>\n")
  }

  /// The result in a box, its number at the right, and its second form below it.
  mutating func writeResult(_ formula: Formula, _ also: Formula?, _ label: String?) {
    let number = label.flatMap { references.number($0) }
    out.write("<div class=\"result\" role=\"group\" aria-label=\"\(words.say("Result"))\"")
    if let number, anchored.insert(number).inserted {
      out.write(" id=\"\(anchors.result(number))\"")
    }
    out.write("><div class=\"boxed\"><div class=\"box scroll\">")
    writeLines(LayoutBuilder.layout(formula), width: Self.width - 6)
    out.write("</div>")
    if let number { out.write("<span class=\"number\">(\(number))</span>") }
    out.write("</div>")
    if let also {
      out.write(
        "<div class=\"also\"><span class=\"words\">\(words.say("that is,"))</span><div class=\"scroll\">"
      )
      writeLines(LayoutBuilder.layout(also), width: Self.width - 9)
      out.write("</div></div>")
    }
    out.write("</div>\n")
  }

  mutating func writePath(_ names: [Formula]) {
    out.write("<p class=\"path\"><span class=\"words\">\(words.say("path"))</span> ")
    for (position, name) in names.enumerated() {
      if position > 0 { out.write(" <span class=\"arrow\">→</span> ") }
      writeInline(LayoutBuilder.layout(name))
    }
    out.write("</p>\n")
  }

  /// Given values, one beside the other.
  mutating func writeValues(_ values: [Formula]) {
    if values.isEmpty { return }
    out.write("<ul class=\"values\" role=\"list\">\n")
    for value in values {
      out.write("<li class=\"scroll\">")
      writeLines(LayoutBuilder.layout(value), width: Self.width - 3)
      out.write("</li>\n")
    }
    out.write("</ul>\n")
  }
}
