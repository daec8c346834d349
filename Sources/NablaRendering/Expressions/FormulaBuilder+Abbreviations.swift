import NablaExpressions

extension FormulaBuilder {
  package func isAbbreviated(_ handle: Handle) -> Bool { abbreviations[handle] != nil }

  /// Shows a formula in the place of an expression from now on.
  package mutating func abbreviate(_ handle: Handle, as formula: Formula) {
    abbreviations[handle] = formula
    forgetFormulas()
  }

  package mutating func forgetAbbreviations(except kept: Handle? = nil) {
    if abbreviations.isEmpty { return }
    abbreviations = abbreviations.filter { $0.key == kept }
    forgetFormulas()
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

  private mutating func forgetFormulas() {
    formulas.removeAll(keepingCapacity: true)
    extents.removeAll(keepingCapacity: true)
  }

  /// Whether an expression is short enough to be shown, abbreviated parts counted as one.
  mutating func fits(_ handle: Handle, _ pool: inout ExpressionPool) -> Bool {
    if pool.treeSize(handle) <= sizeLimit, pool.depth(handle) <= Self.depthLimit { return true }
    if abbreviations.isEmpty { return false }
    if handle != spelledOut, isAbbreviated(handle) { return true }
    let extent = extent(of: handle, pool)
    return extent.size <= sizeLimit && extent.depth <= Self.depthLimit
  }

  /// How much of an expression is shown when it is written out itself.
  ///
  /// - Complexity: O(n) in the nodes that are measured for the first time since parts got names.
  private mutating func extent(
    of root: Handle, _ pool: borrowing ExpressionPool
  ) -> FormulaExtent {
    var open = [root]
    while let node = open.last {
      if extents[node] != nil {
        open.removeLast()
        continue
      }
      var own = FormulaExtent()
      let waiting = open.count
      pool.forEachChild(of: node) { child, _ in
        if isAbbreviated(child) {
          own.add(FormulaExtent())
        } else if let below = extents[child] {
          own.add(below)
        } else {
          open.append(child)
        }
      }
      if open.count > waiting { continue }
      extents[node] = own
      open.removeLast()
    }
    return extents[root] ?? FormulaExtent()
  }

  /// Deeper expressions would take the stack too far.
  private static let depthLimit = 900
}

/// The number of nodes of an expression as it is shown, and the longest way down.
struct FormulaExtent {
  private(set) var size = 1
  private(set) var depth = 1

  /// Takes in what stands below.
  mutating func add(_ below: FormulaExtent) {
    size = min(size + below.size, 1 << 24)
    depth = max(depth, below.depth + 1)
  }
}
