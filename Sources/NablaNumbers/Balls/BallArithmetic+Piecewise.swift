extension BallArithmetic {
  /// The number without its sign.
  package func abs(_ x: Ball) -> Ball {
    if !x.isDefined || x.isNonnegative { return x }
    if x.isNonpositive { return negate(x) }
    // From 0 to |m| + r.
    return upTo(x.upperMagnitude)
  }

  /// The ball from 0 to a bound.
  func upTo(_ bound: ShortFloat) -> Ball {
    Ball(BinaryFloat(bound).scaled(by: -1), bound.scaled(by: -1))
  }

  /// -1, 0 or 1 as the number is less than, equal to or greater than 0.
  package func sign(_ x: Ball) -> Ball {
    if !x.isDefined { return x }
    if x.isPositive { return .one }
    if x.isNegative { return Ball(-1) }
    if x.isZero { return .zero }
    if x.isNonnegative { return upTo(.one) }
    if x.isNonpositive { return negate(upTo(.one)) }
    return Ball(.zero, .one)
  }

  /// 1 above 0, otherwise 0.
  package func step(_ x: Ball) -> Ball {
    if !x.isDefined { return x }
    return x.isPositive ? .one : x.isNonpositive ? .zero : upTo(.one)
  }

  /// The larger of the number and 0.
  package func relu(_ x: Ball) -> Ball { maximum(x, .zero) }

  /// The larger of two numbers.
  package func maximum(_ lhs: Ball, _ rhs: Ball) -> Ball {
    if let failure = Self.failure(lhs, rhs) { return failure }
    let gap = subtract(lhs, rhs)
    if gap.isNonnegative { return rounded(lhs) }
    if gap.isNonpositive { return rounded(rhs) }
    // From the higher lower end to the higher upper end.
    return hull(higher(lowerEnd(lhs), lowerEnd(rhs)), higher(upperEnd(lhs), upperEnd(rhs)))
  }

  private func higher(_ lhs: Ball, _ rhs: Ball) -> Ball {
    BinaryFloat.compare(lhs.midpoint, rhs.midpoint) >= 0 ? lhs : rhs
  }

  /// The smaller of two numbers.
  package func minimum(_ lhs: Ball, _ rhs: Ball) -> Ball {
    negate(maximum(negate(lhs), negate(rhs)))
  }
}
