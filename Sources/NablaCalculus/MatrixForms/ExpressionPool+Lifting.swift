import NablaExpressions

extension ExpressionPool {
  /// The matrix form of a scalar expression along a row and a column index; of a scalar where both
  /// are nil, of a vector where one is.
  ///
  /// The form is written out again and compared before it is given; nil where none is found.
  /// Free indices other than the two stay inside scalar parts.
  /// - Complexity: polynomial in the size of the canonical form, within a fixed budget.
  package mutating func lift(
    _ entry: Handle, row: SymbolID?, column: SymbolID?
  ) -> MatrixForm? {
    if row != nil, row == column { return nil }
    return orderingSymmetricNames { $0.liftOrdered(entry, row, column) }
  }

  private mutating func liftOrdered(
    _ entry: Handle, _ row: SymbolID?, _ column: SymbolID?
  ) -> MatrixForm? {
    let form = canonical(entry)
    if depth(form) > 200 || treeSize(form) > 20_000 { return nil }
    if !traits(form).contains(.binder), let rows = literal(form, row: row, column: column),
      isForm(rows, of: form, row: row, column: column)
    {
      guard let other = proved(form, row, column), effort(other) <= effort(rows) else {
        return rows
      }
      return other
    }
    let found = proved(form, row, column)
    // Multiplied out, sums with I or 1 among their terms may be shorter.
    if let found, !found.hasFilling { return found }
    let opened = distributed(form, limit: 40)
    let other = opened == form ? nil : proved(opened, row, column)
    if let found, let other {
      if found.hasMask != other.hasMask { return found.hasMask ? other : found }
      return effort(other) < effort(found) ? other : found
    }
    if let known = found ?? other { return known }
    let expanded = expanded(withoutExclusions(form), limit: 60)
    return expanded == form || expanded == opened ? nil : proved(expanded, row, column)
  }

  /// 1[i ≠ j] as 1 − δ(i,j); canonical in and out.
  private mutating func withoutExclusions(_ root: Handle) -> Handle {
    if !traits(root).contains(.condition) { return root }
    var substitution = Substitution()
    for node in nodesBelow([root]) {
      guard case .indicator(let condition) = self[node],
        case .relation(.notEqual, let list) = self[condition],
        isIndexLike(operand(list, 0)), isIndexLike(operand(list, 1))
      else { continue }
      let delta = writtenDelta(operand(list, 0), operand(list, 1))
      substitution.nodes[node] = writtenSum([one, negation(delta)])
    }
    return canonical(substitute(substitution, in: root))
  }

  /// The form found for a canonical expression, if it can be proved.
  private mutating func proved(
    _ canonical: Handle, _ row: SymbolID?, _ column: SymbolID?
  ) -> MatrixForm? {
    var lifter = Lifter()
    guard let lifted = lifter.liftFully(canonical, row, column, in: &self) else { return nil }
    let form = abbreviated(lifted)
    return isForm(form, of: canonical, row: row, column: column) ? form : nil
  }

  /// Whether the entries of a form are certainly those of an expression.
  package mutating func isForm(
    _ form: MatrixForm, of expression: Handle, row: SymbolID?, column: SymbolID?
  ) -> Bool {
    if (row != nil) != (form.shape.rows != nil) { return false }
    if (column != nil) != (form.shape.columns != nil) { return false }
    let written = entry(
      of: form, row: row.map { symbol($0) } ?? one, column: column.map { symbol($0) } ?? one)
    if canonical(written) == canonical(expression) { return true }
    return mergingNestedSums { $0.areEqual(written, expression) }
  }

  private mutating func areEqual(_ left: Handle, _ right: Handle) -> Bool {
    let difference = canonicalDifference(canonical(left), canonical(right))
    if difference == zero || areIdentical(difference, zero) { return true }
    if treeSize(difference) > 4000 { return false }
    var memo = HandleMap()
    let opened = expandedThroughout(difference, &memo)
    return opened == zero || areIdentical(opened, zero)
  }

  /// Products multiplied out and deltas applied in every part, from the inside outwards.
  private mutating func expandedThroughout(_ handle: Handle, _ memo: inout HandleMap) -> Handle {
    if let known = memo[handle] { return known }
    let mapped = mapOpenedChildren(of: handle) { pool, child in
      pool.expandedThroughout(child, &memo)
    }
    let result = withDeltasApplied(expanded(canonical(mapped), limit: 100))
    memo[handle] = result
    return result
  }

  /// Each term δ(i,j)·f(i,j) of a sum as δ(i,j)·f(i,i).
  private mutating func withDeltasApplied(_ sum: Handle) -> Handle {
    var terms: [Handle] = []
    for term in termHandles(sum) {
      var current = term
      for factor in factorHandles(term) {
        guard case .delta(let left, let right) = self[factor], case .symbol(let id) = self[right]
        else { continue }
        var substitution = Substitution()
        substitution.symbols[id] = left
        let rest = canonicalProduct([current, canonicalPower(factor, minusOne)])
        current = canonicalProduct([factor, canonical(substitute(substitution, in: rest))])
      }
      terms.append(current)
    }
    return canonicalSum(terms)
  }
}
