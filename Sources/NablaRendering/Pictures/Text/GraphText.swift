/// A graph drawn with box characters.
struct GraphText {
  private struct Net {
    /// Across the flow: where the lines come from, and where they go.
    var from: [Int]
    var to: [Int]
    /// Whether its lines end in the arrow heads of a box.
    var hasTips = false
    var track = 0

    var all: [Int] { from + to }
    var span: ClosedRange<Int> { (all.min() ?? 0)...(all.max() ?? 0) }
    var isStraight: Bool { span.lowerBound == span.upperBound }
  }

  private var canvas: LineCanvas
  /// The columns after which the drawing may be cut, and the rows of the lines that run across,
  /// with the names of the quantities they come from.
  private var cuts: [(column: Int, lines: [Int: String])] = []
  private let isRightward: Bool

  /// A drawing of at most `width` columns and about `height` rows; nil where that is not possible.
  ///
  /// A deep graph is cut into parts that stand below one another.
  static func parts(
    _ graph: ComputationGraph, width: Int, height: Int
  ) -> (graph: ComputationGraph, parts: [[String]])? {
    if graph.nodes.isEmpty || graph.nodes.count > ComputationGraph.mostNodes { return nil }
    for direction in [GraphDrawing.Direction.rightward, .downward] {
      for labelling in ComputationGraph.Labelling.allCases {
        if labelling == .short, !graph.hasTwoLabellings { continue }
        guard let text = GraphText(graph, labelling, direction) else { continue }
        if text.canvas.width <= width, text.canvas.height <= height {
          return (graph, [text.canvas.rows])
        }
      }
    }
    let graph = graph.repeatingSources ?? graph
    guard let parts = GraphText(graph, .short, .rightward)?.parts(width: width),
      parts.reduce(0, { $0 + $1.count }) <= 4 * height
    else { return nil }
    return (graph, parts)
  }

  /// Parts after the first begin with the names of what comes in from the part before.
  private func parts(width: Int) -> [[String]]? {
    var parts: [[String]] = []
    var start = (column: 0, lines: [Int: String]())
    while start.column < canvas.width {
      let margin = start.lines.values.reduce(0) { max($0, DisplayWidth.of($1) + 1) }
      let end = start.column + width - margin
      var next = (column: canvas.width, lines: [Int: String]())
      if next.column > end {
        guard let cut = cuts.last(where: { $0.column <= end }), cut.column > start.column else {
          return nil
        }
        next = cut
      }
      var rows: [String] = []
      for row in 0..<canvas.height {
        let name = start.lines[row] ?? ""
        let line = canvas.row(row, start.column..<next.column)
        rows.append(
          TextLine.trimmed(
            TextBox.spaces(margin - DisplayWidth.of(name) - (name.isEmpty ? 0 : 1)) + name
              + (name.isEmpty ? "" : " ") + line))
      }
      parts.append(Self.closed(rows))
      start = next
    }
    return parts
  }

  /// The rows without those that only lengthen lines across the flow.
  private static func closed(_ rows: [String]) -> [String] {
    var result: [String] = []
    for row in rows {
      let isPassive = row.unicodeScalars.allSatisfy { $0 == " " || $0 == "│" }
      if isPassive, result.last == row || row.isEmpty && result.isEmpty { continue }
      result.append(row)
    }
    while result.last?.isEmpty == true { result.removeLast() }
    return result
  }

  private init?(
    _ graph: ComputationGraph, _ labelling: ComputationGraph.Labelling,
    _ direction: GraphDrawing.Direction
  ) {
    isRightward = direction == .rightward
    canvas = LineCanvas(width: 0, height: 0)
    guard
      var layered = LayeredGraph(
        nodeCount: graph.nodes.count, edges: graph.edges.map { ($0.from, $0.to) })
    else { return nil }
    let texts = graph.nodes.map { Self.lines(of: $0) }
    let labels = graph.edges.map { edge in
      graph.label(of: edge, labelling).map { CompactWriter.text(LayoutBuilder.layout($0)) }
    }
    for slot in layered.slots.indices {
      var (columns, rows) = (1, 1)
      switch layered.slots[slot].content {
      case .node(let node):
        columns = (texts[node].map { DisplayWidth.of($0) }.max() ?? 0) + 4
        rows = texts[node].count + 2
      case .edge(let edge):
        if layered.labelSlots[edge] == slot, let label = labels[edge] {
          columns = DisplayWidth.of(label) + (isRightward ? 2 : 0)
        }
      }
      let across = isRightward ? rows : columns
      layered.slots[slot].low = Double((across - 1) / 2)
      layered.slots[slot].high = Double(across / 2)
      layered.slots[slot].depth = Double(isRightward ? columns : rows)
    }
    layered.orderLayers()
    layered.placeSlots(
      .init(nodes: isRightward ? 1 : 3, edges: isRightward ? 1 : 3, isWhole: true))
    guard let (starts, ends, channels) = Self.channels(of: layered, isRightward: isRightward)
    else { return nil }
    let (length, breadth) = (ends.last ?? 0, Int(layered.breadth) + 1)
    if length > 2000 || breadth > 2000 { return nil }
    canvas = LineCanvas(
      width: isRightward ? length : breadth, height: isRightward ? breadth : length)
    for layer in ends.indices where layer % 2 == 1 {
      var lines: [Int: String] = [:]
      for slot in layered.layers[layer] {
        guard case .edge(let edge) = layered.slots[slot].content else { continue }
        lines[Int(layered.slots[slot].position)] = texts[graph.edges[edge].from][0]
      }
      cuts.append((ends[layer], lines))
    }
    for (gap, nets) in channels.enumerated() {
      let (start, end) = (ends[gap], starts[gap + 1])
      for net in nets { draw(net, start, end, isLast: gap % 2 == 1) }
    }
    for slot in layered.slots {
      let (start, end) = (starts[slot.layer], ends[slot.layer])
      let across = Int(slot.position)
      switch slot.content {
      case .edge(let edge):
        drawAlong(across, from: start - 1, to: end)
        let isLabelled = layered.labelSlots[edge].map { layered.slots[$0].layer } == slot.layer
        if isLabelled, let label = labels[edge] { write(label, start, end, across) }
      case .node(let node):
        drawBox(texts[node], slot, start, end)
      }
    }
  }

  /// The name, the value and, after ∂, the adjoint.
  private static func lines(of node: ComputationGraph.Node) -> [String] {
    var lines = [CompactWriter.text(LayoutBuilder.layout(node.name))]
    if let value = node.value { lines.append(CompactWriter.text(LayoutBuilder.layout(value))) }
    if let adjoint = node.adjoint {
      lines.append("∂ " + CompactWriter.text(LayoutBuilder.layout(adjoint)))
    }
    return lines
  }

  // MARK: Channels

  /// Where layers begin and end, and the lines between them; nil where two lines would have to run
  /// into each other.
  ///
  /// A channel holds a star for each slot on its even side; each star has a track for its cross line.
  private static func channels(
    of graph: LayeredGraph, isRightward: Bool
  ) -> (starts: [Int], ends: [Int], nets: [[Net]])? {
    var starts = [0]
    var ends = [graph.layers.first?.reduce(0) { max($0, Int(graph.slots[$1].depth)) } ?? 0]
    var channels: [[Net]] = []
    for layer in graph.layers.indices.dropLast() {
      var nets: [Net] = []
      let hub = layer % 2 == 0 ? layer : layer + 1
      for slot in graph.layers[hub] {
        let others = hub == layer ? graph.slots[slot].after : graph.slots[slot].before
        if others.isEmpty { continue }
        let own = [Int(graph.slots[slot].position)]
        let places = others.map { Int(graph.slots[$0].position) }
        nets.append(
          hub == layer
            ? Net(from: own, to: places)
            : Net(from: places, to: own, hasTips: !graph.isEdge(slot)))
      }
      guard let tracks = assignTracks(&nets) else { return nil }
      channels.append(nets)
      let isEntry = layer % 2 == 1
      let room = isRightward ? tracks + (isEntry ? 2 : 1) : tracks + (isEntry ? 1 : 0)
      starts.append(ends[layer] + room)
      let depth = graph.layers[layer + 1].reduce(0) { max($0, Int(graph.slots[$1].depth)) }
      ends.append(starts[layer + 1] + depth)
    }
    return (starts, ends, channels)
  }

  /// The number of tracks; a star that ends where another begins comes before it.
  private static func assignTracks(_ nets: inout [Net]) -> Int? {
    var waiting = [Int](repeating: 0, count: nets.count)
    var followers = [[Int]](repeating: [], count: nets.count)
    for (one, first) in nets.enumerated() where !first.isStraight {
      for (two, second) in nets.enumerated() where two != one && !second.isStraight {
        // The line that comes in at a place has to end before one goes out there.
        if first.from.contains(where: { second.to.contains($0) }) {
          followers[one].append(two)
          waiting[two] += 1
        }
      }
    }
    var ready = nets.indices.filter { waiting[$0] == 0 && !nets[$0].isStraight }
    var used: [[ClosedRange<Int>]] = []
    var least = [Int](repeating: 0, count: nets.count)
    var place = 0
    while place < ready.count {
      let net = ready[place]
      place += 1
      var track = least[net]
      while track < used.count, used[track].contains(where: { $0.overlaps(nets[net].span) }) {
        track += 1
      }
      if track == used.count { used.append([]) }
      used[track].append(nets[net].span)
      nets[net].track = track
      for next in followers[net] {
        least[next] = max(least[next], track + 1)
        waiting[next] -= 1
        if waiting[next] == 0 { ready.append(next) }
      }
    }
    return ready.count == nets.filter { !$0.isStraight }.count ? used.count : nil
  }

  // MARK: Drawing

  private mutating func drawAlong(_ across: Int, from first: Int, to last: Int) {
    if isRightward {
      canvas.drawRow(across, from: first, to: last)
    } else {
      canvas.drawColumn(across, from: first, to: last)
    }
  }

  private mutating func draw(_ net: Net, _ start: Int, _ end: Int, isLast: Bool) {
    let tip = isLast ? end - 1 : end
    if net.isStraight {
      drawAlong(net.span.lowerBound, from: start - 1, to: tip)
    } else {
      let track = start + net.track
      for place in net.from { drawAlong(place, from: start - 1, to: track) }
      for place in net.to { drawAlong(place, from: track, to: tip) }
      if isRightward {
        canvas.drawColumn(track, from: net.span.lowerBound, to: net.span.upperBound)
      } else {
        canvas.drawRow(track, from: net.span.lowerBound, to: net.span.upperBound)
      }
    }
    guard isLast, net.hasTips else {
      if isLast { for place in net.to { drawAlong(place, from: tip, to: end) } }
      return
    }
    for place in net.to {
      if isRightward { canvas.write("▸", tip, place) } else { canvas.write("▾", place, tip) }
    }
  }

  private mutating func write(_ label: String, _ start: Int, _ end: Int, _ across: Int) {
    let width = DisplayWidth.of(label)
    if isRightward {
      canvas.write(" " + label + " ", start + (end - start - width - 2) / 2, across)
    } else {
      canvas.write(label, across - (width - 1) / 2, start + (end - start - 1) / 2)
    }
  }

  private mutating func drawBox(
    _ lines: [String], _ slot: LayeredGraph.Slot, _ start: Int, _ end: Int
  ) {
    let (low, high) = (Int(slot.position - slot.low), Int(slot.position + slot.high))
    let (depth, across) = (Int(slot.depth), Int(slot.position))
    let first = start + (end - start - depth) / 2
    let last = first + depth - 1
    if !slot.before.isEmpty { drawTip(across, from: start - 1, to: first - 1) }
    if !slot.after.isEmpty { drawAlong(across, from: last, to: end) }
    let (left, right) = isRightward ? (first, last) : (low, high)
    let (top, bottom) = isRightward ? (low, high) : (first, last)
    canvas.drawRow(top, from: left, to: right)
    canvas.drawRow(bottom, from: left, to: right)
    canvas.drawColumn(left, from: top, to: bottom)
    canvas.drawColumn(right, from: top, to: bottom)
    for (row, line) in lines.enumerated() {
      let space = right - left - 1 - DisplayWidth.of(line)
      canvas.write(line, left + 1 + space / 2, top + 1 + row)
    }
  }

  /// Moves the tip of an arrow to a box that is smaller than its layer.
  private mutating func drawTip(_ across: Int, from layer: Int, to box: Int) {
    if layer == box { return }
    if isRightward {
      canvas.write("─", layer, across)
      canvas.drawRow(across, from: layer, to: box)
      canvas.write("▸", box, across)
    } else {
      canvas.write("│", across, layer)
      canvas.drawColumn(across, from: layer, to: box)
      canvas.write("▾", across, box)
    }
  }
}
