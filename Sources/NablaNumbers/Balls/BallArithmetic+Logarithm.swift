extension BallArithmetic {
  /// The natural logarithm of a positive number; undefined at 0 and below.
  package func log(_ x: Ball) -> Ball {
    if !x.isDefined { return x }
    if !x.isPositive { return x.isNonpositive ? .undefined : .undecided }
    if x.radius.isZero { return logarithm(at: x.midpoint) }
    if x.radius.exponent > x.midpoint.exponent - 3 { return monotone(x) { log($0) } }
    // |log(m + t) - log(m)| ≤ r/(m - r).
    let value = logarithm(at: x.midpoint)
    return .limited(value.midpoint, value.radius + x.radius.dividedUp(by: x.lowerMagnitude))
  }

  /// The logarithm of an exact positive number.
  ///
  /// x = 2^k · y with y near 1, then log y = log(j/64) + log(64y/j). Beyond the accuracy of the
  /// table the logarithm of y / exp(l) is added to a shorter logarithm l.
  private func logarithm(at x: BinaryFloat) -> Ball {
    var power = x.exponent
    var near = x.scaled(by: -power)
    // From [1/2, 1) to about [0.7, 1.4).
    if near.leadingBits < 0xB500_0000_0000_0000 {
      near = near.scaled(by: 1)
      power -= 1
    }
    if near == .one && power == 0 { return .zero }
    let inner = refined(by: 16)
    var logarithm: Ball
    // ⌊128y⌋, and from it 64y rounded to nearest.
    let doubled = Int(truncatingIfNeeded: near.leadingBits &>> UInt64(57 - near.exponent))
    let index = (doubled + 1) >> 1
    if index == 64 {
      logarithm = inner.logarithmNearOne(
        inner.subtract(Ball(near, .zero), .one), precision: precision)
    } else if inner.precision <= ReductionTables.bits {
      let scaled = Ball(near.scaled(by: 6), .zero)
      let center = Ball(index)
      let quotient = inner.divide(
        inner.subtract(scaled, center), by: inner.add(scaled, center))
      let entry = ReductionTables.logarithm(index, inner.precision)
      logarithm = inner.add(
        index < 64 ? inner.negate(entry) : entry,
        inner.doubleArcHyperbolicTangent(quotient, precision: precision))
    } else {
      let start = BallArithmetic(inner: 200).logarithm(at: near).midpoint
      let ratio = inner.multiply(Ball(near, .zero), inner.exponential(at: start.negated))
      logarithm = inner.add(
        Ball(start, .zero),
        inner.logarithmNearOne(inner.subtract(ratio, .one), precision: precision))
    }
    if power != 0 {
      let multiple = Ball(BinaryFloat(wide: power), .zero)
      logarithm = inner.add(logarithm, inner.multiply(multiple, inner.logarithmOfTwo))
    }
    return rounded(logarithm)
  }

  /// log(1 + x) = 2 atanh(x/(2 + x)) for x below 1/32.
  private func logarithmNearOne(_ x: Ball, precision: Int) -> Ball {
    doubleArcHyperbolicTangent(divide(x, by: add(x, Ball(2))), precision: precision)
  }

  /// 2 atanh(x) for x below 1/16.
  private func doubleArcHyperbolicTangent(_ x: Ball, precision: Int) -> Ball {
    scale(seriesProduct(x, .arcHyperbolicTangent, precision: precision), by: 1)
  }

  /// x times the sum of a series at x², where the whole has a derivative of at most 2.
  func seriesProduct(_ x: Ball, _ series: PowerSeries, precision: Int) -> Ball {
    let middle = Ball(x.midpoint, .zero)
    let sum = series.sum(at: multiply(middle, middle), precision: precision)
    let value = multiply(middle, sum)
    return .limited(value.midpoint, value.radius + x.radius.scaled(by: 1))
  }

  /// log(1 + x), with no loss of accuracy near 0.
  func logOnePlus(_ x: Ball) -> Ball {
    if !x.isDefined { return x }
    if x.midpoint.exponent > -5 || x.radius.exponent > -7 {
      return log(BallArithmetic(inner: precision + 8).add(.one, x))
    }
    return rounded(refined(by: 16).logarithmNearOne(x, precision: precision))
  }
}
