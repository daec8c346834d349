import NablaNumbers

extension KernelPolynomial {
  /// The polynomial with a positive leading coefficient whose square this is; nil if there is none.
  var squareRoot: KernelPolynomial? {
    if count < 3 || count > 200 { return nil }
    guard let lead = leading, let first = lead.value.exactRoot(2),
      let top = lead.monomial.halved, let twice = (first * 2).reciprocal
    else { return nil }
    var root = KernelPolynomial(top, first)
    var rest = self
    rest.add(-lead.value, lead.monomial)
    var steps = 0
    while let next = rest.leading {
      steps += 1
      guard steps <= count, let monomial = next.monomial.dividing(by: top), monomial < top else {
        return nil
      }
      let value = next.value * twice
      for (own, coefficient) in root.terms {
        rest.add(-(coefficient * value * 2), own.times(monomial))
      }
      rest.add(-(value * value), monomial.times(monomial))
      root.add(value, monomial)
    }
    return root
  }
}

extension KernelMonomial {
  /// The monomial whose square this is.
  fileprivate var halved: KernelMonomial? {
    var result = self
    for place in result.powers.indices {
      guard result.powers[place].exponent & 1 == 0 else { return nil }
      result.powers[place].exponent /= 2
    }
    return result
  }
}
