import NablaNotation

extension HTMLWriter {
  private static let lineCount = 6
  /// In units of the picture, which is shrunk on narrow screens.
  private static let typeSize = 17.0

  /// An inline picture that shrinks with the page, and a legend with formulas below it.
  mutating func writePlot(_ plot: Plot) {
    if plot.curves.isEmpty { return }
    let (width, height) = (500.0, 290.0)
    func labelWidth(_ tick: PlotScale.Tick) -> Double {
      Self.typeSize * SVGFormula(LayoutBuilder.layout(tick.label)).width
    }
    // The frame takes most of the width; labels keep a distance of an em.
    let frame = PlotFrame(plot) { (labelWidth($0) + Self.typeSize) / (0.75 * width) }
    let labels = frame.vertical.ticks.map { SVGFormula(LayoutBuilder.layout($0.label)) }
    let left = Self.typeSize * (labels.map { $0.width }.max() ?? 0) + 12
    let name = SVGFormula(LayoutBuilder.layout(plot.horizontal))
    let overhang = frame.horizontal.ticks.last.map { labelWidth($0) / 2 } ?? 0
    let right = max(Self.typeSize * name.width + 14, overhang + 2, 22)
    let (top, bottom) = (plot.vertical == nil ? 12.0 : 32.0, 30.0)
    let (across, up) = (width - left - right, height - top - bottom)
    func x(_ place: Double) -> String { PictureNumber.text(left + place * across) }
    func y(_ place: Double) -> String { PictureNumber.text(top + (1 - place) * up) }
    out.write("<figure class=\"picture plot\">\n")
    openPicture(
      "500", "290", title: words.say("Curves"), summary: plot.summary(in: words),
      size: Self.typeSize)
    if let row = frame.zeroRow {
      out.write("<path class=\"zero\" d=\"M\(x(0)) \(y(row))H\(x(1))\"/>")
    }
    if let column = frame.zeroColumn {
      out.write("<path class=\"zero\" d=\"M\(x(column)) \(y(0))V\(y(1))\"/>")
    }
    out.write("<path class=\"axis\" d=\"M\(x(0)) \(y(1))V\(y(0))H\(x(1))\"/>\n")
    for tick in frame.horizontal.ticks {
      out.write("<path class=\"axis\" d=\"M\(x(tick.place)) \(y(0))v4\"/>")
      writeText(tick.label, x(tick.place), PictureNumber.text(height - 7), "value")
    }
    for tick in frame.vertical.ticks {
      out.write("<path class=\"axis\" d=\"M\(x(0)) \(y(tick.place))h-4\"/>")
      let baseline = PictureNumber.text(top + (1 - tick.place) * up + 5.5)
      writeText(tick.label, PictureNumber.text(left - 7), baseline, "value end")
    }
    writeText(
      plot.horizontal, PictureNumber.text(width - right + 8),
      PictureNumber.text(height - bottom + 5), "name start")
    if let vertical = plot.vertical { writeText(vertical, x(0), "18", "name start") }
    out.endLine()
    for (place, curve) in plot.curves.enumerated() {
      for piece in frame.pieces(of: curve, tolerance: 0.0008) where piece.count > 1 {
        out.write("<path class=\"curve line-\(place % Self.lineCount)\" d=\"")
        for (number, point) in piece.enumerated() {
          out.write(number == 0 ? "M" : "L")
          out.write("\(x(point.x)) \(y(point.y))")
        }
        out.write("\"/>\n")
      }
    }
    for mark in frame.marks {
      let style = mark.kind == .limit ? "limit" : "dot"
      out.write("<circle class=\"\(style)\" cx=\"\(x(mark.point.x))\" cy=\"\(y(mark.point.y))\"")
      out.write(" r=\"\(mark.kind == .value ? "2.4" : "3.4")\"/>")
    }
    out.write("</svg>\n")
    writeLegend(plot)
    writeCaption(plot.remarks(in: words))
    out.write("</figure>\n")
  }

  private mutating func writeLegend(_ plot: Plot) {
    if plot.curves.count == 1, plot.vertical == plot.curves[0].name { return }
    out.write("<ul class=\"legend\" role=\"list\">\n")
    for (place, curve) in plot.curves.enumerated() {
      out.write("<li><svg width=\"36\" height=\"10\" aria-hidden=\"true\">")
      out.write("<path class=\"curve line-\(place % Self.lineCount)\" d=\"M0 5H36\"/></svg> <span>")
      write([.formula(curve.name)])
      out.write("</span></li>\n")
    }
    out.write("</ul>\n")
  }

  private mutating func writeText(_ formula: Formula, _ x: String, _ y: String, _ style: String) {
    out.write("<text class=\"\(style)\" x=\"\(x)\" y=\"\(y)\">")
    SVGFormula(LayoutBuilder.layout(formula)).write(size: Self.typeSize, to: &out)
    out.write("</text>")
  }
}
