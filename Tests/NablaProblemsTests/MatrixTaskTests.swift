import NablaExpressions
import NablaNotation
import NablaProblems
import Testing

private let network = """
  nabla:
  index i = 1..H
  vector x[D], h[H]
  matrix W[H, D], b[1, H], X[N, D]
  scalar a
  z = W*x
  L = norm(z - h)^2
  M = X*W' + b
  """

// swift-format-ignore
private let tasks: [(statement: String, task: String)] = [
  ("forward z, L",               "forward z[…], L"),
  ("forward a*z",                   "forward (* a z[i]) for i"),
  ("forward W*x*x'",                "forward (sum 1..D (* W[i,#0.0] x[#0.0] x[j])) for i, j"),
  ("derive dL/dW",                  "derive L by W[i,j](W): (d L W[i,j])"),
  ("derive dL/db",                  "derive L by b[1,i](b): (d L b[1,i])"),
  ("derive W*x by x",               "derive (sum 1..D (* W[i,#0.0] x[#0.0])) by x[j](x): (d (sum 1..D (* W[i,#0.0] x[#0.0])) x[j])"),
  ("derive dz/dx",                  "derive z[i] by x[j](x): (d z[i] x[j])"),
  ("derive d^2L/dx^2",              "derive L by x[j](x), x[k](x): (d L x[j] x[k])"),
  ("derive norm(W*x)^2 by x",       "derive (sum 1..H (^ (sum 1..D (* W[#1.0,#0.0] x[#0.0])) 2)) by x[j](x): (d (sum 1..H (^ (sum 1..D (* W[#1.0,#0.0] x[#0.0])) 2)) x[j])"),
  ("gradient L by W, b, x",         "gradient L by W[i,j](W), b[1,i](b), x[j](x)"),
  ("jacobian z by x",               "jacobian z[i](z) by x[j](x)"),
  ("jacobian a*z - h by x",         "jacobian (+ (* a z[i]) (- h[i])) by x[j](x)"),
  ("hessian x'*x by x",             "hessian (sum 1..D (* x[#0.0] x[#0.0])) by x[j](x) and x[k](x)"),
  ("prove dL/dx = 2*W'*(z - h)",    "prove (d L x[j]) = (sum 1..H (* 2 W[#0.0,j] (+ z[#0.0] (- h[#0.0]))))"),
  ("prove dL/dx[1] = 0",            "prove (d L x[1]) = 0"),
  ("prove dL/db = 0",               "prove (d L b[1,i]) = 0"),
  ("derive W*x = z",                "prove (sum 1..D (* W[i,#0.0] x[#0.0])) = z[i]"),
  ("expect z = W*x exactly",        "expect z[i] = (sum 1..D (* W[i,#0.0] x[#0.0])) exactly"),
  ("expect L = x'*x exactly",       "expect L = (sum 1..D (* x[#0.0] x[#0.0])) exactly"),
]

@Test(arguments: tasks)
func `a task in matrix notation is read by its entries`(statement: String, task: String) {
  let read = ReadProblem(page(network + "\n" + statement))
  #expect(read.report == [])
  #expect(read.tasks == [task])
}

private let numbers = """
  nabla:
  vector x[D], b1[H], b2[K], t[K], o[0..2]
  matrix W1[D, H], W2[H, K], row[1, H]
  z1 = W1'*x + b1
  z2 = W2'*tanh(z1) + b2
  u = W2'*ReLU(z1) + b2
  L = norm(u - t)^2/2
  at x = [1, 2], W1 = [1, 0, 2; 0, 1, 1], b1 = [0, 0, -1], W2 = [1; 2; 1], b2 = [0.5], t = [1]
  at o = [5, 6, 7], row = [1; 2; 3]
  """

// swift-format-ignore
private let expectations: [(relation: String, verdict: SolveOutcome.Verdict)] = [
  ("z1 = [1, 2, 3]",                                .passed),
  ("z1 = [1; 2; 3]",                                .passed),
  ("z1 = [1; 2; 3.1]",                              .failed),
  ("z1' = [1, 2, 3]",                               .passed),
  ("row = [1, 2, 3]",                               .passed),
  ("row' = z1",                                     .passed),
  ("tanh(z1) = [0.76, 0.964, 0.9951]",              .passed),
  ("tanh(z1) = [0.76, 0.965, 0.9951]",              .failed),
  ("tanh(z1) = [0.76, 0.964, 0.9951] exactly",      .failed),
  ("dL/dW2 = [7.5; 15; 22.5]",                      .passed),
  ("dL/dW1 = [7.5, 15, 7.5; 15, 30, 15.0]",         .passed),
  ("dL/dW1 = x*(W2*(u - t))'",                      .passed),
  ("dL/dW1 = x*(W2*(u + t))'",                      .failed),
  ("dL/dx = W1*((W2*(u - t)) .* step(z1))",         .passed),
  ("o = [5, 6, 7]",                                 .passed),
  ("o .* onehot(2) = [0, 0, 7]",                    .passed),
  ("1[o > 5.5] = [0, 1, 1]",                        .passed),
  ("ones(2)*[1, 2]' = [1, 2; 1, 2]",                .passed),
  ("softmax([0, 0; 1, 1]) = [0.5, 0.5; 0.5, 0.50]", .passed),
  ("trace(W2*W2') = 6",                             .passed),
  ("W1*0 = 0",                                      .passed),
]

@Test(arguments: expectations)
func `an expectation of arrays holds if every entry holds`(
  relation: String, verdict: SolveOutcome.Verdict
) {
  let text = page(numbers + "\nexpect " + relation)
  let outcome = solveProblem(SourceText(name: "problem.md", text))
  #expect(outcome.diagnostics.isEmpty)
  #expect(outcome.verdict == verdict)
}

// swift-format-ignore
private let proofs: [String] = [
  "dM/dw = 2*X'*(X*w - y)/N",
  "dz/dx = W",
  "dQ/dx = (A + A')*x",
  "(X*w)' = w'*X'",
  "d^2Q/dx^2 = A + A'",
  "dP/dq = S .* (1 - S)",
]

@Test(arguments: proofs)
func `an equation of arrays is proved entry by entry`(relation: String) {
  let text = page(
    """
    nabla:
    vector x[N], y[N], w[D], q[K]
    matrix X[N, D], A[N, N], W[K, N]
    M = norm(X*w - y)^2/N
    z = W*x
    Q = x'*A*x
    P = sum(sigmoid(q))
    S = sigmoid(q)
    prove \(relation)
    """)
  let outcome = solveProblem(SourceText(name: "problem.md", text))
  #expect(outcome.diagnostics.isEmpty)
  #expect(outcome.verdict == .passed)
}

// swift-format-ignore
private let passes: [(target: String, count: Int)] = [
  ("z1", 1), ("L", 3), ("W1'*x", 3), ("x*x'", 4), ("x'*x", 1),
]

@Test(arguments: passes)
func `a forward pass shows every quantity on the way`(target: String, count: Int) {
  var read = ReadProblem(page(numbers + "\nforward " + target))
  #expect(read.report == [])
  let problem = read.reading.problem
  var solver = Solver()
  let solved = solver.solve(problem, in: &read.pool)
  #expect(solved.last?.forward.count == count)
}
