import NablaNotation
import Testing

@Suite struct SubmissionFormatTests {
  @Test(arguments: [
    ("a/hw1.tex", SubmissionFormat.latex), ("README.MD", .markdown), ("x.ipynb", .notebook),
    ("answer.txt", .text), ("-", .text), ("noending", .text), ("a.tex.txt", .text),
  ])
  func `the format follows the file's ending`(name: String, format: SubmissionFormat) {
    #expect(SubmissionFormat(fileName: name) == format)
  }

  struct Case: CustomTestStringConvertible, Sendable {
    var name: String
    var format: SubmissionFormat
    var text: String
    var expected: String
    var testDescription: String { name }
  }

  @Test(arguments: [
    Case(
      name: "a document of LaTeX", format: .latex,
      text: #"""
        \documentclass{article}
        \newcommand{\loss}{\mathcal{L}}
        \begin{document}
        \section*{Gradient}
        We have $a = 50\%$. % not $b$
        % $c$
        \begin{equation}\label{eq:one}
          x = y
        \end{equation}
        \begin{verbatim}
        $d$
        \end{verbatim}
        \begin{align*}
          u &= v \nonumber \\ % why
            &= w
        \end{align*}
        \begin{enumerate}
        \item[(a)] Here \(e = f\)
        \item There \[ g = h \]
        \end{enumerate}
        \input{other}
        \end{document}
        $i$
        """#,
      expected: #"""
        #1 4 Gradient
        prose 5 We have
        formula 5 statement inline a = 50\%
        prose 5 .
        formula 8 statement display x = y
        formula 13 statement display \begin{align*} u &= v \\ &= w \end{align*}
        #5 18 (a)
        prose 18 Here
        formula 18 statement inline e = f
        prose 19 There
        formula 19 statement display g = h
        ! 21 ignored-command
        """#),
    Case(
      name: "a page of Markdown", format: .markdown,
      text: #"""
        # One
        Text with $a=b$ and `$code$`.

            $indented$ = code?
        ```python
        $c$ = 1
        ```
        Two
        ---
        $$
        d

        = e
        $$
        ```math
        f = g
        ```
        \begin{align}
        h &= i
        \end{align}
        It costs $5 or $6, and \$7.
        $j$ = $k$
        """#,
      expected: #"""
        #1 1 One
        prose 2 Text with
        formula 2 definition inline a=b
        prose 2 and
        prose 2 .
        formula 4 statement inline indented
        prose 4 = code?
        #2 8 Two
        formula 11 statement display d = e
        formula 16 statement display f = g
        formula 18 statement display \begin{align} h &= i \end{align}
        prose 21 It costs $5 or $6, and \$7.
        formula 22 statement display j = k
        """#),
    Case(
      name: "a quotation", format: .markdown,
      text: "> **Answer**\n>\n> $$\n> a\n> = b\n> $$\n\n$$c\n> d$$\n",
      expected: """
        #6 1 Answer
        formula 4 statement display a = b
        formula 8 statement display c > d
        """),
    Case(
      name: "what is struck out", format: .markdown,
      text: "~~$a = b$~~ but $c = d$",
      expected: """
        prose 1 ~~
        prose 1 ~~ but
        formula 1 statement inline c = d
        """),
    Case(
      name: "a notebook", format: .notebook,
      text: #"""
        {"cells": [
         {"cell_type": "code", "source": ["x = '$a$'"], "outputs": [{"source": "$b$"}]},
         {"cell_type": "markdown", "metadata": {"source": "$c$"},
          "source": ["# T1\n",
            "Let $\\alpha = \u03b2$\n"]},
         {"source": "$\\frac{1}{2}$", "cell_type": "markdown"}
        ], "nbformat": 4}
        """#,
      expected: #"""
        #1 4 T1
        prose 5 Let
        formula 5 definition inline \alpha = β
        formula 6 statement display \frac{1}{2}
        """#),
    Case(
      name: "a notebook that breaks off", format: .notebook,
      text: #"{"cells": [{"cell_type": "markdown", "source": "$a$"}, oops: "#,
      expected: "formula 1 statement display a\n! 1 invalid-notebook"),
    Case(
      name: "a plain text", format: .text,
      text: """
        Homework 4

        T1
        Find the gradient.
        Answer
        ∂L/∂h_i = p_i − y_i
        Params = #node + #weight = 1024 + (30 x 1024) = 31744
        Total = 557057
        Output size A: 1024 x 32
        A^1 's dimension 80×32 .
        average = "macro" when calling
        np.zeros(3) = x
        the learning rate was small
        dL/dz = a
              = b (1 - c)

        1.1.2 Classification task

        (a) Next we see L = 0.5 * (y - t)^2, which is small.
        """,
      expected: """
        #6 1 Homework 4
        #1 3 T1
        prose 4 Find the gradient.
        #6 5 Answer
        formula 6 statement plainLine ∂L/∂h_i = p_i − y_i
        prose 7 Params = #node + #weight =
        formula 7 statement plainLine 1024 + (30 \\times 1024) = 31744
        prose 8 Total =
        formula 8 statement plainLine 557057
        prose 9 Output size A:
        formula 9 statement plainLine 1024 x 32
        prose 10 A^1 's dimension
        formula 10 statement plainLine 80×32
        prose 10 .
        prose 11 average = "macro" when calling np.zeros(3) = x the learning rate was small
        formula 14 statement plainLine dL/dz = a
        formula 15 statement plainLine = b (1 - c)
        #3 17 1.1.2 Classification task
        #5 19 (a)
        prose 19 Next we see
        formula 19 statement inline L = 0.5 * (y - t)^2
        prose 19 , which is small.
        """),
    Case(
      name: "remarks beside plain formulas", format: .text,
      text: """
        T1
        a) y = 2 x
        => z = 3 x // chain rule
        y = 2 x - chain rule
        y = x - weight decay
        y = 2 x <- as above
        y = 2 x, i.e. double
        y = x = the identity function
        for i!=j y_i = 2
        f'(x) = 2 : done
        y = 2 x | shown
        y = 2 times x für alle x
        the derivative of L with respect to h = y
        """,
      expected: """
        #1 1 T1
        prose 2 a)
        formula 2 statement plainLine y = 2 x
        formula 3 statement inline => z = 3 x
        prose 3 // chain rule
        formula 4 statement inline y = 2 x
        prose 4 - chain rule
        formula 5 statement plainLine y = x - weight decay
        formula 6 statement inline y = 2 x
        prose 6 <- as above
        formula 7 statement inline y = 2 x
        prose 7 , i.e. double
        formula 8 statement inline y = x
        prose 8 = the identity function
        prose 9 for
        formula 9 condition inline i!=j
        formula 9 statement plainLine y_i = 2
        formula 10 statement inline f'(x) = 2
        prose 10 : done
        formula 11 statement inline y = 2 x
        prose 11 | shown
        formula 12 statement inline y = 2 \\cdot x
        prose 12 für alle x
        prose 13 the derivative of L with respect to
        formula 13 statement plainLine h = y
        """),
  ])
  func `a submission reads as expected`(_ row: Case) {
    #expect(submissionDump(row.text, as: row.format) == row.expected)
  }

  @Test func `definitions of commands are found wherever they stand`() {
    let text = #"""
      \newcommand{\R}{\mathbb{R}} \newcommand{\pd}[2][x]{\frac{#2}{#1}}
      \DeclareMathOperator{\soft}{softmax} \def\sq#1{#1^2} \let\eps=\varepsilon
      $\newcommand\two{2} x = \two$
      """#
    let submission = readSubmission(SourceText(name: "test", text), as: .markdown)
    let shown = submission.macros.macros.map { name, macro in
      "\(name)/\(macro.parameters)\(macro.optional.map { "[\($0.text)]" } ?? "") \(macro.body.text)"
    }.sorted()
    #expect(
      shown == [
        #"R/0 \mathbb{R}"#, #"eps/0 \varepsilon"#, #"pd/2[x] \frac{#2}{#1}"#,
        #"soft/0 \operatorname{softmax}"#, "sq/1 #1^2", "two/0 2",
      ])
  }

  @Test func `every byte of a formula points to its place in the file`() {
    let text = #"{"cells":[{"cell_type":"markdown","source":["a\n","$\\alpha = b$"]}]}"#
    let source = SourceText(name: "test", text)
    let submission = readSubmission(source, as: .notebook)
    guard case .formula(let formula)? = submission.items.last else {
      Issue.record("no formula")
      return
    }
    #expect(formula.text.text == #"\alpha = b"#)
    #expect(source.text(in: formula.text.origin(of: SourceRange(0, 10))) == #"\\alpha = b"#)
    #expect(source.text(in: formula.text.origin(of: SourceRange(9, 10))) == "b")
  }
}
