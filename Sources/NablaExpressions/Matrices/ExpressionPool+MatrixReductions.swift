/// Forms whose entries gather many entries of what they are made of.
extension ExpressionPool {
  mutating func reducedEntry(_ form: MatrixForm, _ row: Handle, _ column: Handle) -> Handle {
    switch form.kind {
    case .trace(let inner):
      guard let range = inner.shape.rows else { return value(of: inner) }
      let index = freshIndex(over: range)
      let name = symbol(index)
      let body = entry(of: inner, row: name, column: name)
      return closeSum(body, over: [index], ranges: [range])
    case .diagonal(let inner):
      if inner.shape.isMatrix { return entry(of: inner, row: row, column: row) }
      return writtenProduct([writtenDelta(row, column), entry(of: inner, row: row, column: row)])
    case .dot(let left, let right):
      return total(over: left.shape) { pool, row, column in
        let left = pool.entry(of: left, row: row, column: column)
        return pool.writtenProduct([left, pool.entry(of: right, row: row, column: column)])
      }
    case .outer(let left, let right):
      let left = entry(of: left, row: row, column: row)
      return writtenProduct([left, entry(of: right, row: column, column: column)])
    case .norm(let inner): return root(sumOfSquares(inner), degree: 2)
    case .softmax(let inner): return softmaxEntry(inner, row, column)
    case .total(let inner): return total(of: inner)
    case .mean(let inner):
      var count = one
      for range in inner.shape.ranges {
        let size = size(of: range)
        count = count == one ? size : writtenProduct([count, size])
      }
      return quotient(total(of: inner), count)
    case .inverse(let inner), .determinant(let inner):
      return squareEntry(form, inner, row, column)
    default: return zero
    }
  }

  /// An entry of an inverse, or a determinant; of a scalar form its reciprocal, or itself.
  private mutating func squareEntry(
    _ form: MatrixForm, _ inner: MatrixForm, _ row: Handle, _ column: Handle
  ) -> Handle {
    var isInverse = false
    if case .inverse = form.kind { isInverse = true }
    guard let rowRange = inner.shape.rows, let columnRange = inner.shape.columns else {
      let value = value(of: inner)
      return isInverse ? quotient(one, value) : value
    }
    let first = freshIndex(over: rowRange)
    let second = freshIndex(over: columnRange)
    let body = entry(of: inner, row: symbol(first), column: symbol(second))
    return isInverse
      ? closeInverse(
        body, row: first, column: second, rowRange: rowRange, columnRange: columnRange, at: row,
        column)
      : closeDeterminant(
        body, row: first, column: second, rowRange: rowRange, columnRange: columnRange)
  }

  mutating func sumOfSquares(_ form: MatrixForm) -> Handle {
    total(over: form.shape) { pool, row, column in
      pool.writtenPower(pool.entry(of: form, row: row, column: column), pool.two)
    }
  }

  private mutating func total(of form: MatrixForm) -> Handle {
    total(over: form.shape) { pool, row, column in
      pool.entry(of: form, row: row, column: column)
    }
  }

  /// The sum over all places of a shape.
  private mutating func total(
    over shape: Shape, _ body: (inout ExpressionPool, Handle, Handle) -> Handle
  ) -> Handle {
    var indices: [SymbolID] = []
    var row = one
    var column = one
    if let range = shape.rows {
      indices.append(freshIndex(over: range))
      row = symbol(indices[0])
    }
    if let range = shape.columns {
      let index = freshIndex(over: range)
      indices.append(index)
      column = symbol(index)
    }
    let value = body(&self, row, column)
    return indices.isEmpty ? value : closeSum(value, over: indices, ranges: shape.ranges)
  }

  /// exp(uᵢ) / Σₖ exp(uₖ), along the rows of a matrix.
  private mutating func softmaxEntry(
    _ form: MatrixForm, _ row: Handle, _ column: Handle
  ) -> Handle {
    let isAlongColumns = form.shape.columns != nil
    guard let range = form.shape.columns ?? form.shape.rows else { return one }
    let index = freshIndex(over: range)
    let name = symbol(index)
    let other = entry(
      of: form, row: isAlongColumns ? row : name, column: isAlongColumns ? name : column)
    let below = closeSum(writtenFunction(.exp, other), over: [index], ranges: [range])
    let own = entry(of: form, row: row, column: column)
    return quotient(writtenFunction(.exp, own), below)
  }
}
