extension BallArithmetic {
  /// The arc tangent, between -π/2 and π/2.
  package func atan(_ x: Ball) -> Ball {
    if !x.isDefined { return x }
    let value = arcTangent(at: x.midpoint)
    if x.radius.isZero { return value }
    // The derivative is 1/(1 + t²), at most 1 and at most 1/t².
    return widened(value, by: x.radius.overSquare(of: x.lowerMagnitude))
  }

  /// The arc cotangent atan(1/x); undefined at 0.
  package func acot(_ x: Ball) -> Ball {
    let inner = refined(by: 6)
    return rounded(inner.atan(inner.reciprocal(x)))
  }

  /// The arc tangent of an exact number: atan(t) = atan(j/64) + atan((64t - j)/(64 + jt)) for t
  /// up to 1. Beyond the accuracy of the table the small angle is taken to a shorter arc tangent.
  func arcTangent(at x: BinaryFloat) -> Ball {
    if x.isZero { return .zero }
    let inner = refined(by: 16)
    let argument = Ball(x.magnitude, .zero)
    let isLarge = x.exponent > 0
    let reduced = isLarge ? inner.reciprocal(argument) : argument
    var value = inner.arcTangent(ofReduced: reduced, precision: precision)
    if isLarge { value = inner.subtract(inner.scale(inner.pi, by: -1), value) }
    return rounded(x.isNegative ? negate(value) : value)
  }

  /// The arc tangent of a number from 0 up to 1.
  private func arcTangent(ofReduced x: Ball, precision: Int) -> Ball {
    if x.midpoint.exponent < -3 { return seriesProduct(x, .arcTangent, precision: precision) }
    let middle = Ball(x.midpoint, .zero)
    if self.precision <= ReductionTables.bits {
      let index = Int((x.midpoint.approximation * 64).rounded())
      let center = Ball(index)
      let quotient = divide(
        subtract(scale(middle, by: 6), center), by: add(Ball(64), multiply(center, middle)))
      let rest = seriesProduct(quotient, .arcTangent, precision: precision)
      let value = add(ReductionTables.arcTangent(index, self.precision), rest)
      return .limited(value.midpoint, value.radius + x.radius)
    }
    let start = Ball(BallArithmetic(inner: 200).arcTangent(at: x.midpoint).midpoint, .zero)
    let (sine, cosine) = (sin(start), cos(start))
    let quotient = divide(
      subtract(multiply(middle, cosine), sine), by: add(cosine, multiply(middle, sine)))
    let value = add(start, seriesProduct(quotient, .arcTangent, precision: precision))
    return .limited(value.midpoint, value.radius + x.radius)
  }

  /// The arc sine; undefined beyond 1 in magnitude.
  package func asin(_ x: Ball) -> Ball {
    inDisc(x) { arcSine(at: $0) }
  }

  /// The arc cosine, between 0 and π; undefined beyond 1 in magnitude.
  package func acos(_ x: Ball) -> Ball {
    inDisc(x) { arcCosine(at: $0) }
  }

  private func inDisc(_ x: Ball, _ function: (BinaryFloat) -> Ball) -> Ball {
    if !x.isDefined { return x }
    let room = roomBelowOne(x)
    if !room.isNonnegative { return room.isNegative ? .undefined : .undecided }
    if x.radius.isZero { return function(x.midpoint) }
    if x.upperMagnitude <= ShortFloat(mantissa: 0xE000_0000, exponent: 0) {
      // Up to 7/8 the derivative is below 2.1.
      return widened(function(x.midpoint), by: x.radius * ShortFloat(roundingUp: 17, power: -3))
    }
    return hull(
      function(lowerEnd(x).midpoint.broughtToUnit), function(upperEnd(x).midpoint.broughtToUnit))
  }

  /// 1 - |x|.
  func roomBelowOne(_ x: Ball) -> Ball {
    let magnitude = Ball(x.midpoint.magnitude, x.radius)
    return BallArithmetic(inner: precision + 32).subtract(.one, magnitude)
  }

  /// asin(x) = atan(x / √((1 - x)(1 + x))).
  private func arcSine(at x: BinaryFloat) -> Ball {
    let inner = refined(by: 12)
    let middle = Ball(x, .zero)
    let square = inner.multiply(inner.subtract(.one, middle), inner.add(.one, middle))
    if square.isZero {
      let right = scale(pi, by: -1)
      return x.isNegative ? negate(right) : right
    }
    return rounded(inner.atan(inner.divide(middle, by: inner.squareRoot(square))))
  }

  /// acos(x) = 2 atan(√((1 - x)/(1 + x))).
  private func arcCosine(at x: BinaryFloat) -> Ball {
    let inner = refined(by: 12)
    let middle = Ball(x, .zero)
    return halfAngle(inner.subtract(.one, middle), inner.add(.one, middle))
  }

  /// 2 atan(√(top/bottom)), π for the bottom 0.
  private func halfAngle(_ top: Ball, _ bottom: Ball) -> Ball {
    if bottom.isZero { return pi }
    let inner = refined(by: 12)
    let root = inner.squareRoot(inner.divide(top, by: bottom))
    return rounded(inner.scale(inner.atan(root), by: 1))
  }

  /// The arc secant acos(1/x); undefined between -1 and 1.
  package func asec(_ x: Ball) -> Ball {
    offDisc(x) { x in
      // 2 atan(√((x - 1)/(x + 1)))
      let inner = refined(by: 12)
      return halfAngle(inner.subtract(x, .one), inner.add(x, .one))
    }
  }

  /// The arc cosecant asin(1/x); undefined between -1 and 1.
  package func acsc(_ x: Ball) -> Ball {
    offDisc(x) { x in
      let inner = refined(by: 12)
      let square = inner.multiply(inner.subtract(x, .one), inner.add(x, .one))
      let right = scale(pi, by: -1)
      if square.isZero { return x.midpoint.isNegative ? negate(right) : right }
      let value = inner.atan(inner.reciprocal(inner.squareRoot(square)))
      return rounded(x.midpoint.isNegative ? negate(value) : value)
    }
  }

  /// The image under a function that is monotone on both branches |x| ≥ 1, with a derivative
  /// of at most 1/(|x| √(x² - 1)).
  private func offDisc(_ x: Ball, _ function: (Ball) -> Ball) -> Ball {
    if !x.isDefined { return x }
    let room = roomBelowOne(x)
    if !room.isNonpositive { return room.isPositive ? .undefined : .undecided }
    if x.radius.isZero { return function(x) }
    let least = x.lowerMagnitude
    if ShortFloat(roundingUp: 5, power: -2) <= least {
      // From 5/4 on, √(x² - 1) ≥ 3x/5.
      return widened(
        function(Ball(x.midpoint, .zero)), by: x.radius.overSquare(of: least).scaled(by: 1))
    }
    return hull(
      function(Ball(lowerEnd(x).midpoint.broughtOffDisc, .zero)),
      function(Ball(upperEnd(x).midpoint.broughtOffDisc, .zero)))
  }
}

extension BinaryFloat {
  /// The number, or ±1 if it lies beyond.
  fileprivate var broughtToUnit: BinaryFloat {
    BinaryFloat.compare(magnitude, .one) <= 0 ? self : isNegative ? BinaryFloat(-1) : .one
  }

  /// The number, or ±1 if it lies between.
  fileprivate var broughtOffDisc: BinaryFloat {
    BinaryFloat.compare(magnitude, .one) >= 0 ? self : isNegative ? BinaryFloat(-1) : .one
  }
}

extension ShortFloat {
  /// The number divided by max(1, x²), rounded up.
  func overSquare(of x: ShortFloat) -> ShortFloat {
    x.exponent <= 1 || x.isZero ? self : dividedUp(by: x.timesDown(x))
  }
}
