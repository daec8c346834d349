import NablaNumbers

/// The functions of one number, by the names of the recorded table.
let ballFunctions: [String: @Sendable (BallArithmetic, Ball) -> Ball] = [
  "exp": { $0.exp($1) }, "log": { $0.log($1) }, "sqrt": { $0.squareRoot($1) },
  "sin": { $0.sin($1) }, "cos": { $0.cos($1) }, "tan": { $0.tan($1) },
  "cot": { $0.cot($1) }, "sec": { $0.sec($1) }, "csc": { $0.csc($1) },
  "sinh": { $0.sinh($1) }, "cosh": { $0.cosh($1) }, "tanh": { $0.tanh($1) },
  "coth": { $0.coth($1) }, "sech": { $0.sech($1) }, "csch": { $0.csch($1) },
  "asin": { $0.asin($1) }, "acos": { $0.acos($1) }, "atan": { $0.atan($1) },
  "acot": { $0.acot($1) }, "asec": { $0.asec($1) }, "acsc": { $0.acsc($1) },
  "asinh": { $0.asinh($1) }, "acosh": { $0.acosh($1) }, "atanh": { $0.atanh($1) },
  "acoth": { $0.acoth($1) }, "asech": { $0.asech($1) }, "acsch": { $0.acsch($1) },
  "sigmoid": { $0.sigmoid($1) }, "softplus": { $0.softplus($1) }, "erf": { $0.erf($1) },
  "abs": { $0.abs($1) }, "sign": { $0.sign($1) }, "step": { $0.step($1) },
  "relu": { $0.relu($1) },
]

/// The operations on two numbers, by the names of the recorded table.
let ballOperations: [String: @Sendable (BallArithmetic, Ball, Ball) -> Ball] = [
  "add": { $0.add($1, $2) }, "subtract": { $0.subtract($1, $2) },
  "multiply": { $0.multiply($1, $2) }, "divide": { $0.divide($1, by: $2) },
  "power": { $0.power($1, $2) }, "maximum": { $0.maximum($1, $2) },
  "minimum": { $0.minimum($1, $2) }, "root": { $0.root($1, degree: Int($2.doubleValue)) },
]
