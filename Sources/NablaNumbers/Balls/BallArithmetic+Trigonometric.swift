extension BallArithmetic {
  /// The sine.
  package func sin(_ x: Ball) -> Ball { circular(x, quarterTurns: 0) }

  /// The cosine.
  package func cos(_ x: Ball) -> Ball { circular(x, quarterTurns: 1) }

  /// The tangent; undecided for a ball that may contain a pole.
  package func tan(_ x: Ball) -> Ball { quotient(x, 0, 1) }

  /// The cotangent; undefined at 0.
  package func cot(_ x: Ball) -> Ball { quotient(x, 1, 0) }

  /// The secant.
  package func sec(_ x: Ball) -> Ball {
    rounded(refined(by: 4).reciprocal(refined(by: 4).cos(x)))
  }

  /// The cosecant; undefined at 0.
  package func csc(_ x: Ball) -> Ball {
    rounded(refined(by: 4).reciprocal(refined(by: 4).sin(x)))
  }

  private func quotient(_ x: Ball, _ top: Int, _ bottom: Int) -> Ball {
    if !x.isDefined { return x }
    let inner = refined(by: 6)
    guard let reduced = inner.reducedAngle(x.midpoint) else { return .exhausted }
    let numerator = inner.circular(reduced, x.radius, quarterTurns: top)
    let denominator = inner.circular(reduced, x.radius, quarterTurns: bottom)
    return rounded(inner.divide(numerator, by: denominator))
  }

  private func circular(_ x: Ball, quarterTurns: Int) -> Ball {
    if !x.isDefined { return x }
    if x.radius.exponent > 1 { return Ball(.zero, ShortFloat(powerOfTwo: 0)) }
    guard let reduced = reducedAngle(x.midpoint) else {
      return Ball(.zero, ShortFloat(powerOfTwo: 0))
    }
    return rounded(circular(reduced, x.radius, quarterTurns: quarterTurns))
  }

  /// The sine of an angle and some quarter turns, with the derivative bounded by 1.
  private func circular(
    _ reduced: ReducedAngle, _ radius: ShortFloat, quarterTurns: Int
  ) -> Ball {
    let turns = (reduced.quarterTurns + quarterTurns) & 3
    let inner = refined(by: 16)
    let middle = Ball(reduced.rest.midpoint, .zero)
    let square = inner.multiply(middle, middle)
    let value =
      turns & 1 == 0
      ? inner.multiply(middle, PowerSeries.sine.sum(at: square, precision: precision))
      : PowerSeries.cosine.sum(at: square, precision: precision)
    let total = value.radius + reduced.rest.radius + radius
    return .limited(turns & 2 == 0 ? value.midpoint : value.midpoint.negated, total)
  }

  private struct ReducedAngle {
    /// The number of quarter turns modulo 4.
    let quarterTurns: Int
    /// What is left, at most about π/4 in magnitude.
    let rest: Ball
  }

  /// The largest exponent of an angle that is reduced.
  private var angleExponentLimit: Int64 { Int64(4096 + precision) }

  /// The angle less the nearest multiple of π/2, to the relative accuracy of the arithmetic, or
  /// nil for an angle so large that the reduction takes more digits of π than are on offer.
  private func reducedAngle(_ x: BinaryFloat) -> ReducedAngle? {
    if x.exponent < 0 || (x.exponent == 0 && x.leadingBits < 0xC800_0000_0000_0000) {
      return ReducedAngle(quarterTurns: 0, rest: Ball(x, .zero))
    }
    if x.exponent > angleExponentLimit { return nil }
    let angle = Ball(x, .zero)
    var turns: BinaryFloat
    var quarter: Int
    if x.exponent <= 30 {
      let count = Int64((x.approximation * 0.6366197723675814).rounded())
      turns = BinaryFloat(wide: count)
      quarter = Int(truncatingIfNeeded: count & 3)
    } else {
      let wide = BallArithmetic(inner: Int(x.exponent) + 16)
      let quotient = wide.divide(wide.scale(angle, by: 1), by: wide.pi).midpoint
      let (integer, power) = quotient.parts
      let count = (integer << Int(power + 1) + 1) >> 1
      let last = Int(truncatingIfNeeded: count.lowBits & 3)
      turns = BinaryFloat(quotient.isNegative ? -count : count)
      quarter = (quotient.isNegative ? -last : last) & 3
    }
    // A rest near 0 takes as many bits more as it has zeros.
    var extra = 16 + Int(x.exponent)
    while true {
      let inner = refined(by: extra)
      let halfPi = inner.scale(inner.pi, by: -1)
      let rest = inner.subtract(angle, inner.multiply(Ball(turns, .zero), halfPi))
      let accuracy = rest.relativeAccuracy ?? 0
      if accuracy >= min(precision + 2, 122) && accuracy >= precision - 2
        || extra > Int(x.exponent) + 4 * precision + 256
      {
        return ReducedAngle(quarterTurns: quarter, rest: rest)
      }
      extra += min(max(precision + 8 - accuracy, 25), precision + 64)
    }
  }
}
