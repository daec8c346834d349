import NablaExpressions
import NablaNumbers

extension ExpressionPool {
  /// Products and small whole powers multiplied out over sums; canonical in, canonical out.
  ///
  /// A product that would give more than `limit` terms stays as it is.
  package mutating func expanded(_ handle: Handle, limit: Int = 400) -> Handle {
    var memo: [Handle: Handle] = [:]
    return expanded(handle, limit, opensPowers: true, &memo)
  }

  /// Products multiplied out over sums, with powers of sums left as they are.
  package mutating func distributed(_ handle: Handle, limit: Int = 400) -> Handle {
    var memo: [Handle: Handle] = [:]
    return expanded(handle, limit, opensPowers: false, &memo)
  }

  private mutating func expanded(
    _ handle: Handle, _ limit: Int, opensPowers: Bool, _ memo: inout [Handle: Handle]
  ) -> Handle {
    if let known = memo[handle] { return known }
    let result: Handle
    switch self[handle] {
    case .sum(let list):
      var terms: [Handle] = []
      for term in operands(list) {
        terms.append(expanded(term, limit, opensPowers: opensPowers, &memo))
      }
      result = canonicalSum(terms)
    case .product(let list):
      var factors: [Handle] = []
      for factor in operands(list) {
        factors.append(expanded(factor, limit, opensPowers: opensPowers, &memo))
      }
      result = multipliedOut(factors, limit)
    case .power(let base, let exponent):
      let inner = expanded(base, limit, opensPowers: opensPowers, &memo)
      if opensPowers, case .sum = self[inner], let order = rational(exponent)?.asInt, order >= 2,
        order <= 8
      {
        result = multipliedOut([Handle](repeating: inner, count: order), limit)
      } else {
        result = canonicalPower(inner, exponent)
      }
    case .indexedSum:
      guard let opened = open(handle) else { return handle }
      let body = expanded(opened.body, limit, opensPowers: opensPowers, &memo)
      result =
        body == opened.body
        ? handle : canonicalIndexedSum(body, over: opened.indices, ranges: opened.ranges)
    default: result = handle
    }
    memo[handle] = result
    return result
  }

  private mutating func multipliedOut(_ factors: [Handle], _ limit: Int) -> Handle {
    var single: [Handle] = []
    var sums: [Handle] = []
    for factor in factors {
      if case .sum = self[factor] { sums.append(factor) } else { single.append(factor) }
    }
    var terms = termHandles(canonicalProduct(single))
    for factor in sums {
      let parts = termHandles(factor)
      guard terms.count * parts.count <= limit else { return canonicalProduct(factors) }
      if parts.count == 1 {
        for place in terms.indices { terms[place] = canonicalProduct([terms[place], factor]) }
      } else {
        var products: [Handle] = []
        products.reserveCapacity(terms.count * parts.count)
        for term in terms {
          for part in parts { products.append(canonicalProduct([term, part])) }
        }
        terms = termHandles(canonicalSum(products))
      }
    }
    return canonicalSum(terms)
  }
}
