import NablaNumbers

/// A square matrix of exact numbers, row by row.
///
/// Every operation counts against an allowance of work, the more the longer its numbers are.
struct RationalMatrix {
  let size: Int
  var rows: [[Rational]]

  /// The determinant by elimination; nil if a number or the work gets longer than allowed.
  consuming func determinant(bitLimit: Int, work: inout Int) -> Rational? {
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
          subtract(ratio, column, from: row, bitLimit, &work)
        else { return nil }
      }
    }
    return product
  }

  /// The inverse and whether there is none; nil if a number or the work gets longer than allowed.
  consuming func inverse(
    bitLimit: Int, work: inout Int
  ) -> (inverse: RationalMatrix, isSingular: Bool)? {
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
        guard subtract(rows[row][column], column, from: row, bitLimit, &work) else { return nil }
      }
    }
    for row in 0..<size { rows[row].removeFirst(size) }
    return (self, false)
  }

  /// Subtracts a multiple of one row from another; false if that is longer than allowed.
  private mutating func subtract(
    _ ratio: Rational, _ source: Int, from row: Int, _ bitLimit: Int, _ work: inout Int
  ) -> Bool {
    if ratio.isZero { return true }
    for place in rows[row].indices where !rows[source][place].isZero {
      let value = rows[row][place] - ratio * rows[source][place]
      work -= 1 + value.bitWidth / 128
      if value.bitWidth > bitLimit || work < 0 { return false }
      rows[row][place] = value
    }
    return true
  }
}
