import NablaNumbers

/// Why a reduction was given up.
enum ReductionFailure: Error, Sendable {
  /// A denominator is 0 everywhere.
  case undefined
  /// An expansion or an exponent would be too large.
  case tooLarge
  /// The clock or the node limit ran out.
  case exhausted
}

/// A polynomial in kernels with rational coefficients, none of them 0.
struct KernelPolynomial: Hashable, Sendable {
  private(set) var terms: [KernelMonomial: Rational] = [:]

  /// Expansions of more terms are given up.
  static let longest = 6000
  static let largestExponent = 1 << 29
  static let longestCoefficient = 20_000
  /// Terms looked at in a division before it is given up.
  static let longestDivision = 200_000

  init() {}

  init(_ value: Rational) { if !value.isZero { terms[.one] = value } }

  init(kernel: Int) { terms[KernelMonomial(kernel)] = 1 }

  init(_ monomial: KernelMonomial, _ value: Rational) {
    if !value.isZero { terms[monomial] = value }
  }

  var isZero: Bool { terms.isEmpty }
  var count: Int { terms.count }

  /// The value of a polynomial without kernels.
  var constant: Rational? {
    if terms.isEmpty { return 0 }
    return terms.count == 1 ? terms[.one] : nil
  }

  func coefficient(of monomial: KernelMonomial) -> Rational { terms[monomial] ?? 0 }

  mutating func add(_ value: Rational, _ monomial: KernelMonomial) {
    let sum = (terms[monomial] ?? 0) + value
    terms[monomial] = sum.isZero ? nil : sum
  }

  mutating func add(_ other: KernelPolynomial, times factor: Rational = 1) {
    for (monomial, value) in other.terms { add(value * factor, monomial) }
  }

  func scaled(by factor: Rational) -> KernelPolynomial {
    if factor.isOne { return self }
    var result = KernelPolynomial()
    if factor.isZero { return result }
    for (monomial, value) in terms { result.terms[monomial] = value * factor }
    return result
  }

  /// The product, without relations among the kernels.
  func times(
    _ other: KernelPolynomial, until isOver: () -> Bool = { false }
  ) throws(ReductionFailure) -> KernelPolynomial {
    var result = KernelPolynomial()
    var done = 0
    guard terms.count * other.terms.count <= 40 * Self.longest else { throw .tooLarge }
    for (a, x) in terms {
      for (b, y) in other.terms {
        let value = x * y
        if value.bitWidth > Self.longestCoefficient { throw .tooLarge }
        let monomial = a.times(b)
        for power in monomial.powers where power.exponent > Self.largestExponent {
          throw .tooLarge
        }
        result.add(value, monomial)
      }
      if result.terms.count > Self.longest { throw .tooLarge }
      done += other.count
      if done > 1000 {
        done = 0
        if isOver() { throw .exhausted }
      }
    }
    return result
  }

  var kernels: Set<Int> {
    var found: Set<Int> = []
    for monomial in terms.keys { for power in monomial.powers { found.insert(power.kernel) } }
    return found
  }

  /// One bit for each kernel that occurs; a bit may stand for several kernels.
  private var kernelMask: UInt64 {
    var mask: UInt64 = 0
    for monomial in terms.keys {
      for power in monomial.powers { mask |= 1 << UInt64(power.kernel & 63) }
    }
    return mask
  }

  /// The highest total degree of a term.
  var degree: Int {
    var highest = 0
    for monomial in terms.keys {
      var total = 0
      for power in monomial.powers { total = min(total + power.exponent, 1 << 30) }
      highest = max(highest, total)
    }
    return highest
  }

  /// Quotient and remainder: no term of the remainder is divisible by the divisor's leading term.
  func dividedWithRemainder(
    by divisor: KernelPolynomial
  ) throws(ReductionFailure) -> (quotient: KernelPolynomial, remainder: KernelPolynomial) {
    guard let lead = divisor.leading else { throw .undefined }
    var rest = self
    var quotient = KernelPolynomial()
    var remainder = KernelPolynomial()
    var steps = 0
    var effort = 0
    while let top = rest.leading {
      steps += 1
      effort += rest.count
      if steps > 2000 || effort > Self.longestDivision || rest.count > Self.longest {
        throw .tooLarge
      }
      guard let monomial = top.monomial.dividing(by: lead.monomial),
        let value = top.value.dividing(by: lead.value)
      else {
        remainder.add(top.value, top.monomial)
        rest.add(-top.value, top.monomial)
        continue
      }
      quotient.add(value, monomial)
      for (own, coefficient) in divisor.terms {
        rest.add(-(value * coefficient), monomial.times(own))
      }
    }
    return (quotient, remainder)
  }

  /// The term that comes last in lexicographic order.
  var leading: (monomial: KernelMonomial, value: Rational)? {
    var best: KernelMonomial?
    for monomial in terms.keys {
      if let known = best, monomial < known { continue }
      best = monomial
    }
    guard let best, let value = terms[best] else { return nil }
    return (best, value)
  }

  /// The polynomial divided by its content; the leading coefficient becomes positive.
  func primitive() -> (content: Rational, part: KernelPolynomial) {
    var above: Integer = 0
    var below: Integer = 1
    for value in terms.values {
      above = Integer.greatestCommonDivisor(above, value.numerator)
      let common = Integer.greatestCommonDivisor(below, value.denominator)
      if let rest = value.denominator.quotientAndRemainder(dividingBy: common) {
        below = below * rest.quotient
      }
    }
    guard var content = Rational(above, over: below), let lead = leading, !content.isZero,
      let inverse = content.reciprocal
    else { return (1, self) }
    if lead.value.isNegative {
      content = -content
      return (content, scaled(by: -inverse))
    }
    return (content, scaled(by: inverse))
  }

  /// The quotient if the division leaves no remainder; nil also if it takes too long.
  func dividing(by divisor: KernelPolynomial) -> KernelPolynomial? {
    guard let lead = divisor.leading else { return nil }
    // A kernel that only the divisor has leaves a remainder.
    if divisor.kernelMask & ~kernelMask != 0 { return nil }
    var rest = self
    var quotient = KernelPolynomial()
    var steps = 0
    var effort = 0
    while let top = rest.leading {
      steps += 1
      effort += rest.count
      if steps > 400 || effort > Self.longestDivision || rest.count > Self.longest { return nil }
      guard let monomial = top.monomial.dividing(by: lead.monomial),
        let value = top.value.dividing(by: lead.value)
      else { return nil }
      quotient.add(value, monomial)
      for (own, coefficient) in divisor.terms {
        rest.add(-(value * coefficient), monomial.times(own))
      }
    }
    return quotient
  }

  /// The terms by the power of one kernel.
  func coefficients(of kernel: Int) -> [Int: KernelPolynomial] {
    var parts: [Int: KernelPolynomial] = [:]
    for (monomial, value) in terms {
      let exponent = monomial.exponent(of: kernel)
      var rest = monomial
      if exponent > 0 { rest.remove(kernel) }
      parts[exponent, default: KernelPolynomial()].add(value, rest)
    }
    return parts
  }

  /// The terms in a fixed order.
  var ordered: [(monomial: KernelMonomial, value: Rational)] {
    terms.keys.sorted().map { ($0, terms[$0] ?? 0) }
  }
}
