/// Determinants and inverses that can be written with those of simpler matrices.
extension ExpressionPool {
  /// The one entry of a matrix of size 1.
  mutating func valueOfOne(
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
  mutating func valueOfDiagonal(
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
  mutating func valueOfInverse(
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
  mutating func valueOfScaled(
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

  /// det(A·B) = det A·det B and inv(A·B) = inv(B)·inv(A) for square factors.
  mutating func valueOfProduct(
    _ body: Handle, _ binder: Handle, _ indices: [SymbolID], _ ranges: [IndexRange],
    _ place: [Handle]
  ) -> Handle? {
    guard case .indexedSum = self[body], ranges[0] == ranges[1], let inner = openAnew(body) else {
      return nil
    }
    let factors = factorHandles(canonical(inner.body))
    for (slot, index) in inner.indices.enumerated() where inner.ranges[slot] == ranges[0] {
      let others = inner.indices.filter { $0 != index }
      let before = reached(from: indices[0], in: factors, through: others)
      if before.isEmpty || before.count == factors.count { continue }
      let after = factors.indices.filter { !before.contains($0) }
      let left = before.sorted().map { factors[$0] }
      let right = after.map { factors[$0] }
      if left.contains(where: { occurs(indices[1], in: $0) }) { continue }
      if !right.contains(where: { occurs(indices[1], in: $0) }) { continue }
      let between = place.isEmpty ? [] : [freshIndex(over: ranges[0])]
      let middle = between.map { symbol($0) }
      let first = squarePart(
        left, inner, index, [indices[0], index], ranges, binder, middle + place.suffix(1))
      let second = squarePart(
        right, inner, index, [index, indices[1]], ranges, binder, place.prefix(1) + middle)
      let product = canonicalProduct([first, second])
      return between.isEmpty
        ? product : canonicalIndexedSum(product, over: between, ranges: [ranges[0]])
    }
    return nil
  }

  /// The factors that hang together with an index through some others.
  private mutating func reached(
    from start: SymbolID, in factors: [Handle], through others: [SymbolID]
  ) -> Set<Int> {
    var found: Set<Int> = []
    var open = [start]
    var seen: Set<SymbolID> = [start]
    while let index = open.popLast() {
      for place in factors.indices where occurs(index, in: factors[place]) {
        guard found.insert(place).inserted else { continue }
        for other in others where occurs(other, in: factors[place]) {
          if seen.insert(other).inserted { open.append(other) }
        }
      }
    }
    return found
  }

  private mutating func squarePart(
    _ factors: [Handle], _ inner: OpenedBinder, _ cut: SymbolID, _ indices: [SymbolID],
    _ ranges: [IndexRange], _ binder: Handle, _ place: [Handle]
  ) -> Handle {
    let product = canonicalProduct(factors)
    let kept = inner.indices.indices.filter { slot in
      inner.indices[slot] != cut && occurs(inner.indices[slot], in: product)
    }
    let entry = canonicalIndexedSum(
      product, over: kept.map { inner.indices[$0] }, ranges: kept.map { inner.ranges[$0] })
    return canonicalSquare(entry, like: binder, over: indices, ranges: ranges, place: place)
  }
}
