import NablaExpressions

/// Hands out index names for slots that were written without any, each name once.
package struct IndexNames {
  private var taken: Set<String> = []

  /// Declared names beyond these are not looked at.
  private static let mostCandidates = 64

  private static let usual = ["i", "j", "k", "l", "m", "n", "p", "q"]

  package init() {}

  package mutating func reserve(_ name: String) { taken.insert(name) }

  /// A declared index with the range of the slot, or else a new one.
  package mutating func take(
    for slot: IndexRange, _ lowering: Lowering, in pool: inout ExpressionPool
  ) -> SymbolID {
    if let index = declared(slot, lowering, in: pool) { return index }
    return pool.inventedIndex(newName(lowering.scope), over: slot)
  }

  /// A declared index with the range of the slot, or else a fresh one that prefers a name.
  mutating func takeFresh(
    for slot: IndexRange, _ lowering: Lowering, in pool: inout ExpressionPool
  ) -> SymbolID {
    if let index = declared(slot, lowering, in: pool) { return index }
    return pool.freshIndex(over: slot, preferring: newName(lowering.scope))
  }

  private mutating func declared(
    _ slot: IndexRange, _ lowering: Lowering, in pool: borrowing ExpressionPool
  ) -> SymbolID? {
    for index in lowering.scope.indices.prefix(Self.mostCandidates) {
      let name = pool.symbols[Int(index.index)].name
      guard !taken.contains(name), lowering.scope.names[name] == index,
        let range = lowering.range(of: index, in: pool), lowering.matches(range, slot, in: pool)
      else { continue }
      taken.insert(name)
      return index
    }
    return nil
  }

  private mutating func newName(_ scope: Scope) -> String {
    for name in Self.usual where scope.names[name] == nil && taken.insert(name).inserted {
      return name
    }
    var number = 1
    while true {
      let name = "i\(number)"
      if scope.names[name] == nil, taken.insert(name).inserted { return name }
      number += 1
    }
  }
}
