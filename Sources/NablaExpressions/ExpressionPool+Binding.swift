/// A binder's body with names for its bound indices.
package struct OpenedBinder: Sendable {
  package let body: Handle
  package let indices: [SymbolID]
  package let ranges: [IndexRange]
  /// For an entry of an inverse, the row and the column of the entry; else nothing.
  package let place: [Handle]
}

extension ExpressionPool {
  /// The body of a binder with fresh names for its indices.
  ///
  /// The same node always gives the same names, so that results can be remembered.
  /// Nil for any other node.
  package mutating func open(_ binder: Handle) -> OpenedBinder? {
    guard isBinder(binder) else { return nil }
    if let known = openedSums[binder] { return known }
    let opened = openAnew(binder)
    openedSums[binder] = opened
    return opened
  }

  /// The body of a binder with names that occur nowhere else.
  package mutating func openAnew(_ binder: Handle) -> OpenedBinder? {
    let list: ListID
    let body: Handle
    switch self[binder] {
    case .indexedSum(let bounds, let inner), .indexedProduct(let bounds, let inner),
      .determinant(let bounds, let inner), .inverse(let bounds, let inner):
      list = bounds
      body = inner
    default: return nil
    }
    var ranges: [IndexRange] = []
    var indices: [SymbolID] = []
    var names: [Handle] = []
    for place in 0..<boundCount(binder, list) {
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
    var memo = LevelMap()
    let named = instantiate(body, level: 0, names, &memo)
    let place = Array(operands(list).dropFirst(2 * ranges.count))
    return OpenedBinder(body: named, indices: indices, ranges: ranges, place: place)
  }

  /// The body of an opened binder with a number in the place of its only index.
  package mutating func term(
    of binder: Handle, _ opened: OpenedBinder, at number: Int
  ) -> Handle {
    let place = integer(number)
    guard opened.indices.count == 1 else { return opened.body }
    if let known = terms.value(of: binder, level: place.index) { return known }
    let term = substitute(Substitution(opened.indices[0], place), in: opened.body)
    if !isInterrupted { terms.set(term, for: binder, level: place.index) }
    return term
  }

  private func isBinder(_ handle: Handle) -> Bool {
    switch self[handle] {
    case .indexedSum, .indexedProduct, .determinant, .inverse: true
    default: false
    }
  }

  /// How many indices a binder binds.
  private func boundCount(_ binder: Handle, _ list: ListID) -> Int {
    if case .inverse = self[binder] { return count(list) / 2 - 1 }
    return count(list) / 2
  }

  /// The bound indices of a binder by their ranges.
  package func ranges(of binder: Handle) -> [IndexRange] {
    switch self[binder] {
    case .indexedSum(let list, _), .indexedProduct(let list, _), .determinant(let list, _),
      .inverse(let list, _):
      (0..<boundCount(binder, list)).map {
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

  /// The determinant of the matrix with a body as its entry at a row and a column.
  package mutating func closeDeterminant(
    _ body: Handle, row: SymbolID, column: SymbolID, rowRange: IndexRange, columnRange: IndexRange
  ) -> Handle {
    let closed = close(body, over: [row, column])
    let shape = Node.determinant(ListID(start: 0), closed)
    return named(intern(shape, bounds([rowRange, columnRange])), [row, column])
  }

  /// The entry at (i, j) of the inverse of the matrix with a body as its entry at a row and a
  /// column; i runs over the columns and j over the rows.
  package mutating func closeInverse(
    _ body: Handle, row: SymbolID, column: SymbolID, rowRange: IndexRange,
    columnRange: IndexRange, at i: Handle, _ j: Handle
  ) -> Handle {
    let closed = close(body, over: [row, column])
    let shape = Node.inverse(ListID(start: 0), closed)
    return named(intern(shape, bounds([rowRange, columnRange]) + [i, j]), [row, column])
  }

  /// A binder of the same kind as another around a body.
  package mutating func close(
    _ body: Handle, like binder: Handle, over indices: [SymbolID], ranges: [IndexRange],
    place: [Handle]
  ) -> Handle {
    switch self[binder] {
    case .indexedProduct: return closeProduct(body, over: indices, ranges: ranges)
    case .determinant where indices.count == 2 && ranges.count == 2:
      return closeDeterminant(
        body, row: indices[0], column: indices[1], rowRange: ranges[0], columnRange: ranges[1])
    case .inverse where indices.count == 2 && ranges.count == 2 && place.count == 2:
      return closeInverse(
        body, row: indices[0], column: indices[1], rowRange: ranges[0], columnRange: ranges[1],
        at: place[0], place[1])
    default: return closeSum(body, over: indices, ranges: ranges)
    }
  }

  /// An opened binder of the same kind closed again around another body.
  package mutating func close(
    _ body: Handle, like binder: Handle, _ opened: OpenedBinder
  ) -> Handle {
    close(body, like: binder, over: opened.indices, ranges: opened.ranges, place: opened.place)
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
    let mask = indices.reduce(0) { $0 | self.mask(of: $1) }
    var memo = LevelMap()
    return abstract(body, level: 0, indices, mask, &memo)
  }

  private mutating func instantiate(
    _ handle: Handle, level: UInt32, _ names: [Handle], _ memo: inout LevelMap
  ) -> Handle {
    if looseLevels(handle) <= Int(level) { return handle }
    if case .bound(let own, let slot) = self[handle] {
      return own == level && Int(slot) < names.count ? names[Int(slot)] : handle
    }
    if let known = memo.value(of: handle, level: level) { return known }
    let result = mapChildren(of: handle) { pool, child, isBody in
      pool.instantiate(child, level: isBody ? level + 1 : level, names, &memo)
    }
    memo.set(result, for: handle, level: level)
    return result
  }

  private mutating func abstract(
    _ handle: Handle, level: UInt32, _ indices: [SymbolID], _ mask: UInt64,
    _ memo: inout LevelMap
  ) -> Handle {
    if symbolMask(handle) & mask == 0 { return handle }
    if case .symbol(let id) = self[handle] {
      // Of two indices of one name the inner one is meant.
      guard let slot = indices.lastIndex(of: id) else { return handle }
      return intern(.bound(level: level, slot: UInt32(truncatingIfNeeded: slot)))
    }
    if let known = memo.value(of: handle, level: level) { return known }
    let result = mapChildren(of: handle) { pool, child, isBody in
      pool.abstract(child, level: isBody ? level + 1 : level, indices, mask, &memo)
    }
    memo.set(result, for: handle, level: level)
    return result
  }

  /// Like `mapChildren`, with the bodies of binders opened.
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
    var place: [Handle] = []
    for index in opened.place { place.append(transform(&self, index)) }
    if body == opened.body, ranges == opened.ranges, place == opened.place { return handle }
    return close(body, like: handle, over: opened.indices, ranges: ranges, place: place)
  }
}
