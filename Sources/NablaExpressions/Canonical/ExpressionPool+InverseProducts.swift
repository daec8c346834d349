import NablaNumbers

/// Products of a matrix and its inverse.
extension ExpressionPool {
  /// Σ_k M[x,k]·inv(M)[k,q] = δ(x,q) and Σ_k inv(M)[q,k]·M[k,x] = δ(q,x), among other factors and
  /// sums.
  mutating func sumOverInverse(
    _ factors: [Handle], _ indices: [SymbolID], _ ranges: [IndexRange]
  ) -> Handle? {
    guard factors.contains(where: { traits($0).contains(.matrix) }) else { return nil }
    if let reduced = sumOverOwnInverse(factors, indices, ranges) { return reduced }
    var flat: [Handle] = []
    var flatIndices = indices
    var flatRanges = ranges
    var pending = Array(factors.reversed())
    while let factor = pending.popLast() {
      guard case .indexedSum = self[factor], flatIndices.count < 12,
        flatIndices.contains(where: { occurs($0, in: factor) }), let inner = openAnew(factor),
        rangesAreClosed(inner.ranges, from: flatIndices)
      else {
        flat.append(factor)
        continue
      }
      pending += factorHandles(canonical(inner.body)).reversed()
      flatIndices += inner.indices
      flatRanges += inner.ranges
    }
    if flatIndices.count == indices.count { return nil }
    return sumOverOwnInverse(flat, flatIndices, flatRanges)
  }

  /// The same with no sums among the factors looked into.
  private mutating func sumOverOwnInverse(
    _ factors: [Handle], _ indices: [SymbolID], _ ranges: [IndexRange]
  ) -> Handle? {
    // Every inverse is held against every other factor, again after each product that goes.
    if factors.count < 2 || factors.count > 40 { return nil }
    for place in factors.indices {
      guard case .inverse = self[factors[place]], let opened = openAnew(factors[place]) else {
        continue
      }
      for side in 0..<2 {
        guard case .symbol(let id) = self[opened.place[side]],
          let slot = indices.firstIndex(of: id), opened.place[1 - side] != opened.place[side],
          ranges[slot] == opened.ranges[1 - side]
        else { continue }
        var rest = factors
        rest.remove(at: place)
        let product = MatrixProduct(
          matrix: opened, side: side, factors: rest, indices: indices, ranges: ranges, slot: slot)
        if let reduced = reduced(product) { return reduced }
      }
    }
    return nil
  }

  /// A product in which an entry of an inverse has been found, and where it is summed over.
  private struct MatrixProduct {
    let matrix: OpenedBinder
    /// Which index of the entry is summed over.
    let side: Int
    /// The other factors.
    let factors: [Handle]
    let indices: [SymbolID]
    let ranges: [IndexRange]
    let slot: Int
  }

  private mutating func reduced(_ product: MatrixProduct) -> Handle? {
    let matrix = product.matrix
    // inv(M)[k,q] stands beside M[x,k], inv(M)[q,k] beside M[k,x].
    let sought = matrix.indices[product.side]
    let summed = symbol(product.indices[product.slot])
    let body = canonical(
      substitute(Substitution(matrix.indices[1 - product.side], summed), in: matrix.body))
    var content = splitCoefficient(body)
    if case .sum = self[content.factor] { content = primitivePart(content.factor) }
    guard let inverse = Rational(1).dividing(by: content.coefficient) else { return nil }
    let whole = factorHandles(content.factor)
    if let reduced = reduced(product, whole, sought, [], scale: inverse) { return reduced }
    switch self[content.factor] {
    case .sum:
      // Which of two opposite sums is the primitive one depends on the names.
      let opposite = canonicalNegation(content.factor)
      return reduced(product, [opposite], sought, [], scale: -inverse)
    case .indexedSum:
      // The sum inside the matrix is one of those over the product.
      guard let inner = openAnew(content.factor) else { return nil }
      let parts = factorHandles(canonical(inner.body))
      return reduced(product, parts, sought, inner.indices, scale: inverse)
    default: return nil
    }
  }

  /// The product without the factors that are the parts of an entry, if they are all there.
  private mutating func reduced(
    _ product: MatrixProduct, _ parts: [Handle], _ sought: SymbolID, _ inner: [SymbolID],
    scale: Rational
  ) -> Handle? {
    let summed = product.indices[product.slot]
    var constants: [Handle] = []
    var moving: [Handle] = []
    for part in parts {
      let moves = ([summed, sought] + inner).contains { occurs($0, in: part) }
      if moves { moving.append(part) } else { constants.append(part) }
    }
    var search = FactorSearch(Set([sought] + inner))
    guard !moving.isEmpty, moving.count <= 6, take(moving, from: product.factors, &search),
      let other = search.bindings[sought]
    else { return nil }
    var gone: Set<Int> = [product.slot]
    for index in inner {
      guard let value = search.bindings[index], case .symbol(let id) = self[value],
        let slot = product.indices.firstIndex(of: id), gone.insert(slot).inserted
      else { return nil }
    }
    let remote = product.matrix.place[1 - product.side]
    for slot in gone {
      let index = product.indices[slot]
      if occurs(index, in: remote) || occurs(index, in: other) { return nil }
      for factor in search.rest where occurs(index, in: factor) { return nil }
    }
    var kept = search.rest
    kept.append(number(scale))
    for constant in constants { kept.append(canonicalPower(constant, minusOne)) }
    kept.append(canonicalDelta(other, remote))
    return canonicalIndexedSum(
      kept, over: product.indices, ranges: product.ranges, without: gone)
  }

  /// Which factors have been found to be the parts of an entry.
  private struct FactorSearch {
    let parameters: Set<SymbolID>
    var bindings = ParameterBindings()
    var rest: [Handle] = []
    var budget = 400

    init(_ parameters: Set<SymbolID>) { self.parameters = parameters }
  }

  private mutating func take(
    _ parts: [Handle], from factors: [Handle], _ search: inout FactorSearch
  ) -> Bool {
    guard let part = parts.first else {
      search.rest = factors
      return true
    }
    for place in factors.indices {
      var attempt = search
      let fits = unify(
        part, factors[place], search.parameters, &attempt.bindings, &attempt.budget)
      search.budget = attempt.budget
      if search.budget < 0 { return false }
      guard fits else { continue }
      var others = factors
      others.remove(at: place)
      if take(Array(parts.dropFirst()), from: others, &attempt) {
        search = attempt
        return true
      }
      search.budget = attempt.budget
      if search.budget < 0 { return false }
    }
    return false
  }
}
