import NablaElementary
import NablaExpressions

extension Function {
  /// The real value at a point, NaN where there is none.
  package func value(at x: Double) -> Double { realValue(of: self, at: x) }
}

/// The real value of a function at a point, NaN where there is none.
@inline(__always)
func realValue(of function: Function, at x: Double) -> Double {
  switch function {
  case .exp: exp(x)
  case .log: x > 0 ? log(x) : .nan
  case .sqrt: x >= 0 ? x.squareRoot() : .nan
  case .sin: sin(x)
  case .cos: cos(x)
  case .tan: tan(x)
  case .cot: reciprocal(tan(x))
  case .sec: reciprocal(cos(x))
  case .csc: reciprocal(sin(x))
  case .sinh: sinh(x)
  case .cosh: cosh(x)
  case .tanh: tanh(x)
  case .coth: reciprocal(tanh(x))
  case .sech: reciprocal(cosh(x))
  case .csch: reciprocal(sinh(x))
  case .asin: asin(x)
  case .acos: acos(x)
  case .atan: atan(x)
  case .acot: atan(reciprocal(x))
  case .asec: acos(reciprocal(x))
  case .acsc: asin(reciprocal(x))
  case .asinh: asinh(x)
  case .acosh: acosh(x)
  case .atanh: abs(x) < 1 ? atanh(x) : .nan
  case .acoth: arcHyperbolicCotangent(x)
  case .asech: arcHyperbolicSecant(x)
  case .acsch: asinh(reciprocal(x))
  case .sigmoid: logistic(x)
  case .softplus: (x > 0 ? x : 0) + log1p(exp(-abs(x)))
  case .relu: x > 0 ? x : (x <= 0 ? 0 : .nan)
  case .erf: erf(x)
  case .abs: abs(x)
  case .sign: x > 0 ? 1 : (x < 0 ? -1 : (x == 0 ? 0 : .nan))
  case .step: x > 0 ? 1 : (x <= 0 ? 0 : .nan)
  }
}

/// 1/x, NaN at 0.
@inline(__always)
func reciprocal(_ x: Double) -> Double { x == 0 ? .nan : 1 / x }

/// 1/(1 + exp(−x)) without overflow.
@inline(__always)
func logistic(_ x: Double) -> Double {
  if x >= 0 { return 1 / (1 + exp(-x)) }
  let power = exp(x)
  return power / (1 + power)
}

/// x to a real exponent: NaN for 0 to a negative one and for broken powers of negatives.
@inline(__always)
func realPower(_ base: Double, _ exponent: Double) -> Double {
  base == 0 && exponent < 0 ? .nan : pow(base, exponent)
}

/// x to a whole exponent, with 0⁰ = 1 and NaN for negative powers of 0.
@inline(__always)
func wholePower(_ base: Double, _ exponent: Int32) -> Double {
  switch exponent {
  case 0: base.isNaN ? .nan : 1
  case 1: base
  case 2: base * base
  case 3: base * base * base
  case -1: reciprocal(base)
  default: base.isNaN ? .nan : realPower(base, Double(exponent))
  }
}

@inline(__always)
private func arcHyperbolicCotangent(_ x: Double) -> Double {
  abs(x) > 1 ? atanh(1 / x) : .nan
}

@inline(__always)
private func arcHyperbolicSecant(_ x: Double) -> Double {
  x > 0 && x <= 1 ? acosh(1 / x) : .nan
}
