import Foundation
import NablaNotation
import NablaProblems
import Testing

/// Short submissions with the verdicts of their claims in order, by what they are about.
@Suite struct JudgedTextTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let problem: String
    let text: String
    let verdicts: String

    init(_ problem: String, _ text: String, _ verdicts: String) {
      self.problem = problem
      self.text = text
      self.verdicts = verdicts
    }

    var testDescription: String { text }
  }

  static func problem(_ path: String) throws -> SourceText {
    let folder = SubmissionCorpusTests.folder
    let root = path.hasPrefix("Problems/") ? SubmissionCorpusTests.repository : folder
    return try SubmissionCorpusTests.source(root.appending(path: path))
  }

  static func verdicts(_ row: Row) throws -> String {
    let marked = judgeSubmission(
      SourceText(name: "answer.md", row.text), as: .markdown, against: [try problem(row.problem)],
      options: JudgingOptions(seed: 5))
    return marked.claims.map {
      $0.carried ? "carried" : $0.verdict.rawValue
    }.joined(separator: ", ")
  }

  static let layers = "Problems/layer-sizes.md"

  static let sizes = [
    Row(layers, "Output A: 1024 × 32", "proved"),
    Row(layers, "Output size C: 1 x 30", "refuted"),
    Row(layers, "A: $1024\\times32$, B: $512\\times32$, C: $1\\times32$", "proved, proved, proved"),
    Row(layers, "A: $1024\\times32$, B: $1024\\times32$", "proved, refuted"),
    Row(layers, "The weights of layer 1: 30 × 1024", "proved"),
    Row(layers, "The bias of the second layer: 512 × 1", "proved"),
    Row(layers, "The weights of layer 2: 512 × 30", "refuted"),
    Row(layers, "A 3 × 3 filter is smaller.", ""),
    Row(layers, "Total: $31744 + 524800 + 513 = 557057$", "proved"),
    Row(layers, "Total: $31744 + 524288 + 513 = 556545$", "refuted"),
    Row(
      layers, "$512\\cdot1024+512 = 524288$\n\nTotal: $31744 + 524288 + 513 = 556545$",
      "refuted, carried"),
    Row(layers, "The total number of learnable parameters is 555,520.", "refuted"),
    Row(layers, "จำนวนพารามิเตอร์ทั้งหมด 557,057 ตัว", "proved"),
    Row(layers, "Total weights: $30\\cdot1024 + 1024\\cdot512 + 512 = 555520$", "proved"),
    Row(layers, "The total number of features is 30.", ""),
  ]

  @Test(arguments: sizes)
  func `sizes and numbers of parameters are judged by the words before them`(_ row: Row) throws {
    #expect(try Self.verdicts(row) == row.verdicts)
  }

  static let steps = "Problems/three-gradient-steps.md"

  static let samples = [
    Row(steps, "$s_1 = 0.60\\cdot0.75 + 0.01\\cdot0.8 = 0.458$", "proved, proved"),
    Row(steps, "$s_1 = 0.60\\cdot0.2 + 0.01\\cdot0.05 = 0.1205$", "proved, proved"),
    Row(steps, "$s_1 = 0.60\\cdot0.75 + 0.01\\cdot0.8 = 0.468$", "proved, refuted"),
    Row(
      steps,
      "$s_1 = 0.60\\cdot0.75 + 0.01\\cdot0.8$\n\nIteration 2\n\n"
        + "$s_1 = 0.61\\cdot0.75 + 0.02\\cdot0.8$", "proved, not determined"),
    Row(
      steps,
      "$s_2 = 0.70\\cdot0.75 + 0.43\\cdot0.8 = 0.859$\n\n"
        + "$s_{out} = 0.02\\cdot0.458 + 0.03\\cdot0.859 + 0.09\\cdot0.704$",
      "proved, refuted, carried"),
    Row(steps, "Before the first step $L = 1.9666$.", "proved"),
  ]

  @Test(arguments: samples)
  func `values are those of a sample at the start of training`(_ row: Row) throws {
    #expect(try Self.verdicts(row) == row.verdicts)
  }

  static let normal = "problems/scalar-gaussian.md"
  static let ridge = "problems/ridge-regression.md"
  static let product = "problems/product-and-quotient.md"

  static let solutions = [
    Row(
      normal,
      "$\\frac{\\partial\\ell}{\\partial m} = 0 \\Rightarrow m = \\frac1N\\sum_n x_n$",
      "unrelated, proved"),
    Row(
      normal, "$\\frac{\\partial\\ell}{\\partial m} = 0 \\Rightarrow m = \\sum_n x_n$",
      "unrelated, refuted"),
    Row(
      normal,
      "Setting $\\frac1v\\sum_n(x_n-m) = 0$ gives $\\hat m = \\frac1N\\sum_n x_n$",
      "unrelated, proved"),
    Row(
      normal,
      "We set $\\frac1v\\sum_n(x_n-m) = 0$ and $-\\frac N{2v}+\\frac1{2v^2}\\sum_n(x_n-m)^2 = 0$. "
        + "Then $v = \\frac1N\\sum_n (x_n-\\frac1N\\sum_k x_k)^2$",
      "unrelated, unrelated, undecided"),
    Row(
      ridge, "$\\nabla J = 0 \\Rightarrow (X^TX + N\\lambda I)w = X^Ty$", "unrelated, proved"),
    Row(ridge, "$\\nabla J = 0 \\Rightarrow (X^TX + \\lambda I)w = X^Ty$", "unrelated, refuted"),
    Row(
      ridge, "$\\nabla J = 0 \\Rightarrow X^TXw + N\\lambda w - X^Ty = 0$", "unrelated, proved"),
    Row(
      ridge, "$\\nabla J = 0 \\Rightarrow X^TXw + \\lambda w - X^Ty = 0$", "unrelated, refuted"),
    Row(
      ridge, "$\\nabla J = 0$ gives $w = (X^TX + N\\lambda I)^{-1}X^Ty$", "unrelated, proved"),
    Row(
      ridge, "Setting $\\nabla J = 0$, we get $\\hat w = (X^TX + N\\lambda I)^{-1}X^Ty$",
      "unrelated, proved"),
    Row(
      ridge,
      "At the minimum $\\nabla J = 0$. We take $w = 0$ as a start; then $\\nabla J = -\\frac1N X^Ty$.",
      "unrelated, unrelated, conditional"),
    Row(
      ridge,
      "Setting $\\nabla J = 0$ and using $\\lambda = 1$, $(X^TX + N I)w = X^Ty$",
      "unrelated, unrelated, undecided"),
    Row(
      ridge, "$\\nabla J = 0$, hence $r^TX = -N\\lambda w^T$", "unrelated, undecided"),
    Row(
      product,
      "$f'(x) = x(2-3x)e^{-3x}$\n\n$f'(x) = 0 \\iff x(2-3x) = 0 \\iff x = 0$ or $x = \\frac23$",
      "proved, unrelated, proved, proved, proved"),
  ]

  @Test(arguments: solutions)
  func `what follows from an equation that is solved is told from what does not`(
    _ row: Row
  ) throws {
    #expect(try Self.verdicts(row) == row.verdicts)
  }

  static let softmax = "Problems/softmax-cross-entropy.md"
  static let weights = "Problems/three-weights.md"
  static let gaussian = "Problems/gaussian-likelihood.md"
  static let form = "problems/quadratic-form.md"

  static let names = [
    Row(softmax, "$\\sigma(h_i) = \\frac{e^{h_i}}{\\sum_i e^{h_i}}$", "unrelated"),
    Row(
      softmax,
      "$\\sigma(h_i) = \\frac{e^{h_i}}{\\sum_k e^{h_k}}$\n\n$P_i = \\sigma(h_i)$",
      "unrelated, proved"),
    Row(
      softmax,
      "$\\frac{\\partial L}{\\partial h_i} = g_i$ with $g_i = P_i\\sum_jy_j - y_i$",
      "proved, proved"),
    Row(softmax, "$J(h, y) = -\\sum_j y_j\\log P_j$", "proved"),
    Row("Problems/two-layer-regression.md", "$L = \\|\\tilde y - y\\|$", "refuted"),
    Row(
      weights,
      "$\\delta_2 = \\delta_{out}w_{out}f_2'(s_2)$, $\\frac{\\partial L}{\\partial w_2} = \\delta_2z_1$",
      "proved, proved"),
    Row(steps, "$\\frac{\\partial L}{\\partial w_j} = \\delta z_j$", "proved"),
    Row(steps, "$\\frac{\\partial L}{\\partial w_j} = \\delta s_j$", "not determined"),
    Row(
      gaussian,
      "$\\ell(\\mu,\\Sigma) = -\\frac N2\\log\\det\\Sigma "
        + "- \\frac12\\sum_{n=1}^N(x_n-\\mu)^\\top\\Sigma^{-1}(x_n-\\mu)$", "proved"),
    Row(
      "problems/logistic-regression.md",
      "$\\frac1N\\sum_n(p_n-t_n) = \\bar p-\\bar t$", "proved"),
    Row("Problems/residual-connection.md", "$w_1 \\in \\mathbb R^{D\\times H}$", "unrelated"),
  ]

  @Test(arguments: names)
  func `names that were never introduced mean what they usually mean`(_ row: Row) throws {
    #expect(try Self.verdicts(row) == row.verdicts)
  }

  static let conditions = [
    Row(form, "If $A = A^\\top$, then $\\nabla\\varphi = Ax - b$", "proved"),
    Row(form, "As $A$ is symmetric, $\\nabla\\varphi = Ax - b$", "conditional"),
    Row(form, "$\\nabla\\varphi = Ax - b$", "refuted"),
    Row(
      gaussian,
      "For symmetric $\\Sigma$: $\\frac{\\partial l}{\\partial\\mu} = \\Sigma^{-1}R^T\\mathbf 1$",
      "proved"),
    Row(
      "Problems/hinge-over-softmax.md",
      "For $j \\neq y$ we have $\\frac{\\partial L}{\\partial p_j} = 1$.", "refuted"),
    Row(
      "problems/kinks.md",
      "For $r = wx-t \\ne 0$: $\\frac{dA}{dw} = \\begin{cases} x & r > 0 \\\\ -x & r < 0\\end{cases}$",
      "proved, proved"),
    Row(
      softmax,
      "$\\frac{\\partial L}{\\partial P} = "
        + "\\begin{pmatrix} -y_1/P_1 & -y_2/P_2 & -y_3/P_3\\end{pmatrix}$", "proved"),
    Row(
      softmax,
      "$\\frac{\\partial L}{\\partial h} = "
        + "\\begin{pmatrix} -y_1/h_1 & -y_2/h_2 & -y_3/h_3\\end{pmatrix}$", "undecided"),
    Row(
      softmax,
      "For $N = 3$: $\\frac{\\partial L}{\\partial P} = "
        + "\\begin{pmatrix} -y_1/P_1 \\\\ -y_2/P_2 \\\\ y_3/P_3\\end{pmatrix}$", "refuted"),
  ]

  @Test(arguments: conditions)
  func `what an author assumes is neither lost nor taken for granted`(_ row: Row) throws {
    #expect(try Self.verdicts(row) == row.verdicts)
  }
}
