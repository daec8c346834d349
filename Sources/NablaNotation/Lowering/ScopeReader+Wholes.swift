import NablaExpressions

/// Definitions of names as wholes, `z = W' * x + b`, whose shapes come from their right sides.
extension ScopeReader {
  /// The order in which right sides are read, and which of them stand in a circle.
  struct ReadingOrder {
    var order: [Int] = []
    var circular: Set<Int> = []
    /// For each definition those of this section whose names it mentions.
    var needs: [[Int]] = []
    /// Whether a definition is written in matrix notation, or may turn out to be.
    var usesMatrices: [Bool] = []
  }

  /// Definitions in matrix notation come first, each after those it needs the shapes of.
  ///
  /// - Complexity: linear in the size of the definitions.
  func readingOrder(in pool: borrowing ExpressionPool) -> ReadingOrder {
    var plan = ReadingOrder()
    plan.usesMatrices = [Bool](repeating: false, count: definitions.count)
    var numbers: [String: Int] = [:]
    for (number, pending) in definitions.enumerated() {
      if case .arguments = pending.syntax.parameters { continue }
      numbers[pending.syntax.name.text] = number
    }
    var hasMatrices = false
    for (number, pending) in definitions.enumerated() {
      var own: [Int] = []
      var seen: Set<Int> = []
      for name in pending.syntax.value.names {
        if let other = numbers[name.text], seen.insert(other).inserted { own.append(other) }
      }
      plan.needs.append(own)
      plan.usesMatrices[number] = lowering.usesMatrixNotation(pending.syntax.value, in: pool)
      hasMatrices = hasMatrices || plan.usesMatrices[number]
    }
    if hasMatrices { sort(&plan) } else { plan.order = Array(definitions.indices) }
    return plan
  }

  private func sort(_ plan: inout ReadingOrder) {
    let needs = plan.needs
    var sorted: [Int] = []
    /// 0 for a definition not yet visited, 1 for one on the way, 2 for one that is done.
    var states = [UInt8](repeating: 0, count: needs.count)
    for start in needs.indices where states[start] == 0 {
      var path = [(number: start, next: 0)]
      states[start] = 1
      while let top = path.last {
        guard top.next < needs[top.number].count else {
          path.removeLast()
          states[top.number] = 2
          sorted.append(top.number)
          continue
        }
        path[path.count - 1].next += 1
        let number = needs[top.number][top.next]
        if states[number] == 0 {
          states[number] = 1
          path.append((number, 0))
        } else if states[number] == 1, let entry = path.firstIndex(where: { $0.number == number }) {
          for place in path[entry...] { plan.circular.insert(place.number) }
        }
      }
    }
    for number in sorted where !plan.usesMatrices[number] {
      let usesMatrices = needs[number].contains { other in
        guard plan.usesMatrices[other], case .none = definitions[other].syntax.parameters else {
          return false
        }
        return true
      }
      plan.usesMatrices[number] = usesMatrices
    }
    plan.order = sorted.filter { plan.usesMatrices[$0] }
    plan.order += definitions.indices.filter { !plan.usesMatrices[$0] }
  }

  // MARK: Right sides

  /// Reads the right side of a name that has no indices on the left.
  mutating func whole(
    _ pending: PendingDefinition, in pool: inout ExpressionPool
  ) throws(Diagnostic) -> Definition {
    let syntax = pending.syntax
    let isDeclared = pool.kind(of: pending.symbol) == .array
    if isDeclared {
      lowering.shapeBeside = lowering.shape(of: pending.symbol, in: pool)
    }
    defer { lowering.shapeBeside = nil }
    var form = try lowering.form(syntax.value, in: &pool)
    if isDeclared {
      form = try fitting(form, pending, in: pool)
    } else if form.shape.isScalar {
      let body = try lowering.scalarValue(of: form, syntax.value, in: &pool)
      return Definition(
        symbol: pending.symbol, parameters: [], body: body,
        form: form.isElementary ? nil : form)
    } else {
      try makeArray(pending, form.shape, in: &pool)
    }
    var names = IndexNames()
    var parameters: [SymbolID] = []
    var handles: [Handle] = []
    for range in pool.symbols[Int(pending.symbol.index)].ranges {
      let index =
        range.isUnit
        ? pool.freshIndex(over: range) : names.takeFresh(for: range, lowering, in: &pool)
      parameters.append(index)
      handles.append(pool.symbol(index))
    }
    let body = try lowering.written(
      form, row: handles[0], column: handles[handles.count - 1], at: syntax.value.range, in: &pool)
    return Definition(
      symbol: pending.symbol, parameters: parameters, body: body, form: form)
  }

  /// Gives a name the axes of what it stands for; a row keeps its single row.
  private mutating func makeArray(
    _ pending: PendingDefinition, _ shape: Shape, in pool: inout ExpressionPool
  ) throws(Diagnostic) {
    if own[pending.syntax.name.text]?.origin == .defined, isDeclaredScalar(pending) {
      throw Diagnostic(
        "definition-mismatch",
        "\(DisplayText.quoted(pending.syntax.name.text)) is declared as a scalar and defined as "
          + Lowering.described(shape, in: pool),
        at: pending.syntax.name.range)
    }
    var ranges = shape.ranges
    if shape.isRow { ranges.insert(IndexRange(lower: pool.one, upper: pool.one), at: 0) }
    pool.symbols[Int(pending.symbol.index)].kind = .array
    pool.symbols[Int(pending.symbol.index)].ranges = ranges
  }

  private func isDeclaredScalar(_ pending: PendingDefinition) -> Bool {
    for case .declared(let symbols)? in facts where symbols.contains(pending.symbol) {
      return true
    }
    return false
  }

  /// The right side if it has the shape that is declared.
  private func fitting(
    _ form: MatrixForm, _ pending: PendingDefinition, in pool: borrowing ExpressionPool
  ) throws(Diagnostic) -> MatrixForm {
    let shape = lowering.shape(of: pending.symbol, in: pool)
    if lowering.matches(form.shape, shape, in: pool) { return form }
    if let literal = lowering.literal(form, fitting: shape, in: pool) { return literal }
    let value = pending.syntax.value
    let name = pending.syntax.name.text
    throw Diagnostic(
      "definition-mismatch",
      "\(DisplayText.quoted(name)) is declared as \(Lowering.described(shape, in: pool)) and "
        + "defined as \(Lowering.described(form.shape, in: pool))",
      at: value.range)
  }
}
