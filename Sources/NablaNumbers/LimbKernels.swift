/// The loops over limbs that all other arithmetic is made of.
///
/// Operands may have zeros at the significant end. A destination is at least as long as its
/// sources; nothing here allocates.
enum LimbKernels {
  /// Writes `lhs + rhs` and returns the carry; `lhs` is at least as long as `rhs`.
  static func add(_ lhs: Limbs, _ rhs: Limbs, into result: MutableLimbs) -> UInt {
    var carry: UInt = 0
    for index in 0..<rhs.count {
      let (partial, first) = lhs[index].addingReportingOverflow(rhs[index])
      let (sum, second) = partial.addingReportingOverflow(carry)
      result[index] = sum
      carry = first || second ? 1 : 0
    }
    for index in rhs.count..<lhs.count {
      let (sum, overflow) = lhs[index].addingReportingOverflow(carry)
      result[index] = sum
      carry = overflow ? 1 : 0
    }
    return carry
  }

  /// Writes `lhs - rhs` and returns the borrow; `lhs` is at least as long as `rhs`.
  static func subtract(_ lhs: Limbs, _ rhs: Limbs, into result: MutableLimbs) -> UInt {
    var borrow: UInt = 0
    for index in 0..<rhs.count {
      let (partial, first) = lhs[index].subtractingReportingOverflow(rhs[index])
      let (difference, second) = partial.subtractingReportingOverflow(borrow)
      result[index] = difference
      borrow = first || second ? 1 : 0
    }
    for index in rhs.count..<lhs.count {
      let (difference, overflow) = lhs[index].subtractingReportingOverflow(borrow)
      result[index] = difference
      borrow = overflow ? 1 : 0
    }
    return borrow
  }

  /// Adds `source · factor` to the same number of limbs of `result` and returns the carry.
  static func addProduct(of source: Limbs, _ factor: UInt, to result: MutableLimbs) -> UInt {
    var carry: UInt = 0
    for index in 0..<source.count {
      let (high, low) = source[index].multipliedFullWidth(by: factor)
      let (partial, first) = low.addingReportingOverflow(carry)
      let (sum, second) = partial.addingReportingOverflow(result[index])
      result[index] = sum
      carry = high &+ (first ? 1 : 0) &+ (second ? 1 : 0)
    }
    return carry
  }

  /// Subtracts `source · factor` from the same number of limbs of `result`; returns the borrow.
  static func subtractProduct(
    of source: Limbs, _ factor: UInt, from result: MutableLimbs
  ) -> UInt {
    var borrow: UInt = 0
    for index in 0..<source.count {
      let (high, low) = source[index].multipliedFullWidth(by: factor)
      let (partial, first) = low.addingReportingOverflow(borrow)
      let (difference, second) = result[index].subtractingReportingOverflow(partial)
      result[index] = difference
      borrow = high &+ (first ? 1 : 0) &+ (second ? 1 : 0)
    }
    return borrow
  }

  /// Writes `source · factor + addend` and returns the carry.
  static func multiply(
    _ source: Limbs, by factor: UInt, adding addend: UInt, into result: MutableLimbs
  ) -> UInt {
    var carry = addend
    for index in 0..<source.count {
      let (high, low) = source[index].multipliedFullWidth(by: factor)
      let (sum, overflow) = low.addingReportingOverflow(carry)
      result[index] = sum
      carry = high &+ (overflow ? 1 : 0)
    }
    return carry
  }

  /// Adds `amount` and returns the carry.
  static func increment(_ result: MutableLimbs, by amount: UInt) -> UInt {
    var carry = amount
    for index in 0..<result.count {
      if carry == 0 { return 0 }
      let (sum, overflow) = result[index].addingReportingOverflow(carry)
      result[index] = sum
      carry = overflow ? 1 : 0
    }
    return carry
  }

  /// Subtracts `amount`; a borrow out of the highest limb is dropped.
  static func decrement(_ result: MutableLimbs, by amount: UInt) {
    var borrow = amount
    for index in 0..<result.count {
      if borrow == 0 { return }
      let (difference, overflow) = result[index].subtractingReportingOverflow(borrow)
      result[index] = difference
      borrow = overflow ? 1 : 0
    }
  }

  /// Writes `source · 2^count` for `0 ≤ count < UInt.bitWidth` and returns the bits shifted out.
  static func shiftLeft(_ source: Limbs, by count: Int, into result: MutableLimbs) -> UInt {
    var carry: UInt = 0
    for index in 0..<source.count {
      let limb = source[index]
      result[index] = limb << count | carry
      carry = limb >> (UInt.bitWidth - count)
    }
    return carry
  }

  /// Writes `⌊source / 2^count⌋` for `0 ≤ count < UInt.bitWidth`.
  static func shiftRight(_ source: Limbs, by count: Int, into result: MutableLimbs) {
    var carry: UInt = 0
    for index in (0..<source.count).reversed() {
      let limb = source[index]
      result[index] = limb >> count | carry
      carry = limb << (UInt.bitWidth - count)
    }
  }

  /// The order of two magnitudes whose highest limbs are not zero: -1, 0 or 1.
  static func compare(_ lhs: Limbs, _ rhs: Limbs) -> Int {
    if lhs.count != rhs.count { return lhs.count < rhs.count ? -1 : 1 }
    for index in (0..<lhs.count).reversed() where lhs[index] != rhs[index] {
      return lhs[index] < rhs[index] ? -1 : 1
    }
    return 0
  }
}
