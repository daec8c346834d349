extension LayeredGraph {
  private static var sweeps: Int { 24 }
  /// Slots are exchanged one by one only in graphs up to this size.
  private static var mostExchanged: Int { 1500 }

  /// Orders the slots of each layer so that few arrows cross.
  ///
  /// Barycentre sweeps forward and back, each followed by exchanges of neighbours; the best order
  /// met is kept.
  mutating func orderLayers() {
    var best = layers
    var fewest = crossings()
    for sweep in 0..<Self.sweeps {
      if fewest == 0 { break }
      let isForward = sweep % 2 == 0
      let sequence = isForward ? Array(layers.indices) : Array(layers.indices.reversed())
      for layer in sequence { sort(layer, isForward: isForward, favoursLater: sweep % 4 > 1) }
      if slots.count <= Self.mostExchanged { exchangeNeighbours() }
      let count = crossings()
      if count < fewest {
        fewest = count
        best = layers
      }
    }
    layers = best
    turnOver()
    for layer in layers.indices { number(layer) }
    // Alignment looks for the neighbour in the middle.
    let orders = slots.map { $0.order }
    for slot in slots.indices {
      slots[slot].before.sort { orders[$0] < orders[$1] }
      slots[slot].after.sort { orders[$0] < orders[$1] }
    }
  }

  /// Exchanges both sides of the flow where most nodes would stand against their given order.
  private mutating func turnOver() {
    var (kept, reversed) = (0, 0)
    for layer in layers {
      var last: Int?
      for slot in layer {
        guard case .node(let node) = slots[slot].content else { continue }
        if let last { if last < node { kept += 1 } else { reversed += 1 } }
        last = node
      }
    }
    if reversed > kept { for layer in layers.indices { layers[layer].reverse() } }
  }

  private mutating func number(_ layer: Int) {
    for (order, slot) in layers[layer].enumerated() { slots[slot].order = order }
  }

  private mutating func sort(_ layer: Int, isForward: Bool, favoursLater: Bool) {
    var keys: [(key: Double, order: Int, slot: Int)] = []
    for slot in layers[layer] {
      let neighbours = isForward ? slots[slot].before : slots[slot].after
      var sum = 0.0
      for neighbour in neighbours { sum += Double(slots[neighbour].order) }
      let order = slots[slot].order
      let key = neighbours.isEmpty ? Double(order) : sum / Double(neighbours.count)
      keys.append((key, favoursLater ? -order : order, slot))
    }
    keys.sort { $0.key != $1.key ? $0.key < $1.key : $0.order < $1.order }
    layers[layer] = keys.map { $0.slot }
    number(layer)
  }

  private mutating func exchangeNeighbours() {
    for _ in 0..<4 {
      var hasChanged = false
      for layer in layers.indices where layers[layer].count > 1 {
        for place in 0..<(layers[layer].count - 1) {
          let (one, two) = (layers[layer][place], layers[layer][place + 1])
          let gain =
            crossings(slots[one].before, slots[two].before)
            + crossings(slots[one].after, slots[two].after)
            - crossings(slots[two].before, slots[one].before)
            - crossings(slots[two].after, slots[one].after)
          if gain <= 0 { continue }
          layers[layer].swapAt(place, place + 1)
          slots[one].order = place + 1
          slots[two].order = place
          hasChanged = true
        }
      }
      if !hasChanged { return }
    }
  }

  /// How often arrows of two neighbours cross, the first standing before the second.
  private func crossings(_ first: [Int], _ second: [Int]) -> Int {
    var count = 0
    for one in first {
      for two in second where slots[one].order > slots[two].order { count += 1 }
    }
    return count
  }

  /// How often arrows cross in the whole graph.
  func crossings() -> Int {
    var count = 0
    for layer in layers.indices.dropLast() {
      var tree = [Int](repeating: 0, count: layers[layer + 1].count + 1)
      var added = 0
      for slot in layers[layer] {
        let targets = slots[slot].after.map { slots[$0].order }
        for target in targets {
          var place = target + 1
          var notGreater = 0
          while place > 0 {
            notGreater += tree[place]
            place &= place - 1
          }
          count += added - notGreater
        }
        for target in targets {
          var place = target + 1
          while place < tree.count {
            tree[place] += 1
            place += place & -place
          }
          added += 1
        }
      }
    }
    return count
  }
}
