import NablaExpressions
import NablaNumbers

extension PointEvaluator {
  /// Larger matrices are not evaluated.
  private static var largestMatrix: Int { 32 }

  mutating func determinant(
    _ handle: Handle, _ pool: inout ExpressionPool
  ) throws(PointFailure) -> PointNumber {
    try PointMatrix(entries(handle, &pool).rows, arithmetic).determinant()
  }

  /// An entry of the inverse; the inverse of one matrix is found once for all of its entries.
  mutating func inverseEntry(
    _ handle: Handle, _ list: [Handle], _ body: Handle, _ pool: inout ExpressionPool
  ) throws(PointFailure) -> PointNumber {
    guard let place = pool.open(handle)?.place, place.count == 2,
      case .exact(let row) = try value(of: place[0], in: &pool), let row = row.asInt,
      case .exact(let column) = try value(of: place[1], in: &pool), let column = column.asInt
    else { throw .exhausted }
    let key = [body] + list.prefix(4)
    let known: KnownInverse
    if let found = inverses[key] {
      known = found
    } else {
      let matrix = try entries(handle, &pool)
      known = KnownInverse(
        entries: try PointMatrix(matrix.rows, arithmetic).inverse(),
        firstRow: matrix.firstRow, firstColumn: matrix.firstColumn)
      inverses[key] = known
    }
    // The rows of the inverse are counted as the columns of the matrix.
    let (i, isFar) = row.subtractingReportingOverflow(known.firstColumn)
    let (j, isWide) = column.subtractingReportingOverflow(known.firstRow)
    guard !isFar, !isWide, known.entries.indices.contains(i), known.entries.indices.contains(j)
    else { throw .undefined }
    return known.entries[i][j]
  }

  private mutating func entries(
    _ handle: Handle, _ pool: inout ExpressionPool
  ) throws(PointFailure) -> (rows: [[PointNumber]], firstRow: Int, firstColumn: Int) {
    guard let opened = pool.open(handle), opened.ranges.count == 2 else { throw .exhausted }
    let (top, bottom) = try bounds(opened.ranges[0], &pool)
    let (left, right) = try bounds(opened.ranges[1], &pool)
    let (height, isTall) = bottom.subtractingReportingOverflow(top)
    let (width, isWide) = right.subtractingReportingOverflow(left)
    guard !isTall, !isWide, height < Self.largestMatrix, width < Self.largestMatrix else {
      throw .exhausted
    }
    guard height == width else { throw .undefined }
    if height < 0 { return ([], top, left) }
    var rows: [[PointNumber]] = []
    for row in top...bottom {
      var entries: [PointNumber] = []
      for column in left...right {
        var place = Substitution(opened.indices[0], pool.integer(row))
        place.symbols[opened.indices[1]] = pool.integer(column)
        entries.append(try value(of: pool.substitute(place, in: opened.body), in: &pool))
      }
      rows.append(entries)
    }
    return (rows, top, left)
  }
}

/// An inverse matrix and where its rows and columns are counted from.
struct KnownInverse {
  let entries: [[PointNumber]]
  let firstRow: Int
  let firstColumn: Int
}
