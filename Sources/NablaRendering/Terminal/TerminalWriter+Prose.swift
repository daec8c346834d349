extension TerminalWriter {
  /// Running text on one line, not yet wrapped.
  func text(_ inlines: [Inline], depth: Int = 0) -> String {
    var result = ""
    for inline in inlines {
      switch inline {
      case .text(let text): result += DisplayWidth.harmless(text)
      case .emphasis(let inner), .strong(let inner):
        result += depth < 16 ? self.text(inner, depth: depth + 1) : "…"
      case .code(let code): result += DisplayWidth.harmless(code)
      case .formula(let formula):
        result += Self.unbroken(CompactWriter.text(LayoutBuilder.layout(formula)))
      case .latex(let latex):
        result +=
          AuthorMath.layout(of: latex).map { Self.unbroken(CompactWriter.text($0)) }
          ?? DisplayWidth.harmless("$" + latex + "$")
      case .reference(let label): result += references.text(label)
      }
    }
    return result
  }

  /// A short formula stays on one line of a paragraph: its spaces do not break.
  private static func unbroken(_ formula: String) -> String {
    guard formula.utf8.count <= 40, formula.utf8.contains(32) else { return formula }
    var result = String.UnicodeScalarView()
    for scalar in formula.unicodeScalars { result.append(scalar == " " ? "\u{A0}" : scalar) }
    return String(result)
  }

  func wrapped(_ inlines: [Inline], width: Int) -> [String] {
    Self.wrap(text(inlines), width: width)
  }

  /// Lines of at most `width` columns; a word that is longer is cut.
  static func wrap(_ text: String, width: Int) -> [String] {
    let limit = max(width, 1)
    var lines: [String] = []
    var line = ""
    var used = 0
    for word in text.utf8.split(whereSeparator: { $0 == 32 || $0 == 10 }) {
      var rest = Substring(word)
      var size = DisplayWidth.of(rest)
      if used > 0, used + 1 + size > limit {
        lines.append(line)
        line = ""
        used = 0
      }
      while size > limit {
        var head = ""
        var taken = 0
        while let character = rest.first {
          let columns = DisplayWidth.of(String(character))
          if taken + columns > limit, taken > 0 { break }
          head.append(character)
          taken += columns
          rest = rest.dropFirst()
        }
        lines.append(head)
        size -= taken
      }
      if rest.isEmpty { continue }
      if used > 0 {
        line += " "
        used += 1
      }
      line += rest
      used += size
    }
    if !line.isEmpty { lines.append(line) }
    return lines.map(visible)
  }

  mutating func writeWrapped(
    _ inlines: [Inline], first: String = "", firstWidth: Int = 0, indent: Int = 0,
    paint: Paint? = nil
  ) {
    let margin = TextBox.spaces(indent)
    let lines = wrapped(inlines, width: measure - max(indent, firstWidth))
    for (position, line) in lines.enumerated() {
      let body = paint.map { self.paint(line, $0) } ?? line
      self.line((position == 0 && !first.isEmpty ? first : margin) + body)
    }
    if lines.isEmpty, !first.isEmpty { line(first) }
  }

  mutating func writeCode(_ text: String) {
    for row in text.textLines {
      var rest = DisplayWidth.harmless(String(row))[...]
      repeat {
        var head = ""
        var used = 0
        while let character = rest.first {
          let columns = DisplayWidth.of(String(character))
          if used + columns > width - 4, used > 0 { break }
          head.append(character)
          used += columns
          rest = rest.dropFirst()
        }
        line("    " + head)
      } while !rest.isEmpty
    }
  }
}
