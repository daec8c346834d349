extension BallArithmetic {
  /// Whether the first number is less than the second; nil where the balls do not tell.
  package func isLess(_ lhs: Ball, _ rhs: Ball) -> Bool? {
    let gap = subtract(rhs, lhs)
    return gap.isPositive ? true : gap.isNonpositive ? false : nil
  }

  /// Whether the numbers are equal; nil where the balls do not tell. Only exact numbers are ever
  /// known to be equal.
  package func isEqual(_ lhs: Ball, _ rhs: Ball) -> Bool? {
    let gap = subtract(lhs, rhs)
    return gap.isZero ? true : gap.excludesZero ? false : nil
  }
}
