import NablaNumbers

/// A polynomial in one variable with rational coefficients, by ascending powers, the last not 0.
struct RationalPolynomial: Hashable, Sendable {
  private(set) var coefficients: [Rational]

  static let longest = 6000

  init(_ coefficients: [Rational]) {
    self.coefficients = coefficients
    while self.coefficients.last?.isZero == true { self.coefficients.removeLast() }
  }

  var isZero: Bool { coefficients.isEmpty }
  var degree: Int { max(0, coefficients.count - 1) }

  func value(at x: Rational) -> Rational {
    var result: Rational = 0
    for coefficient in coefficients.reversed() { result = result * x + coefficient }
    return result
  }

  var derivative: RationalPolynomial {
    var parts: [Rational] = []
    for (power, value) in coefficients.enumerated().dropFirst() {
      parts.append(value * Rational(power))
    }
    return RationalPolynomial(parts)
  }

  /// The polynomial times a positive number, so that the highest coefficient is ±1.
  private var scaled: RationalPolynomial {
    guard let scale = coefficients.last?.absoluteValue.reciprocal else { return self }
    return RationalPolynomial(coefficients.map { $0 * scale })
  }

  /// Quotient and remainder; nil for a divisor of 0 and beyond the limit of size.
  func divided(
    by divisor: RationalPolynomial
  ) -> (quotient: RationalPolynomial, remainder: RationalPolynomial)? {
    guard let inverse = divisor.coefficients.last?.reciprocal else { return nil }
    var rest = coefficients
    let count = divisor.coefficients.count
    if rest.count < count { return (RationalPolynomial([]), self) }
    var quotient = [Rational](repeating: 0, count: rest.count - count + 1)
    for place in stride(from: rest.count - count, through: 0, by: -1) {
      let factor = rest[place + count - 1] * inverse
      quotient[place] = factor
      for (offset, value) in divisor.coefficients.enumerated() {
        rest[place + offset] -= factor * value
      }
      if rest.contains(where: { $0.bitWidth > Self.longest }) { return nil }
    }
    return (RationalPolynomial(quotient), RationalPolynomial(rest))
  }

  /// The polynomial with each of its roots once; nil beyond the limit of size.
  var withSimpleRoots: RationalPolynomial? {
    var (a, b) = (self, derivative)
    while !b.isZero {
      guard let rest = a.divided(by: b)?.remainder else { return nil }
      (a, b) = (b, rest.scaled)
    }
    return divided(by: a)?.quotient.scaled
  }

  static func * (left: RationalPolynomial, right: RationalPolynomial) -> RationalPolynomial {
    if left.isZero || right.isZero { return RationalPolynomial([]) }
    var parts = [Rational](
      repeating: 0, count: left.coefficients.count + right.coefficients.count - 1)
    for (i, a) in left.coefficients.enumerated() {
      for (j, b) in right.coefficients.enumerated() { parts[i + j] += a * b }
    }
    return RationalPolynomial(parts)
  }

  /// The chain of C. Sturm (1829), which counts real roots; nil beyond the limit of size.
  var sturmChain: [RationalPolynomial]? {
    var chain = [self, derivative]
    while let last = chain.last, !last.isZero {
      guard let rest = chain[chain.count - 2].divided(by: last)?.remainder else { return nil }
      chain.append(RationalPolynomial(rest.coefficients.map { -$0 }).scaled)
    }
    return chain.dropLast()
  }

  /// All real roots are smaller in magnitude (A.-L. Cauchy).
  var rootBound: Rational {
    guard let lead = coefficients.last?.absoluteValue else { return 1 }
    var largest: Rational = 0
    for value in coefficients { largest = max(largest, value.absoluteValue) }
    return 1 + (largest.dividing(by: lead) ?? 0)
  }
}

/// The real line cut at the real roots of a polynomial.
struct RealPartition: Sendable {
  private let chain: [RationalPolynomial]
  private let polynomial: RationalPolynomial
  private let atLeft: Int
  let rootCount: Int
  /// A number in each open piece, from left to right.
  private(set) var samples: [Rational] = []

  /// Nil if the polynomial is 0 or too large.
  init?(_ whole: RationalPolynomial) {
    guard !whole.isZero, whole.degree <= 40, let simple = whole.withSimpleRoots,
      let chain = simple.sturmChain
    else { return nil }
    polynomial = simple
    self.chain = chain
    let bound = simple.rootBound + 1
    atLeft = Self.changes(chain, at: -bound)
    rootCount = atLeft - Self.changes(chain, at: bound)
    var found: [Int: Rational] = [0: -bound]
    found[rootCount] = rootCount == 0 ? 0 : bound
    var open = [(-bound, bound, 0)]
    while let (lower, upper, depth) = open.popLast() {
      guard let below = piece(of: lower), let above = piece(of: upper) else { return nil }
      if above - below <= 1 { continue }
      if depth > 300 { return nil }
      // A root is passed by a little.
      var share = Rational(1, over: 2) ?? 0
      var middle = lower + (upper - lower) * share
      while piece(of: middle) == nil {
        share = share * (Rational(3, over: 4) ?? 0)
        middle = lower + (upper - lower) * share
      }
      if let place = piece(of: middle), found[place] == nil { found[place] = middle }
      open.append((lower, middle, depth + 1))
      open.append((middle, upper, depth + 1))
    }
    for place in 0...rootCount {
      guard let sample = found[place] else { return nil }
      samples.append(sample)
    }
  }

  private static func changes(_ chain: [RationalPolynomial], at x: Rational) -> Int {
    var count = 0
    var last = 0
    for polynomial in chain {
      let sign = polynomial.value(at: x).signum
      if sign == 0 { continue }
      if last != 0, sign != last { count += 1 }
      last = sign
    }
    return count
  }

  /// The piece in which a number lies; nil for a root.
  func piece(of x: Rational) -> Int? {
    polynomial.value(at: x).isZero ? nil : atLeft - Self.changes(chain, at: x)
  }

  /// The number of roots before a root.
  func pieceBefore(root x: Rational) -> Int { atLeft - Self.changes(chain, at: x) - 1 }
}
