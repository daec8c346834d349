import NablaExpressions

extension Lowering {
  /// One bound index with its range and the condition that leaves values out.
  private struct BoundIndex {
    let symbol: SymbolID
    let range: IndexRange
    let dependsOnSibling: Bool
  }

  /// `sum(k, e)`, `product(k != i, e)`, `sum(k = 1..K, e)`; of an array, entry by entry.
  mutating func binder(
    _ syntax: BinderSyntax, in pool: inout ExpressionPool
  ) throws(Diagnostic) -> MatrixForm {
    let outer = locals.count
    defer { locals.removeLast(locals.count - outer) }
    var indices: [BoundIndex] = []
    var conditions: [Handle] = []
    for index in syntax.indices {
      let bound = try bind(index, siblings: indices, in: &pool)
      let own = pool.symbol(bound.symbol)
      for excluded in index.excluded {
        let other = try self.index(excluded, in: bound.range, of: index.name.text, in: &pool)
        conditions.append(pool.relation(.notEqual, own, other))
      }
      locals.append(LocalName(name: index.name.text, symbol: bound.symbol, isBound: true))
      indices.append(bound)
    }
    let entries = try entries(of: syntax.body, in: &pool)
    var body = entries.value
    if !conditions.isEmpty {
      body = Self.restricted(body, to: conditions, syntax.operation, in: &pool)
    }
    body = Self.close(body, over: indices, syntax.operation, in: &pool)
    return entries.form(with: body)
  }

  /// The body with a factor that is 0, or a value of 1, where a condition fails.
  private static func restricted(
    _ body: Handle, to conditions: [Handle], _ operation: BinderSyntax.Operation,
    in pool: inout ExpressionPool
  ) -> Handle {
    switch operation {
    case .sum:
      var factors: [Handle] = []
      for condition in conditions { factors.append(pool.indicator(of: condition)) }
      if case .product(let list) = pool[body] {
        factors += pool.operands(list)
      } else {
        factors.append(body)
      }
      return pool.writtenProduct(factors)
    case .product:
      let all = conditions.count == 1 ? conditions[0] : pool.conjunction(conditions)
      return pool.writtenPiecewise([all, body, pool.one])
    }
  }

  /// One binder for each run of indices whose ranges do not depend on one another.
  private static func close(
    _ body: Handle, over indices: [BoundIndex], _ operation: BinderSyntax.Operation,
    in pool: inout ExpressionPool
  ) -> Handle {
    var result = body
    var end = indices.count
    while end > 0 {
      var start = end - 1
      while start > 0, !indices[start].dependsOnSibling { start -= 1 }
      let run = indices[start..<end]
      let symbols = run.map { $0.symbol }
      let ranges = run.map { $0.range }
      result =
        operation == .sum
        ? pool.closeSum(result, over: symbols, ranges: ranges)
        : pool.closeProduct(result, over: symbols, ranges: ranges)
      end = start
    }
    return result
  }

  private mutating func bind(
    _ index: BinderSyntax.Index, siblings: [BoundIndex], in pool: inout ExpressionPool
  ) throws(Diagnostic) -> BoundIndex {
    let name = index.name.text
    let quoted = DisplayText.quoted(name)
    for local in locals where local.isBound && local.name == name {
      throw Diagnostic(
        "index-bound-twice", "the index \(quoted) is bound twice", at: index.name.range,
        expected: "another index name")
    }
    let declared = symbol(named: name)
    if let declared {
      guard pool.kind(of: declared) == .index else {
        throw Diagnostic(
          "not-an-index", "\(quoted) is \(Self.noun(pool.kind(of: declared))), not an index",
          at: index.name.range)
      }
      if leftIndices.contains(declared) {
        throw Diagnostic(
          "index-bound-and-free",
          "the index \(quoted) is bound here and stands on the left of the definition as well",
          at: index.name.range, expected: "another index name")
      }
    }
    if let bounds = index.bounds {
      let range = try self.range(bounds, in: &pool)
      let depends = siblings.contains {
        pool.occurs($0.symbol, in: range.lower) || pool.occurs($0.symbol, in: range.upper)
      }
      if let declared, pool.symbols[Int(declared.index)].ranges.first == range {
        return BoundIndex(symbol: declared, range: range, dependsOnSibling: depends)
      }
      let temporary = pool.declare(Symbol(name, .index, ranges: [range]))
      return BoundIndex(symbol: temporary, range: range, dependsOnSibling: depends)
    }
    guard let declared, let range = pool.symbols[Int(declared.index)].ranges.first else {
      throw unknownIndex(
        index.name,
        expected: "a declared index, or a range such as \(DisplayText.escaped(name)) = 1..N",
        in: pool)
    }
    return BoundIndex(symbol: declared, range: range, dependsOnSibling: false)
  }

  /// `1..K`, each end a whole number.
  mutating func range(
    _ bounds: BoundsSyntax, in pool: inout ExpressionPool
  ) throws(Diagnostic) -> IndexRange {
    if scope.undeclaredAreScalars { declareDimensions(in: bounds.upper, in: &pool) }
    let lower = try integer(bounds.lower, in: &pool)
    let upper = try integer(bounds.upper, in: &pool)
    let range = IndexRange(lower: lower, upper: upper)
    if let first = form(lower, in: pool), let last = form(upper, in: pool),
      last.minus(first).isAlwaysNegative
    {
      throw Diagnostic(
        "empty-range", "the range \(Self.text(range, in: pool)) is empty",
        at: bounds.lower.range.union(bounds.upper.range))
    }
    return range
  }

  /// On the command line a name nobody declared is a dimension after `..`.
  mutating func declareDimensions(in bound: Syntax, in pool: inout ExpressionPool) {
    for name in bound.names where symbol(named: name.text) == nil {
      scope.names[name.text] = pool.declare(Symbol(name.text, .dimension))
    }
  }
}
