import NablaExpressions
import NablaNumbers
import NablaRewriting

/// Written forms without the zeros and ones that nobody would write; nothing else is changed.
extension ExpressionPool {
  package mutating func lightSum(_ terms: [Handle]) -> Handle {
    let kept = terms.filter { $0 != zero }
    switch kept.count {
    case 0: return zero
    case 1: return kept[0]
    default: return writtenSum(kept)
    }
  }

  /// Signs are drawn in front; a product with 0 is 0.
  package mutating func lightProduct(_ factors: [Handle]) -> Handle {
    var kept: [Handle] = []
    var isNegative = false
    for factor in factors {
      var part = factor
      if case .negation(let inner) = self[part] {
        isNegative.toggle()
        part = inner
      }
      if part == zero { return zero }
      if part == one { continue }
      if part == minusOne {
        isNegative.toggle()
        continue
      }
      if case .product(let list) = self[part] {
        kept += operands(list)
      } else {
        kept.append(part)
      }
    }
    let product: Handle
    switch kept.count {
    case 0: product = one
    case 1: product = kept[0]
    default: product = writtenProduct(kept)
    }
    return isNegative ? negation(product) : product
  }

  /// The product of results put in place of derivatives, each as it was found, sums over indices
  /// behind all other factors, where they need no brackets.
  package mutating func substituted(_ factors: [Handle]) -> Handle {
    if factors.contains(zero) { return zero }
    var kept: [Handle] = []
    var sums: [Handle] = []
    for factor in factors where factor != one {
      var parts = [factor]
      if case .product(let list) = self[factor] { parts = operands(list) }
      for part in parts {
        if case .indexedSum = self[part] { sums.append(part) } else { kept.append(part) }
      }
    }
    kept += sums
    switch kept.count {
    case 0: return one
    case 1: return kept[0]
    default: return writtenProduct(kept)
    }
  }

  package mutating func lightNegation(_ operand: Handle) -> Handle {
    if operand == zero { return zero }
    if case .negation(let inner) = self[operand] { return inner }
    return negation(operand)
  }

  package mutating func lightFraction(_ above: Handle, _ below: Handle) -> Handle {
    if above == zero || below == one { return above }
    if case .negation(let inner) = self[above] { return negation(quotient(inner, below)) }
    return quotient(above, below)
  }
}

extension Pattern {
  /// A derivative row as written: the outer slope at `argument` times the inner change.
  func written(
    in pool: inout ExpressionPool, _ argument: Handle, _ change: Handle
  ) -> Handle {
    switch self {
    case .anything, .number, .remainder: return argument
    case .exactly(let value):
      let magnitude = pool.number(value.absoluteValue)
      return value.signum < 0 ? pool.negation(magnitude) : magnitude
    case .constant(let constant): return pool.constant(constant)
    case .differential: return change
    case .function(let function, let inner):
      let inner = inner.written(in: &pool, argument, change)
      return function == .sqrt
        ? pool.root(inner, degree: 2) : pool.writtenFunction(function, inner)
    case .power(let base, let exponent):
      let base = base.written(in: &pool, argument, change)
      return pool.writtenPower(base, exponent.written(in: &pool, argument, change))
    case .sum(let terms):
      var parts: [Handle] = []
      for term in terms { parts.append(term.written(in: &pool, argument, change)) }
      return pool.lightSum(parts)
    case .product(let factors):
      var above: [Handle] = []
      var below: [Handle] = []
      for factor in factors {
        if case .power(let base, .exactly(let order)) = factor, order == Rational(-1) {
          below.append(base.written(in: &pool, argument, change))
        } else {
          above.append(factor.written(in: &pool, argument, change))
        }
      }
      let numerator = pool.lightProduct(above)
      return below.isEmpty
        ? numerator : pool.lightFraction(numerator, pool.lightProduct(below))
    case .indicator(let condition):
      return pool.indicator(of: condition.written(in: &pool, argument, change))
    case .relation(let relation, let left, let right):
      let left = left.written(in: &pool, argument, change)
      return pool.relation(relation, left, right.written(in: &pool, argument, change))
    case .maximum(let operands), .minimum(let operands):
      var parts: [Handle] = []
      for operand in operands { parts.append(operand.written(in: &pool, argument, change)) }
      if case .maximum = self { return pool.writtenExtremum(parts, isMaximum: true) }
      return pool.writtenExtremum(parts, isMaximum: false)
    }
  }
}
