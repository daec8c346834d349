/// The greatest common divisor of long magnitudes by D. H. Lehmer's method.
///
/// The quotients of Euclid's algorithm are found from the leading bits alone while G. E. Collins'
/// condition says that they are right, then applied to the long numbers at once.
enum LehmerReduction {
  /// The limbs of the greatest common divisor; operands have no leading zero limb.
  static func greatestCommonDivisor(_ lhs: Limbs, _ rhs: Limbs) -> [UInt] {
    var larger = Array(lhs)
    var smaller = Array(rhs)
    if LehmerReduction.compare(larger, smaller) < 0 { swap(&larger, &smaller) }
    while smaller.count >= 2 {
      let steps = larger.withUnsafeBufferPointer { left in
        smaller.withUnsafeBufferPointer { right in EuclideanSteps(left, right) }
      }
      if steps.isEmpty {
        let remainder = remainder(larger, smaller)
        (larger, smaller) = (smaller, remainder)
      } else {
        apply(steps, &larger, &smaller)
      }
    }
    guard let last = smaller.first else { return larger }
    let rest = remainder(larger, smaller).first ?? 0
    return [binaryGreatestCommonDivisor(last, rest)]
  }

  private static func compare(_ lhs: [UInt], _ rhs: [UInt]) -> Int {
    lhs.withUnsafeBufferPointer { left in
      rhs.withUnsafeBufferPointer { right in LimbKernels.compare(left, right) }
    }
  }

  private static func remainder(_ dividend: [UInt], _ divisor: [UInt]) -> [UInt] {
    var remainder = dividend.withUnsafeBufferPointer { left in
      divisor.withUnsafeBufferPointer { right in
        LimbDivision.divide(left, by: right).remainder
      }
    }
    dropLeadingZeros(&remainder)
    return remainder
  }

  private static func dropLeadingZeros(_ limbs: inout [UInt]) {
    while limbs.last == 0 { limbs.removeLast() }
  }

  /// Replaces the pair by the pair after `steps`, in place.
  private static func apply(
    _ steps: EuclideanSteps, _ larger: inout [UInt], _ smaller: inout [UInt]
  ) {
    // `smaller` is at most one limb shorter.
    if smaller.count < larger.count { smaller.append(0) }
    larger.withUnsafeMutableBufferPointer { left in
      smaller.withUnsafeMutableBufferPointer { right in
        if steps.isEven {
          combine(left, right, steps.u0, steps.v0, steps.v1, steps.u1)
        } else {
          // (v0·b - u0·a, u1·a - v1·b): the roles of the numbers change places, twice.
          combine(right, left, steps.v0, steps.u0, steps.u1, steps.v1)
        }
      }
    }
    if !steps.isEven { swap(&larger, &smaller) }
    dropLeadingZeros(&larger)
    dropLeadingZeros(&smaller)
  }

  /// Replaces (a, b) by (p·a - q·b, r·b - s·a), neither of which is negative nor longer.
  private static func combine(
    _ a: MutableLimbs, _ b: MutableLimbs, _ p: UInt, _ q: UInt, _ r: UInt, _ s: UInt
  ) {
    var carries = (p: 0 as UInt, q: 0 as UInt, r: 0 as UInt, s: 0 as UInt)
    var firstBorrow = false
    var secondBorrow = false
    for index in 0..<a.count {
      let (x, y) = (a[index], b[index])
      let first = difference(
        multiply(x, p, &carries.p), multiply(y, q, &carries.q), &firstBorrow)
      let second = difference(
        multiply(y, r, &carries.r), multiply(x, s, &carries.s), &secondBorrow)
      a[index] = first
      b[index] = second
    }
  }

  @inline(__always)
  private static func multiply(_ limb: UInt, _ factor: UInt, _ carry: inout UInt) -> UInt {
    let (high, low) = limb.multipliedFullWidth(by: factor)
    let (sum, overflow) = low.addingReportingOverflow(carry)
    carry = high &+ (overflow ? 1 : 0)
    return sum
  }

  @inline(__always)
  private static func difference(_ lhs: UInt, _ rhs: UInt, _ borrow: inout Bool) -> UInt {
    let (partial, first) = lhs.subtractingReportingOverflow(rhs)
    let (difference, second) = partial.subtractingReportingOverflow(borrow ? 1 : 0)
    borrow = first || second
    return difference
  }
}

/// The steps of Euclid's algorithm that the leading bits of two magnitudes determine.
private struct EuclideanSteps {
  // The pair (a, b) becomes (u0·a - v0·b, v1·b - u1·a), or its negative after an odd number.
  private(set) var (u0, u1, v0, v1) = (0 as UInt, 1 as UInt, 0 as UInt, 0 as UInt)
  private(set) var isEven = false

  var isEmpty: Bool { v0 == 0 }

  /// Finds the steps for `larger ≥ smaller`, both without leading zero limbs.
  init(_ larger: Limbs, _ smaller: Limbs) {
    let count = larger.count
    if count < 2 || smaller.count < count - 1 { return }
    let shift = larger[count - 1].leadingZeroBitCount
    let complement = UInt.bitWidth - shift
    var left = larger[count - 1] << shift | larger[count - 2] >> complement
    var right = smaller[count - 2] >> complement
    if smaller.count == count { right |= smaller[count - 1] << shift }
    var (u2, v2) = (0 as UInt, 1 as UInt)
    while right >= v2 && left &- right >= v1 &+ v2 {
      let quotient = left / right
      (left, right) = (right, left &- quotient &* right)
      (u0, u1, u2) = (u1, u2, u1 &+ quotient &* u2)
      (v0, v1, v2) = (v1, v2, v1 &+ quotient &* v2)
      isEven.toggle()
    }
  }
}
