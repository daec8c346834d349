import NablaExpressions
import NablaNumbers

/// Puts values in place of names and leaves the arithmetic to be seen.
struct NumberSubstitution {
  private let values: GivenValues
  /// Whether a number that was put in is rounded.
  private(set) var isRounded = false
  private var memo: [Handle: Handle] = [:]

  /// Longer sums are shown by their value.
  private static let longestSum = 8
  private static let digits = 10

  init(_ values: GivenValues) { self.values = values }

  /// The expression with numbers; nil if it would show nothing but the value.
  mutating func apply(_ handle: Handle, _ pool: inout ExpressionPool) -> Handle? {
    switch pool[handle] {
    case .integer, .number, .symbol, .entry: nil
    default: replace(handle, &pool)
    }
  }

  /// A form with literal matrices in place of names.
  mutating func apply(_ form: MatrixForm, _ pool: inout ExpressionPool) -> MatrixForm? {
    var isPossible = true
    let replaced = form.mapLeaves { leaf in
      switch leaf.kind {
      case .scalar(let value):
        guard let number = replace(value, &pool) else { break }
        return .scalar(number)
      case .array(let symbol):
        guard let literal = literal(of: symbol, leaf.shape, &pool) else { break }
        return literal
      default: return leaf
      }
      isPossible = false
      return leaf
    }
    return isPossible ? replaced : nil
  }

  private mutating func literal(
    of symbol: SymbolID, _ shape: Shape, _ pool: inout ExpressionPool
  ) -> MatrixForm? {
    guard let rows = values.entries(of: symbol, &pool) else { return nil }
    var entries: [[MatrixForm]] = []
    for row in rows {
      var forms: [MatrixForm] = []
      for entry in row {
        guard let number = replace(entry, &pool) else { return nil }
        forms.append(.scalar(number))
      }
      entries.append(forms)
    }
    return MatrixForm(.literal(entries), shape)
  }

  private mutating func replace(
    _ handle: Handle, _ pool: inout ExpressionPool
  ) -> Handle? {
    if let known = memo[handle] { return known }
    var result: Handle?
    switch pool[handle] {
    case .symbol, .entry, .indicator, .delta, .apply, .indexedProduct, .piecewise, .derivative,
      .determinant, .inverse:
      result = number(handle, &pool)
    case .indexedSum: result = expanded(handle, &pool) ?? number(handle, &pool)
    case .integer, .number, .constant: result = handle
    default:
      var isPossible = true
      let mapped = pool.mapChildren(of: handle) { pool, child, _ in
        guard isPossible, let inner = replace(child, &pool) else {
          isPossible = false
          return child
        }
        return inner
      }
      result = isPossible ? mapped : nil
    }
    memo[handle] = result
    return result
  }

  /// A short sum term by term.
  private mutating func expanded(
    _ sum: Handle, _ pool: inout ExpressionPool
  ) -> Handle? {
    guard let opened = pool.openAnew(sum), opened.indices.count == 1,
      let lower = values.exactValue(of: opened.ranges[0].lower, &pool)?.asInt,
      let upper = values.exactValue(of: opened.ranges[0].upper, &pool)?.asInt,
      upper > lower, upper - lower < Self.longestSum
    else { return nil }
    var terms: [Handle] = []
    for place in lower...upper {
      let term = pool.substitute(
        Substitution(opened.indices[0], pool.integer(place)), in: opened.body)
      guard let kept = withoutGuards(term, &pool) else { continue }
      guard let number = replace(kept, &pool) else { return nil }
      terms.append(number)
    }
    return terms.count < 2 ? terms.first : pool.writtenSum(terms)
  }

  /// A term without the conditions that hold; nil if one fails.
  private func withoutGuards(_ term: Handle, _ pool: inout ExpressionPool) -> Handle? {
    guard case .product(let list) = pool[term] else { return term }
    var kept: [Handle] = []
    for factor in pool.operands(list) {
      switch pool[factor] {
      case .indicator, .delta:
        guard let value = values.exactValue(of: factor, &pool) else { break }
        if value.isZero { return nil }
        continue
      default: break
      }
      kept.append(factor)
    }
    return kept.count < 2 ? kept.first ?? pool.one : pool.writtenProduct(kept)
  }

  /// A value as a number node.
  private mutating func number(_ handle: Handle, _ pool: inout ExpressionPool) -> Handle? {
    let value: Rational
    switch values.value(of: handle, &pool) {
    case .exact(let number)?:
      guard let exact = pool.rational(number) else { return number }
      value = exact
    case .approximate(let double)?:
      guard let exact = Rational(exactly: double),
        let shown = Rational(decimal: exact.absoluteValue.decimal(significantDigits: Self.digits))
      else { return nil }
      isRounded = true
      value = exact.isNegative ? -shown : shown
    case .undefined?, nil: return nil
    }
    let magnitude = pool.number(value.absoluteValue)
    return value.isNegative ? pool.negation(magnitude) : magnitude
  }
}
