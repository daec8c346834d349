extension Command {
  /// Every command, in the order in which help lists them.
  static let table: [Command] = [
    Command(
      .solve, "solve FILE…", "Write out the solution of a problem file",
      """
      Reads a problem file, a Markdown page with blocks marked 'nabla', and writes
      every task out step by step. '-' reads from standard input.
      """,
      formats: Format.documents + [.ipynb] + Format.code,
      examples: [
        "nabla solve sheet.md",
        "nabla solve sheet.md --format latex --output sheet.tex",
        "nabla solve sheet.md --format html --output sheet.html",
        "nabla solve sheet.md --detail full",
        "nabla solve sheet.md --format python -o sheet.py && python3 sheet.py",
        "nabla solve sheet.md --format ipynb -o sheet.ipynb",
      ]
    ) { tool, options throws(UsageError) in try tool.solve(options) },
    Command(
      .gallery, "gallery FILE… --output FOLDER",
      "Write problems in every format",
      """
      Solves problem files and writes each of them in every format into a folder, with
      a page index.html that leads to all of them. With --pdf LaTeX is typeset too.
      """,
      formats: [.terminal],
      examples: [
        "nabla gallery Problems/*.md --output gallery",
        "nabla gallery sheet.md --output gallery --pdf --jobs 2",
      ]
    ) { tool, options throws(UsageError) in try tool.gallery(options) },
    Command(
      .check, "check FILE…", "Look for mistakes in a problem file without solving it",
      """
      Reads problem files, checks names and shapes and the 'expect' lines, and
      derives nothing else.
      """,
      examples: ["nabla check sheet.md", "nabla check *.md --format json"]
    ) { tool, options throws(UsageError) in try tool.check(options) },
    Command(
      .new, "new FILE", "Write a commented problem file to start from",
      "An existing file is never replaced.",
      examples: ["nabla new sheet.md", "nabla new sheet.md && nabla solve sheet.md"]
    ) { tool, options throws(UsageError) in try tool.new(options) },
    Command(
      .verify, "verify PROBLEM SUBMISSION…", "Mark derivations that people wrote",
      """
      Judges every step of a submission (.tex, .md, .ipynb, .txt, or '-' for standard
      input) against a problem file, and shows the lines with marks, the first wrong
      step, what is wrong with it and a counterexample. Several submissions are
      followed by a table of all of them. With --problem every argument is a
      submission, and each part of it goes to the problem whose names fit. A budget
      is that of one submission, 10 s if nothing is said.
      The exit status is 1 if something was refuted, 4 if a budget ran out, 3 if
      something stayed undecided or unreadable, 2 if nothing could be read, else 0.
      """,
      formats: Format.documents + [.csv],
      examples: [
        "nabla verify sheet.md answer.tex",
        "nabla verify sheet.md answers/*.ipynb --summary --jobs 4",
        "nabla verify sheet.md answers/*.tex --format csv --output marks.csv",
        "nabla verify sheet.md answer.txt --rename o=P --format html -o marked.html",
        "nabla verify --problem t1.md --problem t4.md answer.md -",
        "nabla verify sheet.md --lines < answers.jsonl",
      ]
    ) { tool, options throws(UsageError) in try tool.verify(options) },
    Command(
      .derive, "derive EXPRESSION --by x", "Differentiate one expression step by step",
      """
      Names that nothing declares are scalars; names with indices, as in h_i of
      LaTeX, are vectors and matrices. 'derive "A = B"' writes the steps that lead
      from A to B, each of them proved, or the verdict of 'nabla equal' and status 1
      where the two differ. '--detail full' takes apart what is otherwise one step.
      """,
      formats: Format.documents + Format.code,
      takesExpressions: true,
      examples: [
        "nabla derive 'log(1 + exp(x))' --by x",
        "nabla derive 'x^2*sin(y)' --by x,y --detail full",
        "nabla derive 'x^2*sin(y)' --by x --format swift",
        "nabla derive 'sum(k, h[k]^2)' --by 'h[i]' --given 'vector h[N]' \\",
        "  --given 'index i, k = 1..N'",
        "nabla derive 'diff(tanh(x), x) = 1 - tanh(x)^2'",
        "nabla derive '\\sum_j y_j \\log p_j' --by p_i --from latex",
      ]
    ) { tool, options throws(UsageError) in try tool.derive(options) },
    Command(
      .equal, "equal LEFT RIGHT", "Prove or refute that two expressions are equal",
      """
      The answer is a proof on the common domain, a counterexample with rational
      coordinates, a condition under which the equation holds, or that it is
      undecided. Arrays are compared entry by entry, for all sizes at once. With
      --from latex, names with indices need no declaration: what they were taken for
      is told on standard error. The exit
      status is 0 for proved and conditional, 1 for refuted, 3 for undecided, and 4 if
      the budget ran out (10 s for each question if nothing is said).
      """,
      formats: Format.documents,
      takesExpressions: true,
      examples: [
        "nabla equal 'sigmoid(x) + sigmoid(-x)' 1",
        "nabla equal 'sqrt(x^2)' x",
        "nabla equal 'sqrt(x^2)' x --assume 'x > 0'",
        "nabla equal 'sum(j, y[j] + c)' 'sum(k, y[k]) + N*c' --given 'vector y[N]' \\",
        "  --given 'index j, k = 1..N'",
        "nabla equal '\\sum_j (y_j + c)' '\\sum_{k=1}^{n} y_k + n c' --from latex",
        "nabla equal --lines < questions.jsonl",
      ]
    ) { tool, options throws(UsageError) in try tool.equal(options) },
    Command(
      .evaluate, "evaluate EXPRESSION [NAME=VALUE…]", "The value of an expression at a point",
      """
      The value is exact where it is a rational number; else as many digits are shown
      as asked for, 15 if nothing is said, each of them guaranteed. Derivatives in the
      expression are carried out.
      """,
      takesExpressions: true,
      examples: [
        "nabla evaluate 'x^2/3 + y' x=1 y=2/3",
        "nabla evaluate 'diff(sigmoid(x), x)' x=0",
        "nabla evaluate 'sum(k, h[k]^2)' h=[1,2,3] --given 'index k = 1..3'",
        "nabla evaluate 'exp(-x^2)' x=0.5 --digits 50",
      ]
    ) { tool, options throws(UsageError) in try tool.evaluate(options) },
    Command(
      .convert, "convert [FORMULA]", "Write a formula in another notation",
      """
      Reads an expression or a chain of relations, plain or LaTeX, and writes it as
      its author put it: nothing is simplified. Without a formula, or for '-', each
      line of standard input is one, and gets one line. What had to be repaired or may
      be read in another way is told on standard error.

      --to json gives {"version", "plain", "latex", "tree"}. In the tree a name is a
      string, a number {"num": DIGITS}, and everything else an array of its kind and
      its parts:
        ["+", a, ["-", b]]        ["*", a, ["/", b]]        ["^", a, b]
        ["index", "W", "i", "j"]  ["call", "exp", x]        ["transpose", A]
        ["derivative", "L", x]    ["matrix", [a, b], [c, d]]
        ["sum", ["j", ["k", ["..", 1, "K"], ["!=", "i"]]], body]
        ["indicator", c]          ["piecewise", [c, a], ["else", b]]
        ["chain", a, "=", b, "<=", c, ["when", d]]

      --lines takes {"id", "text", "from"?, "to"?, "given"?} and answers
      {"version", "id", "text"}.
      """,
      takesExpressions: true,
      examples: [
        "nabla convert '\\frac{e^{h_i}}{\\sum_k e^{h_k}}' --from latex",
        "nabla convert 'dL/dh[i] = P[i] - y[i]' --to latex --given 'scalar L' \\",
        "  --given 'vector h[N], P[N], y[N]'",
        "nabla convert 'sqrt(x^2 + 1)/x' --to terminal",
        "nabla convert --from latex --to mathml < formulas.txt",
      ]
    ) { tool, options throws(UsageError) in try tool.convert(options) },
    Command(
      .rules, "rules [NAME…]", "Every rule, with condition, example and justification",
      "With names, only these rules or families.",
      examples: ["nabla rules", "nabla rules functions --format plain", "nabla rules quotient"]
    ) { tool, options throws(UsageError) in try tool.rules(options) },
    Command(
      .help, "help [COMMAND]", "Explain a command", "Without a command, lists all of them.",
      examples: ["nabla help", "nabla help solve"]
    ) { tool, options throws(UsageError) in try tool.help(options) },
  ]

  static func named(_ name: String) throws(UsageError) -> Command {
    for command in table where command.name.rawValue == name { return command }
    throw .unknown(
      "command", name, among: table.map { $0.name.rawValue }, listedAs: "commands")
  }
}
