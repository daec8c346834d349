extension BallArithmetic {
  /// The hyperbolic sine.
  package func sinh(_ x: Ball) -> Ball {
    if !x.isDefined { return x }
    if x.radius.exponent > -3 { return monotone(x) { sinh($0) } }
    let inner = refined(by: 8)
    if x.midpoint.exponent < -1 {
      return rounded(inner.seriesProduct(x, .hyperbolicSine, precision: inner.precision))
    }
    let power = inner.exponential(at: x.midpoint.magnitude)
    var value = inner.scale(inner.subtract(power, inner.reciprocal(power)), by: -1)
    if x.midpoint.isNegative { value = negate(value) }
    return widened(value, by: x.radius * (value.upperMagnitude + .one).scaled(by: 1))
  }

  /// The hyperbolic cosine.
  package func cosh(_ x: Ball) -> Ball {
    if !x.isDefined { return x }
    if x.radius.exponent > -3 {
      let both = hull(cosh(lowerEnd(x)), cosh(upperEnd(x)))
      return x.excludesZero ? both : hull(both, .one)
    }
    let inner = refined(by: 8)
    let power = inner.exponential(at: x.midpoint.magnitude)
    let value = inner.scale(inner.add(power, inner.reciprocal(power)), by: -1)
    // The derivative sinh(t) is at most cosh(t) · min(1, |t|), and cosh grows by less than half.
    let slope = x.upperMagnitude
    let share = slope.exponent > 0 ? x.radius : x.radius * slope
    return widened(value, by: share * value.upperMagnitude.scaled(by: 1))
  }

  /// The hyperbolic tangent.
  package func tanh(_ x: Ball) -> Ball {
    if !x.isDefined { return x }
    if x.radius.exponent > -3 { return monotone(x) { tanh($0) } }
    let inner = refined(by: 8)
    if x.midpoint.exponent < -1 {
      let middle = Ball(x.midpoint, .zero)
      let sine = inner.seriesProduct(middle, .hyperbolicSine, precision: inner.precision)
      let cosine = inner.squareRoot(inner.add(.one, inner.multiply(sine, sine)))
      return widened(inner.divide(sine, by: cosine), by: x.radius)
    }
    // 1 - 2/(exp(2|x|) + 1)
    let power = inner.exponential(at: x.midpoint.magnitude.scaled(by: 1))
    var value = Ball(.one, ShortFloat(powerOfTwo: 1 - Ball.exponentLimit))
    if power.state != .exhausted {
      value = inner.subtract(.one, inner.divide(Ball(2), by: inner.add(power, .one)))
    }
    if x.midpoint.isNegative { value = negate(value) }
    // The derivative is at most 4 exp(-2|t|), which over the ball changes by less than half.
    let slope = x.midpoint.upperBoundOfDecay(doubled: true).scaled(by: 3)
    return widened(value, by: slope.exponent > 0 ? x.radius : x.radius * slope)
  }

  /// The hyperbolic cotangent; undefined at 0.
  package func coth(_ x: Ball) -> Ball {
    let inner = refined(by: 6)
    return rounded(inner.reciprocal(inner.tanh(x)))
  }

  /// The hyperbolic secant.
  package func sech(_ x: Ball) -> Ball {
    if let tiny = farDecay(x) { return tiny }
    let inner = refined(by: 6)
    return rounded(inner.reciprocal(inner.cosh(x)))
  }

  /// The hyperbolic cosecant; undefined at 0.
  package func csch(_ x: Ball) -> Ball {
    if let tiny = farDecay(x) { return tiny }
    let inner = refined(by: 6)
    return rounded(inner.reciprocal(inner.sinh(x)))
  }

  /// 0 with a tiny radius for what is about exp(-|x|) at the limit of exponents.
  private func farDecay(_ x: Ball) -> Ball? {
    if !x.isDefined || x.midpoint.exponent <= 41 || x.lowerMagnitude.exponent <= 41 {
      return nil
    }
    return Ball(.zero, ShortFloat(powerOfTwo: 1 - Ball.exponentLimit))
  }

  /// The rounded ball with a larger radius.
  func widened(_ ball: Ball, by amount: ShortFloat) -> Ball {
    if !ball.isDefined { return ball }
    let (value, error) = ball.midpoint.rounded(to: precision)
    return .limited(value, ball.radius + error + amount)
  }
}

extension ShortFloat {
  static let one = ShortFloat(powerOfTwo: 0)
}

extension BinaryFloat {
  /// A bound of exp(-|x|), or of exp(-2|x|) if `doubled`.
  func upperBoundOfDecay(doubled: Bool) -> ShortFloat {
    if exponent > 41 { return ShortFloat(powerOfTwo: -Ball.exponentLimit) }
    // A factor below log₂ e makes up for the errors of the product.
    let power = magnitude.approximation * (doubled ? 2.885 : 1.4426)
    return ShortFloat(powerOfTwo: -Int64(power))
  }
}
