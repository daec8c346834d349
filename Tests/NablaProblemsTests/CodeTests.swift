import Foundation
import NablaNotation
import NablaRendering
import Testing

@testable import NablaProblems

@Suite struct CodeTests {
  private static func outcome(_ name: String, _ output: SolveOutput) throws -> SolveOutcome {
    var options = SolveOptions()
    options.output = output
    options.proves = false
    return solveProblem(try ProblemFiles.source(name), options: options)
  }

  private static func code(_ row: Row, _ language: CodeLanguage) -> String {
    var options = SolveOptions()
    options.output = .code(language)
    options.proves = false
    return solveExpression(row.expression, by: row.by, given: row.given, options: options).code
  }

  struct Row: CustomTestStringConvertible, Sendable {
    var expression: String
    var by: [String]
    var given: [String] = []
    /// Lines of the functions, without their margins.
    var python: [String]
    var swift: [String]

    var testDescription: String { expression }
  }

  private static let vector = ["vector x[N], y[N]", "index i, j, k = 1..N"]

  private static let matrix = ["matrix E[N, M]", "index m = 1..M"]

  private static let rows = [
    Row(
      expression: "x^2*sin(y)", by: ["x"],
      python: ["value = x**2 * np.sin(y)", "dvalue_dx = 2 * x * np.sin(y)"],
      swift: ["value = x * x * sin(y)", "let dvalue_dx: Double = 2.0 * x * sin(y)"]),
    Row(
      expression: "sum(k, x[k]^2*y[k])", by: ["x[i]"], given: vector,
      python: ["dvalue_dx = 2 * (x * y)"],
      swift: ["for i in 0..<N {", "dvalue_dx[i] = 2.0 * x[i] * y[i]"]),
    Row(
      expression: "product(k, x[k])", by: ["x[i]"], given: vector,
      python: ["value = np.prod(x)"],
      swift: ["var product = 1.0", "product *= x[k]"]),
    Row(
      expression: "sum(k, abs(x[k])) + log(sum(k, exp(y[k])))", by: ["x[i]"], given: vector,
      python: ["value = np.sum(np.abs(x)) + np.log(np.sum(np.exp(y)))", "dvalue_dx = np.sign(x)"],
      swift: ["total += abs(x[k])", "dvalue_dx[i] = sign(x[i])"]),
    Row(
      expression: "sum(i, x[i]*sum(m, E[i,m]^2))", by: ["x[j]"], given: vector + matrix,
      python: ["value = np.sum(x @ E**2)", "dvalue_dx = np.sum(E**2, axis=1)"],
      swift: ["total_2 += E[i][k] * E[i][k]"]),
    Row(
      expression: "sum(i, sum(m, E[i,m]*log(abs(E[i,m] - x[i]))))", by: ["x[j]"],
      given: vector + matrix,
      python: ["value = np.sum(E * np.log(np.abs(x[:, None] - E)))"],
      swift: ["total_2 += E[i][k] * log(abs(E[i][k] - x[i]))"]),
    Row(
      expression: "sum(i, sum(m, x[i]*E[i,m]^2))", by: ["E"], given: vector + matrix,
      python: ["dvalue_dE = 2 * (x[:, None] * E)"],
      swift: ["dvalue_dE[j][l] = 2.0 * x[j] * E[j][l]"]),
    Row(
      expression: "sum(i, 1[x[i] > 0]*y[i])", by: ["y[j]"], given: vector,
      python: ["value = y @ (x > 0).astype(float)", "dvalue_dy = (x > 0).astype(float)"],
      swift: ["for i in 0..<N where x[i] > 0.0 {"]),
    Row(
      expression: "sum(i, 1[x[i] > 0]*log(x[i]))", by: ["x[j]"], given: vector,
      python: [
        "value = sum(np.log(x[i]) for i in range(N) if x[i] > 0)",
        "dvalue_dx = np.where(x > 0, 1 / x, 0.0)",
      ],
      swift: ["for i in 0..<N where x[i] > 0.0 {"]),
    Row(
      expression: "sum(i, 1[i != c]*max(0, x[i] - x[c])) + sum(i, sum(j, S[j,i]*y[i]*x[j]^2))",
      by: ["x[j]"], given: vector + ["class c = 1..N", "matrix S[N, N] symmetric"],
      python: [
        "value = y @ S @ x**2 + np.sum(np.maximum(0, x - x[c]) * (np.arange(N) != c))"
      ],
      swift: ["for i in 0..<N where i != c {"]),
    Row(
      expression: "sum(i, i*x[i])", by: ["x[j]"], given: vector,
      python: ["value = x @ np.arange(1.0, N + 1)", "dvalue_dx = np.arange(1.0, N + 1)"],
      swift: ["total += Double(i + 1) * x[i]"]),
    Row(
      expression: "1[x > 0]*log(x)", by: ["x"],
      python: ["value = np.log(x) if x > 0 else 0.0"],
      swift: ["value = x > 0.0 ? log(x) : 0.0"]),
    Row(
      expression: "f(x)^2", by: ["x"], given: ["function f"],
      python: ["def gradient_value(x, f, f_prime):", "dvalue_dx = 2 * f(x) * f_prime(x)"],
      swift: ["let dvalue_dx: Double = 2.0 * f(x) * f_prime(x)"]),
    Row(
      expression: "log(det(A))", by: ["A"], given: ["matrix A[N,N]"],
      python: ["A = array(\"A\", A, N, N)", "dvalue_dA = np.linalg.inv(A).T"],
      swift: ["let inverted = inverse(A)", "dvalue_dA[i][j] = inverted[j][i]"]),
    Row(
      expression: "-log(exp(x[c])/sum(k, exp(x[k])))", by: ["x[i]"],
      given: vector + ["class c = 1..N"],
      python: ["if not 0 <= c < N:"],
      swift: ["if c < 0 || c >= N { fatalError(\"c is not in its range\") }"]),
    Row(
      expression: "lambda*α₁ + class^2", by: ["lambda"],
      python: ["dvalue_dlambda = alpha1"],
      swift: ["let dvalue_dlambda: Double = alpha1"]),
  ]

  @Test(arguments: rows)
  func `Python says what the mathematics says`(row: Row) {
    let lines = Self.trimmedLines(of: Self.code(row, .python))
    for line in row.python {
      #expect(lines.contains(line), "\(line) is missing in \(lines.joined(separator: "\n"))")
    }
  }

  @Test(arguments: rows)
  func `Swift says what the mathematics says`(row: Row) {
    let lines = Self.trimmedLines(of: Self.code(row, .swift))
    for line in row.swift {
      #expect(lines.contains(line), "\(line) is missing in \(lines.joined(separator: "\n"))")
    }
  }

  private static func trimmedLines(of text: String) -> [String] {
    text.split(separator: "\n").map { String($0.drop { $0 == " " }) }
  }

  @Test(arguments: ProblemFiles.names, [CodeLanguage.python, .swift])
  func `every derivative of a problem becomes a function with a check`(
    name: String, language: CodeLanguage
  ) throws {
    let outcome = try Self.outcome(name, .code(language))
    let known = ["there is no derivative to write as a function"]
    #expect(outcome.remarks.filter { !known.contains($0) && !$0.hasPrefix("train") } == [])
    #expect(!outcome.code.contains("not checked"))
    let functions = outcome.code.split(separator: "\n").filter {
      $0.hasPrefix("def gradient_") || $0.hasPrefix("func gradient_")
    }
    let checks = outcome.code.split(separator: "\n").filter {
      $0.hasPrefix("def check_") || $0.hasPrefix("func check_")
    }
    // Units whose functions are the same share them.
    #expect(functions.count <= checks.count)
    #expect(functions.isEmpty == checks.isEmpty)
  }

  @Test func `a name that is a word of the language gets an underscore`() {
    var python = CodeNames(.python)
    var swift = CodeNames(.swift)
    #expect(python.unique("lambda") == "lambda_")
    #expect(python.unique("class") == "class_")
    #expect(python.unique("np") == "np_")
    #expect(swift.unique("lambda") == "lambda")
    #expect(swift.unique("class") == "class_")
    #expect(swift.unique("lambda") == "lambda_2")
  }

  @Test(
    arguments: [
      ("λ", "lambda"), ("α₁", "alpha1"), ("x′", "x_prime"), ("2x", "v2x"), ("", "v"),
      ("w^{(1)}", "w_1_"), ("é", "ue9"), ("_a", "v_a"),
    ])
  func `a name becomes letters that every language reads`(row: (String, String)) {
    #expect(CodeNames.identifier(row.0) == row.1)
  }

  @Test func `a title cannot end a comment or a text`() {
    let title = "A\"\"\"\nimport os\\\u{1B}"
    for language in [CodeLanguage.python, .swift] {
      let text = CodeText.remark(title, language)
      #expect(!text.contains("\n") && !text.contains("\u{1B}"))
      if language == .python { #expect(!text.contains("\"")) }
    }
  }

  // MARK: Notebooks

  @Test(arguments: ProblemFiles.names)
  func `a notebook has cells of both kinds with names of their own`(name: String) throws {
    let outcome = try Self.outcome(name, .notebook)
    let notebook = try JSONValue(parsing: outcome.code)
    #expect(notebook["nbformat"] == .integer(4))
    #expect(notebook["nbformat_minor"] == .integer(5))
    guard case .array(let cells)? = notebook["cells"] else {
      Issue.record("no cells")
      return
    }
    #expect(cells.first?["cell_type"] == .string("markdown"))
    #expect(Set(cells.map { $0["id"] }).count == cells.count)
    let code = cells.filter { $0["cell_type"] == .string("code") }
    let hasDerivatives =
      !outcome.remarks.contains { $0.hasPrefix("train") } && name != "layer-sizes"
    #expect(code.isEmpty != hasDerivatives)
    for cell in code {
      #expect(cell["outputs"] == .array([]))
      #expect(cell["execution_count"] == .null)
    }
  }

  @Test func `a write-up is split at its headings and nowhere else`() {
    let text = """
      # Title
      a
      ```
      # no heading
      ```
      ## One
      $$
      x
      $$
      ### Two
      b
      """
    let chunks = Notebook.sections(of: text)
    #expect(chunks.map { String($0.prefix { $0 != "\n" }) } == ["# Title", "## One", "### Two"])
  }

  // MARK: Running

  private static let hasNumPy: Bool =
    (try? run("/usr/bin/env", ["python3", "-c", "import numpy"]))?.status == 0

  private static func run(
    _ path: String, _ arguments: [String]
  ) throws -> (status: Int32, output: String) {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return (process.terminationStatus, output)
  }

  @Test(
    .enabled(if: hasNumPy, "python3 with numpy is not installed"), arguments: ProblemFiles.names)
  func `the Python file of a problem finds that everything agrees`(name: String) throws {
    let code = try Self.outcome(name, .code(.python)).code
    let run = try Self.run("/usr/bin/env", ["python3", "-W", "error", "-c", code])
    #expect(run.status == 0, "\(run.output)")
    if !code.contains("error = 0.0") { return }
    let wrong = code.replacing("error = 0.0", with: "error = 1.0")
    #expect(try Self.run("/usr/bin/env", ["python3", "-c", wrong]).status == 1)
  }
}
