import NablaExpressions
import NablaNumbers

extension KernelAlgebra {
  /// The certain sign of a factor wherever it is defined, 1 or −1.
  func knownSign(_ factor: Int) -> Int? {
    if let known = knownSigns[factor] { return known }
    switch factors[factor] {
    case .kernel(let kernel): return kernels[kernel].isPositive ? 1 : nil
    case .polynomial(let polynomial):
      if bound(polynomial, isStrict: true) { return 1 }
      return bound(polynomial.scaled(by: -1), isStrict: true) ? -1 : nil
    }
  }

  /// Whether a factor is certainly at least 0.
  func isNonnegative(_ factor: Int) -> Bool {
    if knownSign(factor) == 1 { return true }
    switch factors[factor] {
    case .kernel(let kernel): return kernels[kernel].isNonnegative
    case .polynomial(let polynomial): return bound(polynomial, isStrict: false)
    }
  }

  func isNonnegative(_ form: FactoredForm) -> Bool {
    if form.isZero { return true }
    var sign = form.coefficient.signum
    for factor in form.factors where factor.exponent & 1 == 1 {
      if let known = knownSign(factor.id) {
        sign *= known
      } else if !isNonnegative(factor.id) {
        return false
      }
    }
    return sign > 0
  }

  /// Whether the sum of lower bounds of the terms shows the polynomial positive or not negative.
  private func bound(_ polynomial: KernelPolynomial, isStrict: Bool) -> Bool {
    if let isDefinite = polynomial.isPositiveForm, isDefinite || !isStrict { return true }
    var total: Rational = 0
    var isMore = false
    for (monomial, value) in polynomial.terms {
      var isAtLeastZero = true
      var isPositive = true
      var magnitude: Rational? = 1
      var isBelow = false
      var least: Rational? = 1
      // Whether the lower bound of the term is a value of it.
      var isAttained = true
      for power in monomial.powers {
        let kernel = kernels[power.kernel]
        let isEven = power.exponent & 1 == 0
        let own = knownKernelSign(power.kernel)
        if !isEven, own != 1, !kernel.isNonnegative { isAtLeastZero = false }
        if own == nil { isPositive = false }
        if !isEven, own == -1 { isPositive = false }
        if let known = kernel.magnitude, power.exponent < 64 {
          magnitude = magnitude.flatMap { bound in
            known.power(power.exponent, bitLimit: 2000).map { bound * $0 }
          }
          if kernel.isNonnegative || own == 1, let upper = kernel.upper, !upper.isIncluded {
            isBelow = true
          }
        } else {
          magnitude = nil
        }
        if let lower = kernel.lower, lower.value.signum > 0, power.exponent < 64 {
          if !lower.isIncluded { isAttained = false }
          least = least.flatMap { bound in
            lower.value.power(power.exponent, bitLimit: 2000).map { bound * $0 }
          }
        } else {
          least = nil
        }
      }
      if value.signum > 0, isAtLeastZero {
        if isPositive, least == nil || !isAttained { isMore = true }
        if let least { total = total + value * least }
      } else {
        guard let magnitude else { return false }
        total = total - value.absoluteValue * magnitude
        if value.signum < 0, isAtLeastZero, isBelow { isMore = true }
      }
    }
    if isStrict { return total.signum > 0 || (total.isZero && isMore) }
    return total.signum >= 0
  }

  private func knownKernelSign(_ kernel: Int) -> Int? {
    kernels[kernel].isPositive ? 1 : knownKernelSigns[kernel]
  }

  /// The sign of a factor as a form: ±1, or a kernel whose square is 1.
  ///
  /// Where the factor is 0 the form is not its sign.
  mutating func signForm(_ factor: Int) -> FactoredForm {
    if let known = knownSign(factor) { return FactoredForm(Rational(known)) }
    if let argument = argumentSign(of: factor) { return argument }
    if let sign = dependentSign(of: factor) { return sign }
    if isExact { return exactSign(ofFactor: factor) }
    if let sign = thinSign(factor) { return FactoredForm(Rational(sign)) }
    var kernel = Kernel(kind: .sign(factor: factor), indices: indices(of: factor))
    kernel.lower = Bound(-1, isIncluded: true)
    kernel.upper = Bound(1, isIncluded: true)
    kernel.relation = (2, KernelPolynomial(1))
    return form(kernel: insert(kernel))
  }

  /// The sign of a factor that never changes it and is 0 on a thin set only.
  private func thinSign(_ factor: Int) -> Int? {
    let polynomial = polynomial(of: factor)
    for kernel in polynomial.kernels {
      switch kernels[kernel].kind {
      case .sign, .condition, .application(.sign, _): return nil
      case .name where kernels[kernel].relation != nil: return nil
      default: break
      }
    }
    if isNonnegative(factor) { return 1 }
    return bound(polynomial.scaled(by: -1), isStrict: false) ? -1 : nil
  }

  /// The sign of a form wherever it is not 0.
  mutating func sign(_ form: FactoredForm) throws(ReductionFailure) -> FactoredForm {
    var result = FactoredForm(Rational(form.coefficient.signum))
    for factor in form.factors where factor.exponent & 1 == 1 {
      result = try multiply(result, signForm(factor.id))
    }
    return result
  }

  /// The magnitude of a form.
  mutating func absolute(_ form: FactoredForm) throws(ReductionFailure) -> FactoredForm {
    var result = FactoredForm(form.coefficient.absoluteValue)
    for factor in form.factors {
      if factor.exponent & 1 == 1, !isNonnegative(factor.id) {
        result = try result.times(signForm(factor.id))
      }
      result = try result.times(FactoredForm(factor: factor.id, factor.exponent))
    }
    return result
  }
}
