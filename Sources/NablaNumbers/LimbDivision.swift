/// A divisor of one limb with its reciprocal, so that dividing takes multiplications only
/// (N. Möller and T. Granlund, "Improved division by invariant integers", 2011).
struct LimbDivisor {
  /// The divisor, shifted so that its highest bit is set.
  let divisor: UInt
  /// How far the divisor was shifted.
  let shift: Int
  private let reciprocal: UInt

  /// Prepares `limb`, which must not be 0.
  init(_ limb: UInt) {
    shift = limb.leadingZeroBitCount
    divisor = limb << shift
    // The high part is below the divisor because its highest bit is set.
    reciprocal =
      divisor == 0 ? 0 : divisor.dividingFullWidth((~divisor, UInt.max)).quotient
  }

  /// Divides `high · 2^w + low` by the shifted divisor, for `high < divisor`.
  @inline(__always)
  func divide(_ high: UInt, _ low: UInt) -> (quotient: UInt, remainder: UInt) {
    let product = reciprocal.multipliedFullWidth(by: high)
    let (estimateLow, overflow) = product.low.addingReportingOverflow(low)
    var quotient = product.high &+ high &+ (overflow ? 1 : 0) &+ 1
    var remainder = low &- quotient &* divisor
    if remainder > estimateLow {
      quotient &-= 1
      remainder &+= divisor
    }
    if remainder >= divisor {
      quotient &+= 1
      remainder &-= divisor
    }
    return (quotient, remainder)
  }

  /// Writes the quotient of `source` and returns the remainder; in place is allowed.
  func divide(_ source: Limbs, into quotient: MutableLimbs) -> UInt {
    var remainder: UInt = 0
    if shift == 0 {
      for index in (0..<source.count).reversed() {
        (quotient[index], remainder) = divide(remainder, source[index])
      }
      return remainder
    }
    let complement = UInt.bitWidth - shift
    var previous = source.last ?? 0
    remainder = previous >> complement
    for index in (0..<source.count).reversed() {
      let next = index == 0 ? 0 : source[index - 1]
      (quotient[index], remainder) = divide(remainder, previous << shift | next >> complement)
      previous = next
    }
    return remainder >> shift
  }
}

/// Division of magnitudes.
enum LimbDivision {
  /// The quotient and remainder; `divisor` has a highest limb that is not zero.
  static func divide(_ dividend: Limbs, by divisor: Limbs) -> (
    quotient: [UInt], remainder: [UInt]
  ) {
    if divisor.isEmpty || LimbKernels.compare(dividend, divisor) < 0 {
      return ([], Array(dividend))
    }
    if divisor.count == 1 {
      var remainder: UInt = 0
      let quotient = makeLimbs(count: dividend.count) { quotient in
        remainder = LimbDivisor(divisor[0]).divide(dividend, into: quotient)
      }
      return (quotient, [remainder])
    }
    let shift = divisor[divisor.count - 1].leadingZeroBitCount
    let shifted = makeLimbs(count: divisor.count) { result in
      _ = LimbKernels.shiftLeft(divisor, by: shift, into: result)
    }
    var remainder = makeLimbs(count: dividend.count + 1) { result in
      let high = LimbKernels.shiftLeft(
        dividend, by: shift, into: result.part(0..<dividend.count))
      result[dividend.count] = high
    }
    let quotient = remainder.withUnsafeMutableBufferPointer { remainder in
      let quotient = shifted.withUnsafeBufferPointer { divisor in
        makeLimbs(count: dividend.count - divisor.count + 1) { quotient in
          divideByRows(remainder, by: divisor, into: quotient)
        }
      }
      LimbKernels.shiftRight(remainder.reading, by: shift, into: remainder)
      return quotient
    }
    return (quotient, remainder)
  }

  /// Divides by rows: D. E. Knuth, The Art of Computer Programming 2, 4.3.1, Algorithm D.
  ///
  /// `divisor` has at least two limbs and its highest bit set; the highest `divisor.count` limbs
  /// of `remainder`, read as a number, are less than `divisor`. `remainder` is left holding the
  /// remainder, and `quotient` takes `remainder.count - divisor.count` limbs.
  static func divideByRows(
    _ remainder: MutableLimbs, by divisor: Limbs, into quotient: MutableLimbs
  ) {
    let count = divisor.count
    let high = divisor[count - 1]
    let next = divisor[count - 2]
    let reciprocal = LimbDivisor(high)
    for index in (0..<remainder.count - count).reversed() {
      let top = remainder[index + count]
      var digit = UInt.max
      if top < high {
        var rest: UInt
        (digit, rest) = reciprocal.divide(top, remainder[index + count - 1])
        var test = digit.multipliedFullWidth(by: next)
        let third = remainder[index + count - 2]
        while test.high > rest || (test.high == rest && test.low > third) {
          digit &-= 1
          let (sum, overflow) = rest.addingReportingOverflow(high)
          if overflow { break }
          rest = sum
          test = digit.multipliedFullWidth(by: next)
        }
      }
      let row = remainder.part(index..<index + count)
      var borrow = LimbKernels.subtractProduct(of: divisor, digit, from: row)
      while borrow > top {
        digit &-= 1
        borrow &-= LimbKernels.add(row.reading, divisor, into: row)
      }
      remainder[index + count] = top &- borrow
      quotient[index] = digit
    }
  }
}
