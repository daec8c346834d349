/// The power series that all elementary functions are reduced to, as functions of u.
///
/// The derivative of each by u is at most 1 in magnitude where it is used.
enum PowerSeries {
  /// sin(x)/x for u = x² below 2/3.
  case sine
  /// cos(x) for u = x² below 2/3.
  case cosine
  /// sinh(x)/x for u = x² up to 1/4.
  case hyperbolicSine
  /// cosh(x) for u = x² up to 1/4.
  case hyperbolicCosine
  /// atan(x)/x for u = x² up to 2⁻⁸.
  case arcTangent
  /// atanh(x)/x for u = x² up to 2⁻⁸.
  case arcHyperbolicTangent

  private var isAlternating: Bool {
    switch self {
    case .sine, .cosine, .arcTangent: true
    default: false
    }
  }

  /// The sum at u, to about `precision` bits after the point.
  func sum(at argument: Ball, precision: Int) -> Ball {
    if precision <= 112 { return sum(Fixed128.self, at: argument, 126, precision + 14) }
    if precision <= 240 { return sum(Fixed256.self, at: argument, 254, precision + 14) }
    return sum(FixedInteger.self, at: argument, precision + 24, precision + 14)
  }

  private func sum<Number: FixedPoint>(
    _ type: Number.Type, at argument: Ball, _ fractionBits: Int, _ bits: Int
  ) -> Ball {
    let u = Number(truncating: argument.midpoint, fractionBits: fractionBits)
    let coefficients: [Number]
    var (start, stride) = (0, 1)
    switch self {
    case .arcTangent, .arcHyperbolicTangent:
      coefficients = Number.oddReciprocals(fractionBits)
    default:
      coefficients = Number.reciprocalFactorials(fractionBits)
      stride = 2
      if case .sine = self { start = 1 }
      if case .hyperbolicSine = self { start = 1 }
    }
    // The terms from the first one that is below a unit on add up to less than two units: they
    // alternate, or each is at most a quarter of the one before.
    let zeros = u.leadingZeros
    var last = start
    var power = 0
    while last + stride < coefficients.count,
      power + coefficients[last].leadingZeros < fractionBits
    {
      last += stride
      power += zeros
    }
    var sum = coefficients[last]
    let isAlternating = isAlternating
    while last > start {
      last -= stride
      let term = u.times(sum)
      sum = isAlternating ? coefficients[last] &- term : coefficients[last] &+ term
    }
    // A step adds a unit each for the product, the coefficient and u, and takes over at most two
    // thirds of the error before: with the tail, 16 units bound the whole.
    let (value, error) = sum.rounded(to: bits <= 128 ? bits : bits + 16)
    return Ball(
      value, error + ShortFloat(powerOfTwo: 4 - Int64(sum.fractionBits)) + argument.radius)
  }

  /// The exponential of a number from 0 up to 7/8, to about `precision` bits.
  static func exponential(of argument: Ball, precision: Int) -> Ball {
    if precision <= 110 { return exponential(Fixed128.self, of: argument, 126, 6, precision + 16) }
    if precision <= 234 {
      return exponential(Fixed256.self, of: argument, 254, 8, precision + 16)
    }
    var halvings = 8
    while halvings * halvings < precision { halvings += 1 }
    return exponential(
      FixedInteger.self, of: argument, precision + halvings + 24, halvings, precision + 16)
  }

  /// The series at argument / 2^halvings, squared as many times (R. P. Brent, "Fast
  /// multiple-precision evaluation of elementary functions", 1976).
  private static func exponential<Number: FixedPoint>(
    _ type: Number.Type, of argument: Ball, _ fractionBits: Int, _ halvings: Int, _ bits: Int
  ) -> Ball {
    let reduced = Number(truncating: argument.midpoint, fractionBits: fractionBits)
      .halved(halvings)
    let coefficients = Number.reciprocalFactorials(fractionBits)
    let zeros = reduced.leadingZeros
    var last = 0
    var power = 0
    while last + 1 < coefficients.count, power + coefficients[last].leadingZeros < fractionBits {
      last += 1
      power += zeros
    }
    var sum = coefficients[last]
    while last > 0 {
      last -= 1
      sum = coefficients[last] &+ reduced.times(sum)
    }
    for _ in 0..<halvings { sum = sum.times(sum) }
    // The series is right to 6 units; the relative error of about as much doubles with each
    // squaring, which adds a unit. The result is below 2.4.
    let (value, error) = sum.rounded(to: bits <= 128 ? bits : bits + 16)
    let bound = ShortFloat(powerOfTwo: Int64(halvings + 5 - sum.fractionBits))
    // A change of the argument by r changes the result by less than 4r.
    return Ball(value, error + bound + argument.radius.scaled(by: 2))
  }
}
