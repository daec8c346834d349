import NablaNumbers

/// A rational function of kernels: a coefficient times powers of interned factors, each a kernel or
/// a primitive polynomial.
struct FactoredForm: Hashable, Sendable {
  struct Factor: Hashable, Sendable {
    let id: Int
    var exponent: Int
  }

  var coefficient: Rational
  /// Ordered by factor, no exponent 0; none at all if the coefficient is 0.
  private(set) var factors: [Factor] = []

  static let zero = FactoredForm(0)
  static let one = FactoredForm(1)

  init(_ value: Rational) { coefficient = value }

  init(factor id: Int, _ exponent: Int = 1) {
    coefficient = 1
    if exponent != 0 { factors = [Factor(id: id, exponent: exponent)] }
  }

  init(_ coefficient: Rational, _ factors: [Factor]) {
    self.coefficient = coefficient
    if !coefficient.isZero {
      self.factors = factors.filter { $0.exponent != 0 }.sorted { $0.id < $1.id }
    }
  }

  var isZero: Bool { coefficient.isZero }
  var constant: Rational? { factors.isEmpty ? coefficient : nil }

  func exponent(of id: Int) -> Int {
    for factor in factors where factor.id == id { return factor.exponent }
    return 0
  }

  func scaled(by value: Rational) -> FactoredForm {
    value.isZero ? .zero : FactoredForm(coefficient * value, factors)
  }

  /// The product, without relations among the factors.
  func times(_ other: FactoredForm) throws(ReductionFailure) -> FactoredForm {
    if isZero || other.isZero { return .zero }
    let value = coefficient * other.coefficient
    if value.bitWidth > KernelPolynomial.longestCoefficient { throw .tooLarge }
    if other.factors.isEmpty { return FactoredForm(value, factors) }
    var merged: [Int: Int] = [:]
    for factor in factors { merged[factor.id] = factor.exponent }
    for factor in other.factors {
      let total = (merged[factor.id] ?? 0) + factor.exponent
      if total.magnitude > KernelPolynomial.largestExponent { throw .tooLarge }
      merged[factor.id] = total
    }
    return FactoredForm(value, merged.map { Factor(id: $0.key, exponent: $0.value) })
  }

  /// The power, without relations among the factors.
  func power(_ order: Int) throws(ReductionFailure) -> FactoredForm {
    if order == 0 { return .one }
    if isZero { if order < 0 { throw .undefined } else { return .zero } }
    guard let value = coefficient.power(order, bitLimit: KernelPolynomial.longestCoefficient)
    else { throw .tooLarge }
    var raised: [Factor] = []
    for factor in factors {
      let (exponent, overflow) = factor.exponent.multipliedReportingOverflow(by: order)
      if overflow || exponent.magnitude > KernelPolynomial.largestExponent { throw .tooLarge }
      raised.append(Factor(id: factor.id, exponent: exponent))
    }
    return FactoredForm(value, raised)
  }
}
