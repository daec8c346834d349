import NablaRendering
import Testing

@testable import NablaTool

@Suite struct DeriveTests {
  @Test(
    arguments: [
      (["x^2*sin(y)", "--by", "x,y"], "2*x*cos(y)", 0),
      (["x^2*sin(y)", "--by", "y", "--by", "x"], "2*x*cos(y)", 0),
      (["-x^2", "--by", "x"], "-2*x", 0),
      (["diff(x^3, x)"], "3*x^2", 0),
      (["a*x", "--by=x", "--given", "vector h[N]"], "a", 0),
    ] as [([String], String, Int32)])
  func `one expression gives its derivative`(
    _ arguments: [String], _ result: String, _ status: Int32
  ) throws {
    let run = CommandRun(["derive", "--format", "json"] + arguments)
    let json = try JSONValue(parsing: run.output)
    #expect(json["result"]?["plain"] == .string(result))
    #expect(json["check"]?["verdict"] == .string("passed"))
    #expect(run.status == status)
  }

  @Test func `an equation is derived from left to right, or refuted`() throws {
    #expect(CommandRun(["derive", "diff(tanh(x), x) = 1 - tanh(x)^2"]).status == 0)
    let run = CommandRun(["derive", "x^2 = x^3"])
    #expect(run.messages == "failed: x^2 = x^3\n")
    #expect(run.status == 1)
    let json = try JSONValue(parsing: CommandRun(["derive", "x^2 = x^3", "--format=json"]).output)
    #expect(json["version"] == .integer(1))
    #expect(json["verdict"] == .string("failed"))
  }

  @Test func `a missing variable is asked for`() {
    let run = CommandRun(["derive", "x^2"])
    #expect(
      run.messages.hasPrefix(
        "expression:1:1: error: the variable to differentiate by is missing, expected --by"))
    #expect(run.status == 2)
  }

  @Test func `lines are answered in order, each for itself`() throws {
    let input = """
      {"id": 1, "expression": "x^2", "by": "x"}

      {"id": "b", "expression": "x^", "by": ["x"]}
      nonsense
      {"id": null, "by": "x"}
      {"id": [2], "expression": "P", "by": "x", "given": ["P = x*y"], "from": "plain"}
      {"expression": "x", "by": 7}
      {"expression": "x", "by": "x", "from": "tex"}
      """
    let run = CommandRun(["derive", "--lines"], input: input)
    let lines = run.output.split(separator: "\n")
    try #require(lines.count == 7)
    let answers = try lines.map { try JSONValue(parsing: String($0)) }
    #expect(answers[0]["version"] == .integer(1))
    #expect(answers[0]["id"] == .integer(1))
    #expect(answers[0]["result"]?["plain"] == .string("2*x"))
    #expect(answers[1]["id"] == .string("b"))
    #expect(answers[1]["error"]?["column"] == .integer(3))
    #expect(answers[2]["error"]?["message"] != nil)
    #expect(answers[3]["id"] == .null)
    #expect(answers[4]["result"]?["plain"] == .string("y"))
    #expect(
      answers[5]["error"]?["message"]
        == .string("'by' is a string or an array of strings"))
    #expect(
      answers[6]["error"]?["message"] == .string("'from' is one of: plain, latex"))
    #expect(run.status == 3)
  }
}
