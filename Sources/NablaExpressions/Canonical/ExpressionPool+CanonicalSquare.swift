/// Determinants and entries of inverses in normal form.
extension ExpressionPool {
  /// A component; the indices of a symmetric matrix are put in order.
  package mutating func canonicalEntry(_ array: SymbolID, _ indices: [Handle]) -> Handle {
    if indices.count == 2, isSymmetric(array), precedes(indices[1], indices[0]) {
      return entry(array, [indices[1], indices[0]])
    }
    return entry(array, indices)
  }

  /// Whether a symbol is a matrix declared symmetric, or known to be where definitions count.
  package func isSymmetric(_ array: SymbolID) -> Bool {
    if ordersSymmetricNames, symmetricNames[array] == true { return true }
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
    if let value = valueOfProduct(body, binder, indices, ranges, place) { return value }
    let upright = closeSquare(body, binder, indices, ranges, place)
    let transposed = closeSquare(
      body, binder, indices.reversed(), ranges.reversed(), place.reversed())
    let preference = orientation(of: body, row: symbol(indices[0]), column: symbol(indices[1]))
    if preference != 0 { return withOrderedPlace(preference > 0 ? upright : transposed) }
    if let own = squareBody(upright), let other = squareBody(transposed), own != other {
      return withOrderedPlace(precedes(own, other) ? upright : transposed)
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
      && isSymmetric(body: body, of: handle)
  }

  /// Whether the canonical entry of a matrix is the same with its indices exchanged.
  private mutating func isSymmetric(body: Handle, of handle: Handle) -> Bool {
    if let known = symmetries.number(for: body) { return known == 1 }
    var exchanged: [UInt64: Handle] = [:]
    let transposed = exchangingSlots(body, level: 0, &exchanged)
    var sorted = HandleMap()
    let isSymmetric =
      resorted(transposed, &sorted) == body || isSymmetricOpened(handle)
    symmetries.setNumber(isSymmetric ? 1 : 0, for: body)
    return isSymmetric
  }

  /// The same with the sums inside in normal form again, and with d(j)·δ(i,j) as d(i)·δ(i,j).
  private mutating func isSymmetricOpened(_ handle: Handle) -> Bool {
    guard let opened = open(handle), opened.indices.count == 2, treeSize(opened.body) <= 400 else {
      return false
    }
    let names = opened.indices.map { symbol($0) }
    var exchange = Substitution()
    exchange.symbols[opened.indices[0]] = names[1]
    exchange.symbols[opened.indices[1]] = names[0]
    let exchanged = canonical(substitute(exchange, in: opened.body))
    let own = canonical(opened.body)
    if exchanged == own { return true }
    let delta = canonicalDelta(names[0], names[1])
    var terms: [Handle] = []
    for term in termHandles(canonicalDifference(own, exchanged)) {
      let isDiagonal = factorHandles(term).contains(delta)
      terms.append(
        isDiagonal
          ? canonical(substitute(Substitution(opened.indices[1], names[0]), in: term)) : term)
    }
    return canonicalSum(terms) == zero
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
