import NablaNumbers

extension KernelAlgebra {
  /// The polynomial without those parts that are 0 because their constant coefficients are.
  mutating func withoutVanishingParts(
    _ polynomial: KernelPolynomial
  ) throws(ReductionFailure) -> KernelPolynomial {
    if !hasEntangledConstants || polynomial.count > 400 { return polynomial }
    var parts: [KernelMonomial: KernelPolynomial] = [:]
    var hasEntangled = false
    for (monomial, value) in polynomial.terms {
      var variable = KernelMonomial.one
      var constant = KernelMonomial.one
      for power in monomial.powers {
        let kernel = kernels[power.kernel]
        if isEntangled(kernel) { hasEntangled = true }
        let own = KernelMonomial(power.kernel, power.exponent)
        if kernel.nature == .variable {
          variable = variable.times(own)
        } else {
          constant = constant.times(own)
        }
      }
      parts[variable, default: KernelPolynomial()].add(value, constant)
    }
    if !hasEntangled { return polynomial }
    var result = KernelPolynomial()
    for variable in parts.keys.sorted() {
      guard let part = parts[variable] else { continue }
      let rest = try nonvanishing(part)
      for (monomial, value) in rest.terms { result.add(value, monomial.times(variable)) }
    }
    return result
  }

  /// A constant polynomial without the parts that are shown to be 0.
  private mutating func nonvanishing(
    _ constant: KernelPolynomial
  ) throws(ReductionFailure) -> KernelPolynomial {
    if !constant.kernels.contains(where: { isEntangled(kernels[$0]) }) { return constant }
    if let known = constantForms[constant] { return known }
    try spend(20)
    // By monomials in numbers that are not algebraic, as far as is known.
    var parts: [KernelMonomial: KernelPolynomial] = [:]
    for (monomial, value) in constant.terms {
      var outer = KernelMonomial.one
      var inner = KernelMonomial.one
      for power in monomial.powers {
        let own = KernelMonomial(power.kernel, power.exponent)
        if kernels[power.kernel].nature == .algebraic {
          inner = inner.times(own)
        } else {
          outer = outer.times(own)
        }
      }
      parts[outer, default: KernelPolynomial()].add(value, inner)
    }
    var result = KernelPolynomial()
    for outer in parts.keys.sorted() {
      guard let part = parts[outer], try !isZero(algebraic: part) else { continue }
      for (monomial, value) in part.terms { result.add(value, monomial.times(outer)) }
    }
    result = try withoutVanishingForms(result)
    constantForms[constant] = result
    return result
  }

  /// Whether an algebraic number is certainly 0, by the separation bound.
  mutating func isZero(algebraic polynomial: KernelPolynomial) throws(ReductionFailure) -> Bool {
    if polynomial.isZero { return true }
    if !polynomial.kernels.contains(where: { isEntangled(kernels[$0]) }) { return false }
    var field = AlgebraicField()
    guard let size = try? size(of: polynomial, &field) else { return false }
    return try isZero(size, field) { evaluator, algebra in evaluator.ball(of: polynomial, algebra) }
  }

  /// Whether an algebraic number of a given size is certainly 0; false if its ball excludes 0 or the
  /// bound is out of reach.
  mutating func isZero(
    _ size: AlgebraicSize, _ field: AlgebraicField,
    _ value: (inout ConstantEvaluator, KernelAlgebra) -> Ball
  ) throws(ReductionFailure) -> Bool {
    guard !size.isTooLarge, let degree = field.degree else { return false }
    let (product, overflow) = size.upper.multipliedReportingOverflow(by: degree - 1)
    if overflow || product > Self.longestSeparation { return false }
    let separation = product + size.lower
    if separation > Self.longestSeparation { return false }
    var precision = 64
    while true {
      try spend(1 + precision / 32)
      var evaluator = ConstantEvaluator(precision: precision)
      let ball = value(&evaluator, self)
      if !ball.isDefined || ball.excludesZero { return false }
      let least = evaluator.balls.ball(1, timesTwoTo: -Int64(separation))
      if evaluator.balls.isLess(evaluator.balls.abs(ball), least) == true { return true }
      if precision > Self.longestSeparation + 512 { return false }
      // What remains of 128 bits tells the two cases apart; then straight to the bound.
      precision = precision < 256 ? precision * 4 : max(precision * 2, separation + 64)
    }
  }

  private static var longestSeparation: Int { 12_000 }

  /// The sign of a constant other than 0, as far as a few balls show it.
  func constantSign(_ value: (inout ConstantEvaluator, KernelAlgebra) -> Ball) -> Int? {
    for precision in [64, 256] {
      var evaluator = ConstantEvaluator(precision: precision)
      let ball = value(&evaluator, self)
      if ball.isPositive { return 1 }
      if ball.isNegative { return -1 }
      if ball.state == .undefined { return nil }
    }
    return nil
  }
}
