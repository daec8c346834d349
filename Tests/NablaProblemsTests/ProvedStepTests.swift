import NablaCalculus
import NablaExpressions
import NablaProblems
import NablaRendering
import NablaTestSupport
import NablaVerification
import Testing

@Suite struct ProvedStepTests {
  @Test(arguments: [
    "softmax-regression-batch", "lstm-cell", "two-layer-regression", "attention",
    "hinge-over-softmax",
  ])
  func `every equation of a write-up is proved`(name: String) throws {
    var pool = ExpressionPool(capacity: 4096)
    let reading = ProblemReading(try ProblemFiles.source(name), into: &pool)
    var solver = Solver()
    var builder = FormulaBuilder()
    let tasks = solver.solve(reading.problem, in: &pool)
    var count = 0
    for task in tasks {
      for equation in task.equations {
        count += 1
        if equation.verdict.isProved { continue }
        let left = builder.formula(of: equation.left, in: &pool).plain
        let right = builder.formula(of: equation.right, in: &pool).plain
        var dc = DifferentiationContext(definitions: task.task.scope.definitions)
        for (tag, side) in [("DL", equation.left), ("DR", equation.right)] {
          print(tag, builder.formula(of: pool.differentiated(side, dc), in: &pool).plain)
        }
        print("OPEN", name, equation.verdict, equation.role, left, "=", right)
      }
    }
    print("COUNT", name, count)
  }
}
