import NablaExpressions

extension ExpressionPool {
  /// The matrix form of a scalar expression along a row and a column index; of a scalar where both
  /// are nil, of a vector where one is.
  ///
  /// The form is written out again and compared before it is given; nil where none is found.
  /// Free indices other than the two stay inside scalar parts.
  /// - Complexity: polynomial in the size of the canonical form, within a fixed budget.
  package mutating func lift(
    _ entry: Handle, row: SymbolID?, column: SymbolID?
  ) -> MatrixForm? {
    let form = canonical(entry)
    if depth(form) > 200 || treeSize(form) > 20_000 { return nil }
    if let found = proved(form, row, column) { return found }
    let opened = distributed(form)
    return opened == form ? nil : proved(opened, row, column)
  }

  /// The form found for a canonical expression, if it can be proved.
  private mutating func proved(
    _ canonical: Handle, _ row: SymbolID?, _ column: SymbolID?
  ) -> MatrixForm? {
    var lifter = Lifter()
    guard let form = lifter.liftFully(canonical, row, column, in: &self) else { return nil }
    return isForm(form, of: canonical, row: row, column: column) ? form : nil
  }

  /// Whether the entries of a form are certainly those of an expression.
  package mutating func isForm(
    _ form: MatrixForm, of expression: Handle, row: SymbolID?, column: SymbolID?
  ) -> Bool {
    if (row != nil) != (form.shape.rows != nil) { return false }
    if (column != nil) != (form.shape.columns != nil) { return false }
    let written = entry(
      of: form, row: row.map { symbol($0) } ?? one, column: column.map { symbol($0) } ?? one)
    if canonical(written) == canonical(expression) { return true }
    return areIdentical(written, expression)
  }
}
