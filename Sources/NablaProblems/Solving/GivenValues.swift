import NablaExpressions
import NablaNotation
import NablaNumbers
import NablaVerification

/// The values that a scope gives to names, for exact arithmetic and for doubles.
package struct GivenValues: Sendable {
  private let scope: Scope
  /// Sizes and labels as integers.
  package private(set) var integers: [SymbolID: Int] = [:]

  package init(_ scope: Scope, in pool: inout ExpressionPool) {
    self.scope = scope
    for symbol in scope.values.keys {
      let kind = pool.kind(of: symbol)
      guard kind == .dimension || kind == .label,
        let whole = scope.number(symbol, in: pool)?.asInt
      else { continue }
      integers[symbol] = whole
    }
  }

  package var isEmpty: Bool { scope.values.isEmpty }

  /// Whether a name has a value of its own.
  package func gives(_ symbol: SymbolID) -> Bool { scope.values[symbol] != nil }

  /// The first name without a value that an expression depends on.
  package func firstMissing(
    in root: Handle, free indices: Set<SymbolID> = [], _ pool: inout ExpressionPool
  ) -> SymbolID? {
    var seen: Set<SymbolID> = []
    return firstMissing(root, indices, &seen, &pool)
  }

  private func firstMissing(
    _ root: Handle, _ bound: Set<SymbolID>, _ seen: inout Set<SymbolID>,
    _ pool: inout ExpressionPool
  ) -> SymbolID? {
    for symbol in pool.symbolsOccurring(in: [root]) where !bound.contains(symbol) {
      if gives(symbol) || !seen.insert(symbol).inserted { continue }
      let base = pool.declaration(of: symbol).derivative?.function ?? symbol
      if let definition = scope.definitions[base] {
        let inner = bound.union(definition.parameters)
        if let missing = firstMissing(definition.body, inner, &seen, &pool) { return missing }
        continue
      }
      return symbol
    }
    return nil
  }

  /// The exact value of an expression as it stands; nil where it is not rational or not defined.
  package func exactValue(of root: Handle, _ pool: inout ExpressionPool) -> Rational? {
    var evaluator = ExactEvaluator(scope)
    do throws(UndefinedValue) {
      return try evaluator.value(of: root, in: &pool)
    } catch {
      return nil
    }
  }

  /// The rational value that simplifying gives, such as 2 for (√2)².
  ///
  /// Simplifying may extend the domain, so the caller has to know that the value exists.
  package func simplifiedValue(of root: Handle, _ pool: inout ExpressionPool) -> Rational? {
    var substitution = Substitution()
    for (symbol, value) in scope.values where value.rows.count == 1 && value.rows[0].count == 1 {
      substitution.symbols[symbol] = value.rows[0][0]
    }
    let opened = pool.opened(root, scope.definitions)
    return pool.rational(pool.canonical(pool.substitute(substitution, in: opened)))
  }

  /// The value of an expression as a double; nil where it is not defined or something is missing.
  package func doubleValue(of root: Handle, _ pool: inout ExpressionPool) -> Double? {
    var context = TapeContext(definitions: scope.definitions, values: integers)
    context.instructionLimit = 1_000_000
    guard let tape = try? Tape([root], context, &pool) else { return nil }
    var inputs: [Double] = []
    for slot in tape.slots {
      guard let value = doubleInput(slot, context, &pool) else { return nil }
      inputs.append(value)
    }
    guard let result = tape.values(at: inputs).first, result.isFinite else { return nil }
    return result
  }

  /// The value of an input of a tape as a double.
  func doubleInput(
    _ slot: Slot, _ context: TapeContext, _ pool: inout ExpressionPool
  ) -> Double? {
    if slot.isShift { return 0 }
    guard let rows = scope.values[slot.symbol]?.rows,
      let entry = component(slot, rows, &pool)
    else { return nil }
    if let exact = exactValue(of: entry, &pool) { return exact.doubleValue }
    guard let tape = try? Tape([entry], context, &pool), tape.slots.isEmpty else { return nil }
    return tape.values(at: []).first
  }

  private func component(
    _ slot: Slot, _ rows: [[Handle]], _ pool: inout ExpressionPool
  ) -> Handle? {
    if slot.indices.isEmpty { return rows.first?.first }
    var places: [Int] = []
    for (index, range) in zip(slot.indices, pool.declaration(of: slot.symbol).ranges) {
      places.append(index - (exactValue(of: range.lower, &pool)?.asInt ?? 1))
    }
    if places.count == 1 {
      let entries = rows.count == 1 ? rows[0] : rows.compactMap { $0.first }
      return entries.indices.contains(places[0]) ? entries[places[0]] : nil
    }
    guard places.count == 2, rows.indices.contains(places[0]),
      rows[places[0]].indices.contains(places[1])
    else { return nil }
    return rows[places[0]][places[1]]
  }

  /// The value of an expression: exact where it is rational.
  package func value(of root: Handle, _ pool: inout ExpressionPool) -> NumericValue? {
    if let exact = exactValue(of: root, &pool) { return .exact(pool.number(exact)) }
    guard let double = doubleValue(of: root, &pool) else { return nil }
    if let exact = simplifiedValue(of: root, &pool),
      abs(exact.doubleValue - double) <= 1e-9 * max(1, abs(double))
    {
      return .exact(pool.number(exact))
    }
    return .approximate(double)
  }

  /// Whether a derivative has a value here: not at a kink that no convention settles.
  package func isDifferentiable(
    _ subject: Handle, by variables: [Handle], _ pool: inout ExpressionPool
  ) -> Bool {
    if !scope.conventions.isEmpty { return true }
    return doubleValue(of: pool.derivative(subject, by: variables), &pool) != nil
  }

  // MARK: Whole arrays

  /// More components are not shown or computed one by one.
  private static var mostComponents: Int { 4096 }

  /// The components of an array by rows, a vector as one column; nil if a size is not known.
  func components(of symbol: SymbolID, _ pool: inout ExpressionPool) -> [[Handle]]? {
    var bounds: [ClosedRange<Int>] = []
    for range in pool.declaration(of: symbol).ranges {
      guard let lower = exactValue(of: range.lower, &pool)?.asInt,
        let upper = exactValue(of: range.upper, &pool)?.asInt, lower <= upper,
        upper - lower < Self.mostComponents
      else { return nil }
      bounds.append(lower...upper)
    }
    guard let rows = bounds.first else { return [[pool.symbol(symbol)]] }
    let columns = bounds.count > 1 ? bounds[1] : nil
    guard bounds.count <= 2, rows.count * (columns?.count ?? 1) <= Self.mostComponents else {
      return nil
    }
    var components: [[Handle]] = []
    for row in rows {
      var entries: [Handle] = []
      if let columns {
        for column in columns {
          entries.append(pool.entry(symbol, [pool.integer(row), pool.integer(column)]))
        }
      } else {
        entries.append(pool.entry(symbol, [pool.integer(row)]))
      }
      components.append(entries)
    }
    return components
  }

  /// What stands in the places of an array: the given numbers, or the components of a definition.
  func entries(of symbol: SymbolID, _ pool: inout ExpressionPool) -> [[Handle]]? {
    scope.values[symbol]?.rows ?? components(of: symbol, &pool)
  }
}
