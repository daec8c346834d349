extension ExpressionPool {
  /// Calls a function with each child of a node; `isBody` marks the body of a binder.
  @inline(__always)
  package func forEachChild(of handle: Handle, _ visit: (Handle, _ isBody: Bool) -> Void) {
    let node = self[handle]
    switch node {
    case .power(let base, let exponent):
      visit(base, false)
      visit(exponent, false)
    case .quotient(let above, let below):
      visit(above, false)
      visit(below, false)
    case .delta(let left, let right):
      visit(left, false)
      visit(right, false)
    case .function(_, let child), .indicator(let child), .complement(let child),
      .negation(let child), .root(let child, _), .derivative(let child, _):
      visit(child, false)
    case .indexedSum(_, let body), .indexedProduct(_, let body), .determinant(_, let body),
      .inverse(_, let body):
      visit(body, true)
    default: break
    }
    if let list = node.list {
      for place in 0..<count(list) { visit(operand(list, place), false) }
    }
  }

  /// The children of a node in order.
  package func children(of handle: Handle) -> [Handle] {
    var found: [Handle] = []
    forEachChild(of: handle) { child, _ in found.append(child) }
    return found
  }

  /// Every node of an expression, children before parents, each once.
  ///
  /// - Complexity: O(n log n) in the number of distinct nodes, whatever else the pool holds.
  package func nodesBelow(_ roots: [Handle]) -> [Handle] {
    var found: [Handle] = []
    found.reserveCapacity(16)
    forEachNode(below: roots) { found.append($0) }
    found.sort()
    return found
  }

  /// Calls a function with every node of an expression, each once, in no fixed order.
  @inline(__always)
  private func forEachNode(below roots: [Handle], _ visit: (Handle) -> Void) {
    var seen = HandleMap()
    var open = TrivialBuffer<Handle>()
    for root in roots { open.append(root) }
    while let handle = open.popLast() {
      if !seen.insert(handle) { continue }
      visit(handle)
      forEachChild(of: handle) { child, _ in open.append(child) }
    }
  }

  /// The closed nodes below a root that is too deep for recursion, children before parents;
  /// none for any other root.
  ///
  /// What remembers its results for each node visits these first, so that it never goes deep.
  package mutating func deepNodes(_ root: Handle) -> [Handle] {
    if depth(root) <= 200 { return [] }
    return nodesBelow([root]).filter { looseLevels($0) == 0 }
  }

  /// Whether a symbol occurs in an expression, as a scalar, a component's head or a function.
  package mutating func occurs(_ symbol: SymbolID, in root: Handle) -> Bool {
    if excludes(root, symbol) { return false }
    let mask = mask(of: symbol)
    // Facts of a node are there as soon as those of a node above it are.
    var seen = HandleMap()
    var open = [root]
    while let handle = open.popLast() {
      switch self[handle] {
      case .symbol(let id), .entry(let id, _): if id == symbol { return true }
      case .apply(let id, _):
        if id == symbol || symbols[Int(id.index)].derivative?.function == symbol { return true }
      default: break
      }
      forEachChild(of: handle) { child, _ in
        if facts[Int(child.index)].symbolMask & mask == 0 || seen[child] != nil { return }
        seen[child] = child
        open.append(child)
      }
    }
    return false
  }

  /// The symbols that occur in an expression, in order of declaration.
  package func symbolsOccurring(in roots: [Handle]) -> [SymbolID] {
    var found: [SymbolID] = []
    forEachNode(below: roots) { handle in
      switch self[handle] {
      case .symbol(let id), .entry(let id, _), .apply(let id, _): found.append(id)
      default: break
      }
    }
    if found.count < 2 { return found }
    found.sort()
    // Only entries and applications of one symbol can be more than one node.
    var kept = 1
    for place in 1..<found.count where found[place] != found[kept - 1] {
      found[kept] = found[place]
      kept += 1
    }
    found.removeLast(found.count - kept)
    return found
  }

  /// The free index symbols of an expression, labels not included, in order of declaration.
  package func freeIndices(of roots: [Handle]) -> [SymbolID] {
    symbolsOccurring(in: roots).filter { kind(of: $0) == .index }
  }

  /// The node rebuilt as written from other children, in the order of `children(of:)`.
  package mutating func rebuilt(_ handle: Handle, _ children: [Handle]) -> Handle {
    let node = self[handle]
    switch node {
    case .integer, .number, .constant, .symbol, .bound: return handle
    case .power: return intern(.power(children[0], children[1]))
    case .quotient: return intern(.quotient(children[0], children[1]))
    case .delta: return intern(.delta(children[0], children[1]))
    case .function(let function, _): return intern(.function(function, children[0]))
    case .indicator: return intern(.indicator(children[0]))
    case .complement: return intern(.complement(children[0]))
    case .negation: return intern(.negation(children[0]))
    case .root(_, let degree): return intern(.root(children[0], degree: degree))
    case .derivative(_, let list):
      return intern(.derivative(children[0], list), Array(children.dropFirst()))
    case .indexedSum(let list, _):
      return intern(.indexedSum(list, children[0]), Array(children.dropFirst()))
    case .indexedProduct(let list, _):
      return intern(.indexedProduct(list, children[0]), Array(children.dropFirst()))
    case .determinant(let list, _):
      return intern(.determinant(list, children[0]), Array(children.dropFirst()))
    case .inverse(let list, _):
      return intern(.inverse(list, children[0]), Array(children.dropFirst()))
    case .entry, .sum, .product, .maximum, .minimum, .apply, .piecewise, .relation, .conjunction,
      .disjunction, .heldSum, .heldProduct:
      return intern(node, children)
    }
  }
}
