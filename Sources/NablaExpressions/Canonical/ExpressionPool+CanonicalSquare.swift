/// Determinants and entries of inverses in normal form.
extension ExpressionPool {
  /// A component; the indices of a symmetric matrix are put in order.
  package mutating func canonicalEntry(_ array: SymbolID, _ indices: [Handle]) -> Handle {
    if indices.count == 2, isSymmetric(array), precedes(indices[1], indices[0]) {
      return entry(array, [indices[1], indices[0]])
    }
    return entry(array, indices)
  }

  /// Whether a symbol is a matrix declared symmetric.
  package func isSymmetric(_ array: SymbolID) -> Bool {
    let symbol = symbols[Int(array.index)]
    return symbol.kind == .array && symbol.ranges.count == 2 && symbol.domain.isSymmetric
  }

  /// The determinant or the entry of the inverse with a canonical body.
  ///
  /// det Aᵀ = det A and inv(Aᵀ)[i,j] = inv(A)[j,i], so that either orientation may stand for both;
  /// that of the names is preferred to that of their transposes.
  mutating func canonicalSquare(
    _ body: Handle, like binder: Handle, over indices: [SymbolID], ranges: [IndexRange],
    place: [Handle]
  ) -> Handle {
    guard indices.count == 2, ranges.count == 2 else {
      return close(body, like: binder, over: indices, ranges: ranges, place: place)
    }
    if let value = valueOfOne(body, indices, ranges) {
      return place.isEmpty ? value : canonicalPower(value, minusOne)
    }
    if let value = valueOfDiagonal(body, indices, ranges, place) { return value }
    if let value = valueOfInverse(body, indices, ranges, place) { return value }
    if let value = valueOfScaled(body, binder, indices, ranges, place) { return value }
    let upright = closeSquare(body, binder, indices, ranges, place)
    let transposed = closeSquare(
      body, binder, indices.reversed(), ranges.reversed(), place.reversed())
    let preference = orientation(of: body, row: symbol(indices[0]), column: symbol(indices[1]))
    if preference != 0 { return preference > 0 ? upright : transposed }
    if let own = squareBody(upright), let other = squareBody(transposed), own != other {
      return precedes(own, other) ? upright : transposed
    }
    return withOrderedPlace(upright)
  }

  /// An entry of the inverse of a symmetric matrix with its indices in order; any other as it is.
  mutating func withOrderedPlace(_ handle: Handle) -> Handle {
    guard case .inverse(let list, let body) = self[handle], count(list) == 6,
      precedes(operand(list, 5), operand(list, 4)), hasSymmetricMatrix(handle)
    else { return handle }
    let operands = operands(list)
    let sorted = intern(
      .inverse(list, body), operands.prefix(4) + [operands[5], operands[4]])
    if binderNames[sorted] == nil { binderNames[sorted] = binderNames[handle] }
    return sorted
  }

  /// Whether a canonical expression is an entry of the inverse of a matrix that is symmetric.
  package mutating func hasSymmetricMatrix(_ handle: Handle) -> Bool {
    guard case .inverse(let list, let body) = self[handle] else { return false }
    return operand(list, 0) == operand(list, 2) && operand(list, 1) == operand(list, 3)
      && isSymmetric(body: body)
  }

  /// Whether the canonical entry of a matrix is the same with its indices exchanged.
  private mutating func isSymmetric(body: Handle) -> Bool {
    if let known = symmetries.number(for: body) { return known == 1 }
    var exchanged: [UInt64: Handle] = [:]
    let transposed = exchangingSlots(body, level: 0, &exchanged)
    var sorted = HandleMap()
    let isSymmetric = resorted(transposed, &sorted) == body
    symmetries.setNumber(isSymmetric ? 1 : 0, for: body)
    return isSymmetric
  }

  private mutating func exchangingSlots(
    _ handle: Handle, level: UInt32, _ memo: inout [UInt64: Handle]
  ) -> Handle {
    if looseLevels(handle) <= Int(level) { return handle }
    if case .bound(level, let slot) = self[handle] {
      return intern(.bound(level: level, slot: 1 - min(slot, 1)))
    }
    let key = UInt64(handle.index) << 32 | UInt64(level)
    if let known = memo[key] { return known }
    let result = mapChildren(of: handle) { pool, child, isBody in
      pool.exchangingSlots(child, level: isBody ? level + 1 : level, &memo)
    }
    memo[key] = result
    return result
  }

  /// The one entry of a matrix of size 1.
  private mutating func valueOfOne(
    _ body: Handle, _ indices: [SymbolID], _ ranges: [IndexRange]
  ) -> Handle? {
    var substitution = Substitution()
    for (index, range) in zip(indices, ranges) {
      guard isNumber(range.lower), range.lower == range.upper else { return nil }
      substitution.symbols[index] = range.lower
    }
    return canonical(substitute(substitution, in: body))
  }

  /// det diag(d) = Π_k d(k), and inv(diag(d))[i,j] = δ(i,j)/d(i).
  private mutating func valueOfDiagonal(
    _ body: Handle, _ indices: [SymbolID], _ ranges: [IndexRange], _ place: [Handle]
  ) -> Handle? {
    guard ranges[0] == ranges[1] else { return nil }
    var factors = factorHandles(body)
    let delta = canonicalDelta(symbol(indices[0]), symbol(indices[1]))
    guard let found = factors.firstIndex(of: delta) else { return nil }
    factors.remove(at: found)
    let along = substitute(
      Substitution(indices[1], symbol(indices[0])), in: canonicalProduct(factors))
    if place.isEmpty {
      return canonicalIndexedProduct(
        canonical(along), over: [indices[0]], ranges: [ranges[0]])
    }
    let entry = canonical(substitute(Substitution(indices[0], place[0]), in: along))
    return canonicalProduct([
      canonicalDelta(place[0], place[1]), canonicalPower(entry, minusOne),
    ])
  }

  /// inv(inv(A)) = A and det inv(A) = 1/det A.
  private mutating func valueOfInverse(
    _ body: Handle, _ indices: [SymbolID], _ ranges: [IndexRange], _ place: [Handle]
  ) -> Handle? {
    guard case .inverse = self[body], let inner = openAnew(body) else { return nil }
    let row = symbol(indices[0])
    let column = symbol(indices[1])
    let isUpright = inner.place == [row, column]
    guard isUpright || inner.place == [column, row] else { return nil }
    for index in indices where occurs(index, in: inner.body) { return nil }
    let expected = isUpright ? [ranges[1], ranges[0]] : ranges
    guard inner.ranges == expected else { return nil }
    if place.isEmpty {
      let determinant = closeDeterminant(
        inner.body, row: inner.indices[0], column: inner.indices[1], rowRange: inner.ranges[0],
        columnRange: inner.ranges[1])
      return canonicalPower(canonical(determinant), minusOne)
    }
    var substitution = Substitution()
    substitution.symbols[inner.indices[0]] = isUpright ? place[0] : place[1]
    substitution.symbols[inner.indices[1]] = isUpright ? place[1] : place[0]
    return canonical(substitute(substitution, in: inner.body))
  }

  /// det(c·A) = c^N·det A for N rows, and inv(c·A) = inv(A)/c.
  private mutating func valueOfScaled(
    _ body: Handle, _ binder: Handle, _ indices: [SymbolID], _ ranges: [IndexRange],
    _ place: [Handle]
  ) -> Handle? {
    guard case .product(let list) = self[body] else { return nil }
    var constants: [Handle] = []
    var entries: [Handle] = []
    for factor in operands(list) {
      let isEntry = indices.contains { occurs($0, in: factor) }
      if isEntry { entries.append(factor) } else { constants.append(factor) }
    }
    if constants.isEmpty || entries.isEmpty { return nil }
    var exponent = minusOne
    if place.isEmpty {
      guard let size = knownSize(of: ranges[0]) else { return nil }
      exponent = size
    }
    let scale = canonicalPower(canonicalProduct(constants), exponent)
    let rest = canonicalSquare(
      canonicalProduct(entries), like: binder, over: indices, ranges: ranges, place: place)
    return canonicalProduct([scale, rest])
  }

  private mutating func closeSquare(
    _ body: Handle, _ binder: Handle, _ indices: [SymbolID], _ ranges: [IndexRange],
    _ place: [Handle]
  ) -> Handle {
    let closed = close(body, like: binder, over: indices, ranges: ranges, place: place)
    guard let list = self[closed].list, let inner = squareBody(closed) else { return closed }
    var memo = HandleMap()
    let body = resorted(inner, &memo)
    if body == inner { return closed }
    var children = [body]
    children.append(contentsOf: operands(list))
    let sorted = rebuilt(closed, children)
    if binderNames[sorted] == nil { binderNames[sorted] = binderNames[closed] }
    return sorted
  }

  private func squareBody(_ handle: Handle) -> Handle? {
    switch self[handle] {
    case .determinant(_, let body), .inverse(_, let body): body
    default: nil
    }
  }

  /// How many components have the row as their first index or the column as their last, less those
  /// that have them the other way round.
  private mutating func orientation(of body: Handle, row: Handle, column: Handle) -> Int {
    var score = 0
    for node in nodesBelow([body]) {
      guard case .entry(let id, let list) = self[node], !isSymmetric(id), count(list) > 1 else {
        continue
      }
      let first = operand(list, 0)
      let last = operand(list, count(list) - 1)
      if first == row { score += 1 }
      if first == column { score -= 1 }
      if last == column { score += 1 }
      if last == row { score -= 1 }
    }
    return score
  }
}
