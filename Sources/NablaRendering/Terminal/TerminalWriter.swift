extension Document {
  /// The document as Unicode text for a terminal of `width` columns.
  ///
  /// No line is wider than `width`, except where a single symbol is. Colour is never needed to understand it.
  public func terminal(width: Int = 80, usesColour: Bool = false) -> String {
    var writer = TerminalWriter(self, width: width, usesColour: usesColour)
    writer.write(self)
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

  /// Prose and reasons keep to a readable measure on wide terminals.
  private static let widestText = 100

  let width: Int
  let usesColour: Bool
  let references: CrossReferences
  var out = TextBuffer()

  init(_ document: Document, width: Int, usesColour: Bool) {
    self.width = min(max(width, 20), Self.widestText)
    self.usesColour = usesColour
    references = CrossReferences(document)
  }

  mutating func write(_ document: Document) {
    if !document.title.isEmpty {
      var widest = 0
      for line in wrapped(document.title, width: width) {
        self.line(paint(line, .bold))
        widest = max(widest, DisplayWidth.of(line))
      }
      line(String(repeating: "─", count: widest))
    }
    var wasHeading = false
    for block in document.blocks {
      if !wasHeading { out.separate() }
      write(block)
      if case .heading = block { wasHeading = true } else { wasHeading = false }
    }
    while out.bytes.last == 10 { out.bytes.removeLast() }
    out.endLine()
  }

  mutating func write(_ block: Block) {
    switch block {
    case .heading(let level, let title):
      for line in wrapped(title, width: width) { self.line(paint(line, .bold)) }
      if level <= 1 { out.endLine() }
    case .paragraph(let inlines): writeWrapped(inlines)
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
