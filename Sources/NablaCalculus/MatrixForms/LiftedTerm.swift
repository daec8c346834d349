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

  /// The form of a term, with a minus sign in front where no difference can take it up.
  mutating func form(of term: LiftedTerm) -> MatrixForm {
    let parts = signed(term)
    return parts.isNegative ? negated(parts.form) : parts.form
  }

  private func negated(_ form: MatrixForm) -> MatrixForm {
    MatrixForm(.negation(form), form.shape)
  }

  /// The form of a term without its sign, and whether the sign is a minus.
  mutating func signed(_ term: LiftedTerm) -> (form: MatrixForm, isNegative: Bool) {
    var chain = term.chain
    var coefficient = splitCoefficient(term.scalar)
    if coefficient.coefficient.signum < 0, turnDifference(in: &chain) {
      coefficient.coefficient = -coefficient.coefficient
    }
    if term.isElementary {
      let isNegative = coefficient.coefficient.signum < 0
      let value = isNegative ? canonicalNegation(term.scalar) : term.scalar
      return (.scalar(arranged(value)), isNegative)
    }
    let isNegative = coefficient.coefficient.signum < 0
    let (numerator, denominator) = fraction(
      coefficient.coefficient.absoluteValue, coefficient.factor)
    var above = term.above
    if numerator != one { above.insert(.scalar(arranged(numerator)), at: 0) }
    var below = term.below
    if denominator != one { below.insert(.scalar(arranged(denominator)), at: 0) }
    return (quotient(above, below, chain), isNegative)
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

  /// Turns one difference round, which takes up a minus sign: −A(b − c) = A(c − b).
  private func turnDifference(in chain: inout [MatrixForm]) -> Bool {
    for place in chain.indices {
      if let turned = turned(chain[place]) {
        chain[place] = turned
        return true
      }
    }
    return false
  }

  /// c − b for b − c; also for its transpose, and inside products of corresponding entries.
  func turned(_ form: MatrixForm) -> MatrixForm? {
    switch form.kind {
    case .sum(let terms):
      var positive: [MatrixForm] = []
      var negative: [MatrixForm] = []
      for term in terms {
        if case .negation(let inner) = term.kind {
          positive.append(inner)
        } else {
          negative.append(negated(term))
        }
      }
      if positive.isEmpty || negative.isEmpty { return nil }
      return MatrixForm(.sum(positive + negative), form.shape)
    case .transpose(let inner):
      return turned(inner).map { MatrixForm(.transpose($0), form.shape) }
    case .diagonal(let inner):
      return turned(inner).map { MatrixForm(.diagonal($0), form.shape) }
    case .hadamard(var factors):
      for place in factors.indices {
        guard let turned = turned(factors[place]) else { continue }
        factors[place] = turned
        return MatrixForm(.hadamard(factors), form.shape)
      }
      return nil
    case .elementwiseQuotient(let above, let below):
      if let turned = turned(above) {
        return MatrixForm(.elementwiseQuotient(turned, below), form.shape)
      }
      return turned(below).map { MatrixForm(.elementwiseQuotient(above, $0), form.shape) }
    default: return nil
    }
  }
}
