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
    let rational = withExponentialKernels(difference)
    return combined(rational) == zero || expanded(combined(rational)) == zero
  }

  /// exp(n·u) and exp(m·u) as powers of one positive unknown.
  private mutating func withExponentialKernels(_ handle: Handle) -> Handle {
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
