import NablaNumbers

extension ExpressionPool {
  /// The entry of a form at a row and a column, as a scalar expression in written form.
  ///
  /// An index that the shape does not have is ignored.
  /// Complexity: linear in the form, except that a softmax writes its argument twice.
  package mutating func entry(of form: MatrixForm, row: Handle, column: Handle) -> Handle {
    switch form.kind {
    case .scalar(let value): return value
    case .array(let symbol): return entry(ofArray: symbol, form.shape, row, column)
    case .entries(let body, let rowName, let columnName):
      var names = Substitution()
      if let rowName { names.symbols[rowName] = row }
      if let columnName { names.symbols[columnName] = column }
      return substitute(names, in: body)
    case .literal(let rows): return literalEntry(rows, form.shape, row, column)
    case .identity: return writtenDelta(row, column)
    case .ones: return one
    case .unitVector(let place): return writtenDelta(form.shape.isRow ? column : row, place)
    case .sum(let terms): return writtenSum(entries(of: terms, row, column))
    case .negation(let inner): return negation(entry(of: inner, row: row, column: column))
    case .product(let factors): return productEntry(factors, row, column)
    case .hadamard(let factors): return writtenProduct(entries(of: factors, row, column))
    case .quotient(let above, let below), .elementwiseQuotient(let above, let below):
      let above = entry(of: above, row: row, column: column)
      return quotient(above, entry(of: below, row: row, column: column))
    case .power(let base, let exponent), .elementwisePower(let base, let exponent):
      return powerEntry(base, exponent, row, column)
    case .matrixPower(let base, let exponent):
      return productEntry(Array(repeating: base, count: exponent), row, column)
    case .transpose(let inner): return entry(of: inner, row: column, column: row)
    case .function(let function, let argument):
      let argument = entry(of: argument, row: row, column: column)
      return function == .sqrt ? root(argument, degree: 2) : writtenFunction(function, argument)
    case .apply(let function, let arguments):
      return apply(function, entries(of: arguments, row, column))
    case .extremum(let operands, let isMaximum):
      return writtenExtremum(entries(of: operands, row, column), isMaximum: isMaximum)
    case .indicator(let relation, let left, let right):
      let left = entry(of: left, row: row, column: column)
      let condition = self.relation(relation, left, entry(of: right, row: row, column: column))
      return indicator(of: condition)
    case .derivative(let subject, let variable, let isTransposed):
      return derivativeEntry(subject, variable, isTransposed, row, column)
    default: return reducedEntry(form, row, column)
    }
  }

  /// The value of a scalar form.
  package mutating func value(of form: MatrixForm) -> Handle {
    entry(of: form, row: one, column: one)
  }

  private mutating func entries(
    of forms: [MatrixForm], _ row: Handle, _ column: Handle
  ) -> [Handle] {
    var handles: [Handle] = []
    for form in forms { handles.append(entry(of: form, row: row, column: column)) }
    return handles
  }

  /// An array declared with one row or one column has an index that a shape leaves out.
  private mutating func entry(
    ofArray symbol: SymbolID, _ shape: Shape, _ row: Handle, _ column: Handle
  ) -> Handle {
    let ranges = symbols[Int(symbol.index)].ranges
    if ranges.isEmpty { return self.symbol(symbol) }
    if ranges.count == 1 {
      return entry(symbol, [shape.isScalar ? ranges[0].lower : shape.isRow ? column : row])
    }
    return entry(
      symbol,
      [
        shape.rows == nil ? ranges[0].lower : row, shape.columns == nil ? ranges[1].lower : column,
      ])
  }

  /// Σ over the places of the value there, each with the deltas that select it.
  ///
  /// An index that is a number selects at once.
  private mutating func literalEntry(
    _ rows: [[MatrixForm]], _ shape: Shape, _ row: Handle, _ column: Handle
  ) -> Handle {
    let rowPlaces = places(of: row, in: shape.rows, rows.count)
    let columnPlaces = places(of: column, in: shape.columns, rows.first?.count ?? 0)
    var terms: [Handle] = []
    for rowPlace in rowPlaces.places {
      for columnPlace in columnPlaces.places {
        let value = self.value(of: rows[rowPlace][columnPlace])
        if value == zero { continue }
        var factors: [Handle] = []
        if let range = shape.rows, !rowPlaces.isFixed {
          factors.append(writtenDelta(row, place(rowPlace, in: range)))
        }
        if let range = shape.columns, !columnPlaces.isFixed {
          factors.append(writtenDelta(column, place(columnPlace, in: range)))
        }
        if value != one || factors.isEmpty { factors.append(value) }
        terms.append(factors.count == 1 ? factors[0] : writtenProduct(factors))
      }
    }
    return terms.isEmpty ? zero : terms.count == 1 ? terms[0] : writtenSum(terms)
  }

  /// The places of a list that an index may stand for.
  private func places(
    of index: Handle, in range: IndexRange?, _ count: Int
  ) -> (places: Range<Int>, isFixed: Bool) {
    guard let range, let value = rational(index), let first = rational(range.lower) else {
      return (0..<count, false)
    }
    guard let place = (value - first).asInt, place >= 0, place < count else { return (0..<0, true) }
    return (place..<place + 1, true)
  }

  /// The index that is some places after the first of a range.
  private mutating func place(_ offset: Int, in range: IndexRange) -> Handle {
    if let first = rational(range.lower), let index = (first + Rational(offset)).asInt {
      return integer(index)
    }
    return offset == 0 ? range.lower : writtenSum([range.lower, integer(offset)])
  }

  /// One sum over all inner indices of the chain; scalars stay in their places, ones are left out.
  private mutating func productEntry(
    _ factors: [MatrixForm], _ row: Handle, _ column: Handle
  ) -> Handle {
    var handles: [Handle] = []
    var indices: [SymbolID] = []
    var ranges: [IndexRange] = []
    let last = factors.lastIndex { !$0.shape.isScalar }
    var current = row
    for (place, factor) in factors.enumerated() {
      if factor.shape.isScalar {
        handles.append(value(of: factor))
        continue
      }
      var next = column
      if place != last, let range = factor.shape.columns {
        let index = freshIndex(over: range)
        indices.append(index)
        ranges.append(range)
        next = symbol(index)
      }
      if !factor.isOnes {
        handles.append(entry(of: factor, row: current, column: next))
      }
      current = next
    }
    let body = handles.isEmpty ? one : handles.count == 1 ? handles[0] : writtenProduct(handles)
    return indices.isEmpty ? body : closeSum(body, over: indices, ranges: ranges)
  }

  /// ‖u‖² is written as the sum of squares it stands for.
  private mutating func powerEntry(
    _ base: MatrixForm, _ exponent: MatrixForm, _ row: Handle, _ column: Handle
  ) -> Handle {
    let above = entry(of: exponent, row: row, column: column)
    if case .norm(let inner) = base.kind, above == two { return sumOfSquares(inner) }
    return writtenPower(entry(of: base, row: row, column: column), above)
  }

  private mutating func derivativeEntry(
    _ subject: MatrixForm, _ variable: MatrixForm, _ isTransposed: Bool, _ row: Handle,
    _ column: Handle
  ) -> Handle {
    let (row, column) = isTransposed ? (column, row) : (row, column)
    if subject.shape.isScalar {
      let below = entry(of: variable, row: row, column: column)
      return derivative(value(of: subject), by: [below])
    }
    if variable.shape.isScalar {
      let above = entry(of: subject, row: row, column: column)
      return derivative(above, by: [value(of: variable)])
    }
    let above = entry(of: subject, row: row, column: row)
    return derivative(above, by: [entry(of: variable, row: column, column: column)])
  }

  /// A fresh index that runs over a range.
  package mutating func freshIndex(over range: IndexRange, preferring name: String? = nil)
    -> SymbolID
  {
    var symbol = Symbol("", .index, ranges: [range], isFresh: true)
    symbol.preferredName = name
    let id = declare(symbol)
    symbols[Int(id.index)].name = "#\(id.index)"
    return id
  }
}

extension MatrixForm {
  fileprivate var isOnes: Bool {
    switch kind {
    case .ones: true
    case .transpose(let inner): inner.isOnes
    default: false
    }
  }
}
