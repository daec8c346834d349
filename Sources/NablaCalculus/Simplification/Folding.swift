import NablaExpressions
import NablaNumbers

/// A definition or an assumed equation prepared for reading in the direction that shortens.
package struct FoldableDefinition: Sendable {
  package enum Replacement: Sendable {
    case component(SymbolID)
    case function(SymbolID)
    case value(Handle)
  }

  let replacement: Replacement
  /// The name that is read in place of the body; none where that is a value.
  var name: SymbolID? {
    switch replacement {
    case .component(let id), .function(let id): id
    case .value: nil
    }
  }
  let parameters: [SymbolID]
  let parameterSet: Set<SymbolID>
  /// What is recognised, canonical, with inner names kept as names.
  let body: Handle
  /// The symbols and functions that occur in every instance, as bits.
  private let symbolMask: UInt64
  private let functionMask: UInt64

  /// Whether the definition is that of one of some names.
  func names(oneOf symbols: Set<SymbolID>) -> Bool {
    switch replacement {
    case .component(let id), .function(let id): symbols.contains(id)
    case .value: false
    }
  }

  init(
    _ replacement: Replacement, parameters: [SymbolID], body: Handle,
    in pool: inout ExpressionPool
  ) {
    self.replacement = replacement
    self.parameters = parameters
    let parameterSet = Set(parameters)
    self.parameterSet = parameterSet
    self.body = body
    var symbols: UInt64 = 0
    for symbol in pool.symbolsOccurring(in: [body]) where !parameterSet.contains(symbol) {
      symbols |= pool.mask(of: symbol)
    }
    symbolMask = symbols
    functionMask = pool.functionMask(body)
  }

  /// Whether an expression contains what an instance has to contain.
  func mayOccur(in handle: Handle, _ pool: inout ExpressionPool) -> Bool {
    pool.symbolMask(handle) & symbolMask == symbolMask
      && pool.functionMask(handle) & functionMask == functionMask
  }
}

extension ExpressionPool {
  /// The definitions that can be recognised in results: those longer than a name.
  package mutating func foldable(
    _ definitions: Definitions, excluding excluded: Set<SymbolID> = []
  ) -> [FoldableDefinition] {
    var found: [FoldableDefinition] = []
    for definition in definitions.all where !excluded.contains(definition.symbol) {
      if traits(definition.body).contains(.derivative) { continue }
      let body = canonical(definition.body)
      switch self[body] {
      case .integer, .number, .symbol, .constant, .entry: continue
      default: break
      }
      if definition.parameters.contains(where: { !occurs($0, in: body) }) { continue }
      found.append(
        FoldableDefinition(
          kind(of: definition.symbol) == .function
            ? .function(definition.symbol) : .component(definition.symbol),
          parameters: definition.parameters, body: body, in: &self))
    }
    // Later definitions stand on earlier ones and say more.
    found.reverse()
    return found
  }

  /// The expression with bodies of definitions replaced by their names; canonical in and out.
  package mutating func folded(
    _ root: Handle, _ definitions: [FoldableDefinition], used: inout [Int]
  ) -> Handle {
    var current = root
    for (place, definition) in definitions.enumerated()
    where definition.mayOccur(in: current, &self) {
      var memo = HandleMap()
      var isUsed = false
      let shorter = folded(current, definition, &memo, &isUsed)
      if shorter != current {
        used.append(place)
        current = shorter
      }
    }
    return current
  }

  private mutating func folded(
    _ handle: Handle, _ definition: FoldableDefinition, _ memo: inout HandleMap,
    _ isUsed: inout Bool
  ) -> Handle {
    if !definition.mayOccur(in: handle, &self) { return handle }
    if let known = memo[handle] { return known }
    var result = handle
    if let name = nameIfInstance(handle, definition) {
      isUsed = true
      result = name
    } else {
      switch self[handle] {
      case .indexedSum, .indexedProduct, .determinant, .inverse:
        result = foldedBinder(handle, definition, &memo, &isUsed)
      case .derivative: break
      default:
        let mapped = mapChildren(of: handle) { pool, child, _ in
          pool.folded(child, definition, &memo, &isUsed)
        }
        result = mapped == handle ? handle : collected(mapped)
      }
      result = foldedPart(result, definition, &isUsed)
    }
    memo[handle] = result
    return result
  }

  private mutating func foldedBinder(
    _ handle: Handle, _ definition: FoldableDefinition, _ memo: inout HandleMap,
    _ isUsed: inout Bool
  ) -> Handle {
    guard let opened = open(handle) else { return handle }
    if let shorter = foldedInnerSum(handle, opened, definition) {
      isUsed = true
      return folded(shorter, definition, &memo, &isUsed)
    }
    let body = folded(opened.body, definition, &memo, &isUsed)
    if body == opened.body { return handle }
    return canonicalBinder(body, like: handle, opened)
  }

  /// An instance that is the sum over one index of a sum over several: Σₙₖ aₙ·yₙₖ holds Σₖ yₙₖ,
  /// and so does Σₖ Σₙ aₙ·yₙₖ.
  private mutating func foldedInnerSum(
    _ handle: Handle, _ opened: OpenedBinder, _ definition: FoldableDefinition
  ) -> Handle? {
    guard case .indexedSum = self[handle], case .indexedSum = self[definition.body] else {
      return nil
    }
    let sum = flattened(opened)
    if sum.indices.count < 2 { return nil }
    for (slot, index) in sum.indices.enumerated() {
      let inside = sum.factors.filter { occurs(index, in: $0) }
      if inside.count == sum.factors.count { continue }
      let inner = canonicalIndexedSum(
        canonicalProduct(inside), over: [index], ranges: [sum.ranges[slot]])
      guard let name = nameIfInstance(inner, definition) else { continue }
      let outside = sum.factors.filter { !occurs(index, in: $0) }
      return canonicalIndexedSum(
        outside + [name], over: sum.indices, ranges: sum.ranges, without: [slot])
    }
    return nil
  }

  /// The factors of a sum and of the sums that stand as factors inside it, with all the indices.
  private mutating func flattened(
    _ opened: OpenedBinder
  ) -> (factors: [Handle], indices: [SymbolID], ranges: [IndexRange]) {
    var flat = (
      factors: factorHandles(canonical(opened.body)), indices: opened.indices,
      ranges: opened.ranges
    )
    var place = 0
    while place < flat.factors.count, flat.indices.count < 6 {
      guard case .indexedSum = self[flat.factors[place]],
        let inner = openAnew(flat.factors[place]),
        !inner.ranges.contains(where: { range in
          flat.indices.contains { occurs($0, in: range.lower) || occurs($0, in: range.upper) }
        })
      else {
        place += 1
        continue
      }
      flat.factors.remove(at: place)
      flat.factors += factorHandles(canonical(inner.body))
      flat.indices += inner.indices
      flat.ranges += inner.ranges
    }
    return flat
  }

  private mutating func nameIfInstance(
    _ handle: Handle, _ definition: FoldableDefinition
  ) -> Handle? {
    var bindings = ParameterBindings()
    var budget = 400
    guard unify(definition.body, handle, definition.parameterSet, &bindings, &budget) else {
      return nil
    }
    return name(of: definition, bindings)
  }

  private mutating func name(
    of definition: FoldableDefinition, _ bindings: ParameterBindings
  ) -> Handle? {
    var arguments: [Handle] = []
    var substitution = Substitution()
    for parameter in definition.parameters {
      guard let value = bindings[parameter] else { return nil }
      arguments.append(value)
      substitution.symbols[parameter] = value
    }
    switch definition.replacement {
    case .component(let id): return arguments.isEmpty ? symbol(id) : entry(id, arguments)
    case .function(let id): return apply(id, arguments)
    case .value(let value): return canonical(substitute(substitution, in: value))
    }
  }

  /// A definition's factors inside a longer product, or its terms inside a longer sum.
  private mutating func foldedPart(
    _ handle: Handle, _ definition: FoldableDefinition, _ isUsed: inout Bool
  ) -> Handle {
    var current = handle
    for _ in 0..<8 {
      guard let shorter = foldedOnce(current, definition) else { break }
      isUsed = true
      current = shorter
    }
    return current
  }

  private mutating func foldedOnce(
    _ handle: Handle, _ definition: FoldableDefinition
  ) -> Handle? {
    switch (self[definition.body], self[handle]) {
    case (.product, .product), (.product, .power), (.power, .product), (.power, .power):
      return foldedFactors(handle, definition) ?? foldedThroughSum(handle, definition)
    case (.sum, .sum): return foldedTerms(handle, definition)
    default: return nil
    }
  }

  private mutating func foldedFactors(
    _ handle: Handle, _ definition: FoldableDefinition
  ) -> Handle? {
    var coefficient = Rational(1)
    var needed: [Factor] = []
    for factor in factorHandles(definition.body) {
      if let value = rational(factor) {
        coefficient = value
      } else {
        needed.append(splitExponential(factor))
      }
    }
    // A body such as 1/S alone would turn every division by S into a name.
    if needed.isEmpty { return nil }
    var available: [Factor] = []
    for factor in factorHandles(handle) { available.append(splitExponential(factor)) }
    for direction in [4, 3, 2, 1, -1, -2] {
      var bindings = ParameterBindings()
      var budget = 200
      guard
        let rest = removing(
          needed, Rational(direction), available, definition.parameterSet, &bindings, &budget),
        let name = name(of: definition, bindings),
        let scale = coefficient.power(-direction, bitLimit: 4096)
      else { continue }
      var factors = [number(scale), canonicalPower(name, integer(direction))]
      for factor in rest { factors.append(canonicalPower(factor.base, factor.exponent)) }
      let shorter = canonicalProduct(factors)
      if shorter != handle, cost(shorter) < cost(handle) { return shorter }
    }
    return nil
  }

  /// An instance some of whose factors stand inside a sum and some outside:
  /// (Σ_k w(k)·e(k))/S is Σ_k w(k)·p(k) for p(k) = e(k)/S.
  private mutating func foldedThroughSum(
    _ handle: Handle, _ definition: FoldableDefinition
  ) -> Handle? {
    var needed: [Factor] = []
    for factor in factorHandles(definition.body) {
      if rational(factor) != nil { return nil }
      needed.append(splitExponential(factor))
    }
    let factors = factorHandles(handle)
    if needed.count < 2 || factors.count < 2 { return nil }
    for place in factors.indices {
      guard case .indexedSum = self[factors[place]], let opened = openAnew(factors[place]) else {
        continue
      }
      var available: [Factor] = []
      for factor in factorHandles(canonical(opened.body)) {
        available.append(splitExponential(factor))
      }
      for other in factors.indices where other != place {
        available.append(splitExponential(factors[other]))
      }
      var bindings = ParameterBindings()
      var budget = 200
      guard
        let rest = removing(
          needed, 1, available, definition.parameterSet, &bindings, &budget),
        let name = name(of: definition, bindings),
        opened.indices.contains(where: { occurs($0, in: name) })
      else { continue }
      var kept = [name]
      for factor in rest { kept.append(canonicalPower(factor.base, factor.exponent)) }
      let shorter = canonicalIndexedSum(
        canonicalProduct(kept), over: opened.indices, ranges: opened.ranges)
      if cost(shorter) < cost(handle) { return shorter }
    }
    return nil
  }

  /// A factor as base and exponent, with exp(n·u) read as exp(u) to the n.
  private mutating func splitExponential(_ factor: Handle) -> Factor {
    if case .function(.exp, let argument) = self[factor] {
      let split = splitCoefficient(argument)
      if split.coefficient.isInteger, split.factor != one {
        return Factor(
          base: canonicalFunction(.exp, split.factor), exponent: number(split.coefficient))
      }
    }
    return splitPower(factor)
  }

  private mutating func removing(
    _ needed: [Factor], _ direction: Rational, _ available: [Factor],
    _ parameters: Set<SymbolID>, _ bindings: inout ParameterBindings, _ budget: inout Int
  ) -> [Factor]? {
    guard let first = needed.first else { return available }
    guard let order = rational(first.exponent) else { return nil }
    let wanted = order * direction
    for place in available.indices {
      guard let own = rational(available[place].exponent), own.signum == wanted.signum,
        own.absoluteValue >= wanted.absoluteValue
      else { continue }
      var attempt = bindings
      var sign: Handle?
      if !unify(first.base, available[place].base, parameters, &attempt, &budget) {
        guard let opposite = opposite(of: available[place].base, to: wanted) else { continue }
        attempt = bindings
        guard unify(first.base, opposite, parameters, &attempt, &budget) else { continue }
        sign = (wanted.asInt ?? 0).isMultiple(of: 2) ? one : minusOne
      }
      var rest = available
      rest[place].exponent = number(own - wanted)
      if let sign { rest.append(Factor(base: sign, exponent: one)) }
      if let found = removing(
        Array(needed.dropFirst()), direction, rest, parameters, &attempt, &budget)
      {
        bindings = attempt
        return found
      }
    }
    return nil
  }

  /// A sum with all signs changed, which to a whole power is the same up to sign.
  private mutating func opposite(of base: Handle, to exponent: Rational) -> Handle? {
    guard case .sum = self[base], exponent.isInteger else { return nil }
    return expanded(canonicalProduct([minusOne, base]))
  }

  private mutating func foldedTerms(
    _ handle: Handle, _ definition: FoldableDefinition
  ) -> Handle? {
    let needed = termHandles(definition.body)
    let available = termHandles(handle)
    guard needed.count <= available.count, available.count <= 64, let lead = needed.first else {
      return nil
    }
    let leadTerm = splitCoefficient(lead)
    let leadFactors = factorHandles(leadTerm.factor).map { splitPower($0) }
    for place in available.indices {
      let candidate = splitCoefficient(available[place])
      guard let ratio = candidate.coefficient.dividing(by: leadTerm.coefficient) else { continue }
      var bindings = ParameterBindings()
      var budget = 100
      var scale = number(ratio)
      if !unify(leadTerm.factor, candidate.factor, definition.parameterSet, &bindings, &budget) {
        // G·δ(i,j) in δ(i,j)·a(i,j) + δ(i,j)·b(i,j).
        let factors = factorHandles(candidate.factor).map { splitPower($0) }
        bindings = ParameterBindings()
        guard factors.count > leadFactors.count,
          let rest = removing(
            leadFactors, 1, factors, definition.parameterSet, &bindings, &budget)
        else { continue }
        scale = canonicalProduct(
          [scale] + rest.map { canonicalPower($0.base, $0.exponent) })
      }
      guard let name = name(of: definition, bindings) else { continue }
      let body = instantiated(definition, bindings)
      var terms = [handle]
      for term in termHandles(body) {
        terms.append(canonicalProduct([minusOne, scale, term]))
      }
      let rest = canonicalSum(terms)
      let shorter = canonicalSum([rest, canonicalProduct([scale, name])])
      if shorter != handle, cost(shorter) < cost(handle) { return shorter }
    }
    return nil
  }

  private mutating func instantiated(
    _ definition: FoldableDefinition, _ bindings: ParameterBindings
  ) -> Handle {
    var substitution = Substitution()
    for entry in bindings.values { substitution.symbols[entry.parameter] = entry.value }
    return canonical(substitute(substitution, in: definition.body))
  }
}
