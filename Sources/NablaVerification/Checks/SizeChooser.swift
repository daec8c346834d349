import NablaExpressions

/// Sizes for symbolic dimensions: different for different dimensions, and two for each.
struct SizeChooser {
  private static let first = [3, 4, 2, 5, 6, 7, 8, 9]
  private static let second = [5, 3, 4, 2, 7, 6, 9, 8]

  let dimensions: [SymbolID]
  let given: [SymbolID: Int]
  /// Relations between dimensions that have to hold.
  let conditions: [Handle]

  /// Two sets of sizes, one if no dimension is open, fewer if the conditions leave no choice.
  func choices(
    _ random: inout RandomNumbers, _ pool: inout ExpressionPool
  ) -> [[SymbolID: Int]] {
    let open = dimensions.filter { given[$0] == nil }
    if open.isEmpty { return holds(given, &pool) ? [given] : [] }
    var found: [[SymbolID: Int]] = []
    for table in [SizeChooser.first, SizeChooser.second] {
      for attempt in 0..<64 {
        var sizes = given
        for (place, dimension) in open.enumerated() {
          sizes[dimension] =
            attempt == 0 ? table[place % table.count] : 1 + random.below(attempt < 32 ? 6 : 3)
        }
        if holds(sizes, &pool), !found.contains(sizes) {
          found.append(sizes)
          break
        }
      }
    }
    return found
  }

  private func holds(_ sizes: [SymbolID: Int], _ pool: inout ExpressionPool) -> Bool {
    let compiler = TapeCompiler(TapeContext(values: sizes))
    for condition in conditions where compiler.decided(condition, 0, pool) == false {
      return false
    }
    return true
  }
}
