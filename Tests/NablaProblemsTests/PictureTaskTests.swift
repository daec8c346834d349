import NablaNotation
import NablaProblems
import NablaRendering
import Testing

private func outcome(
  _ statements: String, _ change: (inout SolveOptions) -> Void = { _ in }
) -> SolveOutcome {
  var options = SolveOptions()
  change(&options)
  let text = "# T\n\n```nabla\n\(statements)\n```\n"
  return solveProblem(SourceText(name: "t.md", text), options: options)
}

private func graphs(of outcome: SolveOutcome) -> [ComputationGraph] {
  var found: [ComputationGraph] = []
  for case .graph(let graph) in outcome.document.blocks { found.append(graph) }
  return found
}

private func plots(of outcome: SolveOutcome) -> [Plot] {
  var found: [Plot] = []
  for case .plot(let plot) in outcome.document.blocks { found.append(plot) }
  return found
}

extension Formula {
  fileprivate var compactTold: String {
    if case .realSpace(let sizes) = self {
      return "R^[" + sizes.map { $0.plain }.joined(separator: ", ") + "]"
    }
    return plain
  }
}

extension ComputationGraph {
  /// `w -(x = 2)-> u (6, 3)`: each arrow with its label, its head with value and adjoint.
  fileprivate var arrows: [String] {
    edges.map { edge in
      var label = [edge.derivative, edge.number].compactMap { $0?.plain }
      if label.count == 2, label[0] == label[1] { label.removeLast() }
      let head = nodes[edge.to]
      let numbers = [head.value, head.adjoint].compactMap { $0?.plain }.joined(separator: ", ")
      return nodes[edge.from].name.plain
        + " -(\(edge.isOnPath ? label.joined(separator: " = ") : "…"))-> "
        + head.name.plain + (numbers.isEmpty ? "" : " (\(numbers))")
    }
  }
}

private let residual = """
  scalar x0, w0, b0, w1, b1
  x1 = ReLU(x0*w0 + b0)
  y1 = x1*w1 + b1
  z = ReLU(y1 + x0)
  """

private let softmax = """
  index i, j, k = 1..N
  vector h[N], y[N]
  P[j] = exp(h[j])/sum(k, exp(h[k]))
  L = -sum(j, y[j]*log(P[j]))
  """

@Suite struct GraphTaskTests {
  @Test func `arrows carry local derivatives and boxes values and adjoints`() throws {
    let outcome = outcome(
      "scalar w, x, b\nu = w*x\nv = u + b\nz = u*v\nat w = 2, x = 3, b = 1\ngraph z by w, b")
    let graph = try #require(graphs(of: outcome).first)
    #expect(
      graph.arrows == [
        "w -(x = 3)-> u (6, 13)", "x -(…)-> u (6, 13)", "b -(1)-> v (7, 6)",
        "u -(1)-> v (7, 6)", "u -(v = 7)-> z (42, 1)", "v -(u = 6)-> z (42, 1)",
      ])
    let weight = try #require(graph.nodes.first { $0.name.plain == "w" })
    #expect(weight.adjoint == .number("39"))
    #expect(weight.kind == .parameter)
  }

  @Test func `vectors and matrices show their shapes and matrix derivatives`() throws {
    let outcome = outcome(
      "vector x[N]\nmatrix A[M, N]\ny = A*x\nL = norm(y)^2\ngraph L by x")
    let graph = try #require(graphs(of: outcome).first)
    #expect(graph.nodes.map { $0.value?.compactText ?? "–" } == ["ℝᴺ", "ℝᴹˣᴺ", "ℝᴹ", "–"])
    #expect(graph.arrows.contains("x -(A)-> y (\(Formula.realSpace([.name("M")]).plain))"))
  }

  /// Statements, and the value and adjoint of each quantity.
  // swift-format-ignore
  private static let vectors: [(String, [String])] = [
    ("vector x[2]\ny = 3*x\nL = y[1]^2 + y[2]\nat x = [1, -2]\ngraph L by x",
      ["x (1, -2) (18, 3)", "y (3, -6) (6, 1)", "L 3 1"]),
    ("vector x[3]\nmatrix A[2, 3]\ny = A*x\nL = norm(y)^2/2\nat x = [1, 0, 1], A = [1, 0, 2; 0, 1, 0]\ngraph L by x",
      ["x (1, 0, 1) (3, 0, 6)", "A R^[2, 3] –", "y (3, 0) (3, 0)", "L 4.5 1"]),
    ("vector x[4]\ny = 2*x\nL = sum(y)\nat x = [1, 2, 3, 4]\ngraph L by x",
      ["x R^[4] –", "y R^[4] –", "L 20 1"]),
  ]

  @Test(arguments: vectors)
  func `short vectors show their entries where they have values`(
    statements: String, told: [String]
  ) throws {
    let graph = try #require(graphs(of: outcome(statements)).first)
    let nodes = graph.nodes.map { node in
      node.name.plain + " " + (node.value?.compactTold ?? "–") + " "
        + (node.adjoint?.compactTold ?? "–")
    }
    #expect(nodes.sorted() == told.sorted())
  }

  @Test func `without variables everything given is one`() throws {
    let graph = try #require(graphs(of: outcome(residual + "\ngraph z")).first)
    #expect(graph.edges.allSatisfy { $0.isOnPath })
  }

  @Test func `at a kink there are no numbers`() throws {
    let outcome = outcome("scalar w\nu = ReLU(w)\nz = 2*u\nat w = 0\ngraph z by w")
    let graph = try #require(graphs(of: outcome).first)
    #expect(graph.edges[0].number == nil)
    #expect(graph.nodes[0].adjoint == nil)
  }

  // swift-format-ignore
  private static let automatic: [(String, Int)] = [
    (residual + "\ngradient z by w0",                          1),
    (residual + "\ngradient z by w0\ngradient z by w1, b1",    1),
    (residual + "\nu = z^2\ngradient z by w0\nderive du/dw0",  2),
    (residual + "\ngradient z by w0\ngraph z by w1",           1),
    (residual + "\ngradient y1 by w0",                         1),
    (residual + "\ngradient x1 by w0",                         0),
    (softmax + "\nderive dL/dh[i]",                            1),
    (softmax + "\nderive dL/dh[i]\nderive dP[j]/dh[i]",        1),
    (softmax + "\nderive dP[j]/dh[i]",                         0),
    ("scalar x\nderive x^2 by x",                              0),
  ]

  @Test func `a picture comes once for each computation of some depth`() {
    for (statements, count) in Self.automatic {
      #expect(graphs(of: outcome(statements)).count == count, "\(statements)")
    }
  }

  @Test func `a picture shows what all tasks of its section ask for`() throws {
    let outcome = outcome(residual + "\nderive dz/dw0\nderive dz/dw1\nderive dz/db1")
    let graph = try #require(graphs(of: outcome).first)
    let asked = graph.nodes.filter { $0.kind == .parameter }.map { $0.name.plain }
    #expect(asked.sorted() == ["b1", "w0", "w1"])
  }

  @Test func `a solution key has no pictures but those asked for`() {
    let brief = outcome(residual + "\ngradient z by w0") { $0.detail = .brief }
    #expect(graphs(of: brief).isEmpty)
    let asked = outcome(residual + "\ngraph z\ngradient z by w0") { $0.detail = .brief }
    #expect(graphs(of: asked).count == 1)
  }

  @Test func `a deep chain is told in a sentence`() {
    var statements = "scalar x\ny0 = tanh(x)\n"
    for number in 1..<900 { statements += "y\(number) = tanh(y\(number - 1))\n" }
    let text = outcome(statements + "graph y899 by x").document.plain()
    #expect(text.contains("has 901 quantities, which are too many for a picture."))
  }

  @Test func `JSON lists quantities and arrows`() throws {
    let json = outcome("scalar w\nu = w^2\nz = 3*u\nat w = 2\ngraph z by w") { $0.output = .json }
      .json
    guard case .array(let tasks)? = json["tasks"], case .array(let edges)? = tasks[0]["edges"]
    else {
      Issue.record("no edges")
      return
    }
    let told = edges.map { edge in
      ["from", "to", "derivative"].map { edge[$0]?["plain"]?.text() ?? "" }
        + [edge["value"]?.text() ?? ""]
    }
    #expect(
      told == [[#""w""#, #""u""#, #""2*w""#, #""4""#], [#""u""#, #""z""#, #""3""#, #""3""#]])
  }
}

@Suite struct PlotTaskTests {
  // swift-format-ignore
  private static let marks: [(curve: String, marks: String)] = [
    ("abs(x)",                    "kink 0.0 0.0"),
    ("ReLU(3*x - 1)",             "kink 0.3333333333333333 0.0"),
    ("max(x, 1, -x/2)",           "kink -2.0 1.0, kink 1.0 1.0"),
    ("abs(x)^2",                  ""),
    ("sigmoid(x)",                ""),
    ("diff(ReLU(x), x)",          "limit 0.0 0.0, limit 0.0 1.0"),
    ("1[x > 1]*x",                "limit 1.0 1.0, value 1.0 0.0"),
    ("abs(x)/x",                  "limit 0.0 -1.0, limit 0.0 1.0"),
    ("sqrt(x)",                   ""),
  ]

  @Test(arguments: Self.marks)
  func `kinks and jumps are found where they are`(curve: String, marks: String) throws {
    let plot = try #require(plots(of: outcome("plot \(curve) for x in -3..3")).first)
    let found = plot.curves[0].marks.map { mark in
      "\(mark.kind) \(mark.point.x) \((mark.point.y * 1e6).rounded() / 1e6 + 0)"
    }
    #expect(found.joined(separator: ", ") == marks)
  }

  // swift-format-ignore
  private static let pieces: [(curve: String, count: Int)] = [
    ("x^2", 1), ("1/x", 2), ("tan(x)", 3), ("sqrt(x)", 1), ("sqrt(x^2 - 1)", 2), ("log(x)", 1),
    ("tanh(1000*x)", 1),
  ]

  @Test(arguments: Self.pieces)
  func `a curve is interrupted where it has no value`(curve: String, count: Int) throws {
    let plot = try #require(plots(of: outcome("plot \(curve) for x in -3..3")).first)
    #expect(plot.curves[0].pieces.filter { $0.count > 1 }.count == count)
  }

  @Test func `a curve reaches the edge of where it is defined`() throws {
    let plot = try #require(plots(of: outcome("plot sqrt(x - 1/3) for x in 0..1")).first)
    let first = try #require(plot.curves[0].pieces.first?.first)
    #expect(abs(first.x - 1.0 / 3) < 1e-9)
  }

  @Test func `points lie on the curve and close enough to show it`() throws {
    let plot = try #require(plots(of: outcome("plot x^3 - x for x in -2..2")).first)
    for (one, next) in zip(plot.curves[0].pieces[0], plot.curves[0].pieces[0].dropFirst()) {
      #expect(abs(one.y - (one.x * one.x * one.x - one.x)) < 1e-9)
      #expect(next.x - one.x < 0.02)
    }
  }

  @Test func `given values and definitions enter into a curve`() throws {
    let plot = try #require(
      plots(of: outcome("scalar w, t\nL = (w - t)^2\nat t = 1/2, w = 7\nplot L for w in 0..1"))
        .first)
    #expect(plot.curves[0].pieces[0].first?.y == 0.25)
  }

  // swift-format-ignore
  private static let heights: [(curve: String, isWhole: Bool)] = [
    ("exp(9*x)",        true),  ("1/(x^2 + 1/1000)", true),  ("exp(-x^2*1000)", true),
    ("1/x",             false), ("tan(2*x)",         false), ("1/(x - 1)^2",    false),
  ]

  @Test(arguments: heights)
  func `poles are cut off and peaks are not`(curve: String, isWhole: Bool) throws {
    let plot = try #require(plots(of: outcome("plot \(curve) for x in -3..3")).first)
    let heights = plot.curves[0].pieces.joined().map { $0.y }.filter { $0.isFinite }
    #expect((heights.allSatisfy { $0 < 1.1 * plot.y.upperBound }) == isWhole)
  }

  @Test func `the author chooses the vertical range`() throws {
    let plot = try #require(plots(of: outcome("plot exp(x) for x in 0..9, y in 0..2")).first)
    #expect(plot.y == 0...2)
  }

  @Test(arguments: [
    ("plot sqrt(-1 - x^2) for x in -1..1", "no curve has a value in this range"),
    ("scalar a\nplot a*x for x in -1..1", "“a” has no value; give it one with “at”"),
  ])
  func `what cannot be drawn is said`(statements: String, obstacle: String) {
    let outcome = outcome(statements)
    #expect(plots(of: outcome).isEmpty)
    #expect(outcome.document.plain().contains(obstacle))
  }

  @Test func `a training of three steps ends with its losses`() throws {
    let training = "scalar w, t\nL = (w - t)^2\nat w = 4, t = 1\n"
    let plot = try #require(
      plots(of: outcome(training + "train 3 steps of w on L with rate 1/4")).first)
    #expect(plot.curves[0].pieces == [[.init(1, 9), .init(2, 2.25), .init(3, 0.5625)]])
    #expect(!plot.isLogarithmic)
    #expect(plots(of: outcome(training + "train 2 steps of w on L with rate 1/4")).isEmpty)
    let steep = outcome(training + "train 9 steps of w on L with rate 9/20")
    #expect(try #require(plots(of: steep).first).isLogarithmic)
  }
}
