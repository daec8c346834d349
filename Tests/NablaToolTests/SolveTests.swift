import NablaProblems
import NablaRendering
import Testing

@testable import NablaTool

private let fence = "```"

private let goodSheet = """
  # Squares
  \(fence)nabla
  scalar x
  L = x^2
  derive dL/dx
  expect dL/dx = 2*x
  \(fence)
  """

private let failingSheet = goodSheet.replacing("2*x", with: "3*x")
private let brokenSheet = goodSheet.replacing("L = x^2", with: "L = xx^2")

@Suite struct SolveTests {
  @Test(
    arguments: [
      (["good.md"], 0), (["failing.md"], 1), (["broken.md"], 2), (["missing.md"], 2),
      (["empty.md"], 2), (["good.md", "broken.md"], 3), (["broken.md", "missing.md"], 2),
      (["good.md", "failing.md", "missing.md"], 1),
    ] as [([String], Int32)], ["solve", "check"])
  func `the exit status tells what came of the files`(
    _ row: ([String], Int32), _ command: String
  ) {
    let run = CommandRun([command] + row.0, files: sheets)
    #expect(run.status == row.1, "\(command) \(row.0)")
  }

  private let sheets = [
    "good.md": goodSheet, "failing.md": failingSheet, "broken.md": brokenSheet, "empty.md": "",
  ]

  @Test func `a mistake is shown with file, line, column and the nearest name`() {
    let expected = """
      broken.md:4:5: error: unknown name 'xx'; did you mean 'x'?
        L = xx^2
            ^~

      """
    for command in ["solve", "check"] {
      let run = CommandRun([command, "broken.md"], files: sheets)
      #expect(run.messages == expected)
      #expect(run.output == "")
    }
  }

  @Test func `a failed expectation is named`() {
    let solve = CommandRun(["solve", "failing.md"], files: sheets)
    #expect(solve.messages == "failing.md: failed: expect dL/dx = 3*x\n")
    let check = CommandRun(["check", "failing.md"], files: sheets)
    #expect(check.messages.hasPrefix("failing.md:6:1: failed: expect dL/dx = 3*x"))
    #expect(
      check.output == "failing.md: no mistakes in reading; 2 tasks, 0 of 1 expectations hold\n")
  }

  @Test func `check as JSON gives the place of a mistake`() throws {
    let run = CommandRun(["check", "broken.md", "--format", "json"], files: sheets)
    let json = try JSONValue(parsing: run.output)
    #expect(json["verdict"] == .string("unreadable"))
    guard case .array(let list)? = json["diagnostics"], let first = list.first else {
      Issue.record("no diagnostics in \(run.output)")
      return
    }
    #expect(first["line"] == .integer(4))
    #expect(first["column"] == .integer(5))
    #expect(first["suggestion"] == .string("x"))
  }

  @Test(arguments: ["terminal", "latex", "markdown", "html", "plain", "json"])
  func `several files come out in order whatever the number of jobs`(_ format: String) {
    let names = (1...5).map { "\($0).md" }
    var files: [String: String] = [:]
    for name in names { files[name] = goodSheet.replacing("Squares", with: "Sheet " + name) }
    let one = CommandRun(["solve", "--fragment", "--format", format] + names, files: files)
    let many = CommandRun(
      ["solve", "--jobs", "3", "--fragment", "--format", format] + names, files: files)
    #expect(one.output == many.output)
    var rest = one.output[...]
    for name in names {
      guard let place = rest.range(of: "Sheet " + name) else {
        Issue.record("\(name) is missing or out of order")
        return
      }
      rest = rest[place.upperBound...]
    }
  }

  @Test func `the result goes to the file asked for`() {
    let run = CommandRun(["solve", "good.md", "--format=plain", "-o", "out.txt"], files: sheets)
    #expect(run.output == "")
    #expect(
      run.files["out.txt"]
        == CommandRun(["solve", "good.md", "--format=plain"], files: sheets).output)
  }

  @Test func `standard input is a file`() {
    let run = CommandRun(["solve", "-", "--format", "plain"], input: goodSheet)
    #expect(
      run.output == CommandRun(["solve", "good.md", "--format", "plain"], files: sheets).output)
    let broken = CommandRun(["solve", "-"], input: brokenSheet)
    #expect(broken.messages.hasPrefix("standard input:4:5: error: "))
  }

  @Test func `other files are used from where the problem stands`() {
    let files = [
      "a/main.md": "\(fence)nabla\nuse common.md\nderive dL/dx\n\(fence)\n",
      "a/common.md": "\(fence)nabla\nscalar x\nL = x^2\n\(fence)\n",
    ]
    #expect(CommandRun(["solve", "a/main.md"], files: files).status == 0)
    let run = CommandRun(["solve", "a/main.md"], files: ["a/main.md": files["a/main.md"] ?? ""])
    #expect(
      run.messages.hasPrefix("a/main.md:2:5: error: 'common.md' could not be read: no such file"))
  }

  @Test func `a new file solves and is not replaced`() {
    let made = CommandRun(["new", "sheet.md"])
    #expect(made.status == 0)
    let again = CommandRun(["new", "sheet.md"], files: made.files)
    #expect(again.messages == "nabla new: sheet.md: it exists already\n")
    #expect(again.status == 2)
    let solved = CommandRun(["solve", "sheet.md"], files: made.files)
    #expect(solved.messages == "")
    #expect(solved.status == 0)
    let checked = CommandRun(["check", "sheet.md"], files: made.files)
    #expect(
      checked.output == "sheet.md: no mistakes in reading; 7 tasks, 3 of 3 expectations hold\n")
  }

  @Test func `a closed pipe ends quietly and a full disk does not`() {
    let closed = CommandRun(["solve", "good.md"], files: sheets, outputFailure: .closedPipe)
    #expect(closed.messages == "")
    #expect(closed.status == 0)
    let full = CommandRun(
      ["solve", "good.md"], files: sheets, outputFailure: LoadFailure("no space is left"))
    #expect(full.messages == "nabla: standard output: no space is left\n")
    #expect(full.status == 2)
  }
}

extension StringProtocol {
  /// Where a text stands first.
  fileprivate func range(of text: String) -> Range<Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(text) { return start..<index(start, offsetBy: text.count) }
      start = index(after: start)
    }
    return nil
  }
}
