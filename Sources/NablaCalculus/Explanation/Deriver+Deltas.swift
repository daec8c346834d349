import NablaExpressions
import NablaRewriting

extension Deriver {
  static let deltaReason = Reason("δ keeps one term of the sum")

  /// Deltas between indices that are known to differ are 0.
  func resolved(_ handle: Handle, _ pool: inout ExpressionPool) -> Handle {
    if distinct.isEmpty { return handle }
    var substitution = Substitution()
    for pair in distinct {
      let ends = Array(pair)
      guard ends.count == 2 else { continue }
      substitution.nodes[pool.writtenDelta(ends[0], ends[1])] = pool.zero
      substitution.nodes[pool.writtenDelta(ends[1], ends[0])] = pool.zero
    }
    return pool.substitute(substitution, in: handle)
  }

  /// The number of different sums that occur, bodies included.
  func binders(in handle: Handle, _ pool: inout ExpressionPool) -> Int {
    var count = 0
    for node in pool.nodesBelow([handle]) {
      if case .indexedSum = pool[node] { count += 1 }
    }
    return count
  }

  /// The greatest number of indices of a sum in which a delta can act; 0 if there is none.
  func indicesOverDelta(_ handle: Handle, _ pool: inout ExpressionPool) -> Int {
    var most = 0
    for node in pool.nodesBelow([handle]) {
      guard case .indexedSum(_, let body) = pool[node], pool.traits(body).contains(.delta) else {
        continue
      }
      for inner in pool.nodesBelow([body]) {
        guard case .delta = pool[inner], pool.looseLevels(inner) > 0 else { continue }
        most = max(most, pool.ranges(of: node).count)
        break
      }
    }
    return most
  }

  /// A written form with the parts that hold no delta folded back into names.
  ///
  /// To carry out a sum over a delta takes the sum apart, and names are shorter to take apart than
  /// what they stand for.
  func foldedBesideDeltas(
    _ handle: Handle, _ definitions: [FoldableDefinition], _ names: inout [SymbolID],
    _ pool: inout ExpressionPool
  ) -> Handle {
    if pool.looseLevels(handle) > 0 { return handle }
    if !pool.traits(handle).contains(.delta) {
      let canonical = pool.canonical(handle)
      var used: [Int] = []
      let folded = pool.folded(canonical, definitions, used: &used)
      if folded == canonical || pool.cost(folded) >= pool.cost(canonical) { return handle }
      for place in used {
        guard let name = definitions[place].name, !names.contains(name) else { continue }
        names.append(name)
      }
      return pool.arranged(folded)
    }
    if case .indexedSum = pool[handle], let opened = pool.open(handle) {
      let body = foldedBesideDeltas(opened.body, definitions, &names, &pool)
      if body == opened.body { return handle }
      return pool.closeSum(body, over: opened.indices, ranges: opened.ranges)
    }
    var found = names
    let result = pool.mapChildren(of: handle) { pool, child, _ in
      foldedBesideDeltas(child, definitions, &found, &pool)
    }
    names = found
    return result
  }
}
