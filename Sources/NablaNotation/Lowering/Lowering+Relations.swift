import NablaExpressions

/// Both sides of an equation in matrix notation, of one shape, with an entry of each.
package struct RelationForms: Sendable {
  package let left: MatrixForm
  package let right: MatrixForm
  package let shape: Shape
  /// The index names of the entries; nil for an axis without an index.
  package let row: SymbolID?
  package let column: SymbolID?
  package let leftEntry: Handle
  package let rightEntry: Handle
  /// Whether neither side is more than a scalar expression without matrix notation.
  package var isElementary: Bool { left.isElementary && right.isElementary }
  /// The index names of the entries, rows first.
  package var indices: [SymbolID] { [row, column].compactMap { $0 } }
}

extension Lowering {
  /// Reads both sides of an equation; the entries are at index names that neither side uses.
  ///
  /// A side that is 0 stands for an array of zeros.
  package mutating func relationForms(
    _ relation: RelationSyntax, in pool: inout ExpressionPool
  ) throws(Diagnostic) -> RelationForms {
    let outer = isMatrixNotation
    defer { isMatrixNotation = outer }
    let isMatrix =
      usesMatrixNotation(relation.left, in: pool) || usesMatrixNotation(relation.right, in: pool)
    isMatrixNotation = isMatrix
    var sides = try operands([relation.left, relation.right], in: &pool)
    let shape = try commonShape(&sides, of: .relation, in: &pool)
    for place in sides.indices where sides[place].form.shape.isScalar && !shape.isScalar {
      guard case .scalar(let value) = sides[place].form.kind, value == pool.zero else {
        throw mismatch(sides[0], sides[1], of: .relation, in: pool)
      }
    }
    var names = IndexChoice()
    for name in relation.left.names + relation.right.names { names.reserve(name.text) }
    let row = shape.rows.map { names.take(for: $0, self, in: &pool) }
    let column = shape.columns.map { names.take(for: $0, self, in: &pool) }
    let rowName = row.map { pool.symbol($0) } ?? pool.one
    let columnName = column.map { pool.symbol($0) } ?? pool.one
    let left = try written(
      sides[0].form, row: rowName, column: columnName, at: relation.left.range, in: &pool)
    let right = try written(
      sides[1].form, row: rowName, column: columnName, at: relation.right.range, in: &pool)
    return RelationForms(
      left: sides[0].form, right: sides[1].form, shape: shape, row: row, column: column,
      leftEntry: left, rightEntry: right)
  }
}

/// Hands out index names for axes that were written without any, each name once.
struct IndexChoice {
  private var taken: Set<String> = []

  /// Declared names beyond these are not looked at.
  private static let mostCandidates = 64

  mutating func reserve(_ name: String) { taken.insert(name) }

  /// A declared index with the range of the axis, or else a fresh one.
  mutating func take(
    for range: IndexRange, _ lowering: Lowering, in pool: inout ExpressionPool
  ) -> SymbolID {
    for index in lowering.scope.indices.prefix(Self.mostCandidates) {
      let name = pool.symbols[Int(index.index)].name
      guard !taken.contains(name), lowering.scope.names[name] == index,
        let own = lowering.range(of: index, in: pool), lowering.matches(own, range, in: pool)
      else { continue }
      taken.insert(name)
      return index
    }
    for name in ["i", "j"] where taken.insert(name).inserted {
      return pool.freshIndex(over: range, preferring: name)
    }
    return pool.freshIndex(over: range)
  }
}
