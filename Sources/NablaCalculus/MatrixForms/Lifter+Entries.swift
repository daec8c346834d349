import NablaExpressions

extension Lifter {
  /// A component of a vector or matrix as the whole, a transpose, a diagonal, a row or a column.
  func liftEntry(
    _ array: SymbolID, _ indices: [Handle], _ row: SymbolID, _ column: SymbolID?,
    in pool: inout ExpressionPool
  ) -> LiftedTerm? {
    let declared = pool.declaration(of: array).ranges
    guard declared.count == indices.count, (1...2).contains(declared.count) else { return nil }
    let rowName = pool.symbol(row)
    let columnName = column.map { pool.symbol($0) }
    var slots: [Slot] = []
    for (place, index) in indices.enumerated() {
      let range = declared[place]
      if index == rowName || index == columnName {
        guard pool.isInRange(index, range) else { return nil }
        slots.append(index == rowName ? .row : .column)
      } else if pool.isUnit(range) {
        guard pool.canonical(range.lower) == index else { return nil }
        slots.append(.unit)
      } else if !pool.isNumber(index), !pool.isLabel(index) {
        return nil
      } else {
        slots.append(.fixed)
      }
    }
    guard let chain = chain(array, declared, indices, slots, in: &pool) else { return nil }
    return LiftedTerm(scalar: pool.one, chain: chain)
  }

  /// What stands in the place of an index.
  private enum Slot {
    case row, column, unit, fixed
  }

  private func chain(
    _ array: SymbolID, _ ranges: [IndexRange], _ indices: [Handle], _ slots: [Slot],
    in pool: inout ExpressionPool
  ) -> [MatrixForm]? {
    let isColumn = ranges.count == 1
    let shape = Shape(
      rows: slots[0] == .unit ? nil : ranges[0],
      columns: isColumn || slots[1] == .unit ? nil : ranges[1])
    let whole = MatrixForm(.array(array), shape)
    if isColumn { return slots[0] == .row ? [whole] : nil }
    switch (slots[0], slots[1]) {
    case (.row, .column), (.row, .unit): return [whole]
    case (.column, .row), (.unit, .row): return [pool.transpose(whole)]
    case (.row, .row):
      return [MatrixForm(.diagonal(whole), Shape(rows: ranges[0]))]
    case (.row, .fixed):
      return [whole, MatrixForm(.unitVector(indices[1]), Shape(rows: ranges[1]))]
    case (.fixed, .row):
      let unit = MatrixForm(.unitVector(indices[0]), Shape(rows: ranges[0]))
      return [pool.transpose(whole), unit]
    default: return nil
    }
  }
}

extension ExpressionPool {
  /// Whether a range holds the one value that a shape leaves out.
  mutating func isUnit(_ range: IndexRange) -> Bool {
    canonical(range.lower) == canonical(range.upper)
  }

  func isLabel(_ handle: Handle) -> Bool {
    guard case .symbol(let id) = self[handle] else { return false }
    return kind(of: id) == .label
  }
}
