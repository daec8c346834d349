import NablaRewriting

// Left out because they are false somewhere inside their domain:
//   sign(u)^2 = 1          at u = 0
//   log(u^2) = 2*log(u)    at u = -1; 2*log(abs(u)) is right
//   sqrt(u^2) = u          at u = -1; the canonical form gives abs(u)
//   atan(tan(u)) = u       at u = 3

extension RuleFamily {
  /// Laws that shorten; each is used where what is written becomes less.
  // swift-format-ignore
  public static let algebra = RuleFamily("algebra", "Identities used in simplifying", [
    Rule("pythagoras",              "a*sin(u)^2 + a*cos(u)^2",     "a",                                        example: "sin(x)^2 + cos(x)^2",       because: "The point (cos u, sin u) lies on the unit circle.", remark: "sin² + cos² = 1"),
    Rule("complement-of-cosine",    "a - a*cos(u)^2",              "a*sin(u)^2",                               example: "1 - cos(x)^2",              because: "sin² + cos² = 1.",                                  remark: "1 − cos² = sin²"),
    Rule("complement-of-sine",      "a - a*sin(u)^2",              "a*cos(u)^2",                               example: "1 - sin(x)^2",              because: "sin² + cos² = 1.",                                  remark: "1 − sin² = cos²"),
    Rule("sine-over-cosine",        "a*sin(u)/cos(u)",             "a*tan(u)",                                 example: "sin(x)/cos(x)",             because: "The definition of tan.",                            remark: "sin/cos = tan"),
    Rule("cosine-over-sine",        "a*cos(u)/sin(u)",             "a*cot(u)",                                 example: "cos(x)/sin(x)",             because: "The definition of cot.",                            remark: "cos/sin = cot"),
    Rule("hyperbolic-pythagoras",   "a*cosh(u)^2 - a*sinh(u)^2",   "a",                                        example: "cosh(x)^2 - sinh(x)^2",     because: "Both squares written with exponentials.",           remark: "cosh² − sinh² = 1"),
    Rule("sinh-over-cosh",          "a*sinh(u)/cosh(u)",           "a*tanh(u)",                                example: "sinh(x)/cosh(x)",           because: "The definition of tanh.",                           remark: "sinh/cosh = tanh"),
    Rule("logarithm-of-product",    "log(u*a)",                    "log(u) + log(a)", when: "u > 0 and a > 0", example: "log(exp(x)/(1 + exp(x)))",  because: "Exponents add when powers are multiplied.",         remark: "log uv = log u + log v"),
    Rule("logarithm-of-power",      "log(u^n)",                    "n*log(u)",        when: "u > 0",           example: "log((1 + exp(x))^3)",       because: "log u^n adds log u n times.",                       remark: "log uⁿ = n log u"),
    Rule("exponential-of-logarithm", "exp(u + log(v))",            "v*exp(u)",        when: "v > 0",           example: "exp(x + log(2 + x^2))",     because: "exp turns sums into products and undoes log.",      remark: "e^(u + log v) = v e^u"),
    Rule("mirrored-exponential",    "a*exp(u)/(1 + exp(u))",       "a/(1 + exp(-u))",                          example: "exp(-x)/(1 + exp(-x))",     because: "Numerator and denominator multiplied by exp(−u).",  remark: "divide by e^u above and below"),
    Rule("mirrored-sigmoid",        "a*sigmoid(u) + a*sigmoid(-u)", "a",                                       example: "sigmoid(x) + sigmoid(-x)",  because: "1/(1 + e^(−u)) + 1/(1 + e^u) = 1.",                 remark: "σ(u) + σ(−u) = 1"),
    Rule("unit-fraction",           "a*u*(1 + u)^n",               "a*(1 - 1/(1 + u))*(1 + u)^(n + 1)", when: "0 > n", example: "exp(-x)/(1 + exp(-x))^2",   because: "u = (1 + u) − 1.",                                  remark: "u = (1 + u) − 1"),
    Rule("sign-over-magnitude",     "a*sign(u)/abs(u)",            "a/u",             when: "u != 0",          example: "sign(x)/abs(x)",            because: "|u| = u·sign u, and the sign is its own reciprocal.",   remark: "sign u/|u| = 1/u"),
    Rule("value-over-magnitude",    "a*u/abs(u)",                  "a*sign(u)",       when: "u != 0",          example: "x/abs(x)",                  because: "|u| = u·sign u.",                                   remark: "u/|u| = sign u"),
    Rule("magnitude-times-sign",    "a*abs(u)*sign(u)",            "a*u",                                      example: "abs(x)*sign(x)",            because: "|u|·sign u = u, at 0 as well.",                     remark: "|u|·sign u = u"),
    Rule("value-times-sign",        "a*u*sign(u)",                 "a*abs(u)",                                 example: "x*sign(x)",                 because: "u·sign u = |u|, at 0 as well.",                     remark: "u·sign u = |u|"),
    Rule("gated-rectifier",         "a*ReLU(u)*1[u > 0]",          "a*ReLU(u)",                                example: "ReLU(x)*1[x > 0]",          because: "Where the indicator is 0, ReLU is 0 as well.",      remark: "ReLU(u) is 0 where the indicator is"),
    Rule("gated-maximum",           "a*max(u, 0)*1[u > 0]",        "a*max(u, 0)",                              example: "max(0, x)*1[x > 0]",        because: "Where the indicator is 0, the maximum is 0 as well.", remark: "max(0, u) is 0 where the indicator is"),
    Rule("gated-value",             "a*u*1[u > 0]",                "a*ReLU(u)",                                example: "x*1[x > 0]",                because: "The definition of ReLU.",                           remark: "u·1[u > 0] = ReLU(u)"),
  ])

  /// Steps that no pattern can state.
  // swift-format-ignore
  public static let procedures = RuleFamily("procedures", "Steps carried out by a procedure of the same name", [
    Rule(procedure: "collect",        "2*x + 3*x",                      "5*x",                    example: "2*x + 3*x - x",             because: "Equal terms are counted, equal factors become a power.",       remark: "collect"),
    Rule(procedure: "cancel",         "x*u/x",                          "u",  when: "x != 0",     example: "x*y/x",                     because: "A factor and its reciprocal are 1 where the factor is not 0.", remark: "cancel"),
    Rule(procedure: "sum-over-delta", "sum(k, delta(k, i)*u[k])",       "u[i]",                   example: "sum(k, delta(k, i)*h[k])",  because: "All terms but one are multiplied by 0.",                       remark: "δ keeps one term"),
    Rule(procedure: "delta-factor",   "u[i]*delta(i, j)",               "u[j]*delta(i, j)",       example: "h[i]*delta(i, j)/h[j]",     because: "Where the delta is not 0, both indices are the same.",         remark: "δ makes its indices equal"),
    Rule(procedure: "sum-over-inverse", "sum(k, M[i,k]*inv(M)[k,j])", "delta(i, j)", when: "det(M) != 0", example: "sum(k, A[i,k]*inv(A)[k,j])", because: "The product of a matrix and its inverse is the identity.", remark: "A A⁻¹ = I"),
    Rule(procedure: "expand",         "u*(v + w)",                      "u*v + u*w",              example: "x*(x + y) - x^2",           because: "The distributive law.",                                        remark: "expand"),
    Rule(procedure: "factor",         "u*v + u*w",                      "u*(v + w)",              example: "x*y - x*z",                 because: "The distributive law from right to left.",                     remark: "factor"),
    Rule(procedure: "combine",        "u/v + w/z",                      "(u*z + w*v)/(v*z)",      example: "1/x + 1/(1 - x)",           because: "Fractions over a common denominator.",                         remark: "common denominator"),
    Rule(procedure: "fold",           "u where A = u",                  "A",                      example: "exp(h[j])/sum(k, exp(h[k]))", because: "A definition read from right to left.",                       remark: "definition"),
    Rule(procedure: "assumption",     "sum(j, y[j]) assumed 1",         "1",                      example: "x*sum(j, y[j])",            because: "What the problem says of its quantities.",                     remark: "assumption"),
  ])

  /// Every family, in the order in which `nabla rules` lists them.
  public static let all = [functionDerivatives, structuralDerivatives, algebra, procedures]
}
