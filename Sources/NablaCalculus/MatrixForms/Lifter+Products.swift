import NablaExpressions
import NablaNumbers

extension Lifter {
  /// A product, a power or a sum over indices, by its index network.
  mutating func liftProduct(
    _ handle: Handle, _ row: SymbolID?, _ column: SymbolID?, in pool: inout ExpressionPool
  ) -> LiftedTerm? {
    let outer = isArgument
    isArgument = false
    defer { isArgument = outer }
    guard var product = openedProduct(handle, row, column, in: &pool) else { return nil }
    var network = IndexNetwork(scalars: LiftedTerm(scalar: pool.one))
    guard contractDeltas(&product, &network, row, column, in: &pool),
      gatherSoftmax(&product, &network, in: &pool)
    else { return nil }
    for factor in product.factors {
      guard gather(factor, product, &network, in: &pool) else { return nil }
    }
    guard network.sum(over: product.bound, in: &pool) else { return nil }
    var term = network.scalars
    if product.isDiagonal {
      guard let row, let range = pool.firstRange(of: row),
        let chain = network.chain(row, nil, in: pool)
      else { return nil }
      let square = Shape(rows: range, columns: range)
      term.chain = [
        chain.isEmpty
          ? MatrixForm(.identity, square) : MatrixForm(.diagonal(MatrixForm.chain(chain)), square)
      ]
      return term
    }
    guard let chain = network.chain(row, column, in: pool) else { return nil }
    let joined = chain.isEmpty ? [] : MatrixForm.chain(chain).chain
    // A numeric factor of a chain belongs to the scalars in front.
    term.chain = joined.filter { !$0.shape.isScalar }
    term.above += joined.filter { $0.shape.isScalar }
    let shape = term.shape
    guard (shape.rows != nil) == (row != nil), (shape.columns != nil) == (column != nil) else {
      return nil
    }
    if term.chain.isEmpty, term.above.count == 1, case .product(let factors) = term.above[0].kind {
      // xᵀAy stays open, so that sums can share its ends.
      term.chain = factors
      term.above = []
    }
    return term
  }

  /// Factors with the indices that they are summed over.
  struct OpenedProduct {
    var factors: [Handle] = []
    var bound: [SymbolID] = []
    /// The indices that tie factors together: bound ones, rows and columns.
    var active: [SymbolID] = []
    /// Whether δ(row, column) is a factor; the others then carry the row alone.
    var isDiagonal = false
  }

  /// The factors of a product, sums among them opened where they carry an index.
  private mutating func openedProduct(
    _ handle: Handle, _ row: SymbolID?, _ column: SymbolID?, in pool: inout ExpressionPool
  ) -> OpenedProduct? {
    var product = OpenedProduct()
    product.active = [row, column].compactMap { $0 }
    var pending = Array(pool.factorHandles(handle).reversed())
    while let factor = pending.popLast() {
      budget -= 1
      if budget < 0 || product.factors.count > 64 || product.bound.count > 32 { return nil }
      guard case .indexedSum = pool[factor],
        factor == handle || carriesIndex(factor, product.active, in: &pool)
      else {
        product.factors.append(factor)
        continue
      }
      guard let opened = pool.openAnew(factor) else { return nil }
      for range in opened.ranges {
        let active = product.active + opened.indices
        if carriesIndex(range.lower, active, in: &pool) { return nil }
        if carriesIndex(range.upper, active, in: &pool) { return nil }
      }
      product.bound += opened.indices
      product.active += opened.indices
      pending += pool.factorHandles(pool.canonical(opened.body)).reversed()
    }
    return product
  }

  private func carriesIndex(
    _ handle: Handle, _ indices: [SymbolID], in pool: inout ExpressionPool
  ) -> Bool {
    for index in indices where pool.occurs(index, in: handle) { return true }
    return false
  }

  /// Carries out deltas: δ(i,j) of row and column makes a diagonal, δ(i,y) a unit vector.
  private func contractDeltas(
    _ product: inout OpenedProduct, _ network: inout IndexNetwork, _ row: SymbolID?,
    _ column: SymbolID?, in pool: inout ExpressionPool
  ) -> Bool {
    var place = 0
    while place < product.factors.count {
      guard case .delta(let left, let right) = pool[product.factors[place]] else {
        place += 1
        continue
      }
      let ends = [left, right].map { end in
        product.active.first { pool[end].isSymbol($0) }
      }
      if ends[0] == nil, ends[1] == nil {
        if carriesIndex(product.factors[place], product.active, in: &pool) { return false }
        place += 1
        continue
      }
      product.factors.remove(at: place)
      place = 0
      if let first = ends[0], let second = ends[1] {
        // Bound indices come after rows and columns, and go.
        let order = [first, second].sorted { a, b in
          (product.active.firstIndex(of: a) ?? 0) < (product.active.firstIndex(of: b) ?? 0)
        }
        guard let range = pool.firstRange(of: order[1]),
          pool.isInRange(pool.symbol(order[0]), range)
        else { return false }
        if order[1] == column {
          product.isDiagonal = true
        } else if let bound = product.bound.firstIndex(of: order[1]) {
          product.bound.remove(at: bound)
        } else {
          return false
        }
        product.replace(order[1], by: pool.symbol(order[0]), in: &pool)
      } else if let index = ends[0] ?? ends[1], let range = pool.firstRange(of: index) {
        let value = ends[0] == nil ? left : right
        guard pool.isNumber(value) || pool.isLabel(value) else { return false }
        product.replace(index, by: value, in: &pool)
        let unit = MatrixForm(.unitVector(value), Shape(rows: range))
        network.add(unit, index, nil, in: pool)
      }
    }
    return true
  }

  /// Puts one factor into the network.
  private mutating func gather(
    _ factor: Handle, _ product: OpenedProduct, _ network: inout IndexNetwork,
    in pool: inout ExpressionPool
  ) -> Bool {
    var carried: [SymbolID] = []
    for index in product.active where pool.occurs(index, in: factor) { carried.append(index) }
    guard let first = carried.first else {
      guard let term = lift(factor, nil, nil, in: &pool) else { return false }
      network.scalars = pool.multiply(network.scalars, term.boxed)
      return true
    }
    if carried.count > 2 { return false }
    let second = carried.count == 2 ? carried[1] : nil
    let split = pool.splitPower(factor)
    guard let order = pool.rational(split.exponent) else {
      guard let base = liftFully(split.base, first, second, in: &pool) else { return false }
      guard let exponent = lift(split.exponent, first, second, in: &pool) else { return false }
      let filled = exponent.shape.isScalar ? exponent : filled(exponent, first, second, in: &pool)
      guard let filled else { return false }
      let power = MatrixForm(.elementwisePower(base, pool.form(of: filled)), base.shape)
      network.add(power, first, second, in: pool)
      return true
    }
    guard var term = lift(split.base, first, second, in: &pool), !term.shape.isScalar else {
      return false
    }
    let isDivisor = order.signum < 0
    if order.absoluteValue.isOne {
      let chain = term.chain
      term.chain = []
      network.scalars = pool.multiply(
        network.scalars, isDivisor ? pool.reciprocal(term) : term)
      network.add(MatrixForm.chain(chain), first, second, isDivisor: isDivisor, in: pool)
    } else {
      let form = power(pool.form(of: term), order.absoluteValue, in: &pool)
      network.add(form, first, second, isDivisor: isDivisor, in: pool)
    }
    return true
  }

  private func power(
    _ base: MatrixForm, _ order: Rational, in pool: inout ExpressionPool
  ) -> MatrixForm {
    if order == Rational(1, over: 2) { return MatrixForm(.function(.sqrt, base), base.shape) }
    let exponent = MatrixForm.scalar(pool.number(order))
    return pool.upright(MatrixForm(.elementwisePower(base, exponent), base.shape))
  }
}

extension Lifter.OpenedProduct {
  /// Puts one index in the place of another in every factor.
  mutating func replace(
    _ index: SymbolID, by value: Handle, in pool: inout ExpressionPool
  ) {
    let substitution = Substitution(index, value)
    var replaced: [Handle] = []
    for factor in factors {
      let value = pool.canonical(pool.substitute(substitution, in: factor))
      replaced += pool.factorHandles(value)
    }
    factors = replaced
  }
}

extension Node {
  func isSymbol(_ symbol: SymbolID) -> Bool {
    if case .symbol(let own) = self { return own == symbol }
    return false
  }
}
