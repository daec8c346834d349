import NablaExpressions

/// Finds the parts of some expressions that are worth a name of their own, because they are long
/// and stand there several times.
package struct SharedParts {
  /// What may get a name.
  package enum Choice: Sendable {
    /// Sums and products over indices, and other parts of more than `long` nodes.
    case binders(long: Int)
    /// Any part of at least this many nodes.
    case all(atLeast: Int)
  }

  private let choice: Choice
  /// How often one of the expressions must hold a part for it to get a name.
  private let occurrences: Int
  /// Nodes of text that a name must save.
  private let saving: Int
  private let limit: Int
  /// Free indices that a part may carry.
  private let indices: Set<SymbolID>

  package init(
    _ choice: Choice, occurrences: Int = 2, saving: Int, limit: Int,
    indices: Set<SymbolID> = []
  ) {
    self.choice = choice
    self.occurrences = occurrences
    self.saving = saving
    self.limit = limit
    self.indices = indices
  }

  /// The parts worth a name, those that occur in others first.
  ///
  /// - Complexity: O(n) for each part found, in the number n of distinct nodes.
  package func parts(of roots: [Handle], in pool: inout ExpressionPool) -> [Handle] {
    let nodes = pool.nodesBelow(roots)
    guard nodes.count <= 20_000 else { return [] }
    let places = HandlePlaces(nodes)
    let allowed = eligible(nodes, places, &pool)
    var chosen: Set<Int> = []
    while chosen.count < limit,
      let best = best(among: nodes, places, allowed, chosen, roots, pool)
    {
      chosen.insert(best)
    }
    return chosen.sorted().map { nodes[$0] }
  }

  /// Every part that occurs in two places, whatever it saves; those that occur in others first.
  ///
  /// - Complexity: O(n) in the number of distinct nodes.
  package func everyPart(of roots: [Handle], in pool: inout ExpressionPool) -> [Handle] {
    let nodes = pool.nodesBelow(roots)
    let places = HandlePlaces(nodes)
    let allowed = eligible(nodes, places, &pool)
    var parents = [Int](repeating: 0, count: nodes.count)
    for root in roots { parents[places[root]] += 1 }
    for node in nodes {
      pool.forEachChild(of: node) { child, _ in parents[places[child]] += 1 }
    }
    var sizes = [Int](repeating: 1, count: nodes.count)
    var chosen: [Handle] = []
    for (place, node) in nodes.enumerated() {
      pool.forEachChild(of: node) { child, _ in
        sizes[place] = Self.sum(sizes[place], sizes[places[child]])
      }
      guard allowed[place], parents[place] > 1, isLong(node, sizes[place], pool) else { continue }
      chosen.append(node)
      sizes[place] = 1
    }
    return chosen
  }

  private func best(
    among nodes: [Handle], _ places: HandlePlaces, _ allowed: [Bool], _ chosen: Set<Int>,
    _ roots: [Handle], _ pool: borrowing ExpressionPool
  ) -> Int? {
    let sizes = sizes(of: nodes, places, chosen, pool)
    var totals = [Int](repeating: 0, count: nodes.count)
    var most = totals
    for top in roots.map({ places[$0] }) + chosen {
      var counts = [Int](repeating: 0, count: top + 1)
      counts[top] = 1
      for place in stride(from: top, through: 0, by: -1) where counts[place] > 0 {
        totals[place] = Self.sum(totals[place], counts[place])
        most[place] = max(most[place], counts[place])
        if chosen.contains(place), place != top { continue }
        pool.forEachChild(of: nodes[place]) { child, _ in
          let below = places[child]
          counts[below] = Self.sum(counts[below], counts[place])
        }
      }
    }
    var found: Int?
    var largest = saving
    for place in nodes.indices
    where allowed[place] && !chosen.contains(place) && most[place] >= occurrences {
      guard isLong(nodes[place], sizes[place], pool) else { continue }
      let gain = Self.product(totals[place] - 1, sizes[place] - 1)
      if gain >= largest {
        largest = gain
        found = place
      }
    }
    return found
  }

  /// The nodes of each expression as it is shown, parts with a name counted as one.
  private func sizes(
    of nodes: [Handle], _ places: HandlePlaces, _ chosen: Set<Int>,
    _ pool: borrowing ExpressionPool
  ) -> [Int] {
    var sizes = [Int](repeating: 1, count: nodes.count)
    for (place, node) in nodes.enumerated() {
      var size = 1
      pool.forEachChild(of: node) { child, _ in
        let below = places[child]
        size = Self.sum(size, chosen.contains(below) ? 1 : sizes[below])
      }
      sizes[place] = size
    }
    return sizes
  }

  private func isLong(_ node: Handle, _ size: Int, _ pool: borrowing ExpressionPool) -> Bool {
    switch choice {
    case .all(let least): return size >= least
    case .binders(let long):
      switch pool[node] {
      case .indexedSum, .indexedProduct, .determinant: return true
      default: return size > long
      }
    }
  }

  /// Whether a name can stand for each node wherever it occurs.
  private func eligible(
    _ nodes: [Handle], _ places: HandlePlaces, _ pool: inout ExpressionPool
  ) -> [Bool] {
    var isTied = [Bool](repeating: false, count: nodes.count)
    var allowed = isTied
    for (place, node) in nodes.enumerated() {
      if case .symbol(let id) = pool[node], pool.kind(of: id) == .index {
        isTied[place] = pool.isFresh(id) || !indices.contains(id)
      }
      pool.forEachChild(of: node) { child, _ in
        if isTied[places[child]] { isTied[place] = true }
      }
      allowed[place] =
        !isTied[place] && hasParts(node, pool) && pool.looseLevels(node) == 0
        && !pool.traits(node).contains(.derivative)
    }
    return allowed
  }

  /// Whether a node is a value made of other values, and no mere change of sign.
  private func hasParts(_ node: Handle, _ pool: borrowing ExpressionPool) -> Bool {
    switch pool[node] {
    case .integer, .number, .constant, .symbol, .bound, .entry, .negation, .derivative, .delta,
      .relation, .conjunction, .disjunction, .complement:
      false
    default: true
    }
  }

  private static func sum(_ left: Int, _ right: Int) -> Int { min(left &+ right, 1 << 24) }

  private static func product(_ left: Int, _ right: Int) -> Int {
    let (value, overflow) = left.multipliedReportingOverflow(by: right)
    return overflow ? 1 << 30 : min(value, 1 << 30)
  }
}

/// The places of handles in a sorted list of them.
private struct HandlePlaces {
  private var places: [Handle: Int] = [:]

  init(_ nodes: [Handle]) {
    places.reserveCapacity(nodes.count)
    for (place, node) in nodes.enumerated() { places[node] = place }
  }

  subscript(handle: Handle) -> Int { places[handle] ?? 0 }
}
