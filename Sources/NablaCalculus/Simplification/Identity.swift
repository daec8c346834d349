import NablaExpressions
import NablaNumbers

extension ExpressionPool {
  /// Whether two expressions are equal as rational functions of the same kernels, wherever both
  /// are defined.
  ///
  /// Exponentials of rational multiples of one expression count as powers of one kernel.
  /// True is a proof; false says nothing.
  package mutating func areIdentical(_ left: Handle, _ right: Handle) -> Bool {
    let difference = canonicalDifference(canonical(left), canonical(right))
    if difference == zero { return true }
    if treeSize(difference) > 4000 { return false }
    let rational = withExponentialKernels(inExponentials(difference))
    return combined(rational) == zero || expanded(combined(rational)) == zero
  }

  /// Hyperbolic functions and the sigmoid by their definitions.
  private mutating func inExponentials(_ handle: Handle) -> Handle {
    var memo: [Handle: Handle] = [:]
    return canonical(inExponentials(handle, &memo))
  }

  private mutating func inExponentials(
    _ handle: Handle, _ memo: inout [Handle: Handle]
  ) -> Handle {
    if let known = memo[handle] { return known }
    var result = mapChildren(of: handle) { pool, child, _ in pool.inExponentials(child, &memo) }
    if case .function(let function, let argument) = self[result],
      let definition = exponentialForm(function, argument)
    {
      result = definition
    }
    memo[handle] = result
    return result
  }

  mutating func exponentialForm(_ function: Function, _ argument: Handle) -> Handle? {
    let growing = writtenFunction(.exp, argument)
    let falling = writtenFunction(.exp, negation(argument))
    let sum = writtenSum([growing, falling])
    let difference = writtenSum([growing, negation(falling)])
    switch function {
    case .sinh: return quotient(difference, two)
    case .cosh: return quotient(sum, two)
    case .tanh: return quotient(difference, sum)
    case .coth: return quotient(sum, difference)
    case .sech: return quotient(two, sum)
    case .csch: return quotient(two, difference)
    case .sigmoid: return quotient(one, writtenSum([one, falling]))
    default: return nil
    }
  }

  private mutating func withExponentialKernels(_ handle: Handle) -> Handle {
    var unknowns: [Handle: Handle] = [:]
    return withExponentialKernels(handle, &unknowns)
  }

  /// exp(n·u) and exp(m·u) as powers of one positive unknown; `unknowns` tells what each stands for.
  mutating func withExponentialKernels(
    _ handle: Handle, _ unknowns: inout [Handle: Handle]
  ) -> Handle {
    var kernels: [Handle: (unit: Rational, symbol: Handle)] = [:]
    var arguments: [Handle] = []
    for node in nodesBelow([handle]) {
      guard case .function(.exp, let argument) = self[node], looseLevels(argument) == 0 else {
        continue
      }
      arguments.append(argument)
    }
    for argument in arguments {
      let split = splitCoefficient(argument)
      let own = split.coefficient.absoluteValue
      if let known = kernels[split.factor] {
        kernels[split.factor]?.unit = commonMeasure(known.unit, own)
      } else {
        let symbol = symbol(declare(Symbol("", .scalar, domain: .positive, isFresh: true)))
        kernels[split.factor] = (own, symbol)
      }
    }
    for (factor, kernel) in kernels {
      let argument = canonicalProduct([number(kernel.unit), factor])
      unknowns[kernel.symbol] = writtenFunction(.exp, argument)
    }
    var substitution = Substitution()
    for argument in arguments {
      let split = splitCoefficient(argument)
      guard let kernel = kernels[split.factor],
        let order = split.coefficient.dividing(by: kernel.unit)
      else { continue }
      let exponential = writtenFunction(.exp, argument)
      substitution.nodes[exponential] = canonicalPower(kernel.symbol, number(order))
    }
    return canonical(substitute(substitution, in: handle))
  }

  /// The largest number of which both are whole multiples.
  private func commonMeasure(_ left: Rational, _ right: Rational) -> Rational {
    let numerator = Integer.greatestCommonDivisor(
      left.numerator * right.denominator, right.numerator * left.denominator)
    return Rational(numerator, over: left.denominator * right.denominator) ?? left
  }
}
