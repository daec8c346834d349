import NablaExpressions

extension FormulaBuilder {
  /// The formula of an expression in matrix notation, written as the form says.
  package mutating func formula(
    of form: MatrixForm, in pool: inout ExpressionPool
  ) -> Formula {
    guard showsShapes, form.isName, !form.shape.isScalar else { return written(form, in: &pool) }
    showsShapes = false
    defer { showsShapes = true }
    return .labelled(written(form, in: &pool), below: space(of: form.shape, in: &pool))
  }

  private mutating func written(
    _ form: MatrixForm, in pool: inout ExpressionPool
  ) -> Formula {
    switch form.kind {
    case .scalar(let value): return formula(of: value, in: &pool)
    case .array(let symbol): return name(of: symbol, pool)
    case .entries(let body, let row, let column):
      var indices: [Formula] = []
      for index in [row, column] {
        if let index { indices.append(name(of: index, pool)) }
      }
      return .indexed(.matrix([[formula(of: body, in: &pool)]]), indices)
    case .literal(let rows):
      var entries: [[Formula]] = []
      for row in rows { entries.append(formulas(of: row, in: &pool)) }
      return .matrix(entries)
    case .identity: return .call(FunctionName("eye"), primes: 0, sizes(form.shape, 1, in: &pool))
    case .ones: return .call(FunctionName("ones"), primes: 0, sizes(form.shape, 2, in: &pool))
    case .unitVector(let place): return .call("onehot", formula(of: place, in: &pool))
    case .sum(let terms):
      return .sum(terms.map { term($0, in: &pool) })
    case .negation(let inner): return .negation(formula(of: inner, in: &pool))
    case .product(let factors): return .product(formulas(of: factors, in: &pool))
    case .hadamard(let factors): return .hadamard(formulas(of: factors, in: &pool))
    case .quotient(let above, let below):
      let above = formula(of: above, in: &pool)
      return .fraction(above, formula(of: below, in: &pool))
    case .elementwiseQuotient(let above, let below):
      let above = formula(of: above, in: &pool)
      return .elementwise(.quotient, above, formula(of: below, in: &pool))
    case .power(let base, let exponent):
      let base = formula(of: base, in: &pool)
      return .power(base, formula(of: exponent, in: &pool))
    case .elementwisePower(let base, let exponent):
      let base = formula(of: base, in: &pool)
      return .elementwise(.power, base, formula(of: exponent, in: &pool))
    case .matrixPower(let base, let exponent):
      return .power(formula(of: base, in: &pool), .number(String(exponent)))
    case .transpose(let inner): return .transpose(formula(of: inner, in: &pool))
    default: return functionFormula(of: form, in: &pool)
    }
  }

  private mutating func functionFormula(
    of form: MatrixForm, in pool: inout ExpressionPool
  ) -> Formula {
    switch form.kind {
    case .function(let function, let argument):
      return .call(function.name, formula(of: argument, in: &pool))
    case .apply(let function, let arguments):
      let arguments = formulas(of: arguments, in: &pool)
      return application(function, arguments, pool)
    case .extremum(let operands, let isMaximum):
      return .call(
        FunctionName(isMaximum ? "max" : "min"), primes: 0, formulas(of: operands, in: &pool))
    case .indicator(let relation, let left, let right):
      let left = formula(of: left, in: &pool)
      let right = formula(of: right, in: &pool)
      return .indicator(.relation(left, Formula.Relation(relation), right))
    case .inverse(let inner): return .call("inv", formula(of: inner, in: &pool))
    case .determinant(let inner): return .call("det", formula(of: inner, in: &pool))
    case .trace(let inner): return .call("trace", formula(of: inner, in: &pool))
    case .diagonal(let inner): return .call("diag", formula(of: inner, in: &pool))
    case .softmax(let inner): return .call("softmax", formula(of: inner, in: &pool))
    case .total(let inner): return .call("sum", formula(of: inner, in: &pool))
    case .mean(let inner): return .call("mean", formula(of: inner, in: &pool))
    case .norm(let inner):
      let index: Formula? = inner.shape.isMatrix ? .text("F") : nil
      return .norm(formula(of: inner, in: &pool), index: index)
    case .dot(let left, let right):
      let left = formula(of: left, in: &pool)
      return .product([.transpose(left), formula(of: right, in: &pool)])
    case .outer(let left, let right):
      let left = formula(of: left, in: &pool)
      return .product([left, .transpose(formula(of: right, in: &pool))])
    case .derivative(let subject, let variable, let isTransposed):
      let above = formula(of: subject, in: &pool)
      let slope = Formula.derivative(above, by: formula(of: variable, in: &pool))
      return isTransposed ? .transpose(slope) : slope
    default: return .ellipsis
    }
  }

  private mutating func formulas(
    of forms: [MatrixForm], in pool: inout ExpressionPool
  ) -> [Formula] {
    var formulas: [Formula] = []
    for form in forms { formulas.append(formula(of: form, in: &pool)) }
    return formulas
  }

  private mutating func term(
    _ form: MatrixForm, in pool: inout ExpressionPool
  ) -> Formula.Term {
    switch form.kind {
    case .negation(let inner): return Formula.Term(.minus, formula(of: inner, in: &pool))
    case .scalar(let value):
      if case .negation(let inner) = pool[value] {
        return Formula.Term(.minus, formula(of: inner, in: &pool))
      }
      return Formula.Term(.plus, formula(of: value, in: &pool))
    default: return Formula.Term(.plus, formula(of: form, in: &pool))
    }
  }

  /// The sizes of the first axes of a shape, an axis without an index being 1 where it has to
  /// be told.
  private mutating func sizes(
    _ shape: Shape, _ count: Int, in pool: inout ExpressionPool
  ) -> [Formula] {
    var sizes: [Formula] = []
    for range in [shape.rows, shape.columns].prefix(count) {
      guard let range else {
        sizes.append(.number("1"))
        continue
      }
      let size = pool.size(of: range)
      sizes.append(formula(of: size, in: &pool))
    }
    if shape.columns == nil, sizes.count == 2 { sizes.removeLast() }
    return sizes
  }

  /// ℝ^{rows × columns}; ℝ^{rows} for a column.
  package mutating func space(
    of shape: Shape, in pool: inout ExpressionPool
  ) -> Formula {
    shape.isScalar ? .realSpace([]) : .realSpace(sizes(shape, 2, in: &pool))
  }
}

extension MatrixForm {
  /// Whether nothing but a name is written, or its transpose.
  fileprivate var isName: Bool {
    switch kind {
    case .array, .ones, .identity: true
    case .transpose(let inner): inner.isName
    default: false
    }
  }
}
