/// A fixed-point number of 128 bits.
struct Fixed128: FixedPoint, BitwiseCopyable {
  let bits: DoubleWord

  @inline(__always)
  init(_ bits: DoubleWord) { self.bits = bits }

  init(truncating value: BinaryFloat, fractionBits: Int) {
    let places = 2 - value.exponent
    switch value.significand {
    case .short(let significand):
      bits = places >= 128 ? .zero : significand >> Int(max(places, 0))
    case .long(let integer):
      bits =
        places >= 128
        ? .zero : (integer >> (integer.bitWidth - 128)).doubleWord >> Int(max(places, 0))
    }
  }

  @inline(__always)
  var fractionBits: Int { 126 }

  @inline(__always)
  static func &+ (lhs: Fixed128, rhs: Fixed128) -> Fixed128 { Fixed128(lhs.bits &+ rhs.bits) }

  @inline(__always)
  static func &- (lhs: Fixed128, rhs: Fixed128) -> Fixed128 { Fixed128(lhs.bits &- rhs.bits) }

  @inline(__always)
  func times(_ other: Fixed128) -> Fixed128 {
    let (high, low) = bits.fullProduct(with: other.bits)
    let shifted = high << 2
    return Fixed128(DoubleWord(shifted.high, shifted.low | low.high &>> 62))
  }

  @inline(__always)
  func halved(_ count: Int) -> Fixed128 { Fixed128(bits >> count) }

  @inline(__always)
  var leadingZeros: Int { max(bits.leadingZeroBitCount - 2, 0) }

  @inline(__always)
  func rounded(to precision: Int) -> BinaryFloat.Rounded {
    let shift = bits.leadingZeroBitCount
    return BinaryFloat.rounded(
      bits << shift, .zero, exponent: 2 - Int64(shift), isNegative: false, to: precision)
  }

  private static let factorialTable = Fixed256.reciprocalFactorials(254, count: 64).prefix(64).map {
    Fixed128($0.high)
  }
  private static let oddTable = Fixed256.oddReciprocals(254, count: 32).map { Fixed128($0.high) }

  static func reciprocalFactorials(_ fractionBits: Int, count: Int) -> [Fixed128] { factorialTable }
  static func oddReciprocals(_ fractionBits: Int, count: Int) -> [Fixed128] { oddTable }
}
