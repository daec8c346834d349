import Testing

/// Claims that are no plain equations, and what is said of them around, with the verdicts in order.
@Suite struct JudgedRelationTests {
  typealias Row = JudgedProseTests.Row

  static let softmax = JudgedProseTests.softmax
  static let layers = JudgedProseTests.layers
  static let hinge = JudgedProseTests.hinge
  static let ridge = JudgedProseTests.ridge
  static let residual = "Problems/residual-connection.md"
  static let normalisation = "Problems/layer-normalisation.md"
  static let temperature = "problems/temperature-softmax.md"
  static let recurrent = "problems/recurrent.md"
  static let poisson = "problems/poisson-regression.md"
  static let gaussian = "problems/scalar-gaussian.md"

  static let choices = [
    Row(temperature, .latex, "$\\arg\\max_j p_j = \\arg\\max_j z_j$", "proved"),
    Row(
      temperature, .latex, "$\\operatorname*{arg\\,max}_i\\log p_i = \\operatorname{argmax}_k z_k$",
      "proved"),
    Row(
      temperature, .latex, "$\\arg\\max_jp_j = \\arg\\max_je^{z_j/T} = \\arg\\min_j(-z_j)$",
      "proved, proved"),
    Row(temperature, .latex, "$\\arg\\max_jp_j = \\arg\\min_jz_j$", "refuted"),
    Row(temperature, .latex, "$\\arg\\max_jp_j = \\arg\\max_jq_j$", "refuted"),
    Row(temperature, .latex, "$\\arg\\max_jp_j = \\arg\\max_jz_j^2$", "refuted"),
    Row(temperature, .latex, "$\\hat y = \\arg\\max_jp_j$", "unrelated"),
    Row(ridge, .latex, "$\\arg\\min_wJ = \\arg\\max_w(-J)$", "proved"),
    Row(ridge, .latex, "$\\arg\\min_wJ = \\arg\\min_w(J+\\|y\\|^2)$", "proved"),
    Row(ridge, .latex, "$\\arg\\min_wJ = \\arg\\min_w\\|w\\|^2$", "undecided"),
  ]

  @Test(arguments: choices)
  func `equal places of greatest and least values are compared`(_ row: Row) throws {
    #expect(try JudgedProseTests.verdicts(row) == row.verdicts)
  }

  static let proportions = [
    Row(temperature, .latex, "$p_j \\propto e^{z_j/T}$", "proved"),
    Row(temperature, .latex, "$p_j \\propto 2e^{z_j/T}$", "proved"),
    Row(temperature, .latex, "$p_j \\propto e^{z_j}$", "refuted"),
    Row(temperature, .latex, "$p_j \\propto z_j$", "refuted"),
  ]

  @Test(arguments: proportions)
  func `a proportion between entries holds for every index or fails`(_ row: Row) throws {
    #expect(try JudgedProseTests.verdicts(row) == row.verdicts)
  }

  static let implications = [
    Row(temperature, .latex, "$p_i > p_j \\iff z_i > z_j$", "unrelated, undecided"),
    Row(temperature, .latex, "$p_i > p_j$", "refuted"),
  ]

  @Test(arguments: implications)
  func `an inequality before an equivalence is no claim`(_ row: Row) throws {
    #expect(try JudgedProseTests.verdicts(row) == row.verdicts)
  }

  static let letters = [
    Row(
      layers, .markdown,
      "Let $\\delta = \\frac{\\partial C}{\\partial s_2}$. Then "
        + "$\\frac{\\partial C}{\\partial b_2} = \\delta$.\n\n"
        + "From now on let $\\delta = \\frac{\\partial C}{\\partial s_1}$. Then "
        + "$\\frac{\\partial C}{\\partial b_1} = \\delta$.",
      "proved, proved, proved, proved"),
    Row(
      layers, .markdown,
      "Let $\\delta = \\frac{\\partial C}{\\partial s_2}$.\n\nNow set "
        + "$\\delta = \\frac{\\partial C}{\\partial a_1}$.\n\n"
        + "$\\frac{\\partial C}{\\partial W_2} = \\delta a_1^\\top$",
      "proved, proved, refuted"),
    Row(
      layers, .markdown,
      "Let $\\delta = \\frac{\\partial C}{\\partial s_2}$, where $\\delta = 2(y-\\tilde y)$.",
      "proved, refuted"),
    Row(poisson, .latex, "$D = \\operatorname{diag}(\\mu)$.", "proved"),
  ]

  @Test(arguments: letters)
  func `letters may be defined anew`(_ row: Row) throws {
    #expect(try JudgedProseTests.verdicts(row) == row.verdicts)
  }

  @Test func `the letter of an input may name a result`() throws {
    let row = Row(
      Self.softmax, .latex,
      "Let $y = \\operatorname{softmax}(h)$ and $t$ the one-hot target, $L = -\\sum_kt_k\\log y_k$. "
        + "Then $\\frac{\\partial L}{\\partial h_i} = y_i-t_i$.",
      "proved, proved, proved")
    #expect(try JudgedProseTests.verdicts(row) == row.verdicts)
  }

  static let derivatives = [
    Row(
      recurrent, .latex,
      "\\[ \\frac{da_2}{dw} = \\frac{\\partial a_2}{\\partial w} + "
        + "\\frac{\\partial a_2}{\\partial h_1}\\frac{dh_1}{dw} = x_2+u(1-h_1^2)x_1 \\]",
      "proved, proved"),
    Row(
      recurrent, .latex,
      "\\[ \\frac{da_2}{dw} = \\frac{\\partial a_2}{\\partial w} + "
        + "\\frac{\\partial a_2}{\\partial h_1}\\frac{dh_1}{dw} = x_2+u(1-h_1^2) \\]",
      "proved, refuted"),
    Row(
      softmax, .markdown, "The derivative of $L$ with respect to $h_i$ is $P_i - y_i$.", "proved"),
    Row(softmax, .markdown, "The derivative of $L$ w.r.t. $h_i$ is $= y_i - P_i$.", "refuted"),
    Row(
      softmax, .markdown, "The derivative of $P_j$ by $h_i$ equals $P_j(\\delta_{ij}-P_i)$.",
      "proved"),
    Row(softmax, .markdown, "Die Ableitung von $L$ nach $h_i$ ist $y_i - P_i$.", "refuted"),
    Row(softmax, .markdown, "La dérivée de $L$ par rapport à $h_i$ est $P_i - y_i$.", "proved"),
    Row(softmax, .text, "d(L)/d(h_i) = P_i - y_i", "proved"),
    Row(softmax, .text, "dL/dh_i == y_i - P_i", "refuted"),
    Row(gaussian, .text, "d ell/dm = 1/v sum_n (x_n - m)", "proved"),
    Row(gaussian, .text, "d^2 ell/dm^2 = -N/v", "proved"),
    Row(gaussian, .text, "∂²ell/∂m² = N/v", "refuted"),
  ]

  @Test(arguments: derivatives)
  func `derivatives are read in words, in plain text and as direct ones`(_ row: Row) throws {
    #expect(try JudgedProseTests.verdicts(row) == row.verdicts)
  }

  static let cases = [
    Row(
      hinge, .latex,
      "For $j\\ne y$ and $p_j-p_y+m>0$ we have $\\frac{\\partial L}{\\partial p_j} = 1$.", "proved"),
    Row(
      hinge, .latex,
      "For $j\\ne y$ and $p_j-p_y+m>0$ we have $\\frac{\\partial L}{\\partial p_j} = 2$.",
      "refuted"),
    Row(
      hinge, .latex,
      "If $p_j-p_y+m>0$ and $j\\neq y$, then $\\frac{\\partial L}{\\partial p_j} = 1$, "
        + "otherwise $\\frac{\\partial L}{\\partial p_j} = 0$.", "proved, undecided"),
    Row(
      softmax, .markdown,
      "WLOG let class 1 be the true class, i.e. $y_1 = 1$. Then $L = -\\log P_1$.", "proved"),
    Row(
      softmax, .markdown, "WLOG $i = 1$. Then $\\frac{\\partial P_1}{\\partial h_1} = P_1-P_1^2$.",
      "proved"),
    Row(softmax, .markdown, "For two classes, $P_2 = 1-P_1$.", "undecided"),
    Row(softmax, .markdown, "Für zwei Klassen gilt $P_2 = 1-P_1$.", "undecided"),
    Row(softmax, .markdown, "For both classes, $P_2 = 1-P_1$.", "refuted"),
  ]

  @Test(arguments: cases)
  func `cases are heard in words and used in proofs`(_ row: Row) throws {
    #expect(try JudgedProseTests.verdicts(row) == row.verdicts)
  }

  static let rest = [
    Row(
      softmax, .latex,
      "\\[ \\frac{\\partial L}{\\partial h_i} = P_i-y_i \\quad \\sum_jy_j=1 \\]",
      "proved, proved"),
    Row(
      ridge, .markdown,
      "Set the gradient to zero: $X^\\top(Xw-y)+N\\lambda w = 0$.\n\n"
        + "For $\\lambda = 0$ this is $w = (X^\\top X)^{-1}X^\\top y$.\n\n"
        + "At the optimum, $J = \\frac1{2N}(y^\\top y-y^\\top Xw)$.",
      "unrelated, proved, undecided"),
    Row(
      ridge, .latex,
      "\\begin{align*}\\nabla J &= \\frac1N\\left((X^\\top X+\\lambda I)w-X^\\top y\\right)"
        + "\\end{align*}\n$\\nabla J = 0 \\Leftrightarrow w = "
        + "(X^\\top X+\\lambda I)^{-1}X^\\top y$.", "refuted, unrelated, carried"),
    Row(
      gaussian, .latex,
      "\\[ \\frac{\\partial\\ell}{\\partial m} = \\frac1v\\sum_n(x_n-m) \\overset!=0 \\]",
      "proved, unrelated"),
    Row(
      normalisation, .markdown,
      "| variable | derivative |\n|---|---|\n"
        + "| $\\gamma$ | $\\frac{\\partial L}{\\partial\\gamma_i} = g_i\\hat x_i$ |\n"
        + "| $\\hat x$ | $\\frac{\\partial L}{\\partial\\hat x_i} = g_i$ |", "proved, refuted"),
    Row(
      hinge, .text, "dL/do_1 = p_1*(1 - p_1 - p_2 - p_4) + 3*p_1*p_3 = 0.367", "proved, proved"),
    Row(
      hinge, .text, "dL/do_1 = p_1*(1 - p_1 - p_2 - p_4) + 2*p_1*p_3 = 0.275", "refuted, carried"),
  ]

  @Test(arguments: rest)
  func `equations set up, tables and values are told apart`(_ row: Row) throws {
    #expect(try JudgedProseTests.verdicts(row) == row.verdicts)
  }
}
