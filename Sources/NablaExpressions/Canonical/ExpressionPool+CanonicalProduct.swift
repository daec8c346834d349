import NablaNumbers

/// A factor of a canonical product: a base and its exponent.
package struct Factor: Sendable {
  package var base: Handle
  package var exponent: Handle

  package init(base: Handle, exponent: Handle) {
    self.base = base
    self.exponent = exponent
  }
}

extension ExpressionPool {
  /// A canonical factor as base and exponent.
  package mutating func splitPower(_ handle: Handle) -> Factor {
    if case .power(let base, let exponent) = self[handle] {
      return Factor(base: base, exponent: exponent)
    }
    return Factor(base: handle, exponent: one)
  }

  /// The product of canonical factors, flattened, with equal bases collected.
  ///
  /// A number times one sum is distributed; the sums inside longer products are made primitive,
  /// so that x − y and y − x meet.
  package mutating func canonicalProduct(_ factors: [Handle]) -> Handle {
    var coefficient: Rational = 1
    var collected: [Factor] = []
    collected.reserveCapacity(factors.count + 6)
    var places = OperandPlaces()
    var isUndefined = false
    var pending: [Handle] = []
    pending.reserveCapacity(factors.count + 6)
    for factor in factors.reversed() { pending.append(factor) }
    while let factor = pending.popLast() {
      if isNumber(factor), let value = rational(factor) {
        coefficient = coefficient * value
        continue
      }
      if case .product(let list) = self[factor] {
        pushOperands(of: list, to: &pending)
        continue
      }
      var split = splitPower(factor)
      if split.base == zero, (rational(split.exponent)?.signum ?? 1) < 0 { isUndefined = true }
      if case .sum = self[split.base], let order = rational(split.exponent)?.asInt {
        let content = primitivePart(split.base)
        if let scale = content.coefficient.power(order, bitLimit: 4096) {
          coefficient = coefficient * scale
          split.base = content.factor
        }
      }
      if let place = places.find(split.base, among: collected.count, { collected[$0].base }) {
        collected[place].exponent = canonicalSum([collected[place].exponent, split.exponent])
      } else {
        collected.append(split)
      }
    }
    // What an indicator hides counts as 0, so 0 wins over what is nowhere defined.
    if coefficient.isZero { return zero }
    if isUndefined { return undefined(hiddenBy: collected) }
    return assemble(coefficient, collected)
  }

  /// 1/0 times the conditions among some factors.
  private mutating func undefined(hiddenBy factors: [Factor]) -> Handle {
    let undefined = writtenPower(zero, minusOne)
    var kept: [Handle] = []
    for factor in factors where isIdempotent(factor.base) { kept.append(factor.base) }
    if kept.isEmpty { return undefined }
    if contradicts(kept) { return zero }
    return writtenProduct(canonicallyOrdered(kept + [undefined]))
  }

  private mutating func assemble(_ start: Rational, _ collected: [Factor]) -> Handle {
    var coefficient = start
    var kept: [Handle] = []
    kept.reserveCapacity(collected.count + 1)
    var again: [Handle] = []
    for factor in collected {
      if factor.exponent == zero { continue }
      if isIdempotent(factor.base), let order = rational(factor.exponent), order.signum > 0 {
        kept.append(factor.base)
        continue
      }
      let raised = canonicalPower(factor.base, factor.exponent)
      switch self[raised] {
      case .product: again.append(raised)
      default:
        if isNumber(raised), let value = rational(raised) {
          coefficient = coefficient * value
        } else {
          kept.append(raised)
        }
      }
    }
    if !again.isEmpty { return canonicalProduct([number(coefficient)] + kept + again) }
    if contradicts(kept) { return zero }
    kept = joinedExponentials(kept)
    if kept.isEmpty { return number(coefficient) }
    if kept.count == 1 {
      if case .sum(let list) = self[kept[0]], !coefficient.isOne {
        let value = number(coefficient)
        var terms = operands(list)
        for place in terms.indices { terms[place] = canonicalProduct([value, terms[place]]) }
        return canonicalSum(terms)
      }
      return scaled(kept[0], by: coefficient)
    }
    putInCanonicalOrder(&kept)
    if !coefficient.isOne { kept.insert(number(coefficient), at: 0) }
    return writtenProduct(kept)
  }

  /// A sum as a rational content times a primitive sum whose first coefficient is positive.
  package mutating func primitivePart(_ sum: Handle) -> Term {
    guard case .sum(let list) = self[sum] else { return splitCoefficient(sum) }
    let terms = operands(list)
    var numerators = Integer(0)
    var denominators = Integer(1)
    var split: [Term] = []
    for term in terms {
      let part = splitCoefficient(term)
      split.append(part)
      numerators = Integer.greatestCommonDivisor(numerators, part.coefficient.numerator)
      let common = Integer.greatestCommonDivisor(denominators, part.coefficient.denominator)
      if let quotient = part.coefficient.denominator.quotientAndRemainder(dividingBy: common) {
        denominators = denominators * quotient.quotient
      }
    }
    guard var content = Rational(numerators, over: denominators), !content.isZero else {
      return Term(coefficient: 1, factor: sum)
    }
    if leadingSign(of: split) < 0 { content = -content }
    if content.isOne { return Term(coefficient: 1, factor: sum) }
    var scaledTerms: [Handle] = []
    for part in split {
      guard let ratio = part.coefficient.dividing(by: content) else {
        return Term(coefficient: 1, factor: sum)
      }
      scaledTerms.append(scaled(part.factor, by: ratio))
    }
    return Term(
      coefficient: content, factor: writtenSum(canonicallyOrdered(scaledTerms)))
  }

  /// The sign of the term whose expression without its coefficient comes first.
  ///
  /// Unlike the order of the terms it stays when all of them are scaled.
  package mutating func leadingSign(of terms: [Term]) -> Int {
    var lead: Term?
    for term in terms {
      if let known = lead, !precedes(term.factor, known.factor) { continue }
      lead = term
    }
    return lead?.coefficient.signum ?? 0
  }

  private func isIdempotent(_ handle: Handle) -> Bool {
    switch self[handle] {
    case .delta, .indicator: true
    default: false
    }
  }

  private func isDelta(_ handle: Handle) -> Bool {
    if case .delta = self[handle] { return true }
    return false
  }

  /// Whether two factors exclude each other, such as δ(i,j) and 1[i ≠ j].
  private func contradicts(_ factors: [Handle]) -> Bool {
    guard factors.contains(where: { isDelta($0) }) else { return false }
    var deltas: Set<[Handle]> = []
    for factor in factors {
      if case .delta(let left, let right) = self[factor] { deltas.insert([left, right]) }
    }
    for factor in factors {
      if case .indicator(let condition) = self[factor],
        case .relation(.notEqual, let list) = self[condition],
        deltas.contains([operand(list, 0), operand(list, 1)])
          || deltas.contains([operand(list, 1), operand(list, 0)])
      {
        return true
      }
    }
    return false
  }

  /// Exponentials with exponents that combine to something shorter, such as exp(x)·exp(−x).
  private mutating func joinedExponentials(_ factors: [Handle]) -> [Handle] {
    var count = 0
    for factor in factors { if case .function(.exp, _) = self[factor] { count += 1 } }
    if count < 2 { return factors }
    var exponents: [Handle] = []
    var rest: [Handle] = []
    for factor in factors {
      if case .function(.exp, let argument) = self[factor] {
        exponents.append(argument)
      } else {
        rest.append(factor)
      }
    }
    // Every pair is looked at.
    if exponents.count > 32 { return factors }
    var isJoined = false
    var place = 0
    while place < exponents.count {
      var other = place + 1
      while other < exponents.count {
        let total = canonicalSum([exponents[place], exponents[other]])
        let before = termHandles(exponents[place]).count + termHandles(exponents[other]).count
        let after = total == zero ? 0 : termHandles(total).count
        if after < before {
          exponents[place] = total
          exponents.remove(at: other)
          isJoined = true
        } else {
          other += 1
        }
      }
      place += 1
    }
    if !isJoined { return factors }
    for exponent in exponents {
      let joined = canonicalFunction(.exp, exponent)
      if joined != one { rest.append(joined) }
    }
    return rest
  }
}
