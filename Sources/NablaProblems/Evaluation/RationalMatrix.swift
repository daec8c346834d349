import NablaNumbers

/// A square matrix of exact numbers, row by row.
struct RationalMatrix {
  let size: Int
  private(set) var rows: [[Rational]]

  init(size: Int, rows: [[Rational]]) {
    self.size = size
    self.rows = rows
  }

  /// The determinant by elimination; nil if a number gets longer than allowed.
  consuming func determinant(bitLimit: Int) -> Rational? {
    var product: Rational = 1
    for column in 0..<size {
      guard let pivot = (column..<size).first(where: { !rows[$0][column].isZero }) else {
        return 0
      }
      if pivot != column {
        rows.swapAt(pivot, column)
        product = -product
      }
      product = product * rows[column][column]
      if product.bitWidth > bitLimit { return nil }
      for row in (column + 1)..<max(column + 1, size) {
        guard let ratio = rows[row][column].dividing(by: rows[column][column]),
          subtract(ratio, column, from: row, bitLimit)
        else { return nil }
      }
    }
    return product
  }

  /// The inverse and whether there is one; nil if a number gets longer than allowed.
  consuming func inverse(bitLimit: Int) -> (inverse: RationalMatrix, isSingular: Bool)? {
    for row in 0..<size {
      for column in 0..<size { rows[row].append(row == column ? 1 : 0) }
    }
    for column in 0..<size {
      guard let pivot = (column..<size).first(where: { !rows[$0][column].isZero }) else {
        return (self, true)
      }
      rows.swapAt(pivot, column)
      let value = rows[column][column]
      for place in column..<(2 * size) {
        guard let quotient = rows[column][place].dividing(by: value) else { return nil }
        rows[column][place] = quotient
      }
      for row in 0..<size where row != column {
        guard subtract(rows[row][column], column, from: row, bitLimit) else { return nil }
      }
    }
    for row in 0..<size { rows[row].removeFirst(size) }
    return (self, false)
  }

  /// Subtracts a multiple of one row from another; false if a number gets longer than allowed.
  private mutating func subtract(
    _ ratio: Rational, _ source: Int, from row: Int, _ bitLimit: Int
  ) -> Bool {
    if ratio.isZero { return true }
    for place in rows[row].indices where !rows[source][place].isZero {
      let value = rows[row][place] - ratio * rows[source][place]
      if value.bitWidth > bitLimit { return false }
      rows[row][place] = value
    }
    return true
  }
}
