import NablaCalculus
import NablaExpressions
import NablaNotation
import NablaRewriting

/// A matrix form with the indices that count its rows and columns.
struct LiftedResult {
  let form: MatrixForm
  let row: SymbolID?
  let column: SymbolID?
}

extension Solver {
  /// The matrix form of a result with one or two free indices, if there is one.
  ///
  /// The first index counts rows, the second columns.
  func lifted(
    _ result: Handle, _ indices: [SymbolID], _ pool: inout ExpressionPool
  ) -> MatrixForm? {
    guard indices.count <= 2 else { return nil }
    return pool.lift(
      result, row: indices.first, column: indices.count > 1 ? indices[1] : nil)
  }

  /// The matrix form of a derivative in the layout of the scope; nil for a scalar by a scalar.
  ///
  /// Rows count the entries of the subject, or are those of the variable; a second variable has
  /// the columns.
  func matrixForm(
    of result: Handle, _ subject: Handle, by variables: [Handle], _ scope: Scope,
    _ pool: inout ExpressionPool
  ) -> LiftedResult? {
    var axes: [SymbolID] = []
    for handle in [subject] + variables {
      guard let own = freeAxes(of: handle, pool) else { return nil }
      axes += own
    }
    guard !axes.isEmpty, axes.count <= 2, Set(axes).count == axes.count,
      axes.allSatisfy({ pool.kind(of: $0) == .index })
    else { return nil }
    let ofScalar = freeAxes(of: subject, pool)?.isEmpty ?? true
    let isTurned =
      variables.count == 1 && scope.layout == (ofScalar ? .numerator : .denominator)
    let isRow = axes.count == 1 && ([subject] + variables).contains { isInRow($0, pool) }
    var (row, column) = (axes.first, axes.count > 1 ? axes[1] : nil)
    if axes.count == 1 ? isRow != isTurned : isTurned { swap(&row, &column) }
    guard let form = pool.lift(result, row: row, column: column) else { return nil }
    return LiftedResult(form: form, row: row, column: column)
  }

  /// Whether a component stands in a matrix of one row, its place in the row being open.
  private func isInRow(_ handle: Handle, _ pool: borrowing ExpressionPool) -> Bool {
    guard case .entry(_, let list) = pool[handle], pool.count(list) == 2,
      case .integer = pool[pool.operand(list, 0)], case .symbol = pool[pool.operand(list, 1)]
    else { return false }
    return true
  }

  /// An expression in matrix notation; nil for a name, and where there is no such form.
  func wholeForm(
    of subject: Handle, _ pool: inout ExpressionPool
  ) -> MatrixForm? {
    guard pool.headSymbol(of: subject) == nil, let axes = freeAxes(of: subject, pool),
      let form = lifted(subject, axes, &pool), !form.isElementary
    else { return nil }
    return form
  }

  /// The indices of a component if they are names that stand for whole axes.
  ///
  /// Fixed places and labels are no axes; an index used twice or inside a sum has no matrix form.
  private func freeAxes(
    of handle: Handle, _ pool: borrowing ExpressionPool
  ) -> [SymbolID]? {
    switch pool[handle] {
    case .entry(_, let list):
      var axes: [SymbolID] = []
      for index in pool.operands(list) {
        switch pool[index] {
        case .symbol(let id) where pool.kind(of: id) == .index: axes.append(id)
        case .symbol, .integer: break
        default: return nil
        }
      }
      return axes
    case .symbol: return []
    default: return pool.freeIndices(of: [handle])
    }
  }
}
