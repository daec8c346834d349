import NablaRendering
import Testing

private let x = v("x")
private let y = v("y")
private let times2 = "<mo lspace=\"0\" rspace=\"0.167em\">&#x2062;</mo>"
private let apply = "<mo>&#x2061;</mo>"

private func round(_ inner: String, _ size: String = " stretchy=\"false\"") -> String {
  "<mrow><mo form=\"prefix\"\(size)>(</mo>\(inner)<mo form=\"postfix\"\(size)>)</mo></mrow>"
}

private func infix(_ sign: String) -> String { "<mo form=\"infix\">\(sign)</mo>" }

private let upper = " mathvariant=\"normal\""
private let negative = "<mo form=\"prefix\">−</mo>"
private let sumSign = "<mo movablelimits=\"true\">∑</mo>"

/// A formula and the elements inside its `math`.
private struct Row: Sendable, CustomTestStringConvertible {
  let formula: Formula
  let elements: String
  let isInline: Bool

  init(_ formula: Formula, _ elements: String, isInline: Bool = false) {
    self.formula = formula
    self.elements = elements
    self.isInline = isInline
  }

  var testDescription: String { formula.plain }
}

private let names: [Row] = [
  Row(x, "<mi>x</mi>"),
  Row(v("w1"), "<msub><mi>w</mi><mn>1</mn></msub>"),
  Row(v("yhat"), "<mover accent=\"true\"><mi>y</mi><mo stretchy=\"false\">^</mo></mover>"),
  Row(v("xtilde"), "<mover accent=\"true\"><mi>x</mi><mo stretchy=\"false\">~</mo></mover>"),
  Row(v("xbar"), "<mover accent=\"true\"><mi>x</mi><mo stretchy=\"false\">¯</mo></mover>"),
  Row(v("s_out"), "<msub><mi>s</mi><mtext>out</mtext></msub>"),
  Row(v("lambda"), "<mi>λ</mi>"),
  Row(v("Sigma"), "<mi\(upper)>Σ</mi>"),
  Row(v("loss"), "<mi>loss</mi>"),
  Row(at("h", "k"), "<msub><mi>h</mi><mi>k</mi></msub>"),
  Row(at("W", "i", "j"), "<msub><mi>W</mi><mrow><mi>i</mi><mi>j</mi></mrow></msub>"),
  Row(at("W", "1", "2"), "<msub><mi>W</mi><mrow><mn>1</mn><mo>,</mo><mn>2</mn></mrow></msub>"),
  Row(
    .name(Identifier("w1", writtenAs: "w^{(1)}")),
    "<msup><mi>w</mi><mrow><mo stretchy=\"false\">(</mo><mn>1</mn>"
      + "<mo stretchy=\"false\">)</mo></mrow></msup>"),
  Row(.name(Identifier("w", writtenAs: "\\mathbf{w}")), "<mi>𝐰</mi>"),
  Row(.name(Identifier("L", writtenAs: "\\mathcal{L}")), "<mi>ℒ</mi>"),
  Row(.name(Identifier("w1", writtenAs: "\\input{x}")), "<msub><mi>w</mi><mn>1</mn></msub>"),
]

private let arithmetic: [Row] = [
  Row(n("0.25"), "<mn>0.25</mn>"),
  Row(n("-2"), "\(negative)<mn>2</mn>"),
  Row(
    n("3e-16"),
    "<mn>3</mn>\(infix("⋅"))<msup><mn>10</mn><mrow>\(negative)<mn>16</mn></mrow></msup>"),
  Row(sum(x, y), "<mi>x</mi>\(infix("+"))<mi>y</mi>"),
  Row(difference(x, y), "<mi>x</mi>\(infix("−"))<mi>y</mi>"),
  Row(.negation(x), "\(negative)<mi>x</mi>"),
  Row(times(n("2"), x), "<mn>2</mn><mo>&#x2062;</mo><mi>x</mi>"),
  Row(times(x, y), "<mi>x</mi>\(times2)<mi>y</mi>"),
  Row(
    times(n("2"), n("-3")), "<mn>2</mn>\(infix("⋅"))\(round("\(negative)<mn>3</mn>"))"),
  Row(.fraction(x, y), "<mfrac><mi>x</mi><mi>y</mi></mfrac>"),
  Row(
    .fraction(x, y), "<mrow><mi>x</mi><mo lspace=\"0\" rspace=\"0\">/</mo><mi>y</mi></mrow>",
    isInline: true),
  Row(.fraction(n("1"), n("2")), "<mfrac><mn>1</mn><mn>2</mn></mfrac>", isInline: true),
  Row(
    .fraction(x, sum(x, .fraction(x, sum(x, .fraction(x, y))))),
    "<mfrac><mi>x</mi><mrow><mi>x</mi>\(infix("+"))<mfrac displaystyle=\"true\"><mi>x</mi><mrow>"
      + "<mi>x</mi>\(infix("+"))<mfrac><mi>x</mi><mi>y</mi></mfrac></mrow></mfrac></mrow></mfrac>"),
  Row(.power(x, n("2")), "<msup><mi>x</mi><mn>2</mn></msup>"),
  Row(.power(at("x", "i"), n("2")), "<msubsup><mi>x</mi><mi>i</mi><mn>2</mn></msubsup>"),
  Row(
    .power(x, .fraction(n("1"), n("3"))),
    "<msup><mi>x</mi><mfrac><mn>1</mn><mn>3</mn></mfrac></msup>"),
  Row(
    .power(sum(x, y), n("2")),
    "<msup>\(round("<mi>x</mi>\(infix("+"))<mi>y</mi>"))<mn>2</mn></msup>"),
  Row(.root(x, degree: nil), "<msqrt><mi>x</mi></msqrt>"),
  Row(.root(x, degree: n("3")), "<mroot><mi>x</mi><mn>3</mn></mroot>"),
  Row(
    .absoluteValue(x),
    "<mrow><mo form=\"prefix\" stretchy=\"false\">|</mo><mi>x</mi>"
      + "<mo form=\"postfix\" stretchy=\"false\">|</mo></mrow>"),
  Row(.transpose(v("W")), "<msup><mi>W</mi><mi\(upper)>⊤</mi></msup>"),
  Row(.hadamard([x, y]), "<mi>x</mi><mo lspace=\"0.222em\" rspace=\"0.222em\">⊙</mo><mi>y</mi>"),
]

private let functions: [Row] = [
  Row(
    .call("log", at("P", "j")),
    "<mi>log</mi>\(apply)<mspace width=\"0.167em\"/><msub><mi>P</mi><mi>j</mi></msub>"),
  Row(.call("ReLU", x), "<mi>ReLU</mi>\(apply)\(round("<mi>x</mi>"))"),
  Row(.call("exp", x), "<msup><mi>e</mi><mi>x</mi></msup>"),
  Row(.call("sigmoid", x), "<mi>σ</mi>\(round("<mi>x</mi>"))"),
  Row(
    .power(.call("sin", x), n("2")),
    "<msup><mi>sin</mi><mn>2</mn></msup>\(apply)\(round("<mi>x</mi>"))"),
  Row(
    .call(.user(Identifier("f")), primes: 1, [x]),
    "<msup><mi>f</mi><mo>′</mo></msup>\(round("<mi>x</mi>"))"),
]

private let structures: [Row] = [
  Row(
    sigma("k", at("x", "k")),
    "<munder>\(sumSign)<mi>k</mi></munder><msub><mi>x</mi><mi>k</mi></msub>"),
  Row(
    .bigOperator(.product, .init([v("k")], .range(n("1"), v("K"))), at("x", "k")),
    "<munderover><mo movablelimits=\"true\">∏</mo><mrow><mi>k</mi>\(infix("="))<mn>1</mn></mrow>"
      + "<mi>K</mi></munderover><msub><mi>x</mi><mi>k</mi></msub>"),
  Row(
    times(x, sigma("k", y)), "<mi>x</mi><munder>\(sumSign)<mi>k</mi></munder><mi>y</mi>"),
  Row(
    partial(v("L"), x),
    "<mfrac><mrow><mi\(upper)>∂</mi><mi>L</mi></mrow><mrow><mi\(upper)>∂</mi><mi>x</mi></mrow></mfrac>"
  ),
  Row(
    .gradient(of: v("L"), by: x), "<msub><mi\(upper)>∇</mi><mi>x</mi></msub><mi>L</mi>"),
  Row(.kroneckerDelta(x, y), "<msub><mi>δ</mi><mrow><mi>x</mi><mi>y</mi></mrow></msub>"),
  Row(
    .indicator(greater(x, n("0"))),
    "<mi>𝟏</mi><mrow><mo form=\"prefix\" stretchy=\"false\">[</mo><mi>x</mi>\(infix("&gt;"))"
      + "<mn>0</mn><mo form=\"postfix\" stretchy=\"false\">]</mo></mrow>"),
  Row(
    .piecewise([.init(x, when: greater(x, n("0"))), .init(n("0"), when: nil)]),
    "<mrow><mo form=\"prefix\" stretchy=\"true\">{</mo>"
      + "<mtable class=\"cases\" columnalign=\"left left\"><mtr><mtd><mi>x</mi></mtd><mtd>"
      + "<mtext>if\u{A0}</mtext><mi>x</mi>\(infix("&gt;"))<mn>0</mn></mtd></mtr>"
      + "<mtr><mtd><mn>0</mn></mtd><mtd><mtext>otherwise</mtext></mtd></mtr></mtable></mrow>"),
  Row(
    .matrix([[x], [y]]),
    "<mrow><mo form=\"prefix\" stretchy=\"true\">[</mo><mtable><mtr><mtd><mi>x</mi></mtd></mtr>"
      + "<mtr><mtd><mi>y</mi></mtd></mtr></mtable>"
      + "<mo form=\"postfix\" stretchy=\"true\">]</mo></mrow>"),
  Row(
    .evaluated(x, at: y),
    "<msub><mrow><mi>x</mi><mo form=\"postfix\" stretchy=\"true\" lspace=\"0\" rspace=\"0\">|</mo>"
      + "</mrow><mi>y</mi></msub>"),
  Row(
    .labelled(x, below: y),
    "<munder><munder><mi>x</mi><mo stretchy=\"true\">⏟</mo></munder><mi>y</mi></munder>"),
  Row(.highlighted(x, .bad), "<mrow class=\"bad\"><mi>x</mi></mrow>"),
  Row(.relation(x, .lessOrEqual, y), "<mi>x</mi>\(infix("≤"))<mi>y</mi>"),
  Row(.relation(x, .less, y), "<mi>x</mi>\(infix("&lt;"))<mi>y</mi>"),
  Row(
    .conjunction([greater(x, y), greater(y, x)]),
    "<mi>x</mi>\(infix("&gt;"))<mi>y</mi><mtext>\u{A0}and\u{A0}</mtext><mi>y</mi>\(infix("&gt;"))<mi>x</mi>"
  ),
  Row(.list([x, y]), "<mi>x</mi><mo>,</mo><mi>y</mi>"),
  Row(.realSpace([v("N")]), "<msup><mi\(upper)>ℝ</mi><mi>N</mi></msup>"),
  Row(.text("a <b>"), "<mtext>a\u{A0}&lt;b&gt;</mtext>"),
  Row(.held(n("1")), round("<mn>1</mn>")),
  Row(.ellipsis, "<mi\(upper)>…</mi>"),
]

@Suite struct MathMLTests {
  @Test(arguments: names + arithmetic + functions + structures)
  private func `a formula is written as MathML`(row: Row) {
    let element = row.formula.mathML(isInline: row.isInline)
    let start = element.firstIndex(of: ">").map { element.index(after: $0) } ?? element.endIndex
    #expect(element[start...] == row.elements + "</math>")
  }

  @Test func `the element says the formula as text, and whether it is displayed`() {
    let formula = Formula.relation(x, .less, .text("\"a\""))
    #expect(
      formula.mathML(isInline: true).hasPrefix(
        "<math xmlns=\"http://www.w3.org/1998/Math/MathML\" alttext=\"x &lt; &quot;a&quot;\">"))
    #expect(formula.mathML().contains(" display=\"block\" "))
  }

  @Test func `elements of any formula close, and have as many children as they need`() throws {
    for seed in 1...200 as ClosedRange<UInt64> {
      var random = RandomFormula(seed: seed)
      let element = random.formula(5).mathML(isInline: seed % 2 == 0)
      var problem: String?
      do { try MarkupChecker.check(element) } catch { problem = error.message }
      #expect(problem == nil, "seed \(seed)")
    }
  }
}
