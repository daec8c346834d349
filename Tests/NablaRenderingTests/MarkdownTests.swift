import NablaRendering
import Testing

@Suite struct MarkdownTests {
  private static func paragraph(_ inlines: Inline...) -> String {
    Document(blocks: [.paragraph(inlines)]).markdown()
  }

  @Test(arguments: [
    ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
    ("[x](javascript:alert(1))", "\\[x\\](javascript:alert(1))"), ("![x](y)", "\\!\\[x\\](y)"),
    ("*a* _b_ `c` ~~d~~", "\\*a\\* \\_b\\_ \\`c\\` \\~\\~d\\~\\~"), ("a | b", "a \\| b"),
    ("&lt;b&gt;", "&amp;lt;b&amp;gt;"), ("costs $5 or $6", "costs \\$5 or \\$6"),
    ("# no heading", "\\# no heading"), ("- no list", "\\- no list"), ("+ no list", "\\+ no list"),
    ("1. no list", "1\\. no list"), ("2) no list", "2\\) no list"),
    ("=== no rule", "\\=== no rule"),
    ("> no quotation", "&gt; no quotation"), ("    no code", "no code"), ("a\nb", "a b"),
    ("a\\", "a\\\\"), ("\u{1B}[31m", "␛\\[31m"),
    ("1.5 and i.e. that's all", "1.5 and i.e. that's all"),
  ])
  func `text is shown as it stands`(text: String, expected: String) {
    #expect(Self.paragraph(.text(text)) == expected + "\n")
  }

  @Test(
    arguments: [
      (v("w1"), "$w _1$"), (.fraction(v("x"), v("y")), "$x/y$"),
      (.relation(v("x"), .less, v("y")), "$x \\lt y$"),
      (.indicator(greater(v("x"), n("0"))), "$\\mathbf{1}\\lbrack x > 0\\rbrack$"),
      (.call("ReLU", v("x")), "$\\mathop{\\mathrm{ReLU}}(x)$"),
      (times(v("x"), v("y")), "$x\\thinspace y$"),
      (.evaluated(v("x"), at: v("y")), "$\\left.x\\right\\vert _{y}$"),
      (.highlighted(v("x"), .bad), "${\\color{red}{x}}$"),
      (.relation(v("x"), .definedAs, v("y")), "$x := y$"),
      (.text("<b>$|\\}"), "$\\text{＜b>＄｜＼｝}$"), (.text("[x](y)"), "$\\text{[x]（y)}$"),
      (.name("<b>"), "$\\mathrm{\\text{＜}b\\text{>}}$"),
    ] as [(Formula, String)])
  func `formulas use no sign that Markdown takes for its own`(formula: Formula, expected: String) {
    #expect(Self.paragraph(.formula(formula)) == expected + "\n")
  }

  @Test func `no formula holds a sign that Markdown takes for its own`() {
    for seed in 1...200 as ClosedRange<UInt64> {
      var random = RandomFormula(seed: seed)
      let text = Self.paragraph(.formula(random.formula(5)))
      var previous: Character = " "
      for character in text {
        let isTaken =
          switch character {
          case "<", "|", "*", "`", "#": true
          // The degree of a root stands in brackets: \sqrt[{3}]{x}.
          case "[": previous != "t"
          case "]": previous != "}"
          case "_": previous != " "
          default: previous == "\\" && !character.isLetter && character != "."
          }
        if isTaken {
          Issue.record("seed \(seed): \(previous)\(character) in \(text)")
          return
        }
        previous = character
      }
    }
  }

  @Test func `spaces at the ends of emphasis stand outside its marks`() {
    #expect(Self.paragraph(.strong(["Find "]), .formula(v("x")), ".") == "**Find** $x$.\n")
  }

  @Test func `words keep their distance from dollar signs`() {
    #expect(Self.paragraph("a", .formula(v("x")), "b") == "a $x$ b\n")
  }

  @Test(arguments: [("a`b", "``a`b``"), ("`", "`` ` ``"), ("<b>", "`<b>`"), ("a\nb", "`a b`")])
  func `a code span is fenced by more backticks than it holds`(code: String, expected: String) {
    #expect(Self.paragraph(.code(code)) == expected + "\n")
  }

  @Test func `a code block is fenced by more backticks than it holds`() {
    let text = Document(blocks: [.code("```\n<script>\n````")]).markdown()
    #expect(text == "`````\n```\n<script>\n````\n`````\n")
  }

  @Test func `a table is a pipe table whose cells hold no pipes of their own`() {
    let table = Table(
      header: [["a|b"], [.formula(.absoluteValue(v("x")))]], rows: [[[.code("c|d")]], [[], ["e"]]])
    #expect(
      Document(blocks: [.table(table)]).markdown()
        == """
        | a\\|b | $\\lvert x\\rvert$ |
        | --- | --- |
        | `c\\|d` |  |
        |  | e |

        """)
  }

  @Test func `a result is boxed, with its number beside it`() {
    let result = Block.result(equation(v("x"), n("1")), also: nil, label: "a")
    #expect(
      Document(blocks: [result]).markdown()
        == "$$\n\\boxed{x = 1} \\qquad \\text{(1)}\n$$\n")
  }

  @Test func `mathematics that begins with a sign begins no list`() {
    #expect(
      Document(blocks: [.displayLatex("+ x")]).markdown() == "$$\n{}+ x\n$$\n")
  }
}
