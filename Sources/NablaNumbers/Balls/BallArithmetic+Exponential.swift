extension BallArithmetic {
  /// e to the power of the number.
  package func exp(_ x: Ball) -> Ball {
    if !x.isDefined { return x }
    if x.radius.isZero { return exponential(at: x.midpoint) }
    if x.radius.exponent > -2 { return monotone(x) { exp($0) } }
    // |exp(m + t) - exp(m)| ≤ exp(m) · r · (1 + r) for |t| ≤ r ≤ 1.
    let value = exponential(at: x.midpoint)
    if !value.isDefined { return value }
    let growth = x.radius * (ShortFloat(powerOfTwo: 0) + x.radius)
    return .limited(value.midpoint, value.radius + value.upperMagnitude * growth)
  }

  /// The exponential of an exact number: x = k log 2 + r with r from 0 to 0.7.
  func exponential(at x: BinaryFloat) -> Ball {
    if x.isZero { return .one }
    if x.exponent > 42 {
      return x.isNegative
        ? Ball(.zero, ShortFloat(powerOfTwo: -Ball.exponentLimit)) : .exhausted
    }
    // The offset keeps r from falling below 0 by the errors of the product.
    let quotient = (x.approximation * 1.4426950408889634 - 0x1p-8).rounded(.down)
    let multiple = Int64(quotient)
    let inner = refined(by: 16 + Int(max(x.exponent, 0)))
    let shift = inner.multiply(Ball(BinaryFloat(wide: multiple), .zero), inner.logarithmOfTwo)
    let rest = inner.subtract(Ball(x, .zero), shift)
    if !rest.isNonnegative { return .undecided }
    return rounded(
      scale(PowerSeries.exponential(of: rest, precision: precision), by: multiple))
  }

  /// e to the power of the number, less 1, with no loss of accuracy near 0.
  func expMinusOne(_ x: Ball) -> Ball {
    if !x.isDefined { return x }
    // exp(x) - 1 = exp(x/2) · 2 sinh(x/2), of which the second factor is accurate near 0.
    if x.midpoint.exponent > 2 || x.radius.exponent > -2 { return subtract(exp(x), .one) }
    let inner = refined(by: 8)
    let half = scale(x, by: -1)
    return rounded(inner.scale(inner.multiply(inner.exp(half), inner.sinh(half)), by: 1))
  }

  /// The logistic function 1/(1 + exp(-x)).
  package func sigmoid(_ x: Ball) -> Ball {
    if !x.isDefined { return x }
    if isFar(x) { return logisticFar(x) }
    let inner = refined(by: 8)
    return rounded(inner.reciprocal(inner.add(.one, inner.exp(inner.negate(x)))))
  }

  /// Whether exp(x) or exp(-x) passes the limit of exponents.
  private func isFar(_ x: Ball) -> Bool {
    max(x.midpoint.exponent, x.radius.exponent) > 38
  }

  private func logisticFar(_ x: Ball) -> Ball {
    let tiny = ShortFloat(powerOfTwo: -Ball.exponentLimit)
    if x.isPositive && x.lowerMagnitude.exponent > 34 { return Ball(.one, tiny) }
    if x.isNegative && x.lowerMagnitude.exponent > 34 { return Ball(.zero, tiny) }
    return Ball(BinaryFloat(powerOfTwo: -1), ShortFloat(powerOfTwo: -1))
  }

  /// log(1 + exp(x)).
  package func softplus(_ x: Ball) -> Ball {
    if !x.isDefined { return x }
    if isFar(x) {
      if x.isNegative && x.lowerMagnitude.exponent > 34 { return logisticFar(x) }
      // Between max(x, 0) and max(x, 0) + log 2.
      let lowest = relu(x)
      return hull(lowest, add(lowest, .one))
    }
    let inner = refined(by: 8)
    if x.midpoint.isNegative { return rounded(inner.logOnePlus(inner.exp(x))) }
    // x + log(1 + exp(-x)); the derivative of softplus lies between 0 and 1.
    let middle = Ball(x.midpoint, .zero)
    let value = inner.add(middle, inner.logOnePlus(inner.exp(inner.negate(middle))))
    return rounded(Ball(value.midpoint, value.radius + x.radius))
  }
}

extension BinaryFloat {
  /// An integer of 64 bits, exactly.
  init(wide value: Int64) {
    let bits = value.magnitude
    if bits == 0 {
      self = .zero
      return
    }
    let shift = bits.leadingZeroBitCount
    self.init(
      .short(DoubleWord(bits &<< UInt64(shift), 0)), exponent: Int64(64 - shift),
      isNegative: value < 0)
  }
}
