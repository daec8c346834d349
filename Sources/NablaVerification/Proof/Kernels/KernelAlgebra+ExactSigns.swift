import NablaExpressions
import NablaNumbers

extension KernelAlgebra {
  /// The sign of a factor, which is 0 where the factor is: its cube is the sign itself.
  mutating func exactSign(ofFactor factor: Int) -> FactoredForm {
    let kind = Kernel.Kind.application(.sign, FactoredForm(factor: factor))
    if let known = place(of: kind) { return form(kernel: known) }
    var kernel = Kernel(kind: kind, indices: indices(of: factor))
    kernel.lower = Bound(-1, isIncluded: true)
    kernel.upper = Bound(1, isIncluded: true)
    kernel.relation = (3, KernelPolynomial(kernel: kernels.count))
    return form(kernel: insert(kernel))
  }

  /// The sign of a factor as that of what it is an increasing function of; nil for other factors.
  mutating func argumentSign(of factor: Int) -> FactoredForm? {
    guard let argument = increasingArgument(of: factor) else { return nil }
    return try? isExact ? exactSign(argument) : sign(argument)
  }

  /// The sign of a form at every point at which it is defined.
  mutating func exactSign(_ form: FactoredForm) throws(ReductionFailure) -> FactoredForm {
    var result = FactoredForm(Rational(form.coefficient.signum))
    for factor in form.factors {
      let isOdd = factor.exponent & 1 == 1
      if let known = strictSign(factor.id) {
        if isOdd { result = result.scaled(by: Rational(known)) }
      } else if let argument = argumentSign(of: factor.id) {
        result = try multiply(result, power(argument, isOdd ? 1 : 2))
      } else if isOdd || factor.exponent > 0 {
        result = try multiply(
          result, power(exactSign(ofFactor: factor.id), isOdd ? 1 : 2))
      }
    }
    return result
  }

  /// sign(b)²·b is b for a kernel b.
  func withoutIdleSigns(_ polynomial: KernelPolynomial) -> KernelPolynomial {
    var result = KernelPolynomial()
    for (monomial, value) in polynomial.terms {
      var kept = monomial
      for power in monomial.powers where power.exponent > 1 {
        guard case .application(.sign, let x) = kernels[power.kernel].kind,
          x.factors.count == 1, let base = kernel(of: x.factors[0].id),
          monomial.exponent(of: base) > 0
        else { continue }
        kept.remove(power.kernel)
        kept = kept.times(KernelMonomial(power.kernel, power.exponent & 1))
      }
      result.add(value, kept)
    }
    return result
  }
}

extension FactoredForm {
  /// The exponent of a single factor.
  func exponent(ofBase base: FactoredForm) -> Int {
    base.factors.count == 1 ? exponent(of: base.factors[0].id) : 0
  }
}
