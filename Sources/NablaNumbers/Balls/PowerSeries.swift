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

  /// The sum at u, to a few bits more than `precision` after the point.
  func sum(at argument: Ball, precision: Int) -> Ball {
    let bits = precision + 16
    if precision <= 110 { return sum(Fixed128.self, at: argument, 126, bits) }
    if precision <= 238 { return sum(Fixed256.self, at: argument, 254, bits) }
    return sum(FixedInteger.self, at: argument, bits + 8, bits)
  }

  private func sum<Number: FixedPoint>(
    _ type: Number.Type, at argument: Ball, _ fractionBits: Int, _ bits: Int
  ) -> Ball {
    let u = Number(truncating: argument.midpoint, fractionBits: fractionBits)
    let coefficients: [Number]
    var (start, stride, last) = (0, 1, 0)
    switch self {
    case .arcTangent, .arcHyperbolicTangent:
      last = bits / max(u.leadingZeros, 1) + 1
      coefficients = Number.oddReciprocals(fractionBits, count: last + 1)
    default:
      stride = 2
      start = self == .cosine ? 0 : 1
      last = start
      // The factorial grows by the product of the two next factors.
      var place = 0
      while place < bits {
        place += u.leadingZeros + (last + 1).floorOfLogarithm + (last + 2).floorOfLogarithm
        last += 2
      }
      coefficients = Number.reciprocalFactorials(fractionBits, count: last + 1)
    }
    while last >= coefficients.count { last -= stride }
    var sum = coefficients[last]
    let isAlternating = isAlternating
    while last > start {
      last -= stride
      let term = u.times(sum)
      sum = isAlternating ? coefficients[last] &- term : coefficients[last] &+ term
    }
    // The terms left out are below 2^-bits and alternate, or each is at most a quarter of the one
    // before. A step adds a unit each for the product, the coefficient and u, and takes over at
    // most two thirds of the error before: 16 units bound the whole.
    let (value, error) = sum.rounded(to: bits <= 144 ? min(bits, 128) : bits)
    let bound = ShortFloat(powerOfTwo: 4 - Int64(sum.fractionBits))
    let tail = ShortFloat(powerOfTwo: 1 - Int64(bits))
    return Ball(value, error + bound + tail + argument.radius)
  }

  /// The exponential of a number from 0 up to 7/8, to a few bits more than `precision`.
  static func exponential(of argument: Ball, precision: Int) -> Ball {
    let bits = precision + 16
    if precision <= 110 { return exponential(Fixed128.self, of: argument, 126, 6, bits) }
    if precision <= 234 { return exponential(Fixed256.self, of: argument, 254, 8, bits) }
    var halvings = 8
    while halvings * halvings < precision { halvings += 1 }
    return exponential(
      FixedInteger.self, of: argument, bits + halvings + 8, halvings, bits)
  }

  /// The series at argument / 2^halvings, squared as many times (R. P. Brent, "Fast
  /// multiple-precision evaluation of elementary functions", 1976).
  private static func exponential<Number: FixedPoint>(
    _ type: Number.Type, of argument: Ball, _ fractionBits: Int, _ halvings: Int, _ bits: Int
  ) -> Ball {
    let reduced = Number(truncating: argument.midpoint, fractionBits: fractionBits)
      .halved(halvings)
    let zeros = reduced.leadingZeros
    let seriesBits = bits + halvings
    var (place, last) = (0, 0)
    while place < seriesBits {
      last += 1
      place += zeros + last.floorOfLogarithm
    }
    let coefficients = Number.reciprocalFactorials(fractionBits, count: last + 1)
    last = min(last, coefficients.count - 1)
    var sum = coefficients[last]
    while last > 0 {
      last -= 1
      sum = coefficients[last] &+ reduced.times(sum)
    }
    for _ in 0..<halvings { sum = sum.times(sum) }
    // The series is right to 5 units and its tail, twice 2^-seriesBits; the relative error
    // doubles with each squaring, which adds a unit. The result is below 2.4.
    let (value, error) = sum.rounded(to: bits <= 144 ? min(bits, 128) : bits)
    let bound = ShortFloat(powerOfTwo: Int64(halvings + 5 - sum.fractionBits))
    let tail = ShortFloat(powerOfTwo: 3 - Int64(bits))
    // A change of the argument by r changes the result by less than 5r/2.
    let change = argument.radius.scaled(by: 1) + argument.radius.scaled(by: -1)
    return Ball(value, error + bound + tail + change)
  }
}

extension Int {
  /// ⌊log₂ n⌋ for n of at least 1.
  fileprivate var floorOfLogarithm: Int { Int.bitWidth - 1 - leadingZeroBitCount }
}
