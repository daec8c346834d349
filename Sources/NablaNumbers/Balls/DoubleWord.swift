/// An unsigned number of 128 bits, which needs no runtime library on any platform.
struct DoubleWord: Hashable, Sendable, BitwiseCopyable {
  var high: UInt64
  var low: UInt64

  @inline(__always)
  init(_ high: UInt64, _ low: UInt64) {
    self.high = high
    self.low = low
  }

  static let zero = DoubleWord(0, 0)

  /// The number with the highest bit only.
  static let highestBit = DoubleWord(1 << 63, 0)

  @inline(__always)
  var isZero: Bool { high | low == 0 }

  /// The number of zero bits above the highest one bit.
  @inline(__always)
  var leadingZeroBitCount: Int {
    high != 0 ? high.leadingZeroBitCount : 64 + low.leadingZeroBitCount
  }

  /// The number of zero bits below the lowest one bit; 128 for 0.
  @inline(__always)
  var trailingZeroBitCount: Int {
    low != 0 ? low.trailingZeroBitCount : 64 + high.trailingZeroBitCount
  }

  @inline(__always)
  static func < (lhs: DoubleWord, rhs: DoubleWord) -> Bool {
    lhs.high != rhs.high ? lhs.high < rhs.high : lhs.low < rhs.low
  }

  @inline(__always)
  func adding(_ other: DoubleWord) -> (sum: DoubleWord, carry: Bool) {
    let (low, lowCarry) = low.addingReportingOverflow(other.low)
    let (partial, first) = high.addingReportingOverflow(other.high)
    let (high, second) = partial.addingReportingOverflow(lowCarry ? 1 : 0)
    return (DoubleWord(high, low), first || second)
  }

  @inline(__always)
  func subtracting(_ other: DoubleWord) -> (difference: DoubleWord, borrow: Bool) {
    let (low, lowBorrow) = low.subtractingReportingOverflow(other.low)
    let (partial, first) = high.subtractingReportingOverflow(other.high)
    let (high, second) = partial.subtractingReportingOverflow(lowBorrow ? 1 : 0)
    return (DoubleWord(high, low), first || second)
  }

  @inline(__always)
  static func &+ (lhs: DoubleWord, rhs: DoubleWord) -> DoubleWord { lhs.adding(rhs).sum }

  @inline(__always)
  static func &- (lhs: DoubleWord, rhs: DoubleWord) -> DoubleWord {
    lhs.subtracting(rhs).difference
  }

  /// The number times 2^count without what leaves the 128 bits; 0 from 128 on.
  @inline(__always)
  static func << (value: DoubleWord, count: Int) -> DoubleWord {
    if count == 0 { return value }
    if count >= 64 { return DoubleWord(count >= 128 ? 0 : value.low &<< UInt64(count & 63), 0) }
    let shift = UInt64(count)
    return DoubleWord(value.high &<< shift | value.low &>> (64 &- shift), value.low &<< shift)
  }

  /// The number divided by 2^count and rounded down; 0 from 128 on.
  @inline(__always)
  static func >> (value: DoubleWord, count: Int) -> DoubleWord {
    if count == 0 { return value }
    if count >= 64 { return DoubleWord(0, count >= 128 ? 0 : value.high &>> UInt64(count & 63)) }
    let shift = UInt64(count)
    return DoubleWord(value.high &>> shift, value.low &>> shift | value.high &<< (64 &- shift))
  }

  /// The product of all 256 bits.
  @inline(__always)
  func fullProduct(with other: DoubleWord) -> (high: DoubleWord, low: DoubleWord) {
    let top = high.multipliedFullWidth(by: other.high)
    let left = high.multipliedFullWidth(by: other.low)
    let right = low.multipliedFullWidth(by: other.high)
    let bottom = low.multipliedFullWidth(by: other.low)
    let (middle, first) = left.low.addingReportingOverflow(right.low)
    let (second64, second) = middle.addingReportingOverflow(bottom.high)
    let cross = DoubleWord(0, left.high) &+ DoubleWord(0, right.high)
    let carry = DoubleWord(0, (first ? 1 : 0) &+ (second ? 1 : 0))
    return (
      DoubleWord(top.high, top.low) &+ cross &+ carry, DoubleWord(second64, bottom.low)
    )
  }

  /// ⌊self · 2¹²⁸ / divisor⌋ and whether it leaves no remainder, for self < divisor and a divisor
  /// with its highest bit set (D. E. Knuth, The Art of Computer Programming 2, 4.3.1, D).
  func fractionQuotient(by divisor: DoubleWord) -> (quotient: DoubleWord, isExact: Bool) {
    let (first, rest) = Self.digit(self, divisor)
    let (second, last) = Self.digit(rest, divisor)
    return (DoubleWord(first, second), last.isZero)
  }

  /// One digit of the quotient of remainder · 2⁶⁴, and the new remainder.
  @inline(__always)
  private static func digit(
    _ remainder: DoubleWord, _ divisor: DoubleWord
  ) -> (UInt64, DoubleWord) {
    var digit = UInt64.max
    if remainder.high < divisor.high {
      digit = divisor.high.dividingFullWidth((remainder.high, remainder.low)).quotient
    }
    let (highPart, lowPart) = (
      digit.multipliedFullWidth(by: divisor.high), digit.multipliedFullWidth(by: divisor.low)
    )
    // digit · divisor as three words; the estimate is too large by 2 at most.
    let product = DoubleWord(highPart.high, highPart.low) &+ DoubleWord(0, lowPart.high)
    let (low, borrow) = UInt64(0).subtractingReportingOverflow(lowPart.low)
    var (top, isNegative) = remainder.subtracting(product)
    if borrow {
      let (next, more) = top.subtracting(DoubleWord(0, 1))
      top = next
      isNegative = isNegative || more
    }
    // The remainder is (top, low); while it is negative the divisor is added back.
    var rest = (high: top, low: low)
    while isNegative {
      digit &-= 1
      let (newLow, carry) = rest.low.addingReportingOverflow(divisor.low)
      let (partial, firstOut) = rest.high.adding(DoubleWord(0, divisor.high))
      let (newHigh, secondOut) = partial.adding(DoubleWord(0, carry ? 1 : 0))
      rest = (newHigh, newLow)
      isNegative = !(firstOut || secondOut)
    }
    return (digit, DoubleWord(rest.high.low, rest.low))
  }
}
