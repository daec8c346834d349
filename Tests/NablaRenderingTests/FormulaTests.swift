import NablaRendering
import Testing

/// A formula and what each notation makes of it.
private struct Row: Sendable, CustomTestStringConvertible {
  let formula: Formula
  let text: String
  let plain: String
  let latex: String

  init(_ formula: Formula, _ text: String, _ plain: String, _ latex: String) {
    self.formula = formula
    self.text = text
    self.plain = plain
    self.latex = latex
  }

  var testDescription: String { plain }
}

private let x = v("x")
private let relu = Formula.call("ReLU", x)

private let names: [Row] = [
  Row(v("w1"), "w₁", "w1", "w_1"),
  Row(v("yhat"), "ŷ", "yhat", "\\hat{y}"),
  Row(v("yhat2"), "ŷ₂", "yhat2", "\\hat{y}_2"),
  Row(v("s_out"), "s_out", "s_out", "s_{\\text{out}}"),
  Row(v("lambda"), "λ", "lambda", "\\lambda "),
  Row(v("W_hh"), "Wₕₕ", "W_hh", "W_{hh}"),
  Row(v("loss"), "loss", "loss", "\\mathrm{loss}"),
  Row(at("h", "k"), "hₖ", "h[k]", "h_k"),
  Row(at("W", "i", "j"), "Wᵢⱼ", "W[i,j]", "W_{ij}"),
  Row(at("W", "1", "2"), "W_{1,2}", "W[1,2]", "W_{1,\\,2}"),
  Row(at("W1", "i", "j"), "W_{1,ij}", "W1[i,j]", "W_{1,\\,ij}"),
  Row(
    .name(Identifier("w1", writtenAs: "w^{(1)}")), "w⁽¹⁾", "w1", "w^{(1)}"),
  Row(
    .power(.name(Identifier("w1", writtenAs: "w^{(1)}")), n("2")), "(w⁽¹⁾)²", "w1^2",
    "(w^{(1)})^2"),
  Row(
    .name(Identifier("w1", writtenAs: "\\input{x}")), "w₁", "w1", "w_1"),
]

private let arithmetic: [Row] = [
  Row(times(n("2"), x), "2x", "2*x", "2x"),
  Row(times(n("0.4"), n("-0.2")), "0.4·(−0.2)", "0.4*(-0.2)", "0.4 \\cdot (-0.2)"),
  Row(times(n("-0.2"), x), "−0.2x", "-0.2*x", "-0.2x"),
  Row(times(x, n("-0.4"), v("y")), "x·(−0.4)·y", "x*(-0.4)*y", "x \\cdot (-0.4)\\,y"),
  Row(
    times(v("w"), difference(n("1"), v("a"))), "w·(1 − a)", "w*(1 - a)", "w \\cdot (1 - a)"),
  Row(
    times(at("P", "i"), difference(n("1"), at("P", "i"))), "Pᵢ·(1 − Pᵢ)", "P[i]*(1 - P[i])",
    "P_i\\,(1 - P_i)"),
  Row(
    sum(times(n("0.4"), n("-0.2")), n("-0.3")), "0.4·(−0.2) + (−0.3)", "0.4*(-0.2) + (-0.3)",
    "0.4 \\cdot (-0.2) + (-0.3)"),
  Row(
    difference(x, difference(v("y"), v("z"))), "x − (y − z)", "x - (y - z)", "x - (y - z)"),
  Row(sum(x, sum(v("y"), v("z"))), "x + y + z", "x + (y + z)", "x + y + z"),
  Row(
    .negation(sum(x, v("y"))), "−(x + y)", "-(x + y)", "-(x + y)"),
  Row(.power(.negation(x), n("2")), "(−x)²", "(-x)^2", "(-x)^2"),
  Row(.negation(.power(x, n("2"))), "−x²", "-x^2", "-x^2"),
  Row(
    .power(.fraction(x, v("y")), n("2")), "(x/y)²", "(x/y)^2", "\\Bigl(\\frac{x}{y}\\Bigr)^2"),
  Row(
    .fraction(sum(x, n("1")), times(n("2"), x)), "(x + 1)/(2x)", "(x + 1)/(2*x)",
    "\\frac{x + 1}{2x}"),
  Row(
    difference(x, .fraction(n("-0.7"), v("y"))), "x − (−0.7)/y", "x - (-0.7/y)",
    "x - \\frac{-0.7}{y}"),
  Row(
    times(x, .fraction(v("y"), v("z"))), "x·y/z", "x*(y/z)", "x\\,\\frac{y}{z}"),
  Row(n("1e-16"), "10⁻¹⁶", "1e-16", "10^{-16}"),
  Row(n("3e-16"), "3·10⁻¹⁶", "3e-16", "3 \\cdot 10^{-16}"),
  Row(
    times(.held(n("1")), n("-0.2"), .held(n("1"))), "(1)·(−0.2)·(1)", "(1)*(-0.2)*(1)",
    "(1) \\cdot (-0.2) \\cdot (1)"),
  Row(.power(x, .fraction(n("1"), n("3"))), "x^(1/3)", "x^(1/3)", "x^{\\frac{1}{3}}"),
  Row(.root(sum(x, n("1")), degree: nil), "√(x + 1)", "sqrt(x + 1)", "\\sqrt{x + 1}"),
]

private let functions: [Row] = [
  Row(.call("log", at("P", "j")), "log Pⱼ", "log(P[j])", "\\log P_j"),
  Row(
    times(.call("log", x), v("y")), "log(x)·y", "log(x)*y", "\\log (x)\\,y"),
  Row(.call("exp", x), "eˣ", "exp(x)", "e^{x}"),
  Row(.call("exp", at("h", "k")), "exp(hₖ)", "exp(h[k])", "e^{h_k}"),
  Row(.call("sigmoid", x), "σ(x)", "sigmoid(x)", "\\sigma (x)"),
  Row(relu, "ReLU(x)", "ReLU(x)", "\\operatorname{ReLU}(x)"),
  Row(
    .power(.call("sin", x), n("2")), "sin²(x)", "sin(x)^2", "\\sin ^2(x)"),
  Row(
    .call(.user(Identifier("f1")), primes: 1, [v("s")]), "f₁′(s)", "f1'(s)", "f_1'(s)"),
  Row(.call("inv", v("A")), "A⁻¹", "inv(A)", "A^{-1}"),
  Row(
    .indexed(.call("inv", v("A")), [v("i"), v("j")]), "(A⁻¹)ᵢⱼ", "inv(A)[i,j]",
    "(A^{-1})_{ij}"),
  Row(.call("det", v("A")), "det(A)", "det(A)", "\\det (A)"),
  Row(.call("asin", x), "arcsin(x)", "asin(x)", "\\arcsin (x)"),
]

private let structures: [Row] = [
  Row(
    .fraction(.call("exp", at("h", "j")), sigma("k", .call("exp", at("h", "k")))),
    "exp(hⱼ)/Σₖ exp(hₖ)", "exp(h[j])/sum(k, exp(h[k]))",
    "\\frac{e^{h_j}}{\\sum_{k} e^{h_k}}"),
  Row(
    .bigOperator(.sum, .init([v("k")], .excluding(v("i"))), at("x", "k")), "Σ_{k≠i} xₖ",
    "sum(k != i, x[k])", "\\sum_{k \\neq i} x_k"),
  Row(
    .bigOperator(.sum, .init([v("k")], .range(n("1"), v("K"))), at("x", "k")), "Σₖ₌₁ᴷ xₖ",
    "sum(k = 1..K, x[k])", "\\sum_{k = 1}^{K} x_k"),
  Row(
    times(sigma("k", at("x", "k")), v("y")), "(Σₖ xₖ)·y", "sum(k, x[k])*y",
    "\\biggl(\\sum_{k} x_k\\biggr)\\,y"),
  Row(
    sigma("k", sum(at("x", "k"), n("1"))), "Σₖ (xₖ + 1)", "sum(k, x[k] + 1)",
    "\\sum_{k} (x_k + 1)"),
  Row(
    partial(v("L"), at("h", "i")), "∂L/∂hᵢ", "dL/dh[i]",
    "\\frac{\\partial L}{\\partial h_i}"),
  Row(
    .derivative(.init(of: v("L"), by: [.init(at("h", "i")), .init(at("h", "j"))])),
    "∂²L/∂hᵢ∂hⱼ", "diff(diff(L, h[i]), h[j])",
    "\\frac{\\partial ^2L}{\\partial h_i\\partial h_j}"),
  Row(
    .derivative(.init(of: v("f"), by: [.init(x)], isOrdinary: true)), "df/dx", "df/dx",
    "\\frac{\\mathrm{d}f}{\\mathrm{d}x}"),
  Row(
    partial(sum(x, v("y")), x), "∂/∂x(x + y)", "diff(x + y, x)",
    "\\frac{\\partial }{\\partial x}(x + y)"),
  Row(.kroneckerDelta(v("i"), v("j")), "δᵢⱼ", "delta(i, j)", "\\delta _{ij}"),
  Row(
    .indicator(greater(x, n("0"))), "1[x > 0]", "1[x > 0]", "\\mathbf{1}[x > 0]"),
  Row(
    .piecewise([.init(x, when: greater(x, n("0"))), .init(n("0"), when: nil)]),
    "{x if x > 0; 0 otherwise}", "piecewise(x > 0: x, else: 0)",
    "\\begin{cases} x & \\text{if }x > 0 \\\\ 0 & \\text{otherwise} \\end{cases}"),
  Row(.transpose(v("W")), "Wᵀ", "W'", "W^{\\top }"),
  Row(
    .hadamard([times(.transpose(v("W")), v("delta")), v("a")]), "(Wᵀ·δ) ⊙ a",
    "(W'*delta) .* a", "(W^{\\top }\\,\\delta ) \\odot a"),
  Row(
    .matrix([[n("1"), n("2")], [n("3"), n("4")]]), "[1, 2; 3, 4]", "[1, 2; 3, 4]",
    "\\begin{bmatrix} 1 & 2 \\\\ 3 & 4 \\end{bmatrix}"),
  Row(.realSpace([v("N"), v("N")]), "ℝᴺˣᴺ", "R[N,N]", "\\mathbb{R}^{N\\times N}"),
  Row(.absoluteValue(x), "|x|", "abs(x)", "\\lvert x\\rvert "),
  Row(
    .conjunction([greater(x, n("0")), greater(v("y"), n("0"))]), "x > 0 and y > 0",
    "x > 0 and y > 0", "x > 0\\text{ and }y > 0"),
]

@Suite struct FormulaTests {
  @Test(arguments: names + arithmetic + functions + structures)
  fileprivate func `one line of Unicode text`(row: Row) {
    #expect(row.formula.compactText == row.text)
  }

  @Test(arguments: names + arithmetic + functions + structures)
  fileprivate func `plain notation`(row: Row) { #expect(row.formula.plain == row.plain) }

  @Test(arguments: names + arithmetic + functions + structures)
  fileprivate func `LaTeX`(row: Row) { #expect(row.formula.latex() == row.latex) }

  @Test func `a deep formula ends in an ellipsis`() {
    var formula = x
    for _ in 0..<2000 { formula = .call("ReLU", formula) }
    #expect(formula.compactText.contains("…"))
    #expect(formula.plain.contains("..."))
    #expect(formula.latex().contains("\\ldots"))
  }

  @Test(arguments: [
    "fraction", "below", "power", "sum", "call", "root", "exp", "cases", "negation", "indexed",
    "evaluated", "derivative", "product", "highlighted",
  ])
  func `nesting of every kind is written in time and in full width`(kind: String) {
    var formula = x
    for _ in 0..<150 {
      switch kind {
      case "fraction": formula = .fraction(sum(formula, n("1")), v("y"))
      case "below": formula = .fraction(n("1"), sum(formula, n("1")))
      case "power": formula = .power(x, formula)
      case "sum": formula = sigma("k", difference(n("1"), formula))
      case "call": formula = .call("ReLU", sum(formula, n("1")))
      case "root": formula = .root(formula, degree: n("3"))
      case "exp": formula = .call("exp", formula)
      case "cases": formula = .piecewise([.init(formula, when: greater(x, n("0")))])
      case "negation": formula = .negation(formula)
      case "indexed": formula = .indexed(v("h"), [formula])
      case "evaluated": formula = .evaluated(formula, at: equation(x, n("0")))
      case "derivative": formula = .derivative(formula, by: x)
      case "product": formula = times(difference(n("1"), formula), x)
      default: formula = .highlighted(sum(formula, x), .bad)
      }
    }
    let document = Document(blocks: [
      .display(formula), .paragraph([.formula(formula)]),
      .derivation([DerivationRow(v("y"), .equal, formula, because: [.formula(formula)])]),
    ])
    #expect(document.latex().contains("\\ldots"))
    #expect(document.plain().contains("..."))
    #expect(document.terminal(width: 80).contains("…"))
  }

  @Test func `a fraction stands on its bar`() {
    #expect(partial(v("L"), at("h", "i")).boxedText == ["∂L", "───", "∂hᵢ"])
  }

  @Test func `a piecewise definition has a brace over all rows`() {
    let abs = Formula.piecewise([
      .init(x, when: greater(x, n("0"))), .init(.negation(x), when: .relation(x, .less, n("0"))),
      .init(n("0"), when: nil),
    ])
    #expect(abs.boxedText == ["⎧ x    if x > 0", "⎨ −x   if x < 0", "⎩ 0    otherwise"])
  }
}
