import NablaNotation
import Testing

// swift-format-ignore
private let mistakes: [(names: String, text: String, diagnostic: String)] = [
  ("", "2x",              "juxtaposition 1-2: juxtaposition is not multiplication; did you mean '2*x'?"),
  ("", "(a)(b)",          "juxtaposition 3-4: juxtaposition is not multiplication; did you mean ')*('?"),
  ("", "f(a b)",          "juxtaposition 4-5: juxtaposition is not multiplication; did you mean 'a*b'?"),
  ("", "a +",             "unexpected-end 3-3: unexpected end, expected an expression"),
  ("", "",                "unexpected-end 0-0: unexpected end, expected an expression"),
  ("", "a * / b",         "unexpected-token 4-5: unexpected '/', expected an expression"),
  ("", "f(a, (b + c)",    "unclosed-bracket 1-2: '(' is never closed"),
  ("", "(a +",            "unclosed-bracket 0-1: '(' is never closed"),
  ("", "(a]",             "mismatched-bracket 0-1: '(' is closed by ']'"),
  ("", "a)",              "unopened-bracket 1-2: ')' has no opening bracket"),
  ("", "a $ b",           "unexpected-character 2-3: unexpected character '$'"),
  ("", "a ** b",          "unexpected-character 2-4: '**' is not an operator; did you mean '^'?"),
  ("", "a == b",          "unexpected-character 2-4: '==' is not an operator; did you mean '='?"),
  ("", "a \u{1B}[31m",    "unexpected-character 2-3: unexpected character '\\u{1B}'"),
  ("", "é",               "unexpected-character 0-2: unexpected character 'é'"),
  ("", "∫ x",             "unexpected-character 0-3: integrals are not supported"),
  ("", "integral(x, x)",  "unsupported 0-8: 'integral' was met, but integrals are not supported"),
  ("", "1 + int(x, x)",   "unsupported 4-7: 'int' was met, but integrals are not supported"),
  ("", "limit(x, x)",     "unsupported 0-5: 'limit' was met, but limits are not supported"),
  ("", "conj(z)",         "unsupported 0-4: 'conj' was met, but complex numbers are not supported"),
  ("", "[1, 2; 3]",       "ragged-matrix 7-8: row 2 of the matrix has 1 entries, the first has 2"),
  ("", "[]",              "unexpected-token 1-2: unexpected ']', expected an expression"),
  ("", "sum(a*b, c)",     "expected-index 4-7: only the last entry of 'sum' is an expression, expected an index such as k, k != i or k = 1..K"),
  ("", "sum(k = 1, c)",   "unexpected-token 9-10: unexpected ',', expected a range such as 1..N"),
  ("", "diff(x)",         "expected-variable 0-4: 'diff' has no variable, expected what to differentiate by, as in diff(f, x)"),
  ("", "diff(x, x, 0.5)", "derivative-order 11-14: '0.5' is not an order, expected a whole number from 1 to 1000"),
  ("", "piecewise(x: 1",  "unclosed-bracket 9-10: '(' is never closed"),
  ("", "piecewise(x, 1)", "unexpected-token 11-12: unexpected ',', expected ':' and a value"),
  ("", "∂x + 1",          "incomplete-derivative 0-4: '∂' begins a derivative, expected a quotient such as ∂L/∂x"),
  ("z x dz dx", "dz/dx",  "ambiguous-derivative 0-5: 'dz/dx' may be a derivative or a quotient, since 'dz' is a name too, expected diff(z, x) or (dz)/(dx)"),
  ("L h", "dL/dhh[i]",    "unknown-name 4-6: unknown name 'hh'; did you mean 'h'?"),
  ("LL h", "d^2L/dh^2",   "unknown-name 3-4: unknown name 'L'; did you mean 'LL'?"),
  ("L h", "d^2L/dh",      "derivative-order 0-7: the order above does not match the order 1 below"),
]

@Suite struct ExpressionDiagnosticTests {
  @Test(arguments: mistakes)
  func `a mistake is named where it stands`(
    _ row: (names: String, text: String, diagnostic: String)
  ) {
    #expect(dump(row.text, known(row.names)) == row.diagnostic)
  }

  @Test func `bytes that are not UTF-8 are refused with their place`() {
    let source = SourceText(name: "test", bytes: [0x61, 0x2B, 0xC3, 0x28])
    #expect(throws: Diagnostic.self) { try parseExpression(source, known: KnownNames()) }
    do throws(Diagnostic) {
      _ = try parseExpression(source, known: KnownNames())
    } catch {
      #expect(describe(error, source) == "invalid-utf8 2-3: the text is not UTF-8 at byte 2")
    }
  }

  @Test(arguments: ["(", "-", "2^", "f(", "h[", "[", "1[", "not ", "x + (", "sum(k, ", "diff("])
  func `nesting is limited`(_ opening: String) {
    let deep = String(repeating: opening, count: 100_000) + "x"
    #expect(dump(deep).contains("nesting is deeper than the limit of 256 levels"))
  }

  @Test(arguments: ["'", "²", "[i]"])
  func `postfix operators are limited`(_ ending: String) {
    let deep = "x" + String(repeating: ending + " ", count: 100_000)
    #expect(dump(deep).contains("nesting is deeper than the limit of 256 levels"))
  }

  @Test func `two hundred levels of brackets are read`() {
    let text = String(repeating: "(a + ", count: 200) + "b" + String(repeating: ")", count: 200)
    #expect(dump(text).hasPrefix("(+ a (+ a (+ a"))
  }

  @Test(arguments: [" + ", " - ", " * ", " / ", " .* ", " < ", " and ", " or "])
  func `long chains are no nesting`(_ operation: String) {
    let text = Array(repeating: "x", count: 100_000).joined(separator: operation)
    #expect(dump(text).utf8.count > 200_000)
  }

  @Test func `a line of ten megabytes is refused`() {
    let text = String(repeating: "x+", count: 5_000_000) + "x"
    #expect(dump(text) == "line-too-long 0-0: line 1 is longer than the limit of 1048576 bytes")
  }
}
