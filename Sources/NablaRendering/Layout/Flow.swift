/// A formula laid out as a sequence of pieces between which a line may end.
///
/// Pieces that are too wide are opened: brackets first, then fractions, then long numbers.
struct Flow {
  struct Piece {
    var content: Content
    var penalty: Double?
    /// How many brackets and fractions around the piece were opened.
    var depth: Int
  }

  enum Content {
    case layout(Layout)
    case opening(Bracket, size: Int)
    case closing(Bracket, size: Int)
  }

  private(set) var pieces: [Piece] = []

  init(_ layout: Layout) { append(layout, depth: 0) }

  private mutating func append(_ layout: Layout, depth: Int) {
    var followsSeparation = false
    for item in layout.items {
      if case .highlighted(let inner, let highlight) = item, case .row = inner {
        for part in inner.items { append(.highlighted(part, highlight), depth: depth) }
        continue
      }
      pieces.append(
        Piece(
          content: .layout(item),
          penalty: followsSeparation ? 0 : Self.penalty(of: item, depth: depth), depth: depth))
      followsSeparation = item == .operation(.separation)
    }
  }

  private static func penalty(of item: Layout, depth: Int) -> Double? {
    switch item {
    case .operation(let sign): sign.breakPenalty.map { $0 + 4 * Double(depth) }
    case .highlighted(let inner, _): penalty(of: inner, depth: depth)
    default: nil
    }
  }

  /// Opens one piece; false where nothing in it can be opened.
  mutating func open(_ position: Int, bracketSize: (Layout) -> Int) -> Bool {
    let piece = pieces[position]
    guard case .layout(let layout) = piece.content, piece.depth < 24 else { return false }
    let tail = Array(pieces[(position + 1)...])
    switch layout {
    case .fence(let bracket, let inner):
      pieces.removeSubrange(position...)
      bracketed(inner, bracket, bracketSize(inner), piece)
    case .fraction(let top, let bottom, _):
      pieces.removeSubrange(position...)
      side(top, isLower: false, piece, bracketSize)
      pieces.append(
        Piece(content: .layout(.operation(.slash)), penalty: 4, depth: piece.depth + 1))
      side(bottom, isLower: true, piece, bracketSize)
    case .exponential(let exponent):
      pieces.removeSubrange(position...)
      append(.function("exp"), depth: piece.depth)
      bracketed(exponent, .round, bracketSize(exponent), piece)
    case .scripts(let stem, let lower, let upper):
      guard case .fence(let bracket, let inner) = stem else {
        guard let upper else { return false }
        pieces.removeSubrange(position...)
        if lower != nil {
          append(.scripts(stem, lower: lower, upper: nil), depth: piece.depth)
        } else if stem != .empty {
          append(stem, depth: piece.depth)
        }
        append(.symbol("^", .upright), depth: piece.depth)
        bracketed(
          upper, .round, bracketSize(upper),
          Piece(content: piece.content, penalty: nil, depth: piece.depth))
        break
      }
      pieces.removeSubrange(position...)
      bracketed(inner, bracket, bracketSize(inner), piece)
      append(.scripts(.empty, lower: lower, upper: upper), depth: piece.depth)
    case .root(let radicand, let degree):
      // √u is written u^(1/2), whose brackets can be broken.
      pieces.removeSubrange(position...)
      bracketed(radicand, .round, bracketSize(radicand), piece)
      let exponent = Layout.row([
        .number("1"), .operation(.slash), degree ?? .number("2"),
      ])
      append(.scripts(.empty, lower: nil, upper: exponent), depth: piece.depth)
    case .evaluated(let operand, let place):
      pieces.removeSubrange(position...)
      bracketed(operand, .round, bracketSize(operand), piece)
      append(.row([.text(" at "), place]), depth: piece.depth)
    case .cases(let rows):
      pieces.removeSubrange(position...)
      let lines = rows.map { Layout.row([$0.value, .text(" "), $0.condition]) }
      separated([lines], .curly, piece)
    case .matrix(let rows):
      pieces.removeSubrange(position...)
      separated(rows, .square, piece)
    case .number(let digits) where digits.utf8.count > 24:
      pieces.removeSubrange(position...)
      split(digits, piece)
    case .highlighted(let inner, let highlight):
      pieces.removeSubrange(position...)
      let parts = inner.items
      if parts.count == 1 {
        append(inner, depth: piece.depth)
      } else {
        for part in parts { append(.highlighted(part, highlight), depth: piece.depth) }
      }
    case .labelled(let inner, _):
      pieces.removeSubrange(position...)
      append(inner, depth: piece.depth)
    default: return false
    }
    pieces.append(contentsOf: tail)
    return true
  }

  private mutating func bracketed(
    _ inner: Layout, _ bracket: Bracket, _ size: Int, _ piece: Piece
  ) {
    let opened = min(size, 4)
    pieces.append(
      Piece(
        content: .opening(bracket, size: opened), penalty: piece.penalty, depth: piece.depth))
    append(inner, depth: piece.depth + 1)
    pieces.append(
      Piece(content: .closing(bracket, size: opened), penalty: nil, depth: piece.depth))
  }

  /// Rows of entries on one line, as plain notation writes a matrix: `[a, b; c, d]`.
  private mutating func separated(_ rows: [[Layout]], _ bracket: Bracket, _ piece: Piece) {
    pieces.append(
      Piece(content: .opening(bracket, size: 0), penalty: piece.penalty, depth: piece.depth))
    let isSingle = rows.count == 1
    for (position, row) in rows.enumerated() {
      for (column, entry) in row.enumerated() {
        let first = pieces.count
        append(entry, depth: piece.depth + 1)
        if first < pieces.count, position > 0 || column > 0 { pieces[first].penalty = 1 }
        if column + 1 < row.count {
          append(isSingle ? .text("; ") : .operation(.comma), depth: piece.depth)
        } else if position + 1 < rows.count {
          append(.text("; "), depth: piece.depth)
        }
      }
    }
    pieces.append(
      Piece(content: .closing(bracket, size: 0), penalty: nil, depth: piece.depth))
  }

  private mutating func side(
    _ layout: Layout, isLower: Bool, _ piece: Piece, _ bracketSize: (Layout) -> Int
  ) {
    let operand = LaTeXLayoutWriter.operand(layout, isDerivative: false, isLower: isLower)
    if case .fence(.round, let inner) = operand {
      bracketed(inner, .round, bracketSize(inner), piece)
    } else {
      append(operand, depth: piece.depth + 1)
    }
  }

  /// Digits in groups, with a cheap break before each but the first.
  private mutating func split(_ digits: String, _ piece: Piece) {
    var group = ""
    var isFirst = true
    func flush(_ flow: inout Flow) {
      flow.pieces.append(
        Piece(
          content: .layout(.number(group)), penalty: isFirst ? piece.penalty : 3,
          depth: piece.depth))
      group = ""
      isFirst = false
    }
    for character in digits {
      group.append(character)
      if group.utf8.count >= 12 { flush(&self) }
    }
    if !group.isEmpty { flush(&self) }
  }

  /// Lines of pieces that fit, opening what is too wide.
  ///
  /// `measure` gives the width of a piece; `rounds` bounds the work on hostile input.
  mutating func lines(
    width: Double, indent: Double, bracketSize: (Layout) -> Int, measure: (Content) -> Double
  ) -> [[Piece]] {
    var rounds = 0
    var widths = pieces.map { measure($0.content) }
    while true {
      let items = zip(pieces, widths).map { LineBreaker.Item(width: $0.1, penalty: $0.0.penalty) }
      let starts = LineBreaker.lines(items, width: width, indent: indent)
      var hasOpened = false
      for line in starts.indices.reversed() {
        let start = starts[line]
        let end = line + 1 < starts.count ? starts[line + 1] : pieces.count
        var used = 0.0
        for position in start..<end { used += widths[position] }
        if used <= (line == 0 ? width : width - indent) { continue }
        let widest = (start..<end).sorted { widths[$0] > widths[$1] }
        for position in widest.prefix(8) where widths[position] > 0 {
          let tail = pieces.count - position - 1
          guard open(position, bracketSize: bracketSize) else { continue }
          var opened: [Double] = []
          for piece in pieces[position..<(pieces.count - tail)] {
            opened.append(measure(piece.content))
          }
          widths.replaceSubrange(position...position, with: opened)
          hasOpened = true
          break
        }
      }
      rounds += 1
      if !hasOpened || rounds > 200 {
        return starts.enumerated().map { line, start in
          Array(pieces[start..<(line + 1 < starts.count ? starts[line + 1] : pieces.count)])
        }
      }
    }
  }
}
