import NablaExpressions

extension Deriver {
  /// The quantity nearest to a variable that every path from some quantities to it passes.
  ///
  /// In the graph of definitions it is the last dominator before the variable. The chain rule
  /// through it is backpropagation: what stands above it is derived once and used again.
  func waist(
    of names: [SymbolID], towards variable: Handle, _ context: DifferentiationContext,
    _ pool: inout ExpressionPool
  ) -> SymbolID? {
    guard let target = head(variable, pool) else { return nil }
    var graph = DependenceGraph()
    graph.collect(names, towards: target, self, variable, context, &pool)
    if graph.nodes.count > Self.mostQuantities { return nil }
    var dominators: [SymbolID] = []
    for symbol in graph.nodes.keys.sorted()
    where !graph.reachesTarget(from: names, avoiding: symbol) {
      dominators.append(symbol)
    }
    return dominators.first { symbol in
      !dominators.contains { $0 != symbol && graph.reaches($0, from: symbol) }
    }
  }

  /// Deeper computations go through one level of definitions after the other.
  private static var mostQuantities: Int { 400 }
}

/// Quantities on the way to a variable.
private struct DependenceGraph {
  struct Node {
    let below: [SymbolID]
    /// Whether the variable itself stands in the definition.
    let isDirect: Bool
  }

  private(set) var nodes: [SymbolID: Node] = [:]

  mutating func collect(
    _ names: [SymbolID], towards target: SymbolID, _ deriver: Deriver, _ variable: Handle,
    _ context: DifferentiationContext, _ pool: inout ExpressionPool
  ) {
    var open = names
    while let symbol = open.popLast() {
      guard nodes[symbol] == nil, let definition = context.definitions[symbol] else { continue }
      let body = deriver.body(of: definition.body, towards: variable, context, &pool)
      let below = deriver.intermediates(in: body, towards: variable, context, &pool)
      nodes[symbol] = Node(below: below, isDirect: pool.occurs(target, in: body))
      open += below
    }
  }

  func reachesTarget(from names: [SymbolID], avoiding avoided: SymbolID) -> Bool {
    var seen: Set<SymbolID> = [avoided]
    var open = names
    while let symbol = open.popLast() {
      guard seen.insert(symbol).inserted, let node = nodes[symbol] else { continue }
      if node.isDirect { return true }
      open += node.below
    }
    return false
  }

  func reaches(_ lower: SymbolID, from upper: SymbolID) -> Bool {
    var seen: Set<SymbolID> = []
    var open = nodes[upper]?.below ?? []
    while let symbol = open.popLast() {
      if symbol == lower { return true }
      guard seen.insert(symbol).inserted, let node = nodes[symbol] else { continue }
      open += node.below
    }
    return false
  }
}
