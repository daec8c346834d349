extension Integer {
  /// Reads decimal digits after an optional `+` or `-`; nil if anything else is there.
  ///
  /// Time is subquadratic in the number of digits.
  public init?(_ text: some StringProtocol) {
    self.init(utf8: Array(text.utf8)[...])
  }

  init?(utf8 text: ArraySlice<UInt8>) {
    var digits = text
    var isNegative = false
    if let sign = digits.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
      isNegative = sign == UInt8(ascii: "-")
      digits = digits.dropFirst()
    }
    if digits.isEmpty { return nil }
    for digit in digits where digit < UInt8(ascii: "0") || digit > UInt8(ascii: "9") {
      return nil
    }
    let value = DecimalText.read(digits)
    self = isNegative ? -value : value
  }
}

extension Integer: CustomStringConvertible {
  /// The decimal digits, after `-` if the integer is negative.
  public var description: String {
    if case .small(let value) = storage { return value.description }
    var text: [UInt8] = isNegative ? [UInt8(ascii: "-")] : []
    DecimalText.write(magnitude, to: &text)
    return String(decoding: text, as: UTF8.self)
  }

  /// The decimal digits of the magnitude.
  var magnitudeDigits: [UInt8] {
    var text: [UInt8] = []
    DecimalText.write(magnitude, to: &text)
    return text
  }
}
