import NablaExpressions
import NablaNumbers

/// Factors that are multiplied from left to right, as long as they are of one kind.
private struct FactorRun {
  enum Kind { case product, hadamard }

  var kind = Kind.product
  var operands: [ShapedOperand]
  var shape: Shape

  init(_ operand: ShapedOperand) {
    operands = [operand]
    shape = operand.form.shape
  }
}

extension Lowering {
  /// Divisions and changes between `*` and `.*` nest a product at most this deep.
  private static var mostRuns: Int { 64 }

  mutating func formOfProduct(
    _ factors: [FactorSyntax], in pool: inout ExpressionPool
  ) throws(Diagnostic) -> MatrixForm {
    let outer = deepestProduct
    deepestProduct = 0
    let operands = try operands(factors.map { $0.factor }, in: &pool)
    var run = FactorRun(operands[0])
    var runs = deepestProduct
    defer { deepestProduct = max(outer, runs) }
    for (place, entry) in factors.enumerated().dropFirst() {
      let operand = operands[place]
      let isScaling = run.shape.isScalar || operand.form.shape.isScalar
      switch entry.operation {
      case .elementwiseTimes where !isScaling:
        if run.kind == .product, run.operands.count > 1 {
          run = FactorRun(collapsed(run, factors[..<place], in: &pool))
          try count(&runs, run, at: entry.factor.range)
        }
        run.kind = .hadamard
        run.operands.append(operand)
        run.shape = try commonShape(&run.operands, of: .hadamard, in: &pool)
        continue
      case .times, .elementwiseTimes:
        let isClosed =
          run.shape.isScalar && run.operands.contains { !$0.form.shape.isScalar }
          && !operand.form.shape.isScalar
        if run.operands.count > 1, run.kind == .hadamard || isClosed {
          run = FactorRun(collapsed(run, factors[..<place], in: &pool))
          try count(&runs, run, at: entry.factor.range)
        }
        if !isScaling {
          try checkProduct(run, operand, factors[..<place], in: &pool)
          run.shape = Shape(rows: run.shape.rows, columns: operand.form.shape.columns)
        } else if run.shape.isScalar {
          run.shape = operand.form.shape
        }
        run.operands.append(operand)
        continue
      case .over, .elementwiseOver: break
      }
      let above = collapsed(run, factors[..<place], in: &pool)
      run = FactorRun(
        try divided(above, entry.operation, operand, in: &pool))
      try count(&runs, run, at: entry.factor.range)
      if case .scalar(let value) = run.operands[0].form.kind,
        pool.depth(value) > Self.deepestExpression
      {
        throw Self.tooDeep(at: entry.factor.range)
      }
    }
    return collapsed(run, factors[...], in: &pool).form
  }

  /// Notes that a product in matrix notation nests one level deeper.
  private func count(
    _ runs: inout Int, _ run: FactorRun, at range: SourceRange
  ) throws(Diagnostic) {
    if run.operands[0].form.isElementary { return }
    runs += 1
    guard runs <= Self.mostRuns else {
      throw Diagnostic(
        "nesting-too-deep",
        "products of vectors and matrices nest deeper than the limit of \(Self.mostRuns) levels",
        at: range)
    }
  }

  /// The factors so far as one operand.
  private func collapsed(
    _ run: FactorRun, _ factors: ArraySlice<FactorSyntax>, in pool: inout ExpressionPool
  ) -> ShapedOperand {
    if run.operands.count == 1 { return run.operands[0] }
    let range = factors[0].factor.range.union(factors[factors.count - 1].factor.range)
    let syntax = Syntax(.product(Array(factors)), range)
    var handles: [Handle] = []
    for operand in run.operands {
      if case .scalar(let value) = operand.form.kind { handles.append(value) }
    }
    if handles.count == run.operands.count {
      return ShapedOperand(form: .scalar(pool.writtenProduct(handles)), syntax: syntax)
    }
    let forms = run.operands.map { $0.form }
    let kind: MatrixForm.Kind = run.kind == .hadamard ? .hadamard(forms) : .product(forms)
    return ShapedOperand(form: MatrixForm(kind, run.shape), syntax: syntax)
  }

  /// The columns on the left meet the rows on the right.
  private func checkProduct(
    _ run: FactorRun, _ operand: ShapedOperand, _ factors: ArraySlice<FactorSyntax>,
    in pool: inout ExpressionPool
  ) throws(Diagnostic) {
    if matches(run.shape.columns, operand.form.shape.rows, in: pool) { return }
    let left = collapsed(run, factors, in: &pool)
    throw productMismatch(left, operand, in: pool)
  }

  private mutating func divided(
    _ above: ShapedOperand, _ operation: FactorOperator, _ below: ShapedOperand,
    in pool: inout ExpressionPool
  ) throws(Diagnostic) -> ShapedOperand {
    let syntax = Syntax(
      .product([
        FactorSyntax(operation: .times, factor: above.syntax),
        FactorSyntax(operation: operation, factor: below.syntax),
      ]), above.syntax.range.union(below.syntax.range))
    if case .scalar(let divisor) = below.form.kind {
      try checkDivisor(divisor, at: below.syntax.range, in: &pool)
      if case .scalar(let value) = above.form.kind {
        return ShapedOperand(form: .scalar(pool.quotient(value, divisor)), syntax: syntax)
      }
    }
    if below.form.shape.isScalar {
      let form = MatrixForm(.quotient(above.form, below.form), above.form.shape)
      return ShapedOperand(form: form, syntax: syntax)
    }
    guard operation == .elementwiseOver else { throw divisionByArray(above, below, in: pool) }
    var operands = [above, below]
    let shape = try commonShape(&operands, of: .quotient, in: &pool)
    let form = MatrixForm(.elementwiseQuotient(operands[0].form, operands[1].form), shape)
    return ShapedOperand(form: form, syntax: syntax)
  }

  // MARK: Powers

  mutating func formOfPower(
    _ base: Syntax, _ exponent: Syntax, _ syntax: Syntax, in pool: inout ExpressionPool
  ) throws(Diagnostic) -> MatrixForm {
    let below = ShapedOperand(form: try formOfPart(base, in: &pool), syntax: base)
    if !below.form.shape.isScalar, case .name("T") = exponent.kind, symbol(named: "T") == nil {
      throw Diagnostic(
        "transpose-as-power", "a transpose is written with ' after what is transposed",
        at: syntax.range, suggestion: base.plainFactor.map { $0 + "'" })
    }
    let above = ShapedOperand(form: try formOfPart(exponent, in: &pool), syntax: exponent)
    guard above.form.shape.isScalar else {
      throw arrayAsExponent(below, above, in: pool)
    }
    if below.form.shape.isScalar { return try scalarPower(below, above, in: &pool) }
    guard below.form.shape.isMatrix,
      matches(below.form.shape.rows, below.form.shape.columns, in: pool)
    else { throw powerOfArray(below, exponent, syntax, in: pool) }
    guard case .scalar(let value) = above.form.kind,
      let order = pool.exactValue(value, steps: &stepsLeft)?.asInt,
      order >= -Self.highestPower, order <= Self.highestPower
    else {
      throw Diagnostic(
        "matrix-power", "a power of a matrix has a whole exponent", at: exponent.range,
        expected: "a whole number from -\(Self.highestPower) to \(Self.highestPower), "
          + "or '.^' for every entry")
    }
    let shape = below.form.shape
    if order == 0 { return MatrixForm(.identity, shape) }
    let root = order < 0 ? MatrixForm(.inverse(below.form), shape) : below.form
    return abs(order) == 1 ? root : MatrixForm(.matrixPower(root, abs(order)), shape)
  }

  private static var highestPower: Int { 64 }

  private mutating func scalarPower(
    _ below: ShapedOperand, _ above: ShapedOperand, in pool: inout ExpressionPool
  ) throws(Diagnostic) -> MatrixForm {
    if case .scalar(let base) = below.form.kind, case .scalar(let exponent) = above.form.kind {
      let range = below.syntax.range.union(above.syntax.range)
      return .scalar(try power(base, exponent, at: range, in: &pool))
    }
    return MatrixForm(.power(below.form, above.form), .scalar)
  }

  mutating func formOfElementwisePower(
    _ base: Syntax, _ exponent: Syntax, in pool: inout ExpressionPool
  ) throws(Diagnostic) -> MatrixForm {
    var operands = try operands([base, exponent], in: &pool)
    let shape = try commonShape(&operands, of: .power, in: &pool)
    if shape.isScalar { return try scalarPower(operands[0], operands[1], in: &pool) }
    return MatrixForm(.elementwisePower(operands[0].form, operands[1].form), shape)
  }
}
