import NablaExpressions

/// The unknowns of a gradient that are components, such as `h[i]` or `W[1,2]`.
///
/// A contribution at `h[k]` counts for `h[i]` where k = i, which a delta says.
/// Between components with numbers for indices the delta is known, and one look-up replaces it.
struct ComponentUnknowns: ~Copyable {
  private var unknowns: [Handle] = []
  private var places = HandleMap()
  /// The unknowns of each array that carry a free index.
  private var general: [SymbolID: [Int]] = [:]
  private var all: [SymbolID: [Int]] = [:]
  private var contributions = AdjointTable()

  init() {}

  init(_ candidates: [Handle], _ pool: borrowing ExpressionPool) {
    for unknown in candidates {
      guard case .entry(let id, _) = pool[unknown], places[unknown] == nil else { continue }
      places.setNumber(UInt32(truncatingIfNeeded: unknowns.count), for: unknown)
      all[id, default: []].append(unknowns.count)
      if !ComponentUnknowns.isNumbered(unknown, pool) {
        general[id, default: []].append(unknowns.count)
      }
      unknowns.append(unknown)
    }
    contributions.reset(count: unknowns.count)
  }

  /// Whether some component of an array is an unknown.
  func contains(_ array: SymbolID) -> Bool { !unknowns.isEmpty && all[array] != nil }

  /// Adds what an adjoint at a component contributes to each unknown component of its array.
  mutating func contribute(
    _ adjoint: Handle, at component: Handle, summedOver indices: UInt32,
    _ openings: borrowing OpenedIndices, _ pool: inout ExpressionPool
  ) {
    guard case .entry(let id, let list) = pool[component] else { return }
    let isNumbered = ComponentUnknowns.isNumbered(component, pool)
    if isNumbered, let place = places.number(for: component) {
      contributions.contribute(openings.closed(adjoint, over: indices, &pool), to: Int(place))
    }
    let slots = pool.operands(list)
    if isNumbered, pool.isSymmetric(id), slots.count == 2, slots[0] != slots[1],
      let place = places.number(for: pool.entry(id, [slots[1], slots[0]]))
    {
      contributions.contribute(openings.closed(adjoint, over: indices, &pool), to: Int(place))
    }
    for place in (isNumbered ? general[id] : all[id]) ?? [] {
      guard case .entry(_, let own) = pool[unknowns[place]], pool.count(own) == slots.count
      else { continue }
      let slope = pool.componentSlope(id, at: slots, by: pool.operands(own))
      let value = pool.multiply(adjoint, slope)
      if value == pool.zero { continue }
      contributions.contribute(openings.closed(value, over: indices, &pool), to: place)
    }
  }

  /// The sum of what has been contributed to an unknown.
  mutating func derivative(by unknown: Handle, _ pool: inout ExpressionPool) -> Handle {
    guard let place = places.number(for: unknown) else { return pool.zero }
    return contributions.adjoint(Int(place), &pool)
  }

  private static func isNumbered(_ component: Handle, _ pool: borrowing ExpressionPool) -> Bool {
    guard case .entry(_, let list) = pool[component] else { return false }
    for slot in 0..<pool.count(list) where !pool.isNumber(pool.operand(list, slot)) { return false }
    return true
  }
}
