import NablaNotation

extension Document {
  /// The document as one HTML page with MathML, without scripts and without other files.
  ///
  /// A fragment is the content of `body`, to be put into a page with `htmlStyle`.
  public func html(isFragment: Bool = false) -> String {
    let document = styled()
    var writer = HTMLWriter(document)
    if isFragment { writer.nameAnchors(of: document) } else { writer.writeHead(document) }
    writer.write(document)
    if !isFragment { writer.out.write("</body>\n</html>\n") }
    return writer.out.text
  }

  /// The style sheet that a fragment needs in the page it is put into.
  public static var htmlStyle: String { HTMLStyle.sheet + PictureStyle.sheet }
}

extension Document {
  /// Whether a page begins with links to its headings.
  fileprivate var hasContents: Bool { blocks.filter { $0.isHeading }.count >= 2 }
}

/// Sets documents as HTML.
struct HTMLWriter {
  /// The width of the text in em, by which lines are broken; narrower screens scroll formulas.
  static let width = 47.0

  let words: Language
  let references: CrossReferences
  /// The numbers of results that have an anchor already.
  var anchored: Set<Int> = []
  var sections = 0
  var pictures = 0
  private(set) var anchors = HTMLAnchors()
  var out = TextBuffer()

  init(_ document: Document) {
    references = CrossReferences(document)
    words = document.notation.language
  }

  /// Gives a fragment names for its places that no other fragment has.
  mutating func nameAnchors(of document: Document) {
    var words: [String] = []
    for block in document.blocks {
      switch block {
      case .heading(_, let inlines), .lead(let inlines), .paragraph(let inlines):
        words.append(text(inlines))
      default: continue
      }
    }
    anchors = HTMLAnchors(title: text(document.title), words: words)
  }

  mutating func writeHead(_ document: Document) {
    out.write(
      """
      <!DOCTYPE html>
      <html lang="\(words.code)">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <meta name="generator" content="Nabla">
      <meta http-equiv="Content-Security-Policy" content="\(HTMLStyle.policy)">
      <title>
      """)
    HTMLEscaping.write(title(of: document), to: &out)
    out.write("</title>\n<style>\n")
    out.write(Document.htmlStyle)
    out.write("</style>\n</head>\n<body>\n")
  }

  /// The title in one line of text; a page without one takes its first words.
  private func title(of document: Document) -> String {
    if !document.title.isEmpty { return text(document.title) }
    for block in document.blocks {
      switch block {
      case .heading(_, let words), .lead(let words), .paragraph(let words): return text(words)
      default: continue
      }
    }
    return "Nabla"
  }

  mutating func write(_ document: Document) {
    out.write("<div class=\"page\">\n")
    if document.hasContents {
      out.write("<a class=\"skip\" href=\"#\(anchors.text)\">\(words.say("To the text"))</a>\n")
    }
    if !document.title.isEmpty {
      out.write("<header><h1>")
      write(document.title)
      out.write("</h1></header>\n")
    }
    writeContents(document)
    out.write("<main id=\"\(anchors.text)\" tabindex=\"-1\">\n")
    for part in HTMLOutline.parts(document.blocks) { write(part) }
    out.write("</main>\n</div>\n")
  }

  /// Links to the headings, where there are several.
  private mutating func writeContents(_ document: Document) {
    if !document.hasContents { return }
    out.write(
      "<nav aria-label=\"\(words.say("Contents"))\"><h2>\(words.say("Contents"))</h2>\n<ol role=\"list\">\n"
    )
    var number = 0
    for case .heading(let level, let words) in document.blocks {
      number += 1
      out.write(level <= 1 ? "<li>" : "<li class=\"part\">")
      out.write("<a href=\"#\(anchors.section(number))\">")
      write(words, isLinked: true)
      out.write("</a></li>\n")
    }
    out.write("</ol></nav>\n")
  }

  // MARK: Parts

  mutating func write(_ part: HTMLPart) {
    switch part {
    case .block(let block): write(block)
    case .remarks(let remarks): writeRemarks(remarks)
    case .steps(let parts):
      out.write("<details class=\"steps\" open><summary>\(words.say("Steps"))</summary>\n")
      for part in parts { write(part) }
      out.write("</details>\n")
    case .aside(let words, let block):
      out.write("<details class=\"aside\"><summary>")
      write(words)
      writeSubjects(of: block, after: words)
      out.write("</summary>\n")
      write(block)
      out.write("</details>\n")
    }
  }

  /// What the lines of a folded derivation are about, where the words before it do not say so.
  private mutating func writeSubjects(of block: Block, after words: [Inline]) {
    guard case .derivation(let rows) = block else { return }
    for case .formula in words { return }
    let subjects = rows.compactMap { $0.left }
    for (position, subject) in subjects.prefix(4).enumerated() {
      out.write(position == 0 ? " " : ", ")
      writeInline(LayoutBuilder.layout(subject))
    }
    if subjects.count > 4 { out.write(", …") }
  }

  mutating func write(_ block: Block) {
    switch block {
    case .heading(let level, let title):
      sections += 1
      let tag = "h\(min(max(level, 1), 5) + 1)"
      out.write("<\(tag) id=\"\(anchors.section(sections))\">")
      write(title)
      out.write("</\(tag)>\n")
    case .paragraph(let inlines): writeParagraph(inlines, tag: "p")
    case .lead(let inlines): writeParagraph(inlines, tag: "p", className: "lead")
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
    case .note, .check: writeRemarks([block])
    case .list(let ordered, let items):
      if items.isEmpty { return }
      out.write(ordered ? "<ol>\n" : "<ul>\n")
      for item in items { writeParagraph(item, tag: "li") }
      out.write(ordered ? "</ol>\n" : "</ul>\n")
    case .code(let text): writeCode(text)
    case .pathDiagram(let names): writePath(names)
    case .graph(let graph): writeGraph(graph)
    case .plot(let plot): writePlot(plot)
    case .marking(let lines): writeMarking(lines)
    }
  }

  mutating func writeParagraph(_ inlines: [Inline], tag: String, className: String = "") {
    out.write(className.isEmpty ? "<\(tag)>" : "<\(tag) class=\"\(className)\">")
    write(inlines)
    out.write("</\(tag)>\n")
  }

  private mutating func writeRemarks(_ remarks: [Block]) {
    out.write("<ul class=\"remarks\" role=\"list\">\n")
    for remark in remarks {
      switch remark {
      case .check(let status, let inlines):
        out.write("<li class=\"\(Self.name(status))\">")
        writeMark(status)
        out.write("<span>")
        write(inlines)
        out.write("</span></li>\n")
      case .note(let inlines): writeParagraph(inlines, tag: "li", className: "note")
      default: break
      }
    }
    out.write("</ul>\n")
  }

  static func name(_ status: CheckStatus) -> String {
    switch status {
    case .passed: "passed"
    case .failed: "failed"
    case .undecided: "undecided"
    }
  }

  /// The sign of a verdict for the eye, and its word for the ear.
  mutating func writeMark(_ status: CheckStatus) {
    let sign =
      switch status {
      case .passed: "✓"
      case .failed: "✗"
      case .undecided: "?"
      }
    out.write("<span class=\"mark\" aria-hidden=\"true\">\(sign)</span>")
    out.write("<span class=\"unseen\">\(words.say(Self.name(status))): </span>")
  }
}
