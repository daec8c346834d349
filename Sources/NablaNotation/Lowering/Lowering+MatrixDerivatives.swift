import NablaExpressions

extension Lowering {
  /// A derivative of or by vectors and matrices, laid out as the scope says.
  mutating func formOfDerivative(
    _ syntax: DerivativeSyntax, _ whole: Syntax, in pool: inout ExpressionPool
  ) throws(Diagnostic) -> MatrixForm {
    let subject = try formOfPart(syntax.subject, in: &pool)
    var variables: [MatrixForm] = []
    for entry in syntax.variables {
      let variable = try variableForm(entry.variable, in: &pool)
      try Self.checkOrder(variables.count + entry.order, at: entry.variable.range)
      for _ in 0..<entry.order { variables.append(variable) }
    }
    let arrays = ([subject] + variables).filter { !$0.shape.isScalar }
    if arrays.isEmpty {
      let value = try scalarValue(of: subject, syntax.subject, in: &pool)
      let handles = variables.map { pool.value(of: $0) }
      return .scalar(pool.derivative(value, by: handles))
    }
    if arrays.count > 2 || (arrays.count == 2 && arrays.contains { $0.shape.isMatrix }) {
      throw tooManyAxes(arrays.map { $0.shape.ranges.count }.reduce(0, +), at: whole.range)
    }
    if variables.count == 1 {
      return try first(subject, variables[0], whole, in: &pool)
    }
    return try higher(subject, variables, whole, in: &pool)
  }

  /// What stands below a derivative: a name, scalar or not, or a component.
  private mutating func variableForm(
    _ syntax: Syntax, in pool: inout ExpressionPool
  ) throws(Diagnostic) -> MatrixForm {
    let form = try formOfPart(syntax, in: &pool)
    switch form.kind {
    case .array: return form
    case .scalar: return .scalar(try variable(syntax, in: &pool))
    default:
      throw Diagnostic(
        "not-a-variable", "a derivative is by a name", at: syntax.range,
        expected: "a name or a component such as h[i]")
    }
  }

  private mutating func first(
    _ subject: MatrixForm, _ variable: MatrixForm, _ whole: Syntax, in pool: inout ExpressionPool
  ) throws(Diagnostic) -> MatrixForm {
    let shape: Shape
    let isTransposed: Bool
    if subject.shape.isScalar {
      shape = variable.shape
      isTransposed = scope.layout == .numerator
    } else if variable.shape.isScalar {
      shape = subject.shape
      isTransposed = scope.layout == .denominator
    } else {
      shape = Shape(
        rows: subject.shape.rows ?? subject.shape.columns,
        columns: variable.shape.rows ?? variable.shape.columns)
      isTransposed = scope.layout == .denominator
    }
    return MatrixForm(
      .derivative(subject, by: variable, isTransposed: isTransposed),
      isTransposed ? shape.transposed : shape)
  }

  /// A derivative of higher order with one or two axes, entry by entry.
  private mutating func higher(
    _ subject: MatrixForm, _ variables: [MatrixForm], _ whole: Syntax,
    in pool: inout ExpressionPool
  ) throws(Diagnostic) -> MatrixForm {
    var axes: [SymbolID] = []
    var above = subject
    var below = variables
    // A matrix is the only part with axes, and keeps them.
    let parts = [subject] + variables
    if let matrix = parts.first(where: { $0.shape.isMatrix })?.shape {
      for range in matrix.ranges { axes.append(index(over: range, axes, in: &pool)) }
      let names = axes.map { pool.symbol($0) }
      above = try entry(of: subject, names, whole, in: &pool)
      for place in below.indices {
        below[place] = try entry(of: below[place], names, whole, in: &pool)
      }
    } else {
      above = try nextEntry(of: subject, &axes, whole, in: &pool)
      for place in below.indices {
        below[place] = try nextEntry(of: below[place], &axes, whole, in: &pool)
      }
    }
    let handles = below.map { pool.value(of: $0) }
    let value = pool.derivative(pool.value(of: above), by: handles)
    let ranges = axes.map { pool.symbols[Int($0.index)].ranges.first }
    let rows = ranges[0]
    guard ranges.count == 2 else {
      let isRow = parts.contains { $0.shape.isRow }
      return isRow
        ? MatrixForm(.entries(value, row: nil, column: axes[0]), Shape(columns: rows))
        : MatrixForm(.entries(value, row: axes[0], column: nil), Shape(rows: rows))
    }
    return MatrixForm(
      .entries(value, row: axes[0], column: axes[1]), Shape(rows: rows, columns: ranges[1]))
  }

  private func index(
    over range: IndexRange, _ taken: [SymbolID], in pool: inout ExpressionPool
  ) -> SymbolID {
    pool.freshIndex(over: range, preferring: taken.isEmpty ? "i" : "j")
  }

  private mutating func entry(
    of form: MatrixForm, _ names: [Handle], _ whole: Syntax, in pool: inout ExpressionPool
  ) throws(Diagnostic) -> MatrixForm {
    .scalar(try written(form, row: names[0], column: names[1], at: whole.range, in: &pool))
  }

  /// The entry at a new index, for a vector.
  private mutating func nextEntry(
    of form: MatrixForm, _ axes: inout [SymbolID], _ whole: Syntax, in pool: inout ExpressionPool
  ) throws(Diagnostic) -> MatrixForm {
    var name = pool.one
    if let range = form.shape.rows ?? form.shape.columns {
      let index = index(over: range, axes, in: &pool)
      axes.append(index)
      name = pool.symbol(index)
    }
    return .scalar(try written(form, row: name, column: name, at: whole.range, in: &pool))
  }

  private func tooManyAxes(_ count: Int, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "too-many-axes", "this derivative has \(count) indices, and a matrix has 2", at: range,
      expected: "components with indices, such as dy[i]/dW[j, k]")
  }
}
