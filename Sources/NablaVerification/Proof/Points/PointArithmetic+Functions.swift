import NablaExpressions
import NablaNumbers

extension PointArithmetic {
  /// The value of a built-in function: exact where that is known, otherwise a ball.
  func value(_ function: Function, _ x: PointNumber) throws(PointFailure) -> PointNumber {
    if let value = try exactValue(function, x) { return .exact(value) }
    switch function {
    case .abs, .relu:
      guard let sign = x.sign else {
        return try checked(function == .abs ? balls.abs(ball(x)) : balls.relu(ball(x)))
      }
      if sign >= 0 { return x }
      return function == .abs ? negate(x) : .exact(0)
    case .sign, .step:
      guard let sign = x.sign else { throw .unknown }
      return .exact(function == .sign || sign > 0 ? Rational(sign) : 0)
    default: return try checked(enclosure(function, ball(x)))
    }
  }

  private func exactValue(
    _ function: Function, _ x: PointNumber
  ) throws(PointFailure) -> Rational? {
    guard case .exact(let value) = x else { return nil }
    if value.isZero {
      switch function {
      case .log, .cot, .csc, .coth, .csch, .acot, .asec, .acsc, .asech, .acsch, .acosh:
        throw .undefined
      case .sigmoid: return Rational(1, over: 2)
      default: return function.valueAtZero.map { Rational($0) }
      }
    }
    if value.isOne, [.log, .acos, .acosh, .asec, .asech].contains(function) { return 0 }
    if function == .sqrt { return value.exactRoot(2) }
    return nil
  }

  private func enclosure(_ function: Function, _ x: Ball) -> Ball {
    switch function {
    case .exp: balls.exp(x)
    case .log: balls.log(x)
    case .sqrt: balls.squareRoot(x)
    case .sin: balls.sin(x)
    case .cos: balls.cos(x)
    case .tan: balls.tan(x)
    case .cot: balls.cot(x)
    case .sec: balls.sec(x)
    case .csc: balls.csc(x)
    case .sinh: balls.sinh(x)
    case .cosh: balls.cosh(x)
    case .tanh: balls.tanh(x)
    case .coth: balls.coth(x)
    case .sech: balls.sech(x)
    case .csch: balls.csch(x)
    case .asin: balls.asin(x)
    case .acos: balls.acos(x)
    case .atan: balls.atan(x)
    case .acot: balls.acot(x)
    case .asec: balls.asec(x)
    case .acsc: balls.acsc(x)
    case .asinh: balls.asinh(x)
    case .acosh: balls.acosh(x)
    case .atanh: balls.atanh(x)
    case .acoth: balls.acoth(x)
    case .asech: balls.asech(x)
    case .acsch: balls.acsch(x)
    case .sigmoid: balls.sigmoid(x)
    case .softplus: balls.softplus(x)
    case .erf: balls.erf(x)
    case .abs: balls.abs(x)
    case .relu: balls.relu(x)
    case .sign: balls.sign(x)
    case .step: balls.step(x)
    }
  }
}
