import NablaExpressions

extension Lowering {
  /// An expression in matrix notation with its shape; a scalar one without any is just its handle.
  ///
  /// - Throws: where shapes do not fit, at the part that does not.
  package mutating func form(
    _ syntax: Syntax, in pool: inout ExpressionPool
  ) throws(Diagnostic) -> MatrixForm {
    let outer = isMatrixNotation
    defer { isMatrixNotation = outer }
    if outer == nil {
      isMatrixNotation = usesMatrixNotation(syntax, in: pool)
      deepestProduct = 0
    }
    return try formOfPart(syntax, in: &pool)
  }

  /// The form of a part of the expression being read.
  mutating func formOfPart(
    _ syntax: Syntax, in pool: inout ExpressionPool
  ) throws(Diagnostic) -> MatrixForm {
    guard isMatrixNotation == true else { return .scalar(try expression(syntax, in: &pool)) }
    switch syntax.kind {
    case .number(let digits): return .scalar(try number(digits, syntax.range, in: &pool))
    case .name(let name): return try formOfName(name, syntax.range, in: &pool)
    case .indexed(let base, let indices):
      return .scalar(try indexed(base, indices, syntax.range, in: &pool))
    case .call(let call): return try formOfCall(call, syntax, in: &pool)
    case .sum(let terms): return try formOfSum(terms, in: &pool)
    case .product(let factors): return try formOfProduct(factors, in: &pool)
    case .power(let base, let exponent):
      return try formOfPower(base, exponent, syntax, in: &pool)
    case .elementwisePower(let base, let exponent):
      return try formOfElementwisePower(base, exponent, in: &pool)
    case .negation(let inner):
      let form = try formOfPart(inner, in: &pool)
      if case .scalar(let value) = form.kind { return .scalar(pool.negation(value)) }
      return MatrixForm(.negation(form), form.shape)
    case .transpose(let inner): return try formOfTranspose(inner, syntax.range, in: &pool)
    case .matrix(let rows): return try formOfLiteral(rows, in: &pool)
    case .binder(let binder): return try self.binder(binder, in: &pool)
    case .indicator(let inner): return try formOfIndicator(inner, in: &pool)
    case .piecewise(let branches, let otherwise):
      return try formOfPiecewise(branches, otherwise, in: &pool)
    case .derivative(let derivative):
      return try formOfDerivative(derivative, syntax, in: &pool)
    case .comparison, .and, .or, .not: throw Self.conditionAsValue(at: syntax.range)
    }
  }

  private mutating func formOfName(
    _ name: String, _ range: SourceRange, in pool: inout ExpressionPool
  ) throws(Diagnostic) -> MatrixForm {
    guard let symbol = symbol(named: name), pool.kind(of: symbol) == .array else {
      return .scalar(try value(ofName: name, range, in: &pool))
    }
    references.append(symbol)
    return MatrixForm(.array(symbol), shape(of: symbol, in: pool))
  }

  // MARK: Entries

  /// `W[i, j]`, or the entry of an expression such as `(W' * x)[i]`.
  private mutating func indexed(
    _ base: Syntax, _ indices: [Syntax], _ range: SourceRange, in pool: inout ExpressionPool
  ) throws(Diagnostic) -> Handle {
    if case .name = base.kind { return try entry(base, indices, range, in: &pool) }
    let form = try formOfPart(base, in: &pool)
    let slots = form.shape.ranges
    guard slots.count == indices.count else {
      throw Diagnostic(
        "index-count",
        "\(Self.shown(base)) is \(Self.described(form.shape, in: pool)) and has "
          + "\(Self.counted(slots.count, "index", "indices")), not \(indices.count)",
        at: range)
    }
    var handles: [Handle] = []
    for (place, syntax) in indices.enumerated() {
      let name = base.plainText ?? "the expression"
      handles.append(try index(syntax, in: slots[place], of: name, in: &pool))
    }
    let row = form.shape.rows == nil ? pool.one : handles[0]
    let column = form.shape.columns == nil ? pool.one : handles[handles.count - 1]
    return try written(form, row: row, column: column, at: range, in: &pool)
  }

  // MARK: Sums

  private mutating func formOfSum(
    _ terms: [SignedTermSyntax], in pool: inout ExpressionPool
  ) throws(Diagnostic) -> MatrixForm {
    var operands = try operands(terms.map { $0.term }, in: &pool)
    if operands.allSatisfy({ $0.form.isElementary }) {
      var handles: [Handle] = []
      for (operand, entry) in zip(operands, terms) {
        let value = pool.value(of: operand.form)
        handles.append(entry.isNegative ? pool.negation(value) : value)
      }
      return .scalar(pool.writtenSum(handles))
    }
    spread(&operands, in: &pool)
    let shape = try commonShape(&operands, of: .sum, in: &pool)
    var forms: [MatrixForm] = []
    for (operand, entry) in zip(operands, terms) {
      let form = operand.form
      guard entry.isNegative else {
        forms.append(form)
        continue
      }
      if case .scalar(let value) = form.kind {
        forms.append(.scalar(pool.negation(value)))
      } else {
        forms.append(MatrixForm(.negation(form), form.shape))
      }
    }
    return MatrixForm(.sum(forms), shape)
  }

  /// A name declared with one row or one column is added to every row or column of a matrix.
  private func spread(_ operands: inout [ShapedOperand], in pool: inout ExpressionPool) {
    guard let matrix = operands.first(where: { $0.form.shape.isMatrix })?.form.shape else {
      return
    }
    for place in operands.indices {
      let form = operands[place].form
      guard case .array(let symbol) = form.kind, pool.symbols[Int(symbol.index)].ranges.count == 2
      else { continue }
      if form.shape.isRow, matches(form.shape.columns, matrix.columns, in: pool) {
        let ones = MatrixForm(.ones, Shape(rows: matrix.rows))
        operands[place].form = MatrixForm(.product([ones, form]), matrix)
      } else if form.shape.isColumn, matches(form.shape.rows, matrix.rows, in: pool) {
        let ones = MatrixForm(.ones, Shape(columns: matrix.columns))
        operands[place].form = MatrixForm(.product([form, ones]), matrix)
      }
    }
  }

  // MARK: Transposes and brackets

  private mutating func formOfTranspose(
    _ inner: Syntax, _ range: SourceRange, in pool: inout ExpressionPool
  ) throws(Diagnostic) -> MatrixForm {
    let form = try formOfPart(inner, in: &pool)
    guard form.isElementary else { return form.transposed }
    throw Diagnostic(
      "transpose-of-scalar",
      "\(Self.shown(inner)) is a scalar, and a transpose changes nothing", at: range,
      expected: "a vector or matrix, or a derivative such as df/dx")
  }

  /// Rows of scalars; a single row is a vector, and vectors are columns.
  private mutating func formOfLiteral(
    _ rows: [[Syntax]], in pool: inout ExpressionPool
  ) throws(Diagnostic) -> MatrixForm {
    var forms: [[MatrixForm]] = []
    for row in rows {
      var line: [MatrixForm] = []
      for entry in row {
        let form = try formOfPart(entry, in: &pool)
        guard form.shape.isScalar else { throw arrayAsScalar(entry, form.shape, in: pool) }
        line.append(form)
      }
      forms.append(line)
    }
    if forms.count == 1 { forms = forms[0].map { [$0] } }
    let columns = forms[0].count
    if forms.count == 1, columns == 1 { return forms[0][0] }
    let shape = Shape(
      rows: forms.count == 1 ? nil : range(ofSize: forms.count, in: &pool),
      columns: columns == 1 ? nil : range(ofSize: columns, in: &pool))
    return MatrixForm(.literal(forms), shape)
  }

  private func range(ofSize size: Int, in pool: inout ExpressionPool) -> IndexRange {
    IndexRange(lower: pool.one, upper: pool.integer(size))
  }
}
