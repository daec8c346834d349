/// A built-in function of one variable.
public enum Function: UInt8, BitwiseCopyable, Sendable, CaseIterable {
  case exp, log, sqrt
  case sin, cos, tan, cot, sec, csc
  case sinh, cosh, tanh, coth, sech, csch
  case asin, acos, atan, acot, asec, acsc
  case asinh, acosh, atanh, acoth, asech, acsch
  case sigmoid, softplus, relu, erf, abs, sign, step

  /// The spelling in plain notation.
  public var name: String {
    switch self {
    case .exp: "exp"
    case .log: "log"
    case .sqrt: "sqrt"
    case .sin: "sin"
    case .cos: "cos"
    case .tan: "tan"
    case .cot: "cot"
    case .sec: "sec"
    case .csc: "csc"
    case .sinh: "sinh"
    case .cosh: "cosh"
    case .tanh: "tanh"
    case .coth: "coth"
    case .sech: "sech"
    case .csch: "csch"
    case .asin: "asin"
    case .acos: "acos"
    case .atan: "atan"
    case .acot: "acot"
    case .asec: "asec"
    case .acsc: "acsc"
    case .asinh: "asinh"
    case .acosh: "acosh"
    case .atanh: "atanh"
    case .acoth: "acoth"
    case .asech: "asech"
    case .acsch: "acsch"
    case .sigmoid: "sigmoid"
    case .softplus: "softplus"
    case .relu: "ReLU"
    case .erf: "erf"
    case .abs: "abs"
    case .sign: "sign"
    case .step: "step"
    }
  }

  /// The function with this spelling in plain notation.
  public init?(named name: String) {
    for function in Function.allCases where function.name == name {
      self = function
      return
    }
    return nil
  }

  /// Whether f(−x) = −f(x) on the whole domain.
  public var isOdd: Bool {
    switch self {
    case .sin, .tan, .cot, .csc, .sinh, .tanh, .coth, .csch, .asin, .atan, .asinh, .atanh,
      .acoth, .acsch, .acsc, .erf, .sign:
      true
    default: false
    }
  }

  /// Whether f(−x) = f(x) on the whole domain.
  public var isEven: Bool {
    switch self {
    case .cos, .sec, .cosh, .sech, .abs: true
    default: false
    }
  }

  /// Whether the function has a point inside its domain where it is not differentiable.
  public var hasKink: Bool {
    switch self {
    case .relu, .abs, .sign, .step: true
    default: false
    }
  }

  /// Whether every value is positive.
  public var isPositive: Bool {
    switch self {
    case .exp, .sigmoid, .softplus, .cosh, .sech: true
    default: false
    }
  }

  /// Whether no value is negative.
  public var isNonnegative: Bool {
    switch self {
    case .sqrt, .abs, .relu, .step, .acosh, .acos: true
    default: isPositive
    }
  }
}
