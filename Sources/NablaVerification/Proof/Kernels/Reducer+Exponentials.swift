import NablaExpressions
import NablaNumbers

extension Reducer {
  /// A form as a sum of rational multiples of monomials, each over its denominators.
  mutating func linearParts(
    _ form: FactoredForm
  ) throws(ReductionFailure) -> [(value: Rational, key: [FactoredForm.Factor])] {
    var above: [FactoredForm.Factor] = []
    var below: [FactoredForm.Factor] = []
    for factor in form.factors {
      let isPolynomial = algebra.kernel(of: factor.id) == nil
      if isPolynomial, factor.exponent > 0 { above.append(factor) } else { below.append(factor) }
    }
    let polynomial = try algebra.expanded(FactoredForm(form.coefficient, above))
    var parts: [(value: Rational, key: [FactoredForm.Factor])] = []
    let rest = FactoredForm(1, below)
    for (monomial, value) in polynomial.ordered {
      var product = rest
      for power in monomial.powers {
        product = try algebra.multiply(
          product, FactoredForm(factor: algebra.factor(kernel: power.kernel), power.exponent))
      }
      // Relations may have put a sum in place of a power.
      let isSimple = product.factors.allSatisfy {
        $0.exponent < 0 || algebra.kernel(of: $0.id) != nil
      }
      if isSimple || product == form {
        parts.append((value * product.coefficient, product.factors))
      } else {
        for part in try linearParts(product) { parts.append((value * part.value, part.key)) }
      }
    }
    return parts
  }

  /// The least common multiple of the degree of a root and a denominator.
  func unit(_ known: Int?, _ denominator: Integer) throws(ReductionFailure) -> Int {
    guard let own = denominator.asInt, own <= Self.largestUnit else { throw .tooLarge }
    let known = known ?? 1
    var (a, b) = (known, own)
    while b != 0 { (a, b) = (b, a % b) }
    let unit = known / a * own
    if unit > Self.largestUnit { throw .tooLarge }
    return unit
  }

  /// A number as a whole multiple of a unit of which those before it are multiples too.
  func measured(
    _ value: Rational, by known: Rational?, limit: Int
  ) throws(ReductionFailure) -> (unit: Rational, order: Int) {
    let known = known ?? value.absoluteValue
    let above = Integer.greatestCommonDivisor(
      known.numerator * value.denominator, value.numerator * known.denominator)
    guard let unit = Rational(above, over: known.denominator * value.denominator),
      let order = value.dividing(by: unit)?.asInt, order.magnitude <= limit,
      unit.bitWidth <= 2000
    else { throw .tooLarge }
    return (unit, order)
  }

  /// exp of a form, as a product of exponentials of its monomials.
  mutating func exponential(_ form: FactoredForm) throws(ReductionFailure) -> FactoredForm {
    var result = FactoredForm.one
    for (value, key) in try linearParts(form) {
      result = try algebra.multiply(result, exponential(of: key, times: value))
    }
    return result
  }

  mutating func exponential(
    of key: [FactoredForm.Factor], times value: Rational
  ) throws(ReductionFailure) -> FactoredForm {
    if key.count == 1, key[0].exponent == 1, let kernel = algebra.kernel(of: key[0].id) {
      switch algebra.kernels[kernel].kind {
      case .logarithm(let factor): return try absolutePower(factor, value)
      case .primeLogarithm(let prime): return try primePower(prime, value)
      default: break
      }
    }
    let before = exponentialUnits[key]
    let (unit, order) = try measured(value, by: before, limit: KernelPolynomial.largestExponent)
    if let before, before != unit { isOutdated = true }
    exponentialUnits[key] = unit
    var kernel = Kernel(kind: .exponential(key, unit: unit))
    kernel.indices = algebra.indices(of: FactoredForm(1, key))
    kernel.isPositive = true
    kernel.isNonnegative = true
    kernel.lower = Bound(0, isIncluded: false)
    return try algebra.power(algebra.form(kernel: algebra.insert(kernel)), order)
  }

  /// log|u| as a sum of the logarithms of its factors.
  mutating func logarithm(_ form: FactoredForm) throws(ReductionFailure) -> FactoredForm {
    if form.isZero { throw .undefined }
    var terms: [FactoredForm] = []
    for (prime, exponent) in try primes(of: form.coefficient.absoluteValue) {
      var kernel = Kernel(kind: .primeLogarithm(prime))
      kernel.isPositive = true
      kernel.isNonnegative = true
      kernel.lower = Bound(0, isIncluded: false)
      terms.append(
        algebra.form(kernel: algebra.insert(kernel)).scaled(by: Rational(exponent)))
    }
    for factor in form.factors {
      terms.append(try logarithm(of: factor.id).scaled(by: Rational(factor.exponent)))
    }
    return try algebra.add(terms)
  }

  private mutating func logarithm(of factor: Int) throws(ReductionFailure) -> FactoredForm {
    if let kernel = algebra.kernel(of: factor) {
      switch algebra.kernels[kernel].kind {
      case .exponential(let key, let unit):
        return FactoredForm(unit, key)
      case .root(let base, let degree):
        return try logarithm(of: base).scaled(by: Rational(1, over: Integer(degree)) ?? 1)
      case .primeRoot(let prime, let degree):
        return try logarithm(FactoredForm(Rational(prime)))
          .scaled(by: Rational(1, over: Integer(degree)) ?? 1)
      case .sign: return .zero
      default: break
      }
    }
    var kernel = Kernel(kind: .logarithm(factor: factor))
    kernel.indices = algebra.indices(of: factor)
    let place = algebra.insert(kernel)
    if algebra.kernels[place].nature == .variable { return algebra.form(kernel: place) }
    return try algebra.factored(KernelPolynomial(kernel: place))
  }

  // MARK: Powers with broken exponents

  /// |u| to a rational power.
  mutating func power(
    _ form: FactoredForm, _ order: Rational
  ) throws(ReductionFailure) -> FactoredForm {
    if form.isZero {
      if order.isNegative { throw .undefined }
      return .zero
    }
    var result = FactoredForm.one
    for (prime, exponent) in try primes(of: form.coefficient.absoluteValue) {
      result = try algebra.multiply(result, primePower(prime, order * Rational(exponent)))
    }
    for factor in form.factors {
      result = try algebra.multiply(
        result, absolutePower(factor.id, order * Rational(factor.exponent)))
    }
    return result
  }

  /// |f| to a rational power for a factor f.
  mutating func absolutePower(
    _ factor: Int, _ order: Rational
  ) throws(ReductionFailure) -> FactoredForm {
    if let whole = order.asInt, whole.magnitude <= KernelPolynomial.largestExponent {
      return try algebra.power(algebra.absolute(FactoredForm(factor: factor)), whole)
    }
    if let kernel = algebra.kernel(of: factor) {
      switch algebra.kernels[kernel].kind {
      case .exponential(let key, let unit):
        return try exponential(of: key, times: order * unit)
      case .root(let base, let degree):
        return try absolutePower(base, order * (Rational(1, over: Integer(degree)) ?? 1))
      case .primeRoot(let prime, let degree):
        return try primePower(prime, order * (Rational(1, over: Integer(degree)) ?? 1))
      case .sign: return .one
      default: break
      }
    }
    let before = rootUnits[factor]
    let unit = try unit(before, order.denominator)
    if let before, before != unit { isOutdated = true }
    rootUnits[factor] = unit
    guard let count = (order * Rational(unit)).asInt,
      count.magnitude <= KernelPolynomial.largestExponent
    else { throw .tooLarge }
    let base = try algebra.expanded(algebra.absolute(FactoredForm(factor: factor)))
    var kernel = Kernel(kind: .root(factor: factor, degree: unit))
    kernel.indices = algebra.indices(of: factor)
    kernel.isNonnegative = true
    kernel.isPositive = algebra.strictSign(factor) != nil
    kernel.relation = (unit, base)
    return try algebra.power(algebra.form(kernel: algebra.insert(kernel)), count)
  }

  mutating func primePower(
    _ prime: Integer, _ order: Rational
  ) throws(ReductionFailure) -> FactoredForm {
    let whole = order.floor
    let rest = order - Rational(whole)
    guard let count = whole.asInt,
      let value = Rational(prime).power(count, bitLimit: KernelPolynomial.longestCoefficient)
    else { throw .tooLarge }
    if rest.isZero { return FactoredForm(value) }
    let before = primeUnits[prime]
    let unit = try unit(before, rest.denominator)
    if let before, before != unit { isOutdated = true }
    primeUnits[prime] = unit
    var kernel = Kernel(kind: .primeRoot(prime, degree: unit))
    kernel.isPositive = true
    kernel.isNonnegative = true
    kernel.lower = Bound(1, isIncluded: true)
    kernel.relation = (unit, KernelPolynomial(Rational(prime)))
    guard let power = (rest * Rational(unit)).asInt else { throw .tooLarge }
    return try algebra.power(algebra.form(kernel: algebra.insert(kernel)), power)
      .scaled(by: value)
  }

  /// A positive number as powers of integers above 1: primes as far as trial division finds them.
  private func primes(
    of value: Rational
  ) throws(ReductionFailure) -> [(base: Integer, exponent: Int)] {
    var found: [(base: Integer, exponent: Int)] = []
    for (number, sign) in [(value.numerator, 1), (value.denominator, -1)] {
      if number.bitWidth > 400 { throw .tooLarge }
      var rest = number
      var candidate = 2
      while candidate < 4000, !rest.isOne {
        if Integer(candidate) * Integer(candidate) > rest { break }
        var count = 0
        while let division = rest.quotientAndRemainder(dividingBy: Integer(candidate)),
          division.remainder.isZero
        {
          rest = division.quotient
          count += 1
        }
        if count > 0 { found.append((Integer(candidate), sign * count)) }
        candidate += candidate == 2 ? 1 : 2
      }
      if !rest.isOne { found.append((rest, sign)) }
    }
    return found
  }
}
