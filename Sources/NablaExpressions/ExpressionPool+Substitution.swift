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
    var memo = HandleMap()
    for node in deepNodes(root) { _ = substitute(substitution, node, &memo) }
    return substitute(substitution, root, &memo)
  }

  private mutating func substitute(
    _ substitution: Substitution, _ handle: Handle, _ memo: inout HandleMap
  ) -> Handle {
    if let replacement = substitution.nodes[handle] { return replacement }
    if case .symbol(let id) = self[handle] { return substitution.symbols[id] ?? handle }
    if let known = memo[handle] { return known }
    if isInterrupted { return handle }
    var result = handle
    if case .derivative(_, let variables) = self[handle] {
      result = substituteAroundDerivative(substitution, handle, variables, &memo)
    } else {
      result = mapChildren(of: handle) { pool, child, _ in
        pool.substitute(substitution, child, &memo)
      }
    }
    memo[handle] = result
    return result
  }

  private mutating func substituteAroundDerivative(
    _ substitution: Substitution, _ handle: Handle, _ variables: ListID,
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
        pool.substitute(substitution, child, &memo)
      }
    }
    if allowed.isEmpty { return handle }
    var inner = HandleMap()
    return mapChildren(of: handle) { pool, child, _ in
      pool.substitute(allowed, child, &inner)
    }
  }
}
