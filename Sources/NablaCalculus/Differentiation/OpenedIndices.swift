import NablaExpressions

/// The indices of the binders that a reverse sweep is inside of, and which nodes depend on them.
struct OpenedIndices: ~Copyable {
  /// An open index: one bit of a mask. The bits of one binder follow each other.
  private struct Index {
    let symbol: SymbolID
    let range: IndexRange
    let binder: Int
    /// Its own bit and those of the indices its range depends on.
    let mask: UInt32
  }

  private var indices: [Index] = []
  private var masks = HandleMap()
  private var binderCount = 0

  static let limit = 32

  mutating func removeAll() {
    indices.removeAll(keepingCapacity: true)
    masks.removeAll()
    binderCount = 0
  }

  /// The open indices a node depends on, as far as it has been looked at.
  func indices(of handle: Handle) -> UInt32 { masks.number(for: handle) ?? 0 }

  var count: Int { indices.count }

  /// Opens the indices of a binder; false if there are too many.
  mutating func push(_ binder: OpenedBinder, _ pool: inout ExpressionPool) -> Bool {
    if indices.count + binder.indices.count > OpenedIndices.limit { return false }
    binderCount += 1
    for (symbol, range) in zip(binder.indices, binder.ranges) {
      let outer = mask(of: range.lower, &pool) | mask(of: range.upper, &pool)
      let own = UInt32(1) << UInt32(indices.count)
      indices.append(Index(symbol: symbol, range: range, binder: binderCount, mask: outer | own))
      masks.setNumber(outer | own, for: pool.symbol(symbol))
    }
    return true
  }

  /// The open indices from a place on, with those their ranges depend on.
  func mask(since place: Int) -> UInt32 {
    indices[place...].reduce(0) { $0 | $1.mask }
  }

  /// Closes the indices that were opened last.
  mutating func pop(_ count: Int) {
    indices.removeLast(count)
    binderCount -= 1
  }

  /// The nodes of a body that depend on an open index and are new, children before parents.
  mutating func dependentNodes(of body: Handle, _ pool: inout ExpressionPool) -> [Handle] {
    var found: [Handle] = []
    _ = mask(of: body, &pool, found: &found)
    found.sort()
    return found
  }

  private mutating func mask(of root: Handle, _ pool: inout ExpressionPool) -> UInt32 {
    var found: [Handle] = []
    return mask(of: root, &pool, found: &found)
  }

  private mutating func mask(
    of root: Handle, _ pool: inout ExpressionPool, found: inout [Handle]
  ) -> UInt32 {
    var symbols: UInt64 = 0
    for index in indices { symbols |= pool.mask(of: index.symbol) }
    if pool.symbolMask(root) & symbols == 0 { return 0 }
    var pending = [root]
    while let handle = pending.last {
      if masks.number(for: handle) != nil {
        pending.removeLast()
        continue
      }
      var mask: UInt32 = 0
      var waits = false
      for child in pool.children(of: handle) where pool.symbolMask(child) & symbols != 0 {
        if let known = masks.number(for: child) {
          mask |= known
        } else {
          waits = true
          pending.append(child)
        }
      }
      if waits { continue }
      masks.setNumber(mask, for: handle)
      if mask != 0 { found.append(handle) }
      pending.removeLast()
    }
    return indices(of: root)
  }

  /// The sum of a value over some open indices, the innermost first.
  func closed(_ value: Handle, over mask: UInt32, _ pool: inout ExpressionPool) -> Handle {
    if mask == 0 { return value }
    var result = value
    var place = indices.count - 1
    while place >= 0 {
      let binder = indices[place].binder
      var symbols: [SymbolID] = []
      var ranges: [IndexRange] = []
      while place >= 0, indices[place].binder == binder {
        if mask & (1 << UInt32(place)) != 0 {
          symbols.append(indices[place].symbol)
          ranges.append(indices[place].range)
        }
        place -= 1
      }
      if !symbols.isEmpty {
        result = pool.closeSum(result, over: symbols.reversed(), ranges: ranges.reversed())
      }
    }
    return result
  }
}
