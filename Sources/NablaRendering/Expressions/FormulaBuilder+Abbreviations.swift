import NablaExpressions

extension FormulaBuilder {
  package func isAbbreviated(_ handle: Handle) -> Bool { abbreviations[handle] != nil }

  /// Shows a formula in the place of an expression from now on.
  package mutating func abbreviate(_ handle: Handle, as formula: Formula) {
    abbreviations[handle] = formula
    formulas.removeAll(keepingCapacity: true)
  }

  package mutating func forgetAbbreviations(except kept: Handle? = nil) {
    if abbreviations.isEmpty { return }
    abbreviations = abbreviations.filter { $0.key == kept }
    formulas.removeAll(keepingCapacity: true)
  }

  /// What an abbreviation stands for: other abbreviations are used, its own is not.
  package mutating func meaning(
    of handle: Handle, in pool: inout ExpressionPool
  ) -> Formula {
    formulas[handle] = nil
    spelledOut = handle
    let result = formula(of: handle, in: &pool)
    spelledOut = nil
    formulas[handle] = nil
    return result
  }

  /// Whether an expression is short enough to be shown, abbreviated parts counted as one.
  func fits(_ handle: Handle, _ pool: inout ExpressionPool) -> Bool {
    if pool.treeSize(handle) <= sizeLimit, pool.depth(handle) <= Self.depthLimit { return true }
    if abbreviations.isEmpty { return false }
    var shown: [Handle: (size: Int, depth: Int)] = [:]
    for node in pool.nodesBelow([handle]) {
      if node != spelledOut, abbreviations[node] != nil {
        shown[node] = (1, 1)
        continue
      }
      var own = (size: 1, depth: 1)
      pool.forEachChild(of: node) { child, _ in
        let below = shown[child] ?? (1, 1)
        own.size = min(own.size + below.size, sizeLimit + 1)
        own.depth = max(own.depth, below.depth + 1)
      }
      shown[node] = own
    }
    let own = shown[handle] ?? (1, 1)
    return own.size <= sizeLimit && own.depth <= Self.depthLimit
  }

  /// Deeper expressions would take the stack too far.
  private static let depthLimit = 900
}
