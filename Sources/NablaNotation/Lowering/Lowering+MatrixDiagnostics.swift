import NablaExpressions
import NablaNumbers

/// What wants its operands to have one shape.
enum ShapeOperation {
  case sum, hadamard, quotient, power, call, relation
}

extension Lowering {
  // MARK: Words

  /// An expression as it is named in messages.
  static func shown(_ syntax: Syntax) -> String {
    guard let text = syntax.plainText else { return "the expression" }
    return "'" + text + "'"
  }

  /// A shape in words, such as `D × H` or `a vector of N`.
  package static func described(_ shape: Shape, in pool: borrowing ExpressionPool) -> String {
    switch (shape.rows, shape.columns) {
    case (nil, nil): return "a scalar"
    case (let rows?, nil): return "a vector of \(size(rows, in: pool))"
    case (nil, let columns?): return "a row of \(size(columns, in: pool))"
    case (let rows?, let columns?):
      return "\(size(rows, in: pool)) × \(size(columns, in: pool))"
    }
  }

  /// The size of a range that begins at 1, or else the range.
  private static func size(_ range: IndexRange, in pool: borrowing ExpressionPool) -> String {
    if let lower = pool.exactValue(range.lower), lower.isOne { return text(range.upper, in: pool) }
    return text(range, in: pool)
  }

  private static func size(_ range: IndexRange?, in pool: borrowing ExpressionPool) -> String {
    guard let range else { return "1" }
    return size(range, in: pool) as String
  }

  /// What operands are, in words.
  private static func pair(
    _ left: ShapedOperand, _ right: ShapedOperand, in pool: borrowing ExpressionPool
  ) -> String {
    "\(shown(left.syntax)) is \(described(left.form.shape, in: pool)) and \(shown(right.syntax)) "
      + "is \(described(right.form.shape, in: pool))"
  }

  // MARK: Where a scalar is needed

  static func notAScalar(_ syntax: Syntax, _ what: String) -> Diagnostic {
    Diagnostic(
      "array-as-scalar", "\(what) stands where a scalar is needed", at: syntax.range,
      expected: "a component such as h[i]")
  }

  func arrayAsScalar(
    _ syntax: Syntax, _ shape: Shape, in pool: borrowing ExpressionPool
  ) -> Diagnostic {
    let indices = shape.ranges.count == 1 ? "[i]" : "[i, j]"
    var example = "a component such as h\(indices)"
    if let text = syntax.plainIndexed { example = "a component such as \(text)\(indices)" }
    return Diagnostic(
      "array-as-scalar",
      "\(Self.shown(syntax)) is \(Self.described(shape, in: pool)), and a scalar is needed here",
      at: syntax.range, expected: example)
  }

  func wholeArray(
    _ name: String, _ symbol: SymbolID, at range: SourceRange, in pool: borrowing ExpressionPool
  ) -> Diagnostic {
    arrayAsScalar(Syntax(.name(name), range), shape(of: symbol, in: pool), in: pool)
  }

  // MARK: Operands that must have one shape

  private static func silentMismatch(at range: SourceRange) -> Diagnostic {
    Diagnostic("shape-mismatch", "the shapes do not fit", at: range)
  }

  func mismatch(
    _ left: ShapedOperand, _ right: ShapedOperand, of operation: ShapeOperation,
    in pool: borrowing ExpressionPool
  ) -> Diagnostic {
    if isSilent { return Self.silentMismatch(at: right.syntax.range) }
    let expected =
      switch operation {
      case .sum: "terms of one shape"
      case .hadamard, .quotient, .power: "operands of one shape"
      case .call: "arguments of one shape"
      case .relation: "sides of one shape"
      }
    var place = left.syntax.range.union(right.syntax.range)
    var suggestion = operation == .sum ? fittingTerm(left, right, in: pool) : nil
    if suggestion == nil, let transposed = fittingTranspose(right, left.form.shape, in: pool) {
      suggestion = transposed
      place = right.syntax.range
    }
    return Diagnostic(
      "shape-mismatch", Self.pair(left, right, in: pool), at: place, expected: expected,
      suggestion: suggestion)
  }

  /// The transpose of an operand if that has the shape.
  private func fittingTranspose(
    _ operand: ShapedOperand, _ shape: Shape, in pool: borrowing ExpressionPool
  ) -> String? {
    guard matches(operand.form.shape.transposed, shape, in: pool) else { return nil }
    return operand.syntax.plainTransposed
  }

  /// How a vector can be added to every row or column of a matrix.
  private func fittingTerm(
    _ left: ShapedOperand, _ right: ShapedOperand, in pool: borrowing ExpressionPool
  ) -> String? {
    let isLeftMatrix = left.form.shape.isMatrix
    let (matrix, vector) = isLeftMatrix ? (left, right) : (right, left)
    let (shape, other) = (matrix.form.shape, vector.form.shape)
    guard shape.isMatrix, !other.isMatrix, !other.isScalar else { return nil }
    guard let axis = other.rows ?? other.columns, let rows = shape.rows,
      let columns = shape.columns
    else { return nil }
    let column = other.isColumn ? vector.syntax.plainFactor : vector.syntax.plainTransposed
    let row = other.isRow ? vector.syntax.plainFactor : vector.syntax.plainTransposed
    guard let column, let row, let text = matrix.syntax.plainText else { return nil }
    var term: String?
    if matches(axis, columns, in: pool), rows.startsAtOne(in: pool) {
      term = "ones(\(Self.size(rows, in: pool) as String))*\(row)"
    } else if matches(axis, rows, in: pool), columns.startsAtOne(in: pool) {
      term = "\(column)*ones(\(Self.size(columns, in: pool) as String))'"
    }
    return term.map { isLeftMatrix ? "\(text) + \($0)" : "\($0) + \(text)" }
  }

  // MARK: Products

  func productMismatch(
    _ left: ShapedOperand, _ right: ShapedOperand, in pool: borrowing ExpressionPool
  ) -> Diagnostic {
    if isSilent { return Self.silentMismatch(at: right.syntax.range) }
    let (one, other) = (left.form.shape, right.form.shape)
    let place = left.syntax.range.union(right.syntax.range)
    let texts = ProductTexts(left.syntax, right.syntax)
    if one.isColumn, other.isColumn {
      let isSameSize = matches(one, other, in: pool)
      let products = texts.map { [$0.first, $0.elementwise, $0.second] } ?? []
      return Diagnostic(
        "shape-mismatch",
        "\(Self.pair(left, right, in: pool)): two columns have no matrix product", at: place,
        expected: products.isEmpty
          ? nil
          : isSameSize
            ? "\(products[0]), \(products[1]) or \(products[2])" : products[2])
    }
    var suggestion: String?
    if let texts {
      if matches(one.rows, other.rows, in: pool) {
        suggestion = texts.first
      } else if matches(one.columns, other.columns, in: pool) {
        suggestion = texts.second
      } else if matches(other.columns, one.rows, in: pool), !(one.isRow && other.isColumn) {
        suggestion = texts.swapped
      }
    }
    return Diagnostic(
      "shape-mismatch",
      "\(Self.pair(left, right, in: pool)): the columns of \(Self.shown(left.syntax)) "
        + "(\(Self.size(one.columns, in: pool))) meet the rows of \(Self.shown(right.syntax)) "
        + "(\(Self.size(other.rows, in: pool)))",
      at: place, expected: suggestion == nil ? "sizes that agree where they meet" : nil,
      suggestion: suggestion)
  }

  func divisionByArray(
    _ above: ShapedOperand, _ below: ShapedOperand, in pool: borrowing ExpressionPool
  ) -> Diagnostic {
    let isSquare =
      below.form.shape.isMatrix
      && matches(below.form.shape.rows, below.form.shape.columns, in: pool)
    let texts = ProductTexts(above.syntax, below.syntax)
    return Diagnostic(
      "division-by-array",
      "\(Self.shown(below.syntax)) is \(Self.described(below.form.shape, in: pool)), and "
        + "only a scalar divides",
      at: below.syntax.range,
      expected: isSquare ? "'inv(…)' for the inverse, or './' for every entry" : nil,
      suggestion: isSquare ? nil : texts?.quotient)
  }

  func arrayAsExponent(
    _ base: ShapedOperand, _ exponent: ShapedOperand, in pool: borrowing ExpressionPool
  ) -> Diagnostic {
    var suggestion: String?
    if case .name("e") = base.syntax.kind, symbol(named: "e") == nil {
      suggestion = exponent.syntax.plainText.map { "exp(\($0))" }
    } else if let below = base.syntax.plainFactor, let above = exponent.syntax.plainFactor {
      suggestion = "\(below).^\(above)"
    }
    return Diagnostic(
      "array-as-exponent",
      "the exponent \(Self.shown(exponent.syntax)) is "
        + Self.described(exponent.form.shape, in: pool),
      at: exponent.syntax.range, expected: "a scalar, or '.^' for every entry",
      suggestion: suggestion)
  }

  func powerOfArray(
    _ base: ShapedOperand, _ exponent: Syntax, _ syntax: Syntax, in pool: borrowing ExpressionPool
  ) -> Diagnostic {
    let texts = (base.syntax.plainFactor, exponent.plainFactor)
    var suggestion: String?
    if let below = texts.0, let above = texts.1 { suggestion = "\(below).^\(above)" }
    return Diagnostic(
      "power-of-array",
      "\(Self.shown(base.syntax)) is \(Self.described(base.form.shape, in: pool)), and only "
        + "scalars and square matrices have powers",
      at: syntax.range, suggestion: suggestion)
  }
}

/// Two factors with what may have been meant by their product.
private struct ProductTexts {
  let first: String
  let second: String
  let elementwise: String
  let swapped: String
  let quotient: String

  init?(_ left: Syntax, _ right: Syntax) {
    guard let one = left.plainFactor, let other = right.plainFactor,
      let transposedOne = left.plainTransposed, let transposedOther = right.plainTransposed
    else { return nil }
    first = "\(transposedOne)*\(other)"
    second = "\(one)*\(transposedOther)"
    elementwise = "\(one) .* \(other)"
    swapped = "\(other)*\(one)"
    quotient = "\(one) ./ \(other)"
  }
}

extension Syntax {
  /// The transpose in plain notation; that of a transpose is what it is of.
  fileprivate var plainTransposed: String? {
    if case .transpose(let inner) = kind { return inner.plainFactor }
    return Syntax(.transpose(self), range).plainText
  }

  /// The expression as it stands before an index.
  fileprivate var plainIndexed: String? {
    // dL/dh[i] is the entry of dL/dh already.
    if case .derivative = kind { return plainText }
    let base = Syntax(.indexed(self, []), range).plainText
    return base.map { String($0.dropLast(2)) }
  }
}

extension IndexRange {
  fileprivate func startsAtOne(in pool: borrowing ExpressionPool) -> Bool {
    pool.exactValue(lower)?.isOne == true
  }
}
