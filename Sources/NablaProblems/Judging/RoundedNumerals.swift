import NablaNumbers

/// How far the decimals that an author writes may lie from the numbers they stand for.
struct RoundedNumerals {
  /// How far decimals that the author came to may be off, by their digits without zeros at the
  /// end.
  private var errors: [String: Rational] = [:]

  /// Keeps that a decimal comes from numbers that may be off, and was rounded itself or not.
  mutating func note(_ decimal: String, error: Double, isRounded: Bool) {
    let digits = decimal.drop { $0 == "-" }
    guard let half = Self.halfUnit(of: digits), let error = Rational(exactly: error) else { return }
    errors[Self.trimmed(digits)] = isRounded ? half + error : error
  }

  /// A decimal that may have been rounded, as much greater as it may be off; nil for others.
  ///
  /// One that the author came to by rounding is one; so is one of three digits or more, and behind
  /// ≈ one of two.
  func raised(_ digits: String, isApproximate: Bool) -> String? {
    guard let half = Self.halfUnit(of: digits[...]), let value = Rational(decimal: digits) else {
      return nil
    }
    if let known = errors[Self.trimmed(digits[...])] { return (value + known).terminatingDecimal }
    let significant = digits.filter { $0 != "." }.drop { $0 == "0" }.count
    let least = isApproximate ? 2 : 3
    guard significant >= least, let greatest = Self.halfUnit(least), half <= greatest else {
      return nil
    }
    return (value + half).terminatingDecimal
  }

  private static let mostPlaces = 18

  /// Half a unit of the last digit; nil for whole numbers.
  private static func halfUnit(of digits: Substring) -> Rational? {
    guard let point = digits.firstIndex(of: ".") else { return nil }
    let count = digits.distance(from: point, to: digits.endIndex) - 1
    return count > 0 && count < mostPlaces ? halfUnit(count) : nil
  }

  private static func halfUnit(_ places: Int) -> Rational? {
    Rational(decimal: "0." + String(repeating: "0", count: places) + "5")
  }

  private static func trimmed(_ digits: Substring) -> String {
    var digits = digits
    while digits.last == "0" { digits.removeLast() }
    return String(digits)
  }
}
