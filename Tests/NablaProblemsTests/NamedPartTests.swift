import NablaNotation
import NablaProblems
import NablaRendering
import Testing

@Suite struct NamedPartTests {
  private static func text(_ expression: String) -> String {
    solveExpression(expression, by: ["x"]).document.plain()
  }

  /// g(g(…g(x)…)) with a pattern that takes its argument twice.
  private static func nested(_ pattern: (String) -> String, _ depth: Int) -> String {
    var text = "x"
    for _ in 0..<depth { text = pattern(text) }
    return text
  }

  @Test(
    arguments: [
      { "sin(\($0))*exp(\($0))" }, { "(\($0) + 1)/(1 + exp(-(\($0))))" },
      { "log(1 + (\($0))^2)*(\($0))" },
    ] as [@Sendable (String) -> String])
  func `parts that a long expression repeats are printed once`(
    _ pattern: @Sendable (String) -> String
  ) {
    let short = Self.text(Self.nested(pattern, 4))
    let long = Self.text(Self.nested(pattern, 8))
    #expect(short.contains("Parts that occur more than once get a name:"))
    #expect(long.contains("u_1 = "))
    // Each level adds about as much as the one before; the unshared text would double.
    #expect(long.utf8.count < 4 * short.utf8.count)
  }

  @Test func `a short expression keeps its form`() {
    #expect(!Self.text("x^2*sin(x) + exp(-x)/x").contains("get a name"))
  }

  @Test func `names that are taken are not given again`() {
    let repeated = "sin(x*u_1)*exp(x*u_1)*tanh(x*u_1)"
    let text = Self.text(
      "(\(repeated))^2 + sqrt(1 + (\(repeated))^4)/(2 + \(repeated)) + f*log(3 + \(repeated))")
    #expect(text.contains("u_2 = "))
    #expect(!text.contains("\nu_1 = "))
    #expect(!text.contains("\nf = "))
  }

  @Test func `a sum that the lines repeat is named`() {
    let sheet = """
      ```nabla
      index i, j, k = 1..N
      vector h[N]
      P[j] = exp(h[j])/sum(k, exp(h[k]))
      derive dP[j]/dh[i]
      ```
      """
    let text = solveProblem(SourceText(name: "sheet", sheet)).document.plain()
    #expect(text.contains("Write S = sum(k, exp(h[k]))."))
    #expect(text.contains("S^2"))
    #expect(text.contains("dP[j]/dh[i] = P[j]*(delta(i, j) - P[i])"))
  }

  @Test func `a letter of the problem is not taken for a sum`() {
    let sheet = """
      ```nabla
      index i, j, k = 1..N
      vector h[N]
      scalar S
      P[j] = S*exp(h[j])/sum(k, exp(h[k]))
      derive dP[j]/dh[i]
      ```
      """
    let text = solveProblem(SourceText(name: "sheet", sheet)).document.plain()
    #expect(text.contains("Write T = sum(k, exp(h[k]))."), "\(text)")
  }
}
