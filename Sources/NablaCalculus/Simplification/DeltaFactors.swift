import NablaExpressions

extension ExpressionPool {
  /// u(i)·δ(i,j) = u(j)·δ(i,j), used in every term of a canonical expression in which factors
  /// cancel or join then.
  package mutating func deltasUsed(_ handle: Handle) -> Handle {
    guard traits(handle).contains(.delta), looseLevels(handle) == 0 else { return handle }
    switch self[handle] {
    case .sum(let list):
      var terms: [Handle] = []
      for term in operands(list) { terms.append(deltasUsed(term)) }
      return terms == operands(list) ? handle : canonicalSum(terms)
    case .product(let list): return deltasUsed(inProduct: handle, operands(list))
    case .indexedSum:
      guard let opened = open(handle) else { return handle }
      let body = deltasUsed(opened.body)
      if body == opened.body { return handle }
      return canonicalIndexedSum(body, over: opened.indices, ranges: opened.ranges)
    default: return handle
    }
  }

  private mutating func deltasUsed(inProduct product: Handle, _ factors: [Handle]) -> Handle {
    var best = product
    for (place, factor) in factors.enumerated() {
      guard case .delta(let left, let right) = self[factor], case .symbol(let one) = self[left],
        case .symbol(let other) = self[right]
      else { continue }
      var rest = factors
      rest.remove(at: place)
      for substitution in [Substitution(one, right), Substitution(other, left)] {
        var parts = [factor]
        for part in rest { parts.append(canonical(substitute(substitution, in: part))) }
        let candidate = canonicalProduct(parts)
        if factorHandles(candidate).count < factorHandles(best).count { best = candidate }
      }
    }
    return best
  }
}
