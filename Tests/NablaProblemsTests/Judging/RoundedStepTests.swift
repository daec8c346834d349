import NablaNotation
import NablaProblems
import Testing

/// Numbers that were rounded on the way may be off by what the rounding explains, and no more.
@Suite struct RoundedStepTests {
  static let problem = SourceText(
    name: "product.md",
    """
    # A product

    ```nabla
    scalar a, b
    c = a*b
    t = tanh(c)
    at a = 0.4583, b = 0.0217
    forward t
    ```
    """)

  static let rows: [(line: String, verdicts: [ClaimVerdict])] = [
    ("$c = 0.4583 \\cdot 0.0217 = 0.00995$", [.proved, .proved]),
    ("$c = 0.4583 \\cdot 0.0217 = 0.00885$", [.proved, .refuted]),
    ("$c = 0.458 \\cdot 0.0217$", [.proved]),
    ("$c = 0.468 \\cdot 0.0217$", [.refuted]),
    ("$c = 0.02 \\cdot 0.448$", [.refuted]),
    ("$t = \\tanh(0.00995) = 0.00995$", [.proved, .proved]),
    ("$t = \\tanh(0.01095)$", [.refuted]),
    // A whole number is exact behind an equals sign, and rounded behind ≈.
    ("$c = 0$", [.refuted]),
    ("$c \\approx 0$", [.proved]),
    // A value that was rounded once is as far off wherever it is used.
    ("$c \\approx 0.01$, $t = \\tanh(0.01) = 0.01$", [.proved, .proved, .proved]),
    ("$t = \\tanh(0.01)$", [.refuted]),
    (
      "$c = 0.458 \\cdot 0.0217 = 0.0099386$, $t = \\tanh(0.0099386)$", [.proved, .proved, .proved]
    ),
    // What keeps names has to hold for more than the values of the sheet.
    ("$c = a \\cdot 0.0217 = 0.00995$", [.proved, .proved]),
    ("$c = a - 0.4483 = 0.00995$", [.refuted, .proved]),
  ]

  @Test(arguments: rows)
  func `a step of rounded numbers is judged by what rounding explains`(
    line: String, verdicts: [ClaimVerdict]
  ) {
    let marked = judgeSubmission(
      SourceText(name: "answer.md", line), as: .markdown, against: [Self.problem],
      options: JudgingOptions(seed: 3))
    #expect(marked.claims.map { $0.verdict } == verdicts)
  }
}
