import NablaExpressions
import NablaNumbers

extension KernelAlgebra {
  /// Records that a form is positive, or not negative, on the whole domain.
  ///
  /// A product that may be 0 says nothing of a factor where another one is 0, unless the sign of
  /// each changes there and nothing else cuts the domain.
  mutating func takeSign(of form: FactoredForm, isStrict: Bool, isAlone: Bool = false) {
    if form.isZero || form.constant != nil { return }
    var sign = form.coefficient.signum
    var open: [FactoredForm.Factor] = []
    for factor in form.factors where factor.exponent & 1 == 1 {
      if let known = knownSign(factor.id) { sign *= known } else { open.append(factor) }
    }
    // A denominator is nowhere 0; other factors may not be 0 where one is looked at.
    let loose = open.filter { $0.exponent > 0 }
    let areOthersStrict = form.factors.allSatisfy { factor in
      factor.exponent < 0 || loose.contains { $0.id == factor.id } || strictSign(factor.id) != nil
    }
    let isStrict = isStrict || (loose.isEmpty && areOthersStrict)
    if open.count == 1, let only = open.first {
      if !isStrict, !areOthersStrict { return }
      setSign(sign, of: only.id, isWeak: !isStrict)
      takeBound(sign, of: only.id, isStrict: isStrict)
      if let argument = increasingArgument(of: only.id) {
        takeSign(of: argument.scaled(by: Rational(sign)), isStrict: isStrict)
      }
      return
    }
    if open.count < 2 || isExact { return }
    var target: Int?
    if !isStrict {
      // The sign of one factor follows from those that change wherever they are 0.
      let others = open.filter { !isPlainLinear($0.id) || !isOpen($0.id) }
      if loose.count == 1, areOthersStrict {
        target = loose[0].id
      } else if isAlone, open.count == form.factors.count, others.count <= 1,
        open.allSatisfy({ $0.exponent == 1 })
      {
        target = others.first?.id
      } else {
        return
      }
    }
    guard let product = try? self.sign(form) else { return }
    for factor in product.factors.reversed() {
      guard factor.exponent == 1, let kernel = kernel(of: factor.id),
        case .sign(let base) = kernels[kernel].kind
      else { continue }
      if let target, base != target { continue }
      if product.factors.count == 1 {
        if isStrict { setSign(product.coefficient.signum, of: base, isWeak: false) }
      } else {
        setSign(of: base, product: product, without: kernel)
      }
      return
    }
  }

  /// Records that a form is nowhere 0 in the domain.
  mutating func takeNonzero(_ form: FactoredForm) {
    for factor in form.factors where weakSigns.contains(factor.id) {
      if let sign = knownSigns[factor.id] { setSign(sign, of: factor.id, isWeak: false) }
    }
  }

  /// Whether a factor is made of names whose domains are open.
  private func isOpen(_ factor: Int) -> Bool {
    polynomial(of: factor).kernels.allSatisfy {
      kernels[$0].lower?.isIncluded != true && kernels[$0].upper?.isIncluded != true
        && (kernels[$0].isPositive || !kernels[$0].isNonnegative)
    }
  }

  /// The factors at whose zeros a form may change its sign, each in its simplest form.
  mutating func simplestZeros(of form: FactoredForm) -> Set<Int> {
    var found: Set<Int> = []
    for factor in form.factors where factor.exponent > 0 && strictSign(factor.id) == nil {
      if let argument = increasingArgument(of: factor.id) {
        found.formUnion(simplestZeros(of: argument))
      } else {
        found.insert(factor.id)
      }
    }
    return found
  }

  /// Whether a root stands in a form, but for those inside other kernels.
  func hasRoots(_ form: FactoredForm) -> Bool {
    form.factors.contains { factor in
      polynomial(of: factor.id).kernels.contains {
        if case .root = kernels[$0].kind { return true }
        return false
      }
    }
  }
}
