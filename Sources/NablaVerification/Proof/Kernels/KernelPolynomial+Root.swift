import NablaNumbers

extension KernelPolynomial {
  /// The polynomial with a positive leading coefficient of which this is a power, and the order,
  /// 2, 3 or 5; nil if there is none.
  func perfectRoot(
    until isOver: () -> Bool
  ) throws(ReductionFailure) -> (root: KernelPolynomial, order: Int)? {
    if count < 3 || count > 100 { return nil }
    for order in [2, 3, 5] where count > order {
      if let root = try root(order, until: isOver) { return (root, order) }
    }
    return nil
  }

  private func root(
    _ order: Int, until isOver: () -> Bool
  ) throws(ReductionFailure) -> KernelPolynomial? {
    guard let lead = leading, let first = lead.value.exactRoot(order),
      let top = lead.monomial.root(order),
      let scale = (lead.value.dividing(by: first)).map({ $0 * Rational(order) })?.reciprocal,
      let slope = lead.monomial.dividing(by: top)
    else { return nil }
    var root = KernelPolynomial(top, first)
    // Each term of the root is read from the highest one that is not matched yet.
    for _ in 0..<count {
      var power = root
      for _ in 1..<order { power = try power.times(root, until: isOver) }
      var rest = self
      rest.add(power, times: -1)
      guard let next = rest.leading else { return root }
      guard let monomial = next.monomial.dividing(by: slope), monomial < top else { return nil }
      let before = root.count
      root.add(next.value * scale, monomial)
      if root.count <= before || root.count > count { return nil }
    }
    return nil
  }
}

extension KernelMonomial {
  fileprivate func root(_ order: Int) -> KernelMonomial? {
    var result = self
    for place in result.powers.indices {
      guard result.powers[place].exponent % order == 0 else { return nil }
      result.powers[place].exponent /= order
    }
    return result
  }
}
