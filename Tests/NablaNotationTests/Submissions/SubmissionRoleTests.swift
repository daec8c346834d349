import NablaNotation
import Testing

@Suite struct SubmissionRoleTests {
  @Test(arguments: [
    (
      "If\n$$i = j$$\n\nlet\n$$o = p$$\n\n$$a = b$$",
      "condition: i = j; definition: o = p; statement: a = b"
    ),
    ("So if i=j\n\n$$a = b$$", "condition: i=j; statement: a = b"),
    ("And if $i \\neq j$\n\n$$a = b$$", "condition: i \\neq j; statement: a = b"),
    ("For $i = j$ we have $a = b$.", "condition: i = j; statement: a = b"),
    ("when i ≠ j, $a = b$", "condition: i ≠ j; statement: a = b"),
    ("For j not equal to i, $a = b$", "condition: j \\neq i; statement: a = b"),
    (
      "in the case that $i = j$ and $k = l$, $a = b$",
      "condition: i = j; condition: k = l; statement: a = b"
    ),
    ("Case 1: i = j. Then $a = b$", "condition: i = j; statement: a = b"),
    ("i = j:\n\n$$a = b$$", "condition: i = j; statement: a = b"),
    (
      "We get $a$ for $i = j$ and $b$ for $i \\neq j$.",
      "statement: a; condition after: i = j; statement: b; condition after: i \\neq j"
    ),
    ("the loss for that example $L = 1$", "statement: L = 1"),
    ("Since $s = 1$, $a = b$", "assumption: s = 1; statement: a = b"),
    ("$a = b$ because $s = 1$", "statement: a = b; assumption after: s = 1"),
    ("$a = b$, as $s = 1$", "statement: a = b; assumption after: s = 1"),
    ("Assume that $s = 1$. Then $a = b$.", "assumption: s = 1; statement: a = b"),
    ("The loss is defined as: $$L = x$$", "definition: L = x"),
    (
      "Let $x = 1$, $y = 2$. Then $z = 3$.",
      "definition: x = 1; definition: y = 2; statement: z = 3"
    ),
    ("Let $x = 1$, then $z = 3$", "definition: x = 1; statement: z = 3"),
    ("Let\n\n$$x = 1$$", "definition: x = 1"),
    ("Let us compute $x = 1$", "statement: x = 1"),
    ("$a = b$ where $b = c$", "statement: a = b; definition: b = c"),
    (
      "set $\\frac{\\partial L}{\\partial x} = 1$",
      "statement: \\frac{\\partial L}{\\partial x} = 1"
    ),
    ("## Case 1: $i = j$\n$a = b$", "condition: i = j; statement: a = b"),
    ("## Gradient of $L$\n$a = b$", "statement: a = b"),
    ("When $i$ equals $j$: $$x = 1$$", "condition: i = j; statement: x = 1"),
    ("$a = 1$; if $i = j$ then $b = 2$", "statement: a = 1; condition: i = j; statement: b = 2"),
    ("= p_i (since s = 1)", "statement: = p_i; assumption after: s = 1"),
    ("using $s = 1$, $a = b$", "assumption: s = 1; statement: a = b"),
    ("with respect to $h_i$", "statement: h_i"),
    ("Prove that $a = b$ for $i = j$.", "goal: a = b; goal: i = j"),
    ("Hint: first find $x$ for the case where j=i.", "goal: x; goal: j=i"),
    ("We find that $a = b$", "statement: a = b"),
    ("This proves $a = b$", "statement: a = b"),
    ("now we want to find $a = b$", "statement: a = b"),
    ("Find $x$. We get $x = 1$.", "goal: x; statement: x = 1"),
    ("P.S. $\\Sigma_j y_j = 1$ since it's one-hot output", "assumption: \\Sigma_j y_j = 1"),
    (
      "Für $i = j$ gilt $a = b$, da $s = 1$",
      "condition: i = j; statement: a = b; assumption after: s = 1"
    ),
    ("Si $i = j$, on a $a = b$", "condition: i = j; statement: a = b"),
    ("ถ้า $i = j$ จะได้ $a = b$", "condition: i = j; statement: a = b"),
    (
      "= p_i - y_i      (Σ_j y_j = 1, one-hot)",
      "statement: = p_i - y_i; condition after: Σ_j y_j = 1"
    ),
    ("f''(0) = 2 > 0 (minimum)", "statement: f''(0) = 2 > 0"),
    ("P(y = j) = 0.3", "statement: P(y = j) = 0.3"),
    ("a) dL/dw = x", "statement: dL/dw = x"),
    ("(a) z = 3x, (b) w = 4x", "statement: z = 3x; statement: w = 4x"),
    ("L = -sum(y_j, j = 1..N)", "statement: L = -sum(y_j, j = 1..N)"),
    ("the derivative of L = 2x", "statement: L = 2x"),
    ("50% of 10 = 5", "statement: 5"),
    ("dL/dWij = δi xj", "statement: dL/dWij = δi xj"),
    ("δ = (yout - y)·(1 - yout)", "statement: δ = (yout - y)·(1 - yout)"),
  ])
  func `the words before a formula decide its role`(text: String, expected: String) {
    #expect(formulaRoles(text) == expected)
  }

  @Test(arguments: [
    ("One might think that $a = b$, but $a = c$.", "denied: a = b; statement: a = c"),
    ("One might think that $a = b$. But this is wrong.", "denied: a = b"),
    ("It is not true that $a = b$; instead $a = c$.", "denied: a = b; statement: a = c"),
    ("A common mistake is $a = b$ and $a = c$.", "denied: a = b; denied: a = c"),
    ("So $a = b$. This is wrong.\n\nSo $a = c$.", "denied: a = b; statement: a = c"),
    ("$a = b$ is wrong.", "denied: a = b"),
    ("$a = b$. The sign in the book is wrong.", "statement: a = b"),
    ("We get $a = c$ and not $a = b$.", "statement: a = c; denied: a = b"),
    ("If not $i = j$, $a = b$", "condition: i = j; statement: a = b"),
    ("Es ist falsch, dass $a = b$.", "denied: a = b"),
    ("Man könnte meinen, dass $a = b$ gilt; also $a = c$.", "denied: a = b; statement: a = c"),
    ("Il est faux que $a = b$.", "denied: a = b"),
    ("No es cierto que $a = b$.", "denied: a = b"),
  ])
  func `what an author denies is told from what is claimed`(text: String, expected: String) {
    #expect(formulaRoles(text) == expected)
  }

  @Test(arguments: [
    ("~~$a = b$~~ so $c = d$", SubmissionFormat.markdown, "statement: c = d"),
    ("~~so $a = b$ and x = 1~~ $c = d$", .markdown, "statement: c = d"),
    ("~~ $a = b$", .markdown, "statement: a = b"),
    ("<del>$a = b$</del> so $c = d$", .markdown, "statement: c = d"),
    ("~~a = b~~\nc = d", .text, "statement: c = d"),
    ("\\sout{$a = b$} $c = d$", .latex, "statement: c = d"),
    ("\\[ \\cancel{a = b} \\] $c = d$", .latex, "statement: c = d"),
    (
      "$\\frac{\\cancel{a}}{\\cancel{a}} = 1$", .latex,
      "statement: \\frac{\\cancel{a}}{\\cancel{a}} = 1"
    ),
    ("\\iffalse $a = b$ \\ifx x y $e$ \\fi \\fi $c = d$", .latex, "statement: c = d"),
    ("\\iffalse $a = b$ \\else $c = d$ \\fi", .latex, "statement: c = d"),
    (
      "\\begin{align*} a &= b \\\\ \\intertext{since $s = 1$} c &= d \\end{align*}", .latex,
      "statement: a &= b \\\\; assumption: s = 1; statement: c &= d"
    ),
  ])
  func `what is struck out is left out, and lines of text in a display are read`(
    text: String, format: SubmissionFormat, expected: String
  ) {
    #expect(formulaRoles(text, as: format) == expected)
  }

  @Test(arguments: [
    ("T1\nLet $x = 1$. Find $y$.\nAnswer\nFind $z = 2$", "goal: x = 1; goal: y; statement: z = 2"),
    (
      "T1\n$a = 1$\n\nT2\nShow $b = 1$\n\nAnswer\n$c = 1$",
      "statement: a = 1; goal: b = 1; statement: c = 1"
    ),
    (
      "Q1: Written\n$a = 1$\n\nQ1.1: First\nShow $b = 1$\n\n[Answer]\n$c = 1$\n\nQ1.2: Next\nShow $d = 1$\n\n[Answer]\n$e = 1$",
      "goal: a = 1; goal: b = 1; statement: c = 1; goal: d = 1; statement: e = 1"
    ),
    (
      "T1\n$a = 1$\nAnswer\n(a) $b = 1$\n(b) $c = 1$\nT2\nShow $d = 1$\nSolution:\n$e = 1$",
      "goal: a = 1; statement: b = 1; statement: c = 1; goal: d = 1; statement: e = 1"
    ),
    ("T1. Show $a = 1$.\n\n$$b = 1$$", "goal: a = 1; statement: b = 1"),
    ("Answer: $a = 1$", "statement: a = 1"),
    ("Answer the questions. $a = 1$", "statement: a = 1"),
    ("$a = 1$\nAnswer: $b = 1$", "statement: a = 1; statement: b = 1"),
    ("(a) $a = 1$\n\nSolution: $b = 1$", "statement: a = 1; statement: b = 1"),
    (
      "T1\nFind $b$.\n\n$a = 1$\n\nAnswer: $b = 1$", "goal: b; statement: a = 1; statement: b = 1"
    ),
    (
      "T1\n$\\frac{\\partial L}{\\partial x} = 1$, find $b$. Find $c$.\n\nAnswer: $b = 1$",
      "statement: \\frac{\\partial L}{\\partial x} = 1; statement: b; goal: c; statement: b = 1"
    ),
  ])
  func `a repeated task is told from the answer`(text: String, expected: String) {
    #expect(formulaRoles(text) == expected)
  }

  @Test(arguments: [
    ("where y is one-hot", "oneHot"), ("as only one entry is 1", "oneHot"),
    ("the probabilities sum to 1", "sumsToOne"), ("they add up to one", "sumsToOne"),
    ("Otherwise it vanishes", "otherwise"), ("$a$ otherwise", "otherwise"),
    ("1 if y is class j, and 0 otherwise", ""), ("something else", ""),
    ("In general we see", "allCases"), ("Combining both cases", "allCases"),
    ("We use the numerator layout", "numeratorLayout"),
    ("in denominator layout", "denominatorLayout"), ("this is wrong", "withdrawn"),
    ("an ordinary sentence", ""),
  ])
  func `facts are found in words`(text: String, expected: String) {
    let submission = readSubmission(SourceText(name: "test", text), as: .text)
    let facts = submission.items.flatMap { item -> [Submission.Fact] in
      guard case .prose(_, let facts) = item else { return [] }
      return facts
    }
    #expect(facts.map { "\($0.kind)" }.joined(separator: " ") == expected)
  }
}
