import NablaExpressions
import NablaNumbers

/// Single moves on written forms, small enough to be followed by eye.
extension ExpressionPool {
  /// The expression with every function that has a definition by others written out, and which.
  package mutating func withFunctionsOpened(
    _ handle: Handle
  ) -> (result: Handle, functions: [Function]) {
    var memo: [Handle: Handle] = [:]
    var functions: [Function] = []
    let result = opened(handle, &memo, &functions)
    return (result, functions)
  }

  private mutating func opened(
    _ handle: Handle, _ memo: inout [Handle: Handle], _ functions: inout [Function]
  ) -> Handle {
    if let known = memo[handle] { return known }
    var result = mapChildren(of: handle) { pool, child, _ in
      pool.opened(child, &memo, &functions)
    }
    if case .function(let function, let argument) = self[result],
      let definition = writtenDefinition(of: function, argument)
    {
      if !functions.contains(function) { functions.append(function) }
      result = definition
    }
    memo[handle] = result
    return result
  }

  private mutating func writtenDefinition(
    of function: Function, _ argument: Handle
  ) -> Handle? {
    func over(_ above: Function, _ below: Function, _ pool: inout ExpressionPool) -> Handle {
      let numerator = pool.writtenFunction(above, argument)
      return pool.quotient(numerator, pool.writtenFunction(below, argument))
    }
    switch function {
    case .tan: return over(.sin, .cos, &self)
    case .cot: return over(.cos, .sin, &self)
    case .sec: return quotient(one, writtenFunction(.cos, argument))
    case .csc: return quotient(one, writtenFunction(.sin, argument))
    case .softplus:
      return writtenFunction(.log, writtenSum([one, writtenFunction(.exp, argument)]))
    default: return exponentialForm(function, argument)
    }
  }

  /// A sum of fractions over their common denominator, the numerators only joined; a product with
  /// such sums has each of them brought over its own. Nil where there is nothing to join.
  package mutating func overOneDenominator(_ handle: Handle) -> Handle? {
    let form = canonical(handle)
    switch self[form] {
    case .sum: return joinedFractions(form)
    case .product(let list):
      var factors: [Handle] = []
      var isChanged = false
      for factor in operands(list) {
        if case .sum = self[factor], let joined = joinedFractions(factor) {
          factors.append(presentable(joined))
          isChanged = true
        } else {
          factors.append(presentable(factor))
        }
      }
      return isChanged ? writtenProduct(factors) : nil
    default: return nil
    }
  }

  private mutating func joinedFractions(_ sum: Handle) -> Handle? {
    let terms = termHandles(sum)
    if terms.count > 12 { return nil }
    var denominator: [Factor] = []
    for term in terms {
      for factor in factorHandles(term) {
        let split = splitPower(factor)
        guard let order = rational(split.exponent), order.signum < 0 else { continue }
        switch self[split.base] {
        case .delta, .indicator: return nil
        default: if split.base == zero { return nil }
        }
        if let place = denominator.firstIndex(where: { $0.base == split.base }) {
          if let known = rational(denominator[place].exponent), order < known {
            denominator[place].exponent = split.exponent
          }
        } else {
          denominator.append(split)
        }
      }
    }
    if denominator.isEmpty { return nil }
    var below: [Handle] = []
    for factor in denominator {
      below.append(canonicalPower(factor.base, canonicalNegation(factor.exponent)))
    }
    var above: [Handle] = []
    for term in terms { above.append(presentable(canonicalProduct([term] + below))) }
    return quotient(writtenSum(above), presentable(canonicalProduct(below)))
  }

  /// Powers of one exponential counted as powers of one unknown, and fractions in them joined.
  package mutating func combinedInExponentials(_ handle: Handle) -> Handle {
    let form = canonical(handle)
    if treeSize(form) > 2000 { return form }
    var kernels: [Handle: Handle] = [:]
    let rational = withExponentialKernels(form, &kernels)
    if kernels.isEmpty { return combined(form) }
    var substitution = Substitution()
    for (symbol, exponential) in kernels { substitution.nodes[symbol] = exponential }
    return canonical(substitute(substitution, in: combined(rational)))
  }
}
