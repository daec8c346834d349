import NablaExpressions
import NablaProblems
import NablaRendering
import NablaVerification
import Testing

@Suite struct ProvedStepTests {
  private static func openEquations(of name: String) throws -> [String] {
    var pool = ExpressionPool(capacity: 4096)
    let reading = ProblemReading(try ProblemFiles.source(name), into: &pool)
    var solver = Solver()
    var builder = FormulaBuilder()
    var open: [String] = []
    for task in solver.solve(reading.problem, in: &pool) {
      for equation in task.equations where !equation.verdict.isProved {
        let left = builder.formula(of: equation.left, in: &pool).plain
        let right = builder.formula(of: equation.right, in: &pool).plain
        open.append("\(task.task.text): \(left) = \(right)")
      }
    }
    return open
  }

  @Test(arguments: ProblemFiles.names)
  func `every equation of a write-up is proved`(name: String) throws {
    let open = try Self.openEquations(of: name)
    #expect(open == [])
  }

  @Test func `a proof that runs out of work leaves the check by numbers`() throws {
    var options = SolveOptions()
    options.proofWork = 1
    let outcome = solveProblem(try ProblemFiles.source("three-weights"), options: options)
    #expect(outcome.verdict == .passed)
  }
}
