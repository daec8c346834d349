import NablaExpressions
import NablaNotation
import Testing

@testable import NablaProblems

@Suite struct IndexDisciplineTests {
  struct Row: Sendable {
    let left: String
    let right: String
    let mistake: Mistake?
    let index: String

    init(_ left: String, _ right: String, _ mistake: Mistake?, _ index: String = "") {
      self.left = left
      self.right = right
      self.mistake = mistake
      self.index = index
    }
  }

  static let rows = [
    Row("dL/do[j]", "-sum(j, y[j]/o[j])", .indexDiscipline, "j"),
    Row("dL/do[j]", "-y[j]/o[j]", nil),
    Row("L", "y[j]*log(o[j])", .sumDropped, "j"),
    Row("L", "sum(j, y[j]*log(o[j]))", nil),
    Row("o[j]", "1", .sumLeftIn, "j"),
    Row("o[j]", "y[i]", .wrongIndex, "i"),
    Row("sum(j, y[j]*o[j])", "y[j]*o[j]", .indexDiscipline, "j"),
    Row("dL/do[i]", "o[i]*sum(i, y[i]) - y[i]", .indexDiscipline, "i"),
    Row("dL/do[i]", "o[i]*sum(j, y[j]) - y[i]", nil),
    Row("0", "0*y[j]", nil),
    Row("sum(j != i, y[j])", "y[i]", nil),
    Row("x^2", "x*x", nil),
  ]

  @Test(arguments: rows)
  func `an index is free on both sides or on none`(_ row: Row) throws {
    var pool = ExpressionPool()
    var reader = CommandLineReader()
    try reader.read(
      given: [
        "index i, j, k = 1..K", "vector o[K], y[K]", "scalar x",
        "L = -sum(k, y[k]*log(o[k]))",
      ], assume: [], in: &pool)
    let known = reader.scope.knownNames(in: pool)
    let left = try parseExpression(SourceText(name: "left", row.left), known: known)
    let right = try parseExpression(SourceText(name: "right", row.right), known: known)
    let finding = IndexDiscipline(reader.scope).check(left, right, in: pool)
    #expect(finding?.mistake == row.mistake)
    #expect(finding?.index ?? "" == row.index)
  }

  @Test(arguments: [
    ("x/(2 - 2)", true), ("1/(x - x)", true), ("x/2", false), ("1/(x - 3)", true), ("0/x", false),
  ])
  func `a division by zero is seen`(_ text: String, isThere: Bool) throws {
    var pool = ExpressionPool()
    var reader = CommandLineReader()
    try reader.read(given: ["scalar x"], assume: [], at: ["x=3"], in: &pool)
    let side = try parseExpression(
      SourceText(name: "side", text), known: reader.scope.knownNames(in: pool))
    #expect((DivisionCheck(reader.scope).check(side, in: &pool) != nil) == isThere)
  }

  @Test(arguments: [
    ("A*x", "x*A", Mistake.shape), ("x[i]", "x[k]", .wrongIndex), ("x[i]", "sum(x[i])", nil),
  ])
  func `a diagnostic of reading may be a mistake of the author`(
    left: String, right: String, mistake: Mistake?
  ) throws {
    var pool = ExpressionPool()
    var reader = CommandLineReader()
    try reader.read(
      given: [
        "dimension N, M", "index i = 1..N", "index k = 1..M", "matrix A[N,N]", "vector x[N]",
      ],
      assume: [], in: &pool)
    let known = reader.scope.knownNames(in: pool)
    let one = try parseExpression(SourceText(name: "left", left), known: known)
    let other = try parseExpression(SourceText(name: "right", right), known: known)
    var lowering = Lowering(reader.scope)
    var found: Mistake?
    do throws(Diagnostic) {
      let relation = RelationSyntax(left: one, operation: .equal, right: other)
      _ = try lowering.relationForms(relation, in: &pool)
    } catch {
      found = Mistake(error)
    }
    #expect(found == mistake)
  }
}
