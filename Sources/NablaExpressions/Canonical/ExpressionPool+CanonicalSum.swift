import NablaNumbers

/// A term of a canonical sum: a rational coefficient times an expression without one.
package struct Term: Sendable {
  package var coefficient: Rational
  package var factor: Handle

  package init(coefficient: Rational, factor: Handle) {
    self.coefficient = coefficient
    self.factor = factor
  }
}

extension ExpressionPool {
  /// The terms of a canonical sum; any other expression is one term.
  package func termHandles(_ handle: Handle) -> [Handle] {
    if case .sum(let list) = self[handle] { return operands(list) }
    return [handle]
  }

  /// The factors of a canonical product; any other expression is one factor.
  package func factorHandles(_ handle: Handle) -> [Handle] {
    if case .product(let list) = self[handle] { return operands(list) }
    return [handle]
  }

  /// A canonical expression as a coefficient times the rest.
  package mutating func splitCoefficient(_ handle: Handle) -> Term {
    if isNumber(handle), let value = rational(handle) {
      return Term(coefficient: value, factor: one)
    }
    if case .product(let list) = self[handle], isNumber(operand(list, 0)),
      let value = rational(operand(list, 0))
    {
      let rest = Array(operands(list).dropFirst())
      let factor = rest.count == 1 ? rest[0] : writtenProduct(rest)
      return Term(coefficient: value, factor: factor)
    }
    return Term(coefficient: 1, factor: handle)
  }

  /// The canonical product of a number and an expression without a coefficient.
  package mutating func scaled(_ factor: Handle, by coefficient: Rational) -> Handle {
    if coefficient.isZero { return zero }
    if factor == one { return number(coefficient) }
    if coefficient.isOne { return factor }
    let value = number(coefficient)
    switch self[factor] {
    case .product(let list): return writtenProduct([value] + operands(list))
    case .sum: return canonicalProduct([value, factor])
    default: return writtenProduct([value, factor])
    }
  }

  /// The sum of canonical terms, flattened, with like terms collected.
  package mutating func canonicalSum(_ terms: [Handle]) -> Handle {
    var collected: [Term] = []
    collected.reserveCapacity(terms.count + 6)
    var places = OperandPlaces()
    var constant: Rational = 0
    var pending: [Handle] = []
    pending.reserveCapacity(terms.count + 6)
    for term in terms.reversed() { pending.append(term) }
    while let term = pending.popLast() {
      if case .sum(let list) = self[term] {
        pushOperands(of: list, to: &pending)
        continue
      }
      if case .power(zero, minusOne) = self[term] { return term }
      let split = splitCoefficient(term)
      if split.factor == one {
        constant = constant + split.coefficient
      } else if let place = places.find(
        split.factor, among: collected.count, { collected[$0].factor })
      {
        collected[place].coefficient = collected[place].coefficient + split.coefficient
      } else {
        collected.append(split)
      }
    }
    var kept: [Handle] = []
    kept.reserveCapacity(collected.count + 1)
    for term in collected where !term.coefficient.isZero {
      kept.append(scaled(term.factor, by: term.coefficient))
    }
    if !constant.isZero { kept.append(number(constant)) }
    switch kept.count {
    case 0: return zero
    case 1: return kept[0]
    default:
      putInCanonicalOrder(&kept)
      return writtenSum(kept)
    }
  }

  /// Puts the operands of a list on a stack, the first on top.
  func pushOperands(of list: ListID, to stack: inout [Handle]) {
    var place = count(list) - 1
    while place >= 0 {
      stack.append(operand(list, place))
      place -= 1
    }
  }

  package mutating func canonicalNegation(_ handle: Handle) -> Handle {
    canonicalProduct([minusOne, handle])
  }

  package mutating func canonicalDifference(_ left: Handle, _ right: Handle) -> Handle {
    canonicalSum([left, canonicalNegation(right)])
  }
}
