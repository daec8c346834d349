import NablaExpressions
import NablaNumbers

extension ExpressionPool {
  /// Products and small whole powers multiplied out over sums; canonical in, canonical out.
  ///
  /// A product that would give more than `limit` terms stays as it is.
  package mutating func expanded(_ handle: Handle, limit: Int = 400) -> Handle {
    var memo = HandleMap()
    return expanded(handle, limit, opensPowers: true, &memo)
  }

  /// Products multiplied out over sums, with powers of sums left as they are.
  package mutating func distributed(_ handle: Handle, limit: Int = 400) -> Handle {
    var memo = HandleMap()
    return expanded(handle, limit, opensPowers: false, &memo)
  }

  private mutating func expanded(
    _ handle: Handle, _ limit: Int, opensPowers: Bool, _ memo: inout HandleMap
  ) -> Handle {
    if let known = memo[handle] { return known }
    let result: Handle
    switch self[handle] {
    case .sum:
      let mapped = mapChildren(of: handle) { pool, term, _ in
        pool.expanded(term, limit, opensPowers: opensPowers, &memo)
      }
      result = mapped == handle ? handle : canonicalSum(operandHandles(mapped))
    case .product:
      let mapped = mapChildren(of: handle) { pool, factor, _ in
        pool.expanded(factor, limit, opensPowers: opensPowers, &memo)
      }
      result = multipliedOut(operandHandles(mapped), limit)
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
    var sums: [[Handle]] = []
    var count = 1
    for factor in factors {
      guard case .sum(let list) = self[factor] else {
        single.append(factor)
        continue
      }
      count *= self.count(list)
      if count > limit { return canonicalProduct(factors) }
      sums.append(operands(list))
    }
    var terms = [canonicalProduct(single)]
    for parts in sums {
      var products: [Handle] = []
      products.reserveCapacity(terms.count * parts.count)
      for term in terms {
        for part in parts { products.append(canonicalProduct([term, part])) }
      }
      terms = termHandles(canonicalSum(products))
    }
    return terms.count == 1 ? terms[0] : canonicalSum(terms)
  }

  /// The members of a node's operand list.
  private func operandHandles(_ handle: Handle) -> [Handle] {
    switch self[handle] {
    case .sum(let list), .product(let list): operands(list)
    default: [handle]
    }
  }
}
