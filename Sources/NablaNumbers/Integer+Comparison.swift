extension Integer: Comparable {
  @inlinable
  public static func < (lhs: Integer, rhs: Integer) -> Bool {
    if case .small(let left) = lhs.storage, case .small(let right) = rhs.storage {
      return left < right
    }
    return lhs.isLess(than: rhs)
  }

  @usableFromInline
  func isLess(than other: Integer) -> Bool {
    withLimbs { leftIsNegative, left in
      other.withLimbs { rightIsNegative, right in
        if leftIsNegative != rightIsNegative { return leftIsNegative }
        let order = LimbKernels.compare(left, right)
        return leftIsNegative ? order > 0 : order < 0
      }
    }
  }
}
