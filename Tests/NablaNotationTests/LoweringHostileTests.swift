import NablaNotation
import Testing

/// As deep as the parser reads, and what comes out must come out without a trap.
// swift-format-ignore
private let deep: [(open: String, inner: String, close: String)] = [
  ("(",                  "x",  ")/2/2"),
  ("max(1, ",            "x",  ")"),
  ("sin(",               "x",  ")"),
  ("-(2*",               "x",  ")"),
  ("2^(",                "x",  ")"),
  ("1/(1 + ",            "x",  ")"),
  ("piecewise(x > 0: ",  "x",  ", else: 1)"),
  ("1[0 < ",             "x",  "]"),
  ("diff(",              "x",  ", x)"),
  ("sum(n = 1..3, 2*sin(", "x",  "))"),
]

@Test(arguments: deep)
func `deep nesting is lowered or refused`(open: String, inner: String, close: String) {
  for depth in [50, 120, 250] {
    let text =
      String(repeating: open, count: depth) + inner + String(repeating: close, count: depth)
    let result = lowered(text, commandLine: true)
    #expect(!result.isEmpty)
    if depth == 50, !open.hasPrefix("sum") { #expect(result.hasPrefix("(")) }
  }
}

// swift-format-ignore
private let large: [String] = [
  "x/(9^9^9^9^9)",
  "x/(9^999999999999)",
  "x/(1e9999*1e9999 - 1e9999*1e9999)",
  "sum(n = 1..9^9^9, x)",
  "sum(n = -9223372036854775808..9223372036854775807, n*x)",
]

@Test(arguments: large)
func `large numbers are left as they stand`(text: String) {
  #expect(!lowered(text, commandLine: true).isEmpty)
}

// swift-format-ignore
private let largeSizes: [String] = [
  "vector h[0..9223372036854775807]\nat h[9223372036854775807] = 1",
  "vector h[-9223372036854775808..5]\nat h[5] = 1",
  "vector h[N]\nat h[9223372036854775807] = 1",
  "vector h[99999999999]\nat h = onehot(3)",
  "vector h[-3..3]\nat h = onehot(9223372036854775807)",
  "matrix W[N, K]\nat W[9999, 9999] = 1",
  "dimension D = 99999999999999999999",
  "vector h[N*N]\nat h = [1, 2]",
  "vector h[2*N]\nat h = [1, 2, 3]",
]

@Test(arguments: largeSizes)
func `sizes beyond reason are refused`(text: String) {
  #expect(!ReadStatements(text).diagnostics.isEmpty)
}

@Test func `many mistakes cost little`() {
  let lines = (0..<2000).map { "x\($0) = y\($0)" }
  #expect(ReadStatements(lines.joined(separator: "\n")).diagnostics.count == 2000)
}

// swift-format-ignore
private let deepArrays: [(open: String, inner: String, close: String)] = [
  ("softmax(",    "x",  ")"),
  ("(",           "x",  ")'"),
  ("inv(",        "A",  ")"),
  ("(",           "A",  ")^2"),
  ("exp(",        "x",  ")"),
  ("A*(",         "x",  ")"),
  ("x .* (",      "x",  ")/2"),
  ("norm(x*",     "1",  ")"),
  ("1[",          "x",  " > 0]"),
  ("[",           "x'*x", "]"),
  ("diag(diag(",  "A",  "))"),
  ("diff(",       "x'*x", ", x)'*x"),
  ("(",           "x",  ")" + String(repeating: "/2", count: 30)),
  ("(",           "A",  ")" + String(repeating: " .* A*A", count: 30)),
]

@Test(arguments: deepArrays)
func `deep nesting of arrays is lowered or refused`(open: String, inner: String, close: String) {
  for depth in [10, 50, 120, 250] {
    let text =
      String(repeating: open, count: depth) + inner + String(repeating: close, count: depth)
    #expect(!shaped(text, given: "vector x[N]\nmatrix A[N, N]").isEmpty)
  }
}

// swift-format-ignore
private let longArrays: [(first: String, more: String)] = [
  ("x", " + x"), ("x", "/2"), ("A", "*A"), ("A", " .* A"), ("A", " .* A*A"), ("x'*x", "*x'*x"),
  ("x", " - onehot(1)"), ("[1", ", 1"), ("x", "'"),
]

@Test(arguments: longArrays)
func `long chains of arrays are lowered or refused`(first: String, more: String) {
  let text = first + String(repeating: more, count: 3000) + (first == "[1" ? "]" : "")
  #expect(!shaped(text, given: "vector x[N]\nmatrix A[N, N]").isEmpty)
}
