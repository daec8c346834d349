extension LaTeXParser {
  /// A matrix or cases.
  mutating func environment() throws(Diagnostic) -> Syntax {
    let start = place
    guard let partner = partner(place), partner < end else { throw unexpected() }
    place = partner + 1
    let inner = start + 1..<partner
    let rows = rows(inner)
    guard !rows.isEmpty else { throw unreadable("this environment is empty", start) }
    switch tokens[start].text {
    case "cases", "dcases", "rcases", "drcases": return try piecewise(rows, from: start)
    case "matrix", "bmatrix", "pmatrix", "Bmatrix", "smallmatrix", "psmallmatrix",
      "bsmallmatrix", "array":
      return try matrix(rows, from: start)
    case "vmatrix": return call("det", [try matrix(rows, from: start)], from: start)
    case "Vmatrix": return call("norm", [try matrix(rows, from: start)], from: start)
    default:
      guard rows.count == 1, rows[0].count == 1 else {
        throw unreadable("rows inside an expression are not read", start)
      }
      return try expression(rows[0][0])
    }
  }

  /// The cells of each row; a last row without content does not count.
  private func rows(_ inner: Range<Int>) -> [[Range<Int>]] {
    var rows: [[Range<Int>]] = []
    var cells: [Range<Int>] = []
    var start = inner.lowerBound
    for place in places(of: { $0 == .cell || $0 == .row }, in: inner) {
      cells.append(start..<place)
      start = place + 1
      if tokens[place].kind == .row {
        rows.append(cells)
        cells = []
      }
    }
    cells.append(start..<inner.upperBound)
    rows.append(cells)
    return rows.filter { $0.contains { !$0.isEmpty } }
  }

  private mutating func matrix(
    _ rows: [[Range<Int>]], from start: Int
  ) throws(Diagnostic) -> Syntax {
    var entries: [[Syntax]] = []
    for row in rows {
      var line: [Syntax] = []
      for cell in row {
        guard !cell.isEmpty else { throw unreadable("an entry of this matrix is empty", start) }
        line.append(try expression(cell))
      }
      entries.append(line)
    }
    if entries.count == 1, entries[0].count > 1 {
      // One row between commas would be a column in plain notation.
      let column = Syntax(.matrix(entries[0].map { [$0] }), range(from: start))
      return Syntax(.transpose(column), range(from: start))
    }
    for line in entries where line.count != entries[0].count {
      throw Diagnostic(
        "ragged-matrix", "the rows of this matrix differ in length", at: range(from: start))
    }
    return Syntax(.matrix(entries), range(from: start))
  }

  // MARK: Cases

  private mutating func piecewise(
    _ rows: [[Range<Int>]], from start: Int
  ) throws(Diagnostic) -> Syntax {
    var branches: [PiecewiseBranchSyntax] = []
    var otherwise: Syntax?
    for row in rows {
      guard let (value, words, condition) = branch(row), otherwise == nil else {
        throw unreadable("this row of cases is not read", row[0].lowerBound)
      }
      let syntax = try expression(withoutComma(value))
      if condition.isEmpty, LaTeXWords.isOtherwise(words) {
        otherwise = syntax
      } else {
        branches.append(
          PiecewiseBranchSyntax(
            condition: try self.condition(withoutComma(condition)), value: syntax))
      }
    }
    return Syntax(.piecewise(branches, otherwise: otherwise), range(from: start))
  }

  /// The value of a row, the word before its condition, and the condition.
  private func branch(
    _ row: [Range<Int>]
  ) -> (value: Range<Int>, words: String, condition: Range<Int>)? {
    let whole = row[0].lowerBound..<row[row.count - 1].upperBound
    let cut: Int
    if row.count >= 2 {
      cut = row[0].upperBound
    } else if let word = places(of: { $0 == .word }, in: whole).first(where: isConditionWord) {
      cut = word
    } else if let comma = places(of: { $0 == .comma }, in: whole).first {
      cut = comma
    } else {
      return nil
    }
    var start = cut
    var words = ""
    while start < whole.upperBound {
      switch tokens[start].kind {
      case .word:
        words = tokens[start].text
        start += 1
      case .cell, .comma, .space, .colon: start += 1
      default: return (row[0].lowerBound..<cut, words, start..<whole.upperBound)
      }
    }
    return (row[0].lowerBound..<cut, words, start..<start)
  }

  private func isConditionWord(_ place: Int) -> Bool {
    LaTeXWords.role(of: tokens[place].text) == .condition
      || LaTeXWords.isOtherwise(tokens[place].text)
  }

  private func withoutComma(_ range: Range<Int>) -> Range<Int> {
    var upper = range.upperBound
    while upper > range.lowerBound {
      switch tokens[upper - 1].kind {
      case .comma, .semicolon, .period, .space: upper -= 1
      default: return range.lowerBound..<upper
      }
    }
    return range.lowerBound..<upper
  }

  // MARK: Conditions

  /// `x > 0`, `i \neq j`, with words and signs for and, or, not.
  mutating func condition(_ range: Range<Int>) throws(Diagnostic) -> Syntax {
    try all(range) { (parser) throws(Diagnostic) in try parser.alternatives() }
  }

  private mutating func alternatives() throws(Diagnostic) -> Syntax {
    let start = place
    var conditions = [try conjunction()]
    while isWord("or", .or) {
      place += 1
      conditions.append(try conjunction())
    }
    return conditions.count == 1 ? conditions[0] : Syntax(.or(conditions), range(from: start))
  }

  private mutating func conjunction() throws(Diagnostic) -> Syntax {
    let start = place
    var conditions = [try comparison()]
    while isWord("and", .and) || current == .comma {
      place += 1
      conditions.append(try comparison())
    }
    return conditions.count == 1 ? conditions[0] : Syntax(.and(conditions), range(from: start))
  }

  private func isWord(_ word: String, _ kind: LaTeXToken.Kind) -> Bool {
    current == kind || (current == .word && tokens[place].text == word)
  }

  private mutating func comparison() throws(Diagnostic) -> Syntax {
    let start = place
    if current == .not || isWord("not", .not) {
      place += 1
      let inner = try deeper { (parser) throws(Diagnostic) in try parser.comparison() }
      return Syntax(.not(inner), range(from: start))
    }
    if current == .open, let partner = partner(place), partner < end,
      holdsRelation(place + 1..<partner), endsCondition(partner + 1)
    {
      place = partner + 1
      return try condition(start + 1..<partner)
    }
    var comparisons: [Syntax] = []
    var left = try sum()
    while current == .relation {
      guard let operation = RelationChain.Relation(code: tokens[place].code).comparison else {
        throw unreadable("this relation is not read in a condition", place)
      }
      place += 1
      let right = try sum()
      comparisons.append(
        Syntax(.comparison(left, operation, right), left.range.union(right.range)))
      left = right
    }
    guard !comparisons.isEmpty else {
      throw unreadable("a condition is needed here", min(start, max(end - 1, 0)))
    }
    return comparisons.count == 1
      ? comparisons[0] : Syntax(.and(comparisons), range(from: start))
  }

  private func endsCondition(_ place: Int) -> Bool {
    switch token(place) {
    case .finish, .and, .or, .comma, .word: true
    default: false
    }
  }
}
