/// A real number known up to an error: some number between midpoint - radius and
/// midpoint + radius, or none at all.
///
/// Every operation of `BallArithmetic` on defined balls gives a ball that contains the results for
/// all numbers in its operands, in the manner of F. Johansson, "Arb: efficient arbitrary-precision
/// midpoint-radius interval arithmetic", IEEE Transactions on Computers 66, 2017.
package struct Ball: Hashable, Sendable {
  /// What is known of the number's existence.
  package enum State: UInt8, Sendable {
    /// The number exists and lies in the ball.
    case defined
    /// An operation on the way has no value, such as a division by 0 or the logarithm of -1.
    case undefined
    /// The operands are too coarse to tell whether the number exists; a higher precision may.
    case undecided
    /// The number passes a limit of the arithmetic, at any precision.
    case exhausted
  }

  let midpoint: BinaryFloat
  let radius: ShortFloat
  /// What is known of the number's existence.
  package let state: State

  @inline(__always)
  init(_ midpoint: BinaryFloat, _ radius: ShortFloat) {
    self.midpoint = midpoint
    self.radius = radius
    state = .defined
  }

  init(state: State) {
    midpoint = .zero
    radius = .zero
    self.state = state
  }

  static let undefined = Ball(state: .undefined)
  static let undecided = Ball(state: .undecided)
  static let exhausted = Ball(state: .exhausted)

  /// The exact number 0.
  package static let zero = Ball(.zero, .zero)
  /// The exact number 1.
  package static let one = Ball(.one, .zero)

  /// An integer that fits in `Int`, exactly.
  package init(_ value: Int) {
    self.init(BinaryFloat(value), .zero)
  }

  /// Magnitudes from 2 to this power on are out of reach.
  static let exponentLimit: Int64 = 1 << 40

  /// A ball with the exponents brought into their range: overflow is exhaustion, what is too
  /// small becomes 0 with a radius.
  @inline(__always)
  static func limited(_ midpoint: BinaryFloat, _ radius: ShortFloat) -> Ball {
    if midpoint.exponent.magnitude <= 1 << 40 && radius.exponent.magnitude <= 1 << 40 {
      return Ball(midpoint, radius)
    }
    return farLimited(midpoint, radius)
  }

  private static func farLimited(_ midpoint: BinaryFloat, _ radius: ShortFloat) -> Ball {
    if midpoint.exponent > exponentLimit || radius.exponent > exponentLimit { return .exhausted }
    let least = ShortFloat(powerOfTwo: -exponentLimit)
    let bound = radius.exponent < -exponentLimit && !radius.isZero ? least : radius
    if midpoint.exponent < -exponentLimit { return Ball(.zero, bound + least) }
    return Ball(midpoint, bound)
  }
}

extension Ball {
  /// Whether the number certainly exists.
  package var isDefined: Bool { state == .defined }

  /// Whether the number is the midpoint, without any error.
  package var isExact: Bool { isDefined && radius.isZero }

  /// Whether the number is certainly 0.
  package var isZero: Bool { isExact && midpoint.isZero }

  /// Whether the number certainly exists and is not 0.
  package var excludesZero: Bool { isPositive || isNegative }

  /// Whether the number certainly exists and is greater than 0.
  package var isPositive: Bool { isDefined && lowerSign > 0 }

  /// Whether the number certainly exists and is less than 0.
  package var isNegative: Bool { isDefined && upperSign < 0 }

  /// Whether the number certainly exists and is at least 0.
  package var isNonnegative: Bool { isDefined && lowerSign >= 0 }

  /// Whether the number certainly exists and is at most 0.
  package var isNonpositive: Bool { isDefined && upperSign <= 0 }

  /// The sign of the lower end: -1, 0 or 1.
  var lowerSign: Int {
    if radius.isZero { return midpoint.signum }
    if midpoint.isNegative || midpoint.isZero { return -1 }
    if midpoint.exponent != radius.exponent {
      return midpoint.exponent > radius.exponent ? 1 : -1
    }
    return BinaryFloat.compare(midpoint, BinaryFloat(radius))
  }

  /// The sign of the upper end: -1, 0 or 1.
  var upperSign: Int { -Ball(midpoint.negated, radius).lowerSign }

  /// The magnitude of the number is at most this.
  var upperMagnitude: ShortFloat { midpoint.upperMagnitude + radius }

  /// The magnitude of the number is at least this.
  var lowerMagnitude: ShortFloat { midpoint.lowerMagnitude.minusDown(radius) }

  /// Whether the ball certainly contains a rational.
  ///
  /// Beyond 2^(2²⁰), and for radii so far out, only 0 is looked for.
  package func contains(_ value: Rational) -> Bool {
    if !isDefined { return false }
    if value.isZero { return lowerSign <= 0 && upperSign >= 0 }
    let far: Int64 = 1 << 20
    if midpoint.exponent.magnitude > far || radius.exponent.magnitude > far { return false }
    let (integer, power) = midpoint.parts
    let (bound, boundPower) = BinaryFloat(radius).parts
    // |m - v| ≤ r with everything brought to integers.
    let least = min(power, boundPower, 0)
    let center = (midpoint.isNegative ? -integer : integer) << Int(power - least)
    let limit = (bound << Int(boundPower - least)) * value.denominator
    let target = value.numerator << Int(-least)
    return (center * value.denominator - target).magnitude <= limit
  }

  /// Whether both balls are defined and have a number in common.
  package func meets(_ other: Ball) -> Bool {
    if !isDefined || !other.isDefined { return false }
    return !BallArithmetic(precision: 64).subtract(self, other).excludesZero
  }

  /// The least number of bits to which the midpoint agrees with the number, as far as the radius
  /// tells; nil for a ball that is not defined.
  package var relativeAccuracy: Int? {
    if !isDefined { return nil }
    if radius.isZero { return Int.max }
    return Int(max(min(midpoint.exponent - radius.exponent, 1 << 30), -(1 << 30)))
  }

  /// The midpoint as a double, 0 or infinite out of range.
  package var doubleValue: Double { isDefined ? midpoint.approximation : .nan }
}
