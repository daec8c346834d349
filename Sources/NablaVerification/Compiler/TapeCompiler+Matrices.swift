import NablaExpressions

/// Determinants and entries of inverses of matrices whose sizes are known.
extension TapeCompiler {
  /// Up to this size minors are used, which need no division and hold where a pivot is 0.
  private static var minorLimit: Int { 6 }

  /// Puts off the entries of a matrix, row by row; a matrix that is not square has no value.
  ///
  /// `place` is that of the entry wanted of the inverse.
  mutating func visitSquare(
    _ handle: Handle, _ list: ListID, _ body: Handle, place: (row: Int, column: Int)?,
    _ scope: Int, _ key: UInt64, _ pool: inout ExpressionPool
  ) throws(EvaluationError) {
    var lower: [Int] = []
    var sizes: [Int] = []
    for slot in 0..<2 {
      let low = pool.operand(list, 2 * slot)
      let high = pool.operand(list, 2 * slot + 1)
      guard let first = integer(low, scope, pool) else { throw .notAnInteger(low) }
      guard let last = integer(high, scope, pool) else { throw .notAnInteger(high) }
      lower.append(first)
      sizes.append(max(0, last - first + 1))
    }
    let size = sizes[0]
    if size != sizes[1] { return settle(nan(), key) }
    let (total, overflow) = size.multipliedReportingOverflow(by: size)
    if overflow || total > context.instructionLimit {
      throw .tooLarge(limit: context.instructionLimit)
    }
    var task = Task(.combine, handle, scope)
    task.key = key
    task.count = total
    if let place {
      let row = place.row - lower[1]
      let column = place.column - lower[0]
      guard (0..<size).contains(row), (0..<size).contains(column) else {
        return settle(nan(), key)
      }
      task.place = row * size + column
    }
    try spend(total)
    tasks.append(task)
    for place in (0..<total).reversed() {
      scopes.append(
        Scope(parent: scope, frame: scopes[scope].frame, start: scopeValues.count))
      scopeValues.append(lower[0] + place / size)
      scopeValues.append(lower[1] + place % size)
      tasks.append(Task(.visit, body, scopes.count - 1))
    }
  }

  /// The register of a determinant or of an inverse's entry from those of the matrix.
  mutating func square(
    _ task: Task, _ entries: [UInt32], _ pool: borrowing ExpressionPool
  ) throws(EvaluationError) -> UInt32 {
    var size = 0
    while size * size < entries.count { size += 1 }
    var isInverse = false
    if case .inverse = pool[task.handle] { isInverse = true }
    var number = chain(4, size)
    for entry in entries { number = chain(number, Int(entry)) }
    let all = Array(0..<size)
    if size > TapeCompiler.minorLimit {
      if !isInverse { return try determinantByElimination(entries, size) }
      if let known = inverses[number] { return known[task.place] }
      let inverse = try inverseByElimination(entries, size)
      inverses[number] = inverse
      return inverse[task.place]
    }
    let determinant = try minor(all, all, entries, size, number)
    if !isInverse { return determinant }
    let row = task.place / size
    let column = task.place % size
    var rows = all
    var columns = all
    rows.remove(at: column)
    columns.remove(at: row)
    let cofactor = try minor(rows, columns, entries, size, number)
    let quotient = try emit(.divide, cofactor, determinant)
    return (row + column) % 2 == 0 ? quotient : try emit(.negate, quotient)
  }

  /// The determinant of some rows and columns, expanded along the first row.
  private mutating func minor(
    _ rows: [Int], _ columns: [Int], _ entries: [UInt32], _ size: Int, _ number: UInt32
  ) throws(EvaluationError) -> UInt32 {
    guard let first = rows.first else { return constant(1) }
    if rows.count == 1 { return entries[first * size + columns[0]] }
    var set = 0
    for row in rows { set |= 1 << row }
    for column in columns { set |= 1 << (size + column) }
    let key = UInt64(chain(number, set))
    if let known = minors[key] { return known }
    let below = Array(rows.dropFirst())
    var total: UInt32?
    for place in columns.indices {
      let entry = entries[first * size + columns[place]]
      if constantValue(entry) == 0 { continue }
      var rest = columns
      rest.remove(at: place)
      let term = try multiply(entry, try minor(below, rest, entries, size, number))
      if let sum = total {
        total = try emit(place % 2 == 0 ? .add : .subtract, sum, term)
      } else {
        total = place % 2 == 0 ? term : try emit(.negate, term)
      }
    }
    let result = total ?? constant(0)
    minors[key] = result
    return result
  }

  // MARK: Elimination with partial pivoting

  private mutating func determinantByElimination(
    _ entries: [UInt32], _ size: Int
  ) throws(EvaluationError) -> UInt32 {
    var rows: [[UInt32]] = []
    for row in 0..<size { rows.append(Array(entries[(row * size)..<((row + 1) * size)])) }
    var product = constant(1)
    let zero = constant(0)
    for column in 0..<size {
      if let swaps = try pivot(&rows, column) { product = try multiply(product, swaps) }
      let pivot = rows[column][column]
      product = try multiply(product, pivot)
      for row in (column + 1)..<max(column + 1, size) {
        if constantValue(rows[row][column]) == 0 { continue }
        // Where the pivot is 0, so is the whole column, and the determinant.
        let isZero = try compare(.equal, pivot, zero)
        let ratio = try emit(
          .select, isZero, zero, try emit(.divide, rows[row][column], pivot))
        try subtract(ratio, column, from: row, after: column, &rows)
      }
    }
    return product
  }

  private mutating func inverseByElimination(
    _ entries: [UInt32], _ size: Int
  ) throws(EvaluationError) -> [UInt32] {
    var rows: [[UInt32]] = []
    for row in 0..<size {
      var extended = Array(entries[(row * size)..<((row + 1) * size)])
      for column in 0..<size { extended.append(constant(row == column ? 1 : 0)) }
      rows.append(extended)
    }
    for column in 0..<size {
      _ = try pivot(&rows, column)
      let pivot = rows[column][column]
      for place in (column + 1)..<(2 * size) where constantValue(rows[column][place]) != 0 {
        rows[column][place] = try emit(.divide, rows[column][place], pivot)
      }
      for row in 0..<size where row != column && constantValue(rows[row][column]) != 0 {
        try subtract(rows[row][column], column, from: row, after: column, &rows)
      }
    }
    var inverse: [UInt32] = []
    for row in rows { inverse += row[size...] }
    return inverse
  }

  private mutating func subtract(
    _ ratio: UInt32, _ source: Int, from row: Int, after column: Int, _ rows: inout [[UInt32]]
  ) throws(EvaluationError) {
    for place in (column + 1)..<max(column + 1, rows[row].count) {
      if constantValue(rows[source][place]) == 0 { continue }
      let change = try multiply(ratio, rows[source][place])
      rows[row][place] =
        constantValue(rows[row][place]) == 0
        ? try emit(.negate, change) : try emit(.subtract, rows[row][place], change)
    }
  }

  /// Brings the greatest entry of a column to the diagonal by exchanging rows where that is needed
  /// when the tape runs; the result is −1 to the number of exchanges, nil for none.
  private mutating func pivot(
    _ rows: inout [[UInt32]], _ column: Int
  ) throws(EvaluationError) -> UInt32? {
    var sign: UInt32?
    for row in (column + 1)..<max(column + 1, rows.count) {
      let candidate = rows[row][column]
      let current = rows[column][column]
      if constantValue(candidate) == 0 { continue }
      if constantValue(current) == 0 {
        rows.swapAt(row, column)
        sign =
          try sign.map { old throws(EvaluationError) in try emit(.negate, old) } ?? constant(-1)
        continue
      }
      let isGreater = try compare(
        .greater, try emit(.multiply, candidate, candidate), try emit(.multiply, current, current))
      for place in column..<rows[row].count {
        let lower = rows[row][place]
        let upper = rows[column][place]
        if lower == upper { continue }
        rows[row][place] = try emit(.select, isGreater, upper, lower)
        rows[column][place] = try emit(.select, isGreater, lower, upper)
      }
      let old = sign ?? constant(1)
      sign = try emit(.select, isGreater, try emit(.negate, old), old)
    }
    return sign
  }
}
