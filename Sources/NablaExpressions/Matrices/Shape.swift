/// The axes of a quantity in matrix notation.
///
/// An axis without a range has size 1 and no index: a vector is a column without a column range,
/// a transposed vector a row without a row range, and a scalar has neither.
package struct Shape: Hashable, Sendable {
  package let rows: IndexRange?
  package let columns: IndexRange?

  package init(rows: IndexRange? = nil, columns: IndexRange? = nil) {
    self.rows = rows
    self.columns = columns
  }

  package static let scalar = Shape()

  package var isScalar: Bool { rows == nil && columns == nil }
  package var isColumn: Bool { rows != nil && columns == nil }
  package var isRow: Bool { rows == nil && columns != nil }
  package var isMatrix: Bool { rows != nil && columns != nil }
  package var transposed: Shape { Shape(rows: columns, columns: rows) }

  /// The ranges of the axes that have an index, rows first.
  package var ranges: [IndexRange] {
    [rows, columns].compactMap { $0 }
  }
}
