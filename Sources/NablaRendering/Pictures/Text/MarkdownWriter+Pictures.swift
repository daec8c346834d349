extension MarkdownWriter {
  private static let columns = 78

  /// The drawing of a terminal in a code block: pictures in the page are taken out of many pages.
  mutating func writeGraph(_ graph: ComputationGraph) {
    if let (graph, parts) = GraphText.parts(graph, width: Self.columns, height: 60) {
      writeRows(Array(parts.joined(separator: [""])))
      return writeRemark(
        graph.legend(markingAdjoints: "after ∂", isContinued: parts.count > 1, in: words))
    }
    for row in graph.rows { line("* ", row) }
  }

  mutating func writePlot(_ plot: Plot) {
    writeRows(PlotText.rows(plot, width: Self.columns))
    writeRemark(plot.remarks(in: words))
  }

  private mutating func writeRows(_ rows: [String]) {
    if rows.isEmpty { return }
    writeCode(rows.joined(separator: "\n"))
  }

  private mutating func writeRemark(_ words: [Inline]) {
    if words.isEmpty { return }
    out.endLine()
    line("> ", words, isParagraph: true)
  }
}
