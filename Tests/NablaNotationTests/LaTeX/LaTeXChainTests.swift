import NablaNotation
import Testing

/// Rows, remarks and conditions around the mathematics.
struct LaTeXChainTests {
  struct Row: Sendable {
    let latex: String
    let reading: String
    var declarations = ""
  }

  static let rows = [
    Row(latex: "= a", reading: "nothing equal a"),
    Row(
      latex: #"A \\ =& B \\ & - C \\ & \phantom{=} + D = E"#, reading: "A equal B - C + D equal E"),
    Row(latex: #"a = b \text{ (chain rule)} \\ = c"#, reading: "a equal b equal c ((chain rule))"),
    Row(
      latex: #"a = b \quad (\text{since } \sum_j y_j = 1)"#,
      reading: "a equal b when sum(j, y[j]) = 1 (since)"),
    Row(
      latex: #"\frac{\partial P_i}{\partial h_j} = -P_i P_j, \quad i \neq j"#,
      reading: "dP[i]/dh[j] equal -P[i]*P[j] when i != j"),
    Row(latex: #"= P_i \quad (i = j)"#, reading: "nothing equal P[i] when i = j"),
    Row(latex: #"x_i = 2, \quad i = 1, \ldots, N"#, reading: "x[i] equal 2 (i 1) (…) (N)"),
    Row(latex: #"x = \ldots"#, reading: "x equal nothing"),
    Row(
      latex: #"\therefore x = 2 \Rightarrow y = 3 \text{ where } z = 5"#,
      reading: "z equal 5 (where) ;; x equal 2 implies y equal 3 (therefore)"),
    Row(latex: #"\text{Now the second layer:}"#, reading: "'Now the second layer:'"),
    Row(
      latex: #"W \in \mathbb{R}^{K \times D}"#, reading: "W belongs R[K, D]",
      declarations: "matrix W[K, D]"),
    Row(latex: #"\text{size of } A = 1024 \times 32"#, reading: "A equal R[1024, 32] (size of)"),
    Row(latex: #"a + \foo b = c"#, reading: "unreadable 4-8 equal c"),
    Row(latex: "a = b =: c", reading: "a equal b ;; c defines b"),
    Row(
      latex: #"\text{For } i \neq j: P_i = 0"#, reading: "P[i] equal 0 when i != j (For)"),
    Row(latex: #"\text{If } i = j"#, reading: "'If' when i = j"),
    Row(latex: #"a = b \text{ times } c"#, reading: "a equal unreadable 4-22 (times)"),
    Row(latex: #"a = b \text{ and } c"#, reading: "a equal b ;; c (and)"),
    Row(latex: "x = 1, 2", reading: "x equal 1 ;; 2"),
    Row(latex: #"w \leftarrow w - 1"#, reading: "w assigns w - 1"),
    Row(latex: "0,5 = 1{,}5", reading: "0.5 equal 1.5"),
  ]

  @Test(arguments: rows) func `a formula becomes chains`(_ row: Row) {
    #expect(reading(row.latex, vocabulary(row.declarations)) == row.reading)
  }

  @Test func `every part of a tree knows its characters`() throws {
    let source = SourceText(name: "test", #"noise \frac{a}{b} + \hat y_1"#)
    let text = TracedText(source, in: SourceRange(6, source.bytes.count))
    let formula = readLaTeX(text, vocabulary: vocabulary(""), macros: MacroTable())
    guard case .expression(let syntax)? = formula.chains.first?.members.first?.content,
      case .sum(let terms) = syntax.kind
    else {
      Issue.record("a sum was expected")
      return
    }
    #expect(source.text(in: terms[0].term.range) == #"\frac{a}{b}"#)
    #expect(source.text(in: terms[1].term.range) == #"\hat y_1"#)
  }

  @Test(arguments: [
    (#"\frac{a}{b"#, Repair.Kind.delimiter), ("a = b}", .delimiter),
    (#"\begin{aligned} a = b"#, .environment), (#"a = b \end{aligned}"#, .environment),
    ("v = y + x + 0", .script), (#"\frac{\partial L}{\partial hi}"#, .script),
    (#"\frac{\delta L}{\delta w}"#, .differential),
  ]) func `damage is repaired and reported`(_ latex: String, _ kind: Repair.Kind) {
    let names = vocabulary("scalar x0, y, v, L, w; index i = 1..N; vector h[N]")
    let formula = readLaTeX(traced(latex), vocabulary: names, macros: MacroTable())
    #expect(formula.repairs.map { $0.kind } == [kind])
  }
}
