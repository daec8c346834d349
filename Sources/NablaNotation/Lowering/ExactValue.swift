import NablaExpressions
import NablaNumbers

/// The longest number that reading computes with, in bits.
private let longestNumber = 4096

/// The most nodes that reading computes with for one value.
private let mostSteps = 10_000

extension ExpressionPool {
  /// The value of an expression of numbers and the four operations, powers included.
  ///
  /// Nil where a name, a constant or a function occurs, where the value is undefined, and where it
  /// is too long to be worth the time.
  package func exactValue(_ handle: Handle) -> Rational? {
    var steps = mostSteps
    return exactValue(handle, steps: &steps)
  }

  /// The same, within a number of steps that is counted down.
  func exactValue(_ handle: Handle, steps: inout Int) -> Rational? {
    guard steps > 0 else { return nil }
    steps -= 1
    guard let value = unboundedValue(handle, &steps), value.bitWidth <= longestNumber else {
      return nil
    }
    return value
  }

  private func unboundedValue(_ handle: Handle, _ steps: inout Int) -> Rational? {
    switch self[handle] {
    case .integer, .number: return rational(handle)
    case .sum(let list):
      var total: Rational = 0
      for place in 0..<count(list) {
        guard let term = exactValue(operand(list, place), steps: &steps),
          total.bitWidth <= longestNumber
        else { return nil }
        total = total + term
      }
      return total
    case .product(let list):
      var total: Rational = 1
      for place in 0..<count(list) {
        guard let factor = exactValue(operand(list, place), steps: &steps),
          total.bitWidth <= longestNumber
        else { return nil }
        total = total * factor
      }
      return total
    case .negation(let inner):
      guard let value = exactValue(inner, steps: &steps) else { return nil }
      return -value
    case .quotient(let above, let below):
      guard let divisor = exactValue(below, steps: &steps)?.reciprocal,
        let value = exactValue(above, steps: &steps)
      else { return nil }
      return value * divisor
    case .power(let base, let exponent):
      guard let order = exactValue(exponent, steps: &steps)?.asInt,
        let value = exactValue(base, steps: &steps), !value.isZero || order > 0
      else { return nil }
      return value.power(order, bitLimit: longestNumber)
    default: return nil
    }
  }
}
