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
    guard let first = links.first else { return CodePiece(scalars, .product, size: size) }
    var value: CodePiece
    var shape = first.shape
    var next = 1
    if links.count > 1, first.form.isOnesVector, first.shape.isRow,
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
