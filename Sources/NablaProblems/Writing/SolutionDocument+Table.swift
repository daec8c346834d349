import NablaExpressions
import NablaNumbers
import NablaRendering

extension SolutionDocument {
  /// One row for each value of the variable, one column for each quantity.
  mutating func writeTable(_ table: ValueTable?, _ pool: inout ExpressionPool) {
    guard let table else { return }
    var header: [[Inline]] = [[.formula(formula(table.variable, &pool))]]
    for column in table.columns { header.append([.formula(formula(column, &pool))]) }
    var rows: [[[Inline]]] = []
    for row in table.rows {
      var cells: [[Inline]] = [[.formula(formula(row.value, &pool))]]
      for cell in row.cells { cells.append([.formula(.number(shortText(of: cell, pool)))]) }
      rows.append(cells)
    }
    document.blocks.append(.table(Table(header: header, rows: rows)))
  }

  /// A value as tables show it: exact where that is short, else four significant digits.
  private func shortText(
    of value: NumericValue, _ pool: borrowing ExpressionPool
  ) -> String {
    switch value {
    case .exact(let handle):
      guard let exact = pool.rational(handle) else { return "" }
      if let decimal = exact.terminatingDecimal, decimal.utf8.count <= 8 { return decimal }
      return exact.decimal(significantDigits: 4)
    case .approximate(let double):
      return Rational(exactly: double)?.decimal(significantDigits: 4) ?? "\(double)"
    case .undefined: return "–"
    }
  }
}
