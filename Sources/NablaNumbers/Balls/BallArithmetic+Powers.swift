extension BallArithmetic {
  /// The square root of a number of at least 0; undefined below.
  package func squareRoot(_ x: Ball) -> Ball {
    if !x.isDefined { return x }
    if x.radius.isZero {
      if x.midpoint.isNegative { return .undefined }
      let (value, error) = BinaryFloat.squareRoot(x.midpoint, precision)
      return .limited(value, error)
    }
    if !x.isNonnegative { return x.isNegative ? .undefined : .undecided }
    let (value, error) = BinaryFloat.squareRoot(x.midpoint, precision)
    // |√(m + t) - √m| ≤ √m (1 - √(1 - r/m)) ≤ r/(2√m) · (1 + r/m).
    let part = x.radius.dividedUp(by: x.midpoint.lowerMagnitude)
    let share = x.radius.dividedUp(by: value.lowerMagnitude.minusDown(error)).scaled(by: -1)
    return .limited(value, error + share + share * part)
  }

  /// The root of a number of at least 0; undefined below 0, for odd degrees too, and for degrees
  /// below 1.
  package func root(_ x: Ball, degree: Int) -> Ball {
    if degree < 1 || x.state == .undefined { return .undefined }
    if degree == 1 { return rounded(x) }
    if degree == 2 || !x.isDefined { return squareRoot(x) }
    if x.isZero { return .zero }
    if let exact = exactRoot(x, degree) { return exact }
    let bits = 16 + Int(x.midpoint.exponent.bitLength)
    let exponent = BallArithmetic(inner: precision + bits)
      .reciprocal(Ball(degree))
    return power(x, exponent)
  }

  /// The root of an exact number if it is a binary fraction of the precision.
  private func exactRoot(_ x: Ball, _ degree: Int) -> Ball? {
    if !x.isExact || x.midpoint.isNegative { return nil }
    let (integer, power) = x.midpoint.parts
    if power % Int64(degree) != 0 || integer.bitWidth / degree > precision { return nil }
    return integer.root(degree).map {
      rounded(Ball(BinaryFloat($0, power: power / Int64(degree)), .zero))
    }
  }

  /// The number multiplied by itself.
  package func square(_ x: Ball) -> Ball { power(x, 2) }

  /// A power with an integer exponent; x⁰ is 1 for every x, a negative power of 0 undefined.
  ///
  /// Short exponents take a product for each bit; long ones go by way of exp(n log |x|).
  package func power(_ x: Ball, _ exponent: Integer) -> Ball {
    if !x.isDefined { return x }
    if exponent.isZero { return .one }
    if exponent.isOne { return rounded(x) }
    if exponent.isNegative {
      let inner = refined(by: 6)
      return rounded(inner.reciprocal(inner.power(x, -exponent)))
    }
    if !exponent.isOdd && !x.isExact && !x.excludesZero {
      return upToPower(x, exponent)
    }
    if x.isZero { return .zero }
    if let count = exponent.asInt, count < 1 << 24 { return shortPower(x, count) }
    if x.isExact && x.midpoint.magnitude.scaled(by: 1 - x.midpoint.exponent) == .one {
      return powerOfPowerOfTwo(x.midpoint, exponent)
    }
    if !x.excludesZero { return .undecided }
    let bits = exponent.bitWidth
    if bits > 4096 { return .exhausted }
    let inner = refined(by: 16 + bits)
    let logarithm = inner.log(abs(x))
    let value = exp(inner.multiply(inner.ball(exponent), logarithm))
    return exponent.isOdd && x.isNegative ? negate(value) : value
  }

  private func shortPower(_ x: Ball, _ count: Int) -> Ball {
    let places = Int.bitWidth - count.leadingZeroBitCount
    let inner = places <= 2 ? self : BallArithmetic(inner: precision + 2 * places)
    var result = x
    for place in (0..<places - 1).reversed() {
      result = inner.multiply(result, result)
      if count >> place & 1 == 1 { result = inner.multiply(result, x) }
    }
    return rounded(result)
  }

  /// The even power of a ball around 0, which is not negative.
  private func upToPower(_ x: Ball, _ exponent: Integer) -> Ball {
    let bound = power(Ball(BinaryFloat(x.upperMagnitude), .zero), exponent)
    return bound.isDefined ? upTo(bound.upperMagnitude) : bound
  }

  private func powerOfPowerOfTwo(_ base: BinaryFloat, _ exponent: Integer) -> Ball {
    let places = Integer((base.exponent - 1).magnitude)
    let power = (base.exponent < 1 ? -places : places) * exponent
    let isNegative = base.isNegative && exponent.isOdd
    if power.bitWidth > 41 {
      return power.isNegative
        ? Ball(.zero, ShortFloat(powerOfTwo: -Ball.exponentLimit)) : .exhausted
    }
    let signed = Int64(bitPattern: power.lowBits)
    let value = BinaryFloat(powerOfTwo: power.isNegative ? -signed : signed)
    return .limited(isNegative ? value.negated : value, .zero)
  }

  /// A power with any exponent: exp(y log x) for a positive base.
  ///
  /// An exact integer as exponent goes by the laws of integer powers. Otherwise 0 to a positive
  /// exponent is 0, 0 to a negative one and every power of a negative number is undefined.
  package func power(_ x: Ball, _ exponent: Ball) -> Ball {
    if let failure = Self.failure(x, exponent) { return failure }
    if exponent.isExact && exponent.midpoint.isInteger && exponent.midpoint.exponent < 4096 {
      let (integer, power) = exponent.midpoint.parts
      let whole = integer << Int(power)
      return self.power(x, exponent.midpoint.isNegative ? -whole : whole)
    }
    if x.isPositive { return positivePower(x, exponent) }
    if x.isNegative {
      return containsInteger(exponent) ? .undecided : .undefined
    }
    if x.isZero {
      return exponent.isPositive ? .zero : exponent.isNegative ? .undefined : .undecided
    }
    if x.isNonnegative && exponent.isPositive {
      // From 0 to the power of the upper end.
      let end = positivePower(Ball(BinaryFloat(x.upperMagnitude), .zero), exponent)
      return end.isDefined ? upTo(end.upperMagnitude) : end
    }
    return .undecided
  }

  private func positivePower(_ x: Ball, _ exponent: Ball) -> Ball {
    if x.isExact && x.midpoint == .one { return .one }
    if exponent.isExact && exponent.midpoint == BinaryFloat(powerOfTwo: -1) {
      return squareRoot(x)
    }
    // An error of the exponent is one of the result, so its integer part takes more bits.
    let sketch = exponent.midpoint.exponent + max(x.midpoint.exponent.bitLength, 1)
    let inner = refined(by: 16 + Int(min(max(sketch, 0), 64)))
    return exp(inner.multiply(exponent, inner.log(x)))
  }

  /// Whether the ball may contain an integer.
  private func containsInteger(_ x: Ball) -> Bool {
    if x.midpoint.exponent > 4096 || x.radius.exponent >= 0 { return true }
    if x.midpoint.exponent < 0 { return !x.excludesZero }
    let (integer, power) = x.midpoint.parts
    if power >= 0 { return true }
    let shift = Int(-power)
    let rest = integer - (integer >> shift) << shift
    let half = Integer(1) << (shift - 1)
    let gap = rest <= half ? rest : (Integer(1) << shift) - rest
    return !Ball(BinaryFloat(gap, power: power), x.radius).isPositive
  }
}

extension Int64 {
  /// The number of bits of the magnitude.
  fileprivate var bitLength: Int64 { Int64(64 - magnitude.leadingZeroBitCount) }
}
