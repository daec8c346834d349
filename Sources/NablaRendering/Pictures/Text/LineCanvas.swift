/// A grid of characters on which lines join where they meet.
struct LineCanvas {
  /// The directions in which a line leaves a cell.
  struct Ends: OptionSet {
    let rawValue: UInt8
    static let up = Ends(rawValue: 1)
    static let down = Ends(rawValue: 2)
    static let left = Ends(rawValue: 4)
    static let right = Ends(rawValue: 8)
  }

  let width: Int
  let height: Int
  private var lines: [Ends]
  private var texts: [String?]

  init(width: Int, height: Int) {
    self.width = max(0, width)
    self.height = max(0, height)
    lines = [Ends](repeating: [], count: self.width * self.height)
    texts = [String?](repeating: nil, count: self.width * self.height)
  }

  private func place(_ column: Int, _ row: Int) -> Int? {
    column >= 0 && row >= 0 && column < width && row < height ? row * width + column : nil
  }

  mutating func add(_ ends: Ends, _ column: Int, _ row: Int) {
    if let place = place(column, row) { lines[place].formUnion(ends) }
  }

  mutating func drawRow(_ row: Int, from first: Int, to last: Int) {
    let (left, right) = (min(first, last), max(first, last))
    if left == right { return }
    for column in left...right {
      if column > left { add(.left, column, row) }
      if column < right { add(.right, column, row) }
    }
  }

  mutating func drawColumn(_ column: Int, from first: Int, to last: Int) {
    let (top, bottom) = (min(first, last), max(first, last))
    if top == bottom { return }
    for row in top...bottom {
      if row > top { add(.up, column, row) }
      if row < bottom { add(.down, column, row) }
    }
  }

  /// Text over whatever is there; a wide character takes two cells.
  mutating func write(_ text: String, _ column: Int, _ row: Int) {
    var column = column
    var last: Int?
    for scalar in DisplayWidth.harmless(text).unicodeScalars {
      let width = DisplayWidth.of(scalar)
      if width == 0 {
        if let last { texts[last]?.unicodeScalars.append(scalar) }
        continue
      }
      if let place = place(column, row) {
        texts[place] = String(scalar)
        last = place
        if width == 2, let next = self.place(column + 1, row) { texts[next] = "" }
      }
      column += width
    }
  }

  var rows: [String] { rows(0..<width) }

  /// Some of the columns, without empty rows at the ends.
  func rows(_ columns: Range<Int>) -> [String] {
    var result: [String] = []
    for row in 0..<height { result.append(TextLine.trimmed(self.row(row, columns))) }
    while result.last?.isEmpty == true { result.removeLast() }
    return Array(result.drop { $0.isEmpty })
  }

  func row(_ row: Int, _ columns: Range<Int>) -> String {
    var line = ""
    for column in columns {
      let place = row * width + column
      line += texts[place] ?? Self.character(lines[place])
    }
    return line
  }

  private static func character(_ ends: Ends) -> String {
    let characters = [
      " ", "│", "│", "│", "─", "┘", "┐", "┤", "─", "└", "┌", "├", "─", "┴", "┬", "┼",
    ]
    return characters[Int(ends.rawValue)]
  }
}
