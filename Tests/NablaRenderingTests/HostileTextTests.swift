import NablaRendering
import Testing

@Suite struct HostileTextTests {
  @Test(arguments: [
    "\\input{/etc/passwd}", "\\write18{rm -rf}", "\\catcode`\\%=12", "\\def\\x{}",
    "\\csname x\\endcsname",
    "^^5cinput{x}", "x^2^3", "\\frac{1}", "{", "}", "\\left( x", "$",
    "\\begin{verbatim}x\\end{verbatim}",
    "\\text{\\input{x}}", "\\mathrm{\\def}", "#1", "a & b", "x \\\\ y", "\\immediate", "%", "\\",
    "x_",
    "\\sum_a_b x", "\\operatorname{\\input x}",
  ])
  func `unknown LaTeX of an author is shown as text`(latex: String) {
    let page = Document(blocks: [.paragraph([.latex(latex)])]).latex(isFragment: true)
    #expect(page.hasPrefix("\\texttt{\\$"))
    for command in ["\\input", "\\write", "\\catcode", "\\def", "\\csname", "\\immediate", "^^"] {
      #expect(!page.contains(command))
    }
  }

  @Test(arguments: [
    ("\\", "\\textbackslash{}"), ("50%", "50\\%"), ("a_b", "a\\_b"), ("{x}", "\\{x\\}"),
    ("#&$", "\\#\\&\\$"), ("~^", "\\textasciitilde{}\\textasciicircum{}"), ("é", "é"),
    ("λ", "\\ensuremath{\\lambda}"), ("x₁", "x\\ensuremath{_1}"),
    ("字", "{[}U+5B57{]}\\allowbreak{}"),
    ("\u{1B}", "{[}U+001B{]}\\allowbreak{}"), ("e\u{301}", "\\'{e}"), ("a\n\nb", "a  b"),
    ("say \"hi\"", "say ``hi''"),
  ])
  func `text is escaped for LaTeX`(text: String, expected: String) {
    #expect(
      Document(blocks: [.paragraph([.text(text)])]).latex(isFragment: true) == expected + "\n")
  }

  @Test func `hostile names and words inside formulas are escaped`() {
    let formula = Formula.sum([
      .init(.plus, .name("\\input{x}")), .init(.plus, .text("}\\def\\x{")),
      .init(.plus, .number("1}\\write")), .init(.plus, .call("\\csname", .name("%"))),
    ])
    let latex = formula.latex()
    for command in ["\\input", "\\def", "\\write", "\\csname"] { #expect(!latex.contains(command)) }
  }

  @Test func `control characters never reach the terminal`() {
    let hostile = "\u{1B}[31m\u{9B}2J\u{202E}x\u{7}"
    let document = Document(
      title: [.text(hostile)],
      blocks: [
        .paragraph([.text(hostile), .code(hostile), .latex(hostile), .formula(.name(hostile))]),
        .code(hostile), .list(ordered: false, [[.text(hostile)]]), .display(.text(hostile)),
      ])
    for text in [document.terminal(width: 80), document.plain()] {
      for scalar in text.unicodeScalars {
        let isHarmless =
          scalar == "\n" || (scalar.value >= 32 && scalar.value < 127)
          || (scalar.value >= 0xA0 && scalar != "\u{202E}")
        #expect(isHarmless, "U+\(String(scalar.value, radix: 16))")
      }
    }
  }

  @Test func `deep nesting in an author's formula is refused`() {
    let deep = String(repeating: "{", count: 5000) + String(repeating: "}", count: 5000)
    let page = Document(blocks: [.paragraph([.latex(deep)])]).latex(isFragment: true)
    #expect(page.hasPrefix("\\texttt{"))
  }
}
