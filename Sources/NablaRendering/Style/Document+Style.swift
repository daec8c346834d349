public import NablaNotation

extension Document {
  /// The document with its formulas in the notation of each block.
  func styled() -> Document {
    if notation.isDefault, notationChanges.isEmpty { return self }
    var result = self
    var next = 0
    var pass = StylePass(notation)
    result.title = pass.restyle(title)
    for place in blocks.indices {
      while next < notationChanges.count, notationChanges[next].block <= place {
        pass = StylePass(notationChanges[next].style)
        next += 1
      }
      if pass.style.isDefault { continue }
      result.blocks[place] = pass.restyle(blocks[place])
    }
    return result
  }

  /// Whether any part has bold vectors or matrices.
  var usesBoldVectors: Bool {
    notation.vectors == .bold || notationChanges.contains { $0.style.vectors == .bold }
  }

  /// Adds the blocks of another document in their own notation.
  package mutating func append(_ other: Document) {
    let isFirst = blocks.isEmpty
    change(notation: other.notation)
    if isFirst { notation = other.notation }
    for change in other.notationChanges {
      notationChanges.append(
        NotationChange(block: blocks.count + change.block, style: change.style))
    }
    blocks += other.blocks
  }

  /// The notation of the blocks that are added from now on.
  package mutating func change(notation style: NotationStyle) {
    if blocks.isEmpty {
      notation = style
    } else if (notationChanges.last?.style ?? notation) != style {
      notationChanges.append(NotationChange(block: blocks.count, style: style))
    }
  }
}

/// A notation and the first block that is written in it.
public struct NotationChange: Hashable, Sendable {
  public var block: Int
  public var style: NotationStyle

  public init(block: Int, style: NotationStyle) {
    self.block = block
    self.style = style
  }
}

extension StylePass {
  mutating func restyle(_ block: Block) -> Block {
    switch block {
    case .heading(let level, let words): return .heading(level: level, restyle(words))
    case .paragraph(let inlines): return .paragraph(restyle(inlines))
    case .lead(let inlines): return .lead(restyle(inlines))
    case .display(let formula): return .display(restyle(formula))
    case .displayLatex, .code: return block
    case .derivation(let rows): return .derivation(restyle(rows))
    case .forwardTable(let rows):
      var shown = rows
      for place in shown.indices {
        shown[place].symbol = restyle(rows[place].symbol)
        shown[place].expression = restyle(rows[place].expression)
        shown[place].numbers = rows[place].numbers.map { restyle($0) }
        shown[place].value = rows[place].value.map { restyle($0) }
      }
      return .forwardTable(shown)
    case .values(let values): return .values(values.map { restyle($0) })
    case .table(let table):
      var rows: [[[Inline]]] = []
      for row in table.rows { rows.append(row.map { restyle($0) }) }
      return .table(Table(header: table.header.map { restyle($0) }, rows: rows))
    case .result(let formula, let also, let label):
      return .result(restyle(formula), also: also.map { restyle($0) }, label: label)
    case .note(let inlines): return .note(restyle(inlines))
    case .check(let status, let inlines): return .check(status, restyle(inlines))
    case .list(let ordered, let items):
      return .list(ordered: ordered, items.map { restyle($0) })
    case .pathDiagram(let names): return .pathDiagram(names.map { restyle($0) })
    case .graph(let graph):
      var shown = graph
      for place in shown.nodes.indices {
        shown.nodes[place].name = restyle(graph.nodes[place].name)
        shown.nodes[place].value = graph.nodes[place].value.map { restyle($0) }
        shown.nodes[place].adjoint = graph.nodes[place].adjoint.map { restyle($0) }
      }
      for place in shown.edges.indices {
        shown.edges[place].derivative = graph.edges[place].derivative.map { restyle($0) }
        shown.edges[place].number = graph.edges[place].number.map { restyle($0) }
      }
      shown.subject = graph.subject.map { restyle($0) }
      return .graph(shown)
    case .plot(let plot):
      var shown = plot
      shown.horizontal = restyle(plot.horizontal)
      for place in shown.curves.indices {
        shown.curves[place].name = restyle(plot.curves[place].name)
      }
      shown.vertical = plot.vertical.map { restyle($0) }
      return .plot(shown)
    case .marking(let lines):
      var shown = lines
      for place in shown.indices {
        shown[place].equation = lines[place].equation.map { restyle([$0])[0] }
        shown[place].content = restyle(lines[place].content)
        shown[place].comments = lines[place].comments.map { restyle($0) }
      }
      return .marking(shown)
    }
  }

  mutating func restyle(_ inlines: [Inline], depth: Int = 0) -> [Inline] {
    // Deeper emphasis is not shown.
    if depth > 16 { return inlines }
    var result: [Inline] = []
    result.reserveCapacity(inlines.count)
    for inline in inlines {
      switch inline {
      case .formula(let formula): result.append(.formula(restyle(formula)))
      case .emphasis(let inner): result.append(.emphasis(restyle(inner, depth: depth + 1)))
      case .strong(let inner): result.append(.strong(restyle(inner, depth: depth + 1)))
      case .text, .code, .latex, .reference: result.append(inline)
      }
    }
    return result
  }

  private mutating func restyle(_ rows: [DerivationRow], depth: Int = 0) -> [DerivationRow] {
    var shown = rows
    for place in shown.indices {
      shown[place].left = rows[place].left.map { restyle($0) }
      shown[place].right = restyle(rows[place].right)
      shown[place].reason = restyle(rows[place].reason)
      if depth < 4 { shown[place].details = restyle(rows[place].details, depth: depth + 1) }
    }
    return shown
  }
}
