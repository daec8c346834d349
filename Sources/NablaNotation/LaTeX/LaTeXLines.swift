/// Puts rows together that make one line: continuations of the row above.
struct LaTeXLines {
  private let tokens: [LaTeXToken]
  private(set) var lines: [[LaTeXToken]] = []
  /// For each line how many `&` stand before it, or nothing where there are none in it.
  private(set) var leadingCells: [Int?] = []
  private var row: [LaTeXToken] = []
  /// Whether the row begins with `&`.
  private var startsWithCell = false
  private var cellIsEmpty = true
  private var cells = 0
  private var cellsAtStart = 0
  /// How many brackets of the last line are open.
  private var openBrackets = 0
  /// Whether the last line holds nothing but words.
  private var isWordsOnly = true

  init(_ tokens: [LaTeXToken]) {
    self.tokens = tokens.filter { $0.kind != .removed }
    run()
  }

  private mutating func run() {
    var place = 0
    /// How many environments, groups and brackets around do not let rows through.
    var depth = 0
    var transparent: [Bool] = []
    while place < tokens.count {
      let token = tokens[place]
      switch token.kind {
      case .begin:
        let isOpen = depth == 0 && Self.isAlignment(token, tokens, place)
        transparent.append(isOpen)
        if !isOpen {
          depth += 1
          add(token)
        }
      case .end:
        if transparent.popLast() ?? true == false {
          depth -= 1
          add(token)
        }
      case .groupOpen:
        depth += 1
        add(token)
      case .groupClose:
        depth -= 1
        add(token)
      case .row where depth == 0: endRow()
      case .cell where depth == 0: addCell(place)
      default: add(token)
      }
      place += 1
    }
    endRow()
  }

  private mutating func add(_ token: LaTeXToken) {
    row.append(token)
    cellIsEmpty = false
  }

  /// A cell that begins a second equation stands apart.
  private mutating func addCell(_ place: Int) {
    cells += 1
    if row.isEmpty {
      startsWithCell = true
      cellsAtStart += 1
    }
    defer { cellIsEmpty = true }
    if cellIsEmpty, row.contains(where: { $0.kind == .relation }), place + 1 < tokens.count,
      tokens[place + 1].kind == .relation, row.last?.kind != .relation
    {
      // `& &=` goes on in the next column.
      row.append(LaTeXToken(.space, tokens[place].range, code: LaTeXToken.column))
      return
    }
    guard let last = row.last, !cellIsEmpty, !Self.joins(last.kind), place + 1 < tokens.count,
      !Self.joins(tokens[place + 1].kind), row.contains(where: { $0.kind == .relation })
    else { return }
    row.append(LaTeXToken(.space, tokens[place].range))
  }

  /// Whether an operator or relation connects what stands on both sides of it.
  private static func joins(_ kind: LaTeXToken.Kind) -> Bool {
    switch kind {
    case .relation, .plus, .minus, .times, .over, .cell, .row, .open, .bigOperator: true
    default: false
    }
  }

  private static func isAlignment(
    _ token: LaTeXToken, _ tokens: [LaTeXToken], _ place: Int
  ) -> Bool {
    switch token.text {
    case "align", "aligned", "eqnarray", "split", "gather", "gathered", "multline", "equation",
      "displaymath", "math", "flalign", "alignat", "alignedat", "subequations", "IEEEeqnarray",
      "dmath", "dgroup", "empheq", "eqnarray*", "center":
      return true
    case "array":
      if place > 0, tokens[place - 1].kind == .open { return false }
      return holdsRelation(tokens, place)
    default: return false
    }
  }

  /// Whether an array holds a relation in a cell: rows of equations.
  private static func holdsRelation(_ tokens: [LaTeXToken], _ start: Int) -> Bool {
    var depth = 0
    var place = start
    while place < tokens.count {
      switch tokens[place].kind {
      case .begin, .groupOpen, .open: depth += 1
      case .end, .groupClose, .close:
        depth -= 1
        if depth == 0, tokens[place].kind == .end { return false }
      case .relation where depth == 1: return true
      default: break
      }
      place += 1
    }
    return false
  }

  // MARK: Rows

  private mutating func endRow() {
    defer {
      row = []
      cells = 0
      cellsAtStart = 0
      startsWithCell = false
      cellIsEmpty = true
    }
    while let last = row.last, last.kind == .space || Self.isExclamation(last) { row.removeLast() }
    guard row.contains(where: { $0.kind != .space }) else { return }
    if let index = lines.indices.last, continues(lines[index]) {
      if lines[index].last?.kind == .close,
        lines[index].last?.code == LaTeXDelimiter.nothing.rawValue
      {
        lines[index].removeLast()
        if let place = row.firstIndex(where: {
          $0.kind == .open && $0.code == LaTeXDelimiter.nothing.rawValue
        }) {
          row.remove(at: place)
        }
      }
      let remark = takeRemark(&lines[index])
      lines[index] += row + remark
    } else {
      lines.append(row)
      leadingCells.append(cells > 0 ? cellsAtStart : nil)
      openBrackets = 0
      isWordsOnly = true
    }
    for token in row {
      if token.kind == .open { openBrackets += 1 }
      if token.kind == .close { openBrackets = max(0, openBrackets - 1) }
      isWordsOnly = isWordsOnly && (token.kind == .word || token.kind == .space)
    }
  }

  /// A mark behind a blank at the end, which is no factorial.
  private static func isExclamation(_ token: LaTeXToken) -> Bool {
    token.kind == .unknown && !token.isJoined && (token.text == "!" || token.text == "?")
  }

  /// Takes a remark off the end of a line that goes on in the row at hand, with the comma before it.
  private func takeRemark(_ line: inout [LaTeXToken]) -> [LaTeXToken] {
    guard let first = row.first(where: { $0.kind != .space }),
      [.plus, .minus, .times, .over].contains(first.kind)
    else { return [] }
    var lower = line.count
    if lower > 0, line[lower - 1].kind == .word {
      lower -= 1
      while lower > 0, line[lower - 1].kind == .space { lower -= 1 }
      // Words right behind an operand may be a name.
      guard lower > 0, line[lower].kind == .space || line[lower].text.utf8.first == 0x28 else {
        return []
      }
    }
    let remark = line[lower...]
    while lower > 0, line[lower - 1].kind == .space { lower -= 1 }
    if lower > 1, line[lower - 1].kind == .comma, !rowHoldsRelation { lower -= 1 }
    if lower == 0 { return [] }
    let taken = Array(remark)
    line.removeSubrange(lower...)
    return taken
  }

  /// Whether the row at hand goes on with the line above.
  private func continues(_ line: [LaTeXToken]) -> Bool {
    guard let first = row.first(where: { $0.kind != .space }), let last = line.last else {
      return false
    }
    if isWordsOnly { return false }
    if first.kind == .relation { return false }
    switch last.kind {
    case .plus, .minus, .times, .over, .relation: return true
    case .close where last.code == LaTeXDelimiter.nothing.rawValue: return true
    default: break
    }
    switch first.kind {
    case .times, .over: return true
    case .plus, .minus: return startsWithCell || !rowHoldsRelation
    default: return openBrackets > 0
    }
  }

  private var rowHoldsRelation: Bool {
    var depth = 0
    for token in row {
      switch token.kind {
      case .groupOpen, .begin, .open: depth += 1
      case .groupClose, .end, .close: depth -= 1
      case .relation where depth <= 0: return true
      default: break
      }
    }
    return false
  }

}
