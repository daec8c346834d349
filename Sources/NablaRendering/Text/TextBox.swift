/// A rectangle of text with a baseline, every row padded to the same width.
struct TextBox {
  var rows: [String]
  var width: Int
  /// The row that stands on the line of the surrounding text.
  var baseline: Int

  var height: Int { rows.count }
  var isTall: Bool { rows.count > 1 }

  init(_ text: String) {
    rows = [text]
    width = DisplayWidth.of(text)
    baseline = 0
  }

  init(rows: [String], width: Int, baseline: Int) {
    self.rows = rows
    self.width = width
    self.baseline = baseline
  }

  static func spaces(_ count: Int) -> String {
    if count <= 0 { return "" }
    return String(unsafeUninitializedCapacity: count) { buffer in
      buffer.initialize(repeating: 32)
      return count
    }
  }

  /// Boxes side by side on one baseline.
  static func beside(_ boxes: [TextBox]) -> TextBox {
    if boxes.count == 1 { return boxes[0] }
    var above = 0
    var below = 0
    for box in boxes {
      above = max(above, box.baseline)
      below = max(below, box.height - box.baseline - 1)
    }
    var rows = [String](repeating: "", count: above + below + 1)
    var width = 0
    for box in boxes {
      let first = above - box.baseline
      let blank = box.height == rows.count ? "" : spaces(box.width)
      for row in rows.indices {
        let inner = row - first
        rows[row] += inner >= 0 && inner < box.height ? box.rows[inner] : blank
      }
      width += box.width
    }
    return TextBox(rows: rows, width: width, baseline: above)
  }

  /// Boxes one below the other, centred, with the baseline on a row of the stack.
  static func stacked(_ boxes: [TextBox], baseline: Int) -> TextBox {
    let width = boxes.reduce(0) { max($0, $1.width) }
    var rows: [String] = []
    for box in boxes { rows.append(contentsOf: box.widened(to: width).rows) }
    return TextBox(rows: rows, width: width, baseline: baseline)
  }

  func widened(to wanted: Int) -> TextBox {
    if wanted <= width { return self }
    let left = Self.spaces((wanted - width) / 2)
    let right = Self.spaces(wanted - width - (wanted - width) / 2)
    return TextBox(rows: rows.map { left + $0 + right }, width: wanted, baseline: baseline)
  }

  func padded(to wanted: Int) -> TextBox {
    if wanted <= width { return self }
    let right = Self.spaces(wanted - width)
    return TextBox(rows: rows.map { $0 + right }, width: wanted, baseline: baseline)
  }
}
