import NablaNotation

extension Document {
  /// The document as Unicode text for a terminal of `width` columns.
  ///
  /// No line is wider than `width`, except where a single symbol is. Colour is never needed to understand it.
  public func terminal(width: Int = 80, usesColour: Bool = false) -> String {
    let document = styled()
    var writer = TerminalWriter(document, width: width, usesColour: usesColour)
    writer.write(document)
    return writer.out.text
  }
}

/// Sets documents as Unicode text.
struct TerminalWriter {
  enum Paint: String {
    case bold = "\u{1B}[1m"
    case dim = "\u{1B}[2m"
    case good = "\u{1B}[32m"
    case bad = "\u{1B}[31m"
  }

  private static let widestText = 100
  private static let widestFormula = 160

  /// The columns that formulas may take.
  let width: Int
  /// The columns of prose and reasons, which keep to a readable measure on wide terminals.
  let measure: Int
  let usesColour: Bool
  let words: Language
  let references: CrossReferences
  var out = TextBuffer()

  init(_ document: Document, width: Int, usesColour: Bool) {
    self.width = min(max(width, 20), Self.widestFormula)
    measure = min(self.width, Self.widestText)
    self.usesColour = usesColour
    references = CrossReferences(document)
    words = document.notation.language
  }

  mutating func write(_ document: Document) {
    if !document.title.isEmpty {
      var widest = 0
      for line in wrapped(document.title, width: measure) {
        self.line(paint(line, .bold))
        widest = max(widest, DisplayWidth.of(line))
      }
      line(String(repeating: "─", count: widest))
    }
    var previous: Block?
    for block in document.blocks {
      if !Self.standTogether(previous, block) { out.separate() }
      write(block)
      previous = block
    }
    while out.bytes.last == 10 { out.bytes.removeLast() }
    out.endLine()
  }

  /// Blocks without an empty line between them: what a heading decides itself, and quiet lines.
  private static func standTogether(_ previous: Block?, _ block: Block) -> Bool {
    guard let previous else { return false }
    if case .heading = previous { return true }
    return previous.isRemark && block.isRemark
  }

  mutating func write(_ block: Block) {
    switch block {
    case .heading(let level, let title):
      for line in wrapped(title, width: measure) { self.line(paint(line, .bold)) }
      if level <= 1 { out.endLine() }
    case .paragraph(let inlines): writeWrapped(inlines)
    case .lead(let inlines): writeWrapped(inlines, paint: .bold)
    case .display(let formula): writeDisplay(LayoutBuilder.layout(formula))
    case .displayLatex(let latex):
      if let layout = AuthorMath.layout(of: latex) {
        writeDisplay(layout)
      } else {
        writeCode(latex)
      }
    case .derivation(let rows): writeDerivation(rows)
    case .forwardTable(let rows): writeForward(rows)
    case .values(let values): writeValues(values)
    case .table(let table): writeTable(table)
    case .result(let formula, let also, let label): writeResult(formula, also, label)
    case .note(let inlines): writeWrapped(inlines, indent: 2, paint: .dim)
    case .check(let status, let inlines):
      let mark = Self.mark(status)
      writeWrapped(
        inlines, first: "  " + painted(mark, status) + " ", firstWidth: 4, indent: 4)
    case .list(let ordered, let items):
      for (position, item) in items.enumerated() {
        let mark = ordered ? "  \(position + 1). " : "  • "
        writeWrapped(
          item, first: mark, firstWidth: DisplayWidth.of(mark), indent: DisplayWidth.of(mark))
      }
    case .code(let text): writeCode(text)
    case .pathDiagram(let names): writePath(names)
    case .graph(let graph): writeGraph(graph)
    case .plot(let plot): writePlot(plot)
    case .marking(let lines): writeMarking(lines)
    }
  }

  static func mark(_ status: CheckStatus) -> String {
    switch status {
    case .passed: "✓"
    case .failed: "✗"
    case .undecided: "?"
    }
  }

  func painted(_ mark: String, _ status: CheckStatus) -> String {
    switch status {
    case .passed: paint(mark, .good)
    case .failed: paint(mark, .bad)
    case .undecided: paint(mark, .bold)
    }
  }

  func paint(_ text: String, _ paint: Paint) -> String {
    usesColour && !text.isEmpty ? paint.rawValue + text + "\u{1B}[0m" : text
  }

  mutating func line(_ text: String) {
    out.write(TextLine.trimmed(text))
    out.endLine()
  }
}
