import NablaExpressions
import NablaNumbers
import NablaRewriting

/// The gradient of one output by many unknowns in one sweep over the shared nodes.
///
/// Handles are swept from the output down; the contributions to a node's adjoint are gathered and
/// become one sum. The cost is a small multiple of the number of nodes (Baur and Strassen 1983).
/// Sums over indices are swept inside with the adjoint of the whole sum
/// (Laue, Mitterreiter and Giesen, NeurIPS 2018).
package struct ReverseSweep: ~Copyable {
  private var table = DerivativeTable()
  private let context: DifferentiationContext

  package init(_ context: DifferentiationContext = DifferentiationContext()) {
    self.context = context
  }

  /// The derivatives of an expression, with its names opened, by scalars and components.
  package mutating func gradient(
    of root: Handle, by unknowns: [Handle], in pool: inout ExpressionPool
  ) -> [Handle] {
    let size = Int(root.index) + 1
    var isNeeded = [Bool](repeating: false, count: size)
    for unknown in unknowns where Int(unknown.index) < size { isNeeded[Int(unknown.index)] = true }
    let hasBinders = pool.traits(root).contains(.binder)
    if hasBinders || !markDependence(&isNeeded, unknowns, pool) {
      return forward(root, unknowns, &pool)
    }
    var adjoints = AdjointTable(count: size)
    adjoints.contribute(pool.one, to: root)
    var place = size - 1
    while place >= 0 {
      if isNeeded[place], adjoints.hasContributions(place) {
        let handle = Handle(index: UInt32(truncatingIfNeeded: place))
        let adjoint = adjoints.adjoint(place, &pool)
        propagate(adjoint, from: handle, &adjoints, isNeeded, &pool)
      }
      place -= 1
    }
    var results: [Handle] = []
    results.reserveCapacity(unknowns.count)
    for unknown in unknowns {
      let place = Int(unknown.index)
      let isReached = place < size && adjoints.hasContributions(place)
      results.append(isReached ? adjoints.adjoint(place, &pool) : pool.zero)
    }
    return results
  }

  /// Marks every node above an unknown; false if a node needs more than one sweep.
  private func markDependence(
    _ isNeeded: inout [Bool], _ unknowns: [Handle], _ pool: borrowing ExpressionPool
  ) -> Bool {
    var isNumbered: [SymbolID: Bool] = [:]
    var counts: [SymbolID: Int] = [:]
    for unknown in Set(unknowns) {
      guard case .entry(let id, let list) = pool[unknown] else { continue }
      isNumbered[id] = (isNumbered[id] ?? true) && hasNumbers(list, pool)
      counts[id, default: 0] += 1
    }
    // Two components by name may be the same one: their derivative is a delta.
    for (id, count) in counts where count > 1 && isNumbered[id] == false { return false }
    for place in isNeeded.indices where !isNeeded[place] {
      let handle = Handle(index: UInt32(truncatingIfNeeded: place))
      var found = false
      switch pool[handle] {
      case .integer, .number, .constant, .symbol, .bound: continue
      case .entry(let id, let list):
        if let isNumbered = isNumbered[id], !isNumbered || !hasNumbers(list, pool) { return false }
        continue
      case .sum(let list), .product(let list):
        for slot in 0..<pool.count(list) where isNeeded[Int(pool.operand(list, slot).index)] {
          found = true
          break
        }
      case .function(_, let argument): found = isNeeded[Int(argument.index)]
      case .power(let base, let exponent):
        found = isNeeded[Int(base.index)] || isNeeded[Int(exponent.index)]
      case .derivative: return false
      default:
        pool.forEachChild(of: handle) { child, _ in
          if isNeeded[Int(child.index)] { found = true }
        }
      }
      isNeeded[place] = found
    }
    return true
  }

  private func hasNumbers(_ indices: ListID, _ pool: borrowing ExpressionPool) -> Bool {
    (0..<pool.count(indices)).allSatisfy { pool.isNumber(pool.operand(indices, $0)) }
  }

  private mutating func propagate(
    _ adjoint: Handle, from handle: Handle, _ adjoints: inout AdjointTable, _ isNeeded: [Bool],
    _ pool: inout ExpressionPool
  ) {
    switch pool[handle] {
    case .sum(let list):
      for slot in 0..<pool.count(list) {
        let child = pool.operand(list, slot)
        if isNeeded[Int(child.index)] { adjoints.contribute(adjoint, to: child) }
      }
    case .product(let list):
      if pool.count(list) == 2 {
        let left = pool.operand(list, 0)
        let right = pool.operand(list, 1)
        if isNeeded[Int(left.index)] {
          adjoints.contribute(pool.multiply(adjoint, right), to: left)
        }
        if isNeeded[Int(right.index)] {
          adjoints.contribute(pool.multiply(adjoint, left), to: right)
        }
        return
      }
      let factors = pool.operands(list)
      for slot in factors.indices where isNeeded[Int(factors[slot].index)] {
        var others = factors
        others[slot] = adjoint
        adjoints.contribute(pool.multiply(others), to: factors[slot])
      }
    case .function(let function, let argument) where context.conventions[function] == nil:
      var bindings = Bindings()
      bindings.bind(DerivativeTable.argument, to: argument)
      let change = table.pattern(for: function)?.instantiate(.built, in: &pool, bindings) { _, _ in
        adjoint
      }
      adjoints.contribute(change ?? pool.zero, to: argument)
    case .power(let base, let exponent) where !isNeeded[Int(exponent.index)]:
      let lower = pool.power(base, pool.add(exponent, pool.minusOne))
      adjoints.contribute(pool.multiply([exponent, lower, adjoint]), to: base)
    case .maximum(let list): extremum(adjoint, list, .greater, &adjoints, isNeeded, &pool)
    case .minimum(let list): extremum(adjoint, list, .less, &adjoints, isNeeded, &pool)
    default:
      for child in Set(pool.children(of: handle)).sorted() where isNeeded[Int(child.index)] {
        adjoints.contribute(
          pool.multiply(adjoint, localSlope(of: handle, by: child, &pool)), to: child)
      }
    }
  }

  private func extremum(
    _ adjoint: Handle, _ list: ListID, _ relation: Relation, _ adjoints: inout AdjointTable,
    _ isNeeded: [Bool], _ pool: inout ExpressionPool
  ) {
    let operands = pool.withoutRepetitions(pool.operands(list))
    let isChanging = operands.map { isNeeded[Int($0.index)] }
    for place in operands.indices where isChanging[place] {
      let factors = pool.winning(place, of: operands, relation, isChanging: isChanging)
      adjoints.contribute(pool.multiply(factors + [adjoint]), to: operands[place])
    }
  }

  /// The derivative of one node by one of its children, with that child as a variable of its own.
  private func localSlope(
    of handle: Handle, by child: Handle, _ pool: inout ExpressionPool
  ) -> Handle {
    let variable = pool.symbol(pool.declare(Symbol("", .scalar, isFresh: true)))
    var replaced = pool.children(of: handle)
    for slot in replaced.indices where replaced[slot] == child { replaced[slot] = variable }
    let alone = pool.rebuilt(handle, replaced)
    var differentiator = Differentiator(context)
    let slope = differentiator.derivative(of: alone, by: variable, in: &pool)
    var substitution = Substitution()
    substitution.nodes[variable] = child
    if case .symbol(let id) = pool[variable] { substitution.symbols[id] = child }
    return pool.substitute(substitution, in: slope)
  }

  private func forward(
    _ root: Handle, _ unknowns: [Handle], _ pool: inout ExpressionPool
  ) -> [Handle] {
    var differentiator = Differentiator(context)
    var results: [Handle] = []
    for unknown in unknowns {
      results.append(differentiator.derivative(of: root, by: unknown, in: &pool))
    }
    return results
  }
}

/// The contributions to the adjoint of each node, in linked lists over flat arrays.
struct AdjointTable {
  private var first: [UInt32]
  private var values: [Handle] = []
  private var next: [UInt32] = []

  init(count: Int) {
    first = [UInt32](repeating: 0, count: count)
    values.reserveCapacity(count)
    next.reserveCapacity(count)
  }

  func hasContributions(_ place: Int) -> Bool { first[place] != 0 }

  mutating func contribute(_ value: Handle, to handle: Handle) {
    values.append(value)
    next.append(first[Int(handle.index)])
    first[Int(handle.index)] = UInt32(truncatingIfNeeded: values.count)
  }

  /// The sum of all contributions as one node.
  mutating func adjoint(_ place: Int, _ pool: inout ExpressionPool) -> Handle {
    let head = Int(first[place])
    let single = values[head - 1]
    if next[head - 1] == 0 { return single }
    var terms: [Handle] = []
    var entry = head
    while entry != 0 {
      terms.append(values[entry - 1])
      entry = Int(next[entry - 1])
    }
    let total = pool.add(terms)
    values[head - 1] = total
    next[head - 1] = 0
    return total
  }
}
