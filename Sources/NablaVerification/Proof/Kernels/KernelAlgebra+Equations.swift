import NablaExpressions
import NablaNumbers

extension KernelAlgebra {
  /// Whether a factor is a polynomial of degree 1 in names.
  func isPlainLinear(_ factor: Int) -> Bool {
    for monomial in polynomial(of: factor).terms.keys {
      var degree = 0
      for power in monomial.powers {
        guard case .name = kernels[power.kernel].kind else { return false }
        degree += power.exponent
      }
      if degree > 1 { return false }
    }
    return true
  }

  /// The bound of a name that the sign of a factor of degree 1 in it gives.
  mutating func takeBound(_ sign: Int, of factor: Int, isStrict: Bool) {
    let polynomial = polynomial(of: factor)
    guard isPlainLinear(factor), polynomial.kernels.count == 1,
      let kernel = polynomial.kernels.first
    else { return }
    let constant = polynomial.coefficient(of: .one)
    let slope = polynomial.coefficient(of: KernelMonomial(kernel))
    guard let value = (-constant).dividing(by: slope) else { return }
    setBound(
      Bound(value, isIncluded: !isStrict), of: kernel, isLower: slope.signum * sign > 0)
  }

  /// A kernel that stands alone in one term of an equation, and its value by the equation.
  func solvable(_ equation: KernelPolynomial) -> (kernel: Int, value: KernelPolynomial)? {
    for (monomial, value) in equation.ordered.reversed() {
      guard monomial.powers.count == 1, monomial.powers[0].exponent == 1 else { continue }
      let kernel = monomial.powers[0].kernel
      guard case .name = kernels[kernel].kind else { continue }
      let occurrences = equation.terms.keys.filter { $0.exponent(of: kernel) > 0 }
      guard occurrences.count == 1, let inverse = value.reciprocal else { continue }
      var rest = equation
      rest.add(-value, monomial)
      return (kernel, rest.scaled(by: -inverse))
    }
    return nil
  }

  /// A polynomial in place of a kernel.
  mutating func substitute(
    _ value: KernelPolynomial, for kernel: Int, in polynomial: KernelPolynomial
  ) throws(ReductionFailure) -> KernelPolynomial {
    var result = KernelPolynomial()
    for (exponent, part) in polynomial.coefficients(of: kernel) {
      if exponent > 60 { throw .tooLarge }
      var product = part
      for _ in 0..<exponent { product = try multiply(product, value) }
      result.add(product)
    }
    return result
  }
}
