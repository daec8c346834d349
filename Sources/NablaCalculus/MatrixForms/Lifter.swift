import NablaExpressions
import NablaNumbers

/// Finds forms in matrix notation for canonical scalar expressions, part by part.
///
/// A part that depends on a row and a column index becomes a matrix, one that depends on the row
/// index alone a vector, and one that depends on neither a scalar.
/// Nothing found here is proved; `ExpressionPool.lift` does that.
/// Source: Laue, Mitterreiter and Giesen, "Computing higher order derivatives of matrix and tensor
/// expressions" (NeurIPS 2018).
struct Lifter {
  /// How many more parts may be looked at.
  var budget = 4000
  /// How many more levels down.
  var depth = 60
  /// Whether what is lifted is the argument of something that acts entry by entry.
  var isArgument = false
  /// Whether a product has been multiplied out already.
  private var isExpanding = false

  /// The matrix form of a canonical expression along the indices of the two that occur in it.
  mutating func lift(
    _ handle: Handle, _ row: SymbolID?, _ column: SymbolID?, in pool: inout ExpressionPool
  ) -> LiftedTerm? {
    budget -= 1
    depth -= 1
    defer { depth += 1 }
    if budget < 0 || depth < 0 { return nil }
    let row = row.flatMap { pool.occurs($0, in: handle) ? $0 : nil }
    let column = column.flatMap { pool.occurs($0, in: handle) ? $0 : nil }
    guard let row else {
      guard let column else { return liftScalar(handle, in: &pool) }
      // A vector along the columns is the transpose of one along the rows.
      guard var term = lift(handle, column, nil, in: &pool) else { return nil }
      term.chain = pool.transpose(chain: term.chain)
      return term
    }
    switch pool[handle] {
    case .sum(let list): return liftSum(pool.operands(list), row, column, in: &pool)
    case .product, .power, .indexedSum, .delta:
      return liftProduct(handle, row, column, in: &pool)
        ?? liftExpanded(handle, row, column, in: &pool)
    case .entry(let array, let list):
      return liftEntry(array, pool.operands(list), row, column, in: &pool)
    default:
      guard let form = liftElementwise(handle, row, column, in: &pool) else { return nil }
      let upright = pool.upright(form)
      return LiftedTerm(scalar: pool.one, chain: upright.chain)
    }
  }

  /// A product multiplied out, for one in which a sum joins too many indices.
  private mutating func liftExpanded(
    _ handle: Handle, _ row: SymbolID, _ column: SymbolID?, in pool: inout ExpressionPool
  ) -> LiftedTerm? {
    if isExpanding { return nil }
    let expanded = pool.expanded(handle, limit: 40)
    if expanded == handle { return nil }
    isExpanding = true
    defer { isExpanding = false }
    return lift(expanded, row, column, in: &pool)
  }

  /// The form along exactly the given indices: repeated along those that do not occur.
  mutating func liftFully(
    _ handle: Handle, _ row: SymbolID?, _ column: SymbolID?, in pool: inout ExpressionPool
  ) -> MatrixForm? {
    guard let term = lift(handle, row, column, in: &pool),
      let filled = filled(term, row, column, in: &pool)
    else { return nil }
    return pool.form(of: filled)
  }

  /// The operand of what acts entry by entry: of the full shape, or a scalar.
  private mutating func operand(
    _ handle: Handle, _ row: SymbolID, _ column: SymbolID?, in pool: inout ExpressionPool
  ) -> MatrixForm? {
    let outer = isArgument
    isArgument = true
    defer { isArgument = outer }
    guard let term = lift(handle, row, column, in: &pool) else { return nil }
    if term.shape.isScalar { return pool.form(of: term) }
    guard let filled = filled(term, row, column, in: &pool) else { return nil }
    return pool.form(of: filled)
  }

  /// A term multiplied by ones along the indices that it does not depend on.
  func filled(
    _ term: LiftedTerm, _ row: SymbolID?, _ column: SymbolID?, in pool: inout ExpressionPool
  ) -> LiftedTerm? {
    let shape = term.shape
    var filled = row == nil && column == nil ? term : pool.withMean(term).boxed
    if let row, shape.rows == nil {
      guard let range = pool.firstRange(of: row) else { return nil }
      filled.chain.insert(.ones(range), at: 0)
    }
    if let column, shape.columns == nil {
      guard let range = pool.firstRange(of: column) else { return nil }
      filled.chain.append(MatrixForm.ones(range).transposed)
    }
    return filled
  }

  /// What acts on corresponding entries.
  private mutating func liftElementwise(
    _ handle: Handle, _ row: SymbolID, _ column: SymbolID?, in pool: inout ExpressionPool
  ) -> MatrixForm? {
    switch pool[handle] {
    case .function(let function, let argument):
      return operand(argument, row, column, in: &pool).map {
        MatrixForm(.function(function, $0), $0.shape)
      }
    case .apply(let function, let list):
      return operands(list, row, column, in: &pool).map {
        MatrixForm(.apply(function, $0), shape(of: $0))
      }
    case .maximum(let list):
      return operands(list, row, column, in: &pool).map {
        MatrixForm(.extremum($0, isMaximum: true), shape(of: $0))
      }
    case .minimum(let list):
      return operands(list, row, column, in: &pool).map {
        MatrixForm(.extremum($0, isMaximum: false), shape(of: $0))
      }
    case .indicator(let condition):
      guard case .relation(let relation, let list) = pool[condition],
        let sides = operands(list, row, column, in: &pool), sides.count == 2
      else { return nil }
      return MatrixForm(.indicator(relation, sides[0], sides[1]), shape(of: sides))
    case .inverse: return liftInverse(handle, row, column, in: &pool)
    case .derivative(let body, let list):
      return liftDerivative(body, pool.operands(list), row, column, in: &pool)
    default: return nil
    }
  }

  private mutating func operands(
    _ list: ListID, _ row: SymbolID, _ column: SymbolID?, in pool: inout ExpressionPool
  ) -> [MatrixForm]? {
    var forms: [MatrixForm] = []
    for part in pool.operands(list) {
      guard let form = operand(part, row, column, in: &pool) else { return nil }
      forms.append(form)
    }
    return forms
  }

  private func shape(of operands: [MatrixForm]) -> Shape {
    operands.first { !$0.shape.isScalar }?.shape ?? .scalar
  }

  /// The entries of the inverse of a matrix as a whole, or its diagonal.
  private mutating func liftInverse(
    _ handle: Handle, _ row: SymbolID, _ column: SymbolID?, in pool: inout ExpressionPool
  ) -> MatrixForm? {
    guard let opened = pool.open(handle), opened.place.count == 2, opened.indices.count == 2,
      let inner = liftFully(opened.body, opened.indices[0], opened.indices[1], in: &pool)
    else { return nil }
    for index in [row, column ?? row] where pool.occurs(index, in: opened.body) { return nil }
    let inverse = MatrixForm(.inverse(inner), inner.shape.transposed)
    let place = [pool.symbol(row), pool.symbol(column ?? row)]
    guard column != nil else {
      return opened.place == place
        ? MatrixForm(.diagonal(inverse), Shape(rows: inverse.shape.rows)) : nil
    }
    if opened.place == place { return inverse }
    return opened.place == place.reversed() ? pool.transpose(inverse) : nil
  }

  /// An unevaluated derivative of a quantity by a vector or matrix.
  private mutating func liftDerivative(
    _ body: Handle, _ variables: [Handle], _ row: SymbolID, _ column: SymbolID?,
    in pool: inout ExpressionPool
  ) -> MatrixForm? {
    guard variables.count == 1, case .entry(let array, let list) = pool[variables[0]] else {
      return nil
    }
    if !pool.occurs(row, in: body), column.map({ !pool.occurs($0, in: body) }) ?? true {
      guard let subject = liftFully(body, nil, nil, in: &pool),
        let variable = liftEntry(array, pool.operands(list), row, column, in: &pool),
        variable.chain.count == 1, case .array = variable.chain[0].kind
      else { return nil }
      return MatrixForm(
        .derivative(subject, by: variable.chain[0], isTransposed: false), variable.shape)
    }
    guard let column, pool.count(list) == 1 else { return nil }
    let isUpright = pool.operand(list, 0) == pool.symbol(column)
    let (own, other) = isUpright ? (row, column) : (column, row)
    guard pool.operand(list, 0) == pool.symbol(other), !pool.occurs(other, in: body),
      let subject = liftFully(body, own, nil, in: &pool),
      let variable = liftEntry(array, pool.operands(list), other, nil, in: &pool),
      variable.chain.count == 1
    else { return nil }
    let shape = Shape(rows: subject.shape.rows, columns: variable.shape.rows)
    return MatrixForm(
      .derivative(subject, by: variable.chain[0], isTransposed: !isUpright),
      isUpright ? shape : shape.transposed)
  }
}
