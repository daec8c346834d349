import NablaExpressions
import NablaNumbers

/// An equation that gives a sum a value, for all values of some indices.
struct SumFact {
  let parameters: Set<SymbolID>
  /// The canonical sum.
  let sum: Handle
  let value: Handle

  /// Nil if a relation is no such equation.
  init?(_ relation: Handle, _ pool: inout ExpressionPool) {
    guard case .relation(.equal, let list) = pool[relation], pool.count(list) == 2 else {
      return nil
    }
    let one = pool.canonical(pool.operand(list, 0))
    let other = pool.canonical(pool.operand(list, 1))
    if case .indexedSum = pool[one] {
      (sum, value) = (one, other)
    } else if case .indexedSum = pool[other] {
      (sum, value) = (other, one)
    } else {
      return nil
    }
    if case .indexedSum = pool[value] { return nil }
    parameters = Set(pool.freeIndices(of: [sum]))
    guard pool.freeIndices(of: [value]).allSatisfy({ parameters.contains($0) }) else { return nil }
  }
}

extension Reducer {
  /// A sum over indices as a combination of sums of monomials, from which all that does not depend
  /// on the indices has been taken out.
  mutating func indexedSum(
    _ handle: Handle, _ pool: inout ExpressionPool
  ) throws(ReductionFailure) -> FactoredForm {
    let isCanonical = canonicalSums.contains(handle) || settledSums.contains(handle)
    let canonical = isCanonical ? handle : pool.canonical(handle)
    if settledSums.contains(canonical) { return name(canonical, &pool) }
    guard case .indexedSum = pool[canonical], let opened = pool.open(canonical) else {
      if canonical == handle { throw .tooLarge }
      for node in pool.nodesBelow([canonical]) {
        if case .indexedSum = pool[node] { canonicalSums.insert(node) }
      }
      return try form(of: canonical, in: &pool)
    }
    let jumpsBefore = jumps
    keepExclusions(in: opened, &pool)
    let body = try form(of: opened.body, in: &pool)
    if jumps != jumpsBefore, jumps.contains(where: { !jumpsBefore.contains($0) }) {
      // A jump under a sum is at as many places as there are terms.
      throw .tooLarge
    }
    return try total(of: body, over: opened.indices, opened.ranges, &pool)
  }

  /// The sum of a form over indices.
  private mutating func total(
    of body: FactoredForm, over indices: [SymbolID], _ ranges: [IndexRange],
    _ pool: inout ExpressionPool
  ) throws(ReductionFailure) -> FactoredForm {
    var terms: [FactoredForm] = []
    for (outside, inside) in try split(body, Set(indices)) {
      var own = try innerAssumed(inside, indices, ranges, &pool)
      if own == nil { own = try sum(of: inside, indices, ranges, &pool) }
      if let own { terms.append(try algebra.multiply(outside, own)) }
    }
    return try algebra.add(terms)
  }

  /// A sum over several indices if its part with one of them has an assumed sum over that index:
  /// Σ_{n,c} f(n,c)·g(n) = Σ_n g(n)·Σ_c f(n,c), as long as c is in no other range.
  private mutating func innerAssumed(
    _ inside: FactoredForm, _ indices: [SymbolID], _ ranges: [IndexRange],
    _ pool: inout ExpressionPool
  ) throws(ReductionFailure) -> FactoredForm? {
    if sumFacts.isEmpty || indices.count < 2 { return nil }
    for (slot, index) in indices.enumerated() {
      var others = ranges
      let range = others.remove(at: slot)
      if pool.symbolsOccurring(in: others.flatMap { [$0.lower, $0.upper] }).contains(index) {
        continue
      }
      let own = inside.factors.filter { algebra.indices(of: $0.id).contains(index) }
      let rest = inside.factors.filter { !algebra.indices(of: $0.id).contains(index) }
      if own.isEmpty { continue }
      let body = pool.canonical(try expression(of: FactoredForm(1, own), &pool))
      let inner = pool.canonicalIndexedSum(body, over: [index], ranges: [range])
      guard case .indexedSum = pool[inner], let value = assumed(inner, &pool) else { continue }
      var remaining = indices
      remaining.remove(at: slot)
      let product = try algebra.multiply(
        FactoredForm(inside.coefficient, rest), form(of: value, in: &pool))
      return try total(of: product, over: remaining, others, &pool)
    }
    return nil
  }

  /// A form as a sum of products of what is free of some indices and what is not.
  private mutating func split(
    _ form: FactoredForm, _ bound: Set<SymbolID>, depth: Int = 0
  ) throws(ReductionFailure) -> [(outside: FactoredForm, inside: FactoredForm)] {
    // A remainder by one of several divisors need not be shorter.
    if depth > 24 { throw .tooLarge }
    var free: [FactoredForm.Factor] = []
    var polynomials: [FactoredForm.Factor] = []
    var rest: [FactoredForm.Factor] = []
    let isFraction = form.factors.contains { factor in
      factor.exponent < 0 && algebra.kernel(of: factor.id) == nil
        && !algebra.indices(of: factor.id).isDisjoint(with: bound)
    }
    for factor in form.factors {
      if algebra.indices(of: factor.id).isDisjoint(with: bound) {
        free.append(factor)
      } else if factor.exponent > 0, isFraction || algebra.kernel(of: factor.id) == nil {
        polynomials.append(factor)
      } else {
        rest.append(factor)
      }
    }
    let outside = FactoredForm(form.coefficient, free)
    let inside = FactoredForm(1, rest)
    if polynomials.isEmpty { return [(outside, inside)] }
    var polynomial = try algebra.expanded(FactoredForm(1, polynomials))
    // Numerators are brought below their denominators, so that sums of fractions have one form.
    for factor in rest where factor.exponent < 0 && algebra.kernel(of: factor.id) == nil {
      let divisor = algebra.polynomial(of: factor.id)
      let (quotient, remainder) = try polynomial.dividedWithRemainder(by: divisor)
      if quotient.isZero { continue }
      let shorter = try FactoredForm(factor: factor.id).times(inside)
      let whole = try algebra.multiply(
        algebra.multiply(outside, shorter), algebra.factored(algebra.reduced(quotient)))
      let first = try split(whole, bound, depth: depth + 1)
      if remainder.isZero { return first }
      polynomial = try algebra.reduced(remainder)
      let fraction = try algebra.multiply(
        algebra.multiply(outside, inside), algebra.factored(polynomial))
      return first + (try split(fraction, bound, depth: depth + 1))
    }
    var parts: [FactoredForm: [FactoredForm]] = [:]
    var order: [FactoredForm] = []
    for (monomial, value) in polynomial.ordered {
      var own = outside.scaled(by: value)
      var dependent = inside
      for power in monomial.powers {
        let factor = FactoredForm(factor: algebra.factor(kernel: power.kernel), power.exponent)
        if algebra.kernels[power.kernel].indices.isDisjoint(with: bound) {
          own = try algebra.multiply(own, factor)
        } else {
          dependent = try algebra.multiply(dependent, factor)
        }
      }
      own = own.scaled(by: dependent.coefficient)
      dependent.coefficient = 1
      if parts[dependent] == nil { order.append(dependent) }
      parts[dependent, default: []].append(own)
    }
    var result: [(outside: FactoredForm, inside: FactoredForm)] = []
    for inside in order {
      result.append((try algebra.add(parts[inside] ?? []), inside))
    }
    return result
  }

  mutating func sum(
    of inside: FactoredForm, _ indices: [SymbolID], _ ranges: [IndexRange],
    _ pool: inout ExpressionPool
  ) throws(ReductionFailure) -> FactoredForm {
    let body = pool.canonical(try expression(of: inside, &pool))
    // Nested sums and sums over several indices at once become one form.
    let total = pool.mergingNestedSums { pool in
      pool.canonicalIndexedSum(body, over: indices, ranges: ranges)
    }
    if case .indexedSum = pool[total] {
      if let value = assumed(total, &pool) { return try form(of: value, in: &pool) }
      settledSums.insert(total)
      return name(total, &pool)
    }
    // Sums that came apart are settled too: nothing in them would be split once more.
    for node in pool.nodesBelow([total]) {
      if case .indexedSum = pool[node] { settledSums.insert(node) }
    }
    return try form(of: total, in: &pool)
  }

  /// The value that an assumption gives to a sum.
  private func assumed(_ sum: Handle, _ pool: inout ExpressionPool) -> Handle? {
    for fact in sumFacts {
      var bindings = ParameterBindings()
      var budget = 200
      guard pool.unify(fact.sum, sum, fact.parameters, &bindings, &budget) else { continue }
      var substitution = Substitution()
      for parameter in fact.parameters {
        guard let value = bindings[parameter] else { return nil }
        substitution.symbols[parameter] = value
      }
      return pool.substitute(substitution, in: fact.value)
    }
    return nil
  }

  // MARK: Back to expressions

  /// An expression of the same value as a form.
  mutating func expression(
    of form: FactoredForm, _ pool: inout ExpressionPool
  ) throws(ReductionFailure) -> Handle {
    var parts = [pool.number(form.coefficient)]
    for factor in form.factors {
      let base = try expression(ofFactor: factor.id, &pool)
      parts.append(pool.writtenPower(base, pool.integer(factor.exponent)))
    }
    return pool.writtenProduct(parts)
  }

  mutating func expression(
    ofFactor factor: Int, _ pool: inout ExpressionPool
  ) throws(ReductionFailure) -> Handle {
    if let kernel = algebra.kernel(of: factor) { return try expression(ofKernel: kernel, &pool) }
    return try expression(of: algebra.polynomial(of: factor), in: &pool)
  }

  /// An expression of the same value as a polynomial in kernels.
  mutating func expression(
    of polynomial: KernelPolynomial, in pool: inout ExpressionPool
  ) throws(ReductionFailure) -> Handle {
    var terms: [Handle] = []
    for (monomial, value) in polynomial.ordered {
      var parts = [pool.number(value)]
      for power in monomial.powers {
        let base = try expression(ofKernel: power.kernel, &pool)
        parts.append(pool.writtenPower(base, pool.integer(power.exponent)))
      }
      terms.append(pool.writtenProduct(parts))
    }
    return pool.writtenSum(terms)
  }

  private mutating func expression(
    ofKernel place: Int, _ pool: inout ExpressionPool
  ) throws(ReductionFailure) -> Handle {
    try algebra.spend(1)
    switch algebra.kernels[place].kind {
    case .name(let handle), .condition(let handle): return handle
    case .exponential(let key, let unit):
      return pool.writtenFunction(.exp, try expression(of: key, times: unit, &pool))
    case .cosine(let key, let unit):
      return pool.writtenFunction(.cos, try expression(of: key, times: unit, &pool))
    case .sine(let key, let unit):
      return pool.writtenFunction(.sin, try expression(of: key, times: unit, &pool))
    case .logarithm(let factor):
      let base = try expression(ofFactor: factor, &pool)
      return pool.writtenFunction(.log, pool.writtenFunction(.abs, base))
    case .primeLogarithm(let prime):
      return pool.writtenFunction(.log, pool.number(Rational(prime)))
    case .root(let factor, let degree):
      let base = try expression(ofFactor: factor, &pool)
      return pool.writtenPower(
        pool.writtenFunction(.abs, base),
        pool.number(Rational(1, over: Integer(degree)) ?? 1))
    case .primeRoot(let prime, let degree):
      return pool.writtenPower(
        pool.number(Rational(prime)), pool.number(Rational(1, over: Integer(degree)) ?? 1))
    case .sign(let factor):
      return pool.writtenFunction(.sign, try expression(ofFactor: factor, &pool))
    case .application(let function, let x):
      return pool.writtenFunction(function, try expression(of: x, &pool))
    case .unknown(let id, let arguments):
      var handles: [Handle] = []
      for argument in arguments {
        handles.append(pool.canonical(try expression(of: argument, &pool)))
      }
      return pool.apply(id, handles)
    }
  }

  private mutating func expression(
    of key: [FactoredForm.Factor], times unit: Rational, _ pool: inout ExpressionPool
  ) throws(ReductionFailure) -> Handle {
    try expression(of: FactoredForm(unit, key), &pool)
  }
}
