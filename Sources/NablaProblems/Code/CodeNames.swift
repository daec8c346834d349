import NablaExpressions
import NablaRendering

/// Identifiers for symbols: plain letters, never a keyword, never twice.
struct CodeNames {
  let language: CodeLanguage
  private var names: [SymbolID: String] = [:]
  private var taken: Set<String> = []

  init(_ language: CodeLanguage) { self.language = language }

  /// The identifier of a symbol, chosen when it is first asked for.
  mutating func name(of symbol: SymbolID, _ pool: borrowing ExpressionPool) -> String {
    if let known = names[symbol] { return known }
    let name = unique(Self.spelling(of: symbol, pool))
    names[symbol] = name
    return name
  }

  /// An identifier that nothing has yet; it is taken from now on.
  mutating func unique(_ wanted: String) -> String {
    let base = Self.identifier(wanted)
    var name = CodeWords.reserved(language).contains(base) ? base + "_" : base
    var number = 2
    while taken.contains(name) {
      name = "\(base)_\(number)"
      number += 1
    }
    taken.insert(name)
    return name
  }

  /// The identifier of a symbol that has one, and the spelling of any other.
  func known(_ symbol: SymbolID, _ pool: borrowing ExpressionPool) -> String {
    names[symbol] ?? Self.identifier(Self.spelling(of: symbol, pool))
  }

  /// The identifier of an index of an open loop.
  func name(ofIndex index: SymbolID) -> String { names[index] ?? "" }

  /// Gives a name of `unique` back.
  mutating func release(_ name: String) { taken.remove(name) }

  /// Names a symbol by an identifier of `unique`.
  mutating func set(_ name: String, for symbol: SymbolID) { names[symbol] = name }

  private static func spelling(of symbol: SymbolID, _ pool: borrowing ExpressionPool) -> String {
    if let derivative = pool.functionDerivative(of: symbol) {
      return pool.name(of: derivative.function) + suffix(derivative.orders)
    }
    if pool.isFresh(symbol) { return pool.preferredName(of: symbol) ?? "i" }
    return pool.name(of: symbol)
  }

  /// f′ is `f_prime`; the partial derivative of f once by each of two arguments `f_by_1_2`.
  private static func suffix(_ orders: [Int]) -> String {
    if orders.count == 1 {
      switch orders[0] {
      case 1: return "_prime"
      case 2: return "_second"
      case 3: return "_third"
      default: return "_order\(orders[0])"
      }
    }
    var text = "_by"
    for (place, order) in orders.enumerated() {
      for _ in 0..<min(max(order, 0), 9) { text += "_\(place + 1)" }
    }
    return text
  }

  /// A name in ASCII letters, digits and underscores that does not begin with a digit.
  static func identifier(_ text: String) -> String {
    var name = ""
    for scalar in text.unicodeScalars {
      let value = scalar.value
      switch value {
      case 0x30...0x39, 0x41...0x5A, 0x5F, 0x61...0x7A: name.unicodeScalars.append(scalar)
      case 0x2080...0x2089: name += String(value - 0x2080)
      case 0x27, 0x2032: name += "_prime"
      case 0x302: name += "hat"
      case 0x303: name += "tilde"
      case 0x304: name += "bar"
      default:
        if let word = GreekLetters.name(ofLetter: String(Character(scalar))) {
          name += word
        } else if scalar.properties.isAlphabetic {
          name += "u" + String(value, radix: 16)
        } else if !name.isEmpty, name.utf8.last != 0x5F {
          name += "_"
        }
      }
      if name.utf8.count > 60 { break }
    }
    guard let first = name.utf8.first else { return "v" }
    return (0x30...0x39).contains(first) || first == 0x5F ? "v" + name : name
  }
}

/// The words a name may not be.
enum CodeWords {
  static func reserved(_ language: CodeLanguage) -> Set<String> {
    language == .python ? python : swift
  }

  private static let python: Set<String> = [
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class",
    "continue", "def", "del", "elif", "else", "except", "finally", "for", "from", "global", "if",
    "import", "in", "is", "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try",
    "while", "with", "yield", "match", "case", "type", "abs", "all", "any", "bool", "dict",
    "enumerate", "float", "int", "len", "list", "map", "max", "min", "print", "range", "round",
    "set", "str", "sum", "tuple", "zip", "np", "sys", "math", "array", "numeric", "steps", "rate",
    "losses", "loss", "expected", "steps", "rate", "step", "losses", "loss", "sample", "expected",
    "trained",
    "added", "central", "bump",
    "worse", "report", "check", "values", "result", "error", "passed", "sigmoid", "softplus",
    "softmax", "relu", "step", "cot", "sec", "csc", "coth", "sech", "csch", "acot", "asec", "acsc",
    "acoth", "asech", "acsch", "erf", "prod",
  ]

  private static let swift: Set<String> = [
    "Any", "Self", "actor", "as", "associatedtype", "async", "await", "break", "case", "catch",
    "class", "continue", "convenience", "default", "defer", "deinit", "do", "else", "enum",
    "extension", "fallthrough", "false", "fileprivate", "final", "for", "func", "guard", "if",
    "import", "in", "indirect", "init", "inout", "internal", "is", "lazy", "let", "mutating",
    "nil", "open", "operator", "override", "precedencegroup", "private", "protocol", "public",
    "repeat", "required", "rethrows", "return", "self", "set", "get", "some", "static", "struct",
    "subscript", "super", "switch", "throw", "throws", "true", "try", "typealias", "var", "weak",
    "where", "while", "Double", "Int", "String", "Bool", "Array", "abs", "max", "min", "print",
    "exp", "log", "log1p", "sqrt", "pow", "sin", "cos", "tan", "sinh", "cosh", "tanh", "asin",
    "acos", "atan", "asinh", "acosh", "atanh", "erf", "exit", "stride", "numeric", "steps", "rate",
    "step", "losses", "loss", "sample", "expected", "trained",
    "added", "central",
    "bump",
    "worse", "report", "check", "values", "result", "error", "passed", "sigmoid", "softplus",
    "softmax", "relu", "sign", "step", "cot", "sec", "csc", "coth", "sech", "csch", "acot",
    "asec", "acsc", "acoth", "asech", "acsch", "inverse", "determinant", "requireShape",
    "fatalError", "zip", "repeatElement", "precondition",
  ]
}
