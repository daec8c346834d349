/// A plot in characters: curves in Braille dots, axes in lines, ticks as numbers.
enum PlotText {
  private static let patterns = [[], [5, 3], [1, 2], [7, 2, 1, 2], [3, 5], [1, 5]]
  private static let height = 15

  static func rows(_ plot: Plot, width: Int) -> [String] {
    if plot.curves.isEmpty { return [] }
    let frame = PlotFrame(plot, horizontalTicks: max(2, min(6, width / 12)), verticalTicks: 5)
    let margin = frame.vertical.ticks.reduce(0) { max($0, DisplayWidth.of($1.text)) }
    let name = CompactWriter.text(LayoutBuilder.layout(plot.horizontal))
    let columns = min(72, width - margin - 4 - DisplayWidth.of(name))
    if columns < 8 { return [] }
    var canvas = BrailleCanvas(columns: columns, rows: height)
    let (right, bottom) = (Double(columns * 2 - 1), Double(height * 4 - 1))
    for (place, curve) in plot.curves.enumerated() {
      for piece in frame.pieces(of: curve, tolerance: 0.0005) {
        let points = piece.map { Plot.Point($0.x * right, (1 - $0.y) * bottom) }
        canvas.draw(points, pattern: patterns[place % patterns.count])
      }
    }
    var rows: [String] = []
    if let vertical = plot.vertical {
      rows.append(
        TextBox.spaces(margin) + " " + CompactWriter.text(LayoutBuilder.layout(vertical)))
    }
    let marks = self.marks(plot, frame, columns)
    let zero = frame.zeroRow.map { Int(((1 - $0) * bottom).rounded()) / 4 }
    let upright = frame.zeroColumn.map { Int(($0 * right).rounded()) / 2 }
    for row in 0..<height {
      let tick = frame.vertical.ticks.first {
        Int(((1 - $0.place) * bottom).rounded()) / 4 == row && $0.place > -0.01 && $0.place < 1.01
      }
      var line = tick?.text ?? ""
      line = TextBox.spaces(margin - DisplayWidth.of(line)) + line + (tick == nil ? " │" : " ┤")
      for column in 0..<columns {
        if let mark = marks[row * columns + column] {
          line += mark
        } else if !canvas.isEmpty(column, row) {
          line += canvas.character(column, row)
        } else if row == zero {
          line += column == upright ? "┼" : "╌"
        } else {
          line += column == upright ? "╎" : " "
        }
      }
      rows.append(TextLine.trimmed(line))
    }
    rows += axis(frame, columns, margin, name)
    rows += legend(plot, width: width, margin: margin + 2)
    return rows
  }

  /// Marks by the number of their cell.
  private static func marks(_ plot: Plot, _ frame: PlotFrame, _ columns: Int) -> [Int: String] {
    var marks: [Int: String] = [:]
    for curve in plot.curves {
      for mark in frame.marks(of: curve) {
        let column = Int((mark.point.x * Double(columns * 2 - 1)).rounded()) / 2
        let row = Int(((1 - mark.point.y) * Double(height * 4 - 1)).rounded()) / 4
        guard column >= 0, column < columns, row >= 0, row < height else { continue }
        let place = row * columns + column
        switch mark.kind {
        case .limit: if marks[place] == nil { marks[place] = "○" }
        case .kink: marks[place] = "●"
        case .value: marks[place] = "•"
        }
      }
    }
    return marks
  }

  private static func axis(
    _ frame: PlotFrame, _ columns: Int, _ margin: Int, _ name: String
  ) -> [String] {
    var line = TextBox.spaces(margin) + " └"
    var labels = LineCanvas(width: margin + columns + 12, height: 1)
    var taken = -1
    var cells = [String](repeating: "─", count: columns)
    for tick in frame.horizontal.ticks {
      let column = min(columns - 1, Int((tick.place * Double(columns * 2 - 1)).rounded()) / 2)
      if column < 0 { continue }
      cells[column] = "┬"
      let width = DisplayWidth.of(tick.text)
      let start = margin + 2 + column - (width - 1) / 2
      if start <= taken { continue }
      labels.write(tick.text, start, 0)
      taken = start + width
    }
    for cell in cells { line += cell }
    return [line + " " + name] + labels.rows
  }

  private static func legend(_ plot: Plot, width: Int, margin: Int) -> [String] {
    var rows: [String] = []
    for (place, curve) in plot.curves.enumerated() {
      var sample = BrailleCanvas(columns: 5, rows: 1)
      sample.draw([Plot.Point(0, 2), Plot.Point(9, 2)], pattern: patterns[place % patterns.count])
      var text = ""
      for column in 0..<5 { text += sample.character(column, 0) }
      if plot.curves.count == 1, plot.vertical == curve.name { continue }
      let name = CompactWriter.text(LayoutBuilder.layout(curve.name))
      let room = width - margin - 6
      let lines = TerminalWriter.wrap(name, width: room)
      for (number, line) in lines.enumerated() {
        rows.append(
          TextBox.spaces(margin) + (number == 0 ? text : "     ") + " " + line)
      }
    }
    return rows.isEmpty ? [] : [""] + rows
  }
}
