import NablaTestSupport
import Testing

@testable import NablaRendering

/// A graph without circles, with sizes for boxes and labels.
private struct RandomGraph {
  var nodes: [GraphDrawing.Size] = []
  var edges: [(from: Int, to: Int)] = []
  var labels: [GraphDrawing.Size?] = []

  init(seed: UInt64) {
    var numbers = SeededNumbers(seed: seed)
    let count = Int.random(in: 1...60, using: &numbers)
    for node in 0..<count {
      nodes.append(
        .init(
          width: .random(in: 1.5...5, using: &numbers),
          height: .random(in: 1.5...4, using: &numbers)))
      if node == 0 { continue }
      for _ in 0..<Int.random(in: 0...3, using: &numbers) {
        edges.append((.random(in: max(0, node - 9)..<node, using: &numbers), node))
        let isLabelled = Bool.random(using: &numbers)
        labels.append(
          isLabelled ? .init(width: .random(in: 0.5...6, using: &numbers), height: 1.4) : nil)
      }
    }
  }

  func drawing(_ direction: GraphDrawing.Direction) throws -> GraphDrawing {
    try #require(
      GraphDrawing(nodes: nodes, edges: edges, labels: labels, direction: direction))
  }
}

private let directions: [GraphDrawing.Direction] = [.rightward, .downward]

@Suite struct GraphLayoutTests {
  @Test(arguments: 1...40, directions)
  fileprivate func `no box or label overlaps another`(
    seed: Int, direction: GraphDrawing.Direction
  ) throws {
    let drawing = try RandomGraph(seed: UInt64(seed)).drawing(direction)
    let boxes = drawing.boxes + drawing.arrows.compactMap { $0.label }
    for (place, one) in boxes.enumerated() {
      for other in boxes[(place + 1)...] { #expect(!one.overlaps(other), "\(one) \(other)") }
    }
  }

  @Test(arguments: 1...40, directions)
  fileprivate func `no arrow passes through a box or label`(
    seed: Int, direction: GraphDrawing.Direction
  ) throws {
    let drawing = try RandomGraph(seed: UInt64(seed)).drawing(direction)
    let boxes = drawing.boxes + drawing.arrows.compactMap { $0.label }
    for arrow in drawing.arrows {
      for point in arrow.samples {
        for box in boxes { #expect(!box.contains(point), "\(point) in \(box)") }
      }
    }
  }

  @Test(arguments: 1...40, directions)
  fileprivate func `every arrow leads forward from its source to its target`(
    seed: Int, direction: GraphDrawing.Direction
  ) throws {
    let graph = RandomGraph(seed: UInt64(seed))
    let drawing = try graph.drawing(direction)
    func along(_ point: GraphDrawing.Point) -> Double {
      direction == .rightward ? point.x : point.y
    }
    for arrow in drawing.arrows {
      let samples = arrow.samples
      for (one, next) in zip(samples, samples.dropFirst()) {
        #expect(along(next) >= along(one) - 1e-9)
      }
      let (from, to) = graph.edges[arrow.edge]
      let (first, last) = (try #require(samples.first), try #require(samples.last))
      #expect(drawing.boxes[from].touches(first))
      #expect(drawing.boxes[to].touches(last))
    }
    var joined: Set<[Int]> = []
    for edge in graph.edges { joined.insert([edge.from, edge.to]) }
    #expect(drawing.arrows.count == joined.count)
  }

  @Test(arguments: 1...10)
  func `a graph is drawn the same each time`(seed: Int) throws {
    let one = try RandomGraph(seed: UInt64(seed)).drawing(.rightward)
    let two = try RandomGraph(seed: UInt64(seed)).drawing(.rightward)
    #expect(one.boxes == two.boxes)
    #expect(one.arrows.map { $0.segments } == two.arrows.map { $0.segments })
  }

  @Test(arguments: 1...20)
  func `the parts of a drawing hold every box once and keep the width`(seed: Int) throws {
    let drawing = try RandomGraph(seed: UInt64(seed)).drawing(.rightward)
    let bands = try #require(drawing.bands(width: 40, entryWidth: 2))
    #expect(bands.flatMap { $0.boxes.map { $0.node } }.sorted() == Array(drawing.boxes.indices))
    for band in bands {
      #expect(band.width <= 40)
      for (_, box) in band.boxes {
        #expect(box.centre.y - box.height / 2 >= -1e-9)
        #expect(box.centre.y + box.height / 2 <= band.height + 1e-9)
      }
    }
    let tips = bands.reduce(0) { $0 + $1.arrows.filter { $0.hasTip }.count }
    #expect(tips == drawing.arrows.count)
  }

  @Test(arguments: 1...20)
  func `the parts of a drawing name what comes in and overlap nowhere`(seed: Int) throws {
    let drawing = try RandomGraph(seed: UInt64(seed)).drawing(.rightward)
    let bands = try #require(drawing.bands(width: 40, entryWidth: 2))
    for band in bands {
      let boxes = band.boxes.map { $0.box } + band.arrows.compactMap { $0.label }
      for (place, box) in boxes.enumerated() {
        for other in boxes[(place + 1)...] { #expect(!box.overlaps(other)) }
      }
      let incoming = band.arrows.filter { arrow in
        if case .move(let start)? = arrow.segments.first { start.x < 2 + 1e-9 } else { false }
      }
      let isFirst = band.entries.isEmpty
      if !isFirst { #expect(band.entries.count == incoming.count) }
      for entry in band.entries { #expect(abs(entry.place.x - 2) < 1e-9) }
    }
    #expect(bands.count == 1 || bands.dropFirst().allSatisfy { !$0.entries.isEmpty })
  }

  /// A chain of nodes, all of which depend on the first one as well.
  private static func chain(_ count: Int) -> ComputationGraph {
    var graph = ComputationGraph(nodes: [.init(.name("w"), .parameter)])
    for node in 1...count {
      graph.nodes.append(.init(.name("h_\(node)"), .intermediate))
      graph.edges.append(.init(0, node))
      if node > 1 { graph.edges.append(.init(node - 1, node)) }
    }
    return graph
  }

  @Test(arguments: [2, 5, 40])
  func `what enters in several layers gets a box in each`(count: Int) throws {
    let graph = try #require(Self.chain(count).repeatingSources)
    #expect(graph.nodes.count == 2 * count)
    #expect(graph.nodes.filter { $0.name == .name("w") }.count == count)
    #expect(graph.edges.count == 2 * count - 1)
    #expect(
      Set(graph.edges.filter { graph.nodes[$0.from].name == .name("w") }.map { $0.from }).count
        == count)
    #expect(graph.edges.map { $0.to } == Self.chain(count).edges.map { $0.to })
  }

  @Test func `what enters in one layer keeps its box`() {
    #expect(Self.chain(1).repeatingSources == nil)
    let edges = [ComputationGraph.Edge(0, 1), .init(0, 2), .init(1, 3), .init(2, 3)]
    let nodes = (0...3).map { ComputationGraph.Node(.name("q_\($0)"), .intermediate) }
    #expect(ComputationGraph(nodes: nodes, edges: edges).repeatingSources == nil)
  }

  /// Layers of so many nodes, each of which enters into all of the next layer.
  private static func connected(_ layers: Int, of size: Int) -> ComputationGraph {
    var graph = ComputationGraph()
    for layer in 0..<layers {
      for node in 0..<size {
        graph.nodes.append(.init(.name("h\(layer)_\(node)"), .intermediate))
        if layer == 0 { continue }
        for before in 0..<size {
          graph.edges.append(
            .init(
              (layer - 1) * size + before, layer * size + node,
              derivative: .derivative(.name("h"), by: .name("x"))))
        }
      }
    }
    return graph
  }

  @Test(arguments: [(6, 10), (4, 8)])
  func `a network that is fully connected is one picture`(layers: Int, size: Int) {
    let graph = Self.connected(layers, of: size)
    #expect(graph.isDense)
    let document = Document(blocks: [.graph(graph)])
    #expect(document.html().split(separator: "<svg").count == 2)
    #expect(document.latex().split(separator: "\\begin{tikzpicture}").count == 2)
    let legend = graph.withoutLabels.legend(markingAdjoints: "after ∂", in: .english)
    #expect(legend.isEmpty)
  }

  @Test func `a deep chain is drawn in parts that begin with names`() throws {
    let (graph, parts) = try #require(GraphText.parts(Self.chain(40), width: 78, height: 60))
    #expect(graph.isRepeating)
    #expect(parts.count > 1)
    for part in parts.dropFirst() {
      #expect(part.contains { $0.hasPrefix("h") || $0.hasPrefix(" h") })
      for line in part { #expect(DisplayWidth.of(line) <= 78) }
    }
  }

  @Test func `arrows that close a circle are left out`() throws {
    let drawing = try #require(
      GraphDrawing(
        nodes: [.init(width: 1, height: 1), .init(width: 1, height: 1)],
        edges: [(0, 1), (1, 0), (1, 1), (0, 1), (0, 9)],
        labels: [nil, nil, nil, nil, nil], direction: .rightward))
    #expect(drawing.arrows.map { $0.edge } == [0])
  }

  @Test func `a graph that would need too many places is not laid out`() {
    let count = 200
    let edges = (0..<count).flatMap { from in ((from + 1)..<count).map { (from, $0) } }
    #expect(LayeredGraph(nodeCount: count, edges: edges) == nil)
    #expect(LayeredGraph(nodeCount: 100_000, edges: []) == nil)
  }

  @Test(
    arguments: [
      ([(0, 3), (1, 2)], 4, 0), ([(0, 2), (0, 3), (1, 2), (1, 3)], 4, 1),
    ] as [([(Int, Int)], Int, Int)])
  func `arrows cross no more often than they must`(
    edges: [(Int, Int)], count: Int, crossings: Int
  ) throws {
    var graph = try #require(LayeredGraph(nodeCount: count, edges: edges.map { ($0.0, $0.1) }))
    graph.orderLayers()
    #expect(graph.crossings() == crossings)
  }

  @Test(arguments: [
    [(0, 4), (1, 4), (2, 4), (3, 4)], [(3, 4), (2, 4), (1, 4), (0, 4)],
    [(0, 3), (0, 2), (0, 1), (1, 4), (2, 4), (3, 4)],
  ])
  func `where it makes no difference nodes keep their order`(edges: [(Int, Int)]) throws {
    var graph = try #require(LayeredGraph(nodeCount: 5, edges: edges.map { ($0.0, $0.1) }))
    graph.orderLayers()
    for layer in graph.layers {
      let nodes = layer.compactMap { slot in
        if case .node(let node) = graph.slots[slot].content { node } else { nil }
      }
      #expect(nodes == nodes.sorted())
    }
  }
}

@Suite struct GraphTextTests {
  @Test(arguments: 1...40)
  func `a graph in characters keeps the width and shows every quantity`(seed: Int) throws {
    var numbers = SeededNumbers(seed: UInt64(seed))
    var graph = ComputationGraph()
    for node in 0..<Int.random(in: 2...16, using: &numbers) {
      graph.nodes.append(.init(.name("q_\(node)"), .intermediate))
      if node == 0 { continue }
      graph.edges.append(
        .init(.random(in: 0..<node, using: &numbers), node, derivative: .number("\(node)")))
    }
    guard let (_, parts) = GraphText.parts(graph, width: 78, height: 60) else { return }
    let text = parts.joined().joined(separator: "\n")
    for line in text.split(separator: "\n") { #expect(DisplayWidth.of(line) <= 78) }
    for node in graph.nodes { #expect(text.contains(" " + node.name.compactText + " ")) }
  }

  @Test func `lines that cross are told from lines that meet`() {
    var canvas = LineCanvas(width: 5, height: 3)
    canvas.drawRow(1, from: 0, to: 4)
    canvas.drawColumn(2, from: 0, to: 2)
    canvas.drawColumn(4, from: 1, to: 2)
    #expect(canvas.rows == ["  │", "──┼─┐", "  │ │"])
  }
}

extension GraphDrawing.Box {
  fileprivate func overlaps(_ other: Self) -> Bool {
    abs(centre.x - other.centre.x) < (width + other.width) / 2 - 1e-9
      && abs(centre.y - other.centre.y) < (height + other.height) / 2 - 1e-9
  }

  fileprivate func contains(_ point: GraphDrawing.Point) -> Bool {
    abs(point.x - centre.x) < width / 2 - 1e-6 && abs(point.y - centre.y) < height / 2 - 1e-6
  }

  fileprivate func touches(_ point: GraphDrawing.Point) -> Bool {
    abs(point.x - centre.x) < width / 2 + 1e-6 && abs(point.y - centre.y) < height / 2 + 1e-6
  }
}

extension GraphDrawing.Arrow {
  /// Points along the lines and curves, in their order.
  fileprivate var samples: [GraphDrawing.Point] {
    var points: [GraphDrawing.Point] = []
    for segment in segments {
      switch segment {
      case .move(let point): points.append(point)
      case .line(let point):
        guard let last = points.last else { continue }
        for step in 1...8 {
          let part = Double(step) / 8
          points.append(
            .init(x: last.x + part * (point.x - last.x), y: last.y + part * (point.y - last.y)))
        }
      case .curve(let one, let two, let end):
        guard let last = points.last else { continue }
        for step in 1...8 {
          let (t, s) = (Double(step) / 8, 1 - Double(step) / 8)
          let weights = (s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t)
          points.append(
            .init(
              x: weights.0 * last.x + weights.1 * one.x + weights.2 * two.x + weights.3 * end.x,
              y: weights.0 * last.y + weights.1 * one.y + weights.2 * two.y + weights.3 * end.y))
        }
      }
    }
    return points
  }
}
