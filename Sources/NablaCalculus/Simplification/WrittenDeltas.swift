import NablaExpressions

/// Sums over deltas in written forms: the line a person writes next, with nothing else collected.
extension ExpressionPool {
  /// The expression with Σ_k f(k)·δ(k,t) as f(t), wherever t is known to lie in the range of k.
  package mutating func sumsOverDeltaCarriedOut(_ handle: Handle) -> Handle {
    var memo = HandleMap()
    return sumsOverDeltaCarriedOut(handle, &memo)
  }

  private mutating func sumsOverDeltaCarriedOut(
    _ handle: Handle, _ memo: inout HandleMap
  ) -> Handle {
    guard traits(handle).contains(.delta), looseLevels(handle) == 0 else { return handle }
    if let known = memo[handle] { return known }
    var result = handle
    if case .indexedSum = self[handle] {
      result = sumCarriedOut(handle, &memo)
    } else {
      result = mapChildren(of: handle) { pool, child, _ in
        pool.sumsOverDeltaCarriedOut(child, &memo)
      }
    }
    memo[handle] = result
    return result
  }

  private mutating func sumCarriedOut(_ handle: Handle, _ memo: inout HandleMap) -> Handle {
    if let terms = sumsOfTermsCarriedOut(handle, &memo) { return lightSum(terms) }
    guard let opened = open(handle) else { return handle }
    var body = sumsOverDeltaCarriedOut(opened.body, &memo)
    var indices = opened.indices
    var ranges = opened.ranges
    var slot = 0
    while slot < indices.count {
      if let target = indexKept(by: indices[slot], over: ranges[slot], in: body),
        let rest = factored(out: writtenDelta(symbol(indices[slot]), target), of: body)
      {
        body = substitute(Substitution(indices[slot], target), in: rest)
        indices.remove(at: slot)
        ranges.remove(at: slot)
        slot = 0
      } else {
        slot += 1
      }
    }
    if indices.count == opened.indices.count, body == opened.body { return handle }
    return indices.isEmpty ? body : closeSum(body, over: indices, ranges: ranges)
  }

  /// A sum taken apart into its terms, if in each of them a delta can be carried out.
  private mutating func sumsOfTermsCarriedOut(
    _ sum: Handle, _ memo: inout HandleMap
  ) -> [Handle]? {
    guard let opened = openedThroughout(sum),
      let terms = termsWithDelta(of: sumsOverDeltaCarriedOut(opened.body, &memo))
    else { return nil }
    var sums: [Handle] = []
    for term in terms {
      let own = closeSum(term, over: opened.indices, ranges: opened.ranges)
      let carriedOut = sumsOverDeltaCarriedOut(own, &memo)
      if carriedOut == own { return nil }
      sums.append(carriedOut)
    }
    return sums
  }

  /// A sum together with the sums that it is a sum of, if no range depends on an outer index.
  private mutating func openedThroughout(
    _ sum: Handle
  ) -> (body: Handle, indices: [SymbolID], ranges: [IndexRange])? {
    guard let outer = open(sum) else { return nil }
    var body = outer.body
    var indices = outer.indices
    var ranges = outer.ranges
    while case .indexedSum = self[body], let inner = open(body) {
      let bounds = inner.ranges.flatMap { [$0.lower, $0.upper] }
      if !Set(symbolsOccurring(in: bounds)).isDisjoint(with: indices) { break }
      indices += inner.indices
      ranges += inner.ranges
      body = inner.body
    }
    return (body, indices, ranges)
  }

  /// The terms of a written form, or of one factor of it with the others beside each, if there are
  /// several and every one has a delta.
  private mutating func termsWithDelta(of body: Handle) -> [Handle]? {
    switch self[body] {
    case .sum(let list):
      let terms = operands(list)
      return terms.allSatisfy { traits($0).contains(.delta) } ? terms : nil
    case .negation(let inner): return termsWithDelta(of: inner)?.map { lightNegation($0) }
    case .product(let list):
      let factors = operands(list)
      for (place, factor) in factors.enumerated() {
        guard case .sum = self[factor], let terms = termsWithDelta(of: factor) else { continue }
        var products: [Handle] = []
        for term in terms {
          var product = factors
          product[place] = term
          products.append(lightProduct(product))
        }
        return products
      }
      return nil
    default: return nil
    }
  }

  /// The one value of an index at which a written form is not 0, if a delta among its factors says
  /// so and the value is known to lie in the range.
  package mutating func indexKept(
    by index: SymbolID, over range: IndexRange, in body: Handle
  ) -> Handle? {
    let name = symbol(index)
    for factor in factorsAbove(of: body) {
      guard case .delta(let left, let right) = self[factor], left == name || right == name
      else { continue }
      let target = left == name ? right : left
      if !occurs(index, in: target), isInRange(target, range) { return target }
    }
    return nil
  }

  /// The factors of a written form that stand outside every denominator, those of summed products
  /// too.
  private mutating func factorsAbove(of handle: Handle) -> [Handle] {
    var found: [Handle] = []
    var waiting = [handle]
    while let next = waiting.popLast() {
      switch self[next] {
      case .product(let list): waiting += operands(list)
      case .negation(let inner): waiting.append(inner)
      case .quotient(let above, _): waiting.append(above)
      case .indexedSum: if let inner = open(next) { waiting.append(inner.body) }
      default: found.append(next)
      }
    }
    return found
  }

  /// A written form without one factor, the delta of two indices in either order; nil if it has
  /// no such factor.
  private mutating func factored(out delta: Handle, of handle: Handle) -> Handle? {
    switch self[handle] {
    case .delta(let left, let right):
      return handle == delta || writtenDelta(right, left) == delta ? one : nil
    case .negation(let inner):
      return factored(out: delta, of: inner).map { lightNegation($0) }
    case .quotient(let above, let below):
      return factored(out: delta, of: above).map { quotient($0, below) }
    case .product(let list):
      var factors = operands(list)
      for (place, factor) in factors.enumerated() {
        guard let rest = factored(out: delta, of: factor) else { continue }
        if case .quotient(let above, let below) = self[rest] {
          factors[place] = above
          return lightFraction(lightProduct(factors), below)
        }
        factors[place] = rest
        return lightProduct(factors)
      }
      return nil
    case .indexedSum:
      guard let inner = open(handle), let rest = factored(out: delta, of: inner.body) else {
        return nil
      }
      return closeSum(rest, over: inner.indices, ranges: inner.ranges)
    default: return nil
    }
  }
}
