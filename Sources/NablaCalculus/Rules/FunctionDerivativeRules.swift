import NablaRewriting

extension RuleFamily {
  /// The derivative of each built-in function, with the chain rule; `d(u)` is the inner derivative.
  ///
  /// Where possible the derivative is expressed through the function's own value, which keeps
  /// sharing. Source: any calculus text; Abramowitz and Stegun, chapters 4 and 7.
  // swift-format-ignore
  public static let functionDerivatives = RuleFamily("functions", "Derivatives of the built-in functions", [
    Rule("exponential-function", "d(exp(u))",      "exp(u)*d(u)",                          example: "exp(3*x)",       because: "exp is its own derivative.",                               remark: "(exp)′ = exp"),
    Rule("logarithm",            "d(log(u))",      "d(u)/u",              when: "u > 0",    example: "log(x^2 + 1)",   because: "log undoes exp, so its slope is the reciprocal of its argument.", remark: "(log u)′ = 1/u"),
    Rule("square-root",          "d(sqrt(u))",     "d(u)/(2*sqrt(u))",    when: "u > 0",    example: "sqrt(x^2 + 1)",  because: "The power rule with exponent 1/2.",                        remark: "(√u)′ = 1/(2√u)"),

    Rule("sine",                 "d(sin(u))",      "cos(u)*d(u)",                          example: "sin(x^2)",       because: "The slope of sin is cos.",                                 remark: "sin′ = cos"),
    Rule("cosine",               "d(cos(u))",      "-sin(u)*d(u)",                         example: "cos(2*x)",       because: "cos is sin shifted by a quarter turn.",                    remark: "cos′ = −sin"),
    Rule("tangent",              "d(tan(u))",      "(1 + tan(u)^2)*d(u)",                  example: "tan(x)",         because: "The quotient rule on sin/cos.",                            remark: "tan′ = 1 + tan²"),
    Rule("cotangent",            "d(cot(u))",      "-(1 + cot(u)^2)*d(u)",                 example: "cot(x)",         because: "The quotient rule on cos/sin.",                            remark: "cot′ = −(1 + cot²)"),
    Rule("secant",               "d(sec(u))",      "sec(u)*tan(u)*d(u)",                   example: "sec(x)",         because: "The chain rule on 1/cos.",                                 remark: "sec′ = sec·tan"),
    Rule("cosecant",             "d(csc(u))",      "-csc(u)*cot(u)*d(u)",                  example: "csc(x)",         because: "The chain rule on 1/sin.",                                 remark: "csc′ = −csc·cot"),

    Rule("arcsine",              "d(asin(u))",     "d(u)/sqrt(1 - u^2)",  when: "u^2 < 1",  example: "asin(x/2)",      because: "The inverse of sin, whose slope is √(1 − sin²).",          remark: "derivative of arcsin"),
    Rule("arccosine",            "d(acos(u))",     "-d(u)/sqrt(1 - u^2)", when: "u^2 < 1",  example: "acos(x/2)",      because: "arccos u = π/2 − arcsin u.",                               remark: "derivative of arccos"),
    Rule("arctangent",           "d(atan(u))",     "d(u)/(1 + u^2)",                       example: "atan(3*x)",      because: "The inverse of tan, whose slope is 1 + tan².",             remark: "(arctan u)′ = 1/(1 + u²)"),
    Rule("arccotangent",         "d(acot(u))",     "-d(u)/(1 + u^2)",     when: "u != 0",   example: "acot(x)",        because: "acot u = atan(1/u).",                                      remark: "derivative of arccot"),
    Rule("arcsecant",            "d(asec(u))",     "d(u)/(abs(u)*sqrt(u^2 - 1))",  when: "u^2 > 1", example: "asec(x)", because: "asec u = acos(1/u).",                                      remark: "derivative of arcsec"),
    Rule("arccosecant",          "d(acsc(u))",     "-d(u)/(abs(u)*sqrt(u^2 - 1))", when: "u^2 > 1", example: "acsc(x)", because: "acsc u = asin(1/u).",                                      remark: "derivative of arccsc"),

    Rule("hyperbolic-sine",      "d(sinh(u))",     "cosh(u)*d(u)",                         example: "sinh(x)",        because: "From the definition by exponentials.",                     remark: "sinh′ = cosh"),
    Rule("hyperbolic-cosine",    "d(cosh(u))",     "sinh(u)*d(u)",                         example: "cosh(x)",        because: "From the definition by exponentials.",                     remark: "cosh′ = sinh"),
    Rule("hyperbolic-tangent",   "d(tanh(u))",     "(1 - tanh(u)^2)*d(u)",                 example: "tanh(a*x + b)",  because: "The quotient rule on sinh/cosh.",                          remark: "tanh′ = 1 − tanh²"),
    Rule("hyperbolic-cotangent", "d(coth(u))",     "(1 - coth(u)^2)*d(u)", when: "u != 0", example: "coth(x)",        because: "The quotient rule on cosh/sinh.",                          remark: "coth′ = 1 − coth²"),
    Rule("hyperbolic-secant",    "d(sech(u))",     "-sech(u)*tanh(u)*d(u)",                example: "sech(x)",        because: "The chain rule on 1/cosh.",                                remark: "sech′ = −sech·tanh"),
    Rule("hyperbolic-cosecant",  "d(csch(u))",     "-csch(u)*coth(u)*d(u)", when: "u != 0", example: "csch(x)",       because: "The chain rule on 1/sinh.",                                remark: "csch′ = −csch·coth"),

    Rule("area-sine",            "d(asinh(u))",    "d(u)/sqrt(1 + u^2)",                   example: "asinh(x)",       because: "The inverse of sinh, whose slope is √(1 + sinh²).",        remark: "derivative of arsinh"),
    Rule("area-cosine",          "d(acosh(u))",    "d(u)/sqrt(u^2 - 1)",  when: "u > 1",    example: "acosh(x)",       because: "The inverse of cosh, whose slope is √(cosh² − 1).",        remark: "derivative of arcosh"),
    Rule("area-tangent",         "d(atanh(u))",    "d(u)/(1 - u^2)",      when: "u^2 < 1",  example: "atanh(x/2)",     because: "The inverse of tanh, whose slope is 1 − tanh².",           remark: "derivative of artanh"),
    Rule("area-cotangent",       "d(acoth(u))",    "d(u)/(1 - u^2)",      when: "u^2 > 1",  example: "acoth(x)",       because: "acoth u = atanh(1/u).",                                    remark: "derivative of arcoth"),
    Rule("area-secant",          "d(asech(u))",    "-d(u)/(u*sqrt(1 - u^2))",      when: "u*(1 - u) > 0", example: "asech(x)", because: "asech u = acosh(1/u).",                             remark: "derivative of arsech"),
    Rule("area-cosecant",        "d(acsch(u))",    "-d(u)/(abs(u)*sqrt(1 + u^2))", when: "u != 0", example: "acsch(x)", because: "acsch u = asinh(1/u).",                                    remark: "derivative of arcsch"),

    Rule("sigmoid",              "d(sigmoid(u))",  "sigmoid(u)*(1 - sigmoid(u))*d(u)",     example: "sigmoid(w*x + b)", because: "The quotient rule on 1/(1 + exp(−u)).",                  remark: "σ′ = σ(1 − σ)"),
    Rule("softplus",             "d(softplus(u))", "sigmoid(u)*d(u)",                      example: "softplus(x)",    because: "softplus u = log(1 + exp u).",                             remark: "softplus′ = σ"),
    Rule("rectifier",            "d(ReLU(u))",     "1[u > 0]*d(u)",       when: "u != 0",   example: "ReLU(w*x + b)",  because: "Slope 1 to the right of the kink and 0 to the left of it.", remark: "ReLU′(u) = 1[u > 0]"),
    Rule("error-function",       "d(erf(u))",      "2/sqrt(pi)*exp(-u^2)*d(u)",            example: "erf(x)",         because: "erf is the integral of this density from 0.",              remark: "derivative of erf"),
    Rule("absolute-value",       "d(abs(u))",      "sign(u)*d(u)",        when: "u != 0",   example: "abs(x - 1)",     because: "Slope 1 to the right of the kink and −1 to the left of it.", remark: "|u|′ = sign u"),
    Rule("sign",                 "d(sign(u))",     "0",                   when: "u != 0",   example: "x*sign(x)",      because: "Constant on each side of its jump.",                       remark: "sign is piecewise constant"),
    Rule("step",                 "d(step(u))",     "0",                   when: "u != 0",   example: "x*step(x)",      because: "Constant on each side of its jump.",                       remark: "step is piecewise constant"),
  ])
}
