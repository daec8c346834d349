extension TerminalWriter {
  private static let highestGraph = 60

  mutating func writeGraph(_ graph: ComputationGraph) {
    if let (graph, parts) = GraphText.parts(graph, width: width - 2, height: Self.highestGraph) {
      for (place, part) in parts.enumerated() {
        if place > 0 { out.endLine() }
        for row in part { line("  " + row) }
      }
      let legend = graph.legend(markingAdjoints: "after ∂", isContinued: parts.count > 1, in: words)
      if legend.isEmpty { return }
      out.endLine()
      writeWrapped(legend, indent: 2, paint: .dim)
      return
    }
    for row in graph.rows { writeWrapped(row, first: "  ", firstWidth: 2, indent: 6) }
  }

  mutating func writePlot(_ plot: Plot) {
    for row in PlotText.rows(plot, width: measure - 2) { line("  " + row) }
    let remarks = plot.remarks(in: words)
    if remarks.isEmpty { return }
    out.endLine()
    writeWrapped(remarks, indent: 2, paint: .dim)
  }
}
