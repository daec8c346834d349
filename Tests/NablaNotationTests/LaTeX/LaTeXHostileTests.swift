import NablaNotation
import Testing

/// Input that means harm ends with a message, in linear time and on a bounded stack.
struct LaTeXHostileTests {
  static let pieces = [
    "{", "}", "(", ")", "[", "|", "||", "$", "&", "\\", "^", "_", "'", "-", "+", "=", ",", "1,",
    "x^",
    "x_{", "{}", #"\{"#, #"\\"#, #"\\["#, #"\frac"#, #"\frac{a}{"#, #"\frac{d}{dx}"#, #"\sqrt["#,
    #"\hat"#, #"\hat{"#, #"\left("#, #"\right)"#, #"\left."#, #"\begin{cases}"#, #"\end{cases}"#,
    #"\begin{array}{c"#, #"\left\{\begin{array}{c} a"#, #"\sum_i "#, #"\log "#, #"\partial "#,
    #"\nabla_x "#, #"\text{"#, #"\text{$"#, #"\mathrm{"#, #"\boxed{"#, #"\underbrace{"#, #"\tag{"#,
    #"\mathbf{"#, #"\mathbb{"#, #"\substack{"#, #"\stackrel{"#, #"\over "#, "f(", "a(", "1(x>",
    "d ",
    "d", "a", #"\input{/etc/passwd}"#, #"\write18{rm}"#, "\u{0}", "\u{7F}", "é", "𝐱", "²", "ᵢ", "½",
  ]

  @Test(arguments: pieces) func `a piece repeated is read or refused`(_ piece: String) {
    for count in [1, 7, 300] {
      let text = String(repeating: piece, count: count)
      let whole = SourceRange(0, text.utf8.count)
      for latex in [text, text + " x", text + "} = (b"] {
        let formula = readLaTeX(traced(latex), vocabulary: vocabulary(""), macros: MacroTable())
        for chain in formula.chains {
          #expect(chain.links.count + 1 == chain.members.count)
          #expect(chain.range.lower >= 0 && chain.range.upper <= whole.upper + 10)
        }
      }
    }
  }

  @Test func `bytes that are no text are refused`() {
    var generator = SeededGenerator(seed: 5)
    let alphabet = Array(#"\{}[]()^_&|$',.+-*/=<> abdexijL1\frac\partial\sum\left\right\text"#.utf8)
    for _ in 0..<1000 {
      var bytes: [UInt8] = []
      for _ in 0..<Int(generator.next() % 60) {
        let isWild = generator.next() % 20 == 0
        bytes.append(
          isWild
            ? UInt8(truncatingIfNeeded: generator.next())
            : alphabet[Int(generator.next() % UInt64(alphabet.count))])
      }
      let source = SourceText(name: "noise", bytes: bytes)
      let text = TracedText(source, in: SourceRange(0, bytes.count))
      let formula = readLaTeX(text, vocabulary: vocabulary("scalar L"), macros: MacroTable())
      for chain in formula.chains {
        #expect(chain.links.count + 1 == chain.members.count)
      }
    }
  }
}
