import NablaNotation
import Testing

@Suite struct SubmissionHostileTests {
  private static func flood(_ text: String) -> [UInt8] {
    let piece = Array(text.utf8)
    return (0..<200_000 / piece.count).flatMap { _ in piece }
  }

  @Test(arguments: [
    "$", "$$ a\n\n", "{", "}", "${", "\\begin{align}", "\\end{align}", "\\(", "\\[", "`", "```\n",
    "> ", "\\text{", "$\\text{", "rac{", "$rac{", "egin{split}", "if i = j ", "= (", "(= ( = (\n",
    "\\def\\a{", "\\newcommand\\a[", "\\section{", "\\input{a}", "\\begin{verbatim}", "%", "\n",
    "T1\nAnswer\n", "# a\n$x$\n", "{\"cells\":[", "[", "\"\\u", "<a", "x_{", "\0", "(a) ", "$x$ = ",
  ])
  func `a flood of marks is read in all formats`(text: String) {
    let bytes = Self.flood(text)
    for format in SubmissionFormat.allCases {
      let submission = readSubmission(SourceText(name: "test", bytes: bytes), as: format)
      #expect(submission.repairs.count <= 4000)
    }
  }

  @Test func `bytes that are not UTF-8 are reported once and read over`() {
    let bytes: [UInt8] = Array("$a".utf8) + [0xFF, 0xFE, 0xC3] + Array("=b$ and $c$".utf8)
    #expect(
      submissionDump(bytes, as: .text) == """
        formula 1 statement inline a\u{FFFD}\u{FFFD}=b
        prose 1 and
        formula 1 statement inline c
        ! 1 invalid-utf8
        """)
  }

  @Test func `deep nesting in a notebook is refused`() {
    let bytes = Self.flood("{\"cells\":")
    #expect(submissionDump(bytes, as: .notebook) == "! 1 invalid-notebook")
  }

  @Test(arguments: 0..<40)
  func `mixtures of marks are read in all formats`(seed: Int) {
    let pieces = [
      "$", "$$", "\\begin{align}", "\\end{align}", "egin{split}", "{", "}", "\\", " ", "\n", "\n\n",
      "&", "\\\\", "if i = j", "`", "```", "T1. ", "Answer", "= ", "rac{", "\t", "\u{8}eta", "#",
      "\\newcommand{\\a}{", "\\def\\x", "1024 x 32", "(a) ", "\"", "\\item", "\\section{", "%",
      "\\text{", "\\(", "\\)", "\\[", "\\]", ">", "- ", "1. ", "\\end{}", "x_1 ", "∂", "\r", "\0",
    ]
    var generator = SeededGenerator(seed: UInt64(seed))
    for _ in 0..<50 {
      let count = Int.random(in: 1...40, using: &generator)
      let text = (0..<count).map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
      for format in SubmissionFormat.allCases {
        let source = SourceText(name: "test", text)
        for item in readSubmission(source, as: format).items {
          guard case .formula(let formula) = item else { continue }
          let origin = formula.text.origin(of: SourceRange(0, formula.text.bytes.count))
          #expect(origin.lower >= 0 && origin.upper <= source.bytes.count)
        }
      }
    }
  }
}
