/// The functions and constants that need no declaration.
package enum BuiltInNames {
  /// A built-in function and how many arguments it takes; no maximum means any number.
  package struct Function: Hashable, Sendable {
    package let name: String
    package let minimumArity: Int
    package let maximumArity: Int?
  }

  package static let constants = ["e", "pi"]

  /// Functions of one argument that act on every entry.
  package static let elementwise = [
    "exp", "log", "sqrt",
    "sin", "cos", "tan", "cot", "sec", "csc",
    "asin", "acos", "atan", "acot", "asec", "acsc",
    "sinh", "cosh", "tanh", "coth", "sech", "csch",
    "asinh", "acosh", "atanh", "acoth", "asech", "acsch",
    "sigmoid", "softplus", "ReLU", "erf", "abs", "sign", "step",
  ]

  package static let functions: [Function] =
    elementwise.map { Function(name: $0, minimumArity: 1, maximumArity: 1) } + [
      Function(name: "max", minimumArity: 2, maximumArity: nil),
      Function(name: "min", minimumArity: 2, maximumArity: nil),
      Function(name: "sum", minimumArity: 1, maximumArity: nil),
      Function(name: "product", minimumArity: 2, maximumArity: nil),
      Function(name: "mean", minimumArity: 1, maximumArity: 1),
      Function(name: "delta", minimumArity: 2, maximumArity: 2),
      Function(name: "piecewise", minimumArity: 1, maximumArity: nil),
      Function(name: "diff", minimumArity: 2, maximumArity: nil),
      Function(name: "inv", minimumArity: 1, maximumArity: 1),
      Function(name: "det", minimumArity: 1, maximumArity: 1),
      Function(name: "trace", minimumArity: 1, maximumArity: 1),
      Function(name: "diag", minimumArity: 1, maximumArity: 1),
      Function(name: "dot", minimumArity: 2, maximumArity: 2),
      Function(name: "outer", minimumArity: 2, maximumArity: 2),
      Function(name: "eye", minimumArity: 1, maximumArity: 1),
      Function(name: "ones", minimumArity: 1, maximumArity: 2),
      Function(name: "norm", minimumArity: 1, maximumArity: 1),
      Function(name: "softmax", minimumArity: 1, maximumArity: 1),
      Function(name: "onehot", minimumArity: 1, maximumArity: 1),
    ]

  /// Other spellings that are read as built-in functions.
  package static let aliases: [(alias: String, name: String)] = [
    ("sigma", "sigmoid"), ("ln", "log"), ("tr", "trace"),
  ]

  /// The built-in function of a name or of its other spelling.
  package static func function(named name: String) -> Function? {
    var canonical = name
    for entry in aliases where entry.alias == name { canonical = entry.name }
    for function in functions where function.name == canonical { return function }
    return nil
  }

  /// What a name stands for that Nabla does not have, such as `integrals` for `int`.
  package static func unsupportedTopic(of name: String) -> String? {
    switch name {
    case "integral", "integrate", "int", "Integral": "integrals"
    case "limit", "lim", "Limit": "limits"
    case "dsolve", "ode", "odesolve": "differential equations"
    case "Re", "Im", "conj", "complex", "arg": "complex numbers"
    default: nil
    }
  }
}
