import NablaExpressions
import NablaNumbers

/// A constant and rational multiples of names: what indices and sizes may be.
struct AffineForm: Equatable {
  var constant: Rational
  /// In order of declaration, no coefficient 0.
  var terms: [(symbol: SymbolID, coefficient: Rational)]

  init(_ constant: Rational) {
    self.constant = constant
    terms = []
  }

  static func == (left: AffineForm, right: AffineForm) -> Bool {
    left.constant == right.constant && left.terms.count == right.terms.count
      && zip(left.terms, right.terms).allSatisfy { $0 == $1 }
  }

  mutating func add(_ other: AffineForm, times factor: Rational) {
    constant = constant + other.constant * factor
    for term in other.terms { add(term.symbol, term.coefficient * factor) }
  }

  mutating func add(_ symbol: SymbolID, _ coefficient: Rational) {
    var place = 0
    while place < terms.count, terms[place].symbol < symbol { place += 1 }
    guard place < terms.count, terms[place].symbol == symbol else {
      if !coefficient.isZero { terms.insert((symbol, coefficient), at: place) }
      return
    }
    let total = terms[place].coefficient + coefficient
    if total.isZero { terms.remove(at: place) } else { terms[place].coefficient = total }
  }

  func minus(_ other: AffineForm) -> AffineForm {
    var result = self
    result.add(other, times: -1)
    return result
  }

  /// The least value where every name is at least 1, if there is one.
  private var least: Rational? {
    var total = constant
    for term in terms {
      guard term.coefficient.signum > 0 else { return nil }
      total = total + term.coefficient
    }
    return total
  }

  private var negated: AffineForm { AffineForm(0).minus(self) }

  /// Whether the value is never negative, provided that every name is at least 1.
  var isNeverNegative: Bool { (least?.signum ?? -1) >= 0 }

  /// Whether the value is always negative, provided that every name is at least 1.
  var isAlwaysNegative: Bool { (negated.least?.signum ?? -1) > 0 }

  var hasIntegerCoefficients: Bool {
    constant.isInteger && terms.allSatisfy { $0.coefficient.isInteger }
  }
}

extension ExpressionPool {
  /// The expression as a constant and multiples of names, the given values put in.
  ///
  /// Nil for anything else, and where more than `mostAffineTerms` names occur.
  func affineForm(_ handle: Handle, values: (SymbolID) -> Rational?) -> AffineForm? {
    switch self[handle] {
    case .integer, .number:
      return rational(handle).map { AffineForm($0) }
    case .symbol(let id):
      if let value = values(id) { return AffineForm(value) }
      var form = AffineForm(0)
      form.add(id, 1)
      return form
    case .sum(let list):
      var total = AffineForm(0)
      for place in 0..<count(list) {
        guard let term = affineForm(operand(list, place), values: values) else { return nil }
        total.add(term, times: 1)
        guard total.terms.count <= mostAffineTerms else { return nil }
      }
      return total
    case .negation(let inner):
      guard let form = affineForm(inner, values: values) else { return nil }
      return AffineForm(0).minus(form)
    case .product(let list):
      var total = AffineForm(1)
      for place in 0..<count(list) {
        guard let factor = affineForm(operand(list, place), values: values) else { return nil }
        guard let next = Self.product(total, factor) else { return nil }
        total = next
      }
      return total
    case .quotient(let above, let below):
      guard let form = affineForm(above, values: values),
        let divisor = affineForm(below, values: values), divisor.terms.isEmpty,
        let factor = divisor.constant.reciprocal
      else { return nil }
      var total = AffineForm(0)
      total.add(form, times: factor)
      return total
    case .power:
      return exactValue(handle).map { AffineForm($0) }
    default: return nil
    }
  }

  private static func product(_ left: AffineForm, _ right: AffineForm) -> AffineForm? {
    guard left.terms.isEmpty || right.terms.isEmpty else { return nil }
    var total = AffineForm(0)
    if left.terms.isEmpty {
      total.add(right, times: left.constant)
    } else {
      total.add(left, times: right.constant)
    }
    guard total.constant.bitWidth <= 4096 else { return nil }
    return total
  }
}

private let mostAffineTerms = 64
