extension PlainWriter {
  mutating func writeGraph(_ graph: ComputationGraph) {
    for row in graph.rows { line("", row) }
  }

  /// The curves by name with a few points each.
  mutating func writePlot(_ plot: Plot) {
    let scale = PlotFrame(plot)
    for curve in plot.curves {
      line("", [.text("curve "), .formula(curve.name)])
      let points = curve.pieces.flatMap { $0 }
      let step = max(1, points.count / 8)
      var place = 0
      while place < points.count {
        write(points[place], "", scale)
        place += step
      }
      for mark in curve.marks {
        switch mark.kind {
        case .value: continue
        case .kink: write(mark.point, "  # kink", scale)
        case .limit: write(mark.point, "  # limit", scale)
        }
      }
    }
  }

  private mutating func write(_ point: Plot.Point, _ remark: String, _ frame: PlotFrame) {
    out.write("  (")
    out.write(frame.horizontal.plain(point.x))
    out.write(", ")
    out.write(frame.vertical.plain(point.y))
    out.write(")")
    out.write(remark)
    out.endLine()
  }
}
