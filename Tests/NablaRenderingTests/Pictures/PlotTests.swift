import Testing

@testable import NablaRendering

@Suite struct PlotScaleTests {
  // swift-format-ignore
  private static let axes: [(ClosedRange<Double>, String)] = [
    (-6...6,            "−6 −4 −2 0 2 4 6"),
    (0...1,             "0 0.2 0.4 0.6 0.8 1.0"),
    (-0.04...1.04,      "0 0.2 0.4 0.6 0.8 1.0"),
    (0...3.1416e-9,     "0 10⁻⁹ 2·10⁻⁹ 3·10⁻⁹"),
    (-2e12...2e12,      "−2·10¹² −10¹² 0 10¹² 2·10¹²"),
    (1.3334...1.3337,   "1.33340 1.33345 1.33350 1.33355 1.33360 1.33365 1.33370"),
    (99...1001,         "200 400 600 800 1000"),
  ]

  @Test(arguments: Self.axes)
  func `ticks are round numbers`(range: ClosedRange<Double>, labels: String) {
    let ticks = PlotScale(range).ticks
    #expect(ticks.map { $0.text }.joined(separator: " ") == labels)
    for tick in ticks { #expect(tick.place > -1e-9 && tick.place < 1 + 1e-9) }
  }

  @Test func `a logarithmic axis has powers of ten`() {
    let ticks = PlotScale(0.002...300, isLogarithmic: true).ticks
    #expect(ticks.map { $0.text } == ["10⁻²", "10⁻¹", "10⁰", "10¹", "10²"])
  }

  @Test func `counted things have whole ticks`() {
    #expect(PlotScale(1...3, isCounted: true).ticks.map { $0.text } == ["1", "2", "3"])
  }

  @Test(arguments: [-300, -12, -1, 0, 1, 7, 300])
  func `the logarithm of a power of ten is its exponent`(exponent: Int) {
    let value = PlotScale.logarithm(PlotScale.powerOfTen(exponent))
    #expect(abs(value - Double(exponent)) < 1e-12 * Double(1 + abs(exponent)))
  }
}

@Suite struct PlotFrameTests {
  private static func plot(_ points: [Plot.Point]) -> Plot {
    Plot([.init(.name("f"), pieces: [points])], x: 0...1, y: 0...1, horizontal: .name("x"))
  }

  @Test func `a curve is cut where it leaves the frame`() {
    let plot = Self.plot([.init(0, 0.5), .init(0.5, 2), .init(1, 0.5)])
    let pieces = PlotFrame(plot).pieces(of: plot.curves[0], tolerance: 0)
    #expect(pieces.count == 2)
    for point in pieces.joined() { #expect(point.y >= 0 && point.y <= 1) }
  }

  @Test func `points on a line are left out`() {
    let points = (0...100).map { Plot.Point(Double($0) / 100, Double($0) / 200) }
    #expect(PlotFrame.simplified(points, 1e-6).count == 2)
  }

  @Test func `what lies far outside is not drawn`() {
    let plot = Self.plot([.init(0, 0.5), .init(0.1, 2e5), .init(0.1, 1e307), .init(0.1, -1e307)])
    for point in PlotFrame(plot).pieces(of: plot.curves[0], tolerance: 0).joined() {
      #expect(point.y >= 0 && point.y <= 1)
    }
  }

  @Test(arguments: [-6...6, 0...1e6, 999_999...1_000_000, 1e-6...2e-6])
  func `labels of ticks keep apart`(range: ClosedRange<Double>) {
    let plot = Plot([], x: range, y: 0...1, horizontal: .name("x"))
    let width = { (tick: PlotScale.Tick) in Double(tick.text.count) / 40 }
    let ticks = PlotFrame(plot, labelWidth: width).horizontal.ticks
    #expect(ticks.count > 1)
    for (one, next) in zip(ticks, ticks.dropFirst()) {
      #expect(next.place - one.place >= (width(one) + width(next)) / 2)
    }
  }

  @Test func `a kink is drawn over a limit, and marks outside are not told of`() {
    let kink = Plot.Mark(.kink, at: .init(0.5, 0.5))
    let limit = Plot.Mark(.limit, at: .init(0.5, 0.5))
    let outside = Plot.Mark(.limit, at: .init(0.5, 7))
    let both = Plot(
      [.init(.name("f"), pieces: [], marks: [kink, limit])], x: 0...1, y: 0...1,
      horizontal: .name("x"))
    #expect(PlotFrame(both).marks.map { $0.kind } == [.limit, .kink])
    let none = Plot(
      [.init(.name("f"), pieces: [], marks: [outside])], x: 0...1, y: 0...1,
      horizontal: .name("x"))
    #expect(none.remarks(in: .english).isEmpty)
  }

  @Test func `a place without a value interrupts a curve`() {
    let plot = Self.plot([.init(0, 0), .init(0.2, 0.1), .init(0.4, .nan), .init(0.6, 0.3)])
    #expect(PlotFrame(plot).pieces(of: plot.curves[0], tolerance: 0).count == 2)
  }

  @Test func `hostile numbers are drawn without a trap`() {
    for number in [Double.infinity, -.infinity, .nan, 1e308, -1e308] {
      let plot = Plot(
        [.init(.name("f"), pieces: [[.init(number, number), .init(0, number), .init(1, 0)]])],
        x: 0...1, y: -1e308...1e308, horizontal: .name("x"))
      let document = Document(blocks: [.plot(plot)])
      #expect(!document.terminal().isEmpty)
      #expect(!document.latex().isEmpty)
      #expect(!document.html().isEmpty)
      #expect(!document.plain().isEmpty)
    }
  }
}
