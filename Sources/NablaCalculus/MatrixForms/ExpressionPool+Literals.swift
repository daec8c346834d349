import NablaExpressions
import NablaNumbers

/// Small matrices written out.
extension ExpressionPool {
  /// How many rows and columns are written out at most.
  private static var literalLimit: Int { 4 }

  /// Rows of scalars for an expression along indices that run over a few numbers.
  mutating func literal(
    _ entry: Handle, row: SymbolID?, column: SymbolID?
  ) -> MatrixForm? {
    guard let row, let rows = firstRange(of: row), let rowNumbers = numbers(in: rows) else {
      return nil
    }
    let columns = column.flatMap { firstRange(of: $0) }
    var columnNumbers: [Handle?] = []
    if let columns {
      guard let found = numbers(in: columns) else { return nil }
      for number in found { columnNumbers.append(number) }
    } else {
      columnNumbers.append(nil)
    }
    var entries: [[MatrixForm]] = []
    for rowNumber in rowNumbers {
      var line: [MatrixForm] = []
      for columnNumber in columnNumbers {
        var place = Substitution()
        place.symbols[row] = rowNumber
        if let column, let columnNumber { place.symbols[column] = columnNumber }
        line.append(.scalar(arranged(canonical(substitute(place, in: entry)))))
      }
      entries.append(line)
    }
    return MatrixForm(.literal(entries), Shape(rows: rows, columns: columns))
  }

  private mutating func numbers(in range: IndexRange) -> [Handle]? {
    guard let first = rational(canonical(range.lower))?.asInt,
      let last = rational(canonical(range.upper))?.asInt, first <= last
    else { return nil }
    let (span, overflow) = last.subtractingReportingOverflow(first)
    if overflow || span >= ExpressionPool.literalLimit { return nil }
    var found: [Handle] = []
    for number in first...last { found.append(integer(number)) }
    return found
  }
}
