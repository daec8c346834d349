import NablaExpressions

/// Chains of matrix products as NumPy.
extension ScalarWriter {
  /// A chain of matrix products, scalars first.
  mutating func chain(
    _ factors: [MatrixForm], _ pool: inout ExpressionPool
  ) throws(CodeObstacle) -> CodePiece {
    var scalars = ""
    var size = 0
    var links: [(form: MatrixForm, shape: Shape)] = []
    for factor in factors {
      if factor.shape.isScalar {
        let piece = try array(factor, &pool)
        size += piece.size
        scalars +=
          scalars.isEmpty ? piece.text(atLeast: .product) : " * " + piece.text(atLeast: .power)
      } else {
        links.append((factor, factor.shape))
      }
    }
    for (link, next) in zip(links, links.dropFirst()) {
      if link.form.hidesPart(of: next.form) || next.form.hidesPart(of: link.form) {
        throw CodeObstacle("an entry may have no value where a condition hides it")
      }
    }
    guard let first = links.first else { return CodePiece(scalars, .product, size: size) }
    var value: CodePiece
    var shape = first.shape
    var next = 1
    // Whether the value is scaled entry by entry, which a product of matrices must not run into.
    var isScaled = false
    if let (name, count) = knownStart(of: links.map { $0.form }) {
      value = CodePiece(name)
      shape = Shape(rows: first.shape.rows, columns: links[count - 1].shape.columns)
      next = count
    } else if links.count > 1, let diagonal = first.form.diagonalVector {
      let other = try array(links[1].form, &pool)
      let scale =
        links[1].shape.isMatrix ? try column(of: diagonal, &pool) : try array(diagonal, &pool)
      value = CodePiece(
        scale.text(atLeast: .product) + " * " + other.text(atLeast: .power), .product,
        size: scale.size + other.size)
      shape = links[1].shape
      next = 2
      isScaled = true
    } else if links.count > 1, first.form.isOnesVector, first.shape.isRow,
      links[1].shape.rows != nil, !links[1].form.isOnesVector
    {
      // 1ᵀA adds up the rows.
      let inner = try array(links[1].form, &pool)
      shape = Shape(rows: nil, columns: links[1].shape.columns)
      value =
        links[1].shape.isMatrix
        ? CodePiece("np.sum(\(inner.text), axis=0)", size: inner.size)
        : .call("np.sum", [inner])
      next = 2
    } else {
      value = try array(first.form, &pool)
    }
    while next < links.count {
      let (form, own) = links[next]
      next += 1
      if next == 2, case .transpose(let inner) = first.form.kind, inner.shape.isMatrix,
        form.isOnesVector, own.isColumn
      {
        let piece = try array(inner, &pool)
        value = CodePiece("np.sum(\(piece.text), axis=0)", size: piece.size)
        shape = Shape(rows: shape.rows)
        continue
      }
      if shape.isMatrix, form.isOnesVector, own.isColumn {
        value = CodePiece("np.sum(\(value.text), axis=1)", size: value.size)
        shape = Shape(rows: shape.rows)
        continue
      }
      if shape.isRow, form.isOnesVector, own.isColumn {
        value = .call("np.sum", [value])
        shape = .scalar
        continue
      }
      if isScaled {
        value = CodePiece("(" + value.text + ")", size: value.size)
        isScaled = false
      }
      if shape.columns != nil, let diagonal = form.diagonalVector {
        let scale = try array(diagonal, &pool)
        value = CodePiece(
          value.text(atLeast: .product) + " * " + scale.text(atLeast: .power), .product,
          size: value.size + scale.size)
        isScaled = true
        continue
      }
      let other = try array(form, &pool)
      let total = value.size + other.size
      if shape.isColumn, own.isRow {
        value = .call("np.outer", [value, other])
        shape = Shape(rows: shape.rows, columns: own.columns)
        continue
      }
      if shape.isColumn || shape.isScalar && !own.isScalar && next > 1 && !value.text.isEmpty {
        guard shape.isScalar else {
          throw CodeObstacle("a product of shapes that do not fit")
        }
        value = CodePiece(
          value.text(atLeast: .product) + " * " + other.text(atLeast: .power), .product,
          size: total)
        shape = own
        continue
      }
      value = CodePiece(
        value.text(atLeast: .product) + " @ " + other.text(atLeast: .power), .product,
        size: total)
      shape = Shape(rows: shape.rows, columns: own.columns)
    }
    if scalars.isEmpty { return value }
    return CodePiece(
      scalars + " * "
        + (value.strength == .product ? "(" + value.text + ")" : value.text(atLeast: .power)),
      .product, size: size + value.size)
  }

  /// The name of the longest product of first factors that has one.
  private func knownStart(of forms: [MatrixForm]) -> (name: String, count: Int)? {
    for count in stride(from: forms.count - 1, through: 2, by: -1) {
      let shape = Shape(rows: forms[0].shape.rows, columns: forms[count - 1].shape.columns)
      let start = MatrixForm(.product(Array(forms[..<count])), shape)
      if let name = knownForms[start] { return (name, count) }
    }
    return nil
  }
}

extension MatrixForm {
  /// Whether every entry is 1.
  var isOnes: Bool {
    switch kind {
    case .ones: true
    case .transpose(let inner): inner.isOnes
    default: false
    }
  }

  var isOnesVector: Bool { isOnes && shape.ranges.count == 1 }

  /// The vector on the diagonal of a diagonal matrix.
  fileprivate var diagonalVector: MatrixForm? {
    guard case .diagonal(let inner) = kind, shape.isMatrix, inner.shape.isColumn else { return nil }
    return inner
  }

  /// Whether conditions make entries 0, as factors.
  private var hasMask: Bool {
    switch kind {
    case .indicator: true
    case .hadamard(let factors): factors.contains { $0.hasMask }
    case .transpose(let inner), .negation(let inner): inner.hasMask
    default: false
    }
  }

  /// Whether this makes terms 0 where entries of another form may have no value.
  func hidesPart(of other: MatrixForm) -> Bool { hasMask && other.hasPartialEntries }

  /// Whether entries are given by operations that have no value at some arguments.
  private var hasPartialEntries: Bool {
    switch kind {
    case .scalar, .array, .entries, .inverse: return false
    case .elementwiseQuotient, .elementwisePower, .function, .apply: return mayBeUndefined
    default:
      var found = false
      _ = mapParts { part in
        found = found || part.hasPartialEntries
        return part
      }
      return found
    }
  }

  /// A quotient of entries of which conditions make some 0, with the conditions as factors of the
  /// quotient.
  func masked(over below: MatrixForm, _ shape: Shape) -> MatrixForm? {
    var masks: [MatrixForm] = []
    var rest: [MatrixForm] = []
    switch kind {
    case .indicator: masks = [self]
    case .hadamard(let factors):
      for factor in factors {
        if case .indicator = factor.kind { masks.append(factor) } else { rest.append(factor) }
      }
    default: return nil
    }
    if masks.isEmpty { return nil }
    var above = MatrixForm(.ones, self.shape)
    if rest.count == 1 { above = rest[0] }
    if rest.count > 1 { above = MatrixForm(.hadamard(rest), self.shape) }
    return MatrixForm(
      .hadamard([MatrixForm(.elementwiseQuotient(above, below), shape)] + masks), shape)
  }

  /// The form as NumPy computes it with the least work: the diagonal of a product as the sums over
  /// an axis of a product entry by entry, and its trace as the sum of them all.
  var economical: MatrixForm {
    let form = mapParts { $0.economical }
    if case .trace(let inner) = form.kind, case .product(let factors) = inner.kind,
      factors.count == 2, factors.allSatisfy({ $0.shape.isMatrix })
    {
      for (side, other) in [(factors[0], factors[1]), (factors[1], factors[0])] {
        guard case .transpose(let turned) = side.kind else { continue }
        return MatrixForm(.total(MatrixForm(.hadamard([turned, other]), other.shape)), .scalar)
      }
    }
    guard case .diagonal(let inner) = form.kind, inner.shape.isMatrix, form.shape.isColumn,
      case .product(let factors) = inner.kind, let last = factors.last, factors.count > 1,
      factors.allSatisfy({ $0.shape.isMatrix })
    else { return form }
    let ones = MatrixForm(.ones, Shape(rows: last.shape.rows))
    let start = Array(factors.dropLast())
    if case .transpose(let turned) = last.kind {
      let left = Self.product(start)
      return Self.sums(of: [left, turned], ones, form.shape)
    }
    let left = Self.product(start.reversed().map { $0.transposed })
    let entries = MatrixForm(.hadamard([left, last]), last.shape)
    return MatrixForm(.product([entries.transposed, ones]), form.shape)
  }

  private static func sums(
    of factors: [MatrixForm], _ ones: MatrixForm, _ shape: Shape
  ) -> MatrixForm {
    MatrixForm(.product([MatrixForm(.hadamard(factors), factors[0].shape), ones]), shape)
  }

  private static func product(_ factors: [MatrixForm]) -> MatrixForm {
    if factors.count == 1 { return factors[0] }
    let shape = Shape(
      rows: factors[0].shape.rows, columns: factors[factors.count - 1].shape.columns)
    return MatrixForm(.product(factors), shape)
  }

  /// Whether an operation occurs in it that has no value at some arguments.
  var mayBeUndefined: Bool {
    switch kind {
    case .array, .identity, .ones, .unitVector: return false
    case .scalar, .entries, .quotient, .elementwiseQuotient, .power, .elementwisePower, .inverse,
      .apply:
      return true
    case .function(let function, let argument):
      switch function {
      case .exp, .sin, .cos, .sinh, .cosh, .tanh, .atan, .asinh, .sigmoid, .softplus, .relu, .erf,
        .abs, .sign, .step:
        return argument.mayBeUndefined
      default: return true
      }
    default:
      var found = false
      _ = mapParts { part in
        found = found || part.mayBeUndefined
        return part
      }
      return found
    }
  }
}
