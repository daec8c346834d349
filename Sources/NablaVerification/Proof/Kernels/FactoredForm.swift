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

  /// From factors in order, none with the exponent 0.
  private init(_ coefficient: Rational, ordered factors: [Factor]) {
    self.coefficient = coefficient
    if !coefficient.isZero { self.factors = factors }
  }

  var isZero: Bool { coefficient.isZero }
  var constant: Rational? { factors.isEmpty ? coefficient : nil }

  func exponent(of id: Int) -> Int {
    for factor in factors where factor.id == id { return factor.exponent }
    return 0
  }

  func scaled(by value: Rational) -> FactoredForm {
    value.isZero ? .zero : FactoredForm(coefficient * value, ordered: factors)
  }

  /// The product, without relations among the factors.
  func times(_ other: FactoredForm) throws(ReductionFailure) -> FactoredForm {
    if isZero || other.isZero { return .zero }
    let value = coefficient * other.coefficient
    if value.bitWidth > KernelPolynomial.longestCoefficient { throw .tooLarge }
    if other.factors.isEmpty { return FactoredForm(value, ordered: factors) }
    if factors.isEmpty { return FactoredForm(value, ordered: other.factors) }
    var merged: [Factor] = []
    merged.reserveCapacity(factors.count + other.factors.count)
    var (i, j) = (0, 0)
    while i < factors.count || j < other.factors.count {
      if j == other.factors.count || (i < factors.count && factors[i].id < other.factors[j].id) {
        merged.append(factors[i])
        i += 1
      } else if i == factors.count || other.factors[j].id < factors[i].id {
        merged.append(other.factors[j])
        j += 1
      } else {
        let total = factors[i].exponent + other.factors[j].exponent
        if total.magnitude > KernelPolynomial.largestExponent { throw .tooLarge }
        if total != 0 { merged.append(Factor(id: factors[i].id, exponent: total)) }
        i += 1
        j += 1
      }
    }
    return FactoredForm(value, ordered: merged)
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
    return FactoredForm(value, ordered: raised)
  }

  /// The product of the lowest powers in which each factor stands in the forms, as 1 where it does
  /// not: dividing by it leaves no denominators.
  static func common(_ forms: [FactoredForm]) -> [Factor] {
    var common = forms.first?.factors ?? []
    for form in forms.dropFirst() {
      if form.factors == common { continue }
      var next: [Factor] = []
      var (i, j) = (0, 0)
      while i < common.count || j < form.factors.count {
        if j == form.factors.count || (i < common.count && common[i].id < form.factors[j].id) {
          if common[i].exponent < 0 { next.append(common[i]) }
          i += 1
        } else if i == common.count || form.factors[j].id < common[i].id {
          if form.factors[j].exponent < 0 { next.append(form.factors[j]) }
          j += 1
        } else {
          next.append(common[i].exponent < form.factors[j].exponent ? common[i] : form.factors[j])
          i += 1
          j += 1
        }
      }
      common = next
    }
    return common
  }
}
