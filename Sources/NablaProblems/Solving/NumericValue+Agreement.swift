import NablaExpressions
import NablaNumbers

extension NumericValue {
  /// Whether a value is the wanted one, or rounds to the decimal written for it.
  ///
  /// Nil where doubles agree but exact equality is asked for.
  func agrees(
    with wanted: NumericValue, _ decimal: String?, isExact mustBeExact: Bool,
    _ pool: borrowing ExpressionPool
  ) -> Bool? {
    if case .exact(let one) = self, case .exact(let other) = wanted,
      let value = pool.rational(one), let target = pool.rational(other)
    {
      if value == target { return true }
      guard !mustBeExact, let decimal else { return false }
      return value.rounds(to: decimal)
    }
    let value = double(in: pool)
    if !mustBeExact, let decimal, let exact = Rational(exactly: value) {
      return exact.rounds(to: decimal)
    }
    let target = wanted.double(in: pool)
    let size = max(1, max(abs(value), abs(target)))
    if abs(value - target) > 1e-9 * size { return false }
    return mustBeExact ? nil : true
  }
}
