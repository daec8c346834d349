/// An expression in matrix notation, every part with its shape.
///
/// Matrix notation is a way of writing: what a form means are its entries, scalar expressions with
/// free indices that `ExpressionPool.entry(of:row:column:)` writes out.
/// Readers turn what people write into forms, and results are lifted back into them.
package struct MatrixForm: Hashable, Sendable {
  package indirect enum Kind: Hashable, Sendable {
    /// A scalar expression in which no matrix notation occurs; it may carry free indices.
    case scalar(Handle)
    /// A declared or defined vector or matrix as a whole.
    case array(SymbolID)
    /// The vector or matrix with these entries, written with the two index names.
    case entries(Handle, row: SymbolID?, column: SymbolID?)
    /// Rows of scalar forms.
    case literal([[MatrixForm]])
    /// The identity matrix.
    case identity
    /// Every entry is 1.
    case ones
    /// The vector that is 1 at one place and 0 elsewhere.
    case unitVector(Handle)

    /// Terms of one shape; a scalar among them is added to every entry.
    case sum([MatrixForm])
    case negation(MatrixForm)
    /// The matrix product of the factors; scalars among them scale.
    case product([MatrixForm])
    /// The product of corresponding entries.
    case hadamard([MatrixForm])
    /// A quotient by a scalar.
    case quotient(MatrixForm, MatrixForm)
    case elementwiseQuotient(MatrixForm, MatrixForm)
    /// A power of a scalar.
    case power(MatrixForm, MatrixForm)
    case elementwisePower(MatrixForm, MatrixForm)
    /// A positive whole power of a square matrix.
    case matrixPower(MatrixForm, Int)
    case transpose(MatrixForm)

    /// A built-in function of every entry.
    case function(Function, MatrixForm)
    /// An unknown or defined function of corresponding entries.
    case apply(SymbolID, [MatrixForm])
    case extremum([MatrixForm], isMaximum: Bool)
    /// 1 where the relation holds between corresponding entries, and 0 elsewhere.
    case indicator(Relation, MatrixForm, MatrixForm)

    case inverse(MatrixForm)
    case determinant(MatrixForm)
    case trace(MatrixForm)
    /// The square matrix with a vector on its diagonal, or the diagonal of a square matrix.
    case diagonal(MatrixForm)
    /// aᵀb of two vectors.
    case dot(MatrixForm, MatrixForm)
    /// abᵀ of two vectors.
    case outer(MatrixForm, MatrixForm)
    /// The 2-norm of a vector or the Frobenius norm of a matrix.
    case norm(MatrixForm)
    /// Of a vector, or along each row of a matrix.
    case softmax(MatrixForm)
    /// The sum of all entries.
    case total(MatrixForm)
    /// The mean of all entries.
    case mean(MatrixForm)

    /// The derivative of a form by a name: of a scalar, shaped like the name; of a vector by a
    /// vector, a row for each entry of the one and a column for each of the other; or transposed.
    case derivative(MatrixForm, by: MatrixForm, isTransposed: Bool)
  }

  package let kind: Kind
  package let shape: Shape

  package init(_ kind: Kind, _ shape: Shape) {
    self.kind = kind
    self.shape = shape
  }

  /// A scalar expression without matrix notation.
  package static func scalar(_ value: Handle) -> MatrixForm { MatrixForm(.scalar(value), .scalar) }

  package var transposed: MatrixForm {
    if shape.isScalar { return self }
    if case .transpose(let inner) = kind { return inner }
    return MatrixForm(.transpose(self), shape.transposed)
  }

  /// Whether a vector or matrix occurs in it.
  package var hasArrays: Bool {
    if !shape.isScalar { return true }
    var found = false
    _ = mapParts { part in
      found = found || part.hasArrays
      return part
    }
    return found
  }

  /// Whether no matrix notation occurs.
  package var isElementary: Bool {
    if case .scalar = kind { return true }
    return false
  }
}

extension MatrixForm {
  /// The form with a function applied to the parts that have no parts themselves.
  package func mapLeaves(_ transform: (MatrixForm) -> MatrixForm) -> MatrixForm {
    switch kind {
    case .scalar, .array, .entries, .identity, .ones, .unitVector: transform(self)
    default: mapParts { $0.mapLeaves(transform) }
    }
  }

  /// The form with a function applied to each of the parts that it is made of.
  package func mapParts(_ map: (MatrixForm) -> MatrixForm) -> MatrixForm {
    func with(_ kind: Kind) -> MatrixForm { MatrixForm(kind, shape) }
    switch kind {
    case .scalar, .array, .entries, .identity, .ones, .unitVector: return self
    case .literal(let rows): return with(.literal(rows.map { $0.map(map) }))
    case .sum(let terms): return with(.sum(terms.map(map)))
    case .negation(let inner): return with(.negation(map(inner)))
    case .product(let factors): return with(.product(factors.map(map)))
    case .hadamard(let factors): return with(.hadamard(factors.map(map)))
    case .quotient(let above, let below): return with(.quotient(map(above), map(below)))
    case .elementwiseQuotient(let above, let below):
      return with(.elementwiseQuotient(map(above), map(below)))
    case .power(let base, let exponent): return with(.power(map(base), map(exponent)))
    case .elementwisePower(let base, let exponent):
      return with(.elementwisePower(map(base), map(exponent)))
    case .matrixPower(let base, let exponent): return with(.matrixPower(map(base), exponent))
    case .transpose(let inner): return with(.transpose(map(inner)))
    case .function(let function, let argument): return with(.function(function, map(argument)))
    case .apply(let function, let arguments): return with(.apply(function, arguments.map(map)))
    case .extremum(let operands, let isMaximum):
      return with(.extremum(operands.map(map), isMaximum: isMaximum))
    case .indicator(let relation, let left, let right):
      return with(.indicator(relation, map(left), map(right)))
    case .inverse(let inner): return with(.inverse(map(inner)))
    case .determinant(let inner): return with(.determinant(map(inner)))
    case .trace(let inner): return with(.trace(map(inner)))
    case .diagonal(let inner): return with(.diagonal(map(inner)))
    case .dot(let left, let right): return with(.dot(map(left), map(right)))
    case .outer(let left, let right): return with(.outer(map(left), map(right)))
    case .norm(let inner): return with(.norm(map(inner)))
    case .softmax(let inner): return with(.softmax(map(inner)))
    case .total(let inner): return with(.total(map(inner)))
    case .mean(let inner): return with(.mean(map(inner)))
    case .derivative(let subject, let variable, let isTransposed):
      return with(.derivative(map(subject), by: map(variable), isTransposed: isTransposed))
    }
  }
}
