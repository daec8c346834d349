/// Dots in cells of two by four, as the Braille characters have them.
struct BrailleCanvas {
  let columns: Int
  let rows: Int
  private var cells: [UInt8]

  init(columns: Int, rows: Int) {
    self.columns = max(0, columns)
    self.rows = max(0, rows)
    cells = [UInt8](repeating: 0, count: self.columns * self.rows)
  }

  /// Sets the dot at a place counted from the upper left.
  mutating func set(_ x: Int, _ y: Int) {
    guard x >= 0, y >= 0, x < columns * 2, y < rows * 4 else { return }
    let bits: [UInt8] = [0x01, 0x02, 0x04, 0x40, 0x08, 0x10, 0x20, 0x80]
    cells[(y / 4) * columns + x / 2] |= bits[(x % 2) * 4 + y % 4]
  }

  /// Draws a line through points in units of dots with dots on and off in turn.
  mutating func draw(_ points: [Plot.Point], pattern: [Int]) {
    var counter = 0
    var last: (Int, Int)?
    let period = pattern.reduce(0, +)
    func isOn(_ count: Int) -> Bool {
      var rest = period > 0 ? count % period : 0
      for (place, length) in pattern.enumerated() {
        if rest < length { return place % 2 == 0 }
        rest -= length
      }
      return true
    }
    func visit(_ x: Double, _ y: Double, _ canvas: inout BrailleCanvas) {
      let dot = (Int(x.rounded()), Int(y.rounded()))
      if let last, last == dot { return }
      last = dot
      if isOn(counter) { canvas.set(dot.0, dot.1) }
      counter += 1
    }
    if points.count == 1 { visit(points[0].x, points[0].y, &self) }
    for (one, two) in zip(points, points.dropFirst()) {
      let steps = max(1, Int(max(abs(two.x - one.x), abs(two.y - one.y)).rounded(.up)))
      for step in 0...steps {
        let part = Double(step) / Double(steps)
        visit(one.x + part * (two.x - one.x), one.y + part * (two.y - one.y), &self)
      }
    }
  }

  func isEmpty(_ column: Int, _ row: Int) -> Bool { cells[row * columns + column] == 0 }

  func character(_ column: Int, _ row: Int) -> String {
    let bits = cells[row * columns + column]
    guard bits > 0, let scalar = Unicode.Scalar(0x2800 + UInt32(bits)) else { return " " }
    return String(scalar)
  }
}
