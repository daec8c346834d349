// Common divisors are taken out before multiplying, as in D. E. Knuth, The Art of Computer
// Programming 2, 4.5.1: the numbers stay short and the results are in lowest terms.

extension Rational {
  /// The sum.
  public static func + (lhs: Rational, rhs: Rational) -> Rational {
    if let left = SmallRational(lhs), let right = SmallRational(rhs),
      let sum = left.adding(right.numerator, over: right.denominator)
    {
      return Rational(sum)
    }
    return lhs.sum(with: rhs.numerator, rhs.denominator)
  }

  /// The difference.
  public static func - (lhs: Rational, rhs: Rational) -> Rational {
    if let left = SmallRational(lhs), let right = SmallRational(rhs), right.numerator != .min,
      let sum = left.adding(-right.numerator, over: right.denominator)
    {
      return Rational(sum)
    }
    return lhs.sum(with: -rhs.numerator, rhs.denominator)
  }

  /// The product.
  public static func * (lhs: Rational, rhs: Rational) -> Rational {
    if let left = SmallRational(lhs), let right = SmallRational(rhs),
      let product = left.multiplied(by: right)
    {
      return Rational(product)
    }
    if lhs.isInteger && rhs.isInteger {
      return Rational(reduced: lhs.numerator * rhs.numerator, 1)
    }
    let first = Integer.greatestCommonDivisor(lhs.numerator, rhs.denominator)
    let second = Integer.greatestCommonDivisor(rhs.numerator, lhs.denominator)
    return Rational(
      reduced: lhs.numerator.divided(byUnitOr: first) * rhs.numerator.divided(byUnitOr: second),
      lhs.denominator.divided(byUnitOr: second) * rhs.denominator.divided(byUnitOr: first))
  }

  /// The number with the other sign.
  public static prefix func - (operand: Rational) -> Rational {
    Rational(reduced: -operand.numerator, operand.denominator)
  }

  /// Adds to the number.
  public static func += (lhs: inout Rational, rhs: Rational) {
    lhs = lhs + rhs
  }

  /// Subtracts from the number.
  public static func -= (lhs: inout Rational, rhs: Rational) {
    lhs = lhs - rhs
  }

  /// Multiplies the number.
  public static func *= (lhs: inout Rational, rhs: Rational) {
    lhs = lhs * rhs
  }

  /// The quotient, or nil if the divisor is 0.
  public func dividing(by divisor: Rational) -> Rational? {
    divisor.reciprocal.map { self * $0 }
  }

  private func sum(with otherNumerator: Integer, _ otherDenominator: Integer) -> Rational {
    if denominator.isOne && otherDenominator.isOne {
      return Rational(reduced: numerator + otherNumerator, 1)
    }
    let common = Integer.greatestCommonDivisor(denominator, otherDenominator)
    if common.isOne {
      return Rational(
        reduced: numerator * otherDenominator + otherNumerator * denominator,
        denominator * otherDenominator)
    }
    let left = denominator.divided(byUnitOr: common)
    let right = otherDenominator.divided(byUnitOr: common)
    let top = numerator * right + otherNumerator * left
    let rest = Integer.greatestCommonDivisor(top, common)
    return Rational(
      reduced: top.divided(byUnitOr: rest), left * otherDenominator.divided(byUnitOr: rest))
  }
}

extension Integer {
  /// The quotient by a divisor of at least 1 that leaves no remainder.
  fileprivate func divided(byUnitOr divisor: Integer) -> Integer {
    divisor.isOne ? self : quotient(byPositive: divisor)
  }
}

extension Rational: Comparable {
  public static func < (lhs: Rational, rhs: Rational) -> Bool {
    if let left = SmallRational(lhs), let right = SmallRational(rhs) {
      return left.isLess(than: right)
    }
    if lhs.signum != rhs.signum { return lhs.signum < rhs.signum }
    if lhs.denominator == rhs.denominator { return lhs.numerator < rhs.numerator }
    return lhs.numerator * rhs.denominator < rhs.numerator * lhs.denominator
  }
}
