extension LayeredGraph {
  /// Distances between the contents of neighbours in a layer.
  struct Spacing {
    var nodes: Double
    var edges: Double
    /// Whether positions are whole numbers.
    var isWhole = false
    /// Whether arrows are kept straight, for which layers get longer where arrows are many.
    var isAligned = true
  }

  /// Gives every slot its position across the flow.
  ///
  /// Slots that arrows connect are aligned into blocks, those of the longest paths first; blocks are
  /// packed, then moved towards what they are connected with as far as their neighbours allow.
  mutating func placeSlots(_ spacing: Spacing) {
    var blocks = Blocks(count: slots.count)
    if spacing.isAligned { for layer in layers.indices.dropLast() { align(layer, &blocks) } }
    var sets = blocks.members()
    var order = packingOrder(sets)
    if order.isEmpty, !slots.isEmpty {
      sets = slots.indices.map { [$0] }
      order = packingOrder(sets)
    }
    pack(sets, order, spacing)
    for round in 0..<10 {
      for block in order.reversed() { move(sets[block], spacing, onlyUp: round == 0) }
      for block in order { move(sets[block], spacing, onlyUp: false) }
    }
    var least = Double.infinity
    for slot in slots { least = min(least, slot.position - slot.low) }
    if least.isFinite { for slot in slots.indices { slots[slot].position -= least } }
  }

  /// How much of the axis across the flow is taken.
  var breadth: Double { slots.reduce(0) { max($0, $1.position + $1.high) } }

  // MARK: Alignment

  private func align(_ layer: Int, _ blocks: inout Blocks) {
    struct Segment {
      let from: Int
      let to: Int
      let weight: Int
      let distance: Int
    }
    var segments: [Segment] = []
    for from in layers[layer] {
      let after = slots[from].after
      for (place, to) in after.enumerated() {
        let before = slots[to].before
        let isInner = isEdge(from) && isEdge(to)
        var weight = 0
        if case .edge(let edge) = slots[from].content { weight = weights[edge] }
        if case .edge(let edge) = slots[to].content { weight = weights[edge] }
        let other = before.firstIndex(of: from) ?? 0
        segments.append(
          Segment(
            from: from, to: to, weight: isInner ? .max : weight,
            distance: abs(2 * place + 1 - after.count) + abs(2 * other + 1 - before.count)))
      }
    }
    // Sorting is stable, so that equal segments keep the order of their slots.
    segments.sort { one, two in
      one.weight != two.weight ? one.weight > two.weight : one.distance < two.distance
    }
    var partners = [Int](repeating: -1, count: layers[layer].count)
    var taken = [Bool](repeating: false, count: layers[layer + 1].count)
    for segment in segments {
      let (from, to) = (slots[segment.from].order, slots[segment.to].order)
      if partners[from] >= 0 || taken[to] { continue }
      var crosses = false
      for place in partners.indices where partners[place] >= 0 {
        if (place < from) != (partners[place] < to) { crosses = true }
      }
      if crosses { continue }
      partners[from] = to
      taken[to] = true
      blocks.join(segment.from, segment.to)
    }
  }

  // MARK: Packing

  /// The blocks so that each comes after those before which it must not stand; empty if there is
  /// no such order.
  private func packingOrder(_ sets: [[Int]]) -> [Int] {
    var block = [Int](repeating: 0, count: slots.count)
    for (place, set) in sets.enumerated() { for slot in set { block[slot] = place } }
    var waiting = [Int](repeating: 0, count: sets.count)
    var followers = [[Int]](repeating: [], count: sets.count)
    for layer in layers {
      for (one, next) in zip(layer, layer.dropFirst()) {
        followers[block[one]].append(block[next])
        waiting[block[next]] += 1
      }
    }
    var order = sets.indices.filter { waiting[$0] == 0 }
    var place = 0
    while place < order.count {
      for next in followers[order[place]] {
        waiting[next] -= 1
        if waiting[next] == 0 { order.append(next) }
      }
      place += 1
    }
    return order.count == sets.count ? order : []
  }

  private mutating func pack(_ sets: [[Int]], _ order: [Int], _ spacing: Spacing) {
    for block in order {
      let least = bounds(sets[block], spacing).lowerBound
      for slot in sets[block] { slots[slot].position = least.isFinite ? least : 0 }
    }
  }

  private func distance(_ one: Int, _ two: Int, _ spacing: Spacing) -> Double {
    let space = isEdge(one) || isEdge(two) ? spacing.edges : spacing.nodes
    return slots[one].high + space + slots[two].low
  }

  /// Where a block may stand between its neighbours.
  private func bounds(_ set: [Int], _ spacing: Spacing) -> ClosedRange<Double> {
    var lower = -Double.infinity
    var upper = Double.infinity
    for slot in set {
      let layer = layers[slots[slot].layer]
      let order = slots[slot].order
      if order > 0 {
        let other = layer[order - 1]
        lower = max(lower, slots[other].position + distance(other, slot, spacing))
      }
      if order + 1 < layer.count {
        let other = layer[order + 1]
        upper = min(upper, slots[other].position - distance(slot, other, spacing))
      }
    }
    return lower <= upper ? lower...upper : lower...lower
  }

  private mutating func move(_ set: [Int], _ spacing: Spacing, onlyUp: Bool) {
    guard let first = set.first else { return }
    let current = slots[first].position
    var sum = 0.0
    var count = 0.0
    for slot in set {
      for other in slots[slot].before + slots[slot].after
      where slots[other].position != current || !set.contains(other) {
        // What is already straight holds a block in its place, though less than a bend pulls.
        sum += slots[other].position
        count += 1
      }
    }
    if count == 0 { return }
    var wanted = sum / count
    if spacing.isWhole { wanted = wanted.rounded() }
    if onlyUp, wanted < current { return }
    let room = bounds(set, spacing)
    wanted = min(max(wanted, room.lowerBound), room.upperBound)
    if !wanted.isFinite { return }
    for slot in set { slots[slot].position = wanted }
  }
}

/// Slots that stand in one line along the flow.
private struct Blocks {
  private var next: [Int]
  private var hasPrevious: [Bool]

  init(count: Int) {
    next = [Int](repeating: -1, count: count)
    hasPrevious = [Bool](repeating: false, count: count)
  }

  mutating func join(_ one: Int, _ two: Int) {
    next[one] = two
    hasPrevious[two] = true
  }

  func members() -> [[Int]] {
    var sets: [[Int]] = []
    for start in next.indices where !hasPrevious[start] {
      var set = [start]
      var place = next[start]
      while place >= 0 {
        set.append(place)
        place = next[place]
      }
      sets.append(set)
    }
    return sets
  }
}
