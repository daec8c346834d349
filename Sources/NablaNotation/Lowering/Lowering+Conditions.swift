import NablaExpressions

extension Relation {
  /// The relation that a comparison sign stands for.
  package init(_ operation: ComparisonOperator) {
    switch operation {
    case .equal: self = .equal
    case .notEqual: self = .notEqual
    case .less: self = .less
    case .lessOrEqual: self = .lessOrEqual
    case .greater: self = .greater
    case .greaterOrEqual: self = .greaterOrEqual
    }
  }
}

extension Lowering {
  /// The written form of a condition.
  package mutating func condition(
    _ syntax: Syntax, in pool: inout ExpressionPool
  ) throws(Diagnostic) -> Handle {
    switch syntax.kind {
    case .comparison(let left, let operation, let right):
      let left = try expression(left, in: &pool)
      let right = try expression(right, in: &pool)
      return pool.relation(Relation(operation), left, right)
    case .and(let parts):
      let handles = try conditions(parts, in: &pool)
      return pool.conjunction(handles)
    case .or(let parts):
      let handles = try conditions(parts, in: &pool)
      return pool.disjunction(handles)
    case .not(let inner):
      let handle = try condition(inner, in: &pool)
      return pool.complement(handle)
    default:
      throw Self.valueAsCondition(at: syntax.range)
    }
  }

  static func valueAsCondition(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "value-as-condition", "a value stands where a condition is needed", at: range,
      expected: "a comparison such as x > 0")
  }

  private mutating func conditions(
    _ parts: [Syntax], in pool: inout ExpressionPool
  ) throws(Diagnostic) -> [Handle] {
    var handles: [Handle] = []
    for part in parts { handles.append(try condition(part, in: &pool)) }
    return handles
  }

  mutating func piecewise(
    _ branches: [PiecewiseBranchSyntax], _ otherwise: Syntax?, in pool: inout ExpressionPool
  ) throws(Diagnostic) -> Handle {
    var handles: [Handle] = []
    for branch in branches {
      handles.append(try condition(branch.condition, in: &pool))
      handles.append(try expression(branch.value, in: &pool))
    }
    if let otherwise { handles.append(try expression(otherwise, in: &pool)) }
    return pool.writtenPiecewise(handles)
  }
}
