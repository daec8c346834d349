/// A replacement of symbols, components and whole functions by expressions.
package struct Substitution: Sendable {
  /// Scalars, indices, labels and dimensions.
  package var symbols: [SymbolID: Handle] = [:]
  /// Whole nodes, such as one component.
  package var nodes: [Handle: Handle] = [:]

  package init() {}

  package init(_ symbol: SymbolID, _ replacement: Handle) { symbols[symbol] = replacement }

  package var isEmpty: Bool { symbols.isEmpty && nodes.isEmpty }
}

extension ExpressionPool {
  /// The expression with symbols and nodes replaced, as written.
  ///
  /// Bound indices have no names, so nothing can be captured.
  /// A variable below an unevaluated derivative by that variable stays.
  package mutating func substitute(_ substitution: Substitution, in root: Handle) -> Handle {
    if substitution.isEmpty { return root }
    var mask: UInt64?
    if substitution.nodes.isEmpty {
      let own = substitution.symbols.keys.reduce(0) { $0 | self.mask(of: $1) }
      if symbolMask(root) & own == 0 { return root }
      mask = own
    }
    var memo = HandleMap()
    for node in deepNodes(root) { _ = substitute(substitution, mask, node, &memo) }
    return substitute(substitution, mask, root, &memo)
  }

  /// - Parameter mask: one bit for each symbol that is replaced, if nothing but symbols is; what
  ///   has none of them stays.
  private mutating func substitute(
    _ substitution: Substitution, _ mask: UInt64?, _ handle: Handle, _ memo: inout HandleMap
  ) -> Handle {
    if let mask {
      if symbolMask(handle) & mask == 0 { return handle }
    } else if let replacement = substitution.nodes[handle] {
      return replacement
    }
    if case .symbol(let id) = self[handle] { return substitution.symbols[id] ?? handle }
    if let known = memo[handle] { return known }
    if isInterrupted { return handle }
    var result = handle
    if case .derivative(_, let variables) = self[handle] {
      result = substituteAroundDerivative(substitution, mask, handle, variables, &memo)
    } else {
      result = mapChildren(of: handle) { pool, child, _ in
        pool.substitute(substitution, mask, child, &memo)
      }
    }
    memo[handle] = result
    return result
  }

  private mutating func substituteAroundDerivative(
    _ substitution: Substitution, _ mask: UInt64?, _ handle: Handle, _ variables: ListID,
    _ memo: inout HandleMap
  ) -> Handle {
    var allowed = substitution
    for place in 0..<count(variables) {
      let variable = operand(variables, place)
      allowed.nodes[variable] = nil
      if case .symbol(let id) = self[variable] { allowed.symbols[id] = nil }
    }
    if allowed.symbols.count == substitution.symbols.count,
      allowed.nodes.count == substitution.nodes.count
    {
      return mapChildren(of: handle) { pool, child, _ in
        pool.substitute(substitution, mask, child, &memo)
      }
    }
    if allowed.isEmpty { return handle }
    var inner = HandleMap()
    return mapChildren(of: handle) { pool, child, _ in
      pool.substitute(allowed, mask, child, &inner)
    }
  }
}
