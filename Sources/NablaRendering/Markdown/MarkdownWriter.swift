import NablaNotation

extension Document {
  /// The document as Markdown with `$…$` mathematics, as GitHub and Jupyter show it.
  public func markdown() -> String {
    let document = styled()
    var writer = MarkdownWriter(
      references: CrossReferences(document), words: document.notation.language)
    writer.write(document)
    return writer.out.text
  }
}

/// Sets documents as Markdown.
struct MarkdownWriter {
  /// The width in em by which formulas are broken.
  static let width = 46.0

  let references: CrossReferences
  let words: Language
  var out = TextBuffer()

  mutating func write(_ document: Document) {
    if !document.title.isEmpty {
      out.write("# ")
      write(document.title)
      out.endLine()
    }
    var previous: Block?
    for block in document.blocks {
      if !Self.standsTogether(previous, block) { out.separate() }
      previous = block
      write(block)
    }
    out.separate()
    if !out.bytes.isEmpty { out.bytes.removeLast() }
  }

  /// Checks that follow each other are one list.
  private static func standsTogether(_ first: Block?, _ second: Block) -> Bool {
    if case .check? = first, case .check = second { true } else { false }
  }

  private mutating func write(_ block: Block) {
    switch block {
    case .heading(let level, let title):
      line(String(repeating: "#", count: min(max(level, 1), 5) + 1) + " ", title)
    case .paragraph(let inlines), .lead(let inlines): line("", inlines, isParagraph: true)
    case .note(let inlines): line("> ", inlines, isParagraph: true)
    case .display(let formula): writeDisplay(LayoutBuilder.layout(formula))
    case .displayLatex(let latex):
      if let layout = AuthorMath.layout(of: latex) {
        writeDisplay(layout)
      } else {
        writeCode(latex)
      }
    case .derivation(let rows): writeDerivation(rows)
    case .forwardTable(let rows): writeForward(rows)
    case .values(let values):
      var inlines: [Inline] = []
      for value in values {
        if !inlines.isEmpty { inlines.append(.text(", ")) }
        inlines.append(.formula(value))
      }
      line("", inlines)
    case .table(let table): writeTable(table)
    case .result(let formula, let also, let label): writeResult(formula, also, label)
    case .check(let status, let inlines):
      switch status {
      case .passed: line("- ✓ ", inlines)
      case .failed: line("- ✗ **\(words.say("failed")):** ", inlines)
      case .undecided: line("- ? **\(words.say("undecided")):** ", inlines)
      }
    case .list(let ordered, let items):
      for (position, item) in items.enumerated() {
        line(ordered ? "\(position + 1). " : "* ", item, isParagraph: true)
      }
    case .code(let text): writeCode(text)
    case .pathDiagram(let names):
      guard let first = names.first else { return }
      let links = names.dropFirst().map { Formula.RelationLink(.arrow, $0) }
      line(words.say("path") + " ", [.formula(.relation(first, links))])
    case .graph(let graph): writeGraph(graph)
    case .plot(let plot): writePlot(plot)
    case .marking(let lines): writeMarking(lines)
    }
  }

  // MARK: Prose

  mutating func line(_ prefix: String, _ inlines: [Inline], isParagraph: Bool = false) {
    var writer = MarkdownWriter(references: references, words: words)
    writer.write(inlines)
    let text = ProseParser.trimmed(writer.out.text[...])
    out.write(prefix)
    out.write(isParagraph ? MarkdownEscaping.escapedStart(String(text)) : String(text))
    out.endLine()
  }

  mutating func write(_ inlines: [Inline], isInTable: Bool = false, depth: Int = 0) {
    for inline in inlines {
      switch inline {
      case .text(let text):
        if out.bytes.last == 0x24, let first = text.utf8.first, Self.isWord(first) {
          out.write(" ")
        }
        MarkdownEscaping.write(text, to: &out)
      case .emphasis(let inner):
        if depth < 16 { writeMarked(inner, "*", isInTable: isInTable, depth: depth) }
      case .strong(let inner):
        if depth < 16 { writeMarked(inner, "**", isInTable: isInTable, depth: depth) }
      case .code(let code): MarkdownEscaping.writeCode(code, isInTable: isInTable, to: &out)
      case .formula(let formula): writeInline(LayoutBuilder.layout(formula))
      case .latex(let latex):
        if let layout = AuthorMath.layout(of: latex) {
          writeInline(layout)
        } else {
          MarkdownEscaping.writeCode("$" + latex + "$", isInTable: isInTable, to: &out)
        }
      case .reference(let label): MarkdownEscaping.write(references.text(label), to: &out)
      }
    }
  }

  /// Marks of emphasis hold only beside a word: spaces at the ends stand outside.
  private mutating func writeMarked(
    _ inner: [Inline], _ mark: String, isInTable: Bool, depth: Int
  ) {
    var writer = MarkdownWriter(references: references, words: words)
    writer.write(inner, isInTable: isInTable, depth: depth + 1)
    let text = writer.out.text
    let body = ProseParser.trimmed(text[...])
    if body.isEmpty { return out.write(text) }
    if text.utf8.first == 0x20 { out.write(" ") }
    out.write(mark)
    out.write(String(body))
    out.write(mark)
    if text.utf8.last == 0x20 { out.write(" ") }
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x80...: true
    default: false
    }
  }

  /// GitHub reads a dollar sign as the start of mathematics only where no word touches it.
  private mutating func writeInline(_ layout: Layout) {
    let latex = Self.latex(layout, isInline: true)
    if latex.isEmpty { return }
    if let last = out.bytes.last, Self.isWord(last) || last == 0x2D || last == 0x24 {
      out.write(" ")
    }
    out.write("$")
    out.write(latex)
    out.write("$")
  }

  mutating func writeCode(_ text: String) {
    let fence = String(repeating: "`", count: max(3, MarkdownEscaping.longestRun(of: text) + 1))
    out.write(fence)
    out.endLine()
    for row in text.textLines {
      out.write(DisplayWidth.harmless(String(row)))
      out.endLine()
    }
    out.write(fence)
    out.endLine()
  }
}
