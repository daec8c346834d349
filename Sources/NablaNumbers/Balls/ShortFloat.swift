/// A number of at least 0 with 32 bits and an exponent, for bounds of errors.
///
/// Every operation says in its name or its summary to which side it rounds. The value is
/// mantissa · 2^(exponent - 32); it lies between 2^(exponent - 1) and 2^exponent unless it is 0.
struct ShortFloat: Hashable, Sendable, BitwiseCopyable {
  /// 0, or with the highest bit set.
  let mantissa: UInt32
  let exponent: Int64

  @inline(__always)
  init(mantissa: UInt32, exponent: Int64) {
    self.mantissa = mantissa
    self.exponent = exponent
  }

  /// Zero has the least exponent that balls know, so that a comparison of exponents holds.
  static let zero = ShortFloat(mantissa: 0, exponent: -Ball.exponentLimit)

  /// 2^power.
  @inline(__always)
  init(powerOfTwo power: Int64) {
    self.init(mantissa: 1 << 31, exponent: power + 1)
  }

  /// value · 2^power, rounded up.
  @inline(__always)
  init(roundingUp value: UInt64, power: Int64) {
    if value == 0 {
      self = .zero
      return
    }
    let width = 64 - value.leadingZeroBitCount
    let exponent = power + Int64(width)
    if width <= 32 {
      self.init(
        mantissa: UInt32(truncatingIfNeeded: value &<< UInt64(32 - width)), exponent: exponent)
      return
    }
    let shift = UInt64(width - 32)
    let kept = value &>> shift
    let rounded = kept &+ (kept &<< shift == value ? 0 : 1)
    if rounded >> 32 == 0 {
      self.init(mantissa: UInt32(truncatingIfNeeded: rounded), exponent: exponent)
    } else {
      self.init(mantissa: 1 << 31, exponent: exponent + 1)
    }
  }

  @inline(__always)
  var isZero: Bool { mantissa == 0 }

  /// The sum, rounded up.
  @inline(__always)
  static func + (lhs: ShortFloat, rhs: ShortFloat) -> ShortFloat {
    if lhs.isZero { return rhs }
    if rhs.isZero { return lhs }
    let (large, small) = lhs.exponent >= rhs.exponent ? (lhs, rhs) : (rhs, lhs)
    let shift = large.exponent - small.exponent
    var added: UInt64 = 1
    if shift < 32 {
      let exact = UInt64(small.mantissa)
      added = exact &>> UInt64(shift)
      if added &<< UInt64(shift) != exact { added &+= 1 }
    }
    return ShortFloat(
      roundingUp: UInt64(large.mantissa) &+ added, power: large.exponent - 32)
  }

  /// The product, rounded up.
  @inline(__always)
  static func * (lhs: ShortFloat, rhs: ShortFloat) -> ShortFloat {
    ShortFloat(
      roundingUp: UInt64(lhs.mantissa) &* UInt64(rhs.mantissa),
      power: lhs.exponent + rhs.exponent - 64)
  }

  /// The quotient, rounded up, by a number that is not 0.
  func dividedUp(by divisor: ShortFloat) -> ShortFloat {
    if isZero || divisor.isZero { return .zero }
    let top = UInt64(mantissa) &<< 32
    let bottom = UInt64(divisor.mantissa)
    return ShortFloat(
      roundingUp: top / bottom &+ (top % bottom == 0 ? 0 : 1),
      power: exponent - divisor.exponent - 32)
  }

  /// The product, rounded down.
  func timesDown(_ other: ShortFloat) -> ShortFloat {
    ShortFloat(
      truncating: UInt64(mantissa) &* UInt64(other.mantissa),
      power: exponent + other.exponent - 64)
  }

  /// The difference, rounded down; 0 where it is negative.
  func minusDown(_ other: ShortFloat) -> ShortFloat {
    if other.isZero { return self }
    if self <= other { return .zero }
    let shift = exponent - other.exponent
    let wide = UInt64(mantissa) &<< 31
    if shift >= 31 { return ShortFloat(truncating: wide &- (1 &<< 31), power: exponent - 63) }
    return ShortFloat(
      truncating: wide &- UInt64(other.mantissa) &<< UInt64(31 - shift), power: exponent - 63)
  }

  /// value · 2^power, rounded down.
  init(truncating value: UInt64, power: Int64) {
    let width = 64 - value.leadingZeroBitCount
    if width == 0 {
      self = .zero
      return
    }
    let aligned = value &<< UInt64(64 - width)
    self.init(
      mantissa: UInt32(truncatingIfNeeded: aligned &>> 32), exponent: power + Int64(width))
  }

  /// The number times 2^power.
  @inline(__always)
  func scaled(by power: Int64) -> ShortFloat {
    isZero ? self : ShortFloat(mantissa: mantissa, exponent: exponent + power)
  }

  static func <= (lhs: ShortFloat, rhs: ShortFloat) -> Bool {
    if lhs.isZero { return true }
    if rhs.isZero { return false }
    return lhs.exponent != rhs.exponent
      ? lhs.exponent < rhs.exponent : lhs.mantissa <= rhs.mantissa
  }
}
