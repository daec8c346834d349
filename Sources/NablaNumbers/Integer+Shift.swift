extension Integer {
  /// The magnitude times 2^count, with the sign kept; a negative count shifts right.
  ///
  /// The result takes `bitWidth + count` bits of memory, so a count from outside must be checked
  /// against a limit first.
  public static func << (value: Integer, count: Int) -> Integer {
    if count < 0 { return value.shiftedRight(by: count.magnitude) }
    return value.shiftedLeft(by: count)
  }

  /// The magnitude divided by 2^count and rounded toward zero, with the sign kept; a negative
  /// count shifts left.
  public static func >> (value: Integer, count: Int) -> Integer {
    if count >= 0 { return value.shiftedRight(by: count.magnitude) }
    return value.shiftedLeft(by: count == Int.min ? Int.max : -count)
  }

  private func shiftedLeft(by count: Int) -> Integer {
    if case .small(let value) = storage {
      if value == 0 { return 0 }
      if count < value.magnitude.leadingZeroBitCount - 1 { return Integer(value << count) }
    }
    let (whole, part) = count.quotientAndRemainder(dividingBy: UInt.bitWidth)
    return withLimbs { isNegative, limbs in
      let shifted = makeLimbs(count: whole + limbs.count + 1) { result in
        result.part(0..<whole).update(repeating: 0)
        let target = result.part(whole..<whole + limbs.count)
        let high = LimbKernels.shiftLeft(limbs, by: part, into: target)
        result[whole + limbs.count] = high
      }
      return Integer(isNegative: isNegative, limbs: shifted)
    }
  }

  private func shiftedRight(by count: UInt) -> Integer {
    let (whole, part) = count.quotientAndRemainder(dividingBy: UInt(UInt.bitWidth))
    return withLimbs { isNegative, limbs in
      if whole >= UInt(limbs.count) { return 0 }
      let source = limbs.part(Int(whole)..<limbs.count)
      let shifted = makeLimbs(count: source.count) { result in
        LimbKernels.shiftRight(source, by: Int(part), into: result)
      }
      return Integer(isNegative: isNegative, limbs: shifted)
    }
  }
}
