import Testing

@testable import NablaTool

@Suite struct UsageTests {
  @Test(
    arguments: [
      (["solv", "x.md"], "nabla: unknown command 'solv'; did you mean 'solve'?"),
      (
        ["frobnicate"],
        "nabla: unknown command 'frobnicate'; commands: solve, gallery, check, new, verify, derive, equal, evaluate, convert, rules, help"
      ),
      (["--format", "json"], "nabla: a command comes first, not '--format'"),
      (["solve"], "nabla solve: a file is missing"),
      (
        ["solve", "x.md", "--formt", "json"],
        "nabla solve: unknown flag '--formt'; did you mean '--format'?"
      ),
      (["solve", "x.md", "--format"], "nabla solve: --format needs an argument: --format FORMAT"),
      (["solve", "x.md", "--fragment=yes"], "nabla solve: --fragment takes no argument"),
      (
        ["solve", "x.md", "--format", "docx"],
        "nabla solve: unknown format 'docx'; available: terminal, latex, markdown, html, plain, json, csv, "
          + "ipynb, python, swift"
      ),
      (
        ["solve", "x.md", "--format", "ltex"],
        "nabla solve: unknown format 'ltex'; did you mean 'latex'?"
      ),
      (
        ["solve", "x.md", "--format", "py"],
        "nabla solve: unknown format 'py'; did you mean 'python'?"
      ),
      (
        ["derive", "x^2", "--by", "x", "--format", "ipynb"],
        "nabla derive: format 'ipynb' is not available for 'derive'; available: terminal, latex, "
          + "markdown, html, plain, json, python, swift"
      ),
      (
        ["solve", "x.md", "y.md", "--format", "python"],
        "nabla solve: Python files cannot be joined; take one file"
      ),
      (
        ["rules", "--format", "latex"],
        "nabla rules: format 'latex' is not available for 'rules'; available: terminal, plain, json"
      ),
      (
        ["solve", "x.md", "--width", "400"],
        "nabla solve: --width takes a whole number from 40 to 160, not '400'"
      ),
      (
        ["solve", "x.md", "--detail", "ful"],
        "nabla solve: unknown detail 'ful'; did you mean 'full'?"
      ),
      (
        ["solve", "x.md", "--notation", "ln, bold vektors"],
        "nabla solve: --notation: unknown notation 'bold vektors'; did you mean 'bold vectors'?"
      ),
      (
        ["derive", "x", "--notation", ""],
        "nabla derive: --notation: an option of notation is missing; available: partial, nabla, log, ln, decimal point, decimal comma, plain vectors, bold vectors, arrow vectors, layers subscript, layers superscript, layers bracket, language english, language german"
      ),
      (["solve", "x.md", "--seed", "-1"], "nabla solve: --seed takes a whole number, not '-1'"),
      (
        ["solve", "x.md", "--budget", "0"],
        "nabla solve: --budget takes a number of seconds, not '0'"
      ),
      (
        ["check", "x.md", "--lines"],
        "nabla check: 'check' does not take --lines; it belongs to: verify, derive, equal, convert"
      ),
      (
        ["solve", "x.md", "y.md", "-o", "z"],
        "nabla solve: --output takes the result of one file, not of 2"
      ),
      (
        ["solve", "x.md", "y.md", "--format=latex"],
        "nabla solve: whole LaTeX documents cannot be joined; take one file, or --fragment"
      ),
      (
        ["solve", "x.md", "y.md", "--format=html"],
        "nabla solve: whole HTML documents cannot be joined; take one file, or --fragment"
      ),
      (["solve", "-", "-"], "nabla solve: standard input can be read only once"),
      (["derive"], "nabla derive: an expression is missing: nabla derive 'x^2' --by x"),
      (
        ["derive", "x", "+", "1", "--by", "x"],
        "nabla derive: one expression at a time; '+' is one too many (quote an expression that has spaces)"
      ),
      (
        ["derive", "x", "--by", "x,,y"],
        "nabla derive: --by takes names such as x or x,y, not 'x,,y'"
      ),
      (
        ["derive", "x", "--from", "latx"],
        "nabla derive: unknown notation 'latx'; did you mean 'latex'?"
      ),
      (
        ["derive", "x", "--lines"],
        "nabla derive: --lines reads questions from standard input and takes no argument"
      ),
      (
        ["evaluate", "x", "1"],
        "nabla evaluate: expected NAME=VALUE, not '1' (quote an expression that has spaces)"
      ),
      (
        ["evaluate", "2^0.5", "--digits", "0"],
        "nabla evaluate: --digits takes a whole number from 1 to 9000, not '0'"
      ),
      (["rules", "qotient"], "nabla rules: unknown rule 'qotient'; did you mean 'quotient'?"),
      (["help", "solv"], "nabla help: unknown command 'solv'; did you mean 'solve'?"),
    ] as [([String], String)])
  func `wrong usage is told in one line that names the way out`(
    _ arguments: [String], _ message: String
  ) {
    let run = CommandRun(arguments, files: ["x.md": "", "y.md": ""])
    #expect(run.messages.split(separator: "\n").first.map(String.init) == message)
    #expect(run.output == "")
    #expect(run.status == 2)
  }

  @Test func `without arguments the overview goes to standard error`() {
    let run = CommandRun([])
    #expect(run.messages == Help.overview)
    #expect(run.output == "")
    #expect(run.status == 2)
  }

  @Test(arguments: CommandName.allCases)
  func `every command has a help page with its flags and an example`(_ name: CommandName) throws {
    let page = CommandRun([name.rawValue, "--help"])
    #expect(page.status == 0)
    #expect(page.output == CommandRun(["help", name.rawValue]).output)
    let command = try Command.named(name.rawValue)
    for flag in command.flags {
      #expect(page.output.contains("  " + flag.name) || page.output.contains(", " + flag.name))
    }
    for example in command.examples {
      #expect(example.hasPrefix("nabla \(name.rawValue)") || example.hasPrefix("  --"))
      #expect(page.output.contains(example))
    }
  }

  @Test func `help fits a terminal of eighty columns`() {
    let pages = [Help.overview] + Command.table.map { Help.page(for: $0) }
    for line in pages.flatMap({ $0.split(separator: "\n") }) { #expect(line.count <= 80) }
  }

  @Test func `flags are told apart from expressions and ended by two dashes`() throws {
    let derive = try Command.named("derive")
    let options = try Options(parsing: ["-x^2", "--by=x", "--", "--y"], for: derive)
    #expect(options.arguments == ["-x^2", "--y"])
    #expect(options.by == ["x"])
  }

  @Test(
    arguments: [
      ([.passed], 0), ([.passed, .unreadable], 3), ([.unreadable, .unreadable], 2),
      ([.passed, .undecided], 3), ([.undecided, .exhausted], 4), ([.exhausted, .failed], 1),
      ([.failed, .unreadable], 1),
    ] as [([Outcome], Int32)])
  func `the exit status is the first of the contract that applies`(
    _ outcomes: [Outcome], _ code: Int32
  ) {
    var status = ExitStatus()
    for outcome in outcomes { status.note(outcome) }
    #expect(status.code == code)
  }

  @Test(
    arguments: [
      (nil, nil, nil, 80), ("120", nil, nil, 120), ("7", nil, nil, 40), ("999", nil, nil, 160),
      ("x", nil, nil, 80), ("120", 60, nil, 60), (nil, 60, "50", 50), (nil, 1000, nil, 160),
    ] as [(String?, Int?, String?, Int)])
  func `the width is the flag's, the terminal's, that of COLUMNS or eighty`(
    _ columns: String?, _ terminal: Int?, _ flag: String?, _ width: Int
  ) throws {
    var surroundings = Surroundings(
      readFile: { _ in .success([]) }, writeFile: { _, _, _ in nil }, readLine: { nil },
      write: { _, _ in nil })
    surroundings.environment = { $0 == "COLUMNS" ? columns : nil }
    surroundings.isTerminal = { _ in terminal != nil }
    surroundings.terminalWidth = { terminal }
    let arguments = flag.map { ["x.md", "--width", $0] } ?? ["x.md"]
    let options = try Options(parsing: arguments, for: Command.named("solve"))
    #expect(Tool(surroundings).width(options) == width)
  }

  @Test(
    arguments: [
      ([], [:], nil, false), ([], [:], 80, true), ([], ["NO_COLOR": "1"], 80, false),
      ([], ["NO_COLOR": ""], 80, true), ([], ["TERM": "dumb"], 80, false),
      (["--color", "always"], ["NO_COLOR": "1"], nil, true),
      (["--color", "never"], [:], 80, false),
    ] as [([String], [String: String], Int?, Bool)])
  func `colour is for terminals unless a flag or NO_COLOR says otherwise`(
    _ flags: [String], _ environment: [String: String], _ terminal: Int?, _ isColoured: Bool
  ) {
    let run = CommandRun(
      ["rules", "quotient"] + flags, environment: environment, terminalWidth: terminal)
    #expect(run.output.contains("\u{1B}[") == isColoured)
  }
}
