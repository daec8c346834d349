import NablaExpressions

/// Both sides of an equation in matrix notation, of one shape, with an entry of each.
package struct RelationForms: Sendable {
  package let left: MatrixForm
  package let right: MatrixForm
  package let shape: Shape
  /// The index names of the entries; nil for an axis without an index.
  package let row: SymbolID?
  package let column: SymbolID?
  package var leftEntry: Handle
  package var rightEntry: Handle
  /// Whether neither side is more than a scalar expression without matrix notation.
  package var isElementary: Bool { left.isElementary && right.isElementary }
  /// The index names of the entries, rows first.
  package var indices: [SymbolID] { [row, column].compactMap { $0 } }
}

/// A scalar, or a vector or matrix by its entry at index names.
package struct WrittenQuantity: Sendable {
  package let form: MatrixForm
  package let entry: Handle
  /// The index names of the entry; nil for an axis without an index.
  package let row: SymbolID?
  package let column: SymbolID?

  /// The index names of the entry, rows first.
  package var indices: [SymbolID] { [row, column].compactMap { $0 } }
}

extension Lowering {
  /// Reads an expression, its entry at index names that are taken by it.
  package mutating func quantity(
    _ syntax: Syntax, naming names: inout IndexNames, in pool: inout ExpressionPool
  ) throws(Diagnostic) -> WrittenQuantity {
    let form = try form(syntax, in: &pool)
    for name in syntax.names { names.reserve(name.text) }
    let row = form.shape.rows.map { names.take(for: $0, self, in: &pool) }
    let column = form.shape.columns.map { names.take(for: $0, self, in: &pool) }
    let entry = try written(
      form, row: row.map { pool.symbol($0) } ?? pool.one,
      column: column.map { pool.symbol($0) } ?? pool.one, at: syntax.range, in: &pool)
    return WrittenQuantity(form: form, entry: entry, row: row, column: column)
  }

  /// Reads both sides of an equation; the entries are at index names that neither side uses.
  ///
  /// A side that is 0 stands for an array of zeros; bounds of every entry may be any scalar.
  package mutating func relationForms(
    _ relation: RelationSyntax, in pool: inout ExpressionPool
  ) throws(Diagnostic) -> RelationForms {
    let outer = isMatrixNotation
    defer { isMatrixNotation = outer }
    isMatrixNotation =
      usesMatrixNotation(relation.left, in: pool) || usesMatrixNotation(relation.right, in: pool)
    var sides = try operands([relation.left, relation.right], in: &pool)
    let shape = try commonShape(&sides, of: .relation, in: &pool)
    for place in sides.indices where sides[place].form.shape.isScalar && !shape.isScalar {
      if relation.operation != .equal { continue }
      guard case .scalar(let value) = sides[place].form.kind, value == pool.zero else {
        throw mismatch(sides[0], sides[1], of: .relation, in: pool)
      }
    }
    var names = IndexNames()
    for name in relation.left.names + relation.right.names { names.reserve(name.text) }
    let row = shape.rows.map { names.take(for: $0, self, in: &pool) }
    let column = shape.columns.map { names.take(for: $0, self, in: &pool) }
    let rowName = row.map { pool.symbol($0) } ?? pool.one
    let columnName = column.map { pool.symbol($0) } ?? pool.one
    let left = try written(
      sides[0].form, row: rowName, column: columnName, at: relation.left.range, in: &pool)
    let right = try written(
      sides[1].form, row: rowName, column: columnName, at: relation.right.range, in: &pool)
    return RelationForms(
      left: sides[0].form, right: sides[1].form, shape: shape, row: row, column: column,
      leftEntry: left, rightEntry: right)
  }
}
