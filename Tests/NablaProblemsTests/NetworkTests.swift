import NablaExpressions
import NablaNotation
import NablaProblems
import NablaRendering
import Testing

private func block(_ statements: String) -> String { "```nabla\n\(statements)\n```\n" }

extension ReadProblem {
  /// What came out of the last task.
  fileprivate mutating func solvedLast() -> SolvedTask {
    var solver = Solver()
    let tasks = solver.solve(reading.problem, in: &pool)
    return tasks[tasks.count - 1]
  }

  fileprivate mutating func plain(_ form: MatrixForm?) -> String {
    var builder = FormulaBuilder()
    return form.map { builder.formula(of: $0, in: &pool).plain } ?? "none"
  }

  fileprivate mutating func plain(_ handle: Handle) -> String {
    var builder = FormulaBuilder()
    return builder.formula(of: handle, in: &pool).plain
  }
}

@Suite struct ErrorSignalTests {
  // swift-format-ignore
  private static let networks: [(statements: String, gradient: String, lines: [String])] = [
    ("vector x[D], y[K]; matrix W[K, D]; s = W*x; L = norm(s - y)^2/2", "W",
     ["delta_s = s - y", "W: delta_s*x'"]),
    ("vector x[D], b[H], y[H]; matrix W[H, D]; function f; s = W*x + b; a = f(s); L = norm(a - y)^2/2", "W, b",
     ["delta_s = (a - y) .* f'(s)", "W: delta_s*x'", "b: delta_s"]),
    ("vector x[D], v[D]; matrix W[D, D]; a = tanh(W*x); c = tanh(W*a); L = v'*c", "W",
     ["delta_c = v", "delta_a = W'*((1 - c.^2) .* delta_c)",
      "W: ((1 - a.^2) .* delta_a)*x' + ((1 - c.^2) .* delta_c)*a'"]),
    ("vector x[D], v[D]; matrix W[D, D], U[D, D]; h = x + W*x; g = h + U*h; L = v'*g", "W, U",
     ["delta_g = v", "delta_h = U'*delta_g + delta_g", "W: delta_h*x'", "U: delta_g*h'"]),
  ]

  @Test(arguments: networks)
  func `error signals are named and the gradients follow from them`(
    statements: String, gradient: String, lines: [String]
  ) throws {
    var read = ReadProblem(
      block(
        statements.split(separator: ";").joined(separator: "\n")
          + "\ngradient L by \(gradient) as backward"))
    let task = read.solvedLast()
    #expect(read.report == [])
    let pass = try #require(task.backward)
    var found: [String] = []
    for signal in pass.signals {
      let name = MatrixForm(.array(read.head(signal.name)), .scalar)
      found.append(read.plain(name) + " = " + read.plain(signal.form))
    }
    for gradient in pass.gradients {
      let name = MatrixForm(.array(read.head(gradient.unknown)), .scalar)
      found.append(read.plain(name) + ": " + read.plain(gradient.form))
    }
    #expect(found == lines)
    #expect(task.verdict == .passed)
  }
}

extension ReadProblem {
  fileprivate func head(_ handle: Handle) -> SymbolID {
    switch pool[handle] {
    case .symbol(let id), .entry(let id, _): id
    default: preconditionFailure("a signal is a name")
    }
  }
}

@Suite struct TrainingTests {
  private static let line = """
    scalar w, x, t
    y = w*x
    L = (y - t)^2/2
    vector X[3], T[3]
    at w = 1, X = [1; 2; 3], T = [1; 1; 1]

    """

  // Slopes at w = 1: 0, 2 and 6; losses 0, 1/2 and 2.
  // swift-format-ignore
  private static let modes: [(mode: String, steps: Int, loss: String, weights: [String])] = [
    ("summing",    2, "2.5",     ["0.2", "0.52"]),
    ("averaging",  1, "5/6",     ["11/15"]),
    ("one by one", 3, "0",       ["1", "0.8", "0.38"]),
  ]

  @Test(arguments: modes)
  func `rational training is exact`(
    mode: String, steps: Int, loss: String, weights: [String]
  ) throws {
    var read = ReadProblem(
      block(Self.line + "train \(steps) steps of w on L with rate 1/10 over x = X, t = T \(mode)"))
    let task = read.solvedLast()
    #expect(task.obstacle == nil)
    let run = try #require(task.training)
    #expect(run.isExact)
    #expect(run.iterations.map { $0.updated[0][0][0].text(in: read.pool) } == weights)
    #expect(run.iterations[0].loss.text(in: read.pool) == loss)
  }

  @Test func `an expectation that does not hold is told with the value`() {
    var read = ReadProblem(
      block(
        Self.line + "train 2 steps of w on L with rate 1/10 over x = X, t = T summing\n"
          + "expect w after step 1 = 0.3"))
    let task = read.solvedLast()
    #expect(task.verdict == .failed)
    #expect(task.expectation?.detail == "there is 0.2")
  }

  @Test func `a decimal in an expectation is rounded as written`() {
    var read = ReadProblem(
      block(
        Self.line + "train 1 step of w on L with rate 1/10 over x = X, t = T averaging\n"
          + "expect w after step 1 = 0.733"))
    let task = read.solvedLast()
    #expect(task.verdict == .passed)
  }

  // swift-format-ignore
  private static let obstacles: [(statement: String, obstacle: String)] = [
    ("train 1 step of w on L with rate r over x = X, t = T", "the rate has no value"),
    ("train 1 step of w on L with rate 1 over x = X", "a quantity is not defined in step 1 at sample 1"),
    ("train 1 step of x on L with rate 1", "“x” has no value; give it one with “at”"),
  ]

  @Test(arguments: obstacles)
  func `a training that cannot run says why`(statement: String, obstacle: String) {
    var read = ReadProblem(block("scalar r\n" + Self.line + statement))
    let task = read.solvedLast()
    #expect(task.obstacle == obstacle)
    #expect(task.verdict == .failed)
  }
}

@Suite struct SizeTests {
  private static let network = """
    dimension N, D = 30, H = 1024
    matrix X[N, D], W[D, H], r[1, H]
    vector b[H]
    scalar c
    Z = X*W + ones(N)*b'
    q = sum(Z) + c + sum(r)

    """

  @Test func `sizes are told in symbols and in numbers where they are known`() {
    var read = ReadProblem(block(Self.network + "shapes Z, b, r, c"))
    let task = read.solvedLast()
    let lines = task.shapes.map { line in
      let sizes = line.sizes.map { read.plain($0) }.joined(separator: " × ")
      let numbers = line.numbers?.map { $0.description }.joined(separator: " × ") ?? "unknown"
      return "\(read.plain(line.quantity)): \(sizes) = \(numbers)"
    }
    #expect(
      lines == ["Z: N × H = unknown", "b: H = 1024", "r: 1 × H = 1 × 1024", "c:  = "])
  }

  @Test func `parameters are counted layer by layer`() {
    var read = ReadProblem(block(Self.network + "parameters W, b, c, r"))
    let task = read.solvedLast()
    let lines = task.parameters.map { line in
      let layer = line.layer.map { read.plain($0) } ?? "none"
      return "\(layer): \(read.plain(line.count)) = \(line.number?.description ?? "unknown")"
    }
    #expect(lines == ["Z: D*H + H = 31744", "q: 1 + 1*H = 1025"])
  }
}

@Suite struct LayoutTests {
  // swift-format-ignore
  private static let layouts: [(layout: String, task: String, form: String)] = [
    ("gradient",    "gradient L by x", "2*A*x"),
    ("numerator",   "gradient L by x", "2*x'*A"),
    ("denominator", "gradient L by x", "2*A*x"),
    ("gradient",    "jacobian y by x", "B"),
    ("numerator",   "jacobian y by x", "B"),
    ("denominator", "jacobian y by x", "B'"),
    ("numerator",   "gradient M by B", "x*v'"),
    ("gradient",    "gradient M by B", "v*x'"),
    ("gradient",    "hessian L by x",  "2*A"),
    ("gradient",    "gradient R by r", "w'"),
    ("numerator",   "gradient R by r", "w"),
  ]

  @Test(arguments: layouts)
  func `a layout says what is a row`(layout: String, task: String, form: String) {
    var read = ReadProblem(
      block(
        """
        layout \(layout)
        vector x[N], v[K]
        matrix B[K, N]
        matrix A[N, N] symmetric
        L = x'*A*x
        y = B*x
        M = v'*y
        vector w[N]
        matrix r[1, N]
        R = r*w
        \(task)
        """))
    let solved = read.solvedLast()
    #expect(read.report == [])
    #expect(read.plain(solved.derivations.last?.form) == form)
  }
}
