extension Integer {
  /// The nearest double, ties to even; infinite where the magnitude is too large.
  public var doubleValue: Double {
    if case .small(let value) = storage { return Double(value) }
    let excess = max(bitWidth - 64, 0)
    return Double(
      rounding: (self >> excess).lowBits, hasRest: trailingZeroBitCount < excess,
      exponent: excess, isNegative: isNegative)
  }

  /// The lowest 64 bits of the magnitude.
  var lowBits: UInt64 {
    withLimbs { _, limbs in
      var bits: UInt64 = 0
      var shift: UInt64 = 0
      for limb in limbs {
        if shift >= 64 { break }
        bits |= UInt64(limb) << shift
        shift += UInt64(UInt.bitWidth)
      }
      return bits
    }
  }
}

extension Double {
  /// The nearest double, ties to even, to ±(significand + r) · 2^exponent, where r is 0, or
  /// between 0 and 1 if `hasRest`; subnormal, zero or infinite where it must be.
  ///
  /// With a rest, the significand needs 55 bits or more.
  init(rounding significand: UInt64, hasRest: Bool, exponent: Int, isNegative: Bool) {
    let sign: UInt64 = isNegative ? 1 << 63 : 0
    let width = 64 - significand.leadingZeroBitCount
    if width == 0 || exponent < -1200 {
      self = Double(bitPattern: sign)
      return
    }
    let infinity: UInt64 = 0x7FF0_0000_0000_0000
    if exponent > 1024 || exponent + width > 1024 {
      self = Double(bitPattern: sign | infinity)
      return
    }
    // The exponent of the last bit kept: 53 bits, or fewer in the subnormal range.
    let lowest = max(exponent + width - 53, -1074)
    let shift = lowest - exponent
    var kept: UInt64
    if shift <= 0 {
      kept = significand << UInt64(-shift)
    } else if shift > 64 {
      kept = 0
    } else {
      kept = shift == 64 ? 0 : significand >> UInt64(shift)
      let half: UInt64 = 1 << UInt64(shift - 1)
      let rest = significand & (half | (half - 1))
      if rest > half || (rest == half && (hasRest || kept & 1 == 1)) { kept += 1 }
    }
    // A carry out of the significand moves into the exponent field, as it should.
    let bits = UInt64(lowest + 1074) << 52 + kept
    self = Double(bitPattern: sign | min(bits, infinity))
  }
}
