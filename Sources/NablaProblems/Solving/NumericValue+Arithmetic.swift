import NablaExpressions
import NablaNumbers

/// Arithmetic that stays exact as long as both operands are.
extension NumericValue {
  func plus(_ other: NumericValue, in pool: inout ExpressionPool) -> NumericValue {
    combine(other, in: &pool, { $0 + $1 }, { $0 + $1 })
  }

  func minus(_ other: NumericValue, in pool: inout ExpressionPool) -> NumericValue {
    combine(other, in: &pool, { $0 - $1 }, { $0 - $1 })
  }

  func times(_ other: NumericValue, in pool: inout ExpressionPool) -> NumericValue {
    combine(other, in: &pool, { $0 * $1 }, { $0 * $1 })
  }

  private func combine(
    _ other: NumericValue, in pool: inout ExpressionPool,
    _ exact: (Rational, Rational) -> Rational, _ approximate: (Double, Double) -> Double
  ) -> NumericValue {
    if case .exact(let left) = self, case .exact(let right) = other,
      let one = pool.rational(left), let two = pool.rational(right)
    {
      return .exact(pool.number(exact(one, two)))
    }
    return .approximate(approximate(double(in: pool), other.double(in: pool)))
  }
}
