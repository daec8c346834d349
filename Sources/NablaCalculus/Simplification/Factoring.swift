import NablaExpressions
import NablaNumbers

extension ExpressionPool {
  /// Factors common to all terms of a sum taken out, from the inside outwards.
  package mutating func factored(_ handle: Handle) -> Handle {
    var memo = HandleMap()
    return factored(handle, &memo)
  }

  private mutating func factored(_ handle: Handle, _ memo: inout HandleMap) -> Handle {
    if let known = memo[handle] { return known }
    var result = handle
    switch self[handle] {
    case .sum:
      let mapped = mapChildren(of: handle) { pool, term, _ in pool.factored(term, &memo) }
      let total = mapped == handle ? handle : canonicalSum(children(of: mapped))
      result = gathered(commonFactorsOut(sumsJoined(total)))
    case .indexedSum:
      if let opened = open(handle) {
        let body = factored(opened.body, &memo)
        if body != opened.body, !isSum(body) {
          result = canonicalIndexedSum(body, over: opened.indices, ranges: opened.ranges)
        }
      }
    case .indexedProduct, .determinant, .inverse, .derivative: break
    default:
      let mapped = mapChildren(of: handle) { pool, child, _ in pool.factored(child, &memo) }
      result = mapped == handle ? handle : collected(mapped)
    }
    memo[handle] = result
    return result
  }

  private func isSum(_ handle: Handle) -> Bool {
    if case .sum = self[handle] { return true }
    return false
  }

  /// u·v + u·w = u·(v + w); powers by the smaller exponent.
  mutating func commonFactorsOut(_ handle: Handle) -> Handle {
    guard case .sum(let list) = self[handle] else { return handle }
    let terms = operands(list)
    var common: [Factor] = []
    for (place, term) in terms.enumerated() {
      let factors = powers(of: term)
      if place == 0 {
        common = factors
        continue
      }
      common = common.compactMap { candidate in
        guard let match = factors.first(where: { $0.base == candidate.base }) else { return nil }
        if match.exponent == candidate.exponent { return candidate }
        guard let own = rational(candidate.exponent), let other = rational(match.exponent),
          own.signum == other.signum
        else { return nil }
        let isOwn = own.signum > 0 ? own < other : own > other
        return isOwn ? candidate : match
      }
      if common.isEmpty { return handle }
    }
    var outside: [Handle] = []
    var inverses: [Handle] = []
    for factor in common {
      let power = canonicalPower(factor.base, factor.exponent)
      outside.append(power)
      inverses.append(canonicalPower(factor.base, canonicalNegation(factor.exponent)))
    }
    var inside: [Handle] = []
    for term in terms { inside.append(canonicalProduct([term] + inverses)) }
    return canonicalProduct(outside + [canonicalSum(inside)])
  }

  /// u·v + u·w + u·z + t = u·(v + w + z) + t where a factor of at least three terms can be taken
  /// out of them so that less is left to read.
  private mutating func gathered(_ handle: Handle) -> Handle {
    guard case .sum(let list) = self[handle], count(list) > 3 else { return handle }
    let terms = operands(list)
    guard let factor = mostFrequentFactor(of: terms) else { return handle }
    var inside: [Handle] = []
    var outside: [Handle] = []
    let inverse = canonicalPower(factor, minusOne)
    for term in terms {
      if factorHandles(term).contains(factor) {
        inside.append(canonicalProduct([term, inverse]))
      } else {
        outside.append(term)
      }
    }
    let group = canonicalProduct([factor, canonicalSum(inside)])
    let rest = gathered(canonicalSum(outside))
    let result = canonicalSum([group, rest])
    return cost(result) < cost(handle) ? result : handle
  }

  /// The factor that stands in the most terms, in at least three but not in all.
  private mutating func mostFrequentFactor(of terms: [Handle]) -> Handle? {
    var counts = HandleMap()
    var best: (factor: Handle, count: UInt32)?
    for term in terms {
      for factor in factorHandles(term) where !isNumber(factor) {
        let number = (counts.number(for: factor) ?? 0) + 1
        counts.setNumber(number, for: factor)
        if number < 3 { continue }
        if let known = best, known.count > number || known.factor == factor {
          if known.factor == factor { best = (factor, number) }
          continue
        }
        if let known = best, known.count == number, precedes(known.factor, factor) { continue }
        best = (factor, number)
      }
    }
    guard let best, Int(best.count) < terms.count else { return nil }
    return best.factor
  }

  /// The factors of a term that are not numbers, each with its exponent.
  private mutating func powers(of term: Handle) -> [Factor] {
    var found: [Factor] = []
    for factor in factorHandles(term) where !isNumber(factor) { found.append(splitPower(factor)) }
    return found
  }
}
