/// A fixed-point number of 256 bits.
struct Fixed256: FixedPoint, BitwiseCopyable {
  let high: DoubleWord
  let low: DoubleWord

  @inline(__always)
  init(_ high: DoubleWord, _ low: DoubleWord) {
    self.high = high
    self.low = low
  }

  /// The lowest 256 bits of an integer.
  init(_ value: Integer) {
    self.init((value >> 128).doubleWord, value.doubleWord)
  }

  init(truncating value: BinaryFloat, fractionBits: Int) {
    let places = Int(max(min(2 - value.exponent, 256), 0))
    var whole: (DoubleWord, DoubleWord)
    switch value.significand {
    case .short(let significand):
      whole = (significand, .zero)
    case .long(let integer):
      let aligned = integer << (256 - integer.bitWidth)
      whole = ((aligned >> 128).doubleWord, aligned.doubleWord)
    }
    if places >= 128 {
      whole = (.zero, whole.0 >> (places - 128))
    } else if places > 0 {
      let carried = whole.0 << (128 - places)
      let rest = whole.1 >> places
      whole = (whole.0 >> places, DoubleWord(carried.high | rest.high, carried.low | rest.low))
    }
    self.init(whole.0, whole.1)
  }

  @inline(__always)
  var fractionBits: Int { 254 }

  @inline(__always)
  static func &+ (lhs: Fixed256, rhs: Fixed256) -> Fixed256 {
    let (low, carry) = lhs.low.adding(rhs.low)
    return Fixed256(lhs.high &+ rhs.high &+ DoubleWord(0, carry ? 1 : 0), low)
  }

  @inline(__always)
  static func &- (lhs: Fixed256, rhs: Fixed256) -> Fixed256 {
    let (low, borrow) = lhs.low.subtracting(rhs.low)
    return Fixed256(lhs.high &- rhs.high &- DoubleWord(0, borrow ? 1 : 0), low)
  }

  func times(_ other: Fixed256) -> Fixed256 {
    let top = high.fullProduct(with: other.high)
    let left = high.fullProduct(with: other.low)
    let right = low.fullProduct(with: other.high)
    let bottom = low.fullProduct(with: other.low)
    let (partial, first) = left.low.adding(right.low)
    let (second128, second) = partial.adding(bottom.high)
    let carry = DoubleWord(0, (first ? 1 : 0) &+ (second ? 1 : 0))
    let (third, out) = top.low.adding(left.high)
    let (third2, out2) = third.adding(right.high)
    let (third3, out3) = third2.adding(carry)
    let outs = DoubleWord(0, (out ? 1 : 0) &+ (out2 ? 1 : 0) &+ (out3 ? 1 : 0))
    let fourth = (top.high &+ outs) << 2
    let lower = third3 << 2
    return Fixed256(
      DoubleWord(fourth.high, fourth.low | third3.high &>> 62),
      DoubleWord(lower.high, lower.low | second128.high &>> 62))
  }

  @inline(__always)
  func halved(_ count: Int) -> Fixed256 {
    if count == 0 { return self }
    if count >= 128 { return Fixed256(.zero, high >> (count - 128)) }
    let carried = high << (128 - count)
    let rest = low >> count
    return Fixed256(
      high >> count, DoubleWord(carried.high | rest.high, carried.low | rest.low))
  }

  @inline(__always)
  var leadingZeros: Int {
    let zeros = high.isZero ? 128 + low.leadingZeroBitCount : high.leadingZeroBitCount
    return max(zeros - 2, 0)
  }

  func rounded(to precision: Int) -> BinaryFloat.Rounded {
    if precision > 128 {
      let whole = Integer(high) << 128 + Integer(low)
      return BinaryFloat.rounded(
        whole, power: -254, isNegative: false, isExact: true, to: precision)
    }
    if high.isZero {
      let (value, error) = Fixed128(low).rounded(to: precision)
      return (value.scaled(by: -128), error.scaled(by: -128))
    }
    let shift = high.leadingZeroBitCount
    let carried = shift == 0 ? .zero : low >> (128 - shift)
    let top = high << shift
    return BinaryFloat.rounded(
      DoubleWord(top.high | carried.high, top.low | carried.low), low << shift,
      exponent: 2 - Int64(shift), isNegative: false, to: precision)
  }

  private static let factorialTable = FixedInteger.reciprocalFactorials(254, count: 64).map {
    Fixed256($0.units)
  }
  private static let oddTable = FixedInteger.oddReciprocals(254, count: 36).map {
    Fixed256($0.units)
  }

  static func reciprocalFactorials(_ fractionBits: Int, count: Int) -> [Fixed256] { factorialTable }
  static func oddReciprocals(_ fractionBits: Int, count: Int) -> [Fixed256] { oddTable }
}
