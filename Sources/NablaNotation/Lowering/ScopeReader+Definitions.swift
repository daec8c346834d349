import NablaExpressions

/// A definition whose left side is known and whose right side is still to be read.
struct PendingDefinition {
  let syntax: DefinitionSyntax
  let place: Int
  let symbol: SymbolID
  let parameters: [SymbolID]
  /// The names met on the right.
  var references: [SymbolID] = []
}

extension ScopeReader {
  // MARK: Left sides

  mutating func declare(
    _ definition: DefinitionSyntax, _ place: Int, in pool: inout ExpressionPool
  ) {
    do throws(Diagnostic) {
      definitions.append(try leftSide(definition, place, in: &pool))
    } catch {
      if own[definition.name.text] == nil { damagedNames.insert(definition.name.text) }
      report(error, place)
    }
  }

  private mutating func leftSide(
    _ definition: DefinitionSyntax, _ place: Int, in pool: inout ExpressionPool
  ) throws(Diagnostic) -> PendingDefinition {
    var symbol: Symbol
    var parameters: [SymbolID] = []
    switch definition.parameters {
    case .none: symbol = Symbol(definition.name.text, .scalar)
    case .indices(let names):
      var ranges: [IndexRange] = []
      for name in names {
        let index = try self.index(name, in: pool)
        parameters.append(index)
        if let range = lowering.range(of: index, in: pool) { ranges.append(range) }
      }
      symbol = Symbol(definition.name.text, .array, ranges: ranges)
    case .arguments(let names):
      for name in names { parameters.append(pool.declare(Symbol(name.text, .scalar))) }
      symbol = Symbol(definition.name.text, .function, arity: names.count)
    }
    let id: SymbolID
    if let known = own[definition.name.text], known.origin == .declared {
      try match(known.symbol, symbol, definition, in: &pool)
      id = known.symbol
      own[definition.name.text]?.origin = .defined
    } else {
      id = pool.declare(symbol)
      try introduce(definition.name, id, .defined)
    }
    return PendingDefinition(
      syntax: definition, place: place, symbol: id, parameters: parameters)
  }

  private mutating func index(
    _ name: NameSyntax, in pool: borrowing ExpressionPool
  ) throws(Diagnostic) -> SymbolID {
    guard let symbol = lowering.scope.names[name.text] else {
      throw lowering.unknownIndex(
        name, expected: "an index declared as in: index \(DisplayText.escaped(name.text)) = 1..N",
        in: pool)
    }
    guard pool.kind(of: symbol) == .index else {
      throw Diagnostic(
        "not-an-index",
        "\(DisplayText.quoted(name.text)) is \(Lowering.noun(pool.kind(of: symbol))), "
          + "not an index",
        at: name.range)
    }
    return symbol
  }

  /// A name that is declared and defined must be the same kind of thing both times.
  private func match(
    _ declared: SymbolID, _ defined: Symbol, _ definition: DefinitionSyntax,
    in pool: inout ExpressionPool
  ) throws(Diagnostic) {
    let known = pool.declaration(of: declared)
    // A name that is defined as a whole shows its shape on the right.
    if known.kind == .array, case .none = definition.parameters { return }
    let agrees: Bool
    switch known.kind {
    case .scalar: agrees = defined.kind == .scalar
    case .array:
      agrees =
        defined.kind == .array && known.ranges.count == defined.ranges.count
        && zip(known.ranges, defined.ranges).allSatisfy { lowering.matches($0, $1, in: pool) }
    case .function:
      agrees = defined.kind == .function && (known.arity == nil || known.arity == defined.arity)
      if agrees { pool.symbols[Int(declared.index)].arity = defined.arity }
    case .index, .label, .dimension: agrees = false
    }
    guard !agrees else { return }
    let isShape = known.kind == .array && defined.kind == .array
    throw Diagnostic(
      "definition-mismatch",
      "\(DisplayText.quoted(known.name)) is declared as \(Lowering.noun(known.kind)) "
        + (isShape ? "of another size" : "and defined as \(Lowering.noun(defined.kind))"),
      at: definition.name.range)
  }

  // MARK: Right sides

  mutating func lowerDefinitions(in pool: inout ExpressionPool) {
    var read = [Definition?](repeating: nil, count: definitions.count)
    let plan = readingOrder(in: pool)
    var unread: Set<Int> = []
    var circleErrors: [(error: Diagnostic, place: Int)] = []
    for number in plan.order {
      let pending = definitions[number]
      if plan.needs[number].contains(where: { unread.contains($0) }) {
        unread.insert(number)
        continue
      }
      do throws(Diagnostic) {
        read[number] = try rightSide(pending, in: &pool)
        definitions[number].references = lowering.references
      } catch {
        if plan.circular.contains(number) {
          // What goes round in a circle has no shape, and only the circle is told.
          circleErrors.append((error, pending.place))
          definitions[number].references = plan.needs[number].map { definitions[$0].symbol }
        } else {
          report(error, pending.place)
          if plan.usesMatrices[number] { unread.insert(number) }
        }
      }
    }
    for (pending, definition) in zip(definitions, read) {
      guard let definition else { continue }
      lowering.scope.definitions.add(definition)
      facts[pending.place] = .defined(definition)
    }
    let known = diagnostics.count
    rejectCircles(in: pool)
    if diagnostics.count == known {
      for entry in circleErrors { report(entry.error, entry.place) }
    }
    // A name without a shape is taken out, so that nothing more is said of it.
    for number in unread {
      let name = definitions[number].syntax.name.text
      damagedNames.insert(name)
      lowering.scope.names[name] = nil
    }
  }

  private mutating func rightSide(
    _ pending: PendingDefinition, in pool: inout ExpressionPool
  ) throws(Diagnostic) -> Definition {
    lowering.references.removeAll(keepingCapacity: true)
    lowering.definedName = pending.syntax.name.text
    lowering.allowedIndices = []
    defer {
      lowering.allowedIndices = nil
      lowering.leftIndices = []
      lowering.locals = []
    }
    switch pending.syntax.parameters {
    case .none: return try whole(pending, in: &pool)
    case .indices:
      lowering.allowedIndices = pending.parameters
      lowering.leftIndices = pending.parameters
    case .arguments(let names):
      for (name, symbol) in zip(names, pending.parameters) {
        lowering.locals.append(
          Lowering.LocalName(name: name.text, symbol: symbol, isBound: false))
      }
    }
    let body = try lowering.expression(pending.syntax.value, in: &pool)
    return Definition(symbol: pending.symbol, parameters: pending.parameters, body: body)
  }
}
