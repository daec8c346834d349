import NablaNumbers

/// How much is known of the value of a kernel or a polynomial in kernels.
enum ConstantNature: Int, Comparable, Sendable {
  /// An algebraic number that is the same at every point.
  case algebraic
  /// A number that is the same at every point.
  case constant
  /// It may change from point to point.
  case variable

  static func < (left: ConstantNature, right: ConstantNature) -> Bool {
    left.rawValue < right.rawValue
  }
}

extension KernelAlgebra {
  func nature(of polynomial: KernelPolynomial) -> ConstantNature {
    var worst = ConstantNature.algebraic
    for monomial in polynomial.terms.keys {
      for power in monomial.powers {
        worst = max(worst, kernels[power.kernel].nature)
        if worst == .variable { return worst }
      }
    }
    return worst
  }

  func nature(ofFactor id: Int) -> ConstantNature {
    switch factors[id] {
    case .kernel(let kernel): kernels[kernel].nature
    case .polynomial(let polynomial): nature(of: polynomial)
    }
  }

  func nature(of form: FactoredForm) -> ConstantNature {
    nature(ofKey: form.factors)
  }

  private func nature(ofKey key: [FactoredForm.Factor]) -> ConstantNature {
    var worst = ConstantNature.algebraic
    for factor in key { worst = max(worst, nature(ofFactor: factor.id)) }
    return worst
  }

  /// The nature of a kernel whose parts are known already.
  func nature(of kernel: Kernel) -> ConstantNature {
    switch kernel.kind {
    case .name: return kernel.isPi ? .constant : .variable
    case .primeLogarithm: return .constant
    case .primeRoot: return .algebraic
    case .exponential(let key, _): return max(.constant, nature(ofKey: key))
    case .logarithm(let factor): return max(.constant, nature(ofFactor: factor))
    case .root(let factor, _): return nature(ofFactor: factor)
    case .sign(let factor):
      return nature(ofFactor: factor) == .variable ? .variable : .algebraic
    case .cosine(let key, _), .sine(let key, _):
      return isPi(key) ? .algebraic : max(.constant, nature(ofKey: key))
    case .application(_, let x): return max(.constant, nature(of: x))
    case .unknown, .condition: return .variable
    }
  }

  func isPi(_ key: [FactoredForm.Factor]) -> Bool {
    guard key.count == 1, key[0].exponent == 1, let kernel = kernel(of: key[0].id) else {
      return false
    }
    return kernels[kernel].isPi
  }

  /// Whether the constant may be algebraically dependent on other ones that are kernels too; roots
  /// and logarithms of different primes are not.
  func isEntangled(_ kernel: Kernel) -> Bool {
    if kernel.nature == .variable { return false }
    switch kernel.kind {
    case .name, .exponential: return false
    case .primeLogarithm(let base), .primeRoot(let base, _): return base.bitWidth > 23
    default: return true
    }
  }
}
