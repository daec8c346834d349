import NablaExpressions
import NablaNumbers

/// The forms of the pieces of an index network, and of sums over them.
extension ExpressionPool {
  /// The square matrix with a vector on its diagonal.
  func diagonal(_ vector: MatrixForm) -> MatrixForm {
    MatrixForm(.diagonal(vector), Shape(rows: vector.shape.rows, columns: vector.shape.rows))
  }

  /// A piece as a vector, or as a matrix from its first to its second index.
  func form(of piece: IndexNetwork.Piece) -> MatrixForm {
    form(piece.above, over: piece.below)
  }

  /// A piece as a matrix whose columns run along an index.
  func form(of piece: IndexNetwork.Piece, ending index: SymbolID) -> MatrixForm {
    let form = form(of: piece)
    return piece.second == index ? form : transpose(form)
  }

  /// The product of corresponding entries, in the order in which one writes it.
  func entrywise(_ factors: [MatrixForm]) -> MatrixForm {
    upright(MatrixForm.hadamard(ordered(factors)))
  }

  /// u(i)·M(i,j)·v(j) as M ⊙ uvᵀ, or as a quotient where u and v divide.
  func scaled(
    _ matrix: MatrixForm, _ left: IndexNetwork.Piece, _ right: IndexNetwork.Piece
  ) -> MatrixForm {
    func outer(_ left: [MatrixForm], _ right: [MatrixForm]) -> MatrixForm {
      MatrixForm.chain(entrywise(left).chain + transpose(chain: entrywise(right).chain))
    }
    if left.above.isEmpty, right.above.isEmpty {
      return MatrixForm(.elementwiseQuotient(matrix, outer(left.below, right.below)), matrix.shape)
    }
    let ends = outer([form(of: left)], [form(of: right)])
    return entrywise([ends] + matrix.hadamardFactors)
  }

  private func form(_ above: [MatrixForm], over below: [MatrixForm]) -> MatrixForm {
    if below.isEmpty { return entrywise(above) }
    let divisor = MatrixForm.hadamard(ordered(below))
    let numerator = above.isEmpty ? .scalar(one) : MatrixForm.hadamard(ordered(above))
    return upright(MatrixForm(.elementwiseQuotient(numerator, divisor), divisor.shape))
  }

  /// The sum of a vector's entries: a product with a vector, a squared norm, or a trace.
  mutating func total(_ piece: IndexNetwork.Piece, _ range: IndexRange) -> MatrixForm {
    if piece.below.isEmpty {
      if let norm = squaredNorm(piece.above) { return norm }
      if piece.above.count == 1, case .diagonal(let inner) = piece.above[0].kind,
        inner.shape.isMatrix
      {
        return MatrixForm(.trace(inner), .scalar)
      }
    }
    return shortest(of: splits(piece, ones: .ones(range))) { left, right in
      let product = MatrixForm.chain(transpose(chain: left.chain) + right.chain)
      let mirrored = MatrixForm.chain(transpose(chain: right.chain) + left.chain)
      return symbolCount(mirrored) < symbolCount(product) ? mirrored : product
    }
  }

  /// The sum of all entries of a matrix: a squared norm, a trace, or nil for one factor alone.
  mutating func totalOfMatrix(_ piece: IndexNetwork.Piece) -> MatrixForm? {
    if piece.below.isEmpty, let norm = squaredNorm(piece.above) { return norm }
    if piece.above.count < 2 { return nil }
    return shortest(of: splits(piece, ones: .scalar(one))) { left, right in
      trace(of: transpose(chain: left.chain) + right.chain)
    }
  }

  /// The trace of a product in the shortest of its cyclic orders, also transposed; among equally
  /// short ones that which begins with a transpose, or with the name declared first.
  private func trace(of factors: [MatrixForm]) -> MatrixForm {
    var best: (form: MatrixForm, key: (Int, Int, Int, UInt32))?
    for chain in [factors, transpose(chain: factors)] {
      for start in chain.indices {
        let form = MatrixForm.chain(Array(chain[start...] + chain[..<start]))
        let first = form.chain[0]
        var isUpright = 1
        if case .transpose = first.kind { isUpright = 0 }
        let key = (symbolCount(form), isUpright, rank(of: first), firstSymbol(of: first))
        if let best, best.key <= key { continue }
        best = (form, key)
      }
    }
    return MatrixForm(.trace(best?.form ?? MatrixForm.chain(factors)), .scalar)
  }

  /// The product of a matrix with a vector of weights, or with ones.
  func rowSums(
    _ piece: IndexNetwork.Piece, over index: SymbolID, weights: IndexNetwork.Piece?,
    _ range: IndexRange
  ) -> MatrixForm {
    let matrix = form(of: piece, ending: index)
    let vector = weights.map { form(of: $0) } ?? .ones(range)
    let product = MatrixForm.chain([matrix, vector])
    guard weights == nil, piece.above.count > 1 else { return product }
    // Σ_k a(i,k)·b(i,k) is the diagonal of ABᵀ, whose other entries are computed for nothing.
    let isUpright = piece.second == index
    let diagonals = splits(piece, ones: .scalar(one)).map { left, right in
      let left = isUpright ? left : transpose(left)
      let right = isUpright ? transpose(right) : right
      let inner = MatrixForm.chain(left.chain + right.chain)
      return MatrixForm(.diagonal(inner), product.shape)
    }
    return diagonals.reduce(product) { symbolCount($1) < symbolCount($0) ? $1 : $0 }
  }

  /// The ways to split a piece in two parts one of which is a single factor.
  private func splits(
    _ piece: IndexNetwork.Piece, ones: MatrixForm
  ) -> [(MatrixForm, MatrixForm)] {
    let above = ordered(piece.above)
    if above.count < 2 { return [(ones, form(above, over: piece.below))] }
    var found: [(MatrixForm, MatrixForm)] = []
    for place in above.indices {
      var rest = above
      let single = rest.remove(at: place)
      found.append((single, form(rest, over: piece.below)))
      found.append((form(rest, over: piece.below), single))
    }
    return found
  }

  private func shortest(
    of splits: [(MatrixForm, MatrixForm)], _ join: (MatrixForm, MatrixForm) -> MatrixForm
  ) -> MatrixForm {
    var best = join(splits[0].0, splits[0].1)
    var count = symbolCount(best)
    for split in splits.dropFirst() {
      let candidate = join(split.0, split.1)
      let own = symbolCount(candidate)
      if own < count {
        best = candidate
        count = own
      }
    }
    return best
  }

  /// ‖u‖² for factors that are all even powers.
  private mutating func squaredNorm(_ factors: [MatrixForm]) -> MatrixForm? {
    var roots: [MatrixForm] = []
    for factor in factors {
      guard case .elementwisePower(let base, let exponent) = factor.kind,
        case .scalar(let handle) = exponent.kind, let order = rational(handle)?.asInt,
        order % 2 == 0
      else { return nil }
      let half = MatrixForm.scalar(integer(order / 2))
      roots.append(
        order == 2 ? base : MatrixForm(.elementwisePower(base, half), base.shape))
    }
    if roots.isEmpty { return nil }
    var root = MatrixForm.hadamard(ordered(roots))
    if case .transpose(let inner) = root.kind { root = inner }
    if let turned = turned(root), leads(turned, before: root) { root = turned }
    let norm = MatrixForm(.norm(root), .scalar)
    return MatrixForm(.power(norm, .scalar(two)), .scalar)
  }

  /// Whether a difference starts with a name declared before those of the other.
  func leads(_ left: MatrixForm, before right: MatrixForm) -> Bool {
    guard case .sum(let one) = left.kind, case .sum(let other) = right.kind else { return false }
    return firstSymbol(of: one[0]) < firstSymbol(of: other[0])
  }

  /// Factors that are multiplied entry by entry as one writes them: products first, functions last,
  /// names in the order of their declaration.
  private func ordered(_ factors: [MatrixForm]) -> [MatrixForm] {
    if factors.count < 2 { return factors }
    var keyed = factors.map {
      (key: (rank(of: $0), firstSymbol(of: $0), symbolCount($0)), form: $0)
    }
    keyed.sort { $0.key < $1.key }
    return keyed.map { $0.form }
  }

  private func rank(of form: MatrixForm) -> Int {
    switch form.kind {
    case .product: 0
    case .function, .apply, .indicator, .extremum: 2
    case .transpose(let inner), .elementwisePower(let inner, _), .negation(let inner):
      rank(of: inner)
    case .sum(let terms): terms.reduce(1) { max($0, rank(of: $1)) }
    default: 1
    }
  }

  /// The number of the array declared first among those of a form; `.max` if there is none.
  func firstSymbol(of form: MatrixForm) -> UInt32 {
    if case .array(let symbol) = form.kind { return symbol.index }
    return form.parts.reduce(UInt32.max) { min($0, firstSymbol(of: $1)) }
  }
}
