extension Integer {
  /// The power, or nil if it has more than `bitLimit` bits or `exponent` is negative.
  ///
  /// The size is checked before each multiplication, so no intermediate result passes the limit
  /// by more than one bit. 0⁰ is 1.
  public func power(_ exponent: Int, bitLimit: Int) -> Integer? {
    if exponent < 0 { return nil }
    if exponent == 0 || isOne { return bitLimit >= 1 ? 1 : nil }
    if isZero { return bitLimit >= 0 ? 0 : nil }
    if storage == .small(-1) { return bitLimit >= 1 ? (exponent & 1 == 0 ? 1 : -1) : nil }
    let twos = trailingZeroBitCount
    if twos > 0 {
      // The odd part is powered, so that a power of two costs a shift only.
      let (shift, overflow) = twos.multipliedReportingOverflow(by: exponent)
      if overflow || shift >= bitLimit { return nil }
      return (self >> twos).power(exponent, bitLimit: bitLimit - shift).map { $0 << shift }
    }
    var result = self
    var place = Int.bitWidth - exponent.leadingZeroBitCount - 1
    if !Self.fits(bitWidth, timesTwoTo: place, bitLimit) { return nil }
    while place > 0 {
      place -= 1
      result = result * result
      if exponent >> place & 1 == 1 {
        if result.bitWidth - 1 + bitWidth - 1 >= bitLimit { return nil }
        result = result * self
      }
      if !Self.fits(result.bitWidth, timesTwoTo: place, bitLimit) { return nil }
    }
    return result
  }

  /// Whether a number of `bits` bits raised to 2^place can have `bitLimit` bits at most.
  private static func fits(_ bits: Int, timesTwoTo place: Int, _ bitLimit: Int) -> Bool {
    let least = (bits - 1).multipliedFullWidth(by: 1 << place)
    return least.high == 0 && least.low < UInt(max(bitLimit, 0))
  }

  /// Ten to an exponent of at least 0.
  static func powerOfTen(_ exponent: Int) -> Integer {
    Integer(10).power(exponent, bitLimit: Int.max) ?? 1
  }
}
