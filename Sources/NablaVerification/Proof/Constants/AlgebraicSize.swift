import NablaNumbers

/// Bounds for an algebraic number β/δ with algebraic integers β and δ of one number field: for
/// every embedding of the field the magnitude of β is at most 2^upper, and of δ at most 2^lower.
///
/// If the field has degree D and β is not 0, the product of β over all embeddings is an integer
/// that is not 0, so that |β/δ| ≥ 2^−(upper·(D − 1) + lower). This is the separation bound of
/// C. Burnikel, S. Funke, K. Mehlhorn, S. Schirra and S. Schmitt, "A separation bound for real
/// algebraic expressions", ESA 2001 ("BFMSS"), and the sizes follow their rules; cosines of
/// rational multiples of π are leaves of their own.
struct AlgebraicSize: Sendable {
  var upper: Int
  var lower: Int

  static let one = AlgebraicSize(upper: 0, lower: 0)
  static let largest = 1 << 24

  init(upper: Int, lower: Int) {
    self.upper = min(upper, Self.largest)
    self.lower = min(lower, Self.largest)
  }

  init(_ value: Rational) {
    self.init(upper: value.numerator.bitWidth, lower: value.denominator.bitWidth)
    if value.isInteger { lower = 0 }
  }

  /// Whether a bound was cut off.
  var isTooLarge: Bool { upper >= Self.largest || lower >= Self.largest }

  static func * (left: AlgebraicSize, right: AlgebraicSize) -> AlgebraicSize {
    AlgebraicSize(upper: left.upper + right.upper, lower: left.lower + right.lower)
  }

  static func + (left: AlgebraicSize, right: AlgebraicSize) -> AlgebraicSize {
    AlgebraicSize(
      upper: max(left.upper + right.lower, right.upper + left.lower) + 1,
      lower: left.lower + right.lower)
  }

  func power(_ order: Int) -> AlgebraicSize {
    let count = min(Int(clamping: order.magnitude), Self.largest)
    let (above, first) = upper.multipliedReportingOverflow(by: count)
    let (below, second) = lower.multipliedReportingOverflow(by: count)
    let size = AlgebraicSize(
      upper: first ? Self.largest : above, lower: second ? Self.largest : below)
    return order < 0 ? AlgebraicSize(upper: size.lower, lower: size.upper) : size
  }

  /// The root of β/δ is (β·δ^(d−1))^(1/d)/δ.
  func root(_ degree: Int) -> AlgebraicSize {
    let (product, overflow) = (degree - 1).multipliedReportingOverflow(by: lower)
    if overflow { return AlgebraicSize(upper: Self.largest, lower: Self.largest) }
    let above = min(upper + min(product, Self.largest), Self.largest)
    return isTooLarge
      ? self : AlgebraicSize(upper: (above + degree - 1) / degree, lower: lower)
  }
}

/// The number field in which some constants lie, by what generates it.
struct AlgebraicField: Sendable {
  /// The roots adjoined.
  private(set) var roots: [Int: Int] = [:]
  /// The order of the roots of unity whose real parts are adjoined, a multiple of 4; 1 if none is.
  private(set) var order = 1

  mutating func adjoin(root kernel: Int, degree: Int) { roots[kernel] = degree }

  /// Adjoins the cosine and sine of π/n.
  mutating func adjoin(turnsOf denominator: Int) {
    let own = denominator * (denominator & 1 == 0 ? 2 : 4)
    var (a, b) = (order, own)
    while b != 0 { (a, b) = (b, a % b) }
    let (product, overflow) = (order / a).multipliedReportingOverflow(by: own)
    order = overflow ? Int.max : product
  }

  /// A bound of the degree, nil if it is out of reach.
  var degree: Int? {
    var total = 1
    for degree in roots.values {
      total *= degree
      if total > 4096 { return nil }
    }
    if order > 1 {
      if order > 1 << 16 { return nil }
      // The real subfield of the field of all roots of unity of this order.
      total *= max(1, Self.totient(order) / 2)
    }
    return total > 4096 ? nil : total
  }

  private static func totient(_ number: Int) -> Int {
    var (rest, result, prime) = (number, number, 2)
    while prime * prime <= rest {
      if rest % prime == 0 {
        while rest % prime == 0 { rest /= prime }
        result -= result / prime
      }
      prime += 1
    }
    return rest > 1 ? result - result / rest : result
  }
}
