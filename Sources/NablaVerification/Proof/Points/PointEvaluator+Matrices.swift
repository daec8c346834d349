import NablaExpressions
import NablaNumbers

/// Determinants and inverses by expansion along rows; divisions only at the end.
extension PointEvaluator {
  /// Matrices with more rows are not evaluated.
  private static var largestMatrix: Int { 5 }

  mutating func determinant(
    _ handle: Handle, _ pool: inout ExpressionPool
  ) throws(PointFailure) -> PointNumber {
    let matrix = try matrix(handle, &pool)
    return try determinant(matrix, Array(matrix.indices), Array(matrix.indices))
  }

  mutating func inverseEntry(
    _ handle: Handle, _ list: [Handle], _ pool: inout ExpressionPool
  ) throws(PointFailure) -> PointNumber {
    guard list.count == 6 else { throw .exhausted }
    var places: [Int] = []
    for (index, first) in [(list[4], list[2]), (list[5], list[0])] {
      guard case .exact(let number) = try value(of: index, in: &pool), let place = number.asInt,
        case .exact(let lower) = try value(of: first, in: &pool), let start = lower.asInt
      else { throw .undefined }
      places.append(place &- start)
    }
    let matrix = try matrix(handle, &pool)
    let all = Array(matrix.indices)
    guard all.contains(places[0]), all.contains(places[1]) else { throw .undefined }
    let whole = try determinant(matrix, all, all)
    let minor = try determinant(
      matrix, all.filter { $0 != places[1] }, all.filter { $0 != places[0] })
    let cofactor = (places[0] + places[1]) % 2 == 0 ? minor : arithmetic.negate(minor)
    return try arithmetic.divide(cofactor, by: whole)
  }

  private func determinant(
    _ matrix: [[PointNumber]], _ rows: [Int], _ columns: [Int]
  ) throws(PointFailure) -> PointNumber {
    guard let row = rows.first else { return .exact(1) }
    var total = PointNumber.exact(0)
    for (place, column) in columns.enumerated() {
      let minor = try determinant(
        matrix, Array(rows.dropFirst()), columns.filter { $0 != column })
      let term = try arithmetic.multiply(matrix[row][column], minor)
      total = try arithmetic.add(total, place % 2 == 0 ? term : arithmetic.negate(term))
    }
    return total
  }

  /// The entries by rows.
  private mutating func matrix(
    _ handle: Handle, _ pool: inout ExpressionPool
  ) throws(PointFailure) -> [[PointNumber]] {
    guard let ranges = pool.open(handle)?.ranges, ranges.count == 2 else { throw .exhausted }
    var sizes: [Int] = []
    for range in ranges {
      let (lower, upper) = try bounds(range, &pool)
      let (length, overflow) = upper.subtractingReportingOverflow(lower)
      guard !overflow, length < Self.largestMatrix else { throw .exhausted }
      sizes.append(max(0, length + 1))
    }
    guard sizes[0] == sizes[1] else { throw .undefined }
    let entries = try terms(of: handle, &pool)
    guard entries.count == sizes[0] * sizes[0] else { throw .exhausted }
    var rows: [[PointNumber]] = []
    for row in 0..<sizes[0] {
      var values: [PointNumber] = []
      for entry in entries[(row * sizes[0])..<((row + 1) * sizes[0])] {
        values.append(try value(of: entry, in: &pool))
      }
      rows.append(values)
    }
    return rows
  }
}
