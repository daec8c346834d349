import NablaCalculus
import NablaExpressions
import NablaNotation

/// Quantities at several values of a name.
package struct ValueTable: Sendable {
  /// What a row holds: a scalar, or the components of a vector or matrix one after the other.
  package var columns: [Handle]
  package var variable: Handle
  package var rows: [(value: Handle, cells: [NumericValue])]
}

extension Solver {
  /// Evaluates the targets once for each value of the variable, everything else as given.
  func tabulate(
    _ targets: [Task.Target], _ variable: SymbolID, _ values: [Handle],
    _ solved: inout SolvedTask, _ pool: inout ExpressionPool
  ) {
    var scope = solved.task.scope
    var table = ValueTable(columns: [], variable: pool.symbol(variable), rows: [])
    let differentiation = differentiationContext(scope, &pool)
    var formulas: [Handle] = []
    for value in values {
      scope.values[variable] = ValueAssignment(value)
      let given = GivenValues(scope, in: &pool)
      if table.columns.isEmpty {
        table.columns = components(of: targets, given, &pool)
        if let missing = firstMissing(in: table.columns, given, &pool) {
          solved.obstacle =
            "“\(pool.declaration(of: missing).name)” has no value; give it one with “at”"
          solved.verdict = .failed
          return
        }
        for column in table.columns {
          formulas.append(pool.differentiated(column, differentiation))
        }
      }
      var cells: [NumericValue] = []
      for (column, formula) in zip(table.columns, formulas) {
        let exists = isDefined(column, given, &pool)
        cells.append((exists ? given.value(of: formula, &pool) : nil) ?? .undefined)
      }
      table.rows.append((value, cells))
    }
    solved.table = table
  }

  /// A derivative has no value at a kink.
  private func isDefined(
    _ column: Handle, _ values: GivenValues, _ pool: inout ExpressionPool
  ) -> Bool {
    guard case .derivative(let body, let list) = pool[column] else { return true }
    return values.isDifferentiable(body, by: pool.operands(list), &pool)
  }

  private func components(
    of targets: [Task.Target], _ values: GivenValues, _ pool: inout ExpressionPool
  ) -> [Handle] {
    var found: [Handle] = []
    for target in targets {
      switch target {
      case .value(let handle): found.append(handle)
      case .array(let id):
        found += values.components(of: id, &pool).map { Array($0.joined()) } ?? [pool.symbol(id)]
      case .entries(let handle, let indices):
        for choice in values.places(of: indices, &pool) {
          found.append(pool.substitute(choice, in: handle))
        }
      }
    }
    return found
  }

  private func firstMissing(
    in columns: [Handle], _ values: GivenValues, _ pool: inout ExpressionPool
  ) -> SymbolID? {
    for column in columns {
      let free = Set(pool.freeIndices(of: [column]))
      if let missing = values.firstMissing(in: column, free: free, &pool) { return missing }
    }
    return nil
  }
}
