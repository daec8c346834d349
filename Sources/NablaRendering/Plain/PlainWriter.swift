extension Document {
  /// The document as linear text with formulas in Nabla's own notation.
  public func plain() -> String {
    var writer = PlainWriter(references: CrossReferences(self))
    writer.write(self)
    return writer.out.text
  }
}

/// Sets documents as plain text, one statement a line.
struct PlainWriter {
  let references: CrossReferences
  var out = TextBuffer()

  mutating func write(_ document: Document) {
    if !document.title.isEmpty {
      out.write("# ")
      write(document.title)
      out.endLine()
    }
    var previous: Block?
    for block in document.blocks {
      if let previous, previous.isRemark, block.isRemark {} else { out.separate() }
      previous = block
      write(block)
    }
    out.separate()
    if !out.bytes.isEmpty { out.bytes.removeLast() }
  }

  mutating func write(_ inlines: [Inline], depth: Int = 0) {
    for inline in inlines {
      switch inline {
      case .text(let text), .code(let text): out.write(DisplayWidth.harmless(text))
      case .emphasis(let inner), .strong(let inner):
        if depth < 16 { write(inner, depth: depth + 1) }
      case .formula(let formula): out.write(formula.plain)
      case .latex(let latex):
        out.write("$")
        out.write(DisplayWidth.harmless(latex))
        out.write("$")
      case .reference(let label): out.write(references.text(label))
      }
    }
  }

  mutating func line(_ prefix: String, _ inlines: [Inline]) {
    out.write(prefix)
    write(inlines)
    out.endLine()
  }

  private mutating func write(_ block: Block) {
    switch block {
    case .heading(let level, let title):
      line(String(repeating: "#", count: min(max(level, 1), 5) + 1) + " ", title)
    case .paragraph(let inlines), .lead(let inlines), .note(let inlines): line("", inlines)
    case .display(let formula):
      out.write(formula.plain)
      out.endLine()
    case .displayLatex(let latex): line("", [.latex(latex)])
    case .derivation(let rows): writeDerivation(rows)
    case .forwardTable(let rows):
      for row in rows {
        var links = [Formula.RelationLink(.equal, row.expression)]
        for number in row.numbers { links.append(.init(row.numbersRelation, number)) }
        if let value = row.value { links.append(.init(row.valueRelation, value)) }
        line("", [.formula(.relation(row.symbol, links))])
      }
    case .values(let values):
      for value in values { line("", [.formula(value)]) }
    case .table(let table):
      for row in [table.header] + table.rows where !row.isEmpty {
        for (column, cell) in row.enumerated() {
          if column > 0 { out.write("\t") }
          write(cell)
        }
        out.endLine()
      }
    case .result(let formula, let also, let label):
      let number = label.map { "  " + references.text($0) } ?? ""
      line("Result: ", [.formula(formula), .text(number)])
      if let also { line("That is, ", [.formula(also)]) }
    case .check(let status, let inlines):
      switch status {
      case .passed: line("passed: ", inlines)
      case .failed: line("failed: ", inlines)
      case .undecided: line("undecided: ", inlines)
      }
    case .list(let ordered, let items):
      for (position, item) in items.enumerated() {
        line(ordered ? "\(position + 1). " : "- ", item)
      }
    case .code(let text):
      for row in text.textLines {
        out.write("    ")
        out.write(DisplayWidth.harmless(String(row)))
        out.endLine()
      }
    case .pathDiagram(let names):
      out.write("path ")
      for (position, name) in names.enumerated() {
        if position > 0 { out.write(" -> ") }
        out.write(name.plain)
      }
      out.endLine()
    case .graph(let graph): writeGraph(graph)
    case .plot(let plot): writePlot(plot)
    case .marking(let lines): writeMarking(lines)
    }
  }

  private mutating func writeDerivation(_ rows: [DerivationRow]) {
    for row in rows {
      if let left = row.left {
        out.write(left.plain)
        out.write(" ")
      } else {
        out.write("  ")
      }
      out.write(row.relation.plain)
      out.write(" ")
      out.write(row.right.plain)
      if !row.reason.isEmpty {
        out.write("    # ")
        write(row.reason)
      }
      out.endLine()
      for detail in row.details {
        out.write("      ")
        if let left = detail.left { out.write(left.plain) }
        out.write(" ")
        out.write(detail.relation.plain)
        out.write(" ")
        out.write(detail.right.plain)
        if !detail.reason.isEmpty {
          out.write("    # ")
          write(detail.reason)
        }
        out.endLine()
      }
    }
  }
}
