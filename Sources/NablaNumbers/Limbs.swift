/// The limbs of a magnitude, least significant first.
typealias Limbs = UnsafeBufferPointer<UInt>

/// Limbs being written, least significant first.
typealias MutableLimbs = UnsafeMutableBufferPointer<UInt>

extension UnsafeBufferPointer where Element == UInt {
  /// The limbs without the zeros at the significant end.
  @inline(__always)
  var normalized: Limbs {
    var count = count
    while count > 0 && self[count - 1] == 0 { count -= 1 }
    return Limbs(start: baseAddress, count: count)
  }

  /// The limbs in `range`, with their zeros.
  @inline(__always)
  func part(_ range: Range<Int>) -> Limbs {
    Limbs(rebasing: self[range])
  }

  /// The number of bits, if the highest limb is not zero.
  var bitCount: Int {
    guard let high = last else { return 0 }
    return count * UInt.bitWidth - high.leadingZeroBitCount
  }

  /// The number of zero bits below the lowest one bit; 0 if there is none.
  var trailingZeroBitCount: Int {
    guard let index = firstIndex(where: { $0 != 0 }) else { return 0 }
    return index * UInt.bitWidth + self[index].trailingZeroBitCount
  }
}

extension UnsafeMutableBufferPointer where Element == UInt {
  @inline(__always)
  func part(_ range: Range<Int>) -> MutableLimbs {
    MutableLimbs(rebasing: self[range])
  }

  @inline(__always)
  var reading: Limbs { Limbs(self) }
}

/// Makes an array of `count` limbs, all written by `body`.
@inline(__always)
func makeLimbs(count: Int, _ body: (MutableLimbs) -> Void) -> [UInt] {
  // Mapping a range allocates much faster than the initialisers with a count do.
  var limbs = (0..<count).map { _ in UInt(0) }
  limbs.withUnsafeMutableBufferPointer { body($0) }
  return limbs
}
