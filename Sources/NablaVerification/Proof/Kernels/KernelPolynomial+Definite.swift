import NablaNumbers

extension KernelPolynomial {
  /// Whether the polynomial, a·A² + b·A·B + c·B² with b² < 4ac, is positive everywhere, as it is if A
  /// or B is 1; nil if it is not of this kind.
  var isPositiveForm: Bool? {
    guard count == 3 else { return nil }
    let parts = ordered
    for place in parts.indices {
      let (one, other) = (parts[(place + 1) % 3], parts[(place + 2) % 3])
      let mixed = parts[place]
      guard one.value.signum > 0, other.value.signum > 0, one.monomial.isSquare,
        other.monomial.isSquare,
        mixed.monomial.times(mixed.monomial) == one.monomial.times(other.monomial),
        mixed.value * mixed.value < one.value * other.value * 4
      else { continue }
      return one.monomial.isOne || other.monomial.isOne
    }
    return nil
  }
}

extension KernelMonomial {
  fileprivate var isSquare: Bool { powers.allSatisfy { $0.exponent & 1 == 0 } }
}
