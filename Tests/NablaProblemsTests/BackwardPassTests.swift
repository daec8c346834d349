import NablaExpressions
import NablaNotation
import NablaRendering
import Testing

@testable import NablaProblems

/// Definitions of L, its unknowns, and the gradients by way of error signals.
// swift-format-ignore
private let passes: [(definitions: String, unknowns: String, expected: [String])] = [
  ("z = w*x + b\na = tanh(z)\nL = (a - y)^2/2", "w, b",
   ["w: delta_z*x", "b: delta_z"]),
  // A function may mention an unknown, or a quantity, beside its argument.
  ("f(t) = w*t^2\na = f(x)\nL = a^2",           "w",
   ["w: delta_a*x^2"]),
  ("z = w^2\nf(t) = z*t\na = f(x)\nL = a^2",    "w",
   ["w: delta_z*2*w"]),
]

@Test(arguments: passes.indices)
func `error signals reach every unknown`(number: Int) throws {
  let (definitions, unknowns, expected) = passes[number]
  var problem = ReadProblem(
    "```nabla\nscalar x, y, w, b\n\(definitions)\ngradient L by \(unknowns) as backward\n```\n")
  #expect(problem.report.isEmpty)
  var solver = Solver()
  let solved = solver.solve(problem.reading.problem, in: &problem.pool)
  let pass = try #require(solved.first?.backward)
  var lines: [String] = []
  for gradient in pass.gradients {
    var builder = FormulaBuilder()
    let name = builder.formula(of: gradient.unknown, in: &problem.pool).plain
    lines.append("\(name): " + builder.formula(of: gradient.value, in: &problem.pool).plain)
  }
  #expect(lines == expected)
}
