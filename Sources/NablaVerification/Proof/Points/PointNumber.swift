import NablaExpressions
import NablaNumbers

/// A value at a point: exact where it is rational, otherwise enclosed in a ball.
package enum PointNumber: Sendable {
  case exact(Rational)
  case ball(Ball)

  /// The sign, if it is certain.
  package var sign: Int? {
    switch self {
    case .exact(let value): value.signum
    case .ball(let ball):
      ball.isPositive ? 1 : ball.isNegative ? -1 : ball.isZero ? 0 : nil
    }
  }
}

/// Why there is no value at a point.
package enum PointFailure: Error, Sendable {
  /// There certainly is none.
  case undefined
  /// A higher precision may show one, or that there is none.
  case unknown
  /// What would be needed lies beyond the limits of the evaluation.
  case exhausted
  /// Whether there is one is left open: a base that is not positive to a power that varies.
  case leftOpen
}

/// Arithmetic on values at a point with a given precision of the balls.
struct PointArithmetic: Sendable {
  let balls: BallArithmetic

  /// Exact numbers of more bits are continued as balls.
  private static let longestNumber = 16_384

  init(precision: Int) { balls = BallArithmetic(precision: precision) }

  func ball(_ number: PointNumber) -> Ball {
    switch number {
    case .exact(let value): balls.ball(value)
    case .ball(let ball): ball
    }
  }

  func checked(_ ball: Ball) throws(PointFailure) -> PointNumber {
    switch ball.state {
    case .defined: return .ball(ball)
    case .undefined: throw .undefined
    case .undecided: throw .unknown
    case .exhausted: throw .exhausted
    }
  }

  private func short(_ value: Rational) -> PointNumber {
    value.bitWidth > Self.longestNumber ? .ball(balls.ball(value)) : .exact(value)
  }

  func add(_ left: PointNumber, _ right: PointNumber) throws(PointFailure) -> PointNumber {
    if case .exact(let a) = left, case .exact(let b) = right { return short(a + b) }
    return try checked(balls.add(ball(left), ball(right)))
  }

  func subtract(_ left: PointNumber, _ right: PointNumber) throws(PointFailure) -> PointNumber {
    try add(left, negate(right))
  }

  func multiply(_ left: PointNumber, _ right: PointNumber) throws(PointFailure) -> PointNumber {
    if case .exact(let a) = left, case .exact(let b) = right { return short(a * b) }
    return try checked(balls.multiply(ball(left), ball(right)))
  }

  func negate(_ number: PointNumber) -> PointNumber {
    switch number {
    case .exact(let value): .exact(-value)
    case .ball(let ball): .ball(balls.negate(ball))
    }
  }

  func divide(_ left: PointNumber, by right: PointNumber) throws(PointFailure) -> PointNumber {
    if case .exact(let b) = right {
      if b.isZero { throw .undefined }
      if case .exact(let a) = left, let quotient = a.dividing(by: b) { return short(quotient) }
    }
    return try checked(balls.divide(ball(left), by: ball(right)))
  }

  /// A power with an integer exponent; 0⁰ is 1.
  func power(_ base: PointNumber, _ order: Integer) throws(PointFailure) -> PointNumber {
    if case .exact(let value) = base {
      if value.isZero, order.isNegative { throw .undefined }
      if let small = order.asInt, let result = value.power(small, bitLimit: Self.longestNumber) {
        return .exact(result)
      }
    }
    return try checked(balls.power(ball(base), order))
  }

  /// A power with a broken exponent, over the reals.
  func power(_ base: PointNumber, _ order: Rational) throws(PointFailure) -> PointNumber {
    if let whole = order.asInteger { return try power(base, whole) }
    guard let sign = base.sign else { throw .unknown }
    if sign < 0 { throw .undefined }
    if sign == 0 {
      if order.isNegative { throw .undefined }
      return .exact(0)
    }
    guard let degree = order.denominator.asInt, degree <= 1 << 20 else { throw .exhausted }
    if case .exact(let value) = base, degree <= 64, let root = value.exactRoot(degree) {
      return try power(.exact(root), order.numerator)
    }
    return try power(checked(balls.root(ball(base), degree: degree)), order.numerator)
  }

  /// A positive base to any exponent.
  func positivePower(_ base: PointNumber, _ order: PointNumber) throws(PointFailure) -> PointNumber
  {
    if case .exact(let value) = order { return try power(base, value) }
    return try checked(balls.exp(balls.multiply(ball(order), balls.log(ball(base)))))
  }
}
