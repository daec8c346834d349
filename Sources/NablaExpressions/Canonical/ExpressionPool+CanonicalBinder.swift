import NablaNumbers

/// Sums over indices in normal form (design: sums are kernels that hold for every size).
extension ExpressionPool {
  /// The sum of a canonical body over indices that occur free in it.
  package mutating func canonicalIndexedSum(
    _ body: Handle, over indices: [SymbolID], ranges: [IndexRange]
  ) -> Handle {
    if indices.isEmpty || body == zero { return body }
    switch self[body] {
    case .sum(let list):
      var terms: [Handle] = []
      for term in operands(list) {
        terms.append(canonicalIndexedSum(term, over: indices, ranges: ranges))
      }
      return canonicalSum(terms)
    case .indexedSum:
      if let merged = mergedWithInner(body, over: indices, ranges: ranges) { return merged }
    default: break
    }
    var factors = factorHandles(body)
    if !keepsInverses, let reduced = sumOverInverse(factors, indices, ranges) { return reduced }
    if let distributed = distributedOverDelta(factors) {
      return canonicalIndexedSum(distributed, over: indices, ranges: ranges)
    }
    if !keepsDeltas, let reduced = sumOverDelta(&factors, indices, ranges) { return reduced }
    return separatedSum(factors, indices, ranges)
  }

  /// A sum with a delta in one of its terms is multiplied out, so that the delta can act.
  private mutating func distributedOverDelta(_ factors: [Handle]) -> Handle? {
    if factors.count < 2 { return nil }
    for place in factors.indices {
      guard case .sum(let list) = self[factors[place]], traits(factors[place]).contains(.delta)
      else { continue }
      let hasDelta = operands(list).contains { term in
        factorHandles(term).contains { factor in
          if case .delta = self[factor] { return true }
          return false
        }
      }
      guard hasDelta else { continue }
      var rest = factors
      rest.remove(at: place)
      var terms: [Handle] = []
      for term in operands(list) { terms.append(canonicalProduct(rest + [term])) }
      return canonicalSum(terms)
    }
    return nil
  }

  /// Σ_k δ(k,t)·f(k) = f(t) for a t in range.
  private mutating func sumOverDelta(
    _ factors: inout [Handle], _ indices: [SymbolID], _ ranges: [IndexRange]
  ) -> Handle? {
    for place in factors.indices {
      guard case .delta(let left, let right) = self[factors[place]] else { continue }
      for (slot, index) in indices.enumerated() {
        let name = symbol(index)
        guard left == name || right == name else { continue }
        let target = left == name ? right : left
        if occurs(index, in: target) { continue }
        var rest = factors
        rest.remove(at: place)
        let product = canonicalProduct(rest)
        let result = canonical(substitute(Substitution(index, target), in: product))
        return canonicalIndexedSum(
          membership(of: target, in: ranges[slot]) + [result], over: indices, ranges: ranges,
          without: [slot])
      }
    }
    return nil
  }

  /// Indicators that an index lies in a range; none where that is known.
  private mutating func membership(of index: Handle, in range: IndexRange) -> [Handle] {
    if isInRange(index, range) { return [] }
    let above = canonicalRelation(.greaterOrEqual, index, range.lower)
    let below = canonicalRelation(.lessOrEqual, index, range.upper)
    return [canonicalIndicator(above), canonicalIndicator(below)]
  }

  /// Whether an index is known to lie in a range; a component that is named exists.
  package mutating func isInRange(_ index: Handle, _ range: IndexRange) -> Bool {
    switch self[index] {
    case .symbol(let id):
      guard let own = symbols[Int(id.index)].ranges.first else { return false }
      return canonical(own.lower) == canonical(range.lower)
        && canonical(own.upper) == canonical(range.upper)
    case .integer(let value):
      let value = Rational(Int(value))
      let lower = rational(range.lower)
      let upper = rational(range.upper)
      if varies(range.lower) || varies(range.upper) { return false }
      return (lower.map { $0 <= value } ?? true) && (upper.map { value <= $0 } ?? true)
    default: return false
    }
  }

  /// Whether a bound depends on an index, so that the range is a different one for each value.
  private mutating func varies(_ bound: Handle) -> Bool {
    if looseLevels(bound) > 0 { return true }
    return symbolsOccurring(in: [bound]).contains { id in
      let kind = kind(of: id)
      return kind == .index || kind == .label
    }
  }

  /// The sum over what indices remain once a factor or the indices themselves have gone.
  package mutating func canonicalIndexedSum(
    _ factors: [Handle], over indices: [SymbolID], ranges: [IndexRange], without slots: Set<Int>
  ) -> Handle {
    let kept = indices.indices.filter { !slots.contains($0) }
    return canonicalIndexedSum(
      canonicalProduct(factors), over: kept.map { indices[$0] }, ranges: kept.map { ranges[$0] })
  }

  /// Factors go in front of the sums that they do not depend on; independent sums come apart.
  private mutating func separatedSum(
    _ factors: [Handle], _ indices: [SymbolID], _ ranges: [IndexRange]
  ) -> Handle {
    var groups: [(factors: [Handle], slots: Set<Int>)] = []
    var outside: [Handle] = []
    for factor in factors {
      var slots: Set<Int> = []
      for (slot, index) in indices.enumerated() where occurs(index, in: factor) {
        slots.insert(slot)
      }
      if slots.isEmpty {
        outside.append(factor)
        continue
      }
      var merged = (factors: [factor], slots: slots)
      groups.removeAll { group in
        if group.slots.isDisjoint(with: merged.slots) { return false }
        merged.factors = group.factors + merged.factors
        merged.slots.formUnion(group.slots)
        return true
      }
      groups.append(merged)
    }
    for (slot, range) in ranges.enumerated()
    where !groups.contains(where: { $0.slots.contains(slot) }) {
      outside.append(knownSize(of: range) ?? closeSum(one, over: [indices[slot]], ranges: [range]))
    }
    for group in groups {
      let slots = group.slots.sorted()
      outside.append(
        sumOfConnected(group.factors, slots.map { indices[$0] }, slots.map { ranges[$0] }))
    }
    return canonicalProduct(outside)
  }

  private mutating func sumOfConnected(
    _ factors: [Handle], _ indices: [SymbolID], _ ranges: [IndexRange]
  ) -> Handle {
    if indices.count == 1, let count = sizeWithoutOne(factors, indices[0], ranges[0]) {
      return count
    }
    if let nested = nestedSum(factors, indices, ranges) { return nested }
    let body = canonicalProduct(factors)
    if case .sum = self[body] { return canonicalIndexedSum(body, over: indices, ranges: ranges) }
    if let merged = mergedWithInner(body, over: indices, ranges: ranges) { return merged }
    return closeInNormalOrder(body, over: indices, ranges: ranges)
  }

  /// Σ_{i,j} f(i)·g(i,j) = Σ_i f(i)·Σ_j g(i,j), where only one factor carries j.
  ///
  /// Inner sums that nothing else takes part in can be recognised as names.
  private mutating func nestedSum(
    _ factors: [Handle], _ indices: [SymbolID], _ ranges: [IndexRange]
  ) -> Handle? {
    if mergesNestedSums || indices.count < 2 || factors.count < 2 { return nil }
    for place in factors.indices {
      var inner: [Int] = []
      for slot in indices.indices where occurs(indices[slot], in: factors[place]) {
        var isAlone = true
        for other in factors.indices where other != place {
          if occurs(indices[slot], in: factors[other]) { isAlone = false }
        }
        if isAlone { inner.append(slot) }
      }
      if inner.isEmpty { continue }
      let innerIndices = inner.map { indices[$0] }
      if !rangesAreClosed(ranges, from: innerIndices) { continue }
      var parts = factors
      parts[place] = canonicalIndexedSum(
        factors[place], over: innerIndices, ranges: inner.map { ranges[$0] })
      let outer = indices.indices.filter { !inner.contains($0) }
      return canonicalIndexedSum(
        canonicalProduct(parts), over: outer.map { indices[$0] }, ranges: outer.map { ranges[$0] })
    }
    return nil
  }

  /// Σ_i Σ_j as one sum over both indices, and Σ_i f(i)·Σ_j g(i,j) where nested sums are to be
  /// merged; nil where there is no inner sum, or its range depends on the index of the outer one.
  private mutating func mergedWithInner(
    _ body: Handle, over indices: [SymbolID], ranges: [IndexRange]
  ) -> Handle? {
    var factors = factorHandles(body)
    if !mergesNestedSums {
      guard factors.count == 1, case .indexedSum = self[factors[0]] else { return nil }
    }
    for place in factors.indices {
      // (Σ_j g)² is Σ_j g·Σ_j g, of which one is taken at a time.
      var rest: Handle?
      var sum = factors[place]
      if case .power(let base, let exponent) = self[sum], case .indexedSum = self[base],
        let order = rational(exponent)?.asInt, (2...4).contains(order)
      {
        rest = order == 2 ? base : canonicalPower(base, integer(order - 1))
        sum = base
      }
      guard case .indexedSum = self[sum], let inner = openAnew(sum),
        rangesAreClosed(inner.ranges, from: indices)
      else { continue }
      factors[place] = canonical(inner.body)
      if let rest { factors.append(rest) }
      return canonicalIndexedSum(
        canonicalProduct(factors), over: indices + inner.indices, ranges: ranges + inner.ranges)
    }
    return nil
  }

  /// Σ_{k ≠ t} 1 = N − 1 for a t in range.
  private mutating func sizeWithoutOne(
    _ factors: [Handle], _ index: SymbolID, _ range: IndexRange
  ) -> Handle? {
    guard factors.count == 1, case .indicator(let condition) = self[factors[0]],
      case .relation(.notEqual, let list) = self[condition]
    else { return nil }
    let name = symbol(index)
    let left = operand(list, 0)
    let right = operand(list, 1)
    guard left == name || right == name else { return nil }
    guard isInRange(left == name ? right : left, range) else { return nil }
    return canonicalSum([size(of: range), minusOne])
  }

  /// The number of values of an index.
  package mutating func size(of range: IndexRange) -> Handle {
    canonicalSum([
      canonical(range.upper), canonicalNegation(canonical(range.lower)), one,
    ])
  }

  /// The number of values of an index as an expression; nil if the range may be empty by more
  /// than one, where that expression would be negative.
  package mutating func knownSize(of range: IndexRange) -> Handle? {
    let size = size(of: range)
    return isNeverNegative(size) ? size : nil
  }

  /// Whether an affine form in indices and dimensions is at least 0 for all their values.
  private mutating func isNeverNegative(_ handle: Handle) -> Bool {
    var form = handle
    for _ in 0..<16 {
      var least = Rational(0)
      var replaced: (id: SymbolID, end: Handle)?
      var hasNegativeSize = false
      for term in termHandles(form) {
        let split = splitCoefficient(term)
        if split.factor == one {
          least = least + split.coefficient
          continue
        }
        guard case .symbol(let id) = self[split.factor] else { return false }
        switch kind(of: id) {
        case .dimension:
          least = least + split.coefficient
          if split.coefficient.signum < 0 { hasNegativeSize = true }
        case .index, .label:
          guard let range = symbols[Int(id.index)].ranges.first else { return false }
          replaced = (id, split.coefficient.signum > 0 ? range.lower : range.upper)
        default: return false
        }
      }
      guard let replaced else { return !hasNegativeSize && least.signum >= 0 }
      form = canonical(substitute(Substitution(replaced.id, replaced.end), in: form))
    }
    return false
  }

  mutating func rangesAreClosed(_ ranges: [IndexRange], from indices: [SymbolID]) -> Bool {
    for range in ranges {
      for index in indices where occurs(index, in: range.lower) || occurs(index, in: range.upper) {
        return false
      }
    }
    return true
  }

  /// The sum with its operands in order, times −1 where that turned a factor.
  mutating func closeSorted(
    _ body: Handle, _ indices: [SymbolID], _ ranges: [IndexRange]
  ) -> Handle {
    let closed = closeSum(body, over: indices, ranges: ranges)
    guard case .indexedSum(let list, let inner) = self[closed] else { return closed }
    var memo = HandleMap()
    let inOrder = resorted(inner, &memo)
    let body =
      turnsBoundFactors ? splitCoefficient(inOrder) : Term(coefficient: 1, factor: inOrder)
    let sorted = intern(.indexedSum(list, body.factor), operands(list))
    if binderNames[sorted] == nil { binderNames[sorted] = binderNames[closed] }
    return scaled(sorted, by: body.coefficient)
  }

  /// Operand lists put back in canonical order after indices got their numbers.
  ///
  /// The order decides which of x − y and y − x is the primitive one; where factors turn, signs
  /// go to the front.
  mutating func resorted(_ handle: Handle, _ memo: inout HandleMap) -> Handle {
    if looseLevels(handle) == 0 { return handle }
    if let known = memo[handle] { return known }
    let mapped = mapChildren(of: handle) { pool, child, _ in pool.resorted(child, &memo) }
    var result = mapped
    switch self[mapped] {
    case .sum(let list): result = writtenSum(canonicallyOrdered(operands(list)))
    case .product(let list):
      let factors = operands(list)
      result =
        factors.contains { mayTurn($0) }
        ? canonicalProduct(factors) : writtenProduct(sortedAfterNumber(factors))
    case .power(let base, let exponent) where mayTurn(base):
      result = canonicalPower(base, exponent)
    case .function(let function, let argument)
    where turnsBoundFactors && (function.isOdd || function.isEven):
      result = canonicalFunction(function, argument)
    case .indexedSum(let list, let body) where turnsBoundFactors:
      let split = splitCoefficient(body)
      if split.factor != body, split.factor != one {
        result = scaled(
          intern(.indexedSum(list, split.factor), operands(list)), by: split.coefficient)
      }
    case .maximum(let list):
      result = writtenExtremum(canonicallyOrdered(operands(list)), isMaximum: true)
    case .minimum(let list):
      result = writtenExtremum(canonicallyOrdered(operands(list)), isMaximum: false)
    case .conjunction(let list): result = conjunction(canonicallyOrdered(operands(list)))
    case .disjunction(let list): result = disjunction(canonicallyOrdered(operands(list)))
    case .delta(let left, let right):
      if precedes(right, left) { result = writtenDelta(right, left) }
    case .entry(let id, let list): result = canonicalEntry(id, operands(list))
    case .inverse: result = withOrderedPlace(mapped)
    case .relation(let relation, let list) where relation == .equal || relation == .notEqual:
      if precedes(operand(list, 1), operand(list, 0)) {
        result = self.relation(relation, operand(list, 1), operand(list, 0))
      }
    default: break
    }
    memo[handle] = result
    return result
  }

  /// Whether a base may have changed its sign.
  private func mayTurn(_ base: Handle) -> Bool {
    if !turnsBoundFactors { return false }
    switch self[base] {
    case .sum, .product: return true
    default: return false
    }
  }

  private mutating func sortedAfterNumber(_ factors: [Handle]) -> [Handle] {
    guard let first = factors.first, isNumber(first) else { return canonicallyOrdered(factors) }
    return [first] + canonicallyOrdered(Array(factors.dropFirst()))
  }

  /// The product of a canonical body over indices that occur free in it.
  package mutating func canonicalIndexedProduct(
    _ body: Handle, over indices: [SymbolID], ranges: [IndexRange]
  ) -> Handle {
    guard indices.count == 1 else {
      let inner = canonicalIndexedProduct(
        body, over: Array(indices.suffix(1)), ranges: Array(ranges.suffix(1)))
      return canonicalIndexedProduct(
        inner, over: Array(indices.dropLast()), ranges: Array(ranges.dropLast()))
    }
    if !occurs(indices[0], in: body) {
      if let size = knownSize(of: ranges[0]) { return canonicalPower(body, size) }
      return closeProduct(body, over: indices, ranges: ranges)
    }
    switch self[body] {
    case .product(let list):
      var parts: [Handle] = []
      for factor in operands(list) {
        parts.append(canonicalIndexedProduct(factor, over: indices, ranges: ranges))
      }
      return canonicalProduct(parts)
    case .function(.exp, let exponent):
      return canonicalFunction(
        .exp, canonicalIndexedSum(exponent, over: indices, ranges: ranges))
    case .power(let base, let exponent) where rational(exponent)?.isInteger == true:
      return canonicalPower(
        canonicalIndexedProduct(base, over: indices, ranges: ranges), exponent)
    default:
      let closed = closeProduct(body, over: indices, ranges: ranges)
      guard case .indexedProduct(let list, let inner) = self[closed] else { return closed }
      var memo = HandleMap()
      let sorted = intern(.indexedProduct(list, resorted(inner, &memo)), operands(list))
      if binderNames[sorted] == nil { binderNames[sorted] = binderNames[closed] }
      return sorted
    }
  }
}
