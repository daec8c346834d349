import NablaProblems
import NablaRendering
import Testing

@testable import NablaTool

@Suite struct ConvertTests {
  @Test(
    arguments: [
      (#"\frac{e^{h_i}}{\sum_k e^{h_k}}"#, "exp(h[i])/sum(k, exp(h[k]))"),
      (#"\sigma(z)(1 - \sigma(z))"#, "sigmoid(z)*(1 - sigmoid(z))"),
      (#"a - (b - c)"#, "a - (b - c)"),
      (
        #"\frac{\partial p_i}{\partial h_j} = p_i (\delta_{ij} - p_j)"#,
        "dp[i]/dh[j] = p[i]*(delta(i, j) - p[j])"
      ),
      (#"a = b = c"#, "a = b = c"),
      (#"\sum_{j=1}^{n} x_j^2 \leq 1"#, "sum(j = 1..n, x[j]^2) <= 1"),
    ])
  func `LaTeX becomes plain notation`(_ latex: String, _ plain: String) {
    let run = CommandRun(["convert", latex, "--from", "latex"])
    #expect(run.output == plain + "\n")
    #expect(run.status == 0)
  }

  @Test(
    arguments: [
      ("1/2*x", #"\frac{1}{2}\,x"#),
      ("a/b/c", #"\frac{\frac{a}{b}}{c}"#),
      ("a + (b - c)", "a + (b - c)"),
      ("sum(k != i, exp(h[k]))", #"\sum_{k \neq i} e^{h_k}"#),
      ("sqrt(x^2 + 1) >= abs(x)", #"\sqrt{x^2 + 1} \geq \lvert x\rvert "#),
      ("1[x > 0 and y > 0]", #"\mathbf{1}[x > 0\text{ and }y > 0]"#),
    ])
  func `plain notation becomes LaTeX as it was written`(_ plain: String, _ latex: String) {
    #expect(CommandRun(["convert", plain, "--to", "latex"]).output == latex + "\n")
  }

  /// A formula that is written as LaTeX and read again is the same.
  @Test(
    arguments: [
      "exp(h[i])/sum(k, exp(h[k]))", "-x^2", "(-x)^2", "a - (b - c)", "a/(b*c)", "a/b*c",
      "2^3^x", "(2^3)^x", "sum(i = 1..N, (x[i] - mu)^2)/N", "-(a + b)*c",
      "piecewise(x > 0: x, else: 0)", "dL/dw = 2*(y - z)*x", "sigmoid(x)*(1 - sigmoid(x))",
      "[a, b; c, d]", "sum(k != i, h[k])", "sqrt(x + sqrt(y))", "log(1 + exp(-y*w*x))",
      "max(0, x)", "1[i = j]", "delta(i, j)*p[i]", "0.30 = 0.3",
    ])
  func `plain notation survives the way through LaTeX`(_ plain: String) {
    let given = ["vector h[N], p[N], x[N]", "index i, j, k = 1..N"]
    let flags = plain.contains("[") ? given.flatMap { ["--given", $0] } : []
    let latex = CommandRun(["convert", plain, "--to", "latex"] + flags).output
    let back = CommandRun(["convert", String(latex.dropLast()), "--from", "latex"] + flags)
    #expect(back.output == plain + "\n", "by way of \(latex)")
  }

  @Test func `a formula on the terminal is set in two dimensions, a line in one`() {
    let whole = CommandRun(["convert", "x/(1 + y)", "--to", "terminal"])
    #expect(whole.output == "  x\n─────\n1 + y\n")
    let line = CommandRun(["convert", "--to", "terminal"], input: "x/(1 + y)\n")
    #expect(line.output == "x/(1 + y)\n")
  }

  @Test func `MathML is one element with the text as its name`() {
    let run = CommandRun(["convert", "a <= b", "--to", "mathml"])
    #expect(run.output.hasPrefix("<math xmlns=\"http://www.w3.org/1998/Math/MathML\""))
    #expect(run.output.contains("alttext=\"a ≤ b\""))
    #expect(run.output.hasSuffix("</math>\n"))
  }

  @Test(
    arguments: [
      ("-x^2/y", #"["-", ["*", ["^", "x", {"num": "2"}], ["/", "y"]]]"#),
      ("a - 0.30", #"["+", "a", ["-", {"num": "0.30"}]]"#),
      ("f''(x)", #"["call", "f''", "x"]"#),
      ("sum(j, k != j, h[k])", #"["sum", ["j", ["k", ["!=", "j"]]], ["index", "h", "k"]]"#),
      ("product(k = 1..K, k)", #"["product", [["k", ["..", {"num": "1"}, "K"]]], "k"]"#),
      ("A' = B < C", #"["chain", ["transpose", "A"], "=", "B", "<", "C"]"#),
      ("diff(f(x), x, 2)", #"["derivative", ["call", "f", "x"], ["order", "x", 2]]"#),
      (
        "piecewise(x > 0: 1, else: 0)",
        #"["piecewise", [[">", "x", {"num": "0"}], {"num": "1"}], ["else", {"num": "0"}]]"#
      ),
    ])
  func `a tree names kinds and parts`(_ plain: String, _ tree: String) throws {
    let given = ["function f", "vector h[N]", "index j, k = 1..N"].flatMap { ["--given", $0] }
    let json = try JSONValue(
      parsing: CommandRun(["convert", plain, "--to", "json"] + given).output)
    #expect(json["version"] == .integer(1))
    #expect(json["plain"] != nil && json["latex"] != nil)
    #expect(json["tree"]?.text() == tree)
  }

  @Test func `a tree that is too deep for JSON is null`() throws {
    let deep = String(repeating: "exp(", count: 200) + "x" + String(repeating: ")", count: 200)
    let json = try JSONValue(parsing: CommandRun(["convert", deep, "--to", "json"]).output)
    #expect(json["tree"] == .null)
    #expect(json["plain"] == .string(deep))
  }

  @Test func `each line of standard input gets a line`() {
    let run = CommandRun(["convert", "--to", "latex"], input: "x^2\nx +\n1/y\n")
    #expect(run.output == "x^2\n\n\\frac{1}{y}\n")
    #expect(run.messages.hasPrefix("line 2:1:4: error: unexpected end"))
    #expect(run.status == 3)
  }

  @Test func `JSON Lines are answered in order, each for itself`() throws {
    let input = #"""
      {"id": 1, "text": "\\frac{1}{x}", "from": "latex", "to": "plain"}
      {"id": "b", "text": "x^", "from": "plain", "to": "latex"}
      {"id": 3, "text": "h_i", "from": "latex", "to": "json", "given": ["vector h[N]"]}
      {"id": 4, "text": "x", "from": "tex"}
      {"id": 5, "text": "x", "to": "word"}
      {"id": 6}
      """#
    let run = CommandRun(["convert", "--lines"], input: input)
    let answers = try run.output.split(separator: "\n").map { try JSONValue(parsing: String($0)) }
    try #require(answers.count == 6)
    #expect(answers[0]["text"] == .string("1/x"))
    #expect(answers[0]["version"] == .integer(1))
    #expect(answers[1]["id"] == .string("b"))
    #expect(answers[1]["error"]?["line"] == .integer(1))
    #expect(answers[1]["error"]?["column"] == .integer(3))
    #expect(answers[2]["formula"]?["plain"] == .string("h[i]"))
    #expect(answers[3]["error"]?["message"] == .string("'from' is one of: plain, latex"))
    #expect(
      answers[4]["error"]?["message"]
        == .string("'to' is one of: plain, latex, terminal, mathml, json"))
    #expect(answers[5]["error"]?["message"] == .string("expected an object with the key 'text'"))
    #expect(run.status == 3)
  }

  @Test func `nothing of a hostile formula reaches the terminal`() {
    let run = CommandRun(["convert", "x\u{1B}[31m", "--from", "latex"])
    #expect(!run.output.utf8.contains(0x1B))
    #expect(!run.messages.utf8.contains(0x1B))
    for text in [
      String(repeating: "{", count: 100_000), String(repeating: "\\frac", count: 10_000),
      String(repeating: "(", count: 50_000), String(repeating: "x_{", count: 20_000),
    ] {
      #expect(CommandRun(["convert", text, "--from", "latex"]).status != 0)
    }
  }

  @Test func `a formula is asked for where there is none`() {
    #expect(CommandRun(["convert"]).status == 2)
    #expect(CommandRun(["convert", "", "--from", "latex"]).status == 2)
    #expect(CommandRun(["convert", "x", "y"]).status == 2)
  }
}
