import NablaExpressions
import NablaNumbers

extension KernelAlgebra {
  private static let deepestArgument = 6

  /// A form that has the same sign as a factor wherever that is defined, 0 included, and is simpler:
  /// f(a) − f(b) with an increasing f has the sign of a − b; nil for other factors.
  mutating func increasingArgument(of factor: Int) -> FactoredForm? {
    if let known = increasingArguments[factor] { return known }
    if depthOfArguments >= Self.deepestArgument { return nil }
    depthOfArguments += 1
    defer { depthOfArguments -= 1 }
    guard let found = try? argument(of: factor), found != FactoredForm(factor: factor) else {
      return nil
    }
    increasingArguments[factor] = found
    return found
  }

  private mutating func argument(of factor: Int) throws(ReductionFailure) -> FactoredForm? {
    switch factors[factor] {
    case .kernel(let kernel):
      switch kernels[kernel].kind {
      case .application(let function, let x):
        guard [.atan, .asin, .erf].contains(function), x.coefficient.signum > 0 else {
          return nil
        }
        return x
      case .logarithm(let base):
        let value = try absolute(FactoredForm(factor: base))
        return try add([value, FactoredForm(-1)])
      default: return nil
      }
    case .polynomial(let polynomial):
      if let form = try productAndOne(polynomial) { return form }
      return try differenceOfPowers(polynomial)
    }
  }

  /// Σ nᵢ log|uᵢ| has the sign of Π|uᵢ|^nᵢ − 1.
  private mutating func productAndOne(
    _ polynomial: KernelPolynomial
  ) throws(ReductionFailure) -> FactoredForm? {
    if polynomial.count > 4 { return nil }
    var product = FactoredForm.one
    for (monomial, value) in polynomial.ordered {
      guard monomial.powers.count == 1, monomial.powers[0].exponent == 1,
        let order = value.asInt, order.magnitude <= 8
      else { return nil }
      let base: FactoredForm
      switch kernels[monomial.powers[0].kernel].kind {
      case .logarithm(let factor): base = try absolute(FactoredForm(factor: factor))
      case .primeLogarithm(let prime): base = FactoredForm(Rational(prime))
      default: return nil
      }
      product = try multiply(product, power(base, order))
    }
    return try add([product, FactoredForm(-1)])
  }

  /// a·A − b·B with A and B that are not negative by their logarithms or powers, or with values of
  /// one odd function by its arguments.
  private mutating func differenceOfPowers(
    _ polynomial: KernelPolynomial
  ) throws(ReductionFailure) -> FactoredForm? {
    guard polynomial.count == 2 else { return nil }
    var terms = polynomial.ordered
    if let form = try differenceOfArguments(terms) { return form }
    if let form = try differenceOfOddPowers(terms) { return form }
    if terms[0].value.isNegative { terms.swapAt(0, 1) }
    guard terms[0].value.signum > 0, terms[1].value.isNegative else { return nil }
    var degree = 1
    var isExponential = false
    var hasRoot = terms[0].value != -terms[1].value
    for (monomial, _) in terms {
      for power in monomial.powers {
        let kernel = kernels[power.kernel]
        guard kernel.isPositive || kernel.isNonnegative || knownKernelSigns[power.kernel] == 1
        else { return nil }
        switch kernel.kind {
        case .exponential: isExponential = true
        case .root(_, let own), .primeRoot(_, let own):
          hasRoot = true
          degree = own > degree ? own : degree
        default: if !kernel.isPositive, !isStrictlyPositive(power.kernel) { hasRoot = true }
        }
      }
    }
    if isExponential, !hasRoot {
      var logarithms: [FactoredForm] = []
      for (monomial, value) in terms {
        for power in monomial.powers {
          let order = Rational(power.exponent * value.signum)
          if case .exponential(let key, let unit) = kernels[power.kernel].kind {
            logarithms.append(FactoredForm(order * unit, key))
          } else {
            let base = factor(kernel: power.kernel)
            let own = Kernel(kind: .logarithm(factor: base), indices: indices(of: base))
            logarithms.append(self.form(kernel: insert(own)).scaled(by: order))
          }
        }
      }
      return try add(logarithms)
    }
    if degree == 1 || degree > 12 { return nil }
    var raised: [FactoredForm] = []
    for (monomial, value) in terms {
      var form = try power(FactoredForm(value.absoluteValue), degree)
      for own in monomial.powers {
        form = try multiply(
          form, power(self.form(kernel: own.kernel), own.exponent * degree))
      }
      raised.append(form.scaled(by: Rational(value.signum)))
    }
    return try add(raised)
  }

  private mutating func isStrictlyPositive(_ kernel: Int) -> Bool {
    strictSign(factor(kernel: kernel)) == 1
  }

  private func isOdd(_ function: Function) -> Bool {
    function == .atan || function == .asin || function == .erf
  }

  /// c·f(a) ± c·f(b) with an odd increasing f.
  private mutating func differenceOfArguments(
    _ terms: [(monomial: KernelMonomial, value: Rational)]
  ) throws(ReductionFailure) -> FactoredForm? {
    guard terms[0].value.absoluteValue == terms[1].value.absoluteValue else { return nil }
    var arguments: [FactoredForm] = []
    var known: Function?
    for (monomial, value) in terms {
      guard monomial.powers.count == 1, monomial.powers[0].exponent == 1,
        case .application(let function, let x) = kernels[monomial.powers[0].kernel].kind,
        isOdd(function), known == nil || known == function
      else { return nil }
      known = function
      arguments.append(x.scaled(by: Rational(value.signum)))
    }
    return try add(arguments)
  }

  /// Aⁿ ± Bⁿ with an odd n.
  private mutating func differenceOfOddPowers(
    _ terms: [(monomial: KernelMonomial, value: Rational)]
  ) throws(ReductionFailure) -> FactoredForm? {
    var order = 0
    for (monomial, _) in terms {
      for power in monomial.powers {
        var (a, b) = (order, power.exponent)
        while b != 0 { (a, b) = (b, a % b) }
        order = a
      }
    }
    while order > 0, order & 1 == 0 { order /= 2 }
    guard order > 1, order <= 15 else { return nil }
    var roots: [FactoredForm] = []
    for (monomial, value) in terms {
      guard let size = value.absoluteValue.exactRoot(order) else { return nil }
      var form = FactoredForm(size * Rational(value.signum))
      for power in monomial.powers {
        form = try multiply(
          form, self.power(self.form(kernel: power.kernel), power.exponent / order))
      }
      roots.append(form)
    }
    return try add(roots)
  }
}
