import NablaExpressions

extension ReverseSweep {
  /// The adjoint of a sum is the adjoint of its body for every value of the index.
  mutating func sweepSum(
    _ sum: Handle, _ adjoint: Handle, _ indices: UInt32, _ pool: inout ExpressionPool
  ) {
    guard let opened = pool.open(sum) else { return }
    sweep(opened, from: sum, adjoint, indices, &pool)
  }

  /// The adjoint of a factor is that of the product times all other factors.
  mutating func sweepProduct(
    _ product: Handle, _ adjoint: Handle, _ indices: UInt32, _ pool: inout ExpressionPool
  ) {
    guard let opened = pool.open(product) else { return }
    let others = pool.otherFactors(of: product, than: opened)
    sweep(opened, from: product, pool.multiply(adjoint, others), indices, &pool)
  }

  /// The adjoint of the matrix' entry at (k,l) is that of the whole times the slope by that entry.
  mutating func sweepSquare(
    _ square: Handle, _ adjoint: Handle, _ indices: UInt32, _ pool: inout ExpressionPool
  ) {
    guard let opened = pool.open(square) else { return }
    let slope = pool.slope(ofSquare: square, opened)
    let outer = pool.multiply(adjoint, slope.outside)
    sweep(opened, from: square, pool.multiply([outer] + slope.inside), indices, &pool)
  }

  /// Sweeps the nodes of an opened body that depend on an open index, from the body down.
  ///
  /// They were all made after their binder and are reached through it alone, so that their adjoints
  /// are complete before any node outside is looked at again.
  private mutating func sweep(
    _ opened: OpenedBinder, from binder: Handle, _ adjoint: Handle, _ indices: UInt32,
    _ pool: inout ExpressionPool
  ) {
    let before = openings.count
    guard openings.push(opened, &pool) else {
      isExhausted = true
      return
    }
    let nodes = openings.dependentNodes(of: opened.body, &pool)
    isNeeded.extend(to: pool.count, with: false)
    adjoints.extend(to: pool.count)
    for node in nodes where dependsOnUnknown(node, pool) { isNeeded[Int(node.index)] = true }
    if isNeeded[Int(opened.body.index)] {
      contribute(adjoint, to: opened.body, indices | openings.mask(since: before), &pool)
    }
    for node in nodes.reversed() where adjoints.hasContributions(Int(node.index)) {
      let total = adjoints.adjoint(Int(node.index), &pool)
      propagate(total, from: node, openings.indices(of: node), &pool)
    }
    openings.pop(openings.count - before)
  }
}
