import NablaExpressions
import NablaNotation
import NablaNumbers
import NablaVerification

/// The values that a scope gives to names, for exact arithmetic and for doubles.
package struct GivenValues: Sendable {
  /// Scalars, dimensions and labels.
  private(set) var symbols: [SymbolID: Handle] = [:]
  private var arrays: [SymbolID: [[Handle]]] = [:]
  /// Sizes and labels as integers.
  private(set) var integers: [SymbolID: Int] = [:]
  private let definitions: Definitions

  package init(_ scope: Scope, in pool: inout ExpressionPool) {
    definitions = scope.definitions
    for (symbol, value) in scope.values {
      let kind = pool.kind(of: symbol)
      if kind == .array {
        arrays[symbol] = value.rows
      } else if value.rows.count == 1, value.rows[0].count == 1 {
        let canonical = pool.canonical(value.rows[0][0])
        symbols[symbol] = canonical
        if kind == .dimension || kind == .label, let whole = pool.rational(canonical)?.asInt {
          integers[symbol] = whole
        }
      }
    }
  }

  package var isEmpty: Bool { symbols.isEmpty && arrays.isEmpty }

  /// Whether a name has a value of its own.
  package func gives(_ symbol: SymbolID) -> Bool {
    symbols[symbol] != nil || arrays[symbol] != nil
  }

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
      // f′ has a value where f is defined.
      let base = pool.declaration(of: symbol).derivative?.function ?? symbol
      if let definition = definitions[base] {
        let inner = bound.union(definition.parameters)
        if let missing = firstMissing(definition.body, inner, &seen, &pool) { return missing }
        continue
      }
      return symbol
    }
    return nil
  }

  /// The exact value of an expression at the given values; nil where it is not rational.
  package func exactValue(of root: Handle, _ pool: inout ExpressionPool) -> Rational? {
    var memo: [Handle: Handle] = [:]
    var work = 20_000
    guard let reduced = reduce(root, &memo, &work, &pool) else { return nil }
    return pool.rational(pool.canonical(reduced))
  }

  /// Names replaced by values and sums written out; nil beyond a budget.
  private func reduce(
    _ handle: Handle, _ memo: inout [Handle: Handle], _ work: inout Int,
    _ pool: inout ExpressionPool
  ) -> Handle? {
    if let known = memo[handle] { return known }
    work -= 1
    if work < 0 { return nil }
    let result: Handle?
    switch pool[handle] {
    case .symbol(let id):
      if let value = symbols[id] {
        result = value
      } else if let body = pool.instantiate(handle, from: definitions) {
        result = reduce(body, &memo, &work, &pool)
      } else {
        result = handle
      }
    case .entry(let id, let list):
      result = reduceEntry(handle, id, pool.operands(list), &memo, &work, &pool)
    case .indexedSum, .indexedProduct:
      result = unroll(handle, &memo, &work, &pool)
    case .derivative: result = nil
    default:
      if let body = pool.instantiate(handle, from: definitions) {
        result = reduce(body, &memo, &work, &pool)
      } else {
        var isPossible = true
        let mapped = pool.mapChildren(of: handle) { pool, child, _ in
          guard isPossible, let inner = reduce(child, &memo, &work, &pool) else {
            isPossible = false
            return child
          }
          return inner
        }
        result = isPossible ? pool.canonical(mapped) : nil
      }
    }
    memo[handle] = result
    return result
  }

  private func reduceEntry(
    _ handle: Handle, _ id: SymbolID, _ indices: [Handle], _ memo: inout [Handle: Handle],
    _ work: inout Int, _ pool: inout ExpressionPool
  ) -> Handle? {
    var reduced: [Handle] = []
    for index in indices {
      guard let value = reduce(index, &memo, &work, &pool) else { return nil }
      reduced.append(value)
    }
    if let rows = arrays[id] {
      return component(id, rows, reduced, &pool)
    }
    let name = pool.entry(id, reduced)
    if let body = pool.instantiate(name, from: definitions) {
      return reduce(body, &memo, &work, &pool)
    }
    return name
  }

  private func component(
    _ id: SymbolID, _ rows: [[Handle]], _ indices: [Handle], _ pool: inout ExpressionPool
  ) -> Handle? {
    let ranges = pool.declaration(of: id).ranges
    var places: [Int] = []
    for (slot, index) in indices.enumerated() {
      guard let value = pool.rational(index)?.asInt, slot < ranges.count,
        let lower = pool.rational(pool.canonical(ranges[slot].lower))?.asInt
      else { return nil }
      places.append(value - lower)
    }
    if places.count == 1 {
      let entries = rows.count == 1 ? rows[0] : rows.compactMap { $0.first }
      guard entries.indices.contains(places[0]) else { return nil }
      return pool.canonical(entries[places[0]])
    }
    guard places.count == 2, rows.indices.contains(places[0]),
      rows[places[0]].indices.contains(places[1])
    else { return nil }
    return pool.canonical(rows[places[0]][places[1]])
  }

  private func unroll(
    _ handle: Handle, _ memo: inout [Handle: Handle], _ work: inout Int,
    _ pool: inout ExpressionPool
  ) -> Handle? {
    guard let opened = pool.open(handle), opened.indices.count == 1,
      let lower = reduce(opened.ranges[0].lower, &memo, &work, &pool),
      let upper = reduce(opened.ranges[0].upper, &memo, &work, &pool),
      let first = pool.rational(lower)?.asInt, let last = pool.rational(upper)?.asInt,
      last - first < 512
    else { return nil }
    var terms: [Handle] = []
    var value = first
    while value <= last {
      let index = pool.integer(value)
      let term = pool.substitute(Substitution(opened.indices[0], index), in: opened.body)
      guard let reduced = reduce(term, &memo, &work, &pool) else { return nil }
      terms.append(reduced)
      value += 1
    }
    if case .indexedProduct = pool[handle] { return pool.canonicalProduct(terms) }
    return pool.canonicalSum(terms)
  }

  // MARK: Doubles

  /// The value of an expression as a double; nil where it is not defined or something is missing.
  package func doubleValue(of root: Handle, _ pool: inout ExpressionPool) -> Double? {
    var context = TapeContext(definitions: definitions, values: integers)
    context.instructionLimit = 1_000_000
    var inputs: [Slot: Double] = [:]
    for (symbol, value) in symbols {
      if let number = pool.rational(value) {
        inputs[Slot(symbol)] = number.doubleValue
      } else if let tape = try? Tape([value], context, &pool), tape.slots.isEmpty {
        inputs[Slot(symbol)] = tape.values(at: [])[0]
      }
    }
    for (symbol, rows) in arrays { addSlots(symbol, rows, &inputs, &pool) }
    guard let tape = try? Tape([root], context, &pool) else { return nil }
    var values: [Double] = []
    for slot in tape.slots {
      guard let value = inputs[slot] else { return nil }
      values.append(value)
    }
    guard let result = tape.values(at: values).first, result.isFinite else { return nil }
    return result
  }

  private func addSlots(
    _ symbol: SymbolID, _ rows: [[Handle]], _ inputs: inout [Slot: Double],
    _ pool: inout ExpressionPool
  ) {
    let ranges = pool.declaration(of: symbol).ranges
    let lowers = ranges.map { pool.rational(pool.canonical($0.lower))?.asInt ?? 1 }
    for (row, entries) in rows.enumerated() {
      for (column, entry) in entries.enumerated() {
        guard let number = exactValue(of: entry, &pool) else { continue }
        let place: [Int]
        if ranges.count == 1 {
          place = [lowers[0] + (rows.count == 1 ? column : row)]
        } else if ranges.count == 2 {
          place = [lowers[0] + row, lowers[1] + column]
        } else {
          continue
        }
        inputs[Slot(symbol, place)] = number.doubleValue
      }
    }
  }

  /// The value of an expression: exact where it is rational.
  package func value(of root: Handle, _ pool: inout ExpressionPool) -> NumericValue? {
    if let exact = exactValue(of: root, &pool) { return .exact(pool.number(exact)) }
    return doubleValue(of: root, &pool).map { .approximate($0) }
  }
}
