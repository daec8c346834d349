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
    guard let setting = Self.setting(graph) else { return writeGraphList(graph) }
    let summary = graph.summary(in: words)
    out.write("<figure class=\"picture\">\n")
    var narrow: Setting?
    if setting.bands.contains(where: { $0.width * Self.em > Self.narrowWidth }) {
      narrow = Self.whole(graph, .downward, Self.narrowWidth)
    }
    for (place, band) in setting.bands.enumerated() {
      out.write("<div class=\"scroll\(narrow == nil ? "" : " roomy")\">")
      write(setting, band, summary: place == 0 ? summary : nil)
      out.write("</div>\n")
    }
    if let narrow {
      out.write("<div class=\"scroll narrow\">")
      for band in narrow.bands { write(narrow, band, summary: summary) }
      out.write("</div>\n")
    }
    writeCaption(
      setting.graph.legend(
        markingAdjoints: "coloured below it", isContinued: setting.bands.count > 1, in: words))
    out.write("</figure>\n")
  }

  /// A way to draw a graph.
  private struct Setting {
    let graph: ComputationGraph
    let texts: GraphTexts
    let bands: [GraphDrawing.Band]
  }

  mutating func writeCaption(_ words: [Inline]) {
    if words.isEmpty { return }
    out.write("<figcaption>")
    write(words)
    out.write("</figcaption>\n")
  }

  /// From left to right or from top to bottom where that fits, otherwise in parts.
  private static func setting(_ graph: ComputationGraph) -> Setting? {
    if graph.nodes.isEmpty || graph.nodes.count > ComputationGraph.mostNodes { return nil }
    for direction in [GraphDrawing.Direction.rightward, .downward] {
      if let setting = whole(graph, direction, pageWidth) { return setting }
    }
    if graph.isDense, let setting = whole(graph.withoutLabels, .rightward, pageWidth) {
      return setting
    }
    let graph = graph.repeatingSources ?? graph
    let texts = GraphTexts(graph, .short) { SVGFormula($0).width }
    guard let drawing = texts.drawing(.rightward) else { return nil }
    let bands =
      drawing.bands(width: (pageWidth - 2 * margin) / em, entryWidth: texts.entryWidth)
      ?? drawing.bands(width: drawing.width)
    return bands.map { Setting(graph: graph, texts: texts, bands: $0) }
  }

  private static func whole(
    _ graph: ComputationGraph, _ direction: GraphDrawing.Direction, _ width: Double
  ) -> Setting? {
    for labelling in ComputationGraph.Labelling.allCases {
      if labelling == .short, !graph.hasTwoLabellings { continue }
      let texts = GraphTexts(graph, labelling) { SVGFormula($0).width }
      guard let drawing = texts.drawing(direction),
        drawing.height * em <= tallest,
        let bands = drawing.bands(width: (width - 2 * margin) / em), bands.count == 1
      else { continue }
      return Setting(graph: graph, texts: texts, bands: bands)
    }
    return nil
  }

  private mutating func write(
    _ setting: Setting, _ band: GraphDrawing.Band, summary: String?
  ) {
    let (graph, texts) = (setting.graph, setting.texts)
    let width = PictureNumber.text(band.width * Self.em + 2 * Self.margin)
    let height = PictureNumber.text(band.height * Self.em + 2 * Self.margin)
    openPicture(
      width, height, title: words.say("Computational graph"),
      summary: summary)
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
    for (node, place) in band.entries {
      guard let name = texts.lines[node].first else { continue }
      writeWords(name.layout, place.x - 0.2, place.y + 0.3, "label end")
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
    let name = anchors.picture(pictures)
    out.write(" role=\"img\" aria-labelledby=\"\(name)\" aria-describedby=\"\(name)-text\">")
    out.write("<title id=\"\(name)\">\(HTMLEscaping.escaped(title))</title>\n")
    out.write("<desc id=\"\(name)-text\">\(HTMLEscaping.escaped(summary))</desc>\n")
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
