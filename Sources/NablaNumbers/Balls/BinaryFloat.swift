/// A number m · 2^k with an integer m of any length: the midpoint of a ball.
///
/// The value is ±0.s · 2^exponent, where the significand s begins with a one bit, so that its
/// magnitude lies in [2^(exponent - 1), 2^exponent). Up to 128 bits are held inline. The form is
/// unique. Exponents stay far inside `Int64`: balls end the calculation before.
struct BinaryFloat: Hashable, Sendable {
  enum Significand: Hashable, Sendable {
    /// The bits, aligned to the highest; 0 for zero only.
    case short(DoubleWord)
    /// An odd integer of more than 128 bits.
    case long(Integer)
  }

  let significand: Significand
  let exponent: Int64
  let isNegative: Bool

  @inline(__always)
  init(_ significand: Significand, exponent: Int64, isNegative: Bool) {
    self.significand = significand
    self.exponent = exponent
    self.isNegative = isNegative
  }

  /// Zero has the least exponent that balls know, so that a comparison of exponents holds.
  static let zero = BinaryFloat(
    .short(.zero), exponent: -Ball.exponentLimit, isNegative: false)
  static let one = BinaryFloat(.short(.highestBit), exponent: 1, isNegative: false)

  /// 2^power.
  init(powerOfTwo power: Int64) {
    self.init(.short(.highestBit), exponent: power + 1, isNegative: false)
  }

  /// An integer.
  init(_ value: Int) {
    if value == 0 {
      self = .zero
      return
    }
    let bits = UInt64(value.magnitude)
    let shift = bits.leadingZeroBitCount
    self.init(
      .short(DoubleWord(bits &<< UInt64(shift), 0)), exponent: Int64(64 - shift),
      isNegative: value < 0)
  }

  /// An integer times 2^power, exactly.
  init(_ value: Integer, power: Int64 = 0) {
    if value.isZero {
      self = .zero
      return
    }
    let width = value.bitWidth
    let twos = value.trailingZeroBitCount
    let exponent = power + Int64(width)
    let odd = value.magnitude >> twos
    if width - twos <= 128 {
      self.init(
        .short(odd.doubleWord << (128 - (width - twos))), exponent: exponent,
        isNegative: value.isNegative)
    } else {
      self.init(.long(odd), exponent: exponent, isNegative: value.isNegative)
    }
  }

  @inline(__always)
  var isZero: Bool {
    if case .short(let bits) = significand { bits.isZero } else { false }
  }

  /// The sign: -1, 0 or 1.
  @inline(__always)
  var signum: Int { isZero ? 0 : isNegative ? -1 : 1 }

  @inline(__always)
  var negated: BinaryFloat {
    isZero ? self : BinaryFloat(significand, exponent: exponent, isNegative: !isNegative)
  }

  @inline(__always)
  var magnitude: BinaryFloat {
    BinaryFloat(significand, exponent: exponent, isNegative: false)
  }

  /// The number times 2^power.
  @inline(__always)
  func scaled(by power: Int64) -> BinaryFloat {
    isZero
      ? self : BinaryFloat(significand, exponent: exponent + power, isNegative: isNegative)
  }

  /// The magnitude as integer · 2^power with an odd integer, or 0.
  var parts: (integer: Integer, power: Int64) {
    switch significand {
    case .short(let bits):
      if bits.isZero { return (0, 0) }
      let twos = bits.trailingZeroBitCount
      return (Integer(bits >> twos), exponent - Int64(128 - twos))
    case .long(let integer):
      return (integer, exponent - Int64(integer.bitWidth))
    }
  }

  /// The highest 64 bits of the significand.
  @inline(__always)
  var leadingBits: UInt64 {
    switch significand {
    case .short(let bits): bits.high
    case .long(let integer): (integer >> (integer.bitWidth - 64)).lowBits
    }
  }

  /// Whether the highest 64 bits are all there are.
  private var hasMoreBits: Bool {
    if case .short(let bits) = significand { bits.low != 0 } else { true }
  }

  /// The magnitude, rounded up.
  @inline(__always)
  var upperMagnitude: ShortFloat {
    let bits = leadingBits
    if bits == 0 { return .zero }
    let top = UInt32(truncatingIfNeeded: bits &>> 32)
    if UInt32(truncatingIfNeeded: bits) == 0 && !hasMoreBits {
      return ShortFloat(mantissa: top, exponent: exponent)
    }
    return top == .max
      ? ShortFloat(mantissa: 1 << 31, exponent: exponent + 1)
      : ShortFloat(mantissa: top &+ 1, exponent: exponent)
  }

  /// The magnitude, rounded down.
  @inline(__always)
  var lowerMagnitude: ShortFloat {
    ShortFloat(mantissa: UInt32(truncatingIfNeeded: leadingBits &>> 32), exponent: exponent)
  }

  /// A nearby double, with a relative error below 2⁻⁵²; 0 or infinite out of range.
  var approximation: Double {
    let bits = leadingBits
    if exponent < -1000 { return 0 }
    if exponent > 1000 { return isNegative ? -.infinity : .infinity }
    let magnitude = Double(sign: .plus, exponent: Int(exponent) - 64, significand: Double(bits))
    return isNegative ? -magnitude : magnitude
  }

  /// Whether the number is an integer.
  var isInteger: Bool {
    switch significand {
    case .short(let bits): bits.isZero || exponent >= Int64(128 - bits.trailingZeroBitCount)
    case .long(let integer): exponent >= Int64(integer.bitWidth)
    }
  }
}

extension BinaryFloat {
  init(_ value: ShortFloat) {
    self.init(
      .short(DoubleWord(UInt64(value.mantissa) &<< 32, 0)), exponent: value.exponent,
      isNegative: false)
  }
}

extension Integer {
  init(_ bits: DoubleWord) {
    if bits.high == 0 {
      self.init(bits.low)
      return
    }
    self = Integer(bits.high) << 64 + Integer(bits.low)
  }

  /// The lowest 128 bits of the magnitude.
  var doubleWord: DoubleWord {
    DoubleWord(bitWidth <= 64 ? 0 : (self >> 64).lowBits, lowBits)
  }
}
