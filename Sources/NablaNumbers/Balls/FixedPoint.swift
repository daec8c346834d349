/// A number from 0 up to 4 in units of 2^-fractionBits: what power series are summed in.
///
/// Sums and differences are exact; a product is rounded down to a unit.
protocol FixedPoint: Sendable {
  /// The largest unit not above the magnitude of a float below 4; `fractionBits` is heeded by
  /// types of variable length only.
  init(truncating value: BinaryFloat, fractionBits: Int)

  var fractionBits: Int { get }

  static func &+ (lhs: Self, rhs: Self) -> Self
  static func &- (lhs: Self, rhs: Self) -> Self

  /// The product, too small by less than a unit.
  func times(_ other: Self) -> Self

  /// The number divided by 2^count, too small by less than a unit.
  func halved(_ count: Int) -> Self

  /// The largest z for which the number is below 2^-z, for a number below 1; at most the number
  /// of fraction bits.
  var leadingZeros: Int { get }

  /// The float nearest to the number, with `bits` bits.
  func rounded(to bits: Int) -> BinaryFloat.Rounded

  /// The numbers 1/k!, too small by less than a unit, until they fall below a unit.
  static func reciprocalFactorials(_ fractionBits: Int) -> [Self]

  /// The numbers 1/(2k + 1), too small by less than a unit, for at least an eighth as many k as
  /// there are fraction bits.
  static func oddReciprocals(_ fractionBits: Int) -> [Self]
}

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

  private static let factorialTable = Fixed256.reciprocalFactorials(254).prefix(64).map {
    Fixed128($0.high)
  }
  private static let oddTable = Fixed256.oddReciprocals(254).map { Fixed128($0.high) }

  static func reciprocalFactorials(_ fractionBits: Int) -> [Fixed128] { factorialTable }
  static func oddReciprocals(_ fractionBits: Int) -> [Fixed128] { oddTable }
}

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

  private static let factorialTable = FixedInteger.reciprocalFactorials(254).map {
    Fixed256($0.units)
  }
  private static let oddTable = FixedInteger.oddReciprocals(254).map { Fixed256($0.units) }

  static func reciprocalFactorials(_ fractionBits: Int) -> [Fixed256] { factorialTable }
  static func oddReciprocals(_ fractionBits: Int) -> [Fixed256] { oddTable }
}

/// A fixed-point number of any length.
struct FixedInteger: FixedPoint {
  let units: Integer
  let fractionBits: Int

  init(_ units: Integer, fractionBits: Int) {
    self.units = units
    self.fractionBits = fractionBits
  }

  init(truncating value: BinaryFloat, fractionBits: Int) {
    let (integer, power) = value.parts
    let shift = power + Int64(fractionBits)
    units = shift < -(1 << 30) ? 0 : integer << Int(min(shift, Int64(fractionBits) + 2))
    self.fractionBits = fractionBits
  }

  static func &+ (lhs: FixedInteger, rhs: FixedInteger) -> FixedInteger {
    FixedInteger(lhs.units + rhs.units, fractionBits: lhs.fractionBits)
  }

  static func &- (lhs: FixedInteger, rhs: FixedInteger) -> FixedInteger {
    FixedInteger(lhs.units - rhs.units, fractionBits: lhs.fractionBits)
  }

  func times(_ other: FixedInteger) -> FixedInteger {
    FixedInteger((units * other.units) >> fractionBits, fractionBits: fractionBits)
  }

  func halved(_ count: Int) -> FixedInteger {
    FixedInteger(units >> count, fractionBits: fractionBits)
  }

  var leadingZeros: Int { max(fractionBits - units.bitWidth, 0) }

  func rounded(to precision: Int) -> BinaryFloat.Rounded {
    BinaryFloat.rounded(
      units, power: -Int64(fractionBits), isNegative: false, isExact: true, to: precision)
  }

  static func reciprocalFactorials(_ fractionBits: Int) -> [FixedInteger] {
    // Spare bits hold the error of the repeated division below one unit of the result.
    let spare = 32
    var term = Integer(1) << (fractionBits + spare)
    var divisor = 1
    var table: [FixedInteger] = []
    while term.bitWidth > spare {
      table.append(FixedInteger(term >> spare, fractionBits: fractionBits))
      term = term.quotient(byPositive: Integer(divisor))
      divisor += 1
    }
    for _ in 0..<2 { table.append(FixedInteger(0, fractionBits: fractionBits)) }
    return table
  }

  static func oddReciprocals(_ fractionBits: Int) -> [FixedInteger] {
    let one = Integer(1) << fractionBits
    return (0..<fractionBits / 8 + 4).map { index in
      FixedInteger(
        one.quotient(byPositive: Integer(2 * index + 1)), fractionBits: fractionBits)
    }
  }
}
