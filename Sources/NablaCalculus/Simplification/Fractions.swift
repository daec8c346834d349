import NablaExpressions
import NablaNumbers

extension ExpressionPool {
  /// Every sum brought to a common denominator and the fraction cancelled.
  package mutating func combined(_ handle: Handle) -> Handle {
    var memo = HandleMap()
    return combined(handle, &memo)
  }

  private mutating func combined(_ handle: Handle, _ memo: inout HandleMap) -> Handle {
    if let known = memo[handle] { return known }
    let result: Handle
    switch self[handle] {
    case .sum:
      let mapped = mapChildren(of: handle) { pool, term, _ in pool.combined(term, &memo) }
      result = overCommonDenominator(
        mapped == handle ? handle : canonicalSum(children(of: mapped)))
    case .product, .power:
      let mapped = mapChildren(of: handle) { pool, child, _ in pool.combined(child, &memo) }
      result = cancelled(mapped == handle ? handle : collected(mapped))
    case .indexedSum:
      guard let opened = open(handle) else { return handle }
      let body = combined(opened.body, &memo)
      result =
        body == opened.body
        ? handle : canonicalIndexedSum(body, over: opened.indices, ranges: opened.ranges)
    case .indexedProduct, .determinant, .inverse, .derivative: result = handle
    default:
      let mapped = mapChildren(of: handle) { pool, child, _ in pool.combined(child, &memo) }
      result = mapped == handle ? handle : collected(mapped)
    }
    memo[handle] = result
    return result
  }

  /// u/v + w/z = (u·z + w·v)/(v·z), with the least common denominator.
  private mutating func overCommonDenominator(_ handle: Handle) -> Handle {
    guard case .sum(let list) = self[handle], count(list) <= 24 else { return handle }
    let terms = operands(list)
    var denominator: [Factor] = []
    for term in terms {
      for factor in factorHandles(term) {
        let split = splitPower(factor)
        guard let order = rational(split.exponent), order.signum < 0 else { continue }
        // To multiply by 0, or by what may be 0, would lose what stands there.
        switch self[split.base] {
        case .delta, .indicator: return handle
        default: if split.base == zero { return handle }
        }
        if let place = denominator.firstIndex(where: { $0.base == split.base }) {
          if let known = rational(denominator[place].exponent), order < known {
            denominator[place].exponent = split.exponent
          }
        } else {
          denominator.append(split)
        }
      }
    }
    if denominator.isEmpty { return handle }
    var below: [Handle] = []
    var multipliers: [Handle] = []
    for factor in denominator {
      below.append(canonicalPower(factor.base, factor.exponent))
      multipliers.append(canonicalPower(factor.base, canonicalNegation(factor.exponent)))
    }
    var above: [Handle] = []
    for term in terms { above.append(expanded(canonicalProduct([term] + multipliers))) }
    return cancelled(canonicalProduct([canonicalSum(above)] + below))
  }

  /// Sums in the denominator divided out of sums in the numerator where the division is exact.
  private mutating func cancelled(_ handle: Handle) -> Handle {
    guard case .product(let list) = self[handle] else { return handle }
    var factors = operands(list)
    var isChanged = false
    for below in factors.indices {
      let divisor = splitPower(factors[below])
      guard case .sum = self[divisor.base], let order = rational(divisor.exponent)?.asInt,
        order < 0
      else { continue }
      var remaining = -order
      for above in factors.indices where above != below {
        let dividend = splitPower(factors[above])
        guard case .sum = self[dividend.base], let power = rational(dividend.exponent)?.asInt,
          power > 0
        else { continue }
        var numerator = expanded(canonicalPower(dividend.base, dividend.exponent))
        while remaining > 0, let quotient = exactQuotient(numerator, by: expanded(divisor.base)) {
          numerator = quotient
          remaining -= 1
          isChanged = true
        }
        if isChanged { factors[above] = numerator }
      }
      factors[below] = canonicalPower(divisor.base, integer(-remaining))
    }
    return isChanged ? canonicalProduct(factors) : handle
  }

  /// The quotient of two polynomials in the same kernels where nothing remains.
  ///
  /// Long division by leading terms (Knuth, TAOCP 2, 4.6.1, in several variables).
  package mutating func exactQuotient(_ dividend: Handle, by divisor: Handle) -> Handle? {
    guard let divisorTerms = polynomial(divisor), let divisorLead = divisorTerms.last else {
      return nil
    }
    var quotient: [Handle] = []
    var rest = dividend
    var steps = 0
    while rest != zero {
      steps += 1
      guard steps <= 64, let terms = polynomial(rest), let lead = terms.last,
        let ratio = lead.dividing(by: divisorLead)
      else { return nil }
      let term = handle(of: ratio)
      quotient.append(term)
      rest = expanded(
        canonicalSum([rest, canonicalProduct([minusOne, term, divisor])]))
    }
    return canonicalSum(quotient)
  }

  /// The terms of a polynomial with whole exponents, in lexicographic order; nil if it is none.
  private mutating func polynomial(_ handle: Handle) -> [Monomial]? {
    var found: [Monomial] = []
    for term in termHandles(handle) {
      var monomial = Monomial(coefficient: 1, exponents: [])
      for factor in factorHandles(term) {
        if let value = rational(factor) {
          monomial.coefficient = monomial.coefficient * value
          continue
        }
        let split = splitPower(factor)
        guard let order = rational(split.exponent)?.asInt, order > 0 else { return nil }
        monomial.exponents.append((split.base, order))
      }
      monomial.exponents.sort { $0.base < $1.base }
      found.append(monomial)
    }
    if found.count > 200 { return nil }
    found.sort { $0.precedes($1) }
    return found
  }

  private mutating func handle(of monomial: Monomial) -> Handle {
    var factors = [number(monomial.coefficient)]
    for (base, order) in monomial.exponents { factors.append(canonicalPower(base, integer(order))) }
    return canonicalProduct(factors)
  }
}

/// A coefficient and whole exponents of kernels, sorted by kernel.
private struct Monomial {
  var coefficient: Rational
  var exponents: [(base: Handle, order: Int)]

  /// Lexicographic order of exponents, smaller kernels counting first.
  func precedes(_ other: Monomial) -> Bool {
    var own = 0
    var their = 0
    while own < exponents.count, their < other.exponents.count {
      let left = exponents[own]
      let right = other.exponents[their]
      if left.base != right.base { return right.base < left.base }
      if left.order != right.order { return left.order < right.order }
      own += 1
      their += 1
    }
    return exponents.count - own < other.exponents.count - their
  }

  func dividing(by divisor: Monomial) -> Monomial? {
    guard let ratio = coefficient.dividing(by: divisor.coefficient) else { return nil }
    var left = exponents
    for (base, order) in divisor.exponents {
      guard let place = left.firstIndex(where: { $0.base == base }), left[place].order >= order
      else { return nil }
      left[place].order -= order
    }
    left.removeAll { $0.order == 0 }
    return Monomial(coefficient: ratio, exponents: left)
  }
}
