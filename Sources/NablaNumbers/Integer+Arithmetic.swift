extension Integer {
  /// The sum.
  @inlinable
  public static func + (lhs: Integer, rhs: Integer) -> Integer {
    if case .small(let left) = lhs.storage, case .small(let right) = rhs.storage {
      let (sum, overflow) = left.addingReportingOverflow(right)
      if !overflow { return Integer(sum) }
    }
    return lhs.sum(with: rhs, negatingRight: false)
  }

  /// The difference.
  @inlinable
  public static func - (lhs: Integer, rhs: Integer) -> Integer {
    if case .small(let left) = lhs.storage, case .small(let right) = rhs.storage {
      let (difference, overflow) = left.subtractingReportingOverflow(right)
      if !overflow { return Integer(difference) }
    }
    return lhs.sum(with: rhs, negatingRight: true)
  }

  /// The product; subquadratic for long operands.
  @inlinable
  public static func * (lhs: Integer, rhs: Integer) -> Integer {
    if case .small(let left) = lhs.storage, case .small(let right) = rhs.storage {
      let (product, overflow) = left.multipliedReportingOverflow(by: right)
      if !overflow { return Integer(product) }
    }
    return lhs.product(with: rhs)
  }

  /// The integer with the other sign.
  public static prefix func - (operand: Integer) -> Integer {
    switch operand.storage {
    case .small(let value):
      let (negated, overflow) = (0).subtractingReportingOverflow(value)
      if overflow { return Integer(isNegative: false, limbs: [value.magnitude]) }
      return Integer(negated)
    case .positive(let limbs):
      return Integer(isNegative: true, limbs: limbs)
    case .negative(let limbs):
      return Integer(storage: .positive(limbs))
    }
  }

  /// Adds to the integer.
  @inlinable
  public static func += (lhs: inout Integer, rhs: Integer) {
    lhs = lhs + rhs
  }

  /// Subtracts from the integer.
  @inlinable
  public static func -= (lhs: inout Integer, rhs: Integer) {
    lhs = lhs - rhs
  }

  /// Multiplies the integer.
  @inlinable
  public static func *= (lhs: inout Integer, rhs: Integer) {
    lhs = lhs * rhs
  }

  @usableFromInline
  func sum(with other: Integer, negatingRight: Bool) -> Integer {
    withLimbs { leftIsNegative, left in
      other.withLimbs { rightSign, right in
        let rightIsNegative = rightSign != negatingRight
        if leftIsNegative == rightIsNegative {
          return Integer(isNegative: leftIsNegative, limbs: Self.sum(left, right))
        }
        switch LimbKernels.compare(left, right) {
        case 0:
          return 0
        case 1:
          return Integer(isNegative: leftIsNegative, limbs: Self.difference(left, right))
        default:
          return Integer(isNegative: rightIsNegative, limbs: Self.difference(right, left))
        }
      }
    }
  }

  @usableFromInline
  func product(with other: Integer) -> Integer {
    withLimbs { leftIsNegative, left in
      other.withLimbs { rightIsNegative, right in
        Integer(
          isNegative: leftIsNegative != rightIsNegative,
          limbs: LimbMultiplication.product(left, right))
      }
    }
  }

  private static func sum(_ lhs: Limbs, _ rhs: Limbs) -> [UInt] {
    let (long, short) = lhs.count >= rhs.count ? (lhs, rhs) : (rhs, lhs)
    return makeLimbs(count: long.count + 1) { result in
      let carry = LimbKernels.add(long, short, into: result)
      result[long.count] = carry
    }
  }

  private static func difference(_ larger: Limbs, _ smaller: Limbs) -> [UInt] {
    makeLimbs(count: larger.count) { result in
      _ = LimbKernels.subtract(larger, smaller, into: result)
    }
  }
}
