import NablaRendering
import NablaTestSupport
import Testing

/// Two graphs and two plots, in every format.
@Suite struct PictureGoldenTests {
  private static let numbers = ComputationGraph(
    nodes: [
      .init(.name("x0"), .input, value: .number("1")),
      .init(.name("w0"), .parameter, value: .number("0.3"), adjoint: .number("-0.2")),
      .init(.name("x1"), .intermediate, value: .number("0.4"), adjoint: .number("-0.2")),
      .init(.name("w1"), .parameter, value: .number("-0.2"), adjoint: .number("0.4")),
      .init(.name("z"), .result, value: .number("0.62"), adjoint: .number("1")),
    ],
    edges: [
      .init(0, 2, isOnPath: false), .init(1, 2, number: .number("1")),
      .init(2, 4, derivative: .name("w1"), number: .number("-0.2")),
      .init(3, 4, derivative: .name("x1"), number: .number("0.4")), .init(0, 4, isOnPath: false),
    ], subject: .name("z"))

  private static let shapes = ComputationGraph(
    nodes: [
      .init(.name("W"), .parameter, value: .realSpace([.name("N"), .name("D")])),
      .init(.name("<s>"), .intermediate, value: .realSpace([.name("N")])),
      .init(.name("L"), .result),
    ],
    edges: [
      .init(0, 1, derivative: .derivative(.name("<s>"), by: .name("W"))),
      .init(1, 2, derivative: .transpose(.name("g"))),
    ], subject: .name("L"))

  private static let curves = Plot(
    [
      .init(
        .call("ReLU", .name("x")), pieces: [[.init(-2, 0), .init(0, 0), .init(2, 2)]],
        marks: [.init(.kink, at: .init(0, 0))]),
      .init(
        .call("step", .name("x")),
        pieces: [[.init(-2, 0), .init(0, 0)], [.init(0, 1), .init(2, 1)]],
        marks: [.init(.value, at: .init(0, 0)), .init(.limit, at: .init(0, 1))]),
    ], x: -2...2, y: -0.1...2.1, horizontal: .name("x"))

  private static let loss = Plot(
    [
      .init(
        .name("L"),
        pieces: [[.init(1, 900), .init(2, 40), .init(3, 2), .init(4, 0.1), .init(5, 0.09)]])
    ], x: 1...5, y: 0.07...1200, horizontal: .text("step"), vertical: .name("L"),
    isLogarithmic: true, isCounted: true)

  private static let document = Document(
    title: ["Pictures"],
    blocks: [
      .paragraph(["With numbers:"]), .graph(numbers), .paragraph(["With shapes:"]),
      .graph(shapes), .paragraph(["Curves:"]), .plot(curves), .paragraph(["A loss:"]),
      .plot(loss),
    ])

  @Test func `pictures in a terminal are as their golden files say`() throws {
    try expectGolden(Self.document.terminal(width: 80), "pictures.80.txt")
    try expectGolden(Self.document.terminal(width: 44), "pictures.44.txt")
  }

  @Test func `pictures in LaTeX are as their golden files say`() throws {
    try expectGolden(Self.document.latex(), "pictures.tex")
    try expectGolden(
      Document(blocks: [.graph(Self.numbers)]).latex(isFragment: true), "pictures.fragment.tex")
  }

  @Test func `pictures in a page are as their golden file says`() throws {
    let page = Self.document.html(isFragment: true)
    try expectGolden(page, "pictures.html")
    try MarkupChecker.check(page)
  }

  @Test func `pictures in Markdown are as their golden file says`() throws {
    try expectGolden(Self.document.markdown(), "pictures.md")
  }

  @Test func `pictures in plain text are as their golden file says`() throws {
    try expectGolden(Self.document.plain(), "pictures.plain.txt")
  }

  @Test func `a document without pictures loads no package for them`() {
    #expect(!Document(blocks: [.paragraph(["a"])]).latex().contains("tikz"))
  }

  @Test func `a graph of many quantities is a list that ends`() {
    var graph = ComputationGraph()
    for node in 0...10_000 {
      graph.nodes.append(.init(.name("q"), .intermediate))
      if node > 0 { graph.edges.append(.init(node - 1, node)) }
    }
    let document = Document(blocks: [.graph(graph)])
    for text in [document.terminal(), document.latex(), document.html(), document.markdown()] {
      #expect(text.utf8.count < 40_000)
      #expect(text.contains("…") || text.contains("\\ldots"))
    }
  }
}
