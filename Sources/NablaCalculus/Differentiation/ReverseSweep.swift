import NablaExpressions
import NablaNumbers
import NablaRewriting

/// The gradient of one output by many unknowns in one sweep over the shared nodes.
///
/// Handles are swept from the output down; the contributions to a node's adjoint are gathered and
/// become one sum. The cost is a small multiple of the number of nodes (Baur and Strassen 1983).
/// Sums over indices are opened and swept inside with the adjoint of the whole sum; what reaches a
/// node that does not depend on the index is summed over it (Laue, Mitterreiter and Giesen,
/// NeurIPS 2018).
package struct ReverseSweep: ~Copyable {
  let context: DifferentiationContext
  var adjoints = AdjointTable()
  /// Whether a node depends on an unknown.
  var isNeeded = TrivialBuffer<Bool>()
  var components = ComponentUnknowns()
  var openings = OpenedIndices()
  /// Whether more binders stand inside each other than can be swept.
  var isExhausted = false

  package init(_ context: DifferentiationContext = DifferentiationContext()) {
    self.context = context
  }

  /// The derivatives of an expression by scalars and components; names are followed through
  /// their definitions.
  package mutating func gradient(
    of root: Handle, by unknowns: [Handle], in pool: inout ExpressionPool
  ) -> [Handle] {
    var root = root
    if !context.definitions.all.isEmpty {
      // A defined unknown is a node of its own for itself but not for the others.
      if unknowns.contains(where: { isDefined($0, pool) }) { return forward(root, unknowns, &pool) }
      root = pool.opened(root, context.definitions)
    }
    components = ComponentUnknowns(unknowns, pool)
    if markDependence(below: root, on: unknowns, pool), pool.traits(root).contains(.derivative) {
      root = pool.differentiated(root, context)
      _ = markDependence(below: root, on: unknowns, pool)
    }
    openings.removeAll()
    adjoints.reset(count: isNeeded.count)
    if isNeeded[Int(root.index)] { adjoints.contribute(pool.one, to: Int(root.index)) }
    var place = Int(root.index)
    while place >= 0 {
      if adjoints.hasContributions(place) {
        let adjoint = adjoints.adjoint(place, &pool)
        propagate(adjoint, from: Handle(index: UInt32(truncatingIfNeeded: place)), 0, &pool)
      }
      place -= 1
    }
    if isExhausted {
      isExhausted = false
      return forward(root, unknowns, &pool)
    }
    return results(unknowns, &pool)
  }

  private mutating func results(
    _ unknowns: [Handle], _ pool: inout ExpressionPool
  ) -> [Handle] {
    var results: [Handle] = []
    results.reserveCapacity(unknowns.count)
    for unknown in unknowns {
      let place = Int(unknown.index)
      if case .entry = pool[unknown] {
        results.append(components.derivative(by: unknown, &pool))
      } else if place < adjoints.count {
        results.append(adjoints.adjoint(place, &pool))
      } else {
        results.append(pool.zero)
      }
    }
    return results
  }

  private func isDefined(_ unknown: Handle, _ pool: borrowing ExpressionPool) -> Bool {
    switch pool[unknown] {
    case .symbol(let id), .entry(let id, _): context.definitions[id] != nil
    default: false
    }
  }

  /// Marks every node above an unknown; true if an unevaluated derivative stands in the pool.
  private mutating func markDependence(
    below root: Handle, on unknowns: [Handle], _ pool: borrowing ExpressionPool
  ) -> Bool {
    let size = Int(root.index) + 1
    isNeeded.removeAll()
    isNeeded.extend(to: size, with: false)
    for unknown in unknowns where Int(unknown.index) < size { isNeeded[Int(unknown.index)] = true }
    var hasDerivative = false
    for place in 0..<size where !isNeeded[place] {
      let handle = Handle(index: UInt32(truncatingIfNeeded: place))
      if dependsOnUnknown(handle, pool) { isNeeded[place] = true }
      if case .derivative = pool[handle] { hasDerivative = true }
    }
    return hasDerivative
  }

  /// Whether a node is an unknown component or has a child that is marked.
  @inline(__always)
  func dependsOnUnknown(_ handle: Handle, _ pool: borrowing ExpressionPool) -> Bool {
    switch pool[handle] {
    case .integer, .number, .constant, .symbol, .bound: return false
    case .entry(let id, _): return components.contains(id)
    case .sum(let list), .product(let list):
      for slot in 0..<pool.count(list) where isNeeded[Int(pool.operand(list, slot).index)] {
        return true
      }
      return false
    case .function(_, let argument): return isNeeded[Int(argument.index)]
    case .power(let base, let exponent):
      return isNeeded[Int(base.index)] || isNeeded[Int(exponent.index)]
    default:
      var found = false
      pool.forEachChild(of: handle) { child, _ in
        if isNeeded[Int(child.index)] { found = true }
      }
      return found
    }
  }

  private func forward(
    _ root: Handle, _ unknowns: [Handle], _ pool: inout ExpressionPool
  ) -> [Handle] {
    var results: [Handle] = []
    for unknown in unknowns {
      var differentiator = Differentiator(context.excluding(unknown, in: pool))
      results.append(differentiator.derivative(of: root, by: unknown, in: &pool))
    }
    return results
  }
}
