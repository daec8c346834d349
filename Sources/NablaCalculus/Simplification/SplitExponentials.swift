import NablaExpressions
import NablaNumbers

extension ExpressionPool {
  /// The expression with every exponential of a sum as a product of exponentials; terms with a
  /// minus sign stand below a stroke, which `hasQuotient` tells. Nil where there is none.
  package mutating func withExponentialsSplit(
    _ handle: Handle
  ) -> (result: Handle, hasQuotient: Bool)? {
    var memo: [Handle: Handle] = [:]
    var hasQuotient = false
    let result = split(handle, &memo, &hasQuotient)
    return result == handle ? nil : (result, hasQuotient)
  }

  private mutating func split(
    _ handle: Handle, _ memo: inout [Handle: Handle], _ hasQuotient: inout Bool
  ) -> Handle {
    if let known = memo[handle] { return known }
    var result = mapChildren(of: handle) { pool, child, _ in
      pool.split(child, &memo, &hasQuotient)
    }
    if case .function(.exp, let argument) = self[result],
      case .sum(let list) = self[expanded(canonical(argument))]
    {
      var above: [Handle] = []
      var below: [Handle] = []
      for term in operands(list) {
        let isBelow = splitCoefficient(term).coefficient.isNegative
        let own = presentable(isBelow ? canonicalNegation(term) : term)
        let factor = writtenFunction(.exp, own)
        if isBelow { below.append(factor) } else { above.append(factor) }
      }
      if !below.isEmpty { hasQuotient = true }
      let product = above.isEmpty ? one : above.count == 1 ? above[0] : writtenProduct(above)
      result =
        below.isEmpty
        ? product : quotient(product, below.count == 1 ? below[0] : writtenProduct(below))
    }
    memo[handle] = result
    return result
  }
}
