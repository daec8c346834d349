import NablaRendering
import Testing

@Suite struct ProseTests {
  @Test(arguments: [
    ("$\\sigma(x)$", "σ(x)"), ("$\\frac{\\partial L}{\\partial h_i}$", "∂L/∂hᵢ"),
    ("$h \\in \\mathbb{R}^N$", "h ∈ ℝᴺ"), ("$\\frac a{b+1}$", "a/(b + 1)"),
    ("$\\sum_{k=1}^K e^{h_k}$", "Σₖ₌₁ᴷ e^(hₖ)"), ("$\\hat y_i$", "ŷᵢ"), ("$W^\\top x$", "Wᵀx"),
    ("$\\left(\\frac12\\right)^2$", "(½)²"), ("$x \\neq 0$", "x ≠ 0"), ("$-x - y$", "−x − y"),
    ("$f'(x)$", "f′(x)"), ("$\\log P_j$", "log Pⱼ"),
    ("$\\begin{cases} x & x > 0 \\\\ 0 & x \\le 0 \\end{cases}$", "{x x > 0; 0 x ≤ 0}"),
    ("$\\lceil S/B\\rceil$", "⌈S/B⌉"), ("$\\left\\lfloor x \\right\\rfloor$", "⌊x⌋"),
    ("$\\lVert w\\rVert^2$", "‖w‖²"), ("$\\text{if } x$", "if x"), ("$3.5 \\cdot 2$", "3.5·2"),
  ])
  func `mathematics in prose is readable in a terminal`(markdown: String, expected: String) {
    #expect(Document(blocks: Document.parseProse(markdown)).terminal(width: 80) == expected + "\n")
  }

  @Test func `paragraphs, lists, emphasis and code are told apart`() {
    let blocks = Document.parseProse(
      """
      A *first* and **second** `code_1` with snake_case_name
      going on.

      - one $x$
      - two
        continued

      1. first

      ```
      raw *text*
      ```
      $$a = b$$
      Price \\$5.
      """)
    #expect(
      blocks == [
        .paragraph([
          "A ", .emphasis(["first"]), " and ", .strong(["second"]), " ", .code("code_1"),
          " with snake_case_name going on.",
        ]),
        .list(ordered: false, [["one ", .latex("x")], ["two continued"]]),
        .list(ordered: true, [["first"]]),
        .code("raw *text*"),
        .displayLatex("a = b"),
        .paragraph(["Price $5."]),
      ])
  }

  @Test func `a table of an author is a table`() {
    let blocks = Document.parseProse(
      """
      Before:
      | batch $|B|$ | `a|b` | c \\| d |
      | ---: | :--- | --- |
      | 1 | *two* |
      after
      """)
    #expect(
      blocks == [
        .paragraph(["Before:"]),
        .table(
          Table(
            header: [["batch ", .latex("|B|")], [.code("a|b")], ["c | d"]],
            rows: [[["1"], [.emphasis(["two"])], []]])),
        .paragraph(["after"]),
      ])
  }

  @Test(arguments: ["|", "||", "| a", "|---|", "| a |\n| b |", "| a |\n|-|", "|\\"])
  func `bars that make no table are kept or make an empty one`(markdown: String) {
    #expect(Document.parseProse(markdown).count == 1)
  }

  @Test func `a fragment provides the macros that it uses, and no others`() {
    let row = DerivationRow(.name("a"), .equal, .name("b"), because: ["reason"])
    let text = Document(blocks: [.derivation([row])]).latex(isFragment: true)
    #expect(text.contains("\\providecommand{\\why}[2]"), "\(text)")
    #expect(!text.contains("{\\checked}"), "\(text)")
    #expect(!text.contains("\\newcommand"), "\(text)")
  }

  @Test(arguments: ["> said so", ">said so"])
  func `a quotation is a paragraph`(markdown: String) {
    #expect(Document(blocks: Document.parseProse(markdown)).plain().contains("said so"))
  }

  @Test func `norms and code compile in the default fonts of LaTeX`() {
    let text = Document(blocks: Document.parseProse("$\\lVert w\\rVert$ and `\\a{b}`")).latex()
    #expect(text.contains("\\Vert"))
    #expect(text.contains("\\char92{}a\\char123{}b\\char125{}"))
    #expect(!text.contains("U+2016"))
  }

  @Test(arguments: ["*", "**", "$", "`", "\\", "* a", "$$", "_", "```", "*a _b* c_", "#", "# "])
  func `unfinished marks are text`(markdown: String) {
    let text = Document(blocks: Document.parseProse(markdown)).plain()
    #expect(text.utf8.count <= markdown.utf8.count + 8)
  }
}
