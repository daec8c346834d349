extension ExpressionPool {
  /// The node with a function applied to each child; the node itself if none changes.
  package mutating func mapChildren(
    of handle: Handle,
    _ transform: (inout ExpressionPool, Handle, _ isBody: Bool) -> Handle
  ) -> Handle {
    let node = self[handle]
    switch node {
    case .integer, .number, .constant, .symbol, .bound: return handle
    case .power(let base, let exponent):
      let newBase = transform(&self, base, false)
      let newExponent = transform(&self, exponent, false)
      if newBase == base, newExponent == exponent { return handle }
      return intern(.power(newBase, newExponent))
    case .function(let function, let argument):
      let new = transform(&self, argument, false)
      return new == argument ? handle : intern(.function(function, new))
    case .sum(let list), .product(let list), .entry(_, let list), .apply(_, let list):
      return mapOperands(of: handle, node, list, transform)
    default: return mapMixed(handle, transform)
    }
  }

  /// For a node whose children are its operand list and nothing else.
  private mutating func mapOperands(
    of handle: Handle, _ node: Node, _ list: ListID,
    _ transform: (inout ExpressionPool, Handle, Bool) -> Handle
  ) -> Handle {
    let count = count(list)
    for place in 0..<count {
      let child = operand(list, place)
      let new = transform(&self, child, false)
      if new == child { continue }
      var replaced = operands(list)
      replaced[place] = new
      for later in (place + 1)..<max(place + 1, count) {
        replaced[later] = transform(&self, replaced[later], false)
      }
      return intern(node, replaced)
    }
    return handle
  }

  private mutating func mapMixed(
    _ handle: Handle, _ transform: (inout ExpressionPool, Handle, Bool) -> Handle
  ) -> Handle {
    var replaced: [Handle] = []
    var bodies = 0
    forEachChild(of: handle) { child, isBody in
      replaced.append(child)
      if isBody { bodies += 1 }
    }
    var changed = false
    for place in replaced.indices {
      // A binder's body comes before its bounds.
      let new = transform(&self, replaced[place], place < bodies)
      if new != replaced[place] {
        changed = true
        replaced[place] = new
      }
    }
    return changed ? rebuilt(handle, replaced) : handle
  }
}
