import NablaNotation
import Testing

/// The literal reading of loose notation, and the others that a judge may try.
struct LaTeXLooseNotationTests {
  struct Row: Sendable {
    let latex: String
    let reading: String
    var declarations = ""
  }

  static let rows = [
    Row(
      latex: #"\sum_j y_j - \log s"#,
      reading: "sum(j, y[j]) - log(s)"),
    Row(latex: #"\log x y"#, reading: "log(x*y) {reachOfFunction: log(x)*y}"),
    Row(
      latex: #"\frac{o_i}{\partial h_i}"#,
      reading: "unreadable 0-24 {missingDifferential: do[i]/dh[i]}"),
    Row(
      latex: #"\frac{\partial s^2}{s^2}"#,
      reading: "unreadable 0-24 {missingDifferential: ds2/ds2}", declarations: "vector s2[K]"),
    Row(latex: "(a + b", reading: "unreadable 0-1 {missingBracket: a + b}"),
    Row(
      latex: "f(x)", reading: "f(x) {application: f*x}", declarations: "scalar x"),
    Row(
      latex: "w^2", reading: "w^2 {superscript: w2}", declarations: "scalar w, w2"),
    Row(
      latex: #"x \cdot y"#, reading: "dot(x, y) {product: x .* y}",
      declarations: "vector x[N], y[N]"),
    Row(
      latex: #"\frac{\partial}{\partial x} (x - y)^T (x - y)"#,
      reading: "diff((x - y)'*(x - y), x) {reachOfFunction: diff((x - y)', x)*(x - y)}",
      declarations: "vector x[N], y[N]"),
  ]

  @Test(arguments: rows) func `the literal reading comes first`(_ row: Row) {
    #expect(reading(row.latex, vocabulary(row.declarations)) == row.reading)
  }
}
