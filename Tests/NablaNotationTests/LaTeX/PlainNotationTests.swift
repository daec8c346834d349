import NablaNotation
import Testing

/// What is written in plain notation reads back to the same tree.
struct PlainNotationTests {
  static let texts = [
    "a + b - c", "-a + b", "(-a) + b", "-(a + b)", "a - (b - c)", "a + -b", "a*b/c", "a*(b*c)",
    "a/(b*c)", "(a/b)/c", "a*(-b)", "-a*b", "(-a)*b", "--a", "a^b^c", "(a^b)^c", "a^(-1)",
    "(-a)^2", "-a^2", "(a + b)^2", "a'", "a''", "(a*b)'", "a'^2", "(a^2)'", "a .* b ./ c",
    "a .^ 2", "h[i]", "W[i + 1, j]", "(W*x)[i]", "h[i][j]", "h'[i]", "f1''(s)", "max(0, x)",
    "sum(k, exp(h[k]))", "sum(k != i, h[k])", "sum(k = 1..K, k != i, k != j, h[k])",
    "sum(i, j, W[i, j])", "product(k = 0..N - 1, x[k])", "sum(x)", "1[x > 0]", "1[i = j]*x",
    "piecewise(x > 0: x, else: 0)", "piecewise(i = j: 1, i != j and x < 1: 2)", "0 < x and x < 1",
    "a = b or not a > 0", "not (a > 0 or b > 0)", "(a > 0 or b > 0) and c > 0", "dL/dh[i]",
    "dL/dw1*x", "a/(dL/dw1)", "(dL/dw1)'", "(dL/dw1)[i]", "(dL/dw1)^2", "d^2L/dw1^2",
    "d^2L/dh[i]dh[j]", "diff(f(x), x)", "diff(x^2, x, 2)", "diff(f, x, y)", "[1, 2; 3, 4]",
    "[a + b, -c]", "1/2*(yhat - y)^2", "exp(-x)/(1 + exp(-x))^2", "1e-3*x",
  ]

  static let names = known("a b c x y h W L w1 i: j: k: f f1()")

  @Test(arguments: texts) func `writing and reading again changes nothing`(_ text: String) throws {
    let syntax = try parseExpression(SourceText(name: "test", text), known: Self.names)
    let written = syntax.plainNotation()
    #expect(dump(written, Self.names) == syntax.dump, "written as \(written)")
  }

  @Test(arguments: texts) func `nothing is written that is not needed`(_ text: String) throws {
    let syntax = try parseExpression(SourceText(name: "test", text), known: Self.names)
    let written = syntax.plainNotation()
    #expect(written.utf8.count <= text.utf8.count + 2)
    let again = try parseExpression(SourceText(name: "test", written), known: Self.names)
    #expect(again.plainNotation() == written)
  }
}
