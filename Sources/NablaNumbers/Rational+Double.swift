extension Rational {
  /// Creates the exact value of a double, or nil if it is infinite or not a number.
  public init?(exactly value: Double) {
    if !value.isFinite { return nil }
    let field = Int(value.exponentBitPattern)
    let hidden: UInt64 = field == 0 ? 0 : 1 << 52
    let significand = Integer(value.significandBitPattern | hidden)
    let exponent = max(field, 1) - 1075
    let signed = value.sign == .minus ? -significand : significand
    if exponent >= 0 {
      self.init(signed << exponent)
    } else {
      let shift = min(significand.trailingZeroBitCount, -exponent)
      if significand.isZero {
        self.init(0)
      } else {
        self.init(reduced: signed >> shift, Integer(1) << (-exponent - shift))
      }
    }
  }

  /// The nearest double, ties to even; infinite or zero where the magnitude is out of range.
  public var doubleValue: Double {
    let exact = 1 << min(53, Int.bitWidth - 2)
    if let top = numerator.asInt, let bottom = denominator.asInt,
      top.magnitude <= exact, bottom <= exact
    {
      return Double(top) / Double(bottom)
    }
    if isInteger { return numerator.doubleValue }
    let difference = numerator.bitWidth - denominator.bitWidth
    if difference > 1100 { return isNegative ? -Double.infinity : Double.infinity }
    if difference < -1200 { return isNegative ? -0.0 : 0 }
    // A quotient of 62 or 63 bits, and the remainder, decide the rounding.
    let shift = 62 - difference
    let top = shift > 0 ? numerator << shift : numerator
    let bottom = shift < 0 ? denominator << -shift : denominator
    guard let (quotient, remainder) = top.quotientAndRemainder(dividingBy: bottom) else {
      return 0
    }
    return Double(
      rounding: quotient.lowBits, hasRest: !remainder.isZero, exponent: -shift,
      isNegative: isNegative)
  }
}
