/// A directed graph cut into layers, so that every arrow leads forward.
///
/// Quantities stand in even layers. Every arrow has a slot of its own in each layer it passes, among
/// them all odd ones: there its label stands, and no box can lie in its way. The method is that of
/// Sugiyama, Tagawa and Toda (1981); bends are kept few by aligning slots as Brandes and Köpf (2001)
/// do.
struct LayeredGraph {
  enum Content: Hashable {
    case node(Int)
    /// An arrow on its way.
    case edge(Int)
  }

  /// A place in a layer.
  struct Slot {
    let content: Content
    let layer: Int
    /// How far its content reaches to both sides of its centre, across the flow.
    var low = 0.0
    var high = 0.0
    /// Its size along the flow.
    var depth = 0.0
    /// The slots of the layers before and after with which it is connected.
    var before: [Int] = []
    var after: [Int] = []
    /// Its place in its layer, counted from 0.
    var order = 0
    /// Its centre, across the flow.
    var position = 0.0
  }

  /// Graphs that would need more slots are not laid out.
  static let mostSlots = 6000

  var slots: [Slot] = []
  /// The slots of each layer in their order.
  var layers: [[Int]] = []
  /// The slots of each arrow from its source to its target; empty for arrows that are left out.
  var routes: [[Int]]
  /// The slot of each arrow in which its label stands.
  var labelSlots: [Int?]
  /// The slot of each node.
  private(set) var nodeSlots: [Int] = []
  /// The number of nodes on the longest path through each arrow.
  private(set) var weights: [Int]

  /// Nil where the graph is too large.
  ///
  /// Arrows from a node to itself, repeated ones, and those that would close a circle are left out.
  init?(nodeCount: Int, edges: [(from: Int, to: Int)]) {
    routes = [[Int]](repeating: [], count: edges.count)
    labelSlots = [Int?](repeating: nil, count: edges.count)
    weights = [Int](repeating: 0, count: edges.count)
    if nodeCount > Self.mostSlots || edges.count > Self.mostSlots { return nil }
    var ranks = LayerRanks(nodeCount: nodeCount, edges: edges)
    ranks.assign()
    let count = (ranks.layers.max() ?? 0) * 2 + 1
    var total = nodeCount
    for edge in ranks.edges {
      total += 2 * (ranks.layers[edges[edge].to] - ranks.layers[edges[edge].from]) - 1
      if total > Self.mostSlots { return nil }
    }
    layers = [[Int]](repeating: [], count: count)
    for node in 0..<nodeCount { nodeSlots.append(add(.node(node), 2 * ranks.layers[node])) }
    for edge in ranks.edges {
      let (from, to) = edges[edge]
      weights[edge] = ranks.heights[from] + ranks.depths[to]
      var route = [nodeSlots[from]]
      for layer in (2 * ranks.layers[from] + 1)..<(2 * ranks.layers[to]) {
        route.append(add(.edge(edge), layer))
      }
      route.append(nodeSlots[to])
      for (one, next) in zip(route, route.dropFirst()) {
        slots[one].after.append(next)
        slots[next].before.append(one)
      }
      // The first odd layer at or after the middle.
      labelSlots[edge] = route[(route.count / 4) * 2 + 1]
      routes[edge] = route
    }
  }

  private mutating func add(_ content: Content, _ layer: Int) -> Int {
    var slot = Slot(content: content, layer: layer)
    slot.order = layers[layer].count
    layers[layer].append(slots.count)
    slots.append(slot)
    return slots.count - 1
  }

  func isEdge(_ slot: Int) -> Bool {
    if case .edge = slots[slot].content { true } else { false }
  }
}

/// Finds the layers of nodes: each as near to the start as what enters into it allows, and what
/// nothing enters into just before its first use.
private struct LayerRanks {
  let nodeCount: Int
  let all: [(from: Int, to: Int)]
  /// The arrows that are kept, as places in `all`.
  private(set) var edges: [Int] = []
  private(set) var layers: [Int]
  /// The length of the longest path that ends in a node, and of the longest that begins there.
  private(set) var heights: [Int]
  private(set) var depths: [Int]
  private var leaving: [[Int]]

  init(nodeCount: Int, edges: [(from: Int, to: Int)]) {
    self.nodeCount = nodeCount
    all = edges
    layers = [Int](repeating: 0, count: nodeCount)
    heights = layers
    depths = layers
    leaving = [[Int]](repeating: [], count: nodeCount)
    var seen: Set<Int> = []
    for (place, edge) in edges.enumerated() {
      guard edge.from != edge.to, edge.from >= 0, edge.to >= 0, edge.from < nodeCount,
        edge.to < nodeCount, seen.insert(edge.from * nodeCount + edge.to).inserted
      else { continue }
      leaving[edge.from].append(place)
    }
    removeCircles()
    for place in edges.indices where leaving.contains(edge: place, from: edges[place].from) {
      self.edges.append(place)
    }
  }

  /// Leaves out every arrow that leads back into the path being followed.
  private mutating func removeCircles() {
    var state = [UInt8](repeating: 0, count: nodeCount)
    var next = [Int](repeating: 0, count: nodeCount)
    for root in 0..<nodeCount where state[root] == 0 {
      var path = [root]
      state[root] = 1
      while let node = path.last {
        guard next[node] < leaving[node].count else {
          state[node] = 2
          path.removeLast()
          continue
        }
        let target = all[leaving[node][next[node]]].to
        if state[target] == 1 {
          leaving[node].remove(at: next[node])
          continue
        }
        next[node] += 1
        if state[target] == 0 {
          state[target] = 1
          path.append(target)
        }
      }
    }
  }

  mutating func assign() {
    var entering = [Int](repeating: 0, count: nodeCount)
    for edge in edges { entering[all[edge].to] += 1 }
    let isSource = entering.map { $0 == 0 }
    var order = (0..<nodeCount).filter { isSource[$0] }
    var place = 0
    while place < order.count {
      for edge in leaving[order[place]] {
        let target = all[edge].to
        heights[target] = max(heights[target], heights[order[place]] + 1)
        entering[target] -= 1
        if entering[target] == 0 { order.append(target) }
      }
      place += 1
    }
    for node in order.reversed() {
      for edge in leaving[node] { depths[node] = max(depths[node], depths[all[edge].to] + 1) }
    }
    layers = heights
    for node in order where isSource[node] {
      let uses = leaving[node].map { heights[all[$0].to] }
      if let first = uses.min() { layers[node] = first - 1 }
    }
  }
}

extension [[Int]] {
  fileprivate func contains(edge: Int, from node: Int) -> Bool {
    indices.contains(node) && self[node].contains(edge)
  }
}
