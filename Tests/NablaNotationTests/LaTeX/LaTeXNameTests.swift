import NablaNotation
import Testing

/// Names that are spelled in a way of their own.
struct LaTeXNameTests {
  private static func spelled(_ pairs: [(String, String)]) -> LaTeXVocabulary {
    var names = vocabulary("vector P[N], s2[N]; matrix w1[N, N]; index i, j = 1..N")
    for (latex, name) in pairs {
      names.spellings.append(LaTeXVocabulary.Spelling(latex: latex, name: name))
    }
    return names
  }

  @Test(arguments: [
    ("o_i", "o", "P", "P[i]"), ("o_i(1 - o_i)", "o", "P", "P[i]*(1 - P[i])"),
    (#"\hat o_i"#, #"\hat{o}"#, "P", "P[i]"), ("q_{1}^{(1)}", "q^{(1)}", "s2", "s2[1]"),
    ("W^{[1]}_{ij}", "W^{[1]}", "w1", "w1[i, j]"), (#"\mathbf{W}^1"#, "W^{1}", "w1", "w1"),
    (#"\theta_{\text{out}}"#, #"\theta_{out}"#, "s2", "s2"),
  ]) func `a spelling names what it was given for`(
    _ latex: String, _ spelling: String, _ name: String, _ expected: String
  ) {
    #expect(reading(latex, Self.spelled([(spelling, name)])) == expected)
  }

  @Test func `a bold one is a vector of ones where its size is known`() {
    var names = vocabulary("vector x[N]; dimension N")
    #expect(reading(#"\mathbf 1_N^T x"#, names) == "ones(N)'*x")
    #expect(reading(#"\mathbf 1^T x"#, names) == "unreadable 0-9")
    names.sizeOfOnes = "N"
    #expect(reading(#"\mathbf 1^T x"#, names) == "ones(N)'*x")
  }

  @Test(arguments: [
    ("w_1^{new}", "w1_new"), (#"w^{\text{old}}"#, "w_old"), ("A_{ij}^T", "A'[i, j]"),
    (#"A^\top_{ij}"#, "A'[i, j]"), ("A_{ij}^{-1}", "unreadable 0-11"),
    ("(A^{-1})_{ij}", "(A^(-1))[i, j]"), (#"\operatorname{sigm}(x)"#, "sigm(x)"),
    (#"a \not= b"#, "a notEqual b"), (#"\partial_x^2 f"#, "d^2f/dx^2"),
  ]) func `scripts are told apart`(_ latex: String, _ expected: String) {
    #expect(reading(latex, vocabulary("matrix A[N, N]; scalar x")) == expected)
  }

  @Test func `unknown names need not take indices`() {
    var names = vocabulary("")
    #expect(reading("q_i", names) == "q[i]")
    names.unknownsTakeIndices = false
    #expect(reading("q_i", names) == "q_i")
  }
}
