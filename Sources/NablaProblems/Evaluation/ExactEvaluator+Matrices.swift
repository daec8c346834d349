import NablaExpressions
import NablaNumbers

/// Determinants and inverses of matrices whose entries are rational.
extension ExactEvaluator {
  mutating func determinant(
    _ handle: Handle, _ pool: inout ExpressionPool
  ) throws(UndefinedValue) -> Rational? {
    guard let matrix = try matrix(of: handle, &pool) else { return nil }
    return matrix.determinant(bitLimit: Self.longestNumber, work: &work)
  }

  /// The inverse of one matrix is found once for all of its entries.
  mutating func inverseEntry(
    _ handle: Handle, _ list: [Handle], _ body: Handle, _ pool: inout ExpressionPool
  ) throws(UndefinedValue) -> Rational? {
    guard let row = try value(of: list[4], in: &pool)?.asInt,
      let column = try value(of: list[5], in: &pool)?.asInt,
      let firstRow = try value(of: list[0], in: &pool)?.asInt,
      let firstColumn = try value(of: list[2], in: &pool)?.asInt
    else { return nil }
    let key = [body] + list.prefix(4)
    let inverse: RationalMatrix?
    if let known = inverses[key] {
      inverse = known
    } else {
      inverse = try self.inverse(of: handle, &pool)
      inverses.updateValue(inverse, forKey: key)
    }
    guard let inverse else { return nil }
    let (i, isFar) = row.subtractingReportingOverflow(firstColumn)
    let (j, isWide) = column.subtractingReportingOverflow(firstRow)
    guard !isFar, !isWide, (0..<inverse.size).contains(i), (0..<inverse.size).contains(j) else {
      throw UndefinedValue("an index outside the range of an inverse")
    }
    return inverse.rows[i][j]
  }

  private mutating func inverse(
    of handle: Handle, _ pool: inout ExpressionPool
  ) throws(UndefinedValue) -> RationalMatrix? {
    guard let matrix = try matrix(of: handle, &pool),
      let result = matrix.inverse(bitLimit: Self.longestNumber, work: &work)
    else { return nil }
    if result.isSingular { throw UndefinedValue("the inverse of a singular matrix") }
    return result.inverse
  }

  private mutating func matrix(
    of handle: Handle, _ pool: inout ExpressionPool
  ) throws(UndefinedValue) -> RationalMatrix? {
    guard let ranges = pool.open(handle)?.ranges else { return nil }
    var sizes: [Int] = []
    for range in ranges {
      guard let first = try value(of: range.lower, in: &pool)?.asInt,
        let last = try value(of: range.upper, in: &pool)?.asInt
      else { return nil }
      let (length, overflow) = last.subtractingReportingOverflow(first)
      guard !overflow, length < Self.largestMatrix else { return nil }
      sizes.append(max(0, length + 1))
    }
    let size = sizes[0]
    guard sizes.allSatisfy({ $0 == size }) else {
      throw UndefinedValue("a matrix that is not square")
    }
    guard size * size < work, let entries = try terms(of: handle, &pool),
      entries.count == size * size
    else { return nil }
    var rows: [[Rational]] = []
    var isKnown = true
    for row in 0..<size {
      var values: [Rational] = []
      for entry in entries[(row * size)..<((row + 1) * size)] {
        guard let value = try value(of: entry, in: &pool) else {
          isKnown = false
          continue
        }
        values.append(value)
      }
      rows.append(values)
    }
    return isKnown ? RationalMatrix(size: size, rows: rows) : nil
  }

  /// Matrices with more rows are left to other means.
  private static var largestMatrix: Int { 200 }
}
