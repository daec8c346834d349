import NablaCalculus
import NablaExpressions
import NablaNotation
import NablaProblems

/// The gradient of ½‖a_d − t‖² with a_k = tanh(W_k·a_{k−1}) in all W_k as whole matrices: reading
/// the problem, then the recursion of error signals, every line in proved matrix form.
func measureMatrixNetwork(depth: Int, width: Int) {
  var measurement = Measurement("W1M", size: "\"\(depth)x\(width)\"")
  let source = SourceText(name: "network", networkText(depth: depth, width: width))
  var pool = ExpressionPool()
  var task: Task?
  var pass: BackwardPass?
  measurement.repeating {
    pool.reset()
  } build: {
    task = ProblemReading(source, into: &pool).problem.tasks.first
  } derive: {
    guard let task, case .gradient(let subject, let variables, _) = task.kind else { return }
    pass = Solver().backwardPass(
      of: subject, by: variables.map { $0.handle }, task.scope, &pool)
  }
  measurement.add("gradients", pass?.gradients.count ?? 0)
  measurement.add("in_matrix_form", pass?.gradients.filter { $0.form != nil }.count ?? 0)
  measurement.emit()
}

private func networkText(depth: Int, width: Int) -> String {
  var lines = ["```nabla", "dimension n = \(width)", "vector a0[n], t[n]"]
  for layer in 1...depth {
    lines.append("matrix W\(layer)[n, n]")
    lines.append("s\(layer) = W\(layer)*a\(layer - 1)")
    lines.append("a\(layer) = tanh(s\(layer))")
  }
  lines.append("L = norm(a\(depth) - t)^2/2")
  let weights = (1...depth).map { "W\($0)" }.joined(separator: ", ")
  lines.append("gradient L by \(weights) as backward")
  lines.append("```")
  return lines.joined(separator: "\n")
}
