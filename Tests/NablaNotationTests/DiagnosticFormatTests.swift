import NablaNotation
import Testing

@Suite struct DiagnosticFormatTests {
  @Test func `a diagnostic shows its line with the place marked`() {
    let source = SourceText(name: "Problems/x.md", "a\nL = -sum(j, y[j]*log(hh[j]))\n")
    let diagnostic = Diagnostic(
      "unknown-name", "unknown name 'hh'", at: SourceRange(24, 26), suggestion: "h")
    #expect(
      diagnostic.formatted(in: source) == """
        Problems/x.md:2:23: error: unknown name 'hh'; did you mean 'h'?
          L = -sum(j, y[j]*log(hh[j]))
                                ^~
        """)
  }

  @Test func `columns count characters`() {
    let source = SourceText(name: "x", "ŷ = 👩‍👩‍👧 + q")
    #expect(source.position(at: source.bytes.count - 1).column == 9)
  }

  @Test func `the end of a text is a place too`() {
    let source = SourceText(name: "x", "a +")
    let diagnostic = Diagnostic("unexpected-end", "unexpected end", at: SourceRange(3, 3))
    #expect(diagnostic.formatted(in: source) == "x:1:4: error: unexpected end\n  a +\n     ^")
  }

  @Test func `control characters are escaped`() {
    let source = SourceText(name: "\u{1B}x", "a\u{1B}[31m\tb")
    let diagnostic = Diagnostic("x", "m", at: SourceRange(7, 8))
    #expect(
      diagnostic.formatted(in: source)
        == "\\u{1B}x:1:8: error: m\n  a\\u{1B}[31m b\n              ^")
  }

  @Test func `of a long line a window is shown`() {
    let source = SourceText(
      name: "x", String(repeating: "a", count: 5000) + "!" + String(repeating: "b", count: 5000))
    let lines = Diagnostic("x", "m", at: SourceRange(5000, 5001)).formatted(in: source)
      .split(separator: "\n")
    let excerpt =
      "  …" + String(repeating: "a", count: 60) + "!" + String(repeating: "b", count: 39) + "…"
    #expect(lines[1] == excerpt)
    #expect(lines[2] == String(repeating: " ", count: 63) + "^")
  }

  // swift-format-ignore
  @Test(arguments: [
    ("hh",       ["h", "x"],                  "h"),
    ("derve",    ["derive", "prove"],         "derive"),
    ("relu",     ["ReLU", "exp"],             "ReLU"),
    ("sotfmax",  ["softmax", "softplus"],     "softmax"),
    ("q",        ["h", "x"],                  nil),
    ("entirely", ["different", "words"],      nil),
    ("h",        ["h"],                       nil),
    ("w1",       ["w2", "x1", "w0"],          "w0"),
  ] as [(String, [String], String?)])
  func `the nearest spelling is near`(_ name: String, _ among: [String], _ nearest: String?) {
    #expect(nearestSpelling(to: name, among: among) == nearest)
  }

  @Test func `every built-in function is found by its name`() {
    for function in BuiltInNames.functions {
      #expect(BuiltInNames.function(named: function.name)?.name == function.name)
    }
    #expect(BuiltInNames.function(named: "sigma")?.name == "sigmoid")
    #expect(BuiltInNames.function(named: "nothing") == nil)
  }
}
