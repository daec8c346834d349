import NablaExpressions

extension ExpressionPool {
  /// Sums with more terms than this are left as they are; every pair of terms is looked at.
  private static let joinableTerms = 12

  /// Σ_k u·v ± Σ_k u·w = Σ_k u·(v ± w) in the terms of a canonical sum, where that is shorter.
  package mutating func sumsJoined(_ handle: Handle) -> Handle {
    var current = handle
    while case .sum(let list) = self[current], count(list) <= ExpressionPool.joinableTerms {
      guard let next = pairJoined(operands(list)), cost(next) < cost(current) else { break }
      current = next
    }
    return current
  }

  /// The sum with the first two terms that can be joined as one.
  private mutating func pairJoined(_ terms: [Handle]) -> Handle? {
    let split = terms.map { summation(in: $0) }
    for (place, first) in split.enumerated() {
      guard let first else { continue }
      for (other, second) in split.enumerated() where other > place {
        guard let second, let joined = joined(first, second) else { continue }
        var rest = terms
        rest[place] = joined
        rest.remove(at: other)
        return canonicalSum(rest)
      }
    }
    return nil
  }

  /// A term as a number, other factors, and one sum over indices.
  private struct Summation {
    var coefficient: [Handle] = []
    var factors: [Handle] = []
    var opened: OpenedBinder
  }

  private mutating func summation(in term: Handle) -> Summation? {
    var coefficient: [Handle] = []
    var factors: [Handle] = []
    var sum: Handle?
    for factor in factorHandles(term) {
      if isNumber(factor) {
        coefficient.append(factor)
      } else if case .indexedSum = self[factor] {
        if sum != nil { return nil }
        sum = factor
      } else {
        factors.append(factor)
      }
    }
    guard let sum, let opened = open(sum) else { return nil }
    return Summation(coefficient: coefficient, factors: factors, opened: opened)
  }

  /// Whether every sum among the factors of a product adds up plain quantities: what is left of
  /// each term can be read at a glance.
  private func isProductWithShortSums(_ handle: Handle) -> Bool {
    factorHandles(handle).allSatisfy { factor in
      guard case .sum(let list) = self[factor] else { return true }
      return operands(list).allSatisfy { term in
        factorHandles(term).filter { !isNumber($0) }.allSatisfy { isPlainQuantity($0) }
          && factorHandles(term).count <= 2
      }
    }
  }

  private func isPlainQuantity(_ handle: Handle) -> Bool {
    switch self[handle] {
    case .symbol, .entry, .delta, .bound: true
    default: false
    }
  }

  /// Two terms with the same factors in front of sums over the same ranges as one, if what is
  /// summed has a factor in common.
  private mutating func joined(_ first: Summation, _ second: Summation) -> Handle? {
    guard first.factors == second.factors, first.opened.ranges == second.opened.ranges else {
      return nil
    }
    var renaming = Substitution()
    for (own, other) in zip(first.opened.indices, second.opened.indices) {
      renaming.symbols[other] = symbol(own)
    }
    let other = canonical(substitute(renaming, in: second.opened.body))
    let body = canonicalSum([
      canonicalProduct(first.coefficient + [first.opened.body]),
      canonicalProduct(second.coefficient + [other]),
    ])
    let factored = commonFactorsOut(body)
    guard factored != body, isProductWithShortSums(factored) else { return nil }
    return canonicalProduct(
      first.factors + [
        canonicalIndexedSum(
          factored, over: first.opened.indices, ranges: first.opened.ranges)
      ])
  }
}
