extension BallArithmetic {
  /// The inverse hyperbolic sine.
  package func asinh(_ x: Ball) -> Ball {
    if !x.isDefined { return x }
    let inner = refined(by: 12)
    let middle = Ball(x.midpoint.magnitude, .zero)
    let square = inner.multiply(middle, middle)
    let root = inner.squareRoot(inner.add(square, .one))
    // log(1 + (x + x²/(1 + √(1 + x²))))
    let excess = inner.add(middle, inner.divide(square, by: inner.add(.one, root)))
    var value = inner.logOnePlus(excess)
    if x.midpoint.isNegative { value = negate(value) }
    // The derivative is at most 1 and at most 1/|t|.
    let least = x.lowerMagnitude
    return widened(value, by: least.exponent > 0 ? x.radius.dividedUp(by: least) : x.radius)
  }

  /// The inverse hyperbolic cosine; undefined below 1.
  package func acosh(_ x: Ball) -> Ball {
    if !x.isDefined { return x }
    let excess = BallArithmetic(inner: precision + 32).subtract(x, .one)
    if !excess.isNonnegative { return excess.isNegative ? .undefined : .undecided }
    let least = x.lowerMagnitude
    if x.radius.isZero || ShortFloat(roundingUp: 5, power: -2) <= least {
      // From 5/4 on the derivative 1/√(t² - 1) is at most 5/(3t).
      let middle = refined(by: 12).subtract(Ball(x.midpoint, .zero), .one)
      let value = arcHyperbolicCosine(ofOnePlus: middle)
      return x.radius.isZero
        ? value : widened(value, by: x.radius.dividedUp(by: least).scaled(by: 1))
    }
    return monotoneAbove(excess) { arcHyperbolicCosine(ofOnePlus: $0) }
  }

  /// acosh(1 + t) = log(1 + (t + √(t (t + 2)))).
  private func arcHyperbolicCosine(ofOnePlus t: Ball) -> Ball {
    let inner = refined(by: 12)
    let root = inner.squareRoot(inner.multiply(t, inner.add(t, Ball(2))))
    return rounded(inner.logOnePlus(inner.add(t, root)))
  }

  /// The image of a ball of numbers of at least 0 under an increasing function, or the bound
  /// that the function has at the upper end.
  private func monotoneAbove(_ x: Ball, _ function: (Ball) -> Ball) -> Ball {
    let upper = function(upperEnd(x))
    let lower = lowerEnd(x)
    return hull(lower.isNonnegative ? function(lower) : .zero, upper)
  }

  /// The inverse hyperbolic tangent; undefined from 1 on in magnitude.
  package func atanh(_ x: Ball) -> Ball {
    if !x.isDefined { return x }
    let room = roomBelowOne(x)
    if !room.isPositive { return room.isNonpositive ? .undefined : .undecided }
    let inner = refined(by: 12)
    var value: Ball
    if x.midpoint.exponent < -3 {
      value = inner.seriesProduct(
        Ball(x.midpoint, .zero), .arcHyperbolicTangent, precision: precision)
    } else {
      // ½ log((1 + |x|)/(1 - |x|))
      let middle = Ball(x.midpoint.magnitude, .zero)
      value = inner.scale(
        inner.log(inner.divide(inner.add(.one, middle), by: inner.subtract(.one, middle))),
        by: -1)
      if x.midpoint.isNegative { value = negate(value) }
    }
    if x.radius.isZero { return rounded(value) }
    // The derivative 1/((1 - t)(1 + t)) is at most 1/(1 - |t|).
    let least = room.lowerMagnitude
    return least.isZero ? .undecided : widened(value, by: x.radius.dividedUp(by: least))
  }

  /// The inverse hyperbolic cotangent; undefined between -1 and 1, the ends included.
  package func acoth(_ x: Ball) -> Ball {
    if !x.isDefined { return x }
    let room = roomBelowOne(x)
    if !room.isNegative { return room.isNonnegative ? .undefined : .undecided }
    // ½ log(1 + 2/(|x| - 1))
    let inner = refined(by: 12)
    let excess = inner.subtract(Ball(x.midpoint.magnitude, .zero), .one)
    var value = inner.scale(inner.logOnePlus(inner.divide(Ball(2), by: excess)), by: -1)
    if x.midpoint.isNegative { value = negate(value) }
    if x.radius.isZero { return rounded(value) }
    // The derivative is at most 1/((|t| - 1)(|t| + 1)).
    let least = room.lowerMagnitude
    if least.isZero { return .undecided }
    let other = least <= ShortFloat(powerOfTwo: 1) ? ShortFloat(powerOfTwo: 1) : least
    return widened(value, by: x.radius.dividedUp(by: least).dividedUp(by: other))
  }

  /// The inverse hyperbolic secant acosh(1/x); undefined at 0 and below, and above 1.
  package func asech(_ x: Ball) -> Ball {
    if !x.isDefined { return x }
    let room = roomBelowOne(x)
    if x.isNonpositive || room.isNegative { return .undefined }
    if !x.isPositive || !room.isNonnegative { return .undecided }
    // 1/x = 1 + (1 - x)/x, and (1 - x)/x = 1/x - 1 falls.
    let inner = refined(by: 16)
    let value: (Ball) -> Ball = { x in
      arcHyperbolicCosine(ofOnePlus: inner.divide(inner.subtract(.one, x), by: x))
    }
    if x.radius.isZero { return value(x) }
    let (lower, upper) = (lowerEnd(x), upperEnd(x))
    if !lower.isPositive { return .undecided }
    return hull(
      value(lower), roomBelowOne(upper).isNonnegative ? value(upper) : .zero)
  }

  /// The inverse hyperbolic cosecant asinh(1/x); undefined at 0.
  package func acsch(_ x: Ball) -> Ball {
    let inner = refined(by: 6)
    return rounded(inner.asinh(inner.reciprocal(x)))
  }
}
