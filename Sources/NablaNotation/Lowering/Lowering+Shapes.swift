import NablaExpressions
import NablaNumbers

/// A part of an expression with the syntax it was read from.
struct ShapedOperand {
  var form: MatrixForm
  let syntax: Syntax
}

extension Lowering {
  /// The axes of a declared or defined vector or matrix; an axis `1` has no index.
  package func shape(of symbol: SymbolID, in pool: borrowing ExpressionPool) -> Shape {
    let ranges = pool.symbols[Int(symbol.index)].ranges
    if ranges.isEmpty { return .scalar }
    let rows = ranges[0].isUnit ? nil : ranges[0]
    if ranges.count == 1 { return Shape(rows: rows) }
    return Shape(rows: rows, columns: ranges[1].isUnit ? nil : ranges[1])
  }

  /// Whether two axes have the same indices, as far as the sizes are known.
  func matches(
    _ left: IndexRange?, _ right: IndexRange?, in pool: borrowing ExpressionPool
  ) -> Bool {
    guard let left, let right else { return left == right }
    return matches(left, right, in: pool) as Bool
  }

  package func matches(
    _ left: Shape, _ right: Shape, in pool: borrowing ExpressionPool
  ) -> Bool {
    matches(left.rows, right.rows, in: pool) && matches(left.columns, right.columns, in: pool)
  }

  // MARK: Operands of one shape

  /// The parts of an expression whose shapes must agree; those of unknown size are read last.
  mutating func operands(
    _ parts: [Syntax], in pool: inout ExpressionPool
  ) throws(Diagnostic) -> [ShapedOperand] {
    var read: [ShapedOperand?] = []
    var beside: Shape?
    for part in parts {
      if needsSize(part, in: pool) {
        read.append(nil)
        continue
      }
      let form = try formOfPart(part, in: &pool)
      if beside == nil, !form.shape.isScalar { beside = form.shape }
      read.append(ShapedOperand(form: form, syntax: part))
    }
    var operands: [ShapedOperand] = []
    let outer = shapeBeside
    defer { shapeBeside = outer }
    shapeBeside = beside ?? outer
    for (place, part) in parts.enumerated() {
      if let operand = read[place] {
        operands.append(operand)
      } else {
        operands.append(ShapedOperand(form: try formOfPart(part, in: &pool), syntax: part))
      }
    }
    return operands
  }

  /// Whether an expression is a unit vector whose size is that of what stands beside it.
  private func needsSize(_ syntax: Syntax, in pool: borrowing ExpressionPool) -> Bool {
    switch syntax.kind {
    case .negation(let inner): needsSize(inner, in: pool)
    case .call(let call):
      call.function.text == "onehot" && symbol(named: "onehot") == nil
    default: false
    }
  }

  /// The one shape of the operands that are no scalars; a vector in brackets may be a row.
  mutating func commonShape(
    _ operands: inout [ShapedOperand], of operation: ShapeOperation,
    in pool: inout ExpressionPool
  ) throws(Diagnostic) -> Shape {
    let isArray = { (operand: ShapedOperand) in !operand.form.shape.isScalar }
    let leader =
      operands.firstIndex { isArray($0) && !$0.form.isLiteral }
      ?? operands.firstIndex(where: isArray)
    guard let leader else { return .scalar }
    let shape = operands[leader].form.shape
    for place in operands.indices where place != leader && isArray(operands[place]) {
      if matches(operands[place].form.shape, shape, in: pool) { continue }
      if let literal = literal(operands[place].form, fitting: shape, in: pool) {
        operands[place].form = literal
        continue
      }
      let (first, second) = leader < place ? (leader, place) : (place, leader)
      throw mismatch(operands[first], operands[second], of: operation, in: pool)
    }
    return shape
  }

  /// Entries in brackets as an array of a shape: a vector may be a row, and indices may begin at 0.
  func literal(
    _ form: MatrixForm, fitting shape: Shape, in pool: borrowing ExpressionPool
  ) -> MatrixForm? {
    switch form.kind {
    case .negation(let inner):
      let fitting = literal(inner, fitting: shape, in: pool)
      return fitting.map { MatrixForm(.negation($0), shape) }
    case .literal(var rows):
      if shape.isRow, form.shape.isColumn { rows = [rows.map { $0[0] }] }
      guard hasSize(shape.rows, rows.count, in: pool),
        hasSize(shape.columns, rows[0].count, in: pool)
      else { return nil }
      return MatrixForm(.literal(rows), shape)
    default: return nil
    }
  }

  private func hasSize(
    _ range: IndexRange?, _ size: Int, in pool: borrowing ExpressionPool
  ) -> Bool {
    guard let range else { return size == 1 }
    guard let upper = form(range.upper, in: pool), let lower = form(range.lower, in: pool) else {
      return false
    }
    return upper.minus(lower) == AffineForm(Rational(size - 1))
  }

  // MARK: Scalars

  /// The value of a form where a scalar is needed.
  mutating func scalarValue(
    of form: MatrixForm, _ syntax: Syntax, in pool: inout ExpressionPool
  ) throws(Diagnostic) -> Handle {
    if case .scalar(let handle) = form.kind { return handle }
    guard form.shape.isScalar else { throw arrayAsScalar(syntax, form.shape, in: pool) }
    return try written(form, row: pool.one, column: pool.one, at: syntax.range, in: &pool)
  }

  /// The entry of a form written out, unless that would be too much.
  package mutating func written(
    _ form: MatrixForm, row: Handle, column: Handle, at range: SourceRange,
    in pool: inout ExpressionPool
  ) throws(Diagnostic) -> Handle {
    if case .scalar(let handle) = form.kind { return handle }
    guard form.writtenSize <= Self.largestEntry else {
      throw Diagnostic(
        "expression-too-large",
        "written out, an entry has more than \(Self.largestEntry) parts", at: range,
        expected: "definitions for its parts")
    }
    return pool.entry(of: form, row: row, column: column)
  }

  private static var largestEntry: Int { 200_000 }

  /// An expression as a scalar, or as the entry of an array at index names of its own.
  mutating func entries(
    of syntax: Syntax, in pool: inout ExpressionPool
  ) throws(Diagnostic) -> WrittenEntries {
    guard isMatrixNotation == true else {
      return WrittenEntries(value: try expression(syntax, in: &pool), shape: .scalar)
    }
    let form = try formOfPart(syntax, in: &pool)
    var entries = WrittenEntries(value: pool.zero, shape: form.shape)
    entries.name(in: &pool)
    entries.value = try written(
      form, row: entries.rowName(in: &pool), column: entries.columnName(in: &pool),
      at: syntax.range, in: &pool)
    return entries
  }
}

/// A scalar, or the entries of an array by the names of their indices.
struct WrittenEntries {
  var value: Handle
  let shape: Shape
  var row: SymbolID?
  var column: SymbolID?

  /// Makes fresh names for the indices.
  mutating func name(in pool: inout ExpressionPool) {
    row = shape.rows.map { pool.freshIndex(over: $0, preferring: "i") }
    column = shape.columns.map { pool.freshIndex(over: $0, preferring: "j") }
  }

  func rowName(in pool: inout ExpressionPool) -> Handle { row.map { pool.symbol($0) } ?? pool.one }

  func columnName(in pool: inout ExpressionPool) -> Handle {
    column.map { pool.symbol($0) } ?? pool.one
  }

  func form(with value: Handle) -> MatrixForm {
    shape.isScalar
      ? .scalar(value) : MatrixForm(.entries(value, row: row, column: column), shape)
  }
}

extension IndexRange {
  /// Whether the range is a single place, as it stands.
  package var isUnit: Bool { lower == upper }
}

extension MatrixForm {
  /// Whether the form is a list of entries in brackets.
  var isLiteral: Bool {
    switch kind {
    case .literal: true
    case .negation(let inner): inner.isLiteral
    default: false
    }
  }

  /// About how many parts an entry of the form has once written out.
  var writtenSize: Int {
    func total(_ forms: [MatrixForm]) -> Int {
      var sum = 1
      for form in forms { sum = min(sum + form.writtenSize, Self.hugeSize) }
      return sum
    }
    switch kind {
    case .scalar, .array, .entries, .identity, .ones, .unitVector: return 1
    case .literal(let rows): return total(rows.flatMap { $0 })
    case .sum(let list), .product(let list), .hadamard(let list), .apply(_, let list),
      .extremum(let list, _):
      return total(list)
    case .quotient(let one, let other), .elementwiseQuotient(let one, let other),
      .power(let one, let other), .elementwisePower(let one, let other), .dot(let one, let other),
      .outer(let one, let other), .derivative(let one, let other, _),
      .indicator(_, let one, let other):
      return total([one, other])
    case .softmax(let inner): return min(2 * inner.writtenSize + 2, Self.hugeSize)
    case .matrixPower(let base, let exponent):
      let size = base.writtenSize
      return min(exponent, Self.hugeSize / size) * size
    case .negation(let inner), .transpose(let inner), .function(_, let inner), .inverse(let inner),
      .determinant(let inner), .trace(let inner), .diagonal(let inner), .norm(let inner),
      .total(let inner), .mean(let inner):
      return min(inner.writtenSize + 1, Self.hugeSize)
    }
  }

  private static var hugeSize: Int { 1 << 24 }
}
