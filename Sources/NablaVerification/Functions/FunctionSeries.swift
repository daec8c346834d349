import NablaElementary
import NablaExpressions

/// The Taylor coefficients of a built-in function at a point.
///
/// They come from the differential equation each function satisfies, by recurrences on
/// coefficients, and share nothing with the rules of differentiation.
struct FunctionSeries {
  /// The highest order computed.
  static let orderLimit = 16

  typealias Coefficients = InlineArray<17, Double>

  /// The coefficient of each power; those beyond the order asked for are 0.
  private(set) var coefficients = Coefficients(repeating: 0)
  private let order: Int
  private let x: Double

  /// The series of a function at x up to an order; NaN from order 1 on at a kink.
  init(_ function: Function, at x: Double, order: Int) {
    self.order = min(order, FunctionSeries.orderLimit)
    self.x = x
    fill(function)
    coefficients[0] = function.value(at: x)
    if coefficients[0].isNaN {
      for place in 0...self.order { coefficients[place] = .nan }
    }
  }

  /// A derivative of the function at the point.
  func derivative(_ order: Int) -> Double {
    var value = coefficients[order]
    if order > 1 { for factor in 2...order { value *= Double(factor) } }
    return value
  }

  private mutating func fill(_ function: Function) {
    if order == 0 { return }
    switch function {
    case .exp: coefficients = exponential(exp(x), 1)
    case .log: integrate(quadraticPower(x, 1, 0, -1), 1)
    case .sqrt: coefficients = quadraticPower(x, 1, 0, 0.5)
    case .sin: coefficients = oscillation(sin(x), cos(x), -1)
    case .cos: coefficients = oscillation(cos(x), -sin(x), -1)
    case .sinh: coefficients = oscillation(sinh(x), cosh(x), 1)
    case .cosh: coefficients = oscillation(cosh(x), sinh(x), 1)
    case .tan: coefficients = ratio(tan(x), squareOf(reciprocal(cos(x))), 1, 2)
    case .cot: coefficients = ratio(reciprocal(tan(x)), squareOf(reciprocal(sin(x))), -1, -2)
    case .tanh: coefficients = ratio(tanh(x), squareOf(reciprocal(cosh(x))), 1, -2)
    case .coth: coefficients = ratio(reciprocal(tanh(x)), squareOf(reciprocal(sinh(x))), -1, -2)
    case .sec: multiplier(.tan, reciprocal(cos(x)), 1)
    case .csc: multiplier(.cot, reciprocal(sin(x)), -1)
    case .sech: multiplier(.tanh, reciprocal(cosh(x)), -1)
    case .csch: multiplier(.coth, reciprocal(sinh(x)), -1)
    case .asin: integrate(quadraticPower((1 - x) * (1 + x), -2 * x, -1, -0.5), 1)
    case .acos: integrate(quadraticPower((1 - x) * (1 + x), -2 * x, -1, -0.5), -1)
    case .atan: integrate(quadraticPower(1 + x * x, 2 * x, 1, -1), 1)
    case .acot: integrate(quadraticPower(1 + x * x, 2 * x, 1, -1), -1)
    case .asec: integrate(overX(quadraticPower((x - 1) * (x + 1), 2 * x, 1, -0.5)), side)
    case .acsc: integrate(overX(quadraticPower((x - 1) * (x + 1), 2 * x, 1, -0.5)), -side)
    case .asinh: integrate(quadraticPower(1 + x * x, 2 * x, 1, -0.5), 1)
    case .acosh: integrate(quadraticPower((x - 1) * (x + 1), 2 * x, 1, -0.5), 1)
    case .atanh, .acoth: integrate(quadraticPower((1 - x) * (1 + x), -2 * x, -1, -1), 1)
    case .asech: integrate(overX(quadraticPower((1 - x) * (1 + x), -2 * x, -1, -0.5)), -1)
    case .acsch: integrate(overX(quadraticPower(1 + x * x, 2 * x, 1, -0.5)), -side)
    case .sigmoid: coefficients = logisticSeries()
    case .softplus: integrate(logisticSeries(), 1)
    case .erf: integrate(gaussian(), 1)
    case .relu: coefficients[1] = x > 0 ? 1 : (x < 0 ? 0 : .nan)
    case .abs: coefficients[1] = x > 0 ? 1 : (x < 0 ? -1 : .nan)
    case .sign, .step: coefficients[1] = x == 0 ? .nan : 0
    }
    if function.hasKink, x == 0 { for place in 1...order { coefficients[place] = .nan } }
  }

  private var side: Double { x > 0 ? 1 : -1 }

  private func squareOf(_ value: Double) -> Double { value * value }

  /// y′ = rate·y.
  private func exponential(_ start: Double, _ rate: Double) -> Coefficients {
    var y = Coefficients(repeating: 0)
    y[0] = start
    for k in 0..<order { y[k + 1] = rate * y[k] / Double(k + 1) }
    return y
  }

  /// y″ = sign·y with the value and the slope given.
  private func oscillation(_ value: Double, _ slope: Double, _ sign: Double) -> Coefficients {
    var y = Coefficients(repeating: 0)
    y[0] = value
    y[1] = slope
    var k = 2
    while k <= order {
      y[k] = sign * y[k - 2] / Double(k * (k - 1))
      k += 1
    }
    return y
  }

  /// y′ = a·q and q′ = b·q·y, as tan and its kin satisfy with q the square beside them.
  private func ratio(_ value: Double, _ square: Double, _ a: Double, _ b: Double) -> Coefficients {
    var y = Coefficients(repeating: 0)
    var q = Coefficients(repeating: 0)
    y[0] = value
    q[0] = square
    for k in 0..<order {
      y[k + 1] = a * q[k] / Double(k + 1)
      q[k + 1] = b * convolution(q, y, k) / Double(k + 1)
    }
    return y
  }

  /// y′ = sign·y·t with t the series of another function.
  private mutating func multiplier(_ other: Function, _ value: Double, _ sign: Double) {
    let t = FunctionSeries(other, at: x, order: order).coefficients
    coefficients[0] = value
    for k in 0..<order {
      coefficients[k + 1] = sign * convolution(coefficients, t, k) / Double(k + 1)
    }
  }

  /// s′ = s·r and r = 1 − s, with r computed without cancellation.
  private func logisticSeries() -> Coefficients {
    var s = Coefficients(repeating: 0)
    var r = Coefficients(repeating: 0)
    s[0] = logistic(x)
    r[0] = logistic(-x)
    for k in 0..<order {
      s[k + 1] = convolution(s, r, k) / Double(k + 1)
      r[k + 1] = -s[k + 1]
    }
    return s
  }

  /// y′ = −2x·y from 2/√π·exp(−x²).
  private func gaussian() -> Coefficients {
    var y = Coefficients(repeating: 0)
    y[0] = 2 / Double.pi.squareRoot() * exp(-x * x)
    for k in 0..<order {
      let before = k > 0 ? y[k - 1] : 0
      y[k + 1] = -2 * (x * y[k] + before) / Double(k + 1)
    }
    return y
  }

  /// (c₀ + c₁t + c₂t²)^p by Miller's recurrence.
  private func quadraticPower(
    _ c0: Double, _ c1: Double, _ c2: Double, _ p: Double
  ) -> Coefficients {
    var y = Coefficients(repeating: 0)
    y[0] = realPower(c0, p)
    for k in 1...order {
      let n = Double(k)
      var sum = (p - (n - 1)) * c1 * y[k - 1]
      if k > 1 { sum += (2 * p - (n - 2)) * c2 * y[k - 2] }
      y[k] = sum / (n * c0)
    }
    return y
  }

  /// The series divided by x + t.
  private func overX(_ series: Coefficients) -> Coefficients {
    var y = series
    y[0] = series[0] / x
    for k in 1...order { y[k] = (series[k] - y[k - 1]) / x }
    return y
  }

  private mutating func integrate(_ slope: Coefficients, _ factor: Double) {
    for k in 1...order { coefficients[k] = factor * slope[k - 1] / Double(k) }
  }

  /// Σ_{i ≤ k} u_i·v_{k−i}.
  private func convolution(_ u: Coefficients, _ v: Coefficients, _ k: Int) -> Double {
    var sum = 0.0
    for i in 0...k { sum += u[i] * v[k - i] }
    return sum
  }
}
