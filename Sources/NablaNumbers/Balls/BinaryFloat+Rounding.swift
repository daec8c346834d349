extension BinaryFloat {
  /// The result of an operation and a bound of its distance from the exact result.
  typealias Rounded = (value: BinaryFloat, error: ShortFloat)

  /// The nearest number with `bits` bits, at least 2.
  func rounded(to bits: Int) -> Rounded {
    switch significand {
    case .short(let significand):
      return Self.rounded(
        significand, .zero, exponent: exponent, isNegative: isNegative, to: bits)
    case .long(let integer):
      if integer.bitWidth <= bits { return (self, .zero) }
      return Self.rounded(
        integer, power: exponent - Int64(integer.bitWidth), isNegative: isNegative,
        isExact: true, to: bits)
    }
  }

  /// Rounds ±0.(high)(low) · 2^exponent, where the highest bit of `high` is set unless all is 0.
  ///
  /// More than 128 bits are never kept.
  @inline(__always)
  static func rounded(
    _ high: DoubleWord, _ low: DoubleWord, exponent: Int64, isNegative: Bool, to bits: Int
  ) -> Rounded {
    if high.isZero { return (.zero, .zero) }
    if bits >= 128 {
      if low.isZero {
        return (BinaryFloat(.short(high), exponent: exponent, isNegative: isNegative), .zero)
      }
      var (kept, carry) = (high, false)
      if low.high >> 63 == 1 { (kept, carry) = high.adding(DoubleWord(0, 1)) }
      return (
        BinaryFloat(
          .short(carry ? .highestBit : kept), exponent: carry ? exponent + 1 : exponent,
          isNegative: isNegative), ShortFloat(powerOfTwo: exponent - 128)
      )
    }
    let drop = 128 - bits
    var kept = (high >> drop) << drop
    if kept == high && low.isZero {
      return (BinaryFloat(.short(high), exponent: exponent, isNegative: isNegative), .zero)
    }
    var carry = false
    if (high >> (drop - 1)).low & 1 == 1 {
      (kept, carry) = kept.adding(DoubleWord(0, 1) << drop)
    }
    return (
      BinaryFloat(
        .short(carry ? .highestBit : kept), exponent: carry ? exponent + 1 : exponent,
        isNegative: isNegative), ShortFloat(powerOfTwo: exponent - Int64(bits) - 1)
    )
  }

  /// Rounds ±integer · 2^power, or a number above it by less than 2^power unless `isExact`.
  ///
  /// A number that is not exact needs at least `bits` + 1 bits.
  static func rounded(
    _ integer: Integer, power: Int64, isNegative: Bool, isExact: Bool, to bits: Int
  ) -> Rounded {
    let width = integer.bitWidth
    let drop = width - bits
    if drop <= 0 || (isExact && integer.trailingZeroBitCount >= drop) {
      return (
        BinaryFloat(isNegative ? -integer : integer, power: power),
        isExact ? .zero : ShortFloat(powerOfTwo: power)
      )
    }
    var kept = integer >> drop
    if (integer >> (drop - 1)).isOdd { kept += 1 }
    return (
      BinaryFloat(isNegative ? -kept : kept, power: power + Int64(drop)),
      ShortFloat(powerOfTwo: power + Int64(drop) - 1)
    )
  }
}
