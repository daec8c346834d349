extension LaTeXWriter {
  /// What a preamble needs for pictures.
  static let pictureSetup = """
    \\usepackage{tikz}
    \\usetikzlibrary{arrows.meta}
    \\colorlet{backward}{blue!60!black}
    \\tikzset{
      quantity/.style={draw=black!65,rounded corners=.22em},
      asked/.style={fill=black!7}, result/.style={line width=.09em,draw=black},
      flow/.style={draw=black!65,-{Stealth[length=.5em]}},
      plain flow/.style={flow,draw=black!40,dashed},
      words/.style={inner sep=0pt,outer sep=0pt,anchor=base},
    }

    """

  /// The setup as comments at the head of a fragment.
  mutating func writePictureNeeds() {
    out.write("% The pictures need in the preamble:\n")
    for line in Self.pictureSetup.split(separator: "\n") {
      out.write("%   ")
      out.write(String(line))
      out.endLine()
    }
    out.endLine()
  }

  /// A size of type, by its command and in the em of the surrounding text.
  private struct TypeSize {
    let command: String
    let scale: Double
    /// Whether distances are small as well.
    var isTight = false
  }

  private static let typeSizes = [
    TypeSize(command: "\\small", scale: 0.914), TypeSize(command: "\\footnotesize", scale: 0.846),
    TypeSize(command: "\\scriptsize", scale: 0.778),
    TypeSize(command: "\\scriptsize", scale: 0.778, isTight: true),
  ]

  /// Heights in em of the text that a picture should keep to.
  private static var tallest: Double { 52 }

  /// A way to set a graph.
  private struct Setting {
    let graph: ComputationGraph
    let texts: GraphTexts
    let bands: [GraphDrawing.Band]
    let size: TypeSize
    let height: Double
  }

  /// From left to right where that fits; otherwise downwards or in parts, whichever is lower.
  mutating func writeGraph(_ graph: ComputationGraph) {
    if graph.nodes.isEmpty || graph.nodes.count > ComputationGraph.mostNodes {
      return writeGraphList(graph)
    }
    var setting = first(graph, .rightward, Self.typeSizes, mostBands: 1)
    if setting == nil, graph.isDense {
      setting = first(
        graph.withoutLabels, .rightward, Array(Self.typeSizes.prefix(3)), mostBands: 1)
    }
    if setting == nil {
      // One picture is easier to follow than several parts, unless it takes most of a page.
      let downward = first(graph, .downward, Self.typeSizes, mostBands: 1)
      let repeating = graph.repeatingSources ?? graph
      let parts =
        first(graph, .rightward, [Self.typeSizes[0]], mostBands: 3)
        ?? first(repeating, .rightward, [Self.typeSizes[0]], mostBands: 6)
        ?? first(
          repeating, .rightward, Array(Self.typeSizes.dropFirst(2)), [.short], mostBands: 24)
      setting = downward
      let isTooTall = downward.map {
        $0.height > 40 && parts?.height ?? .infinity < 0.8 * $0.height
      }
      if let parts, isTooTall ?? true { setting = parts }
    }
    guard let setting else { return writeGraphList(graph) }
    let count = setting.bands.count
    for (place, band) in setting.bands.enumerated() {
      if place > 0 { out.write("\\vspace{4pt}") }
      write(setting, band, isCentred: count == 1)
    }
    writeRemark(
      setting.graph.legend(markingAdjoints: "in blue below it", isContinued: count > 1, in: words))
  }

  /// The first size of type, and as much on the arrows as possible, for which the page is large
  /// enough.
  private func first(
    _ graph: ComputationGraph, _ direction: GraphDrawing.Direction, _ sizes: [TypeSize],
    _ labellings: [ComputationGraph.Labelling] = ComputationGraph.Labelling.allCases, mostBands: Int
  ) -> Setting? {
    for size in sizes {
      for labelling in labellings {
        if labelling == .short, labellings.count > 1, !graph.hasTwoLabellings { continue }
        let texts = GraphTexts(graph, labelling)
        guard let drawing = texts.drawing(direction, isTight: size.isTight),
          let bands = drawing.bands(
            width: (width - 0.5) / size.scale, entryWidth: texts.entryWidth),
          bands.count <= mostBands,
          bands.allSatisfy({ $0.height * size.scale <= Self.tallest })
        else { continue }
        let height = bands.reduce(0) { $0 + $1.height + 1 } * size.scale
        return Setting(
          graph: graph, texts: texts, bands: bands, size: size, height: height)
      }
    }
    return nil
  }

  private mutating func write(
    _ setting: Setting, _ band: GraphDrawing.Band, isCentred: Bool
  ) {
    let (graph, texts) = (setting.graph, setting.texts)
    openPicture(setting.size.command, isCentred: isCentred)
    out.write("\\begin{tikzpicture}[x=1em,y=-1em]\n")
    for arrow in band.arrows {
      let edge = graph.edges[arrow.edge]
      writeLines(arrow, edge.isOnPath ? "flow" : "plain flow")
      guard let label = arrow.label, let layout = texts.labels[arrow.edge] else { continue }
      writeWords(layout, label.centre.x, label.centre.y + 0.25)
    }
    for (node, place) in band.entries {
      guard let name = texts.lines[node].first else { continue }
      writeWords(name.layout, place.x - 0.15, place.y + 0.25, "anchor=base east")
    }
    for (node, box) in band.boxes {
      let style =
        switch graph.nodes[node].kind {
        case .input: "quantity,draw=black!40"
        case .parameter: "quantity,asked"
        case .intermediate: "quantity"
        case .result: "quantity,result"
        }
      let (left, top) = (box.centre.x - box.width / 2, box.centre.y - box.height / 2)
      out.write(
        "\\draw[\(style)] (\(Self.text(left)),\(Self.text(top))) rectangle "
          + "+(\(Self.text(box.width)),\(Self.text(box.height)));\n")
      for (row, line) in texts.lines[node].enumerated() {
        let baseline = top + GraphTexts.margin + (Double(row) + 0.75) * GraphTexts.lineHeight
        writeWords(line.layout, box.centre.x, baseline, line.isAdjoint ? "text=backward" : "")
      }
    }
    out.write("\\end{tikzpicture}\n")
    closePicture()
  }

  /// A paragraph; parts of a picture begin at the left.
  mutating func openPicture(_ size: String, isCentred: Bool = true) {
    out.write("\\vspace{3pt}{\(isCentred ? "\\centering" : "")\(size)\n")
  }

  mutating func closePicture() { out.write("\\par}\n") }

  mutating func writeRemark(_ words: [Inline]) {
    if words.isEmpty { return }
    out.write("\\nopagebreak\\note{")
    write(words)
    out.write("}\n")
  }

  private mutating func writeWords(
    _ layout: Layout, _ x: Double, _ y: Double, _ style: String = ""
  ) {
    out.write("\\node[words\(style.isEmpty ? "" : ",")\(style)] at ")
    out.write("(\(Self.text(x)),\(Self.text(y))) {$")
    out.write(LaTeXLayoutWriter.latex(layout, isInline: true))
    out.write("$};\n")
  }

  /// A path in pieces, the last of which ends in the head of the arrow.
  private mutating func writeLines(_ arrow: GraphDrawing.Arrow, _ style: String) {
    let segments = arrow.segments
    let lastMove = segments.lastIndex { if case .move = $0 { true } else { false } } ?? 0
    for (place, segment) in segments.enumerated() {
      switch segment {
      case .move(let point):
        if place > 0 { out.write(";\n") }
        let isLast = place == lastMove && arrow.hasTip
        out.write("\\draw[\(style)\(isLast ? "" : ",-")] \(Self.text(point))")
      case .line(let point): out.write(" -- \(Self.text(point))")
      case .curve(let one, let two, let end):
        out.write(" .. controls \(Self.text(one)) and \(Self.text(two)) .. \(Self.text(end))")
      }
    }
    if !segments.isEmpty { out.write(";\n") }
  }

  static func text(_ point: GraphDrawing.Point) -> String {
    "(\(text(point.x)),\(text(point.y)))"
  }

  static func text(_ number: Double) -> String { PictureNumber.text(number) }

  /// The graph in words, where it cannot be drawn.
  private mutating func writeGraphList(_ graph: ComputationGraph) {
    let rows = graph.rows
    if rows.isEmpty { return }
    write(.list(ordered: false, rows))
  }
}
