/// A binder's body with names for its bound indices.
package struct OpenedBinder: Sendable {
  package let body: Handle
  package let indices: [SymbolID]
  package let ranges: [IndexRange]
}

extension ExpressionPool {
  /// The body of an indexed sum or product with fresh names for its indices.
  ///
  /// The same node always gives the same names, so that results can be remembered.
  /// Nil for any other node.
  package mutating func open(_ binder: Handle) -> OpenedBinder? {
    if let known = openedSums[binder] { return known }
    let opened = openAnew(binder)
    openedSums[binder] = opened
    return opened
  }

  /// The body of an indexed sum or product with names that occur nowhere else.
  package mutating func openAnew(_ binder: Handle) -> OpenedBinder? {
    let list: ListID
    let body: Handle
    switch self[binder] {
    case .indexedSum(let bounds, let inner), .indexedProduct(let bounds, let inner):
      list = bounds
      body = inner
    default: return nil
    }
    var ranges: [IndexRange] = []
    var indices: [SymbolID] = []
    var names: [Handle] = []
    for place in 0..<(count(list) / 2) {
      let range = IndexRange(lower: operand(list, 2 * place), upper: operand(list, 2 * place + 1))
      let id = declare(Symbol("", .index, ranges: [range], isFresh: true))
      // A fixed spelling keeps the order of operands the same on every run.
      symbols[Int(id.index)].name = "#\(depth(body)).\(place)"
      if let preferred = binderNames[binder], place < preferred.count {
        symbols[Int(id.index)].preferredName = preferred[place]
      }
      ranges.append(range)
      indices.append(id)
      names.append(intern(.symbol(id)))
    }
    var memo: [UInt64: Handle] = [:]
    let named = instantiate(body, level: 0, names, &memo)
    return OpenedBinder(body: named, indices: indices, ranges: ranges)
  }

  /// The bound indices of a binder by their ranges.
  package func ranges(of binder: Handle) -> [IndexRange] {
    switch self[binder] {
    case .indexedSum(let list, _), .indexedProduct(let list, _):
      (0..<(count(list) / 2)).map {
        IndexRange(lower: operand(list, 2 * $0), upper: operand(list, 2 * $0 + 1))
      }
    default: []
    }
  }

  /// The sum of a body over indices that occur free in it.
  package mutating func closeSum(
    _ body: Handle, over indices: [SymbolID], ranges: [IndexRange]
  ) -> Handle {
    let closed = close(body, over: indices)
    return named(intern(.indexedSum(ListID(start: 0), closed), bounds(ranges)), indices)
  }

  /// The product of a body over indices that occur free in it.
  package mutating func closeProduct(
    _ body: Handle, over indices: [SymbolID], ranges: [IndexRange]
  ) -> Handle {
    let closed = close(body, over: indices)
    return named(intern(.indexedProduct(ListID(start: 0), closed), bounds(ranges)), indices)
  }

  /// Keeps the names by which a binder's indices are to be written; the first author's stay.
  private mutating func named(_ binder: Handle, _ indices: [SymbolID]) -> Handle {
    if binderNames[binder] != nil { return binder }
    var names: [String] = []
    for index in indices {
      let symbol = symbols[Int(index.index)]
      names.append(symbol.isFresh ? symbol.preferredName ?? "" : symbol.name)
    }
    if names.contains(where: { !$0.isEmpty }) { binderNames[binder] = names }
    return binder
  }

  private func bounds(_ ranges: [IndexRange]) -> [Handle] {
    ranges.flatMap { [$0.lower, $0.upper] }
  }

  private mutating func close(_ body: Handle, over indices: [SymbolID]) -> Handle {
    var places: [SymbolID: UInt32] = [:]
    for (place, index) in indices.enumerated() {
      places[index] = UInt32(truncatingIfNeeded: place)
    }
    var memo: [UInt64: Handle] = [:]
    return abstract(body, level: 0, places, &memo)
  }

  private mutating func instantiate(
    _ handle: Handle, level: UInt32, _ names: [Handle], _ memo: inout [UInt64: Handle]
  ) -> Handle {
    if looseLevels(handle) <= Int(level) { return handle }
    if case .bound(let own, let slot) = self[handle] {
      return own == level && Int(slot) < names.count ? names[Int(slot)] : handle
    }
    let key = UInt64(handle.index) << 32 | UInt64(level)
    if let known = memo[key] { return known }
    let result = mapChildren(of: handle) { pool, child, isBody in
      pool.instantiate(child, level: isBody ? level + 1 : level, names, &memo)
    }
    memo[key] = result
    return result
  }

  private mutating func abstract(
    _ handle: Handle, level: UInt32, _ places: [SymbolID: UInt32], _ memo: inout [UInt64: Handle]
  ) -> Handle {
    if case .symbol(let id) = self[handle] {
      guard let slot = places[id] else { return handle }
      return intern(.bound(level: level, slot: slot))
    }
    if places.keys.allSatisfy({ excludes(handle, $0) }) { return handle }
    let key = UInt64(handle.index) << 32 | UInt64(level)
    if let known = memo[key] { return known }
    let result = mapChildren(of: handle) { pool, child, isBody in
      pool.abstract(child, level: isBody ? level + 1 : level, places, &memo)
    }
    memo[key] = result
    return result
  }

  /// Like `mapChildren`, with the bodies of sums and products opened.
  ///
  /// For transformations that put expressions in place of others: below an opened binder no bound
  /// index stands free, so that none can be captured.
  package mutating func mapOpenedChildren(
    of handle: Handle, _ transform: (inout ExpressionPool, Handle) -> Handle
  ) -> Handle {
    guard let opened = open(handle) else {
      return mapChildren(of: handle) { pool, child, _ in transform(&pool, child) }
    }
    var ranges: [IndexRange] = []
    for range in opened.ranges {
      let lower = transform(&self, range.lower)
      ranges.append(IndexRange(lower: lower, upper: transform(&self, range.upper)))
    }
    let body = transform(&self, opened.body)
    if body == opened.body, ranges == opened.ranges { return handle }
    if case .indexedProduct = self[handle] {
      return closeProduct(body, over: opened.indices, ranges: ranges)
    }
    return closeSum(body, over: opened.indices, ranges: ranges)
  }
}
