import NablaRendering
import Testing

@testable import NablaTool

/// `derive 'A = B'`: the way from one line to another.
@Suite struct RoadTests {
  @Test(
    arguments: [
      ("(x + 1)^2 = x^2 + 2*x + 1", 1, 2), ("x^2 + 2*x + 1 = (x + 1)^2", 1, 2),
      ("sigmoid(x)*(1 - sigmoid(x)) = exp(-x)/(1 + exp(-x))^2", 2, 3),
      ("exp(-x)/(1 + exp(-x))^2 = sigmoid(x)*(1 - sigmoid(x))", 2, 2),
      ("-y/a + (1 - y)/(1 - a) = (a - y)/(a*(1 - a))", 2, 3),
      ("1 - tanh(x)^2 = 4/(exp(x) + exp(-x))^2", 3, 4),
      ("tanh(x) = 2*sigmoid(2*x) - 1", 3, 3),
      ("a/b - c/d = (a*d - b*c)/(b*d)", 1, 1),
      ("x^4 - 1 = (x - 1)*(x + 1)*(x^2 + 1)", 1, 1),
      ("diff(log(1 + exp(x)), x) = sigmoid(x)", 2, 2),
    ])
  func `steps lead from one line to the other`(
    _ equation: String, _ standard: Int, _ full: Int
  ) throws {
    for (detail, least) in [("standard", standard), ("full", full)] {
      let run = CommandRun(["derive", equation, "--format", "json", "--detail", detail])
      let json = try JSONValue(parsing: run.output)
      #expect(json["reached"] == .bool(true), "\(equation)")
      #expect(json["equation"]?["verdict"] == .string("proved"), "\(equation)")
      #expect(json["check"]?["verdict"] == .string("passed"), "\(equation)")
      guard case .array(let steps)? = json["steps"] else {
        Issue.record("no steps: \(equation)")
        continue
      }
      #expect(steps.count >= least, "\(equation) at \(detail)")
      #expect(run.status == 0)
    }
  }

  @Test func `lines of LaTeX are joined under what is given`() throws {
    let run = CommandRun([
      "derive", #"-\sum_j y_j \frac{1}{p_j} p_j (\delta_{ij} - p_i) = p_i - y_i"#, "--from",
      "latex", "--assume", #"\sum_j y_j = 1"#,
    ])
    #expect(run.status == 0)
    #expect(run.output.contains("proved with Σⱼ yⱼ = 1"))
  }

  @Test func `lines that differ get the verdict that equal gives`() throws {
    let run = CommandRun(["derive", "x^2 = x^3", "--format", "json"])
    let json = try JSONValue(parsing: run.output)
    let equation = json["equation"]
    #expect(equation?["verdict"] == .string("refuted"))
    #expect(equation?["counterexample"]?["x"] != nil)
    #expect(equation?["left"] != equation?["right"])
    #expect(run.status == 1)
    #expect(CommandRun(["derive", "x^2 = x^3"]).output.contains("✗ Refuted: at x = "))
  }

  @Test func `a condition is named, with the steps under it`() {
    let run = CommandRun([
      "derive", #"-\sum_j y_j \frac{1}{p_j} p_j (\delta_{ij} - p_i) = p_i - y_i"#, "--from",
      "latex",
    ])
    #expect(run.output.contains("Holds under Σⱼ yⱼ = 1, not always"))
    #expect(run.output.contains("= pᵢ − yᵢ"))
    #expect(run.output.contains("δ keeps one term of the sum"))
    #expect(run.status == 1)
  }

  @Test func `what is proved without steps is said to be`() throws {
    let run = CommandRun(["derive", "sin(2*x) = 2*sin(x)*cos(x)"])
    #expect(run.output.contains("No chain of steps leads from one side to the other, but"))
    #expect(run.output.contains("both sides have the same normal form"))
    #expect(run.status == 0)
  }
}
