import NablaRendering
import Testing

@testable import NablaTool

@Suite struct EqualTests {
  @Test(
    arguments: [
      (["sigmoid(x) + sigmoid(-x)", "1"], "proved", 0),
      (["x/x", "1"], "proved", 0),
      (["sqrt(x^2)", "abs(x)"], "proved", 0),
      (["sqrt(x^2)", "x"], "conditional", 0),
      (["sqrt(x^2)", "x", "--assume", "x > 0"], "proved", 0),
      (["exp(x + y)", "exp(x) + exp(y)"], "refuted", 1),
      (["1/2^99", "1/2^98"], "refuted", 1),
      (["sqrt(-1 - x^2)", "5"], "undecided", 3),
      (["diff(softplus(x), x)", "sigmoid(x)"], "proved", 0),
      (["diff(diff(softplus(x), x), x)", "sigmoid(x)*sigmoid(-x)"], "proved", 0),
      (["A'*B'", "(B*A)'", "--given", "matrix A[N,N], B[N,N]"], "proved", 0),
      (["A*B", "B*A", "--given", "matrix A[N,N], B[N,N]"], "refuted", 1),
      (["diff(ReLU(x), x)", "1[x >= 0]"], "proved", 0),
      (
        ["diff(ReLU(x), x)", "1[x >= 0]", "--given", "convention ReLU'(0) = 0"], "undecided", 3
      ),
      (["dL/dx", "2*x", "--given", "L = x^2"], "proved", 0),
      (["x^2", "9", "--given", "at x = -3"], "proved", 0),
      (
        ["sum(j, y[j] + c)", "sum(k, y[k]) + N*c"]
          + ["--given", "vector y[N]", "--given", "index j, k = 1..N"], "proved", 0
      ),
      (
        ["(x + exp(y) + sin(z))^9 + z", "z + (sin(z) + x + exp(y))^9", "--work", "9"], "exhausted",
        4
      ),
    ] as [([String], String, Int32)])
  func `an equation gets its verdict and the status of it`(
    _ arguments: [String], _ verdict: String, _ status: Int32
  ) throws {
    let run = CommandRun(["equal", "--format", "json"] + arguments)
    let answer = try JSONValue(parsing: run.output)
    #expect(answer["version"] == .integer(1), "\(arguments)")
    #expect(answer["verdict"] == .string(verdict), "\(arguments)")
    #expect(run.status == status, "\(arguments)")
  }

  @Test func `an answer names what the proof used and where it is meant`() throws {
    let run = CommandRun(
      ["equal", "a*x/x", "1", "--assume", "a = 1", "--assume", "b > 0", "--format", "json"])
    let answer = try JSONValue(parsing: run.output)
    #expect(answer["domain"]?["plain"] == .string("x != 0"))
    guard case .array(let uses)? = answer["uses"] else {
      Issue.record("no uses")
      return
    }
    #expect(uses.map { $0["plain"] } == [.string("a = 1")])
  }

  @Test func `a counterexample gives the point and both values`() throws {
    let run = CommandRun([
      "equal", "n*x", "n + x", "--given", "at n = 3, x = 2", "--format", "json",
    ])
    let answer = try JSONValue(parsing: run.output)
    #expect(answer["counterexample"]?["x"] == .string("2"))
    #expect(answer["left"] == .string("6"))
    #expect(answer["right"] == .string("5"))
  }

  @Test func `unknown functions of a counterexample are given as polynomials`() throws {
    let run = CommandRun(
      ["equal", "f(x)^2", "f(x^2)", "--given", "function f", "--format", "json"])
    let answer = try JSONValue(parsing: run.output)
    #expect(answer["verdict"] == .string("refuted"))
    #expect(answer["counterexample"]?["f(x)"] != nil)
  }

  @Test func `values that agree to many digits are written until they differ`() throws {
    let run = CommandRun(["equal", "exp(1/10^30)", "1 + 1/10^30", "--format", "json"])
    let answer = try JSONValue(parsing: run.output)
    #expect(answer["verdict"] == .string("refuted"))
    #expect(answer["left"] != answer["right"])
  }

  @Test func `a verdict is told in words`() {
    let run = CommandRun(["equal", "sqrt(x^2)", "-x", "--assume", "x > 0", "--width", "160"])
    #expect(run.output.contains("✗ Refuted: at x = "))
    let other = CommandRun(["equal", "x*y/y", "x", "--width", "160"])
    #expect(other.output.contains("✓ Proved: "))
    #expect(other.output.contains("It is meant where y ≠ 0."), "\(other.output)")
  }

  @Test(
    arguments: [
      (["x +", "1"], "left side:1:4: error: unexpected end, expected an expression"),
      (["1", "x +"], "right side:1:4: error: unexpected end, expected an expression"),
      (
        ["x", "sigmid(x)"],
        "right side:1:1: error: unknown function 'sigmid'; did you mean 'sigmoid'?"
      ),
      (
        ["x"],
        "nabla equal: two expressions are compared: nabla equal 'x^2 - 1' '(x - 1)*(x + 1)'"
      ),
      (
        ["x", "+", "y"],
        "nabla equal: two expressions at a time; 'y' is one too many "
          + "(quote an expression that has spaces)"
      ),
    ] as [([String], String)])
  func `mistakes are shown at their side`(_ arguments: [String], _ message: String) {
    let run = CommandRun(["equal"] + arguments)
    #expect(run.messages.split(separator: "\n").first.map(String.init) == message)
    #expect(run.output == "")
    #expect(run.status == 2)
  }

  @Test func `lines are answered in order, each for itself`() throws {
    let input = """
      {"id": 1, "left": "x + x", "right": "2*x"}
      {"id": "b", "left": "x^", "right": "1"}
      nonsense
      {"id": 4, "left": "x*y", "right": "y", "assume": "x = 1"}
      {"id": 5, "left": "x[1]", "right": "x[2]", "given": ["vector x[N]"]}
      {"left": "x"}
      {"left": "x", "right": "x", "from": "tex"}
      """
    let run = CommandRun(["equal", "--lines"], input: input)
    let answers = try run.output.split(separator: "\n").map { try JSONValue(parsing: String($0)) }
    try #require(answers.count == 7)
    #expect(answers[0]["verdict"] == .string("proved"))
    #expect(answers[0]["id"] == .integer(1))
    #expect(answers[1]["error"]?["column"] == .integer(3))
    #expect(answers[2]["error"]?["message"] != nil)
    #expect(answers[3]["verdict"] == .string("proved"))
    #expect(answers[4]["id"] == .integer(5))
    #expect(
      answers[5]["error"]?["message"] == .string("expected an object with the key 'right'"))
    #expect(
      answers[6]["error"]?["message"] == .string("'from' is one of: plain, latex"))
    #expect(run.status == 3 || run.status == 1)
  }

  @Test func `a seed repeats a run`() {
    let arguments = ["equal", "x^2*y", "x*y^2", "--format", "json", "--seed", "42"]
    #expect(CommandRun(arguments).output == CommandRun(arguments).output)
  }
}
