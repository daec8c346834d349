import NablaNumbers

/// A square matrix of rigorously known numbers, row by row.
struct PointMatrix {
  private let size: Int
  private var rows: [[PointNumber]]
  private let arithmetic: PointArithmetic

  init(_ rows: [[PointNumber]], _ arithmetic: PointArithmetic) {
    size = rows.count
    self.rows = rows
    self.arithmetic = arithmetic
  }

  /// The determinant by elimination.
  consuming func determinant() throws(PointFailure) -> PointNumber {
    var product = PointNumber.exact(1)
    for column in 0..<size {
      guard let swaps = try pivot(column) else { return .exact(0) }
      product = try arithmetic.multiply(product, rows[column][column])
      if swaps { product = arithmetic.negate(product) }
      for row in (column + 1)..<max(column + 1, size) { try eliminate(column, from: row) }
    }
    return product
  }

  /// The inverse; undefined for a singular matrix.
  consuming func inverse() throws(PointFailure) -> [[PointNumber]] {
    for row in 0..<size {
      for column in 0..<size { rows[row].append(.exact(row == column ? 1 : 0)) }
    }
    for column in 0..<size {
      guard try pivot(column) != nil else { throw .undefined }
      let value = rows[column][column]
      for place in column..<(2 * size) {
        rows[column][place] = try arithmetic.divide(rows[column][place], by: value)
      }
      for row in 0..<size where row != column { try eliminate(column, from: row) }
    }
    return rows.map { Array($0.dropFirst(size)) }
  }

  /// Brings a row to the front whose number in a column is certainly not 0; whether rows changed
  /// their places, nil if all the numbers are certainly 0.
  private mutating func pivot(_ column: Int) throws(PointFailure) -> Bool? {
    var isZero = true
    for row in column..<size {
      guard let sign = rows[row][column].sign else {
        isZero = false
        continue
      }
      if sign == 0 { continue }
      if row == column { return false }
      rows.swapAt(row, column)
      return true
    }
    if isZero { return nil }
    throw .unknown
  }

  private mutating func eliminate(_ column: Int, from row: Int) throws(PointFailure) {
    if rows[row][column].sign == 0 { return }
    let ratio = try arithmetic.divide(rows[row][column], by: rows[column][column])
    for place in column..<rows[row].count {
      rows[row][place] = try arithmetic.subtract(
        rows[row][place], arithmetic.multiply(ratio, rows[column][place]))
    }
  }
}
