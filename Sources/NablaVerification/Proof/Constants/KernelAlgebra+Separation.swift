import NablaNumbers

extension KernelAlgebra {
  /// Sizes of an algebraic kernel; what generates its field is adjoined to a field.
  func size(
    ofKernel place: Int, _ field: inout AlgebraicField
  ) throws(ReductionFailure) -> AlgebraicSize {
    switch kernels[place].kind {
    case .primeRoot(let base, let degree):
      field.adjoin(root: place, degree: degree)
      return AlgebraicSize(upper: base.bitWidth, lower: 0).root(degree)
    case .root(let factor, let degree):
      field.adjoin(root: place, degree: degree)
      return try size(ofFactor: factor, &field).root(degree)
    case .sign: return .one
    case .cosine(_, let unit), .sine(_, let unit):
      guard let denominator = unit.denominator.asInt, denominator < 1 << 14 else {
        throw .tooLarge
      }
      field.adjoin(turnsOf: denominator)
      // Twice the cosine is a sum of two roots of unity.
      return AlgebraicSize(upper: 1, lower: 1)
    default: throw .tooLarge
    }
  }

  private func size(
    ofFactor id: Int, _ field: inout AlgebraicField
  ) throws(ReductionFailure) -> AlgebraicSize {
    switch factors[id] {
    case .kernel(let kernel): try size(ofKernel: kernel, &field)
    case .polynomial(let polynomial): try size(of: polynomial, &field)
    }
  }

  func size(
    of form: FactoredForm, _ field: inout AlgebraicField
  ) throws(ReductionFailure) -> AlgebraicSize {
    var result = AlgebraicSize(form.coefficient)
    for factor in form.factors {
      result = try result * size(ofFactor: factor.id, &field).power(factor.exponent)
    }
    return result
  }

  /// With the largest exponent e of each kernel β/δ, the polynomial times all δ^e and the common
  /// denominator of the coefficients is an algebraic integer.
  func size(
    of polynomial: KernelPolynomial, _ field: inout AlgebraicField
  ) throws(ReductionFailure) -> AlgebraicSize {
    var sizes: [Int: (size: AlgebraicSize, exponent: Int)] = [:]
    var common: Integer = 1
    for (monomial, value) in polynomial.terms {
      for power in monomial.powers {
        if let known = sizes[power.kernel] {
          sizes[power.kernel] = (known.size, max(known.exponent, power.exponent))
        } else {
          sizes[power.kernel] = (try size(ofKernel: power.kernel, &field), power.exponent)
        }
      }
      let shared = Integer.greatestCommonDivisor(common, value.denominator)
      common = common * (value.denominator.exactQuotient(dividingBy: shared) ?? 1)
      if common.bitWidth > KernelPolynomial.longestCoefficient { throw .tooLarge }
    }
    var below = common.isOne ? 0 : common.bitWidth
    for (_, entry) in sizes {
      let part = entry.size.power(entry.exponent)
      if part.isTooLarge || below > AlgebraicSize.largest { throw .tooLarge }
      below += part.lower
    }
    var most = 0
    for (monomial, value) in polynomial.terms {
      var own = value.numerator.bitWidth + below
      for power in monomial.powers {
        guard let entry = sizes[power.kernel] else { throw .tooLarge }
        let part = entry.size.power(power.exponent)
        own += part.upper - part.lower
        if own > 2 * AlgebraicSize.largest { throw .tooLarge }
      }
      most = max(most, own)
    }
    let count = Int.bitWidth - polynomial.count.leadingZeroBitCount
    return AlgebraicSize(upper: most + count, lower: below)
  }
}
