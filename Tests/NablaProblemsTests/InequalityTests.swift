import NablaNotation
import NablaProblems
import NablaRendering
import Testing

/// Inequalities as `prove` takes them, and what comes of them: squares, signs, a counterexample,
/// or nothing.
// swift-format-ignore
private let claims: [(claim: String, outcome: String)] = [
  ("diff(sigmoid(x), x) <= 1/4",          "squares"),
  ("1/4 >= diff(sigmoid(x), x)",          "squares"),
  ("diff(tanh(x), x) <= 1",               "squares"),
  ("x^2 + y^2 >= 2*x*y",                  "squares"),
  ("x^2 + x*y + y^2 >= 0",                "squares"),
  ("x^2 - 4*x + 5 > 0",                   "squares"),
  ("p*(1 - p) <= 1/4",                    "squares"),
  ("tanh(x)*(1 - tanh(x)) <= 1/4",        "squares"),
  ("ReLU(x) >= 0",                        "signs"),
  ("sigmoid(x) < 1",                      "signs"),
  ("exp(x) > 0",                          "signs"),
  ("diff(sigmoid(x), x) <= 1/5",          "false"),
  ("diff(sigmoid(x), x) < 1/4",           "open or false"),
  ("x^2 - 4*x + 3 > 0",                   "false"),
  ("x^2 > 0",                             "false"),
  ("x^2 >= x",                            "false"),
  ("x <= ReLU(x) - 1",                    "false"),
  ("exp(x) >= 1 + x",                     "open"),
  ("log(q) <= q - 1",                     "open"),
]

@Suite struct InequalityTests {
  @Test(arguments: claims)
  func `an inequality is proved, refuted or left open`(
    _ row: (claim: String, outcome: String)
  ) throws {
    let sheet = "```nabla\nscalar x, y, p\nscalar q positive\nprove \(row.claim)\n```\n"
    let outcome = solveProblem(SourceText(name: "sheet", sheet))
    #expect(outcome.diagnostics.isEmpty, "\(outcome.diagnostics.map { $0.diagnostic.message })")
    let text = outcome.document.plain()
    let found =
      switch outcome.verdict {
      case .passed:
        text.contains("complete the square") || text.contains("no term") ? "squares" : "signs"
      case .failed: "false"
      case .undecided: "open"
      case .unreadable: "unreadable"
      }
    #expect(row.outcome.split(separator: " ").contains(Substring(found)), "\(row.claim): \(text)")
  }

  @Test func `the squares of σ′ ≤ ¼ are shown`() {
    let sheet = "```nabla\nscalar x\nprove diff(sigmoid(x), x) <= 1/4\n```\n"
    let text = solveProblem(SourceText(name: "sheet", sheet)).document.plain()
    #expect(text.contains("(sigmoid(x) - 1/2)^2"), "\(text)")
    #expect(text.contains(">= 0"))
  }
}
