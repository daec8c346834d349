import NablaNotation
import Testing

@Suite struct SubmissionDamageTests {
  struct Row: CustomTestStringConvertible, Sendable {
    var damaged: String
    var repaired: String
    var kinds: [Repair.Kind]
    var testDescription: String { damaged }

    init(_ damaged: String, _ repaired: String, _ kinds: [Repair.Kind]) {
      (self.damaged, self.repaired, self.kinds) = (damaged, repaired, kinds)
    }
  }

  @Test(arguments: [
    Row(
      #"$$egin{aligned} x_1 &= ReLU(x_0*w_0+b_0) \ y_1 &= x_1*w_1+b_1 \end{aligned}$$"#,
      #"\begin{aligned} x_1 &= ReLU(x_0*w_0+b_0) \\ y_1 &= x_1*w_1+b_1 \end{aligned}"#,
      [.damagedCommand, .rowBreak]),
    Row(
      #"$$P(y=j) = rac{exp(h_j)}{\Sigma_k exp(h_k)}$$"#,
      #"P(y=j) = \frac{exp(h_j)}{\Sigma_k exp(h_k)}"#, [.damagedCommand]),
    Row(
      #"$$\frac{\partial z}{\partial w_1} &= 1(v_1 > 0) \\ &= 0.4 \end{split}$$"#,
      #"\begin{split} \frac{\partial z}{\partial w_1} &= 1(v_1 > 0) \\ &= 0.4 \end{split}"#,
      [.environment]),
    Row(
      #"$$\begin{split} a &= b \\ &= c$$"#, #"\begin{split} a &= b \\ &= c \end{split}"#,
      [.environment]),
    Row(
      #"$$\begin{align} a &= b \end{aligned}$$"#, #"\begin{align} a &= b \end{align}"#,
      [.environment]),
    Row(
      "$$- \\Sigma_{j\neq i} y_j rac{1}{o_j}$$", #"- \Sigma_{j\neq i} y_j \frac{1}{o_j}"#,
      [.damagedCommand, .damagedCommand]),
    Row(
      "$$L(y_{\nm true})=rac{1}{2}$$", #"L(y_{\rm true})=\frac{1}{2}"#,
      [.damagedCommand, .damagedCommand]),
    Row(
      #"$w^{(2)} = egin{bmatrix} 0.2 \ 0.2 \ 0.8 \end{bmatrix}$"#,
      #"w^{(2)} = \begin{bmatrix} 0.2 \\ 0.2 \\ 0.8 \end{bmatrix}"#,
      [.damagedCommand, .rowBreak, .rowBreak]),
    Row(
      #"$$\eta = (a - y_{ ext{true}}) \odot b$$"#, #"\eta = (a - y_{ \text{true}}) \odot b"#,
      [.damagedCommand]),
    Row(
      "$\u{8}eta = \u{C}rac{1}{2}$", #"\beta = \frac{1}{2}"#, [.damagedCommand, .damagedCommand]),
    Row("$a\times b + \theta$", #"a\times b + \theta"#, [.damagedCommand, .damagedCommand]),
    Row(#"$x imes heta$"#, #"x \times \theta"#, [.damagedCommand, .damagedCommand]),
    Row(#"$abla_x f$"#, #"\nabla_x f"#, [.damagedCommand]),
    Row(
      #"$\left( a ight) ightarrow b$"#, #"\left( a \right) \rightarrow b"#,
      [.damagedCommand, .damagedCommand]),
    Row(#"$ec{x} + arphi$"#, #"\vec{x} + \varphi"#, [.damagedCommand, .damagedCommand]),
    Row(#"$lpha pprox b$"#, #"\alpha \approx b"#, [.damagedCommand, .damagedCommand]),
    Row(
      #"$frac{partial L}{partial h} = sum_{j} y_j$"#,
      #"\frac{\partial L}{\partial h} = \sum_{j} y_j"#,
      [.damagedCommand, .damagedCommand, .damagedCommand, .damagedCommand]),
    Row("$eta + rac{1}{2}$", #"\eta + \frac{1}{2}"#, [.damagedCommand, .damagedCommand]),
    Row(
      "$eta + egin{array}{l} 1 \\end{array}$", #"\beta + \begin{array}{l} 1 \end{array}"#,
      [.damagedCommand, .damagedCommand]),
    Row(#"$x = \frac{1}{2$"#, #"x = \frac{1}{2}"#, [.delimiter]),
    Row(#"$x = a}$"#, "x = a", [.delimiter]),
    Row("So $x = \\frac{1}{2}", #"x = \frac{1}{2}"#, [.delimiter]),
    Row("$$x = \\alpha\n\nNext we go on here.", #"x = \alpha"#, [.delimiter]),
    Row("$\\text{ﬁnal} = a – b$", #"\text{final} = a - b"#, [.character, .character]),
    Row("$ｘ＝１$", "x=1", [.character, .character, .character]),
    Row(#"$y\_i = h\_{i}$"#, "y_i = h_{i}", [.character, .character]),
    Row("$a &lt; b$", "a < b", [.character]),
    Row("$$a &amp;= b \\\\ &amp;= c$$", "a &= b \\\\ &= c", [.character, .character]),
  ])
  func `damage is repaired and listed`(_ row: Row) {
    let (text, kinds) = repairedFormula(row.damaged)
    #expect(text == row.repaired)
    #expect(kinds == row.kinds)
  }

  @Test(arguments: [
    #"\frac{a}{b} = \beta \ne \nu"#, "an + b", #"\text{ext{rac}} = 1"#, "e^{h_j} + u",
    "a = b,\\ c = d", #"\begin{aligned} a &= b,\ c \\ &= d \end{aligned}"#,
    #"\begin{cases} 1 & \text{if}\ i = j \\ 0 & \text{else} \end{cases}"#, "exp(h_j) - log(x)",
    #"\begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix}"#, "i = o", "max(0, x)", "h o t",
    #"\text{a\_b} \_"#, #"\{ x \mid x > 0 \}"#, "ho + au", "a − b", "x = int(y)",
    "\\frac{a}{b}\n= eq",
  ])
  func `what is whole stays as it is`(formula: String) {
    let (text, kinds) = repairedFormula("$$\(formula)$$")
    #expect(text == formula)
    #expect(kinds == [])
  }

  @Test func `a repair points at the damage`() {
    let source = SourceText(name: "test", "Text\n$$a = rac{1}{2}$$")
    let submission = readSubmission(source, as: .text)
    #expect(
      submission.repairs == [
        Repair(.damagedCommand, SourceRange(11, 14), found: "rac", repaired: "\\frac")
      ])
  }
}
