import NablaExpressions
import NablaNumbers

/// The entries of an array that are given one by one.
struct PartialArray {
  var entries: [(row: Int, column: Int, value: Handle)] = []
  var last: PlacedAssignment?
}

extension ScopeReader {
  /// An array given by its parts may have at most this many rows or columns.
  static var longestArray: Int { 10_000 }

  /// `onehot(3)`.
  mutating func oneHot(
    _ position: Syntax, _ ranges: [IndexRange], _ name: String, _ syntax: AssignmentSyntax,
    in pool: inout ExpressionPool
  ) throws(Diagnostic) -> [[Handle]] {
    guard ranges.count == 1 else {
      throw Diagnostic(
        "size-mismatch", "\(DisplayText.quoted(name)) is a matrix, but is given a vector",
        at: syntax.value.range)
    }
    let slot = ranges[0]
    guard let (first, size) = extent(of: slot, in: pool) else {
      throw Diagnostic(
        "unknown-size",
        "the size of \(DisplayText.quoted(name)), which runs over "
          + "\(Lowering.text(slot, in: pool)), is not known",
        at: syntax.value.range, expected: "a size given by 'dimension' or by 'at'")
    }
    let handle = try lowering.integer(position, in: &pool)
    guard let value = pool.exactValue(handle)?.asInt, value >= first, value < first + size
    else {
      throw Diagnostic(
        "index-out-of-range",
        "the position of the 1 is not in \(first)..\(first + size - 1)", at: position.range)
    }
    return (0..<size).map { [$0 == value - first ? pool.one : pool.zero] }
  }

  /// The first index of a slot and how many there are, where both are known.
  private func extent(
    of slot: IndexRange, in pool: borrowing ExpressionPool
  ) -> (first: Int, size: Int)? {
    guard let lower = lowering.form(slot.lower, in: pool), lower.terms.isEmpty,
      let upper = lowering.form(slot.upper, in: pool), upper.terms.isEmpty,
      let first = lower.constant.asInt, let last = upper.constant.asInt,
      first >= -Self.longestArray, last <= 2 * Self.longestArray, last >= first,
      last - first < Self.longestArray
    else { return nil }
    return (first, last - first + 1)
  }

  // MARK: Entry by entry

  /// `h[2] = 5`.
  mutating func collect(
    _ assignment: PlacedAssignment, _ symbol: SymbolID, into part: inout PartialArray,
    in pool: inout ExpressionPool
  ) throws(Diagnostic) {
    let syntax = assignment.syntax
    let range = syntax.indices.reduce(syntax.name.range) { $0.union($1.range) }
    let base = Syntax(.name(syntax.name.text), syntax.name.range)
    let entry = try lowering.entry(base, syntax.indices, range, in: &pool)
    guard case .entry(_, let list) = pool[entry] else { return }
    let ranges = pool.symbols[Int(symbol.index)].ranges
    var places = [0, 0]
    for place in 0..<min(2, pool.count(list)) {
      guard let index = pool.exactValue(pool.operand(list, place))?.asInt,
        let form = lowering.form(ranges[place].lower, in: pool), form.terms.isEmpty,
        let first = form.constant.asInt, first >= -Self.longestArray,
        first <= Self.longestArray, index >= first, index < first + Self.longestArray
      else {
        throw Diagnostic(
          "not-an-integer", "the entry that is given a value needs a number as its index",
          at: syntax.indices[place].range)
      }
      places[place] = index - first
    }
    let value = try lowering.expression(syntax.value, in: &pool)
    part.entries.append((places[0], places[1], value))
    part.last = assignment
  }

  /// Puts the entries into the array's value; all must be given.
  mutating func complete(
    _ part: PartialArray, _ symbol: SymbolID, _ name: NameSyntax, in pool: inout ExpressionPool
  ) throws(Diagnostic) {
    let ranges = pool.symbols[Int(symbol.index)].ranges
    var sizes = [1, 1]
    for place in 0..<min(2, ranges.count) {
      if let known = extent(of: ranges[place], in: pool) {
        sizes[place] = known.size
      } else {
        for entry in part.entries {
          sizes[place] = max(sizes[place], (place == 0 ? entry.row : entry.column) + 1)
        }
      }
    }
    guard sizes[0] * sizes[1] <= Self.longestArray * 10 else {
      throw Diagnostic("unknown-size", "not every entry is given", at: name.range)
    }
    var rows = [[Handle?]](
      repeating: [Handle?](repeating: nil, count: sizes[1]), count: sizes[0])
    if let old = lowering.scope.values[symbol], old.rows.count == sizes[0],
      old.columns == sizes[1]
    {
      rows = old.rows.map { $0.map { $0 } }
    }
    for entry in part.entries { rows[entry.row][entry.column] = entry.value }
    var complete: [[Handle]] = []
    for (row, entries) in rows.enumerated() {
      complete.append([])
      for (column, value) in entries.enumerated() {
        guard let value else {
          throw Diagnostic(
            "missing-entry",
            "\(entryName(name.text, ranges, row, column, in: pool)) has no value", at: name.range)
        }
        complete[row].append(value)
      }
    }
    try assign(complete, to: symbol, name.text, at: name.range, in: &pool)
  }

  private func entryName(
    _ name: String, _ ranges: [IndexRange], _ row: Int, _ column: Int,
    in pool: borrowing ExpressionPool
  ) -> String {
    var indices: [String] = []
    for (place, slot) in ranges.enumerated() where place < 2 {
      let first = extent(of: slot, in: pool)?.first ?? 1
      indices.append(String(first + (place == 0 ? row : column)))
    }
    return DisplayText.quoted(name + "[" + indices.joined(separator: ", ") + "]")
  }

  // MARK: What is known of a name

  /// Whether exact values agree with what is declared of the name.
  func check(
    _ rows: [[Handle]], of symbol: SymbolID, _ syntax: AssignmentSyntax,
    in pool: borrowing ExpressionPool
  ) throws(Diagnostic) {
    let domain = pool.symbols[Int(symbol.index)].domain
    if domain == .real { return }
    // What is said of a vector is said of each row of a matrix.
    let isVector = pool.symbols[Int(symbol.index)].ranges.count == 1
    let lines = isVector ? [rows.flatMap { $0 }] : rows
    for line in lines {
      var total: Rational = 0
      var isBinary = true
      for entry in line {
        guard let value = pool.exactValue(entry) else { return }
        let isInside =
          (domain.lower.map { value > $0.value || (value == $0.value && $0.isIncluded) } ?? true)
          && (domain.upper.map { value < $0.value || (value == $0.value && $0.isIncluded) } ?? true)
          && !(domain.isProbability && value.isNegative)
        guard isInside else {
          throw undeclaredValue("\(value.description) is not what is declared", syntax)
        }
        total = total + value
        isBinary = isBinary && (value.isZero || value.isOne)
      }
      if domain.isOneHot, !(isBinary && total.isOne) {
        throw undeclaredValue("the value is not one-hot, as is declared", syntax)
      }
      if domain.isProbability, !total.isOne {
        throw undeclaredValue(
          "the entries add up to \(total.description), but a probability is declared", syntax)
      }
    }
    if domain.isSymmetric {
      for row in rows.indices {
        for column in rows.indices
        where column < rows[row].count && row < rows[column].count
          && pool.exactValue(rows[row][column]) != pool.exactValue(rows[column][row])
        {
          throw undeclaredValue("the value is not symmetric, as is declared", syntax)
        }
      }
    }
  }

  private func undeclaredValue(_ why: String, _ syntax: AssignmentSyntax) -> Diagnostic {
    Diagnostic(
      "value-outside-domain", "\(why) of \(DisplayText.quoted(syntax.name.text))",
      at: syntax.value.range)
  }
}

extension Lowering {
  /// Whether the value of a label is a whole number of its range.
  func checkLabel(
    _ value: Handle, within range: IndexRange, of name: String, _ place: SourceRange,
    in pool: borrowing ExpressionPool
  ) throws(Diagnostic) {
    guard let number = pool.exactValue(value), number.isInteger else {
      throw Diagnostic(
        "not-an-integer", "\(DisplayText.quoted(name)) must be a whole number", at: place)
    }
    let point = AffineForm(number)
    guard let lower = form(range.lower, in: pool), let upper = form(range.upper, in: pool),
      !point.minus(lower).isAlwaysNegative, !upper.minus(point).isAlwaysNegative
    else {
      throw Diagnostic(
        "index-out-of-range",
        "\(number.description) is outside \(Self.text(range, in: pool)), over which "
          + "\(DisplayText.quoted(name)) runs",
        at: place)
    }
  }
}
