extension LaTeXWriter {
  private static let lineStyles = [
    "solid", "dashed,draw=blue!65!black", "densely dotted,draw=red!70!black,line width=.13em",
    "dash pattern=on .6em off .15em on .12em off .15em,draw=green!40!black",
    "loosely dashed,draw=black!60", "loosely dotted,line width=.13em",
  ]

  private static func lineStyle(_ place: Int) -> String { lineStyles[place % lineStyles.count] }

  /// Axes with round ticks, curves with dash patterns of their own, and a legend below.
  mutating func writePlot(_ plot: Plot) {
    if plot.curves.isEmpty { return }
    let (across, up) = (27.0, 13.0)
    let frame = PlotFrame(plot) {
      (LaTeXMetrics.width(LayoutBuilder.layout($0.label), isInline: true) + 1) / across
    }
    func at(_ x: Double, _ y: Double) -> String {
      "(\(Self.text(x * across)),\(Self.text(y * up)))"
    }
    openPicture("\\small")
    out.write("\\begin{tikzpicture}[x=1em,y=1em,line width=.07em]\n")
    if let row = frame.zeroRow { out.write("\\draw[black!25] \(at(0, row)) -- \(at(1, row));\n") }
    if let column = frame.zeroColumn {
      out.write("\\draw[black!25] \(at(column, 0)) -- \(at(column, 1));\n")
    }
    out.write("\\draw[black!70] \(at(0, 1)) -- \(at(0, 0)) -- \(at(1, 0));\n")
    for tick in frame.horizontal.ticks {
      out.write("\\draw[black!70] \(at(tick.place, 0)) -- +(0,-.3)")
      out.write(" node[below,inner sep=.2em] {$\(tick.label.latex(isInline: true))$};\n")
    }
    for tick in frame.vertical.ticks {
      out.write("\\draw[black!70] \(at(0, tick.place)) -- +(-.3,0)")
      out.write(" node[left,inner sep=.2em] {$\(tick.label.latex(isInline: true))$};\n")
    }
    out.write("\\node[right] at \(at(1, 0)) {$\(plot.horizontal.latex(isInline: true))$};\n")
    if let vertical = plot.vertical {
      out.write("\\node[above] at \(at(0, 1)) {$\(vertical.latex(isInline: true))$};\n")
    }
    for (place, curve) in plot.curves.enumerated() {
      for piece in frame.pieces(of: curve, tolerance: 0.0006) where piece.count > 1 {
        out.write("\\draw[line join=round,line width=.09em,\(Self.lineStyle(place))]")
        var column = 0
        for (number, point) in piece.enumerated() {
          let text = (number > 0 ? " -- " : " ") + at(point.x, point.y)
          if column > 80 {
            out.write("\n ")
            column = 0
          }
          column += text.utf8.count
          out.write(text)
        }
        out.write(";\n")
      }
    }
    for mark in frame.marks {
      let centre = at(mark.point.x, mark.point.y)
      out.write(mark.kind == .limit ? "\\draw[fill=white]" : "\\fill")
      out.write(" \(centre) circle (\(mark.kind == .value ? ".15" : ".22"));\n")
    }
    out.write("\\end{tikzpicture}\\par\\nopagebreak\n")
    writeLegend(plot)
    closePicture()
    writeRemark(plot.remarks(in: words))
  }

  private mutating func writeLegend(_ plot: Plot) {
    for (place, curve) in plot.curves.enumerated() {
      if place > 0 { out.write("\\quad\n") }
      out.write("\\tikz[baseline=-.5ex]{\\draw[line width=.09em,\(Self.lineStyle(place))]")
      out.write(" (0,0) -- (2em,0);}~")
      writeInlineFormula(curve.name)
    }
    out.write("\n")
  }
}
