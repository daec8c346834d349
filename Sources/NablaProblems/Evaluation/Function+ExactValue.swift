import NablaExpressions
import NablaNumbers

extension Function {
  /// The rational value at a rational point; nil if the value is irrational or not known exactly.
  ///
  /// - Throws: outside the domain over the reals.
  func exactValue(at x: Rational) throws(UndefinedValue) -> Rational? {
    if !isDefined(at: x) {
      throw UndefinedValue("\(name) has no value at \(x.description)")
    }
    switch self {
    case .abs: return x.absoluteValue
    case .relu: return x.signum > 0 ? x : 0
    case .sign: return Rational(x.signum)
    case .step: return x.signum > 0 ? 1 : 0
    case .sqrt: return x.exactRoot(2)
    case .sigmoid: return x.isZero ? Rational(1, over: 2) : nil
    case .log, .acos, .acosh, .asec, .asech: return x.isOne ? 0 : nil
    case .exp, .cos, .sec, .cosh, .sech: return x.isZero ? 1 : nil
    case .sin, .tan, .sinh, .tanh, .asin, .atan, .asinh, .atanh, .erf: return x.isZero ? 0 : nil
    default: return nil
    }
  }

  /// Whether a rational point lies in the domain over the reals.
  private func isDefined(at x: Rational) -> Bool {
    let magnitude = x.absoluteValue
    switch self {
    case .log: return x.signum > 0
    case .sqrt: return x.signum >= 0
    case .cot, .csc, .coth, .csch, .acot, .acsch: return !x.isZero
    case .asin, .acos: return magnitude <= 1
    case .asec, .acsc: return magnitude >= 1
    case .acosh: return x >= 1
    case .atanh: return magnitude < 1
    case .acoth: return magnitude > 1
    case .asech: return x.signum > 0 && x <= 1
    default: return true
    }
  }
}

extension Rational? {
  /// A power over the reals; nil where it is not known to be rational. 0⁰ is 1.
  func raised(to exponent: Rational?) throws(UndefinedValue) -> Rational? {
    guard let base = self, let exponent else { return nil }
    if base.isZero, exponent.signum < 0 {
      throw UndefinedValue("a negative power of 0 is a division by zero")
    }
    let limit = ExactEvaluator.longestNumber
    if exponent.isInteger {
      return exponent.asInt.flatMap { base.power($0, bitLimit: limit) }
    }
    if base.isNegative {
      throw UndefinedValue("a power of a negative number with a broken exponent is not real")
    }
    guard let degree = exponent.denominator.asInt, degree <= 64,
      let order = exponent.numerator.asInt
    else { return nil }
    return base.exactRoot(degree)?.power(order, bitLimit: limit)
  }
}
