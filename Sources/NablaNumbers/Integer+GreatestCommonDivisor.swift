extension Integer {
  /// The greatest common divisor, at least 0; that of 0 and 0 is 0.
  public static func greatestCommonDivisor(_ lhs: Integer, _ rhs: Integer) -> Integer {
    if case .small(let left) = lhs.storage, case .small(let right) = rhs.storage {
      let divisor = binaryGreatestCommonDivisor(left.magnitude, right.magnitude)
      return Integer(isNegative: false, limbs: divisor)
    }
    var (larger, smaller) = (lhs.magnitude, rhs.magnitude)
    if larger < smaller { swap(&larger, &smaller) }
    while case .positive(let limbs) = smaller.storage, limbs.count >= 2 {
      (larger, smaller) = lehmerStep(larger, smaller)
    }
    guard let remainder = larger.quotientAndRemainder(dividingBy: smaller)?.remainder else {
      return larger
    }
    // Both now take one limb.
    let divisor = binaryGreatestCommonDivisor(smaller.lowLimb, remainder.lowLimb)
    return Integer(isNegative: false, limbs: divisor)
  }

  private init(isNegative: Bool, limbs limb: UInt) {
    if limb <= UInt(Int.max) {
      self.init(isNegative ? -Int(limb) : Int(limb))
    } else {
      self.init(isNegative: isNegative, limbs: [limb])
    }
  }

  private var lowLimb: UInt {
    withLimbs { _, limbs in limbs.first ?? 0 }
  }
}

/// The greatest common divisor by J. Stein's binary method; that of 0 and 0 is 0.
func binaryGreatestCommonDivisor(_ lhs: UInt, _ rhs: UInt) -> UInt {
  if lhs == 0 { return rhs }
  if rhs == 0 { return lhs }
  let shift = (lhs | rhs).trailingZeroBitCount
  var left = lhs >> lhs.trailingZeroBitCount
  var right = rhs >> rhs.trailingZeroBitCount
  while left != right {
    let difference = left > right ? left &- right : right &- left
    left = min(left, right)
    right = difference >> difference.trailingZeroBitCount
  }
  return left << shift
}

/// One step of D. H. Lehmer's method on `larger ≥ smaller`, `smaller` of two limbs or more.
///
/// The quotients of Euclid's algorithm are found from the leading bits alone while G. E. Collins'
/// condition says that they are right, then applied to the long numbers at once.
private func lehmerStep(_ larger: Integer, _ smaller: Integer) -> (Integer, Integer) {
  let stepped = larger.withLimbs { _, left -> (Integer, Integer)? in
    smaller.withLimbs { _, right in
      let steps = EuclideanSteps(left, right)
      return steps.isEmpty ? nil : steps.applied(to: left, right)
    }
  }
  if let stepped { return stepped }
  return (smaller, larger.quotientAndRemainder(dividingBy: smaller)?.remainder ?? 0)
}

/// The steps of Euclid's algorithm that the leading bits of two magnitudes determine.
private struct EuclideanSteps {
  // The pair (a, b) becomes (u0·a - v0·b, v1·b - u1·a), or its negative after an odd number.
  private var (u0, u1, v0, v1) = (0 as UInt, 1 as UInt, 0 as UInt, 0 as UInt)
  private var isEven = false

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

  /// The pair after the steps.
  func applied(to larger: Limbs, _ smaller: Limbs) -> (Integer, Integer) {
    if isEven {
      return (
        Self.difference(larger, u0, smaller, v0), Self.difference(smaller, v1, larger, u1)
      )
    }
    return (
      Self.difference(smaller, v0, larger, u0), Self.difference(larger, u1, smaller, v1)
    )
  }

  /// `lhs · left - rhs · right`, which is not negative.
  private static func difference(
    _ lhs: Limbs, _ left: UInt, _ rhs: Limbs, _ right: UInt
  ) -> Integer {
    let count = max(lhs.count, rhs.count) + 1
    let limbs = makeLimbs(count: count) { result in
      let carry = LimbKernels.multiply(lhs, by: left, adding: 0, into: result)
      result[lhs.count] = carry
      result.part(lhs.count + 1..<count).update(repeating: 0)
      let borrow = LimbKernels.subtractProduct(
        of: rhs, right, from: result.part(0..<rhs.count))
      LimbKernels.decrement(result.part(rhs.count..<count), by: borrow)
    }
    return Integer(isNegative: false, limbs: limbs)
  }
}
