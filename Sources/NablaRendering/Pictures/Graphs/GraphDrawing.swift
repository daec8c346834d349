/// A laid-out graph in units of one medium: boxes, labels, and arrows as lines and curves.
struct GraphDrawing {
  enum Direction: Hashable { case rightward, downward }

  struct Point: Hashable {
    var x: Double
    var y: Double
  }

  /// A rectangle by its centre.
  struct Box: Hashable {
    var centre: Point
    var width: Double
    var height: Double
  }

  enum Segment: Hashable {
    case move(Point)
    case line(Point)
    case curve(Point, Point, Point)
  }

  /// An arrow; its line is interrupted where the label stands.
  struct Arrow {
    let edge: Int
    /// The node it comes from.
    let source: Int
    var segments: [Segment] = []
    var label: Box?
    /// Whether the head of the arrow is here.
    var hasTip = true
  }

  struct Size {
    var width: Double
    var height: Double
  }

  /// Distances in the unit of the sizes.
  struct Spacing {
    var nodes = 0.7
    var edges = 0.45
    /// Between layers, without bends.
    var layers = 0.5
    /// The straight end of an arrow before its box.
    var tips = 0.6
    var isAligned = true
  }

  private(set) var boxes: [Box] = []
  private(set) var arrows: [Arrow] = []
  private(set) var width = 0.0
  private(set) var height = 0.0
  /// The places along the flow at which all arrows run along it.
  private(set) var cuts: [Double] = []

  /// Nil where the graph is too large; sizes are those of the nodes, and of the labels of edges.
  init?(
    nodes: [Size], edges: [(from: Int, to: Int)], labels: [Size?], direction: Direction,
    spacing: Spacing = Spacing()
  ) {
    guard var graph = LayeredGraph(nodeCount: nodes.count, edges: edges) else { return nil }
    for slot in graph.slots.indices {
      var size = Size(width: 0, height: 0)
      switch graph.slots[slot].content {
      case .node(let node): size = nodes[node]
      case .edge(let edge):
        if graph.labelSlots[edge] == slot, let label = labels[edge] { size = label }
      }
      let across = direction == .rightward ? size.height : size.width
      graph.slots[slot].low = across / 2
      graph.slots[slot].high = across / 2
      graph.slots[slot].depth = direction == .rightward ? size.width : size.height
    }
    graph.orderLayers()
    graph.placeSlots(
      .init(nodes: spacing.nodes, edges: spacing.edges, isAligned: spacing.isAligned))
    let (starts, ends) = Self.layerBounds(graph, spacing)
    for layer in ends.indices where layer % 2 == 1 { cuts.append(ends[layer]) }
    let length = ends.last ?? 0
    let breadth = graph.breadth
    width = direction == .rightward ? length : breadth
    height = direction == .rightward ? breadth : length

    func point(_ along: Double, _ across: Double) -> Point {
      direction == .rightward ? Point(x: along, y: across) : Point(x: across, y: along)
    }
    for node in nodes.indices {
      let slot = graph.slots[graph.nodeSlots[node]]
      let along = (starts[slot.layer] + ends[slot.layer]) / 2
      boxes.append(
        Box(
          centre: point(along, slot.position), width: nodes[node].width, height: nodes[node].height)
      )
    }
    for (edge, route) in graph.routes.enumerated() where !route.isEmpty {
      var arrow = Arrow(edge: edge, source: edges[edge].from)
      if !spacing.isAligned, route.count == 3 {
        // From one layer to the next there is nothing in the way of a straight line.
        let (first, last) = (graph.slots[route[0]], graph.slots[route[2]])
        let from = (starts[first.layer] + ends[first.layer] + first.depth) / 2
        let to = (starts[last.layer] + ends[last.layer] - last.depth) / 2
        arrow.segments = [
          .move(point(from, first.position)), .line(point(ends[first.layer], first.position)),
          .line(point(starts[last.layer] - spacing.tips, last.position)),
          .line(point(to, last.position)),
        ]
        arrows.append(arrow)
        continue
      }
      for (place, id) in route.enumerated() {
        let slot = graph.slots[id]
        let end = ends[slot.layer]
        let middle = (starts[slot.layer] + end) / 2
        let across = slot.position
        if place == 0 {
          arrow.segments.append(.move(point(middle + slot.depth / 2, across)))
          arrow.draw(to: point(end, across))
          continue
        }
        let before = graph.slots[route[place - 1]]
        let from = ends[before.layer]
        let isTip = place == route.count - 1
        let start = isTip ? starts[slot.layer] - spacing.tips : starts[slot.layer]
        if before.position == across {
          arrow.draw(to: point(start, across))
        } else {
          let bend = (from + start) / 2
          arrow.segments.append(
            .curve(point(bend, before.position), point(bend, across), point(start, across)))
        }
        if isTip {
          arrow.draw(to: point(middle - slot.depth / 2, across))
        } else if graph.labelSlots[edge] == id, let label = labels[edge] {
          arrow.draw(to: point(middle - slot.depth / 2, across))
          arrow.label = Box(
            centre: point(middle, across), width: label.width, height: label.height)
          arrow.segments.append(.move(point(middle + slot.depth / 2, across)))
          arrow.draw(to: point(end, across))
        } else {
          arrow.draw(to: point(end, across))
        }
      }
      arrows.append(arrow)
    }
  }

  /// Where each layer begins and ends along the flow; steep arrows get more room before it.
  private static func layerBounds(
    _ graph: LayeredGraph, _ spacing: Spacing
  ) -> (starts: [Double], ends: [Double]) {
    var starts: [Double] = []
    var ends: [Double] = []
    for (place, layer) in graph.layers.enumerated() {
      var start = ends.last ?? 0
      if place > 0 {
        var steepest = 0.0
        for slot in layer {
          for before in graph.slots[slot].before {
            steepest = max(
              steepest, abs(graph.slots[before].position - graph.slots[slot].position))
          }
        }
        start += spacing.layers * (1 + min(2, 0.25 * steepest / spacing.layers))
        if place % 2 == 0 { start += spacing.tips }
      }
      starts.append(start)
      ends.append(start + layer.reduce(0) { max($0, graph.slots[$1].depth) })
    }
    return (starts, ends)
  }
}

extension GraphDrawing.Arrow {
  /// A line to a point, joined with a line before it in the same direction.
  fileprivate mutating func draw(to point: GraphDrawing.Point) {
    switch segments.last {
    case .move(let last)?, .curve(_, _, let last)?:
      if last != point { segments.append(.line(point)) }
    case .line(let last)?:
      if last != point { segments[segments.count - 1] = .line(point) }
    case nil: break
    }
  }
}

extension GraphDrawing.Arrow {
  /// Where the arrow ends, and whether it comes in from the left rather than from above.
  var tip: (end: GraphDrawing.Point, isRightward: Bool)? {
    switch segments.last {
    case .curve(_, let before, let end)?: return (end, before.y == end.y)
    case .line(let end)?:
      guard segments.count > 1 else { return nil }
      switch segments[segments.count - 2] {
      case .move(let before), .line(let before), .curve(_, _, let before):
        return (end, before.y == end.y)
      }
    default: return nil
    }
  }
}
