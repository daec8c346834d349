import NablaExpressions
import NablaNumbers

extension KernelAlgebra {
  /// A polynomial in one kernel that is 0 wherever a factor is: its norm over the square roots,
  /// signs and constants in it; nil if there is none.
  mutating func criticalPolynomial(
    ofFactor id: Int, in variable: Int
  ) throws(ReductionFailure) -> RationalPolynomial? {
    var open = polynomial(of: id)
    for _ in 0..<12 {
      guard let kernel = open.kernels.filter({ $0 != variable }).max() else {
        return dense(open, variable)
      }
      guard let relation = kernels[kernel].relation, relation.degree == 2 else { return nil }
      let parts = open.coefficients(of: kernel)
      guard parts.keys.allSatisfy({ $0 <= 1 }) else { return nil }
      // (a + b·r)(a − b·r)
      let a = parts[0] ?? KernelPolynomial()
      let b = parts[1] ?? KernelPolynomial()
      var norm = try multiply(a, a)
      norm.add(try multiply(multiply(b, b), relation.replacement), times: -1)
      open = norm
      if open.isZero { return nil }
    }
    return nil
  }

  private func dense(_ polynomial: KernelPolynomial, _ variable: Int) -> RationalPolynomial? {
    if polynomial.degree > 40 || polynomial.isZero { return nil }
    var parts = [Rational](repeating: 0, count: polynomial.degree + 1)
    for (monomial, value) in polynomial.terms {
      parts[monomial.exponent(of: variable)] = value
    }
    return RationalPolynomial(parts)
  }

  /// The factors whose signs occur as kernels.
  var factorsOfSigns: [Int] {
    var found: [Int] = []
    for kernel in kernels {
      if case .sign(let factor) = kernel.kind { found.append(factor) }
    }
    return found
  }
}

extension Reducer {
  /// Makes a polynomial in a name a factor by which others are divided.
  mutating func noteFactor(
    _ polynomial: RationalPolynomial, of name: Handle, _ pool: inout ExpressionPool
  ) throws(ReductionFailure) {
    let base = self.name(name, &pool)
    guard polynomial.degree > 0, base.factors.count == 1,
      let kernel = algebra.kernel(of: base.factors[0].id), let simple = polynomial.withSimpleRoots
    else { return }
    var terms = KernelPolynomial()
    for (power, value) in simple.coefficients.enumerated() {
      terms.add(value, KernelMonomial(kernel, power))
    }
    _ = try algebra.factored(terms)
  }
}
