/// An odd modulus below 2⁶² prepared for P. L. Montgomery's multiplication (1985), which needs no
/// division.
///
/// Residues are held as x·2⁶⁴ mod m. On x86-64 a product takes about a fifth of the time of one
/// with a 128-by-64-bit hardware division.
@usableFromInline
struct MontgomeryModulus: Hashable, Sendable {
  @usableFromInline let modulus: UInt64
  /// -1/m mod 2⁶⁴.
  @usableFromInline let negatedInverse: UInt64
  /// 2⁶⁴ mod m, which stands for 1.
  @usableFromInline let one: UInt64
  /// 2¹²⁸ mod m, which brings numbers into the form.
  @usableFromInline let radixSquare: UInt64

  /// Prepares an odd modulus of at least 3 and below 2⁶².
  init(odd modulus: UInt64) {
    self.modulus = modulus
    // Newton's iteration doubles the number of correct bits, and m is its own inverse mod 8.
    var inverse = modulus
    for _ in 0..<5 { inverse = inverse &* (2 &- modulus &* inverse) }
    negatedInverse = 0 &- inverse
    one = (0 &- modulus) % modulus
    var square = one
    for _ in 0..<64 { square = Self.reduceOnce(square &<< 1, modulus) }
    radixSquare = square
  }

  @inlinable @inline(__always)
  static func reduceOnce(_ value: UInt64, _ modulus: UInt64) -> UInt64 {
    value >= modulus ? value &- modulus : value
  }

  /// a·b/2⁶⁴ mod m, for a below 2⁶⁴ and b below m.
  @inlinable @inline(__always)
  func product(_ lhs: UInt64, _ rhs: UInt64) -> UInt64 {
    let (high, low) = lhs.multipliedFullWidth(by: rhs)
    let multiple = (low &* negatedInverse).multipliedFullWidth(by: modulus).high
    // The low halves add up to 0 mod 2⁶⁴, with a carry unless both are 0.
    return Self.reduceOnce(high &+ multiple &+ (low == 0 ? 0 : 1), modulus)
  }

  @inlinable @inline(__always)
  func sum(_ lhs: UInt64, _ rhs: UInt64) -> UInt64 {
    Self.reduceOnce(lhs &+ rhs, modulus)
  }

  @inlinable @inline(__always)
  func difference(_ lhs: UInt64, _ rhs: UInt64) -> UInt64 {
    lhs >= rhs ? lhs &- rhs : lhs &+ modulus &- rhs
  }

  /// The form of any number of 64 bits.
  @inlinable @inline(__always)
  func residue(_ value: UInt64) -> UInt64 { product(value, radixSquare) }

  /// The number below m with this form.
  @inlinable @inline(__always)
  func value(_ residue: UInt64) -> UInt64 { product(residue, 1) }

  /// The power, in about 1.5 products for each bit of the exponent; 0⁰ is 1.
  @usableFromInline
  func power(_ base: UInt64, _ exponent: UInt64) -> UInt64 {
    if exponent == 0 { return one }
    var result = base
    var place = 63 - exponent.leadingZeroBitCount
    while place > 0 {
      place -= 1
      result = product(result, result)
      if exponent >> UInt64(place) & 1 == 1 { result = product(result, base) }
    }
    return result
  }
}
