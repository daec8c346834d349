import NablaExpressions

/// A product of indexed factors as a graph: the factors are nodes, the indices edges, and the free
/// indices open ends.
///
/// Summing over an index joins the factors that carry it: two matrices to their product, a matrix
/// and a vector to a vector, two vectors to a scalar, and a closed path to a trace.
struct IndexNetwork {
  /// Factors that carry the same one or two indices, multiplied entry by entry.
  struct Piece {
    var first: SymbolID
    var second: SymbolID?
    var above: [MatrixForm] = []
    var below: [MatrixForm] = []

    func carries(_ index: SymbolID) -> Bool { first == index || second == index }

    func other(than index: SymbolID) -> SymbolID? { first == index ? second : first }
  }

  var pieces: [Piece] = []
  /// The factors that carry no index.
  var scalars: LiftedTerm

  /// Adds a factor that carries one or two indices.
  mutating func add(
    _ form: MatrixForm, _ first: SymbolID, _ second: SymbolID?, isDivisor: Bool = false,
    in pool: borrowing ExpressionPool
  ) {
    if case .elementwiseQuotient(let above, let below) = form.kind, above.shape == below.shape {
      add(above, first, second, isDivisor: isDivisor, in: pool)
      add(below, first, second, isDivisor: !isDivisor, in: pool)
      return
    }
    if let second {
      let transpose = pool.transpose(form)
      if pool.symbolCount(transpose) < pool.symbolCount(form) {
        insert(transpose, second, first, isDivisor, in: pool)
        return
      }
    }
    insert(form, first, second, isDivisor, in: pool)
  }

  private mutating func insert(
    _ form: MatrixForm, _ first: SymbolID, _ second: SymbolID?, _ isDivisor: Bool,
    in pool: borrowing ExpressionPool
  ) {
    for place in pieces.indices {
      if pieces[place].first == first, pieces[place].second == second {
        pieces[place].insert(form.hadamardFactors, isDivisor)
        return
      }
      if let second, pieces[place].first == second, pieces[place].second == first {
        pieces[place].insert(pool.transpose(form).hadamardFactors, isDivisor)
        return
      }
    }
    var piece = Piece(first: first, second: second)
    piece.insert(form.hadamardFactors, isDivisor)
    pieces.append(piece)
  }

  /// Sums over every one of some indices; false where that leads beyond matrices.
  mutating func sum(over bound: [SymbolID], in pool: inout ExpressionPool) -> Bool {
    var left = bound
    while !left.isEmpty {
      var best: (place: Int, rank: Int, count: Int)?
      for (place, index) in left.enumerated() {
        let touching = pieces.filter { $0.carries(index) }
        let rank = touching.filter { $0.second != nil }.count
        if rank > 2 || touching.isEmpty { continue }
        if let best, (best.rank, best.count) <= (rank, touching.count) { continue }
        best = (place, rank, touching.count)
      }
      guard let best else { return false }
      let index = left.remove(at: best.place)
      guard sum(over: index, &left, in: &pool) else { return false }
    }
    return true
  }

  private mutating func sum(
    over index: SymbolID, _ left: inout [SymbolID], in pool: inout ExpressionPool
  ) -> Bool {
    guard let range = pool.firstRange(of: index) else { return false }
    var matrices = pieces.filter { $0.carries(index) && $0.second != nil }
    if matrices.count == 2 { absorbOuterProduct(at: index, &matrices, in: pool) }
    let vector = pieces.first { $0.carries(index) && $0.second == nil }
    if matrices.count == 1, vector == nil, let other = matrices[0].other(than: index),
      let place = left.firstIndex(of: other),
      pieces.filter({ $0.carries(other) }).count == 1,
      let total = pool.totalOfMatrix(matrices[0])
    {
      left.remove(at: place)
      pieces.removeAll { $0.carries(index) }
      scalars.above.append(total)
      return true
    }
    pieces.removeAll { $0.carries(index) }
    switch matrices.count {
    case 0:
      guard let vector else { return false }
      scalars.above.append(pool.total(vector, range))
    case 1:
      guard let other = matrices[0].other(than: index) else { return false }
      let form = pool.rowSums(matrices[0], over: index, weights: vector, range)
      add(form, other, nil, in: pool)
    default:
      guard let first = matrices[0].other(than: index), let last = matrices[1].other(than: index)
      else { return false }
      var chain = pool.form(of: matrices[0], ending: index).chain
      if let vector {
        chain.append(
          MatrixForm(.diagonal(pool.form(of: vector)), Shape(rows: range, columns: range)))
      }
      chain += pool.transpose(chain: pool.form(of: matrices[1], ending: index).chain)
      add(MatrixForm.chain(chain), first, last, in: pool)
    }
    return true
  }

  /// u(k)·M(k,j)·v(j) is an entry of M ⊙ uvᵀ, which reads better than diag(u) M diag(v) where M is
  /// no name.
  private mutating func absorbOuterProduct(
    at index: SymbolID, _ matrices: inout [Piece], in pool: borrowing ExpressionPool
  ) {
    guard let own = pieces.firstIndex(where: { $0.first == index && $0.second == nil }) else {
      return
    }
    for place in matrices.indices {
      guard let other = matrices[place].other(than: index), !matrices[place].isName,
        let end = pieces.firstIndex(where: { $0.first == other && $0.second == nil }),
        let whole = pieces.firstIndex(where: {
          $0.carries(index) && $0.carries(other) && $0.second != nil
        })
      else { continue }
      let left = pool.form(of: pieces[own])
      let right = pool.form(of: pieces[end])
      let isUpright = pieces[whole].first == index
      let ends = isUpright ? (left, right) : (right, left)
      pieces[whole].above.append(
        MatrixForm.chain(ends.0.chain + pool.transpose(chain: ends.1.chain)))
      matrices[place] = pieces[whole]
      for gone in [own, end].sorted(by: >) { pieces.remove(at: gone) }
      return
    }
  }

  /// What is left as a chain along the row and column; nil if other indices are left.
  func chain(
    _ row: SymbolID?, _ column: SymbolID?, in pool: borrowing ExpressionPool
  ) -> [MatrixForm]? {
    var left: Piece?
    var middle: MatrixForm?
    var right: Piece?
    for piece in pieces {
      switch (piece.first, piece.second) {
      case (row, nil): left = piece
      case (column, nil): right = piece
      case (row, column): middle = pool.form(of: piece)
      case (column, row): middle = pool.transpose(pool.form(of: piece))
      default: return nil
      }
    }
    guard let middle else {
      let ends = (left.map { pool.form(of: $0).chain }, right.map { pool.form(of: $0).chain })
      return (ends.0 ?? []) + pool.transpose(chain: ends.1 ?? [])
    }
    if let left, let right { return [pool.scaled(middle, left, right)] }
    var chain = middle.chain
    if let left { chain.insert(pool.diagonal(pool.form(of: left)), at: 0) }
    if let right { chain.append(pool.diagonal(pool.form(of: right))) }
    return chain
  }
}

extension IndexNetwork.Piece {
  /// Whether the piece is one vector or matrix with a name, or its transpose.
  var isName: Bool {
    guard below.isEmpty, above.count == 1 else { return false }
    switch above[0].kind {
    case .array: return true
    case .transpose(let inner): if case .array = inner.kind { return true }
    default: break
    }
    return false
  }

  mutating func insert(_ forms: [MatrixForm], _ isDivisor: Bool) {
    if isDivisor { below += forms } else { above += forms }
  }
}
