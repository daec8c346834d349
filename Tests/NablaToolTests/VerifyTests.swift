import NablaRendering
import Testing

private let sheet = """
  # Softmax
  ```nabla
  scalar x, a
  f = x^2 + a*x
  ```
  ## T1
  ```nabla
  derive df/dx
  points 2 for df/dx
  ```
  """

private let right = "$$\\frac{df}{dx} = 2x + a$$\n"
private let wrong = "$$\\frac{df}{dx} = 2x - a$$\n"

private let files = [
  "sheet.md": sheet, "right.md": right, "wrong.md": wrong, "empty.txt": "Hello.\n",
  "=1+1.md": right,
]

private func verify(_ arguments: String..., input: String = "") -> CommandRun {
  CommandRun(["verify", "--seed", "1"] + arguments, files: files, input: input)
}

@Suite struct VerifyTests {
  // swift-format-ignore
  private static let misuse: [(arguments: [String], message: String)] = [
    ([],                                     "a problem is missing: nabla verify sheet.md answer.tex"),
    (["sheet.md"],                           "a submission is missing: nabla verify sheet.md answer.tex"),
    (["--problem", "sheet.md"],              "a submission is missing: nabla verify --problem sheet.md answer.tex"),
    (["sheet.md", "-", "-"],                 "standard input can be read only once"),
    (["sheet.md", "right.md", "--rename", "oP"], "--rename takes the author's name and the problem's: --rename o=P, not 'oP'"),
    (["sheet.md", "right.md", "--rename", "o=P", "--rename", "o=Q"], "--rename gives 'o' two meanings, 'P' and 'Q'"),
    (["sheet.md", "right.md", "--jobs", "0"], "--jobs takes a whole number from 1 to 256, not '0'"),
    (["sheet.md", "--lines", "--output", "x"], "--lines writes to standard output only"),
  ]

  @Test(arguments: Self.misuse)
  func `misuse is told in one sentence`(arguments: [String], message: String) {
    let run = CommandRun(["verify"] + arguments, files: files)
    #expect(run.messages == "nabla verify: \(message)\nSee 'nabla verify --help'.\n")
    #expect(run.status == 2)
    #expect(run.output == "")
  }

  @Test func `a right submission ends with status 0`() {
    let run = verify("sheet.md", "right.md")
    #expect(run.status == 0)
    #expect(run.output.contains("✓"))
    #expect(run.messages == "")
  }

  @Test func `a wrong submission ends with status 1 and a counterexample`() {
    let run = verify("sheet.md", "wrong.md")
    #expect(run.status == 1)
    #expect(run.output.contains("✗"))
    #expect(run.output.contains("against"))
  }

  @Test func `a submission without mathematics is not readable`() {
    #expect(verify("sheet.md", "empty.txt").status == 2)
  }

  @Test func `a missing file is named and the others are judged`() {
    let run = verify("sheet.md", "none.md", "right.md", "--summary")
    #expect(run.messages == "none.md: error: no such file\n")
    #expect(run.status == 3)
    #expect(run.output.contains("right.md"))
  }

  @Test func `a problem with mistakes is not judged against`() {
    let run = CommandRun(
      ["verify", "bad.md", "right.md"],
      files: ["bad.md": "```nabla\nz = q\n```\n", "right.md": right])
    #expect(run.status == 2)
    #expect(run.output == "")
    #expect(run.messages.contains("bad.md:2:5: error: unknown name 'q'"))
  }

  @Test func `standard input is a submission`() {
    let run = verify("sheet.md", "-", input: right)
    #expect(run.status == 0)
    #expect(run.output.contains("standard input"))
  }

  @Test(arguments: [1, 4])
  func `several submissions keep their order and end with a table`(jobs: Int) {
    let run = verify("sheet.md", "wrong.md", "right.md", "empty.txt", "--jobs", "\(jobs)")
    #expect(run.status == 1)
    let places = ["· wrong.md", "· right.md", "· empty.txt", "Overview"].map {
      run.output.firstRange(of: $0)?.lowerBound
    }
    #expect(places.allSatisfy { $0 != nil })
    #expect(places.compactMap { $0 } == places.compactMap { $0 }.sorted())
  }

  @Test func `CSV has a line for each submission and no formulas`() {
    let run = verify("sheet.md", "right.md", "=1+1.md", "--format", "csv")
    let lines = run.output.split(whereSeparator: { $0.isNewline })
    #expect(lines.count == 3)
    #expect(lines[1].hasPrefix("right.md,correct,1,0,0,0,"))
    #expect(lines[2].hasPrefix("'=1+1.md,correct,"))
  }

  @Test func `JSON is one object a submission`() throws {
    let run = verify("sheet.md", "right.md", "wrong.md", "--format", "json")
    let answers = try run.output.split(separator: "\n").map { try JSONValue(parsing: String($0)) }
    #expect(answers.map { $0["submission"] } == [.string("right.md"), .string("wrong.md")])
    #expect(answers.map { $0["verdict"] } == [.string("correct"), .string("incorrect")])
    #expect(answers.map { $0["firstError"] } == [nil, .number("0")])
  }

  @Test(arguments: [("right.md", "2"), ("wrong.md", "0"), ("empty.txt", "0")])
  func `points are given for the results of a task`(name: String, earned: String) throws {
    let answer = try JSONValue(parsing: verify("sheet.md", name, "--format", "json").output)
    guard case .array(let points)? = answer["points"] else {
      Issue.record("no points")
      return
    }
    #expect(points.map { $0["earned"] } == [.number(earned)])
    #expect(points.map { $0["possible"] } == [.number("2")])
  }

  @Test func `a letter stands for what the user says`() throws {
    let text = "$$\\frac{dq}{dx} = 2x + a$$\n"
    let run = CommandRun(
      ["verify", "sheet.md", "-", "--rename", "q=f", "--format", "json"], files: files, input: text)
    #expect(try JSONValue(parsing: run.output)["verdict"] == .string("correct"))
  }

  @Test(arguments: ["latex", "html"])
  func `several submissions are one document`(format: String) {
    let run = verify("sheet.md", "right.md", "wrong.md", "--format", format)
    let head = format == "latex" ? "\\begin{document}" : "<!DOCTYPE html>"
    #expect(run.output.components(of: head) == 2)
  }

  @Test func `questions are answered line by line`() throws {
    let problem = JSONValue.string(sheet)
    let lines: [JSONValue] = [
      .object([("id", .integer(1)), ("problem", problem), ("submission", .string(right))]),
      .object([("id", .integer(2)), ("problem", problem), ("submission", .string(wrong))]),
      .object([("id", .integer(3)), ("submission", .string(wrong))]),
      .object([
        ("id", .integer(4)), ("problem", problem), ("submission", .string(wrong)),
        ("format", .string("word")),
      ]),
    ]
    let run = verify("--lines", input: lines.map { $0.text() }.joined(separator: "\n"))
    let answers = try run.output.split(separator: "\n").map { try JSONValue(parsing: String($0)) }
    #expect(answers.map { $0["id"] } == [1, 2, 3, 4].map { .integer($0) })
    #expect(
      answers.map { $0["verdict"] } == [.string("correct"), .string("incorrect"), nil, nil])
    #expect(
      answers.map { $0["error"]?["message"] } == [
        nil, nil, .string("expected the text of a problem file under the key 'problem'"),
        .string("'format' is one of: latex, markdown, notebook, text"),
      ])
    #expect(run.status == 1)
  }

  @Test func `questions about one problem name only submissions`() throws {
    let line = JSONValue.object([("id", .string("s")), ("submission", .string(right))])
    let run = verify("sheet.md", "--lines", input: line.text())
    #expect(try JSONValue(parsing: run.output)["verdict"] == .string("correct"))
  }
}

extension String {
  /// How many pieces a text is cut into by another.
  fileprivate func components(of separator: String) -> Int { ranges(of: separator).count + 1 }
}
