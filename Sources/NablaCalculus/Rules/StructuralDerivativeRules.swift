import NablaRewriting

extension RuleFamily {
  /// How differentiation passes through sums, products, powers, cases and names.
  // swift-format-ignore
  public static let structuralDerivatives = RuleFamily("structure", "Differentiation of composed expressions", [
    Rule("constant",          "d(c)",         "0",                                               example: "7",              because: "What does not contain the variable does not change with it.", remark: "constant"),
    Rule(procedure: "variable",  "d(x)",      "1",                                               example: "x",              because: "A variable changes as itself.",                                remark: "dx/dx = 1"),
    Rule(procedure: "component", "d(h[k]) by h[i]", "delta(k, i)",                               example: "h[k]",           because: "Different components are independent of each other.",          remark: "∂h_k/∂h_i = δ_ki"),
    Rule(procedure: "symmetric-component", "d(A[k,l]) by A[i,j]", "delta(k,i)*delta(l,j) + delta(k,j)*delta(l,i) - delta(i,j)*delta(k,i)*delta(l,j)", example: "S[k,l]", because: "In a symmetric matrix the entries at (i, j) and (j, i) are one unknown, counted once on the diagonal.", remark: "symmetric entries share one unknown"),
    Rule("sum",               "d(u + v)",     "d(u) + d(v)",                                     example: "x^2 + sin(x)",   because: "Changes add up.",                                              remark: "sum rule"),
    Rule("constant-multiple", "d(c*u)",       "c*d(u)",                                          example: "3*x",            because: "A constant factor scales the change.",                         remark: "constant factor"),
    Rule("product",           "d(u*v)",       "d(u)*v + u*d(v)",                                 example: "x*sin(x)",       because: "Each factor changes while the other stands.",                  remark: "product rule"),
    Rule("quotient",          "d(u/v)",       "(d(u)*v - u*d(v))/v^2",   when: "v != 0",         example: "x/sin(x)",       because: "The numerator's change counts, less the share lost to the denominator's.", remark: "quotient rule"),
    Rule("power",             "d(u^n)",       "n*u^(n - 1)*d(u)",        when: "u > 0",          example: "(x^2 + 1)^5",    because: "The product rule, n times over.",                              remark: "power rule"),
    Rule("exponential",       "d(c^u)",       "c^u*log(c)*d(u)",         when: "c > 0",          example: "2^x",            because: "c^u = exp(u·log c).",                                          remark: "(c^u)′ = c^u log c"),
    Rule("general-power",     "d(u^v)",       "u^v*(v*d(u)/u + log(u)*d(v))", when: "u > 0",     example: "x^x",            because: "u^v = exp(v·log u).",                                          remark: "u^v = exp(v log u)"),
    Rule("maximum",           "d(max(u, v))", "1[u >= v]*d(u) + 1[v > u]*d(v)", when: "u != v",  example: "max(x, 1)",      because: "Only the greater operand moves the maximum; where both agree on a region, so do their slopes.",                  remark: "derivative of max"),
    Rule("minimum",           "d(min(u, v))", "1[u <= v]*d(u) + 1[v < u]*d(v)", when: "u != v",  example: "min(x, 1)",      because: "Only the smaller operand moves the minimum; where both agree on a region, so do their slopes.",                  remark: "derivative of min"),
    Rule(procedure: "cases",  "d(piecewise(p: u, else: v))", "piecewise(p: d(u), else: d(v))",   example: "piecewise(x > 0: x^2, else: 0)", because: "Inside a case the other cases play no part; nothing is said of the seam.", remark: "case by case"),
    Rule(procedure: "indicator", "d(1[p])",   "0",                                               example: "x*1[x > 1]",     because: "Constant away from its jump.",                                 remark: "indicators are piecewise constant"),
    Rule(procedure: "sum-over-index", "d(sum(k, u))", "sum(k, d(u))",                            example: "sum(k, h[k]^2)", because: "Changes add up, however many there are.",                      remark: "sum rule"),
    Rule(procedure: "product-over-index", "d(product(k, u))", "sum(l, d(u[l])*product(k != l, u))", example: "product(k, h[k])", because: "The product rule for any number of factors.",            remark: "product rule"),
    Rule(procedure: "determinant", "d(det(M))", "det(M)*sum(k, l, inv(M)[l,k]*d(M[k,l]))", when: "det(M) != 0", example: "det(A)", because: "Jacobi's formula: by its expansion along a row, the slope of the determinant by an entry is that entry's cofactor.", remark: "Jacobi's formula"),
    Rule(procedure: "inverse",     "d(inv(M)[i,j])", "-sum(k, l, inv(M)[i,k]*d(M[k,l])*inv(M)[l,j])", when: "det(M) != 0", example: "inv(A)[i,j]", because: "The product rule on M⁻¹M = I.", remark: "(M⁻¹)′ = −M⁻¹ M′ M⁻¹"),
    Rule(procedure: "unknown-function", "d(f(u))", "f'(u)*d(u)",                                 example: "f(x^2)",         because: "The chain rule: the outer slope times the inner change.",      remark: "chain rule"),
    Rule(procedure: "definition", "d(A)",     "d(u) where A = u",                                example: "a",              because: "A name changes as what it stands for.",                        remark: "definition"),
    Rule(procedure: "chain",  "dL/dx",        "sum over paths dL/dm*dm/dx",                      example: "L",              because: "A change of x reaches L along every path through the named quantities.", remark: "chain rule"),
  ])
}
