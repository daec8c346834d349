import NablaNotation
import NablaProblems
import Testing

/// Short submissions of any format with the verdicts of their claims in order.
@Suite struct JudgedProseTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let problem: String
    let format: SubmissionFormat
    let text: String
    let verdicts: String

    init(_ problem: String, _ format: SubmissionFormat, _ text: String, _ verdicts: String) {
      self.problem = problem
      self.format = format
      self.text = text
      self.verdicts = verdicts
    }

    var testDescription: String { text }
  }

  static func verdicts(_ row: Row) throws -> String {
    let marked = judgeSubmission(
      SourceText(name: "answer", row.text), as: row.format,
      against: [try JudgedTextTests.problem(row.problem)], options: JudgingOptions(seed: 5))
    return marked.claims.map { $0.carried ? "carried" : $0.verdict.rawValue }
      .joined(separator: ", ")
  }

  static let softmax = "Problems/softmax-cross-entropy.md"
  static let batch = "Problems/softmax-regression-batch.md"
  static let sizes = "Problems/layer-sizes.md"
  static let steps = "Problems/three-gradient-steps.md"
  static let layers = "Problems/two-layer-regression.md"
  static let activations = "Problems/sigmoid-tanh-bce.md"
  static let hinge = "Problems/hinge-over-softmax.md"
  static let ridge = "problems/ridge-regression.md"
  static let factors = "problems/matrix-factorisation.md"
  static let logistic = "problems/logistic-regression.md"

  static let answers = [
    Row(activations, .text, "s'(x) = 2 s(x)\nAnswer: s'(x) = s(x) (1 - s(x))", "refuted, proved"),
    Row(
      activations, .markdown, "(a) $s'(x) = 2 s(x)$\n\n**Lösung:** $s'(x) = s(x)(1 - s(x))$",
      "refuted, proved"),
    Row(
      activations, .latex,
      "\\textbf{Problem.} Find $s'$.\n\n$s'(x) = 2 s(x)$\n\n\\textbf{Answer:} "
        + "$s'(x) = s(x)(1 - s(x))$", "refuted, proved"),
    Row(
      activations, .markdown, "# Problem 1\n\nShow that $s'(x) = s(x)$.\n\n## Proof\n$s(0) = 1/2$",
      "proved"),
  ]

  @Test(arguments: answers)
  func `work before an answer is judged, a repeated question is not`(_ row: Row) throws {
    #expect(try Self.verdicts(row) == row.verdicts)
  }

  static let denials = [
    Row(activations, .markdown, "~~$s'(x) = 2s(x)$~~", ""),
    Row(activations, .latex, "\\sout{$s'(x) = 2s(x)$} $\\cancel{s'(x) = 4s(x)}$", ""),
    Row(activations, .markdown, "One might think that $s'(x) = s(x)$, but this is wrong.", ""),
    Row(activations, .text, "It is not true that s'(x) = s(x).", ""),
    Row(activations, .text, "So s'(x) = s(x).", "refuted"),
  ]

  @Test(arguments: denials)
  func `what an author strikes out or denies is not judged`(_ row: Row) throws {
    #expect(try Self.verdicts(row) == row.verdicts)
  }

  static let letters = [
    Row(
      ridge, .markdown,
      "Let $r = y - Xw$.\n\n$\\nabla J = -\\frac1NX^\\top r+\\lambda w$\n\n"
        + "$\\nabla J = \\frac1NX^\\top r+\\lambda w$\n\n$\\nabla J = \\frac2NX^\\top r+\\lambda w$",
      "proved, proved, undecided, refuted"),
    Row(
      factors, .latex,
      "Define $e := UV^\\top - R$. Then $\\frac{\\partial L}{\\partial U} = eV+\\lambda U$.",
      "proved, proved"),
    Row(batch, .markdown, "Let $S = XW_1+\\mathbf 1b_1^\\top$.", "proved"),
    Row("Problems/layer-normalisation.md", .markdown, "Let $v = x-\\mu$.", "proved"),
    Row(
      softmax, .markdown, "Let $P_j = \\frac{e^{h_j}}{\\sum_k h_k}$.", "refuted"),
    Row(ridge, .markdown, "Let $J = \\|Xw - y\\|^2$.", "refuted"),
  ]

  @Test(arguments: letters)
  func `a letter means what the author says, unless a definition is misquoted`(
    _ row: Row
  ) throws {
    #expect(try Self.verdicts(row) == row.verdicts)
  }

  static let definitions = [
    Row(
      layers, .latex,
      "$\\frac{\\partial C}{\\partial W_2} = 2\\,e\\,a_1^T, e = \\tilde y-y$", "proved, proved"),
    Row(
      logistic, .latex,
      "\\[\\nabla_w J = \\frac1N X^\\top e + \\lambda w \\quad\\text{with } e = p - t\\]",
      "proved, proved"),
    Row(
      ridge, .markdown,
      "$$\\nabla J = \\frac1N X^\\top e+\\lambda w$$\nmit dem Residuum $e = Xw - y$.",
      "proved, proved"),
  ]

  @Test(arguments: definitions)
  func `a definition behind a formula is known in it`(_ row: Row) throws {
    #expect(try Self.verdicts(row) == row.verdicts)
  }

  static let lines = [
    Row(sizes, .text, "1024 × 30 + 1024 = 31744\n512 x 1 + 1 = 513", "proved, proved"),
    Row(sizes, .text, "1024 × 30 + 1024 = 31745", "refuted"),
    Row(sizes, .text, "Output A: 1024 × 32", "proved"),
    Row(sizes, .text, "557.057 = 31.744 + 524.800 + 513", "proved"),
    Row(sizes, .text, "31,744 + 524,800 + 513 = 557,058", "refuted"),
    Row(
      factors, .text, "L = 1/2 ||R - U V^T||_F^2 + λ/2 ||U||_F² + λ/2 ||V||_F^2", "proved"),
    Row(factors, .text, "L = 1/2 ||R - U V^T||_F^2 + λ/2 ||U||_F^2", "refuted"),
    Row(softmax, .text, "del L / del h_i = P_i - y_i", "proved"),
    Row(
      softmax, .text, "∂L/∂h_i = P_i - y_i   | Σ_j y_j = 1", "proved, unreadable"),
    Row(steps, .text, "| 1 | 0.60·0.75+0.01·0.8 = 0.458 | 0.458 |", "proved"),
    Row(
      softmax, .latex,
      "\\begin{align*} L &= -\\sum_j y_jh_j \\qquad\\text{(by (1))}\\\\ "
        + "&\\phantom{=}+\\log\\left(\\sum_k e^{h_k}\\right)\\sum_jy_j \\end{align*}", "proved"),
    Row(
      activations, .latex,
      "\\begin{align*} s(x) &= \\frac1{1+e^{-x}} \\\\ \\intertext{and so with $s(0) = 1/2$} "
        + "s'(x) &= s(x)(1-s(x)) \\\\ &= s(x) - s(x)^2\\end{align*}",
      "proved, proved, proved"),
    Row(
      hinge, .markdown, "$e^{0.5} = 1.6487$, $e^{0.4} = 1.4918$, Summe $= 6.3239$.",
      "proved, proved"),
    Row(
      sizes, .markdown,
      "$$30\\cdot1024 + 1024\\cdot512 + 512\\cdot1$$\nhere $\\eta > 0$ is the learning rate.\n"
        + "$$= 555520$$", "unrelated, proved"),
  ]

  @Test(arguments: lines)
  func `lines are neither cut off nor glued together`(_ row: Row) throws {
    #expect(try Self.verdicts(row) == row.verdicts)
  }

  static let functions = [
    Row(
      batch, .markdown, "$\\frac{\\partial L}{\\partial b_2} = \\frac1N\\mathbf 1^\\top(P-Y)$",
      "proved"),
    Row(
      batch, .markdown, "$\\frac{\\partial L}{\\partial b_2} = \\mathbf 1^\\top(P-Y)$", "refuted"),
    Row(softmax, .markdown, "$P_i = \\sigma(h)_i$", "proved"),
    Row(softmax, .markdown, "$\\partial\\log P(y=j)/\\partial P(y=j) = 1/P(y=j)$", "proved"),
  ]

  @Test(arguments: functions)
  func `sizes of ones, entries of functions and entries in brackets are read`(_ row: Row) throws {
    #expect(try Self.verdicts(row) == row.verdicts)
  }
}
