/// Orders of bound indices that do not depend on their names.
extension ExpressionPool {
  /// Numbers the bound indices so that equal sums are one node, whatever the names were, also those
  /// of the indices of the sums around.
  mutating func closeInNormalOrder(
    _ body: Handle, over indices: [SymbolID], ranges: [IndexRange]
  ) -> Handle {
    if indices.count == 1 { return closeSorted(body, indices, ranges) }
    let neutral = withoutNamesAround(body, indices)
    // Orders in which a factor has the other sign are compared without it.
    var best: (key: UInt64, base: Handle, sum: Handle)?
    for order in candidateOrders(of: indices, ranges, in: neutral) {
      let slots = order.map { indices[$0] }
      let slotRanges = order.map { ranges[$0] }
      let sum = closeSorted(body, slots, slotRanges)
      let base = withoutSign(sum)
      let key = fingerprint(
        neutral == body ? base : withoutSign(closeSorted(neutral, slots, slotRanges)))
      if let best, best.key < key || (best.key == key && !precedes(base, best.base)) { continue }
      best = (key, base, sum)
    }
    return best?.sum ?? body
  }

  private mutating func withoutSign(_ sum: Handle) -> Handle {
    turnsBoundFactors ? splitCoefficient(sum).factor : sum
  }

  /// A body in which the opened indices of the sums around have one name.
  private mutating func withoutNamesAround(_ body: Handle, _ indices: [SymbolID]) -> Handle {
    let others = freeIndices(of: [body]).filter { isFresh($0) && !indices.contains($0) }
    if others.isEmpty { return body }
    let name = symbol(declare(Symbol("#around", .index, isFresh: true)))
    var substitution = Substitution()
    for index in others { substitution.symbols[index] = name }
    return canonical(substitute(substitution, in: body))
  }

  /// The orders among which the normal one is: all of a few indices, else those that respect how
  /// each index occurs in the body.
  mutating func candidateOrders(
    of indices: [SymbolID], _ ranges: [IndexRange], in body: Handle
  ) -> [[Int]] {
    if indices.count <= 3 { return permutations(of: Array(indices.indices)) }
    var keyed: [(key: UInt64, place: Int)] = []
    for place in indices.indices {
      keyed.append((occurrence(of: place, among: indices, ranges, in: body), place))
    }
    keyed.sort { $0.key == $1.key ? $0.place < $1.place : $0.key < $1.key }
    var orders: [[Int]] = [[]]
    var start = 0
    while start < keyed.count {
      var end = start
      while end < keyed.count, keyed[end].key == keyed[start].key { end += 1 }
      let alike = keyed[start..<end].map { $0.place }
      var choices = [alike]
      if alike.count <= 5 { choices = permutations(of: alike) }
      if choices.count * orders.count > 120 { choices = [alike] }
      orders = orders.flatMap { order in choices.map { order + $0 } }
      start = end
    }
    return orders
  }

  /// A number that tells how an index occurs in a body, whatever it and the others are called.
  private mutating func occurrence(
    of place: Int, among indices: [SymbolID], _ ranges: [IndexRange], in body: Handle
  ) -> UInt64 {
    let own = symbol(declare(Symbol("#own", .index, ranges: [ranges[place]], isFresh: true)))
    let other = symbol(declare(Symbol("#other", .index, ranges: [ranges[place]], isFresh: true)))
    var substitution = Substitution()
    for (slot, index) in indices.enumerated() {
      substitution.symbols[index] = slot == place ? own : other
    }
    let marked = canonical(substitute(substitution, in: body))
    let size = canonicalDifference(canonical(ranges[place].upper), canonical(ranges[place].lower))
    return fingerprint(marked) &* 0x9E37_79B9_7F4A_7C15 ^ fingerprint(size)
  }

  private func permutations(of places: [Int]) -> [[Int]] {
    var found: [[Int]] = [[]]
    for place in places {
      found = found.flatMap { order in
        (0...order.count).map { slot in
          var longer = order
          longer.insert(place, at: slot)
          return longer
        }
      }
    }
    return found
  }
}
