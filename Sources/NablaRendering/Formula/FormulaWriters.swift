extension Formula {
  /// LaTeX for this formula, for use between dollar signs with amsmath and xcolor.
  ///
  /// `isInline` writes fractions with a slash, as running text wants them.
  public func latex(isInline: Bool = false) -> String {
    var writer = LaTeXLayoutWriter(isInline: isInline, usesMacros: false)
    writer.write(LayoutBuilder.layout(self))
    return writer.out.text
  }

  /// One line of Unicode text: `∂L/∂hᵢ = Pᵢ − yᵢ`.
  public var compactText: String { CompactWriter.text(LayoutBuilder.layout(self)) }

  /// Lines of Unicode text in two dimensions.
  public var boxedText: [String] {
    BoxWriter.box(LayoutBuilder.layout(self)).rows.map(TextLine.trimmed)
  }
}

enum TextLine {
  /// The line without spaces at its end.
  static func trimmed(_ line: String) -> String {
    let bytes = line.utf8
    var end = bytes.endIndex
    while end > bytes.startIndex {
      let previous = bytes.index(before: end)
      if bytes[previous] != 32 { break }
      end = previous
    }
    return end == bytes.endIndex ? line : String(line[..<end])
  }
}
