/// The operations on balls, with midpoints of a given precision in bits.
///
/// An operand that is undefined makes the result undefined; otherwise one that is exhausted or
/// undecided makes it so. A precision of up to 110 bits is fastest: no memory is allocated.
package struct BallArithmetic: Hashable, Sendable {
  /// The number of bits of a midpoint.
  package let precision: Int

  /// The precisions on offer; others are brought into the range.
  package static let precisions = 24...32_768

  /// Arithmetic with a given precision in bits.
  package init(precision: Int) {
    self.precision = min(
      max(precision, Self.precisions.lowerBound), Self.precisions.upperBound)
  }

  /// Arithmetic for steps on the way, which may pass the range a little.
  init(inner precision: Int) {
    self.precision = precision
  }

  /// Arithmetic for the steps of one operation, with some more bits, but no more than fit in
  /// 128 if that is enough to lose a few units of the last place only.
  func refined(by bits: Int) -> BallArithmetic {
    let wide = precision + bits
    return BallArithmetic(inner: precision <= 128 && bits <= 18 ? min(wide, 128) : wide)
  }

  /// The state of a result if one of its operands is not defined, or nil.
  @inline(__always)
  static func failure(_ lhs: Ball, _ rhs: Ball) -> Ball? {
    if lhs.state == .defined && rhs.state == .defined { return nil }
    if lhs.state == .undefined || rhs.state == .undefined { return .undefined }
    if lhs.state == .exhausted || rhs.state == .exhausted { return .exhausted }
    return .undecided
  }

  /// The ball with its midpoint rounded to the precision.
  func rounded(_ ball: Ball) -> Ball {
    if !ball.isDefined { return ball }
    let (value, error) = ball.midpoint.rounded(to: precision)
    return .limited(value, ball.radius + error)
  }
}

extension BallArithmetic {
  /// The ball of an integer, exact if it fits the precision.
  package func ball(_ value: Integer) -> Ball {
    let (value, error) = BinaryFloat(value).rounded(to: precision)
    return .limited(value, error)
  }

  /// The ball of a rational, exact if it is a binary fraction that fits the precision.
  package func ball(_ value: Rational) -> Ball {
    if value.isInteger { return ball(value.numerator) }
    let (value, error) = BinaryFloat.quotient(
      BinaryFloat(value.numerator), BinaryFloat(value.denominator), precision)
    return .limited(value, error)
  }

  /// The ball of a decimal such as `-1.5e3`, or nil if the text is not one.
  package func ball(decimal text: String) -> Ball? {
    Rational(decimal: text).map { ball($0) }
  }
}

extension BallArithmetic {
  /// The sum.
  package func add(_ lhs: Ball, _ rhs: Ball) -> Ball {
    if let failure = Self.failure(lhs, rhs) { return failure }
    let (value, error) = BinaryFloat.sum(lhs.midpoint, rhs.midpoint, precision)
    return .limited(value, lhs.radius + rhs.radius + error)
  }

  /// The difference.
  package func subtract(_ lhs: Ball, _ rhs: Ball) -> Ball {
    add(lhs, negate(rhs))
  }

  /// The number with the other sign.
  package func negate(_ ball: Ball) -> Ball {
    ball.isDefined ? Ball(ball.midpoint.negated, ball.radius) : ball
  }

  /// The product.
  package func multiply(_ lhs: Ball, _ rhs: Ball) -> Ball {
    if let failure = Self.failure(lhs, rhs) { return failure }
    let (value, error) = BinaryFloat.product(lhs.midpoint, rhs.midpoint, precision)
    var radius = error
    if !rhs.radius.isZero { radius = radius + lhs.midpoint.upperMagnitude * rhs.radius }
    if !lhs.radius.isZero { radius = radius + rhs.upperMagnitude * lhs.radius }
    return .limited(value, radius)
  }

  /// The quotient: undefined for the divisor 0, undecided for a divisor that may be 0.
  package func divide(_ dividend: Ball, by divisor: Ball) -> Ball {
    if let failure = Self.failure(dividend, divisor) { return failure }
    if divisor.isZero { return .undefined }
    if !divisor.excludesZero { return .undecided }
    let (value, error) = BinaryFloat.quotient(dividend.midpoint, divisor.midpoint, precision)
    var radius = error
    if !dividend.radius.isZero || !divisor.radius.isZero {
      // |a/b - m/n| ≤ (r + |m/n| s) / (|n| - s), where 32 bits may not tell n and s apart.
      let least = divisor.lowerMagnitude
      if least.isZero { return .undecided }
      let share = dividend.radius + (value.upperMagnitude + error) * divisor.radius
      radius = radius + share.dividedUp(by: least)
    }
    return .limited(value, radius)
  }

  /// One divided by the number.
  package func reciprocal(_ ball: Ball) -> Ball { divide(.one, by: ball) }

  /// The ball times 2^power.
  func scale(_ ball: Ball, by power: Int64) -> Ball {
    ball.isDefined
      ? .limited(ball.midpoint.scaled(by: power), ball.radius.scaled(by: power)) : ball
  }

  /// A ball that contains both.
  func hull(_ first: Ball, _ second: Ball) -> Ball {
    if let failure = Self.failure(first, second) { return failure }
    let (sum, error) = BinaryFloat.sum(first.midpoint, second.midpoint, precision)
    let (gap, gapError) = BinaryFloat.sum(first.midpoint, second.midpoint.negated, 32)
    let widest = first.radius <= second.radius ? second.radius : first.radius
    return .limited(
      sum.scaled(by: -1), (error + gap.upperMagnitude + gapError).scaled(by: -1) + widest)
  }

  /// The lower end of a ball, or a number a little below it.
  func lowerEnd(_ ball: Ball) -> Ball { end(ball, BinaryFloat(ball.radius).negated) }

  /// The upper end of a ball, or a number a little above it.
  func upperEnd(_ ball: Ball) -> Ball { end(ball, BinaryFloat(ball.radius)) }

  private func end(_ ball: Ball, _ radius: BinaryFloat) -> Ball {
    let bits = precision + 64
    let (value, error) = BinaryFloat.sum(ball.midpoint, radius, bits)
    if error.isZero { return Ball(value, .zero) }
    // The error is below a unit of the last place, and two units can be added exactly.
    let outward = BinaryFloat(powerOfTwo: value.exponent - Int64(bits) + 1)
    let moved = BinaryFloat.sum(
      value, radius.isNegative ? outward.negated : outward, bits + 8)
    return Ball(moved.value, .zero)
  }

  /// The image of a ball under a monotone function, from its values at the ends.
  ///
  /// Where an end lies outside of the function's domain nothing is known.
  func monotone(_ ball: Ball, _ function: (Ball) -> Ball) -> Ball {
    if !ball.isDefined { return ball }
    if ball.radius.isZero { return function(ball) }
    let (lower, upper) = (function(lowerEnd(ball)), function(upperEnd(ball)))
    if lower.state == .undefined || upper.state == .undefined { return .undecided }
    return hull(lower, upper)
  }
}
