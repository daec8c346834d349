import NablaNotation
import NablaProblems
import NablaRendering
import NablaTestSupport
import Testing

@Suite struct TableTests {
  private static func outcome(_ statements: String, as output: SolveOutput = .document)
    -> SolveOutcome
  {
    var options = SolveOptions()
    options.output = output
    return solveProblem(
      SourceText(name: "sheet", "```nabla\n\(statements)\n```\n"), options: options)
  }

  /// The first table of a document as text, cells joined by bars.
  private static func table(_ statements: String) throws -> [String] {
    for case .table(let table) in outcome(statements).document.blocks {
      return ([table.header] + table.rows).map { row in
        row.map { $0.plainText }.joined(separator: " | ")
      }
    }
    return []
  }

  @Test func `a scalar is evaluated for each value`() throws {
    let rows = try Self.table("scalar x, y\ny = x^2\ntable y, 1/x for x = 1, 2, -3, 0")
    #expect(rows == ["x | y | 1/x", "1 | 1 | 1", "2 | 4 | 0.5", "−3 | 9 | −0.3333", "0 | 0 | –"])
  }

  @Test func `a vector has a column for each component`() throws {
    let rows = try Self.table(
      "vector h[2]\nscalar t positive\nu = h/t\nat h = [1; 2]\ntable u for t = 1, 1/2")
    #expect(rows == ["t | u₁ | u₂", "1 | 1 | 2", "½ | 2 | 4"])
  }

  @Test func `derivatives are carried out, and kinks have none`() throws {
    let rows = try Self.table("scalar s\nl = max(0, 1 - s)\ntable dl/ds for s = 0, 1, 2")
    #expect(rows.dropFirst() == ["0 | −1", "1 | –", "2 | 0"])
  }

  @Test(
    arguments: [
      ("scalar x, y\ntable x*y for x = 1, 2", "has no value"),
      ("scalar x\ny = x\ntable x for y = 1, 2", "'y'"),
      ("vector x[2]\ntable sum(x) for x = 1", "a table is over a scalar"),
      ("scalar x\ntable x for x", "'='"), ("scalar x\ntable x", "'for'"),
    ])
  func `what cannot be tabulated is said`(_ statements: String, _ message: String) {
    let outcome = Self.outcome(statements)
    var told = outcome.diagnostics.map { $0.diagnostic.message + ($0.diagnostic.expected ?? "") }
    told.append(outcome.document.plain())
    #expect(outcome.verdict != .passed)
    #expect(told.joined(separator: "\n").contains(message), "\(told)")
  }

  @Test func `JSON holds the columns and rows`() {
    let json = Self.outcome("scalar x\ntable x^2 for x = 2, 3", as: .json).json
    guard case .array(let tasks)? = json["tasks"] else {
      Issue.record("no tasks")
      return
    }
    #expect(tasks.first?["kind"] == .string("table"))
    guard case .array(let columns)? = tasks.first?["columns"] else {
      Issue.record("no columns")
      return
    }
    #expect(columns.map { $0["plain"] } == [.string("x"), .string("x^2")])
  }
}
