extension Rational {
  /// The number as a finite decimal such as `-0.3`, or nil if it has none.
  public var terminatingDecimal: String? {
    guard let places = terminatingPlaces else { return nil }
    let scaled = numerator * Integer.powerOfTen(places)
    return Self.positional(scaled.quotient(byPositive: denominator), places: places)
  }

  /// The number rounded to `places` digits after the point, half to even.
  ///
  /// `places` is brought into the range from 0 to `decimalExponentLimit`. A number that rounds
  /// to zero has no sign.
  public func decimal(places: Int) -> String {
    let places = min(max(places, 0), Self.decimalExponentLimit)
    let scaled = numerator * Integer.powerOfTen(places)
    return Self.positional(scaled.roundedQuotient(byPositive: denominator), places: places)
  }

  /// The number rounded to `significantDigits` digits, half to even, with zeros at the end kept.
  ///
  /// Numbers below 10⁻⁶, and those with more digits before the point than asked for, are written
  /// as `1.23e-7` and `1.2e3`. `significantDigits` is brought into the range from 1 to
  /// `decimalExponentLimit`.
  public func decimal(significantDigits: Int) -> String {
    let count = min(max(significantDigits, 1), Self.decimalExponentLimit)
    if isZero { return Self.positional(0, places: count - 1) }
    let (significand, exponent) = rounded(significantDigits: count)
    return Self.decimal(significand, count, exponent: Int64(exponent))
  }

  /// The decimal with the `count` digits of a significand and the power of ten of the first.
  static func decimal(_ significand: Integer, _ count: Int, exponent: Int64) -> String {
    if exponent >= -6 && exponent < Int64(count) {
      return positional(significand, places: count - 1 - Int(exponent))
    }
    return positional(significand, places: count - 1) + "e" + exponent.description
  }

  /// The significand, of exactly `count` digits, and the power of ten of its first digit.
  func rounded(significantDigits count: Int) -> (significand: Integer, exponent: Int) {
    let least = Integer.powerOfTen(count - 1)
    let limit = least * 10
    var exponent = estimatedDecimalExponent
    while true {
      let shift = count - 1 - exponent
      let top = shift > 0 ? numerator * Integer.powerOfTen(shift) : numerator
      let bottom = shift < 0 ? denominator * Integer.powerOfTen(-shift) : denominator
      let truncated = top.quotient(byPositive: bottom).magnitude
      if truncated >= limit {
        exponent += 1
      } else if truncated < least {
        exponent -= 1
      } else {
        let significand = top.roundedQuotient(byPositive: bottom)
        if significand.magnitude < limit { return (significand, exponent) }
        return (significand.quotient(byPositive: 10), exponent + 1)
      }
    }
  }

  /// The power of ten of the first digit, perhaps off by one or two.
  private var estimatedDecimalExponent: Int {
    // log₁₀ 2 · 2³², rounded; taken in two parts no product overflows, so the
    // unchecked operator serves, which 32-bit targets have without a runtime library.
    let factor: Int64 = 1_292_913_986
    let bits = Int64(numerator.bitWidth - denominator.bitWidth)
    let (high, low) = (bits >> 16, bits & 0xFFFF)
    return Int(truncatingIfNeeded: (high &* factor) >> 16 + (low &* factor) >> 32)
  }

  /// The least number of places of a finite decimal, or nil if there is none.
  private var terminatingPlaces: Int? {
    let twos = denominator.trailingZeroBitCount
    var rest = denominator >> twos
    var fives = 0
    // Powers of 5 by decreasing squares, so that a long denominator takes few divisions.
    var powers: [(value: Integer, exponent: Int)] = [(5, 1)]
    while let last = powers.last, 2 * last.value.bitWidth - 1 <= rest.bitWidth {
      powers.append((last.value * last.value, 2 * last.exponent))
    }
    for power in powers.reversed() {
      if let quotient = rest.exactQuotient(dividingBy: power.value) {
        rest = quotient
        fives += power.exponent
      }
    }
    return rest.isOne ? max(twos, fives) : nil
  }

  /// The decimal `scaled / 10^places`, with all its places.
  private static func positional(_ scaled: Integer, places: Int) -> String {
    var digits = scaled.magnitudeDigits
    if digits.count <= places {
      digits.insert(
        contentsOf: [UInt8](repeating: UInt8(ascii: "0"), count: places + 1 - digits.count),
        at: 0)
    }
    if places > 0 { digits.insert(UInt8(ascii: "."), at: digits.count - places) }
    if scaled.isNegative { digits.insert(UInt8(ascii: "-"), at: 0) }
    return String(decoding: digits, as: UTF8.self)
  }
}
