import NablaNotation

extension HTMLWriter {
  /// Units of a picture for one em of its text.
  static let em = 15.0
  /// The widths in units of a page, and of a telephone held upright.
  private static let pageWidth = 780.0
  private static let narrowWidth = 326.0
  private static let margin = 2.0
  private static let tallest = 1200.0

  /// An inline picture, in several parts where it is wider than the page; narrow screens get one
  /// that flows downwards if only that one fits.
  mutating func writeGraph(_ graph: ComputationGraph) {
    guard let (texts, bands) = Self.choice(graph) else { return writeGraphList(graph) }
    out.write("<figure class=\"picture\">\n")
    var narrow: (texts: GraphTexts, band: GraphDrawing.Band)?
    if bands.contains(where: { $0.width * Self.em > Self.narrowWidth }) {
      narrow = Self.choice(graph, .downward, Self.narrowWidth)
    }
    for (place, band) in bands.enumerated() {
      out.write("<div class=\"scroll\(narrow == nil ? "" : " roomy")\">")
      write(graph, texts, band, isTold: place == 0)
      out.write("</div>\n")
    }
    if let narrow {
      out.write("<div class=\"scroll narrow\">")
      write(graph, narrow.texts, narrow.band, isTold: true)
      out.write("</div>\n")
    }
    writeCaption(
      graph.legend(markingAdjoints: "coloured below it", isContinued: bands.count > 1, in: words))
    out.write("</figure>\n")
  }

  mutating func writeCaption(_ words: [Inline]) {
    if words.isEmpty { return }
    out.write("<figcaption>")
    write(words)
    out.write("</figcaption>\n")
  }

  /// From left to right or from top to bottom where that fits, otherwise in parts.
  private static func choice(
    _ graph: ComputationGraph
  ) -> (GraphTexts, [GraphDrawing.Band])? {
    if graph.nodes.isEmpty || graph.nodes.count > ComputationGraph.mostNodes { return nil }
    for direction in [GraphDrawing.Direction.rightward, .downward] {
      if let (texts, band) = choice(graph, direction, pageWidth) { return (texts, [band]) }
    }
    let texts = GraphTexts(graph, .short) { SVGFormula($0).width }
    guard let drawing = texts.drawing(.rightward) else { return nil }
    let bands = drawing.bands(width: (pageWidth - 2 * margin) / em)
    return (bands ?? drawing.bands(width: drawing.width)).map { (texts, $0) }
  }

  private static func choice(
    _ graph: ComputationGraph, _ direction: GraphDrawing.Direction, _ width: Double
  ) -> (GraphTexts, GraphDrawing.Band)? {
    for labelling in ComputationGraph.Labelling.allCases {
      if labelling == .short, !graph.hasTwoLabellings { continue }
      let texts = GraphTexts(graph, labelling) { SVGFormula($0).width }
      guard let drawing = texts.drawing(direction),
        drawing.height * em <= tallest,
        let bands = drawing.bands(width: (width - 2 * margin) / em), bands.count == 1
      else { continue }
      return (texts, bands[0])
    }
    return nil
  }

  private mutating func write(
    _ graph: ComputationGraph, _ texts: GraphTexts, _ band: GraphDrawing.Band, isTold: Bool
  ) {
    let width = PictureNumber.text(band.width * Self.em + 2 * Self.margin)
    let height = PictureNumber.text(band.height * Self.em + 2 * Self.margin)
    openPicture(
      width, height, title: words.say("Computational graph"),
      summary: isTold ? graph.summary(in: words) : nil)
    out.write("<g transform=\"translate(\(Self.margin) \(Self.margin))\">\n")
    for arrow in band.arrows {
      let edge = graph.edges[arrow.edge]
      out.write("<path class=\"\(edge.isOnPath ? "flow" : "plain")\" d=\"")
      for segment in arrow.segments { write(segment) }
      out.write("\"/>")
      writeTip(arrow, edge.isOnPath)
      if let label = arrow.label, let layout = texts.labels[arrow.edge] {
        writeWords(layout, label.centre.x, label.centre.y + 0.3, "label")
      }
      out.endLine()
    }
    for (place, box) in band.boxes {
      let (left, top) = (box.centre.x - box.width / 2, box.centre.y - box.height / 2)
      out.write("<rect class=\"\(Self.name(graph.nodes[place].kind))\" rx=\"4\"")
      for (name, number) in [
        ("x", left), ("y", top), ("width", box.width), ("height", box.height),
      ] {
        out.write(" \(name)=\"\(PictureNumber.text(number * Self.em))\"")
      }
      out.write("/>")
      for (row, line) in texts.lines[place].enumerated() {
        let baseline = top + GraphTexts.margin + (Double(row) + 0.78) * GraphTexts.lineHeight
        let style = row == 0 ? "name" : line.isAdjoint ? "adjoint" : "value"
        writeWords(line.layout, box.centre.x, baseline, style)
      }
      out.endLine()
    }
    out.write("</g></svg>")
  }

  private static func name(_ kind: ComputationGraph.Node.Kind) -> String {
    switch kind {
    case .input: "given"
    case .parameter: "asked"
    case .intermediate: "between"
    case .result: "final"
    }
  }

  /// Without a summary it is a part of the picture before it.
  mutating func openPicture(
    _ width: String, _ height: String, title: String, summary: String?, size: Double = Self.em
  ) {
    out.write("<svg width=\"\(width)\" height=\"\(height)\" viewBox=\"0 0 \(width) \(height)\"")
    out.write(" font-size=\"\(PictureNumber.text(size))\"")
    guard let summary else { return out.write(" aria-hidden=\"true\">\n") }
    pictures += 1
    out.write(" role=\"img\" aria-labelledby=\"picture-\(pictures)\"")
    out.write(" aria-describedby=\"picture-\(pictures)-text\">")
    out.write("<title id=\"picture-\(pictures)\">\(HTMLEscaping.escaped(title))</title>\n")
    out.write("<desc id=\"picture-\(pictures)-text\">\(HTMLEscaping.escaped(summary))</desc>\n")
  }

  private mutating func write(_ segment: GraphDrawing.Segment) {
    func text(_ point: GraphDrawing.Point) -> String {
      PictureNumber.text(point.x * Self.em) + " " + PictureNumber.text(point.y * Self.em)
    }
    switch segment {
    case .move(let point): out.write("M\(text(point))")
    case .line(let point): out.write("L\(text(point))")
    case .curve(let one, let two, let end):
      out.write("C\(text(one)) \(text(two)) \(text(end))")
    }
  }

  /// The arrow head, in the direction in which the line arrives.
  private mutating func writeTip(_ arrow: GraphDrawing.Arrow, _ isOnPath: Bool) {
    guard arrow.hasTip, let (end, isRightward) = arrow.tip else { return }
    let (x, y) = (end.x * Self.em, end.y * Self.em)
    let (back, side) = (7.0, 3.2)
    let corners =
      isRightward
      ? [(x - back, y - side), (x - back, y + side)]
      : [(x - side, y - back), (x + side, y - back)]
    out.write("<path class=\"tip\(isOnPath ? "" : " plain")\" d=\"M\(PictureNumber.text(x))")
    out.write(" \(PictureNumber.text(y))")
    for corner in corners {
      out.write("L\(PictureNumber.text(corner.0)) \(PictureNumber.text(corner.1))")
    }
    out.write("Z\"/>")
  }

  private mutating func writeWords(_ layout: Layout, _ x: Double, _ y: Double, _ style: String) {
    out.write("<text class=\"\(style)\" x=\"\(PictureNumber.text(x * Self.em))\"")
    out.write(" y=\"\(PictureNumber.text(y * Self.em))\">")
    SVGFormula(layout).write(size: Self.em, to: &out)
    out.write("</text>")
  }

  private mutating func writeGraphList(_ graph: ComputationGraph) {
    let rows = graph.rows
    if rows.isEmpty { return }
    out.write("<ul>\n")
    for row in rows { writeParagraph(row, tag: "li") }
    out.write("</ul>\n")
  }
}
