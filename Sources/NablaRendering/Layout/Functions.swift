/// How built-in functions are named on paper.
enum Functions {
  /// The name shown for a built-in function: `asin` is arcsin.
  static func display(_ name: String) -> String {
    switch name {
    case "asin": "arcsin"
    case "acos": "arccos"
    case "atan": "arctan"
    case "acot": "arccot"
    case "asec": "arcsec"
    case "acsc": "arccsc"
    case "asinh": "arsinh"
    case "acosh": "arcosh"
    case "atanh": "artanh"
    case "acoth": "arcoth"
    case "asech": "arsech"
    case "acsch": "arcsch"
    case "trace": "tr"
    default: name
    }
  }

  /// A letter that stands for the function.
  static func symbol(_ name: String) -> String? { name == "sigmoid" ? "σ" : nil }

  /// Functions written without brackets before a single symbol: log x.
  static func omitsBrackets(_ name: String) -> Bool {
    name == "log" || name == "ln" || carriesExponent(name)
  }

  /// Functions whose exponent stands on the name: sin²(x).
  static func carriesExponent(_ name: String) -> Bool {
    switch name {
    case "sin", "cos", "tan", "cot", "sec", "csc", "sinh", "cosh", "tanh", "coth", "sech",
      "csch":
      true
    default: false
    }
  }
}
