import NablaNotation
import NablaProblems
import NablaRendering
import Testing

/// Sheets, what their write-ups say in a terminal, and what they do not say.
private let sheets: [(name: String, sheet: String, says: [String], saysNot: [String])] = [
  (
    "a false inequality names a point, and no truth values",
    "scalar t\nprove t <= t^2", ["The claim is false at t = "], ["0 against 1"]
  ),
  (
    "polynomials are defined everywhere",
    "scalar a, b\nprove a^2 + b^2 >= 2*a*b", ["✓ Proved.", "(a − b)²"],
    ["wherever", "carry out and collect"]
  ),
  (
    "a quotient is not defined everywhere",
    "scalar a, b\nscalar c positive\nprove a^2/c + c*b^2 >= 2*a*b",
    ["wherever both sides are defined"], []
  ),
  (
    "a ratio of softmax weights is cancelled and joined",
    """
    index i, j, k = 1..N
    vector h[N]
    P[j] = exp(h[j])/sum(k, exp(h[k]))
    prove P[i]/P[j] = exp(h[i] - h[j])
    """, ["definitions", "cancel", "exp(a − b) = exp(a)/exp(b)"], ["No chain"]
  ),
  (
    "a temperature stands below the difference",
    """
    index i, j, k = 1..N
    vector h[N]
    scalar T positive
    q[j] = exp(h[j]/T)/sum(k, exp(h[k]/T))
    prove q[i]/q[j] = exp((h[i] - h[j])/T)
    """, ["exp(a − b) = exp(a)/exp(b)"], ["No chain"]
  ),
  (
    "a shift leaves softmax as it is",
    """
    index i, j, k = 1..N
    vector h[N]
    scalar c
    P[j] = exp(h[j])/sum(k, exp(h[k]))
    Q[j] = exp(h[j] + c)/sum(k, exp(h[k] + c))
    prove Q[j] = P[j]
    """, ["exp(a + b) = exp(a)·exp(b)"], ["No chain"]
  ),
  (
    "a normalisation that definitions imply is not its own reason",
    """
    index j = 1..N
    scalar s in (0, 1)
    class y = 1..N
    u[j] = (1 - s)*delta(j, y) + s/N
    prove sum(j, u[j]) = 1
    """, ["definitions", "both steps"], ["all 2 steps"]
  ),
  (
    "every entry of the quantity asked for is rounded",
    """
    index i = 1..3
    vector x[3], y[3]
    z[i] = x[i]/3
    at x = [1; 2; 5]
    forward z to 2 decimals
    """, ["≈ 0.33", "≈ 0.67", "≈ 1.67"], ["0.3333333333", "0.6666666667"]
  ),
  (
    "numbers that stand there already are not put in again",
    "bytes = 4*(256*784 + 256)\nforward bytes", ["803840"],
    ["4(256·784 + 256) = 4(256·784 + 256)"]
  ),
  (
    "the parameters of all layers are added up",
    """
    vector x[D], b1[H], b2[H]
    matrix W1[H, D], W2[H, H]
    a = tanh(W1*x + b1)
    o = tanh(W2*a + b2)
    parameters W1, b1, W2, b2
    """, ["2H"], ["H·D + H + H·H + H"]
  ),
  (
    "local derivatives that cancel leave an error signal that is short",
    """
    vector w[D], x[D]
    scalar b, y
    z = w'*x + b
    p = sigmoid(z)
    E = -(y*log(p) + (1 - y)*log(1 - p))
    gradient E by w, b as backward
    """, ["∂E/∂z = p − y"], []
  ),
]

@Suite struct WriteUpWordTests {
  @Test(arguments: sheets)
  func `a write-up says what it should`(
    _ row: (name: String, sheet: String, says: [String], saysNot: [String])
  ) {
    let text = solveProblem(SourceText(name: "sheet", "```nabla\n\(row.sheet)\n```\n"))
      .document.terminal(width: 100)
    for words in row.says { #expect(text.contains(words), "\(row.name):\n\(text)") }
    for words in row.saysNot { #expect(!text.contains(words), "\(row.name):\n\(text)") }
  }

  @Test func `values stand before the numbers that come from them`() throws {
    let sheet = "```nabla\nscalar w, x\nz = w^2*x\nderive dz/dw\nat w = 3, x = 5\n```\n"
    let text = solveProblem(SourceText(name: "sheet", sheet)).document.plain()
    let lines = text.split(separator: "\n")
    let given = try #require(lines.firstIndex { $0.contains("x = 5") })
    let used = try #require(lines.firstIndex { $0.contains("30") })
    #expect(given < used, "\(text)")
    #expect(lines.filter { $0.contains("x = 5") }.count == 1, "\(text)")
  }

  @Test func `no two results have the same number`() {
    let sheet = """
      ```nabla
      scalar z, y
      p = sigmoid(z)
      E = -(y*log(p) + (1 - y)*log(1 - p))
      derive dE/dz
      prove dE/dz = p - y
      derive d^2E/dzdz
      at z = 1, y = 1
      derive dE/dz
      derive d^2E/dzdz
      ```
      """
    var labels: [String] = []
    for case .result(_, _, let label?) in solveProblem(SourceText(name: "sheet", sheet)).document
      .blocks
    { labels.append(label) }
    #expect(Set(labels).count == labels.count, "\(labels)")
  }

  @Test func `a marked submission is printed in the notation of its problem, in English`() {
    let problem = """
      ```nabla
      notation ln, decimal comma, language german
      scalar x
      E = log(x)/2
      ```
      """
    let marked = judgeSubmission(
      SourceText(name: "a.md", "$E = \\ln(x)/4$\n"), as: .markdown,
      against: [SourceText(name: "p.md", problem)], options: JudgingOptions(seed: 1))
    let text = marked.document.terminal(width: 100)
    #expect(text.contains("ln x"), "\(text)")
    #expect(text.contains("wrong"), "\(text)")
    #expect(!text.contains("log x"), "\(text)")
  }
}
