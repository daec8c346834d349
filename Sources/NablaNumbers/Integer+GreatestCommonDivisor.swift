extension Integer {
  /// The greatest common divisor, at least 0; that of 0 and 0 is 0.
  public static func greatestCommonDivisor(_ lhs: Integer, _ rhs: Integer) -> Integer {
    if case .small(let left) = lhs.storage, case .small(let right) = rhs.storage {
      let divisor = binaryGreatestCommonDivisor(left.magnitude, right.magnitude)
      return Integer(isNegative: false, limbs: divisor)
    }
    let limbs = lhs.withLimbs { _, left in
      rhs.withLimbs { _, right in LehmerReduction.greatestCommonDivisor(left, right) }
    }
    return Integer(isNegative: false, limbs: limbs)
  }

  private init(isNegative: Bool, limbs limb: UInt) {
    if limb <= UInt(Int.max) {
      self.init(isNegative ? -Int(limb) : Int(limb))
    } else {
      self.init(isNegative: isNegative, limbs: [limb])
    }
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
