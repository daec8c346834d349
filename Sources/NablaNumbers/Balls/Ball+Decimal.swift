extension Ball {
  /// The number in decimal digits of which every one is vouched for.
  ///
  /// The text has up to `significantDigits` digits, fewer where the radius does not allow more;
  /// the number differs from what is written by no more than one unit of the last digit. Zeros
  /// at the end are digits like others. Nil where not even one digit is certain: the ball is not
  /// defined, or it is too wide.
  ///
  /// Numbers below 10⁻⁶, and those with more digits before the point than asked for, are written
  /// as `1.23e-7` and `1.2e3`. Up to 9000 digits are written.
  package func decimal(significantDigits: Int) -> String? {
    if isZero { return "0" }
    guard let scaled = scaledForDecimal(significantDigits) else { return nil }
    // A rounding takes half a unit of the last digit, which leaves half a unit to the radius.
    let (middle, twice) = (scaled.ball.exactMidpoint, scaled.ball.exactRadius * 2)
    var count = scaled.digits
    if let accuracy = scaled.ball.relativeAccuracy, accuracy < 4 * count {
      count = min(count, max(accuracy, 0) * 28 / 93 + 2)
    }
    while count > 0 {
      let (significand, exponent) = middle.rounded(significantDigits: count)
      if twice <= Rational.powerOfTen(exponent - count + 1) {
        return Rational.decimal(significand, count, exponent: Int64(exponent) + scaled.power)
      }
      count -= 1
    }
    return nil
  }

  /// The number rounded to `significantDigits` digits, or nil if the ball does not settle the
  /// rounding; a higher precision may, but for a tie.
  package func roundedDecimal(significantDigits: Int) -> String? {
    if isZero { return Rational(0).decimal(significantDigits: significantDigits) }
    guard let scaled = scaledForDecimal(significantDigits) else { return nil }
    let (middle, radius) = (scaled.ball.exactMidpoint, scaled.ball.exactRadius)
    let lower = (middle - radius).rounded(significantDigits: scaled.digits)
    let upper = (middle + radius).rounded(significantDigits: scaled.digits)
    if lower.significand != upper.significand || lower.exponent != upper.exponent { return nil }
    return Rational.decimal(
      lower.significand, scaled.digits, exponent: Int64(lower.exponent) + scaled.power)
  }

  /// The largest number of digits that is written.
  private static let digitLimit = 9_000

  /// The number divided by a power of ten, so that it is of moderate size; or the number itself
  /// if it is so already.
  private func scaledForDecimal(_ digits: Int) -> (ball: Ball, power: Int64, digits: Int)? {
    if !excludesZero { return nil }
    let digits = min(max(digits, 1), Self.digitLimit)
    if midpoint.exponent.magnitude <= 4096 { return (self, 0, digits) }
    // log₁₀ 2 · 2²⁰ is 315653; taken in two parts the product stays in range.
    let (high, low) = (midpoint.exponent >> 20, midpoint.exponent & 0xFFFFF)
    let power = (high &* 315_653) &+ (low &* 315_653) >> 20
    let arithmetic = BallArithmetic(inner: digits * 4 + 128)
    let ten = arithmetic.power(Ball(10), Integer(power.magnitude))
    let ball = power < 0 ? arithmetic.multiply(self, ten) : arithmetic.divide(self, by: ten)
    return ball.excludesZero ? (ball, power, digits) : nil
  }

  private var exactMidpoint: Rational {
    let (integer, power) = midpoint.parts
    return Rational(midpoint.isNegative ? -integer : integer, scaledBy: power)
  }

  private var exactRadius: Rational {
    let (integer, power) = BinaryFloat(radius).parts
    return Rational(integer, scaledBy: power)
  }
}

extension Rational {
  /// integer · 2^power, with at most half a million bits for a power below 0.
  fileprivate init(_ integer: Integer, scaledBy power: Int64) {
    if power >= 0 || integer.isZero {
      self.init(integer << Int(power))
    } else if power < -500_000 {
      // A radius far below its midpoint is raised to a bound that takes fewer bits.
      self.init(reduced: 1, Integer(1) << (500_000 - integer.bitWidth))
    } else {
      let twos = min(integer.trailingZeroBitCount, Int(-power))
      self.init(reduced: integer >> twos, Integer(1) << (Int(-power) - twos))
    }
  }
}
