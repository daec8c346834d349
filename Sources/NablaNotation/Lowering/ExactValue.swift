import NablaExpressions
import NablaNumbers

/// The longest number that reading computes with, in bits.
private let longestNumber = 65_536

extension ExpressionPool {
  /// The value of an expression of numbers and the four operations, powers included.
  ///
  /// Nil where a name, a constant or a function occurs, where the value is undefined, and where it
  /// is too long to be worth the time.
  package func exactValue(_ handle: Handle) -> Rational? {
    guard let value = unboundedValue(handle), value.bitWidth <= longestNumber else { return nil }
    return value
  }

  private func unboundedValue(_ handle: Handle) -> Rational? {
    switch self[handle] {
    case .integer, .number: return rational(handle)
    case .sum(let list):
      var total: Rational = 0
      for place in 0..<count(list) {
        guard let term = exactValue(operand(list, place)), total.bitWidth <= longestNumber else {
          return nil
        }
        total = total + term
      }
      return total
    case .product(let list):
      var total: Rational = 1
      for place in 0..<count(list) {
        guard let factor = exactValue(operand(list, place)), total.bitWidth <= longestNumber else {
          return nil
        }
        total = total * factor
      }
      return total
    case .negation(let inner):
      guard let value = exactValue(inner) else { return nil }
      return -value
    case .quotient(let above, let below):
      guard let divisor = exactValue(below)?.reciprocal, let value = exactValue(above) else {
        return nil
      }
      return value * divisor
    case .power(let base, let exponent):
      guard let order = exactValue(exponent)?.asInt, let value = exactValue(base),
        !value.isZero || order > 0
      else { return nil }
      return value.power(order, bitLimit: longestNumber)
    default: return nil
    }
  }
}
