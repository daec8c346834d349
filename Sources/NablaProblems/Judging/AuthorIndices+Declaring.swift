import NablaExpressions
import NablaNotation

/// Expressions of an author whose index letters have been given their ranges.
struct PreparedExpressions {
  var expressions: [Syntax]
  var scope: Scope
  /// A letter that stands in slots of different ranges.
  var conflict: (letter: String, first: IndexRange, second: IndexRange)?
}

/// The index symbols made for letters, so that a letter over a range is always the same symbol.
struct IndexLetters: Sendable {
  private var known: [String: [(range: IndexRange, symbol: SymbolID)]] = [:]

  mutating func symbol(
    _ letter: String, over range: IndexRange, in pool: inout ExpressionPool
  ) -> SymbolID {
    for entry in known[letter] ?? [] where entry.range == range { return entry.symbol }
    let symbol = pool.declare(Symbol(letter, .index, ranges: [range]))
    known[letter, default: []].append((range, symbol))
    return symbol
  }
}

extension IndexLetters {
  /// Declares every index letter of some expressions that stand together over the range it needs.
  mutating func prepare(
    _ expressions: [Syntax], in scope: Scope, _ pool: inout ExpressionPool
  ) -> PreparedExpressions {
    var indices = AuthorIndices(scope)
    // A second look knows the letters that were compared before they stood in a slot.
    for expression in expressions { indices.read(expression, in: pool) }
    if expressions.count > 1 {
      for expression in expressions { indices.read(expression, in: pool) }
    }
    var prepared = PreparedExpressions(expressions: expressions, scope: scope)
    for (letter, range) in indices.ranges.sorted(by: { $0.key < $1.key }) {
      declare(letter, over: range, in: &prepared.scope, &pool)
    }
    if let (letter, ranges) = indices.conflicts.min(by: { $0.key < $1.key }) {
      prepared.conflict = (letter, ranges.0, ranges.1)
    }
    for place in expressions.indices {
      prepared.expressions[place] = RowName.opened(
        bound(expressions[place], &prepared.scope, &pool, 0), 0)
    }
    return prepared
  }

  private mutating func declare(
    _ letter: String, over range: IndexRange, in scope: inout Scope, _ pool: inout ExpressionPool
  ) {
    let lowering = Lowering(scope)
    if let symbol = scope.names[letter] {
      if pool.kind(of: symbol) != .index { return }
      if let own = lowering.range(of: symbol, in: pool), lowering.matches(own, range, in: pool) {
        return
      }
    }
    let symbol = symbol(letter, over: range, in: &pool)
    scope.names[letter] = symbol
    scope.indices.append(symbol)
  }

  /// The expression with every sum over a letter that is declared over the range it needs.
  private mutating func bound(
    _ syntax: Syntax, _ scope: inout Scope, _ pool: inout ExpressionPool, _ depth: Int
  ) -> Syntax {
    if depth > Syntax.deepestNesting { return syntax }
    guard case .binder(var binder) = syntax.kind else {
      return syntax.mappingParts { bound($0, &scope, &pool, depth + 1) }
    }
    for place in binder.indices.indices {
      let letter = binder.indices[place].name.text
      guard let slot = AuthorIndices.slot(of: letter, in: binder.body, scope, pool) else {
        continue
      }
      if let bounds = binder.indices[place].bounds,
        Self.isWhole(bounds, slot, scope, pool)
      {
        binder.indices[place].bounds = nil
      }
      if binder.indices[place].bounds != nil { continue }
      let lowering = Lowering(scope)
      if let symbol = scope.names[letter], pool.kind(of: symbol) == .index,
        let own = lowering.range(of: symbol, in: pool), lowering.matches(own, slot, in: pool)
      {
        continue
      }
      if scope.names[letter] == nil {
        declare(letter, over: slot, in: &scope, &pool)
      } else {
        // The letter means something else outside, so the sum takes another.
        let other = Self.unused(letter, scope)
        declare(other, over: slot, in: &scope, &pool)
        binder.indices[place].name.text = other
        binder.body = binder.body.renaming([letter: other])
      }
    }
    binder.body = bound(binder.body, &scope, &pool, depth + 1)
    return Syntax(.binder(binder), syntax.range)
  }

  /// Whether bounds are the whole of a slot in other words: an unknown size, or counted from 0.
  private static func isWhole(
    _ bounds: BoundsSyntax, _ slot: IndexRange, _ scope: Scope, _ pool: borrowing ExpressionPool
  ) -> Bool {
    if case .name(let size) = bounds.upper.kind, scope.names[size] == nil { return true }
    guard case .number("0") = bounds.lower.kind, slot.lower == pool.one else { return false }
    // Up to N - 1, or to whatever is no size that the problem speaks of.
    if case .name = bounds.upper.kind { return false }
    return true
  }

  private static func unused(_ letter: String, _ scope: Scope) -> String {
    for candidate in ["k", "l", "m", "n", "p", "q", "r", "s"] where scope.names[candidate] == nil {
      return candidate
    }
    var number = 1
    while scope.names["\(letter)\(number)"] != nil { number += 1 }
    return "\(letter)\(number)"
  }
}
