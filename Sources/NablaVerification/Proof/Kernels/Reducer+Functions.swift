import NablaExpressions
import NablaNumbers

extension Reducer {
  /// A built-in function of a reduced argument.
  mutating func value(
    _ function: Function, _ x: FactoredForm
  ) throws(ReductionFailure) -> FactoredForm {
    switch function {
    case .exp: return try exponential(x)
    case .log: return try logarithm(x)
    case .sqrt: return try power(x, Self.half)
    case .sinh, .cosh, .tanh, .coth, .sech, .csch, .sigmoid, .softplus:
      return try inExponentials(function, x)
    case .sin, .cos, .tan, .cot, .sec, .csc: return try trigonometric(function, x)
    case .abs: return try algebra.absolute(x)
    case .relu: return try algebra.add([x, algebra.absolute(x)]).scaled(by: Self.half)
    case .sign: return try jumpingSign(x)
    case .step:
      if let value = x.constant { return value.signum > 0 ? .one : .zero }
      return try algebra.add([jumpingSign(x), .one]).scaled(by: Self.half)
    case .asinh:
      if x.coefficient.isNegative { return try value(.asinh, x.scaled(by: -1)).scaled(by: -1) }
      let root = try power(algebra.add([algebra.power(x, 2), .one]), Self.half)
      let sum = try algebra.add([x, root])
      if !x.isZero { markPositive(sum) }
      return try logarithm(sum)
    case .acosh:
      let root = try power(
        algebra.add([algebra.power(x, 2), FactoredForm(-1)]), Self.half)
      return try logarithm(algebra.add([x, root]))
    case .atanh:
      let above = try algebra.add([.one, x])
      let below = try algebra.add([.one, x.scaled(by: -1)])
      return try logarithm(algebra.multiply(above, algebra.inverse(below))).scaled(by: Self.half)
    case .acoth: return try value(.atanh, algebra.inverse(x))
    case .asech: return try value(.acosh, algebra.inverse(x))
    case .acsch: return try value(.asinh, algebra.inverse(x))
    case .acot: return try value(.atan, algebra.inverse(x))
    case .acsc: return try value(.asin, algebra.inverse(x))
    case .asec: return try value(.acos, algebra.inverse(x))
    case .acos:
      let quarter = try piForm().scaled(by: Self.half)
      return try algebra.add([quarter, value(.asin, x).scaled(by: -1)])
    case .asin, .atan, .erf:
      if x.isZero { return .zero }
      if x.coefficient.isNegative { return try value(function, x.scaled(by: -1)).scaled(by: -1) }
      var kernel = Kernel(kind: .application(function, x), indices: algebra.indices(of: x))
      kernel.lower = Bound(-2, isIncluded: true)
      kernel.upper = Bound(2, isIncluded: true)
      kernel.isPositive = isPositive(x)
      return algebra.form(kernel: algebra.insert(kernel))
    }
  }

  private mutating func markPositive(_ form: FactoredForm) {
    // x + √(x² + 1) is positive for every x.
    if form.factors.count == 1, form.factors[0].exponent == 1 {
      algebra.setSign(form.coefficient.signum, of: form.factors[0].id, isWeak: false)
    }
  }

  mutating func piForm() throws(ReductionFailure) -> FactoredForm {
    guard let pi else { throw .tooLarge }
    return pi
  }

  private mutating func inExponentials(
    _ function: Function, _ x: FactoredForm
  ) throws(ReductionFailure) -> FactoredForm {
    let growing = try exponential(x)
    let falling = try algebra.inverse(growing)
    switch function {
    case .sigmoid:
      return try algebra.multiply(growing, algebra.inverse(algebra.add([.one, growing])))
    case .softplus: return try logarithm(algebra.add([.one, growing]))
    default: break
    }
    let sum = try algebra.add([growing, falling])
    let difference = try algebra.add([growing, falling.scaled(by: -1)])
    switch function {
    case .sinh: return difference.scaled(by: Self.half)
    case .cosh: return sum.scaled(by: Self.half)
    case .tanh: return try algebra.multiply(difference, algebra.inverse(sum))
    case .coth: return try algebra.multiply(sum, algebra.inverse(difference))
    case .sech: return try algebra.inverse(sum).scaled(by: 2)
    default: return try algebra.inverse(difference).scaled(by: 2)
    }
  }

  /// The sign where it is not 0; its zeros are recorded.
  mutating func jumpingSign(_ x: FactoredForm) throws(ReductionFailure) -> FactoredForm {
    let x = try atZeros(x)
    for factor in x.factors where factor.exponent > 0 && algebra.strictSign(factor.id) == nil {
      jumps.insert(factor.id)
    }
    if x.isZero { return .zero }
    return try algebra.sign(x)
  }
}
