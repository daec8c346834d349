import NablaExpressions

/// Matrix products and products of corresponding entries, kept flat.
extension MatrixForm {
  /// The factors of a matrix product; any other form is one factor.
  var chain: [MatrixForm] {
    if case .product(let factors) = kind { return factors }
    return [self]
  }

  /// The factors of a product of corresponding entries; any other form is one factor.
  var hadamardFactors: [MatrixForm] {
    if case .hadamard(let factors) = kind { return factors }
    return [self]
  }

  /// The matrix product of some forms that fit; identities that change nothing are left out.
  ///
  /// A product that is a scalar stays together among other factors.
  static func chain(_ factors: [MatrixForm]) -> MatrixForm {
    if factors.count == 1 { return factors[0] }
    var flat: [MatrixForm] = []
    for factor in factors { flat += factor.shape.isScalar ? [factor] : factor.chain }
    let shape = shape(ofChain: flat)
    let others = flat.filter { $0.kind != .identity }
    if others.count < flat.count, Self.shape(ofChain: others) == shape, !shape.isScalar {
      flat = others
    }
    return flat.count == 1 ? flat[0] : MatrixForm(.product(flat), shape)
  }

  /// The shape of a matrix product: the rows of its first factor and the columns of its last.
  static func shape(ofChain factors: [MatrixForm]) -> Shape {
    let arrays = factors.filter { !$0.shape.isScalar }
    guard let first = arrays.first, let last = arrays.last else { return .scalar }
    return Shape(rows: first.shape.rows, columns: last.shape.columns)
  }

  /// The product of corresponding entries of forms of one shape.
  static func hadamard(_ factors: [MatrixForm]) -> MatrixForm {
    var flat: [MatrixForm] = []
    for factor in factors { flat += factor.hadamardFactors }
    return flat.count == 1 ? flat[0] : MatrixForm(.hadamard(flat), flat.first?.shape ?? .scalar)
  }

  /// A column of ones.
  static func ones(_ range: IndexRange) -> MatrixForm { MatrixForm(.ones, Shape(rows: range)) }

  /// The forms that a form is made of.
  var parts: [MatrixForm] {
    switch kind {
    case .scalar, .array, .entries, .identity, .ones, .unitVector: []
    case .literal(let rows): rows.flatMap { $0 }
    case .sum(let parts), .product(let parts), .hadamard(let parts), .apply(_, let parts),
      .extremum(let parts, _):
      parts
    case .negation(let inner), .transpose(let inner), .function(_, let inner),
      .inverse(let inner), .determinant(let inner), .trace(let inner), .diagonal(let inner),
      .norm(let inner), .softmax(let inner), .total(let inner), .mean(let inner),
      .matrixPower(let inner, _):
      [inner]
    case .quotient(let left, let right), .elementwiseQuotient(let left, let right),
      .power(let left, let right), .elementwisePower(let left, let right),
      .dot(let left, let right), .outer(let left, let right), .indicator(_, let left, let right),
      .derivative(let left, let right, _):
      [left, right]
    }
  }

  /// Whether an identity or ones occur.
  var hasFilling: Bool {
    switch kind {
    case .identity, .ones: true
    default: parts.contains { $0.hasFilling }
    }
  }

  /// Whether something is multiplied entry by entry with a sum in which an identity occurs.
  ///
  /// A ⊙ (2·1·1ᵀ − I) is short, but 2A − diag(diag(A)) is what people write.
  var hasMask: Bool {
    if case .hadamard(let factors) = kind {
      for factor in factors {
        if case .sum(let terms) = factor.kind, terms.contains(where: { $0.isIdentity }) {
          return true
        }
      }
    }
    return parts.contains { $0.hasMask }
  }

  private var isIdentity: Bool {
    switch kind {
    case .identity: true
    case .negation(let inner): inner.isIdentity
    case .product(let factors): factors.contains { $0.isIdentity }
    default: false
    }
  }
}
