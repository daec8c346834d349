extension Integer {
  /// The quotient, rounded toward zero, and the remainder, which has the sign of the dividend.
  ///
  /// Returns nil if the divisor is 0.
  public func quotientAndRemainder(
    dividingBy divisor: Integer
  ) -> (quotient: Integer, remainder: Integer)? {
    if divisor.isZero { return nil }
    if case .small(let left) = storage, case .small(let right) = divisor.storage {
      let (quotient, overflow) = left.dividedReportingOverflow(by: right)
      if !overflow { return (Integer(quotient), Integer(left &- quotient &* right)) }
    }
    return withLimbs { leftIsNegative, left in
      divisor.withLimbs { rightIsNegative, right in
        let (quotient, remainder) = LimbDivision.divide(left, by: right)
        return (
          Integer(isNegative: leftIsNegative != rightIsNegative, limbs: quotient),
          Integer(isNegative: leftIsNegative, limbs: remainder)
        )
      }
    }
  }

  /// The quotient, rounded toward negative infinity, or nil if the divisor is 0.
  public func floorDivided(by divisor: Integer) -> Integer? {
    guard let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor) else {
      return nil
    }
    if remainder.isZero || remainder.isNegative == divisor.isNegative { return quotient }
    return quotient - 1
  }

  /// The quotient if the division leaves no remainder, or nil.
  public func exactQuotient(dividingBy divisor: Integer) -> Integer? {
    guard let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor) else {
      return nil
    }
    return remainder.isZero ? quotient : nil
  }

  /// The quotient by a divisor known to be at least 1, rounded toward zero.
  func quotient(byPositive divisor: Integer) -> Integer {
    quotientAndRemainder(dividingBy: divisor)?.quotient ?? self
  }

  /// The quotient by a divisor known to be at least 1, rounded to nearest, ties to even.
  func roundedQuotient(byPositive divisor: Integer) -> Integer {
    guard let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor) else {
      return self
    }
    let twice = remainder.magnitude << 1
    if twice < divisor || (twice == divisor && !quotient.isOdd) { return quotient }
    return isNegative ? quotient - 1 : quotient + 1
  }
}
