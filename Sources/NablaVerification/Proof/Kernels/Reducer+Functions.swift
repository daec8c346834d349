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
      return try share(of: jumpingSign(x), positive: true)
    case .asinh:
      if x.coefficient.isNegative { return try value(.asinh, x.scaled(by: -1)).scaled(by: -1) }
      let root = try power(algebra.add([algebra.power(x, 2), .one]), Self.half)
      let sum = try algebra.add([x, root])
      if !x.isZero { algebra.takeSign(of: sum, isStrict: true) }
      return try logarithm(sum)
    case .acosh:
      let root = try power(
        algebra.add([algebra.power(x, 2), FactoredForm(-1)]), Self.half)
      let sum = try algebra.add([x, root])
      // The domain is where x is at least 1.
      algebra.takeSign(of: sum, isStrict: true)
      return try logarithm(sum)
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
      if function == .atan, let arc = try constantArc(x) { return arc }
      if function == .asin, let arc = try constantArcsine(x) { return arc }
      if function == .asin, let tangent = try tangent(ofSine: x) {
        return try value(.atan, tangent)
      }
      if function == .atan, !algebra.isExact, x.factors.allSatisfy({ $0.exponent < 0 }),
        !x.factors.isEmpty
      {
        let quarter = try algebra.multiply(piForm().scaled(by: Self.half), algebra.sign(x))
        return try algebra.add([quarter, value(.atan, algebra.inverse(x)).scaled(by: -1)])
      }
      var kernel = Kernel(kind: .application(function, x), indices: algebra.indices(of: x))
      kernel.lower = Bound(-2, isIncluded: true)
      kernel.upper = Bound(2, isIncluded: true)
      kernel.isPositive = isPositive(x)
      return algebra.form(kernel: algebra.insert(kernel))
    }
  }

  /// y/√(1 − y²) for a sine y with roots in it, if that has none and is defined wherever y is.
  private mutating func tangent(
    ofSine y: FactoredForm
  ) throws(ReductionFailure) -> FactoredForm? {
    guard algebra.hasRoots(y) else { return nil }
    let square = try algebra.power(y, 2)
    let rest = try algebra.add([.one, square.scaled(by: -1)])
    guard isPositive(rest) else { return nil }
    let tangent = try algebra.multiply(y, power(rest, -Self.half))
    return algebra.hasRoots(tangent) ? nil : tangent
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

  /// 1 where a sign is 1 and 0 elsewhere, or the same with −1.
  mutating func share(
    of sign: FactoredForm, positive: Bool
  ) throws(ReductionFailure) -> FactoredForm {
    let square = algebra.isExact ? try algebra.power(sign, 2) : .one
    return try algebra.add([square, positive ? sign : sign.scaled(by: -1)]).scaled(by: Self.half)
  }

  /// The sign where it is not 0, or the exact sign; its zeros are recorded.
  mutating func jumpingSign(_ x: FactoredForm) throws(ReductionFailure) -> FactoredForm {
    let x = try atZeros(x)
    if algebra.isExact { return try algebra.exactSign(x) }
    jumps.formUnion(algebra.simplestZeros(of: x))
    if x.isZero { return .zero }
    return try algebra.sign(x)
  }
}
