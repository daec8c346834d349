import NablaRendering
import Testing

@testable import NablaTool

/// Formulas in LaTeX for `equal`, `derive` and `evaluate`, most of them without declarations.
@Suite struct LaTeXInputTests {
  @Test(
    arguments: [
      (
        [#"\sum_j (y_j + c)"#, #"\sum_{k=1}^{n} y_k + n c"#], "proved",
        ["vector y[n]", "index j = 1..n"]
      ),
      ([#"\sum_j \delta_{ij} x_j"#, "x_i"], "proved", ["vector x[N]", "index j, i = 1..N"]),
      (
        [#"\sum_i \sum_j W_{ij} x_j v_i"#, #"\sum_j x_j \sum_i W_{ij} v_i"#], "proved",
        ["vector x[K], v[N]", "matrix W[N, K]", "index i = 1..N, j = 1..K"]
      ),
      ([#"\sum_i a_i \sum_i b_i"#, #"\sum_{i,j} a_i b_j"#], "proved", nil),
      ([#"\sum_i a_i b_i"#, #"\sum_i a_i \cdot \left(\sum_i b_i\right)"#], "refuted", nil),
      ([#"\frac{\partial}{\partial h_i} \sum_j h_j^2"#, "2 h_i"], "proved", nil),
      ([#"\sum_{k \neq i} x_k"#, #"\left(\sum_k x_k\right) - x_i"#], "proved", nil),
      ([#"\|x\|^2"#, #"\sum_i x_i^2"#], "proved", ["vector x[N]", "index i = 1..N"]),
      (
        [#"\sum_i x_i - x_1"#, #"\left(\sum_j x_j\right) - x_1"#], "proved",
        ["vector x[N]", "index i, j = 1..N"]
      ),
      (["x_1 + x_i", "x_i + x_1"], "proved", ["vector x[N]", "index i = 1..N"]),
      ([#"\sigma(-x)"#, #"1 - \sigma(x)"#], "proved", []),
      (
        [#"\sum_j y_j p_j"#, #"\sum_k p_k y_k"#], "proved",
        ["vector y[N], p[N]", "index j, k = 1..N"]
      ),
    ] as [([String], String, [String]?)])
  func `names with indices are declared by their use`(
    _ sides: [String], _ verdict: String, _ declared: [String]?
  ) throws {
    let run = CommandRun(["equal", "--from", "latex", "--format", "json"] + sides)
    let answer = try JSONValue(parsing: run.output)
    #expect(answer["verdict"] == .string(verdict), "\(sides)")
    if let declared {
      let told = declared.isEmpty ? nil : JSONValue.array(declared.map { .string($0) })
      #expect(answer["declared"] == told, "\(sides)")
      for declaration in declared { #expect(run.messages.contains(declaration)) }
    }
  }

  @Test func `sizes and letters are matched to those that are declared`() throws {
    let run = CommandRun([
      "equal", #"\frac{1}{n} \sum_{i=1}^{n} x_i"#, #"\frac{1}{N} \sum_j x_j"#, "--from", "latex",
      "--given", "vector x[N]", "--format", "json",
    ])
    let answer = try JSONValue(parsing: run.output)
    #expect(answer["verdict"] == .string("proved"))
    #expect(run.messages.contains("the size n is read as N"))
  }

  @Test func `definitions and assumptions count, in either notation`() throws {
    let run = CommandRun([
      "equal", #"\frac{\partial L}{\partial h_i}"#, "p_i - y_i", "--from", "latex",
      "--given", "p[j] = exp(h[j])/sum(k, exp(h[k]))", "--given", "L = -sum(j, y[j]*log(p[j]))",
      "--assume", #"\sum_j y_j = 1"#, "--format", "json",
    ])
    let answer = try JSONValue(parsing: run.output)
    #expect(answer["verdict"] == .string("proved"), "\(run.messages)")
    guard case .array(let uses)? = answer["uses"] else {
      Issue.record("no assumption was used")
      return
    }
    #expect(uses.map { $0["plain"] } == [.string("sum(j, y[j]) = 1")])
  }

  @Test(
    arguments: [
      ([#"p_j = \frac{e^{h_j}}{\sum_k e^{h_k}}"#, #"L = -\sum_j y_j \log p_j"#], "N"),
      (["p[j] = exp(h[j])/sum(k, exp(h[k]))", #"L = -\sum_{j=1}^{n} y_j \log p_j"#], "n"),
    ] as [([String], String)])
  func `what is given may be a definition in LaTeX`(_ given: [String], _ size: String) throws {
    let run = CommandRun(
      ["derive", "L", "--by", "h_i", "--from", "latex", "--format", "json"]
        + given.flatMap { ["--given", $0] })
    let answer = try JSONValue(parsing: run.output)
    #expect(answer["result"]?["plain"] == .string("p[i]*sum(j = 1..\(size), y[j]) - y[i]"))
    #expect(answer["check"]?["verdict"] == .string("passed"))
  }

  @Test(
    arguments: [
      (["w^T x", "x^T w"], "--given 'vector w[N], x[N]'"),
      ([#"(A B)^\top"#, #"B^\top A^\top"#], "--given 'matrix A[M, N], B[M, N]'"),
      ([#"\frac{\partial L}{\partial x}"#, "2x"], "--given 'L = …'"),
      (["a = b", "c"], "a relation stands where one expression is needed"),
    ])
  func `what LaTeX leaves open is asked for`(_ sides: [String], _ words: String) {
    let run = CommandRun(["equal", "--from", "latex"] + sides)
    #expect(run.messages.contains(words), "\(run.messages)")
    #expect(run.output == "")
    #expect(run.status == 2)
  }

  @Test func `a misspelt array in plain notation is not declared`() {
    let run = CommandRun([
      "equal", "hh[1]", "h[1]", "--given", "vector h[N]",
    ])
    #expect(run.messages.contains("unknown name 'hh'"))
    #expect(CommandRun(["equal", "sum(j, 2*y[j])", "2*sum(k, y[k])"]).status == 0)
  }

  @Test(
    arguments: [
      ([#"\sum_j y_j \log p_j"#, "--by", "p_i"], "y[i]/p[i]"),
      ([#"\sum_{i,j} W_{ij} x_j"#, "--by", "W_{k,l}"], "x[l]"),
      ([#"\frac{\partial}{\partial w} (w x - y)^2"#], "2*(w*x - y)*x"),
    ])
  func `derivatives are taken of LaTeX by LaTeX`(_ arguments: [String], _ result: String) throws {
    let run = CommandRun(["derive", "--from", "latex", "--format", "json"] + arguments)
    let answer = try JSONValue(parsing: run.output)
    #expect(answer["result"]?["plain"] == .string(result))
    #expect(run.status == 0)
  }

  @Test func `values are put into LaTeX`() {
    let run = CommandRun([
      "evaluate", #"\frac{1}{2} \sum_i (x_i - y_i)^2"#, "x=[1,2]", "y=[3,5]", "--from", "latex",
    ])
    #expect(run.output == "13/2\n")
  }

  @Test func `JSON Lines name their notation`() throws {
    let input = #"""
      {"id": 1, "left": "\\frac{x}{2}", "right": "0.5x", "from": "latex"}
      {"id": 2, "left": "x_", "right": "1", "from": "latex"}
      """#
    let run = CommandRun(["equal", "--lines"], input: input)
    let answers = try run.output.split(separator: "\n").map { try JSONValue(parsing: String($0)) }
    try #require(answers.count == 2)
    #expect(answers[0]["verdict"] == .string("proved"))
    #expect(answers[1]["error"]?["message"] != nil)
    let derived = CommandRun(
      ["derive", "--lines"],
      input: #"{"expression": "\\sum_j h_j^2", "by": "h_i", "from": "latex"}"#)
    let answer = try JSONValue(parsing: derived.output)
    #expect(answer["result"]?["plain"] == .string("2*h[i]"))
    #expect(answer["declared"] != nil)
  }
}
