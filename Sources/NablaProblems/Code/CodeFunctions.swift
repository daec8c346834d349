import NablaExpressions

/// How a built-in function is spelled.
struct CodeFunction {
  let name: String
  /// The function of the file that has to be there for it.
  let helper: CodeHelper?

  init(_ name: String, _ helper: CodeHelper? = nil) {
    self.name = name
    self.helper = helper
  }

  static func spelling(of function: Function, _ language: CodeLanguage) -> CodeFunction {
    language == .python ? python(function) : swift(function)
  }

  private static func python(_ function: Function) -> CodeFunction {
    switch function {
    case .exp: CodeFunction("np.exp")
    case .log: CodeFunction("np.log")
    case .sqrt: CodeFunction("np.sqrt")
    case .sin: CodeFunction("np.sin")
    case .cos: CodeFunction("np.cos")
    case .tan: CodeFunction("np.tan")
    case .sinh: CodeFunction("np.sinh")
    case .cosh: CodeFunction("np.cosh")
    case .tanh: CodeFunction("np.tanh")
    case .asin: CodeFunction("np.arcsin")
    case .acos: CodeFunction("np.arccos")
    case .atan: CodeFunction("np.arctan")
    case .asinh: CodeFunction("np.arcsinh")
    case .acosh: CodeFunction("np.arccosh")
    case .atanh: CodeFunction("np.arctanh")
    case .abs: CodeFunction("np.abs")
    case .sign: CodeFunction("np.sign")
    default: shared(function)
    }
  }

  private static func swift(_ function: Function) -> CodeFunction {
    switch function {
    case .exp, .log, .sqrt, .sin, .cos, .tan, .sinh, .cosh, .tanh, .asin, .acos, .atan, .asinh,
      .acosh, .atanh, .abs, .erf:
      CodeFunction(function.name)
    case .sign: CodeFunction("sign", .sign)
    default: shared(function)
    }
  }

  private static func shared(_ function: Function) -> CodeFunction {
    switch function {
    case .sigmoid: CodeFunction("sigmoid", .sigmoid)
    case .softplus: CodeFunction("softplus", .softplus)
    case .relu: CodeFunction("relu", .relu)
    case .step: CodeFunction("step", .step)
    case .cot: CodeFunction("cot", .cot)
    case .sec: CodeFunction("sec", .sec)
    case .csc: CodeFunction("csc", .csc)
    case .coth: CodeFunction("coth", .coth)
    case .sech: CodeFunction("sech", .sech)
    case .csch: CodeFunction("csch", .csch)
    case .acot: CodeFunction("acot", .acot)
    case .asec: CodeFunction("asec", .asec)
    case .acsc: CodeFunction("acsc", .acsc)
    case .acoth: CodeFunction("acoth", .acoth)
    case .asech: CodeFunction("asech", .asech)
    case .acsch: CodeFunction("acsch", .acsch)
    case .erf: CodeFunction("erf", .erf)
    default: CodeFunction(function.name)
    }
  }
}

extension CodeHelper {
  func source(_ language: CodeLanguage) -> String { language == .python ? python : swift }

  private var python: String {
    switch self {
    case .sigmoid:
      """
      def sigmoid(x):
          \"\"\"1/(1 + exp(-x)) without overflow.\"\"\"
          power = np.exp(-np.abs(x))
          return np.where(np.asarray(x) >= 0, 1.0, power) / (1.0 + power)
      """
    case .softplus:
      """
      def softplus(x):
          \"\"\"log(1 + exp(x)) without overflow.\"\"\"
          return np.logaddexp(0.0, x)
      """
    case .softmax:
      """
      def softmax(x):
          \"\"\"exp(x)/sum(exp(x)) of a vector, or of each row of a matrix, without overflow.\"\"\"
          powers = np.exp(x - np.max(x, axis=-1, keepdims=True))
          return powers / np.sum(powers, axis=-1, keepdims=True)
      """
    case .relu: "def relu(x):\n    return np.maximum(x, 0.0)"
    case .sign: ""
    case .step:
      """
      def step(x):
          \"\"\"1 where x > 0, else 0.\"\"\"
          return np.where(np.asarray(x) > 0, 1.0, 0.0)
      """
    case .cot: "def cot(x):\n    return 1.0 / np.tan(x)"
    case .sec: "def sec(x):\n    return 1.0 / np.cos(x)"
    case .csc: "def csc(x):\n    return 1.0 / np.sin(x)"
    case .coth: "def coth(x):\n    return 1.0 / np.tanh(x)"
    case .sech: "def sech(x):\n    return 1.0 / np.cosh(x)"
    case .csch: "def csch(x):\n    return 1.0 / np.sinh(x)"
    case .acot: "def acot(x):\n    return np.arctan(1.0 / x)"
    case .asec: "def asec(x):\n    return np.arccos(1.0 / x)"
    case .acsc: "def acsc(x):\n    return np.arcsin(1.0 / x)"
    case .acoth: "def acoth(x):\n    return np.arctanh(1.0 / x)"
    case .asech: "def asech(x):\n    return np.arccosh(1.0 / x)"
    case .acsch: "def acsch(x):\n    return np.arcsinh(1.0 / x)"
    case .erf: "erf = np.vectorize(math.erf, otypes=[float])"
    case .product:
      """
      def prod(factors):
          result = 1.0
          for factor in factors:
              result *= factor
          return result
      """
    case .determinant, .inverse: ""
    }
  }

  private var swift: String {
    func function(_ name: String, _ body: String) -> String {
      "func \(name)(_ x: Double) -> Double { \(body) }"
    }
    switch self {
    case .sigmoid:
      return """
        /// 1/(1 + exp(-x)) without overflow.
        func sigmoid(_ x: Double) -> Double {
          let power = exp(-abs(x))
          return (x >= 0 ? 1 : power) / (1 + power)
        }
        """
    case .softplus:
      return """
        /// log(1 + exp(x)) without overflow.
        func softplus(_ x: Double) -> Double { max(x, 0) + log1p(exp(-abs(x))) }
        """
    case .softmax, .product, .erf: return ""
    case .relu: return function("relu", "max(x, 0)")
    case .sign: return function("sign", "x > 0 ? 1 : x < 0 ? -1 : x")
    case .step: return function("step", "x > 0 ? 1 : 0")
    case .cot: return function("cot", "1 / tan(x)")
    case .sec: return function("sec", "1 / cos(x)")
    case .csc: return function("csc", "1 / sin(x)")
    case .coth: return function("coth", "1 / tanh(x)")
    case .sech: return function("sech", "1 / cosh(x)")
    case .csch: return function("csch", "1 / sinh(x)")
    case .acot: return function("acot", "atan(1 / x)")
    case .asec: return function("asec", "acos(1 / x)")
    case .acsc: return function("acsc", "asin(1 / x)")
    case .acoth: return function("acoth", "atanh(1 / x)")
    case .asech: return function("asech", "acosh(1 / x)")
    case .acsch: return function("acsch", "asinh(1 / x)")
    case .determinant:
      return """
        /// The determinant, by elimination with pivots.
        func determinant(_ matrix: [[Double]]) -> Double {
          var a = matrix
          var result = 1.0
          for column in a.indices {
            var pivot = column
            for row in column..<a.count where abs(a[row][column]) > abs(a[pivot][column]) {
              pivot = row
            }
            if a[pivot][column] == 0 { return 0 }
            if pivot != column {
              a.swapAt(pivot, column)
              result = -result
            }
            result *= a[column][column]
            for row in (column + 1)..<a.count {
              let factor = a[row][column] / a[column][column]
              for place in column..<a.count { a[row][place] -= factor * a[column][place] }
            }
          }
          return result
        }
        """
    case .inverse:
      return """
        /// The inverse, by elimination with pivots; infinite or NaN where there is none.
        func inverse(_ matrix: [[Double]]) -> [[Double]] {
          let count = matrix.count
          var a = matrix
          var b = [[Double]](repeating: [Double](repeating: 0, count: count), count: count)
          for place in 0..<count { b[place][place] = 1 }
          for column in 0..<count {
            var pivot = column
            for row in column..<count where abs(a[row][column]) > abs(a[pivot][column]) {
              pivot = row
            }
            a.swapAt(pivot, column)
            b.swapAt(pivot, column)
            let scale = 1 / a[column][column]
            for place in 0..<count {
              a[column][place] *= scale
              b[column][place] *= scale
            }
            for row in 0..<count where row != column {
              let factor = a[row][column]
              for place in 0..<count {
                a[row][place] -= factor * a[column][place]
                b[row][place] -= factor * b[column][place]
              }
            }
          }
          return b
        }
        """
    }
  }
}
