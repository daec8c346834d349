import NablaExpressions
import NablaNumbers

/// The kernels and factors met so far, with the relations among them.
struct KernelAlgebra {
  enum Factor: Sendable {
    case kernel(Int)
    case polynomial(KernelPolynomial)
  }

  private(set) var kernels: [Kernel] = []
  private var kernelPlaces: [Kernel.Kind: Int] = [:]
  private(set) var factors: [Factor] = []
  private var kernelFactors: [Int: Int] = [:]
  private var polynomialFactors: [KernelPolynomial: Int] = [:]
  /// The factors that are polynomials, those of low degree first.
  private var divisors: [(id: Int, degree: Int)] = []
  /// Factors whose sign is known on the whole domain in question.
  private(set) var knownSigns: [Int: Int] = [:]
  /// Kernels whose sign is known in the same way.
  private(set) var knownKernelSigns: [Int: Int] = [:]
  /// The factors of `knownSigns` that may be 0 in the domain.
  private(set) var weakSigns: Set<Int> = []
  /// Forms with the same signs as factors.
  var increasingArguments: [Int: FactoredForm] = [:]
  var depthOfArguments = 0
  /// Whether constants were met that may depend on each other.
  private(set) var hasEntangledConstants = false
  /// Constant polynomials without their parts that are 0.
  var constantForms: [KernelPolynomial: KernelPolynomial] = [:]
  /// Whether signs are exact, 0 at 0, rather than meant only elsewhere.
  var isExact = false
  /// How often a sign or a bound became known.
  private(set) var signsTaken = 0
  /// Signs that others determine, as forms; what is below them is not 0 in the domain.
  private var dependentSigns: [Int: FactoredForm] = [:]
  /// What may still be spent.
  var work = 400_000
  /// Whether time has run out; asked now and then as work is spent.
  var isOver: () -> Bool = { false }
  private var spentSinceAsked = 0

  /// Records the sign that a factor has on the whole domain.
  mutating func setSign(_ sign: Int, of factor: Int, isWeak: Bool) {
    if knownSigns[factor] == sign, weakSigns.contains(factor) == isWeak { return }
    signsTaken += 1
    knownSigns[factor] = sign
    if let kernel = kernel(of: factor) { knownKernelSigns[kernel] = sign }
    if isWeak { weakSigns.insert(factor) } else { weakSigns.remove(factor) }
  }

  /// Records that a product of signs is 1, of which the sign of a factor is one.
  mutating func setSign(of factor: Int, product: FactoredForm, without kernel: Int) {
    let own = self.factor(kernel: kernel)
    let rest = FactoredForm(product.coefficient, product.factors.filter { $0.id != own })
    if dependentSigns[factor] == rest { return }
    signsTaken += 1
    dependentSigns[factor] = rest
  }

  /// The sign of a factor by those of others.
  func dependentSign(of factor: Int) -> FactoredForm? {
    guard let form = dependentSigns[factor] else { return nil }
    var coefficient = form.coefficient
    var kept: [FactoredForm.Factor] = []
    for other in form.factors {
      if let kernel = kernel(of: other.id), case .sign(let base) = kernels[kernel].kind,
        let sign = knownSign(base)
      {
        if sign < 0 { coefficient = -coefficient }
      } else {
        kept.append(other)
      }
    }
    return FactoredForm(coefficient, kept)
  }

  /// Records a bound of a kernel on the whole domain.
  mutating func setBound(_ bound: Bound, of kernel: Int, isLower: Bool) {
    if isLower {
      if let known = kernels[kernel].lower, known.value >= bound.value { return }
      signsTaken += 1
      kernels[kernel].lower = bound
    } else {
      if let known = kernels[kernel].upper, known.value <= bound.value { return }
      signsTaken += 1
      kernels[kernel].upper = bound
    }
    let sign = isLower ? 1 : -1
    if bound.value.signum == sign || (bound.value.isZero && !bound.isIncluded) {
      setSign(sign, of: factor(kernel: kernel), isWeak: false)
    }
  }

  /// The sign of a factor that is certainly not 0.
  func strictSign(_ factor: Int) -> Int? {
    if weakSigns.isEmpty { return knownSign(factor) }
    if let known = knownSigns[factor], !weakSigns.contains(factor) { return known }
    var strict = self
    for weak in weakSigns {
      strict.knownSigns[weak] = nil
      if let kernel = kernel(of: weak) { strict.knownKernelSigns[kernel] = nil }
    }
    return strict.knownSign(factor)
  }

  mutating func spend(_ amount: Int) throws(ReductionFailure) {
    work -= amount
    if work < 0 { throw .exhausted }
    try watchTime(amount)
  }

  /// Asks the clock after some effort.
  private mutating func watchTime(_ amount: Int) throws(ReductionFailure) {
    spentSinceAsked += amount
    if spentSinceAsked >= 64 {
      spentSinceAsked = 0
      if isOver() { throw .exhausted }
    }
  }

  // MARK: Tables

  func place(of kind: Kernel.Kind) -> Int? { kernelPlaces[kind] }

  mutating func insert(_ kernel: Kernel) -> Int {
    if let known = kernelPlaces[kernel.kind] {
      // More may be known of what is below the root by now.
      if case .root = kernel.kind {
        kernels[known].relation = kernel.relation
        if kernel.isPositive { kernels[known].isPositive = true }
      }
      return known
    }
    kernels.append(kernel)
    kernelPlaces[kernel.kind] = kernels.count - 1
    noteConstant(kernels.count - 1)
    return kernels.count - 1
  }

  private mutating func noteConstant(_ place: Int) {
    kernels[place].nature = nature(of: kernels[place])
    if kernels[place].nature == .variable { return }
    if isEntangled(kernels[place]) { hasEntangledConstants = true }
    if kernels[place].isPositive { return }
    let sign = constantSign { evaluator, algebra in evaluator.ball(ofKernel: place, algebra) }
    if let sign { setSign(sign, of: factor(kernel: place), isWeak: false) }
  }

  mutating func factor(kernel: Int) -> Int {
    if let known = kernelFactors[kernel] { return known }
    factors.append(.kernel(kernel))
    kernelFactors[kernel] = factors.count - 1
    return factors.count - 1
  }

  mutating func form(kernel: Int) -> FactoredForm { FactoredForm(factor: factor(kernel: kernel)) }

  private mutating func factor(_ polynomial: KernelPolynomial) -> Int {
    if let known = polynomialFactors[polynomial] { return known }
    factors.append(.polynomial(polynomial))
    polynomialFactors[polynomial] = factors.count - 1
    let degree = polynomial.degree
    let place = divisors.firstIndex { $0.degree > degree } ?? divisors.count
    divisors.insert((factors.count - 1, degree), at: place)
    if nature(of: polynomial) != .variable,
      let sign = constantSign({ evaluator, algebra in evaluator.ball(of: polynomial, algebra) })
    {
      knownSigns[factors.count - 1] = sign
    }
    return factors.count - 1
  }

  func polynomial(of factor: Int) -> KernelPolynomial {
    switch factors[factor] {
    case .kernel(let kernel): KernelPolynomial(kernel: kernel)
    case .polynomial(let polynomial): polynomial
    }
  }

  func kernel(of factor: Int) -> Int? {
    if case .kernel(let kernel) = factors[factor] { return kernel }
    return nil
  }

  /// The factor itself, or what stands below the roots of which it is one; 0 at the same places.
  func radicand(of factor: Int) -> Int {
    var factor = factor
    while let kernel = kernel(of: factor), case .root(let base, _) = kernels[kernel].kind {
      factor = base
    }
    return factor
  }

  func indices(of factor: Int) -> Set<SymbolID> {
    switch factors[factor] {
    case .kernel(let kernel): return kernels[kernel].indices
    case .polynomial(let polynomial):
      var found: Set<SymbolID> = []
      for kernel in polynomial.kernels { found.formUnion(kernels[kernel].indices) }
      return found
    }
  }

  func indices(of form: FactoredForm) -> Set<SymbolID> {
    var found: Set<SymbolID> = []
    for factor in form.factors { found.formUnion(indices(of: factor.id)) }
    return found
  }

  // MARK: Products

  mutating func multiply(
    _ left: FactoredForm, _ right: FactoredForm
  ) throws(ReductionFailure) -> FactoredForm {
    try spend(1 + left.factors.count + right.factors.count)
    return try withRelations(left.times(right))
  }

  mutating func power(
    _ form: FactoredForm, _ order: Int
  ) throws(ReductionFailure) -> FactoredForm {
    try withRelations(form.power(order))
  }

  mutating func inverse(_ form: FactoredForm) throws(ReductionFailure) -> FactoredForm {
    try power(form, -1)
  }

  /// Whether a power of a factor may have a simpler form.
  private func mayReduce(_ factor: FactoredForm.Factor) -> Bool {
    guard case .kernel(let kernel) = factors[factor.id] else { return false }
    switch kernels[kernel].kind {
    case .exponential, .logarithm, .primeLogarithm, .cosine, .sine, .unknown: return false
    case .name: return kernels[kernel].relation != nil && factor.exponent != 1
    default: return true
    }
  }

  /// Powers of algebraic kernels brought below their degrees.
  private mutating func withRelations(
    _ form: FactoredForm
  ) throws(ReductionFailure) -> FactoredForm {
    if !form.factors.contains(where: { mayReduce($0) }) { return form }
    var kept: [FactoredForm.Factor] = []
    var more = FactoredForm.one
    var isChanged = false
    for factor in form.factors {
      guard let kernel = kernel(of: factor.id) else {
        kept.append(factor)
        continue
      }
      var exponent = factor.exponent
      switch kernels[kernel].kind {
      case .sign: exponent &= 1
      case .condition: exponent = 1
      case .name where kernels[kernel].relation?.replacement.constant != nil: exponent &= 1
      case .name where kernels[kernel].relation != nil: exponent = min(exponent, 1)
      case .application(.sign, let x) where exponent > 1:
        exponent = 2 - exponent & 1
        if exponent == 2, form.exponent(ofBase: x) > 0 { exponent = 0 }
      case .root(let base, let degree):
        let rest = ((exponent % degree) + degree) % degree
        if rest != exponent {
          more = try more.times(
            absolute(FactoredForm(factor: base)).power((exponent - rest) / degree))
          exponent = rest
        }
      case .primeRoot(let base, let degree):
        let rest = ((exponent % degree) + degree) % degree
        if rest != exponent {
          more = try more.times(FactoredForm(Rational(base)).power((exponent - rest) / degree))
          exponent = rest
        }
      default: break
      }
      if exponent != factor.exponent { isChanged = true }
      kept.append(FactoredForm.Factor(id: factor.id, exponent: exponent))
    }
    if !isChanged { return form }
    let reduced = FactoredForm(form.coefficient, kept)
    if more == .one { return reduced }
    return try multiply(reduced, more)
  }

  // MARK: Sums

  mutating func add(_ forms: [FactoredForm]) throws(ReductionFailure) -> FactoredForm {
    let terms = forms.filter { !$0.isZero }
    if terms.isEmpty { return .zero }
    if terms.count == 1 { return terms[0] }
    let shared = FactoredForm(1, FactoredForm.common(terms))
    if terms.allSatisfy({ $0.factors == shared.factors }) {
      var sum: Rational = 0
      for term in terms { sum = sum + term.coefficient }
      return shared.scaled(by: sum)
    }
    let divisor = try shared.power(-1)
    var total = KernelPolynomial()
    for term in terms {
      try total.add(expanded(term.times(divisor)))
      if total.count > KernelPolynomial.longest { throw .tooLarge }
    }
    return try multiply(factored(total), shared)
  }

  /// A form without denominators as a polynomial, with the relations used.
  mutating func expanded(_ form: FactoredForm) throws(ReductionFailure) -> KernelPolynomial {
    var monomial = KernelMonomial.one
    var result = KernelPolynomial(form.coefficient)
    for factor in form.factors {
      guard factor.exponent > 0 else { throw .tooLarge }
      switch factors[factor.id] {
      case .kernel(let kernel):
        monomial = monomial.times(KernelMonomial(kernel, factor.exponent))
      case .polynomial(let polynomial):
        if factor.exponent > 600 { throw .tooLarge }
        for _ in 0..<factor.exponent { result = try multiply(result, polynomial) }
      }
    }
    if monomial.isOne { return result }
    return try multiply(result, KernelPolynomial(monomial, 1))
  }

  mutating func multiply(
    _ left: KernelPolynomial, _ right: KernelPolynomial
  ) throws(ReductionFailure) -> KernelPolynomial {
    try spend(1 + left.count * right.count / 4)
    let product = try left.times(right, until: isOver)
    return try reduced(isExact ? withoutIdleSigns(product) : product)
  }

  /// The normal form by the relations of algebraic kernels.
  mutating func reduced(
    _ polynomial: KernelPolynomial
  ) throws(ReductionFailure) -> KernelPolynomial {
    var result = polynomial
    while let (monomial, kernel, degree, replacement) = reducible(result) {
      try watchTime(1 + result.count / 8)
      let exponent = monomial.exponent(of: kernel)
      let value = result.coefficient(of: monomial)
      result.add(-value, monomial)
      var rest = monomial
      rest.remove(kernel)
      rest = rest.times(KernelMonomial(kernel, exponent % degree))
      if exponent / degree > 600 { throw .tooLarge }
      var product = KernelPolynomial(rest, value)
      for _ in 0..<(exponent / degree) {
        try spend(1 + product.count * replacement.count)
        product = try product.times(replacement, until: isOver)
      }
      result.add(product)
      if result.count > KernelPolynomial.longest { throw .tooLarge }
    }
    return result
  }

  private func reducible(
    _ polynomial: KernelPolynomial
  ) -> (KernelMonomial, kernel: Int, degree: Int, KernelPolynomial)? {
    // The last one, so that the work is the same on every run.
    var best: (monomial: KernelMonomial, kernel: Int)?
    for monomial in polynomial.terms.keys {
      if let best, monomial < best.monomial { continue }
      for power in monomial.powers {
        if let relation = kernels[power.kernel].relation, power.exponent >= relation.degree {
          best = (monomial, power.kernel)
          break
        }
      }
    }
    guard let best, let relation = kernels[best.kernel].relation else { return nil }
    return (best.monomial, best.kernel, relation.degree, relation.replacement)
  }

  /// A polynomial as content, kernels and primitive factors; known factors are divided out.
  mutating func factored(
    _ polynomial: KernelPolynomial
  ) throws(ReductionFailure) -> FactoredForm {
    let polynomial = try withoutVanishingParts(polynomial)
    if polynomial.isZero { return .zero }
    if let value = polynomial.constant { return FactoredForm(value) }
    var result: [Int: Int] = [:]
    var (content, rest) = polynomial.primitive()
    if let common = commonMonomial(rest), !common.isOne {
      for power in common.powers { result[factor(kernel: power.kernel)] = power.exponent }
      rest = rest.dividing(by: common)
    }
    if rest.count > 1 {
      for (id, _) in divisors {
        guard case .polynomial(let known) = factors[id], known.count <= 200 else { continue }
        try watchTime(1 + rest.count / 8)
        while rest.count > 1, let quotient = quotient(rest, known) {
          try spend(rest.count)
          result[id, default: 0] += 1
          rest = quotient
        }
        if rest.constant != nil { break }
      }
    }
    if let value = rest.constant {
      content = content * value
    } else if rest.count == 1, let only = rest.leading {
      content = content * only.value
      for power in only.monomial.powers {
        result[factor(kernel: power.kernel), default: 0] += power.exponent
      }
    } else {
      let (scale, part) = rest.primitive()
      content = content * scale
      if polynomialFactors[part] == nil, let known = try part.perfectRoot(until: isOver) {
        for factor in try factored(known.root).factors {
          result[factor.id, default: 0] += known.order * factor.exponent
        }
      } else {
        result[factor(part), default: 0] += 1
      }
    }
    let form = FactoredForm(
      content, result.map { FactoredForm.Factor(id: $0.key, exponent: $0.value) })
    return try withRelations(form)
  }

  private func quotient(
    _ polynomial: KernelPolynomial, _ divisor: KernelPolynomial
  ) -> KernelPolynomial? {
    polynomial == divisor ? KernelPolynomial(1) : polynomial.dividing(by: divisor)
  }

  private func commonMonomial(_ polynomial: KernelPolynomial) -> KernelMonomial? {
    var common: KernelMonomial?
    for monomial in polynomial.terms.keys {
      guard let known = common else {
        common = monomial
        continue
      }
      var least = KernelMonomial.one
      for power in known.powers {
        let exponent = min(power.exponent, monomial.exponent(of: power.kernel))
        least = least.times(KernelMonomial(power.kernel, exponent))
      }
      if least.isOne { return least }
      common = least
    }
    return common
  }
}

extension KernelPolynomial {
  /// Every term divided by a monomial that divides them all.
  func dividing(by monomial: KernelMonomial) -> KernelPolynomial {
    var result = KernelPolynomial()
    for (own, value) in terms {
      if let rest = own.dividing(by: monomial) { result.add(value, rest) }
    }
    return result
  }
}
