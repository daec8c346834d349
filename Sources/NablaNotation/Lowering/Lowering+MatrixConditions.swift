import NablaExpressions

/// Conditions and values that are read together, so that all have one shape.
private struct ConditionalParts {
  /// What stands in the conditions and as values, in the order of the text.
  var operands: [ShapedOperand] = []
  /// The next operand that a condition or a value takes.
  var next = 0
  var row: Handle
  var column: Handle
}

/// Indicators and cases of arrays, entry by entry.
extension Lowering {
  mutating func formOfIndicator(
    _ condition: Syntax, in pool: inout ExpressionPool
  ) throws(Diagnostic) -> MatrixForm {
    var parts: [Syntax] = []
    try Self.collectOperands(of: condition, into: &parts)
    return try entryByEntry(parts, in: &pool) {
      (lowering, parts, pool) throws(Diagnostic) in
      let handle = try lowering.condition(condition, &parts, in: &pool)
      return pool.indicator(of: handle)
    }
  }

  mutating func formOfPiecewise(
    _ branches: [PiecewiseBranchSyntax], _ otherwise: Syntax?, in pool: inout ExpressionPool
  ) throws(Diagnostic) -> MatrixForm {
    var parts: [Syntax] = []
    for branch in branches {
      try Self.collectOperands(of: branch.condition, into: &parts)
      parts.append(branch.value)
    }
    if let otherwise { parts.append(otherwise) }
    return try entryByEntry(parts, in: &pool) {
      (lowering, parts, pool) throws(Diagnostic) in
      var handles: [Handle] = []
      for branch in branches {
        handles.append(try lowering.condition(branch.condition, &parts, in: &pool))
        handles.append(try lowering.value(&parts, in: &pool))
      }
      if otherwise != nil { handles.append(try lowering.value(&parts, in: &pool)) }
      return pool.writtenPiecewise(handles)
    }
  }

  /// The form whose entries are made of the entries of some parts of one shape.
  private mutating func entryByEntry(
    _ parts: [Syntax], in pool: inout ExpressionPool,
    _ build: (inout Lowering, inout ConditionalParts, inout ExpressionPool) throws(Diagnostic) ->
      Handle
  ) throws(Diagnostic) -> MatrixForm {
    var operands = try operands(parts, in: &pool)
    let shape = try commonShape(&operands, of: .call, in: &pool)
    var entries = WrittenEntries(value: pool.one, shape: shape)
    entries.name(in: &pool)
    var read = ConditionalParts(
      operands: operands, row: entries.rowName(in: &pool), column: entries.columnName(in: &pool))
    return entries.form(with: try build(&self, &read, &pool))
  }

  /// The sides of the comparisons in a condition.
  private static func collectOperands(
    of condition: Syntax, into found: inout [Syntax]
  ) throws(Diagnostic) {
    switch condition.kind {
    case .comparison(let left, _, let right): found += [left, right]
    case .and(let parts), .or(let parts):
      for part in parts { try collectOperands(of: part, into: &found) }
    case .not(let inner): try collectOperands(of: inner, into: &found)
    default: throw valueAsCondition(at: condition.range)
    }
  }

  private mutating func condition(
    _ syntax: Syntax, _ parts: inout ConditionalParts, in pool: inout ExpressionPool
  ) throws(Diagnostic) -> Handle {
    switch syntax.kind {
    case .comparison(_, let operation, _):
      let left = try value(&parts, in: &pool)
      return pool.relation(Relation(operation), left, try value(&parts, in: &pool))
    case .and(let inner): return pool.conjunction(try conditions(inner, &parts, in: &pool))
    case .or(let inner): return pool.disjunction(try conditions(inner, &parts, in: &pool))
    case .not(let inner): return pool.complement(try condition(inner, &parts, in: &pool))
    default: throw Self.valueAsCondition(at: syntax.range)
    }
  }

  private mutating func conditions(
    _ list: [Syntax], _ parts: inout ConditionalParts, in pool: inout ExpressionPool
  ) throws(Diagnostic) -> [Handle] {
    var handles: [Handle] = []
    for syntax in list { handles.append(try condition(syntax, &parts, in: &pool)) }
    return handles
  }

  /// The entry of the next operand.
  private mutating func value(
    _ parts: inout ConditionalParts, in pool: inout ExpressionPool
  ) throws(Diagnostic) -> Handle {
    let operand = parts.operands[parts.next]
    parts.next += 1
    return try written(
      operand.form, row: parts.row, column: parts.column, at: operand.syntax.range, in: &pool)
  }
}
