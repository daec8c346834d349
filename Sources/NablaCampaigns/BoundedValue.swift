import NablaElementary

/// A number with an estimate of the rounding error that it carries.
package struct BoundedValue {
  package var value: Double
  package var error: Double

  private static let unit = 0x1p-52

  init(_ value: Double, _ error: Double) {
    self.value = value
    self.error = error
  }

  /// A number that is exact if it is whole.
  init(whole value: Int) { self.init(Double(value), 0) }

  /// A computed number: what its parts carried, and one more rounding.
  static func rounded(_ value: Double, carrying error: Double) -> BoundedValue? {
    guard value.isFinite, error.isFinite, abs(value) < 1e80 else { return nil }
    let isExact = error == 0 && value == value.rounded() && abs(value) < 1e15
    return BoundedValue(value, isExact ? 0 : error + 4 * abs(value) * unit)
  }

  /// Whether the number is surely not 0.
  var isClear: Bool { abs(value) > 16 * error && value != 0 }

  /// The sign, if it is sure.
  var sign: Int? {
    if error == 0 { return value > 0 ? 1 : value < 0 ? -1 : 0 }
    return isClear ? (value > 0 ? 1 : -1) : nil
  }

  static func + (a: BoundedValue, b: BoundedValue) -> BoundedValue? {
    rounded(a.value + b.value, carrying: a.error + b.error)
  }

  static func - (a: BoundedValue, b: BoundedValue) -> BoundedValue? {
    rounded(a.value - b.value, carrying: a.error + b.error)
  }

  static func * (a: BoundedValue, b: BoundedValue) -> BoundedValue? {
    rounded(
      a.value * b.value,
      carrying: a.error * abs(b.value) + b.error * abs(a.value) + a.error * b.error)
  }

  static func / (a: BoundedValue, b: BoundedValue) -> BoundedValue? {
    guard b.isClear else { return nil }
    let quotient = a.value / b.value
    return rounded(quotient, carrying: (a.error + abs(quotient) * b.error) / abs(b.value) * 1.1)
  }

  /// A power with a whole exponent.
  func power(_ exponent: Int) -> BoundedValue? {
    if exponent == 0 { return BoundedValue(whole: 1) }
    if exponent < 0, !isClear { return nil }
    let value = pow(self.value, Double(exponent))
    if error == 0 { return .rounded(value, carrying: 0) }
    let slope = abs(Double(exponent)) * pow(abs(self.value) + error, Double(exponent - 1))
    return .rounded(value, carrying: 1.2 * slope * error)
  }

  /// A power of a positive number.
  func power(_ exponent: BoundedValue) -> BoundedValue? {
    guard value > 0, isClear else { return nil }
    let result = pow(value, exponent.value)
    // Errors are carried by slopes, which says something of small ones only.
    guard abs(log(value)) * exponent.error < 0.01 else { return nil }
    let relative = abs(exponent.value) * error / value + abs(log(value)) * exponent.error
    return .rounded(result, carrying: 1.2 * abs(result) * relative)
  }
}

/// The built-in functions: values by their definitions, errors by their slopes.
extension BoundedValue {
  static func call(_ name: String, _ x: BoundedValue) -> BoundedValue? {
    guard let row = FunctionTable.rows[name], x.error <= 1e-3 * max(1, abs(x.value)) else {
      return nil
    }
    guard row.isDefined(x.value), row.isDefined(x.value - 16 * x.error),
      row.isDefined(x.value + 16 * x.error)
    else { return nil }
    let value = row.value(x.value)
    let slope = x.error == 0 ? 0 : abs(row.slope(x.value))
    return rounded(value, carrying: 1.5 * slope * x.error + 8 * abs(value) * 0x1p-52)
  }
}

struct FunctionTable {
  struct Row: Sendable {
    let value: @Sendable (Double) -> Double
    let slope: @Sendable (Double) -> Double
    let isDefined: @Sendable (Double) -> Bool
  }

  private static let everywhere: @Sendable (Double) -> Bool = { _ in true }

  // swift-format-ignore
  static let rows: [String: Row] = [
    "exp": Row(value: { exp($0) }, slope: { exp($0) }, isDefined: everywhere),
    "log": Row(value: { log($0) }, slope: { 1 / $0 }, isDefined: { $0 > 0 }),
    "sqrt": Row(value: { sqrt($0) }, slope: { 0.5 / sqrt($0) }, isDefined: { $0 >= 0 }),
    "sin": Row(value: { sin($0) }, slope: { _ in 1 }, isDefined: everywhere),
    "cos": Row(value: { cos($0) }, slope: { _ in 1 }, isDefined: everywhere),
    "tan": Row(value: { tan($0) }, slope: { 1 + tan($0) * tan($0) }, isDefined: { abs(cos($0)) > 1e-9 }),
    "cot": Row(value: { 1 / tan($0) }, slope: { 1 / (sin($0) * sin($0)) }, isDefined: { abs(sin($0)) > 1e-9 }),
    "sec": Row(value: { 1 / cos($0) }, slope: { 1 / (cos($0) * cos($0)) }, isDefined: { abs(cos($0)) > 1e-9 }),
    "csc": Row(value: { 1 / sin($0) }, slope: { 1 / (sin($0) * sin($0)) }, isDefined: { abs(sin($0)) > 1e-9 }),
    "sinh": Row(value: { sinh($0) }, slope: { cosh($0) }, isDefined: everywhere),
    "cosh": Row(value: { cosh($0) }, slope: { cosh($0) }, isDefined: everywhere),
    "tanh": Row(value: { tanh($0) }, slope: { _ in 1 }, isDefined: everywhere),
    "coth": Row(value: { 1 / tanh($0) }, slope: { 1 / (sinh($0) * sinh($0)) }, isDefined: { $0 != 0 }),
    "sech": Row(value: { 1 / cosh($0) }, slope: { _ in 1 }, isDefined: everywhere),
    "csch": Row(value: { 1 / sinh($0) }, slope: { 1 / ($0 * $0) }, isDefined: { $0 != 0 }),
    "asin": Row(value: { asin($0) }, slope: { 1 / sqrt(1 - $0 * $0) }, isDefined: { abs($0) < 1 }),
    "acos": Row(value: { acos($0) }, slope: { 1 / sqrt(1 - $0 * $0) }, isDefined: { abs($0) < 1 }),
    "atan": Row(value: { atan($0) }, slope: { _ in 1 }, isDefined: everywhere),
    "acot": Row(value: { atan(1 / $0) }, slope: { _ in 1 }, isDefined: { $0 != 0 }),
    "asec": Row(value: { acos(1 / $0) }, slope: { 1 / sqrt($0 * $0 - 1) }, isDefined: { abs($0) > 1 }),
    "acsc": Row(value: { asin(1 / $0) }, slope: { 1 / sqrt($0 * $0 - 1) }, isDefined: { abs($0) > 1 }),
    "asinh": Row(value: { asinh($0) }, slope: { _ in 1 }, isDefined: everywhere),
    "acosh": Row(value: { acosh($0) }, slope: { 1 / sqrt($0 * $0 - 1) }, isDefined: { $0 > 1 }),
    "atanh": Row(value: { atanh($0) }, slope: { 1 / (1 - $0 * $0) }, isDefined: { abs($0) < 1 }),
    "acoth": Row(value: { atanh(1 / $0) }, slope: { 1 / ($0 * $0 - 1) }, isDefined: { abs($0) > 1 }),
    "asech": Row(value: { acosh(1 / $0) }, slope: { 1 / ($0 * sqrt(1 - $0 * $0)) }, isDefined: { $0 > 0 && $0 < 1 }),
    "acsch": Row(value: { asinh(1 / $0) }, slope: { 1 / ($0 * $0) }, isDefined: { $0 != 0 }),
    "sigmoid": Row(value: { 1 / (1 + exp(-$0)) }, slope: { _ in 1 }, isDefined: everywhere),
    "softplus": Row(value: { $0 > 30 ? $0 : log1p(exp($0)) }, slope: { _ in 1 }, isDefined: { $0 < 1e3 }),
    "erf": Row(value: { erf($0) }, slope: { _ in 1.2 }, isDefined: everywhere),
  ]
}
