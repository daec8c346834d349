import NablaExpressions
import NablaNumbers

/// A product in matrix notation in parts: c · s₁s₂⋯ / (t₁t₂⋯) · M₁M₂⋯.
struct LiftedTerm {
  /// The scalar factor in which no matrix notation occurs; canonical.
  var scalar: Handle
  /// Other scalar factors.
  var above: [MatrixForm] = []
  /// Scalar divisors in matrix notation.
  var below: [MatrixForm] = []
  /// The factors of a matrix product, which may be a scalar as xᵀAy is; none for other scalars.
  var chain: [MatrixForm] = []

  var shape: Shape { MatrixForm.shape(ofChain: chain) }
  var isElementary: Bool { above.isEmpty && below.isEmpty && chain.isEmpty }

  /// Whether two terms are the same but for their scalar factor.
  func isLike(_ other: LiftedTerm) -> Bool {
    func areSame(_ left: [MatrixForm], _ right: [MatrixForm]) -> Bool {
      var rest = right
      for form in left {
        guard let place = rest.firstIndex(of: form) else { return false }
        rest.remove(at: place)
      }
      return rest.isEmpty
    }
    return chain == other.chain && areSame(above, other.above) && areSame(below, other.below)
  }

  /// The term with a chain that is a scalar among its other scalar factors.
  var boxed: LiftedTerm {
    if chain.isEmpty || !shape.isScalar { return self }
    var term = self
    term.above.append(MatrixForm.chain(chain))
    term.chain = []
    return term
  }
}

extension ExpressionPool {
  /// The product of two terms at least one of which is a scalar.
  mutating func multiply(_ left: LiftedTerm, _ right: LiftedTerm) -> LiftedTerm {
    if !left.chain.isEmpty, !right.chain.isEmpty { return multiply(left.boxed, right.boxed) }
    return LiftedTerm(
      scalar: canonicalProduct([left.scalar, right.scalar]), above: left.above + right.above,
      below: left.below + right.below, chain: left.chain + right.chain)
  }

  /// The reciprocal of a scalar term.
  mutating func reciprocal(_ term: LiftedTerm) -> LiftedTerm {
    let term = term.boxed
    return LiftedTerm(
      scalar: canonicalPower(term.scalar, minusOne), above: term.below, below: term.above)
  }

  /// A term with 1ᵀu/N as the mean of u.
  mutating func withMean(_ term: LiftedTerm) -> LiftedTerm {
    guard term.shape.isScalar, term.chain.count > 1, case .transpose(let ones) = term.chain[0].kind,
      case .ones = ones.kind, let range = ones.shape.rows
    else { return term }
    let size = size(of: range)
    if isNumber(size) || !factorHandles(term.scalar).contains(canonicalPower(size, minusOne)) {
      return term
    }
    var result = term
    result.scalar = canonicalProduct([term.scalar, size])
    result.above.append(
      MatrixForm(.mean(MatrixForm.chain(Array(term.chain.dropFirst()))), .scalar))
    result.chain = []
    return result
  }

  /// The form of a term, with a minus sign in front where no difference can take it up.
  mutating func form(of term: LiftedTerm) -> MatrixForm {
    let parts = signed(term)
    return parts.isNegative ? negated(parts.form) : parts.form
  }

  func negated(_ form: MatrixForm) -> MatrixForm {
    MatrixForm(.negation(form), form.shape)
  }

  /// The form of a term without its sign, and whether the sign is a minus.
  ///
  /// Differences among its factors are turned round so that they take up the sign and read well.
  mutating func signed(_ term: LiftedTerm) -> (form: MatrixForm, isNegative: Bool) {
    let term = withMean(term)
    if term.isElementary {
      let isNegative = splitCoefficient(term.scalar).coefficient.signum < 0
      let value = isNegative ? canonicalNegation(term.scalar) : term.scalar
      return (.scalar(arranged(value)), isNegative)
    }
    var coefficient = splitCoefficient(term.scalar)
    let isOdd = coefficient.coefficient.signum < 0
    coefficient.coefficient = coefficient.coefficient.absoluteValue
    let keyed = term.above.enumerated().map { (firstSymbol(of: $0.element), $0.offset, $0.element) }
    let scales = keyed.sorted { ($0.0, $0.1) < ($1.0, $1.1) }.map { $0.2 }
    let parts = fraction(coefficient.coefficient, coefficient.factor)
    let signs = bestSigns(of: scales + term.chain, parts.0, isOdd: isOdd)
    let forms = turned(scales + term.chain, signs.turning)
    var above = Array(forms.prefix(scales.count))
    let chain = Array(forms.dropFirst(scales.count))
    if parts.0 != one { above.insert(.scalar(signs.scalar), at: 0) }
    var below = term.below
    if parts.1 != one { below.insert(.scalar(arranged(parts.1)), at: 0) }
    return (quotient(above, below, gathered(chain)), signs.isNegative)
  }

  /// Which differences of a product to turn round, its scalar factor as it is written then, and
  /// whether a minus is left.
  private mutating func bestSigns(
    of factors: [MatrixForm], _ scalar: Handle, isOdd: Bool
  ) -> (turning: Turning, scalar: Handle, isNegative: Bool) {
    var best: (turning: Turning, scalar: Handle, isNegative: Bool, score: Int)?
    for turnsOdd in [false, true] {
      guard let turning = bestTurning(of: factors, isOdd: turnsOdd) else { continue }
      for scalarIsOdd in [false, true] {
        guard let written = arranged(scalar, isNegated: scalarIsOdd) else { continue }
        let isNegative = (turnsOdd != scalarIsOdd) != isOdd
        let score = turning.gain + written.score - (isNegative ? 100 : 0)
        if let best, best.score >= score { continue }
        best = (turning, written.form, isNegative, score)
      }
    }
    guard let best else { return (Turning(), arranged(scalar), isOdd) }
    return (best.turning, best.scalar, best.isNegative)
  }

  /// Three or more transposed matrices as the transpose of their product.
  private func gathered(_ chain: [MatrixForm]) -> [MatrixForm] {
    var upright: [MatrixForm] = []
    for factor in chain {
      guard case .transpose(let inner) = factor.kind, inner.shape.isMatrix else { return chain }
      upright.append(inner)
    }
    if upright.count < 3 { return chain }
    let product = MatrixForm.chain(upright.reversed())
    return [MatrixForm(.transpose(product), product.shape.transposed)]
  }

  private func quotient(
    _ above: [MatrixForm], _ below: [MatrixForm], _ chain: [MatrixForm]
  ) -> MatrixForm {
    if below.isEmpty { return MatrixForm.chain(above + chain) }
    let divisor = below.count == 1 ? below[0] : MatrixForm(.product(below), .scalar)
    if above.isEmpty, !chain.isEmpty {
      let form = MatrixForm.chain(chain)
      return MatrixForm(.quotient(form, divisor), form.shape)
    }
    let numerator: MatrixForm
    switch above.count {
    case 0: numerator = .scalar(one)
    case 1: numerator = above[0]
    default: numerator = MatrixForm(.product(above), .scalar)
    }
    let scale = MatrixForm(.quotient(numerator, divisor), .scalar)
    return chain.isEmpty ? scale : MatrixForm.chain([scale] + chain)
  }

  /// A scalar as numerator and denominator.
  private mutating func fraction(
    _ coefficient: Rational, _ factor: Handle
  ) -> (Handle, Handle) {
    var above = [number(Rational(coefficient.numerator))]
    var below = [number(Rational(coefficient.denominator))]
    for part in factorHandles(factor) {
      let split = splitPower(part)
      if let order = rational(split.exponent), order.signum < 0 {
        below.append(canonicalPower(split.base, number(-order)))
      } else {
        above.append(part)
      }
    }
    return (canonicalProduct(above), canonicalProduct(below))
  }
}
