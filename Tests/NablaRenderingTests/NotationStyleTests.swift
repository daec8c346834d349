import Foundation
import NablaNotation
import NablaRendering
import Testing

/// A name that is known to stand for something.
private func name(_ spelling: String, _ role: Identifier.Role = .unknown) -> Formula {
  var identifier = Identifier(spelling)
  identifier.role = role
  return .name(identifier)
}

private func spelt(_ spelling: String, _ latex: String, _ role: Identifier.Role) -> Formula {
  var identifier = Identifier(spelling, writtenAs: latex)
  identifier.role = role
  return .name(identifier)
}

private let loss = name("L", .scalar)
private let matrix = name("W1", .matrix)
private let vector = name("x", .vector)
private let entry = Formula.indexed(vector, [.name("i")])
private let numbers = Formula.list([.number("1.5"), .number("2")])
private let values = Formula.list([
  .relation(name("a"), .equal, .number("1.5")), .relation(name("b"), .equal, .number("2")),
])
private let cases = Formula.piecewise([
  .init(.number("1"), when: .conjunction([name("p"), .not(name("q"))])),
  .init(.number("0.5"), when: nil),
])

/// The option, the formula, and how LaTeX, one line of text and plain notation show it.
// swift-format-ignore
private let rows: [(options: String, formula: Formula, latex: String, text: String, plain: String)] = [
  ("partial", .derivative(loss, by: matrix), "\\frac{\\partial L}{\\partial W_1}", "∂L/∂W₁", "dL/dW1"),
  ("nabla", .derivative(loss, by: matrix), "\\nabla _{W_1}L", "∇_{W₁}L", "dL/dW1"),
  ("nabla", .derivative(loss, by: vector), "\\nabla _xL", "∇ₓL", "dL/dx"),
  ("nabla", .derivative(loss, by: entry), "\\frac{\\partial L}{\\partial x_i}", "∂L/∂xᵢ", "dL/dx[i]"),
  ("nabla", .derivative(vector, by: name("b", .vector)), "\\frac{\\partial x}{\\partial b}", "∂x/∂b", "dx/db"),
  ("nabla", .derivative(.init(of: loss, by: [.init(vector, order: 2)])), "\\frac{\\partial ^2L}{\\partial x^2}", "∂²L/∂x²", "diff(L, x, 2)"),
  ("nabla", .product([.derivative(loss, by: matrix), vector]), "(\\nabla _{W_1}L)\\,x", "(∇_{W₁}L)·x", "dL/dW1*x"),
  ("log", .call("log", name("a")), "\\log a", "log a", "log(a)"),
  ("ln", .call("log", name("a")), "\\ln a", "ln a", "log(a)"),
  ("ln", .call("log", .sum([.init(.plus, name("a")), .init(.plus, .number("1"))])), "\\ln (a + 1)", "ln(a + 1)", "log(a + 1)"),
  ("decimal point", .number("0.25"), "0.25", "0.25", "0.25"),
  ("decimal comma", .number("0.25"), "0{,}25", "0,25", "0.25"),
  ("decimal comma", .number("-1.5e-3"), "-1{,}5 \\cdot 10^{-3}", "−1,5·10⁻³", "-1.5e-3"),
  ("decimal comma", .held(numbers), "(1{,}5;\\,2)", "(1,5; 2)", "(1.5, 2)"),
  ("decimal comma", values, "a = 1{,}5;\\qquad b = 2", "a = 1,5; b = 2", "a = 1.5, b = 2"),
  ("decimal comma", .list([.name("i"), .name("j")]), "i,\\,j", "i, j", "i, j"),
  ("decimal comma", .call("max", .number("0.5"), name("x")), "\\max (0{,}5;\\,x)", "max(0,5; x)", "max(0.5, x)"),
  ("decimal comma", .matrix([[.number("0.5"), .number("1")]]), "\\begin{bmatrix} 0{,}5 & 1 \\end{bmatrix}", "[0,5  1]", "[0.5, 1]"),
  ("decimal comma", .product([.number("0.5"), name("a")]), "0{,}5a", "0,5a", "0.5*a"),
  ("plain vectors", vector, "x", "x", "x"),
  ("bold vectors", vector, "\\boldsymbol{x}", "𝐱", "x"),
  ("bold vectors", name("delta", .vector), "\\boldsymbol{\\delta }", "𝛅", "delta"),
  ("bold vectors", name("yhat", .vector), "\\hat{\\boldsymbol{y}}", "𝐲̂", "yhat"),
  ("bold vectors", matrix, "\\boldsymbol{W}_1", "𝐖₁", "W1"),
  ("bold vectors", entry, "x_i", "xᵢ", "x[i]"),
  ("bold vectors", loss, "L", "L", "L"),
  ("bold vectors", .transpose(matrix), "\\boldsymbol{W}_1^{\\top }", "𝐖₁ᵀ", "W1'"),
  ("bold vectors", spelt("w1", "w^{(1)}", .vector), "\\boldsymbol{w}^{(1)}", "𝐰⁽¹⁾", "w1"),
  ("bold vectors", spelt("u", "\\mathbf{u}", .vector), "\\mathbf{u}", "u", "u"),
  ("arrow vectors", vector, "\\vec{x}", "x⃗", "x"),
  ("arrow vectors", matrix, "W_1", "W₁", "W1"),
  ("arrow vectors", name("x2", .vector), "\\vec{x}_2", "x⃗₂", "x2"),
  ("layers subscript", matrix, "W_1", "W₁", "W1"),
  ("layers superscript", matrix, "W^{\\mathrm{(1)}}", "W⁽¹⁾", "W1"),
  ("layers superscript", name("b_2", .vector), "b^{\\mathrm{(2)}}", "b⁽²⁾", "b_2"),
  ("layers superscript", name("s_out", .vector), "s_{\\text{out}}", "s_out", "s_out"),
  ("layers superscript", .indexed(matrix, [.name("i"), .name("j")]), "W_{ij}^{\\mathrm{(1)}}", "Wᵢⱼ⁽¹⁾", "W1[i,j]"),
  ("layers superscript", .transpose(matrix), "(W^{\\mathrm{(1)}})^{\\top }", "(W⁽¹⁾)ᵀ", "W1'"),
  ("layers superscript", name("D1", .other), "D_1", "D₁", "D1"),
  ("layers superscript", spelt("W1", "V", .matrix), "V", "V", "W1"),
  ("layers bracket", matrix, "W^{[1]}", "W^[1]", "W1"),
  ("nabla, bold vectors, layers superscript", .derivative(loss, by: matrix), "\\nabla _{\\boldsymbol{W}^{\\mathrm{(1)}}}L", "∇_{𝐖⁽¹⁾}L", "dL/dW1"),
  ("language german, decimal comma", cases, "\\begin{cases} 1 & \\text{falls }p\\text{ und }\\text{nicht }(q) \\\\ 0{,}5 & \\text{sonst} \\end{cases}", "{1 falls p und nicht (q); 0,5 sonst}", "piecewise(p and not q: 1, else: 0.5)"),
]

@Suite struct NotationStyleTests {
  @Test(arguments: rows)
  func `a formula is shown in a notation`(
    _ row: (options: String, formula: Formula, latex: String, text: String, plain: String)
  ) throws {
    let formula = row.formula.styled(NotationStyle(try NotationOption.reading(row.options)))
    #expect(formula.latex() == row.latex)
    #expect(formula.compactText == row.text)
    let document = Document(blocks: [.display(row.formula)])
    #expect(document.plain() == row.plain + "\n")
  }

  @Test(arguments: rows)
  func `MathML in a notation is sound`(
    _ row: (options: String, formula: Formula, latex: String, text: String, plain: String)
  ) throws {
    let style = NotationStyle(try NotationOption.reading(row.options))
    let text = row.formula.styled(style).mathML()
    _ = try MarkupChecker.check(text)
  }

  @Test func `the default style leaves a formula as it is`() {
    for row in rows { #expect(row.formula.styled(NotationStyle()) == row.formula) }
  }

  @Test func `a notation holds for the blocks after it`() {
    var document = Document()
    document.change(notation: NotationStyle([.logarithm(.ln)]))
    document.blocks.append(.display(.call("log", name("a"))))
    document.change(notation: NotationStyle())
    document.blocks.append(.display(.call("log", name("b"))))
    #expect(document.terminal() == "  ln a\n\n  log b\n")
    #expect(document.plain() == "log(a)\n\nlog(b)\n")
  }

  @Test func `macros of bold vectors stand in the preamble only where they are used`() {
    var document = Document(blocks: [.display(.relation(vector, .elementOf, .realSpace([])))])
    #expect(!document.latex().utf8.elementsEqual("".utf8))
    #expect(document.latex().range(of: "\\vect") == nil)
    document.notation = NotationStyle([.vectors(.bold)])
    let text = document.latex()
    #expect(text.range(of: "\\newcommand{\\vect}[1]{\\boldsymbol{#1}}") != nil)
    #expect(text.range(of: "\\vect{x} \\in") != nil)
  }

  @Test func `the language of a page is told to its readers`() {
    var document = Document(blocks: [.result(loss, also: vector, label: nil)])
    document.notation.language = .german
    let page = document.html()
    #expect(page.range(of: "<html lang=\"de\">") != nil)
    #expect(page.range(of: "das heißt") != nil)
    #expect(page.range(of: "that is") == nil)
  }

  @Test func `a formula of any depth is restyled`() {
    var deep = name("x", .vector)
    for _ in 0..<5000 { deep = .negation(.held(deep)) }
    #expect(!deep.styled(NotationStyle([.vectors(.bold)])).compactText.isEmpty)
  }
}
