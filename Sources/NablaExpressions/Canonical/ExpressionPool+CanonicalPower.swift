import NablaNumbers

extension ExpressionPool {
  /// A canonical base to a canonical exponent.
  package mutating func canonicalPower(_ base: Handle, _ exponent: Handle) -> Handle {
    if exponent == one { return base }
    if exponent == zero { return one }
    if base == one { return one }
    if isNumber(base), isNumber(exponent), let folded = foldedPower(base, exponent) {
      return folded
    }
    let order = rational(exponent)
    if base == zero {
      // One form for what is nowhere defined; no number stands for it.
      return writtenPower(base, (order?.signum ?? 1) < 0 ? minusOne : exponent)
    }
    switch self[base] {
    case .constant(.e): return canonicalFunction(.exp, exponent)
    case .function(.exp, let argument):
      return canonicalFunction(.exp, canonicalProduct([exponent, argument]))
    case .power(let inner, let innerOrder):
      if let collapsed = collapsedPower(inner, innerOrder, exponent) { return collapsed }
    case .function(.abs, let argument):
      if let order, order.isInteger, !order.numerator.isOdd {
        return canonicalPower(argument, exponent)
      }
    case .product(let list):
      if let order { return powerOfProduct(operands(list), exponent, order) }
    case .sum:
      if let order, let whole = order.asInt {
        let content = primitivePart(base)
        if !content.coefficient.isOne,
          let scale = content.coefficient.power(whole, bitLimit: 4096)
        {
          return scaled(writtenPower(content.factor, exponent), by: scale)
        }
      }
    case .delta, .indicator:
      if let order { return order.signum > 0 ? base : writtenPower(base, minusOne) }
    default: break
    }
    return writtenPower(base, exponent)
  }

  /// (x^m)^n where it is one power of x over the reals.
  private mutating func collapsedPower(
    _ inner: Handle, _ innerOrder: Handle, _ exponent: Handle
  ) -> Handle? {
    let outer = rational(exponent)
    let own = rational(innerOrder)
    if outer?.isInteger == true || isPositive(inner) {
      return canonicalPower(inner, canonicalProduct([innerOrder, exponent]))
    }
    guard outer != nil, let own, own.isInteger, !own.numerator.isOdd else { return nil }
    let magnitude = isNonnegative(inner) ? inner : canonicalFunction(.abs, inner)
    return canonicalPower(magnitude, canonicalProduct([innerOrder, exponent]))
  }

  /// Whole powers go to every factor; broken ones only past factors that are not negative.
  private mutating func powerOfProduct(
    _ factors: [Handle], _ exponent: Handle, _ order: Rational
  ) -> Handle {
    if order.isInteger {
      var raised: [Handle] = []
      for factor in factors { raised.append(canonicalPower(factor, exponent)) }
      return canonicalProduct(raised)
    }
    var out: [Handle] = []
    var kept: [Handle] = []
    for factor in factors {
      if let value = rational(factor) {
        let magnitude = number(value.absoluteValue)
        if magnitude != one { out.append(canonicalPower(magnitude, exponent)) }
        if value.signum < 0 { kept.append(minusOne) }
      } else if isNonnegative(factor) {
        out.append(canonicalPower(factor, exponent))
      } else if case .power(let inner, let innerOrder) = self[factor],
        let collapsed = collapsedPower(inner, innerOrder, exponent)
      {
        out.append(collapsed)
      } else {
        kept.append(factor)
      }
    }
    if out.isEmpty || out == [one] { return writtenPower(canonicalProduct(kept), exponent) }
    if !kept.isEmpty {
      let rest = kept.count == 1 ? kept[0] : canonicalProduct(kept)
      out.append(
        isNumber(rest) ? canonicalPower(rest, exponent) : writtenPower(rest, exponent))
    }
    return canonicalProduct(out)
  }

  /// Whether the value is certainly positive wherever it is defined.
  package func isPositive(_ handle: Handle) -> Bool {
    var budget = 200
    return sign(handle, strict: true, &budget)
  }

  /// Whether the value is certainly not negative wherever it is defined.
  package func isNonnegative(_ handle: Handle) -> Bool {
    var budget = 200
    return sign(handle, strict: false, &budget)
  }

  /// `budget` bounds the number of nodes looked at.
  private func sign(_ handle: Handle, strict: Bool, _ budget: inout Int) -> Bool {
    budget -= 1
    if budget < 0 { return false }
    func all(_ list: ListID, strict: Bool, _ budget: inout Int) -> Bool {
      for place in 0..<count(list) where !sign(operand(list, place), strict: strict, &budget) {
        return false
      }
      return true
    }
    switch self[handle] {
    case .integer, .number:
      guard let value = rational(handle) else { return false }
      return strict ? value.signum > 0 : value.signum >= 0
    case .constant: return true
    case .symbol(let id), .entry(let id, _):
      let symbol = symbols[Int(id.index)]
      if symbol.kind == .dimension { return true }
      return strict ? symbol.domain.isPositive : symbol.domain.isNonnegative
    case .sum(let list):
      guard all(list, strict: false, &budget) else { return false }
      if !strict { return true }
      for place in 0..<count(list) where sign(operand(list, place), strict: true, &budget) {
        return true
      }
      return false
    case .product(let list), .maximum(let list), .minimum(let list):
      return all(list, strict: strict, &budget)
    case .power(let base, let exponent):
      if sign(base, strict: strict, &budget) { return true }
      guard !strict, let order = rational(exponent) else { return false }
      return !order.isInteger || !order.numerator.isOdd
    case .function(let function, _):
      return strict ? function.isPositive : function.isNonnegative
    case .indexedSum(let bounds, let body):
      return sign(body, strict: strict, &budget) && (!strict || hasTerms(bounds))
    case .indexedProduct(_, let body): return sign(body, strict: strict, &budget)
    case .delta, .indicator: return !strict
    default: return false
    }
  }

  /// Whether the ranges of a sum are known to hold a value each; an empty sum is 0.
  private func hasTerms(_ bounds: ListID) -> Bool {
    for place in stride(from: 0, to: count(bounds) - 1, by: 2) {
      guard let lower = rational(operand(bounds, place)) else { return false }
      // A dimension is at least 1.
      var least = Rational(0)
      for term in termHandles(operand(bounds, place + 1)) {
        if let value = rational(term) {
          least = least + value
        } else if case .symbol(let id) = self[term], kind(of: id) == .dimension {
          least = least + Rational(1)
        } else {
          return false
        }
      }
      if least < lower { return false }
    }
    return true
  }
}
