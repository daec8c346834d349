/// The texts of a graph, measured in em.
struct GraphTexts {
  struct Line {
    let layout: Layout
    let isAdjoint: Bool
  }

  static let lineHeight = 1.25
  static let margin = 0.22

  private(set) var lines: [[Line]] = []
  private(set) var labels: [Layout?] = []
  private let edges: [(from: Int, to: Int)]
  private let measure: (Layout) -> Double

  init(
    _ graph: ComputationGraph, _ labelling: ComputationGraph.Labelling,
    measure: @escaping (Layout) -> Double = { LaTeXMetrics.width($0, isInline: true) }
  ) {
    self.measure = measure
    for node in graph.nodes {
      var lines = [Line(layout: LayoutBuilder.layout(node.name), isAdjoint: false)]
      if let value = node.value {
        lines.append(Line(layout: LayoutBuilder.layout(value), isAdjoint: false))
      }
      if let adjoint = node.adjoint {
        lines.append(Line(layout: LayoutBuilder.layout(adjoint), isAdjoint: true))
      }
      self.lines.append(lines)
    }
    edges = graph.edges.map { ($0.from, $0.to) }
    for edge in graph.edges {
      labels.append(graph.label(of: edge, labelling).map { LayoutBuilder.layout($0) })
    }
  }

  /// The room that the names of quantities need beside lines that go on.
  var entryWidth: Double {
    0.3
      + lines.reduce(0) { widest, lines in max(widest, lines.first.map { measure($0.layout) } ?? 0)
      }
  }

  /// Whether many arrows carry nothing, so that they may run close to one another.
  private var isBare: Bool { edges.count > 2 * lines.count && labels.allSatisfy { $0 == nil } }

  func drawing(_ direction: GraphDrawing.Direction, isTight: Bool = false) -> GraphDrawing? {
    var sizes: [GraphDrawing.Size] = []
    for lines in lines {
      let widest = lines.reduce(0) { max($0, measure($1.layout)) }
      sizes.append(
        .init(
          width: max(1.7, widest + 0.8),
          height: Double(lines.count) * Self.lineHeight + 2 * Self.margin))
    }
    let labelSizes = labels.map { layout in
      layout.map { GraphDrawing.Size(width: measure($0) + 0.4, height: 1.45) }
    }
    return GraphDrawing(
      nodes: sizes, edges: edges, labels: labelSizes, direction: direction,
      spacing: isTight
        ? .init(nodes: 0.45, edges: 0.3, layers: 0.25, tips: 0.5)
        : isBare ? .init(edges: 0.15, layers: 0.7, isAligned: false) : .init())
  }
}

/// Numbers of pictures with two decimals.
enum PictureNumber {
  static func text(_ number: Double) -> String {
    guard number.isFinite, abs(number) < 1e7 else { return "0" }
    let hundredths = Int((number * 100).rounded())
    let magnitude = abs(hundredths)
    var text = (hundredths < 0 ? "-" : "") + String(magnitude / 100)
    let rest = magnitude % 100
    if rest > 0 {
      text += rest < 10 ? ".0" : "."
      text += rest % 10 == 0 ? String(rest / 10) : String(rest)
    }
    return text
  }
}
