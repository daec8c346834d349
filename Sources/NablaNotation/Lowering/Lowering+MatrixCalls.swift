import NablaExpressions
import NablaNumbers

extension Lowering {
  mutating func formOfCall(
    _ call: CallSyntax, _ syntax: Syntax, in pool: inout ExpressionPool
  ) throws(Diagnostic) -> MatrixForm {
    let name = call.function.text
    if let symbol = symbol(named: name) {
      guard pool.kind(of: symbol) == .function else {
        return .scalar(try self.call(call, syntax.range, in: &pool))
      }
      return try applied(symbol, call, syntax.range, in: &pool)
    }
    guard let builtIn = BuiltInNames.function(named: name) else {
      throw unknownFunction(name, at: call.function.range, in: pool)
    }
    if let function = Function(named: builtIn.name) {
      if call.primes > 0 {
        let symbol = functionSymbol(function, in: &pool)
        return try applied(symbol, call, syntax.range, in: &pool)
      }
      try checkCount(call, 1, syntax.range)
      let argument = try formOfPart(call.arguments[0], in: &pool)
      if case .scalar(let value) = argument.kind {
        return .scalar(
          function == .sqrt ? pool.root(value, degree: 2) : pool.writtenFunction(function, value))
      }
      return MatrixForm(.function(function, argument), argument.shape)
    }
    if call.primes > 0 { return .scalar(try self.call(call, syntax.range, in: &pool)) }
    switch builtIn.name {
    case "delta": return .scalar(try delta(call, syntax.range, in: &pool))
    case "max", "min":
      guard call.arguments.count >= 2 else {
        return .scalar(try self.call(call, syntax.range, in: &pool))
      }
      return try extremum(call, isMaximum: builtIn.name == "max", in: &pool)
    case "eye", "ones": return try constant(builtIn.name, call, syntax.range, in: &pool)
    case "onehot": return try unitVector(call, syntax.range, in: &pool)
    case "dot", "outer":
      return try vectorProduct(builtIn.name, call, syntax.range, in: &pool)
    case "det", "inv", "trace": return try ofSquare(builtIn.name, call, syntax.range, in: &pool)
    default: return try ofArray(builtIn.name, call, syntax.range, in: &pool)
    }
  }

  // MARK: Entry by entry

  /// A function at scalars, or at the entries of arrays of one shape.
  private mutating func applied(
    _ function: SymbolID, _ call: CallSyntax, _ range: SourceRange, in pool: inout ExpressionPool
  ) throws(Diagnostic) -> MatrixForm {
    try checkArity(function, call, range, in: &pool)
    var operands = try operands(call.arguments, in: &pool)
    let function = try primed(function, call, in: &pool)
    if operands.allSatisfy({ $0.form.isElementary }) {
      let values = operands.map { pool.value(of: $0.form) }
      return .scalar(pool.apply(function, values))
    }
    let shape = try commonShape(&operands, of: .call, in: &pool)
    return MatrixForm(.apply(function, operands.map { $0.form }), shape)
  }

  private mutating func extremum(
    _ call: CallSyntax, isMaximum: Bool, in pool: inout ExpressionPool
  ) throws(Diagnostic) -> MatrixForm {
    var operands = try operands(call.arguments, in: &pool)
    if operands.allSatisfy({ $0.form.isElementary }) {
      let values = operands.map { pool.value(of: $0.form) }
      return .scalar(pool.writtenExtremum(values, isMaximum: isMaximum))
    }
    let shape = try commonShape(&operands, of: .call, in: &pool)
    return MatrixForm(.extremum(operands.map { $0.form }, isMaximum: isMaximum), shape)
  }

  // MARK: Constants

  /// `eye(N)`, `ones(N)`, `ones(N, M)`.
  private mutating func constant(
    _ name: String, _ call: CallSyntax, _ range: SourceRange, in pool: inout ExpressionPool
  ) throws(Diagnostic) -> MatrixForm {
    let isMatrix = name == "ones" && call.arguments.count >= 2
    try checkCount(call, isMatrix ? 2 : 1, range)
    let rows = try axis(call.arguments[0], in: &pool)
    guard name == "ones" else {
      return rows == nil
        ? .scalar(pool.one) : MatrixForm(.identity, Shape(rows: rows, columns: rows))
    }
    let columns = isMatrix ? try axis(call.arguments[1], in: &pool) : nil
    let shape = Shape(rows: rows, columns: columns)
    return shape.isScalar ? .scalar(pool.one) : MatrixForm(.ones, shape)
  }

  /// The axis of a given size; none for the size 1.
  private mutating func axis(
    _ size: Syntax, in pool: inout ExpressionPool
  ) throws(Diagnostic) -> IndexRange? {
    if scope.undeclaredAreScalars { declareDimensions(in: size, in: &pool) }
    let handle = try integer(size, in: &pool)
    let isSize = pool.affineForm(handle) { _ in nil }?.terms.allSatisfy {
      pool.kind(of: $0.symbol) == .dimension
    }
    let value = pool.exactValue(handle, steps: &stepsLeft)
    guard isSize == true, value.map({ $0.signum > 0 }) ?? true else {
      throw Diagnostic(
        "not-a-size", "\(Self.shown(size)) is not a size", at: size.range,
        expected: "a dimension or a whole number, at least 1")
    }
    return value?.isOne == true ? nil : IndexRange(lower: pool.one, upper: handle)
  }

  /// `onehot(k)`: as long as the range of k, or as what stands beside it.
  private mutating func unitVector(
    _ call: CallSyntax, _ range: SourceRange, in pool: inout ExpressionPool
  ) throws(Diagnostic) -> MatrixForm {
    try checkCount(call, 1, range)
    let place = try integer(call.arguments[0], in: &pool)
    var slot: IndexRange?
    if case .symbol(let symbol) = pool[place] { slot = self.range(of: symbol, in: pool) }
    var shape = Shape(rows: slot)
    if let beside = shapeBeside, beside.isColumn || beside.isRow {
      let other = beside.rows ?? beside.columns
      if slot == nil || matches(slot, other, in: pool) { shape = beside }
    }
    guard !shape.isScalar else {
      throw Diagnostic(
        "unknown-size", "the size of \(Self.shown(Syntax(.call(call), range))) is not known here",
        at: range, expected: "a class as its place, or a vector beside it")
    }
    if slot == nil, let whole = shape.rows ?? shape.columns {
      _ = try index(call.arguments[0], in: whole, of: "onehot", in: &pool)
    }
    return MatrixForm(.unitVector(place), shape)
  }

  // MARK: Of arrays

  /// The only argument, which must be more than a scalar.
  private mutating func array(
    _ call: CallSyntax, _ range: SourceRange, in pool: inout ExpressionPool
  ) throws(Diagnostic) -> ShapedOperand {
    try checkCount(call, 1, range)
    return try array(call.arguments[0], of: call.function.text, in: &pool)
  }

  private mutating func array(
    _ syntax: Syntax, of name: String, in pool: inout ExpressionPool
  ) throws(Diagnostic) -> ShapedOperand {
    let form = try formOfPart(syntax, in: &pool)
    guard form.isElementary else { return ShapedOperand(form: form, syntax: syntax) }
    throw Diagnostic(
      "scalar-as-array",
      "\(DisplayText.quoted(name)) is of vectors and matrices, and \(Self.shown(syntax)) is a "
        + "scalar",
      at: syntax.range,
      expected: name == "sum" ? "an index to sum over, as in sum(k, …)" : "a vector or matrix")
  }

  private mutating func ofArray(
    _ name: String, _ call: CallSyntax, _ range: SourceRange, in pool: inout ExpressionPool
  ) throws(Diagnostic) -> MatrixForm {
    let inner = try array(call, range, in: &pool)
    let form = inner.form
    switch name {
    case "sum": return form.shape.isScalar ? form : MatrixForm(.total(form), .scalar)
    case "mean": return form.shape.isScalar ? form : MatrixForm(.mean(form), .scalar)
    case "norm":
      return MatrixForm(form.shape.isScalar ? .function(.abs, form) : .norm(form), .scalar)
    case "softmax":
      return form.shape.isScalar ? .scalar(pool.one) : MatrixForm(.softmax(form), form.shape)
    case "diag":
      if form.shape.isScalar { return form }
      if form.shape.isMatrix {
        try checkSquare(inner, name, in: pool)
        return MatrixForm(.diagonal(form), Shape(rows: form.shape.rows))
      }
      let axis = form.shape.rows ?? form.shape.columns
      let column = form.shape.isRow ? form.transposed : form
      return MatrixForm(.diagonal(column), Shape(rows: axis, columns: axis))
    default: throw unknownFunction(name, at: call.function.range, in: pool)
    }
  }

  private mutating func ofSquare(
    _ name: String, _ call: CallSyntax, _ range: SourceRange, in pool: inout ExpressionPool
  ) throws(Diagnostic) -> MatrixForm {
    let inner = try array(call, range, in: &pool)
    let form = inner.form
    if form.shape.isScalar {
      return name == "inv" ? MatrixForm(.quotient(.scalar(pool.one), form), .scalar) : form
    }
    try checkSquare(inner, name, in: pool)
    switch name {
    case "det": return MatrixForm(.determinant(form), .scalar)
    case "trace": return MatrixForm(.trace(form), .scalar)
    default: return MatrixForm(.inverse(form), form.shape)
    }
  }

  private func checkSquare(
    _ operand: ShapedOperand, _ name: String, in pool: borrowing ExpressionPool
  ) throws(Diagnostic) {
    let shape = operand.form.shape
    if shape.isMatrix, matches(shape.rows, shape.columns, in: pool) { return }
    throw Diagnostic(
      "not-square",
      "\(DisplayText.quoted(name)) is of a square matrix, and \(Self.shown(operand.syntax)) is "
        + Self.described(shape, in: pool),
      at: operand.syntax.range)
  }

  /// `dot(x, y)` and `outer(x, y)`.
  private mutating func vectorProduct(
    _ name: String, _ call: CallSyntax, _ range: SourceRange, in pool: inout ExpressionPool
  ) throws(Diagnostic) -> MatrixForm {
    try checkCount(call, 2, range)
    var operands = try operands(call.arguments, in: &pool)
    for place in operands.indices {
      let operand = operands[place]
      if operand.form.isElementary { _ = try array(operand.syntax, of: name, in: &pool) }
      guard !operand.form.shape.isMatrix, !operand.form.shape.isScalar else {
        throw Diagnostic(
          "not-a-vector",
          "\(DisplayText.quoted(name)) is of two vectors, and \(Self.shown(operand.syntax)) is "
            + Self.described(operand.form.shape, in: pool),
          at: operand.syntax.range)
      }
      if operand.form.shape.isRow { operands[place].form = operand.form.transposed }
    }
    let (left, right) = (operands[0].form, operands[1].form)
    if name == "outer" {
      let shape = Shape(rows: left.shape.rows, columns: right.shape.rows)
      return MatrixForm(.outer(left, right), shape)
    }
    _ = try commonShape(&operands, of: .call, in: &pool)
    return MatrixForm(.dot(left, right), .scalar)
  }
}
