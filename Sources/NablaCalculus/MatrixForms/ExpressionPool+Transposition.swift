import NablaExpressions

extension ExpressionPool {
  /// The transpose of a form, carried inwards where that takes no more to write.
  ///
  /// (AB)ᵀ = BᵀAᵀ, so that products stay flat; (A + B)ᵀ stays.
  package func transpose(_ form: MatrixForm) -> MatrixForm {
    if form.shape.isScalar { return form }
    let shape = form.shape.transposed
    switch form.kind {
    case .transpose(let inner): return inner
    case .identity: return MatrixForm(.identity, shape)
    case .ones where form.shape.isMatrix: return MatrixForm(.ones, shape)
    case .diagonal(let inner) where inner.shape.isColumn: return MatrixForm(form.kind, shape)
    case .array(let symbol) where isSymmetric(symbol): return MatrixForm(form.kind, shape)
    case .inverse(let inner), .matrixPower(let inner, _):
      if transpose(inner) == inner { return MatrixForm(form.kind, shape) }
    case .product(let factors): return MatrixForm(.product(transpose(chain: factors)), shape)
    case .negation(let inner): return MatrixForm(.negation(transpose(inner)), shape)
    case .quotient(let above, let below):
      return MatrixForm(.quotient(transpose(above), below), shape)
    default: break
    }
    let outside = MatrixForm(.transpose(form), shape)
    guard let inside = transposedInside(form, shape) else { return outside }
    return symbolCount(inside) < symbolCount(outside) ? inside : outside
  }

  /// The factors of the transpose of a matrix product.
  func transpose(chain factors: [MatrixForm]) -> [MatrixForm] {
    let scalars = factors.filter { $0.shape.isScalar }
    let arrays = factors.filter { !$0.shape.isScalar }
    return scalars + arrays.reversed().map { transpose($0) }
  }

  /// The transpose of what acts entry by entry, carried to the operands.
  private func transposedInside(_ form: MatrixForm, _ shape: Shape) -> MatrixForm? {
    switch form.kind {
    case .sum(let terms): return MatrixForm(.sum(terms.map { transpose($0) }), shape)
    case .hadamard(let factors):
      return MatrixForm(.hadamard(factors.map { transpose($0) }), shape)
    case .elementwiseQuotient(let above, let below):
      return MatrixForm(.elementwiseQuotient(transpose(above), transpose(below)), shape)
    case .elementwisePower(let base, let exponent):
      return MatrixForm(.elementwisePower(transpose(base), transpose(exponent)), shape)
    case .function(let function, let argument):
      return MatrixForm(.function(function, transpose(argument)), shape)
    case .apply(let function, let arguments):
      return MatrixForm(.apply(function, arguments.map { transpose($0) }), shape)
    case .extremum(let operands, let isMaximum):
      return MatrixForm(.extremum(operands.map { transpose($0) }, isMaximum: isMaximum), shape)
    case .indicator(let relation, let left, let right):
      return MatrixForm(.indicator(relation, transpose(left), transpose(right)), shape)
    default: return nil
    }
  }

  /// A form that acts entry by entry, with transposes of its operands taken outside where that is
  /// shorter: f(Aᵀ) = f(A)ᵀ.
  func upright(_ form: MatrixForm) -> MatrixForm {
    if form.shape.isScalar || form.shape.isColumn { return form }
    guard let inside = transposedInside(form, form.shape.transposed) else { return form }
    let outside = MatrixForm(.transpose(inside), form.shape)
    return symbolCount(outside) <= symbolCount(form) ? outside : form
  }
}
