import NablaNotation
import Testing

@Suite struct ImplicitDeclarationTests {
  /// What expressions imply, as declarations, with what is known: `h[N]`, `j = 1..N`, or a name.
  private func implied(
    _ texts: [String], _ strictness: ImplicitDeclarations.Strictness = .lenient,
    knowing statements: [String] = []
  ) throws -> (declarations: [String], expressions: [String]) {
    var known = KnownNames(undeclaredAreScalars: true)
    for text in statements { known.collect(from: SourceText(name: "", text)) }
    let given = try statements.map {
      try parseStatement(SourceText(name: "", $0), known: known).syntax
    }
    let expressions = try texts.map {
      try parseExpression(SourceText(name: "", $0), known: known)
    }
    let implicit = ImplicitDeclarations(
      of: expressions, knowing: KnownRanges(given), strictness)
    return (
      implicit.statements.map { $0.plainDeclaration },
      implicit.expressions.map { $0.plainNotation() }
    )
  }

  @Test(
    arguments: [
      (["y[j]*log(p[j])"], ["vector y[N], p[N]", "index j = 1..N"]),
      (["W[i, j]*x[j]"], ["vector x[K]", "matrix W[N, K]", "index i = 1..N, j = 1..K"]),
      (["sum(j = 1..n, x[j])"], ["vector x[n]"]),
      (["sum(j = 0..n-1, x[j])"], ["vector x[0..n - 1]"]),
      (["sum(j = 2..n, x[j])"], ["vector x[n]"]),
      (["x[i]*delta(i, j)"], ["vector x[N]", "index i, j = 1..N"]),
      (["1[i = j]*x[i]"], ["vector x[N]", "index i, j = 1..N"]),
      (["sum(k != i, x[k])"], ["vector x[N]", "index k, i = 1..N"]),
      (["x[i]", "y[i]"], ["vector x[N], y[N]", "index i = 1..N"]),
      (["N*x[i]"], ["vector x[K]", "index i = 1..K"]),
      (["x[1] + x[2]"], ["vector x[N]"]),
      (["x[n] + sum(j = 1..n, x[j])"], ["vector x[n]"]),
      (["y[i] - sum(j = 1..i, x[j])"], ["vector y[N], x[N]", "index i = 1..N"]),
      (["softmax(h)[i]"], ["vector h[N]", "index i = 1..N"]),
      (["x + y^2"], []),
      (["sum(i, x[i])*sum(i, y[i])"], ["vector x[N], y[N]", "index i = 1..N"]),
    ] as [([String], [String])])
  func `slots and letters that go together get one size`(
    _ texts: [String], _ declarations: [String]
  ) throws {
    #expect(try implied(texts).declarations == declarations, "\(texts)")
  }

  @Test func `what is declared keeps its size and hands it on`() throws {
    let found = try implied(["sum(j, y[j]*h[j])"], knowing: ["vector h[D]"])
    #expect(found.declarations == ["vector y[D]", "index j = 1..D"])
  }

  @Test func `a letter of another range gets limits of its own`() throws {
    let found = try implied(
      ["sum(j, h[j]) + sum(j, g[j])"], knowing: ["vector h[N], g[K]", "index j = 1..N"])
    #expect(found.declarations == [])
    #expect(found.expressions == ["sum(j, h[j]) + sum(j = 1..K, g[j])"])
  }

  @Test func `a sum inside a sum over the same letter takes another letter`() throws {
    let found = try implied(["sum(i, a[i]*sum(i, b[i]))"])
    #expect(found.expressions == ["sum(i, a[i]*sum(k = 1..N, b[k]))"])
  }

  @Test func `sizes are renamed only where people are read leniently`() throws {
    let text = ["sum(j = 1..n, h[j])/n"]
    let lenient = try implied(text, .lenient, knowing: ["vector h[N]"])
    #expect(lenient.expressions == ["sum(j = 1..N, h[j])/N"])
    let strict = try implied(text, .strict, knowing: ["vector h[N]"])
    #expect(strict.expressions == ["sum(j = 1..n, h[j])/n"])
  }

  @Test func `deep and wide expressions end`() throws {
    var text = "x[i]"
    for _ in 0..<200 { text = "sum(j, \(text))" }
    _ = try implied([text])
    let wide = (0..<2000).map { "a\($0)[i\($0)]" }.joined(separator: " + ")
    #expect(try implied([wide]).declarations.count == 2)
  }
}
