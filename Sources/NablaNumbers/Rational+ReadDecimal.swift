extension Rational {
  /// The largest magnitude of an exponent that is read, and the most places that are written.
  public static var decimalExponentLimit: Int { 10_000 }

  /// Reads a decimal such as `0.3`, `.5`, `12`, `-1.25`, `1e-3` or `2.5E10`, exactly.
  ///
  /// Returns nil if the text is not a decimal, or if its exponent is beyond
  /// `decimalExponentLimit`.
  public init?(decimal text: String) {
    guard let numeral = DecimalNumeral(text) else { return nil }
    self = numeral.value
  }

  /// Whether the number, rounded to the digits written in `text`, can be the decimal written.
  ///
  /// The last digit written decides: 1/3 rounds to `0.33`, 2/3 to `0.7`, 1249 to `1.2e3`. Halfway
  /// between two decimals both are right. Returns false if `text` is not a decimal.
  public func rounds(to text: String) -> Bool {
    guard let numeral = DecimalNumeral(text) else { return false }
    let error = (self - numeral.value).absoluteValue
    return error + error <= Rational.powerOfTen(numeral.exponent)
  }

  /// Ten to any exponent.
  static func powerOfTen(_ exponent: Int) -> Rational {
    exponent >= 0
      ? Rational(Integer.powerOfTen(exponent))
      : Rational(reduced: 1, Integer.powerOfTen(-exponent))
  }
}

/// A decimal as written: an integer times ten to the place of its last digit.
private struct DecimalNumeral {
  let digits: Integer
  /// The power of ten of the last digit.
  let exponent: Int

  var value: Rational {
    if exponent >= 0 { return Rational(digits * Integer.powerOfTen(exponent)) }
    return Rational(digits, over: Integer.powerOfTen(-exponent)) ?? 0
  }

  init?(_ text: String) {
    let text = Array(text.utf8)
    var place = 0
    var digits: [UInt8] = []
    var fractionDigits = 0
    if place < text.count, text[place] == UInt8(ascii: "-") || text[place] == UInt8(ascii: "+") {
      digits.append(text[place])
      place += 1
    }
    let signs = digits.count
    var hasPoint = false
    while place < text.count {
      let character = text[place]
      if Self.isDigit(character) {
        digits.append(character)
        if hasPoint { fractionDigits += 1 }
      } else if character == UInt8(ascii: ".") && !hasPoint {
        hasPoint = true
      } else {
        break
      }
      place += 1
    }
    if digits.count == signs { return nil }
    var scale = 0
    if place < text.count {
      guard text[place] | 0x20 == UInt8(ascii: "e"),
        let exponent = Self.exponent(text[(place + 1)...])
      else { return nil }
      scale = exponent
    }
    guard let value = Integer(utf8: digits[...]) else { return nil }
    self.digits = value
    exponent = scale - fractionDigits
  }

  private static func exponent(_ text: ArraySlice<UInt8>) -> Int? {
    var digits = text
    let isNegative = digits.first == UInt8(ascii: "-")
    if isNegative || digits.first == UInt8(ascii: "+") { digits = digits.dropFirst() }
    if digits.isEmpty { return nil }
    var value = 0
    for digit in digits {
      if !isDigit(digit) { return nil }
      value = value * 10 + Int(digit &- UInt8(ascii: "0"))
      if value > Rational.decimalExponentLimit { return nil }
    }
    return isNegative ? -value : value
  }

  private static func isDigit(_ character: UInt8) -> Bool {
    character >= UInt8(ascii: "0") && character <= UInt8(ascii: "9")
  }
}
