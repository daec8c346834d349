import NablaExpressions
import NablaNumbers
import NablaRewriting

extension ReverseSweep {
  /// Hands a node's adjoint on to its children.
  ///
  /// `indices` says on which open indices the node depends; its adjoint depends on no others.
  mutating func propagate(
    _ adjoint: Handle, from handle: Handle, _ indices: UInt32, _ pool: inout ExpressionPool
  ) {
    switch pool[handle] {
    case .integer, .number, .constant, .symbol, .bound: break
    case .entry:
      components.contribute(adjoint, at: handle, summedOver: indices, openings, &pool)
    case .sum(let list), .heldSum(let list):
      for slot in 0..<pool.count(list) {
        let child = pool.operand(list, slot)
        if isNeeded[Int(child.index)] { contribute(adjoint, to: child, indices, &pool) }
      }
    case .product(let list), .heldProduct(let list):
      if pool.count(list) == 2 {
        propagateToPair(adjoint, pool.operand(list, 0), pool.operand(list, 1), indices, &pool)
      } else {
        propagateToFactors(adjoint, pool.operands(list), indices, &pool)
      }
    case .function(let function, let argument):
      let change = pool.slope(of: function, at: argument, adjoint, context)
      contribute(change, to: argument, indices, &pool)
    case .power(let base, let exponent) where !isNeeded[Int(exponent.index)]:
      let lower = pool.power(base, pool.add(exponent, pool.minusOne))
      contribute(pool.multiply([exponent, lower, adjoint]), to: base, indices, &pool)
    case .quotient(let above, let below):
      propagateToQuotient(adjoint, above, below, indices, &pool)
    case .negation(let operand):
      contribute(pool.negate(adjoint), to: operand, indices, &pool)
    case .maximum(let list): propagate(adjoint, toExtremum: list, .greater, indices, &pool)
    case .minimum(let list): propagate(adjoint, toExtremum: list, .less, indices, &pool)
    case .indexedSum: sweepSum(handle, adjoint, indices, &pool)
    case .indexedProduct: sweepProduct(handle, adjoint, indices, &pool)
    case .determinant, .inverse: sweepSquare(handle, adjoint, indices, &pool)
    default:
      for child in Set(pool.children(of: handle)).sorted() where isNeeded[Int(child.index)] {
        let slope = localSlope(of: handle, by: child, &pool)
        if slope == pool.zero { continue }
        contribute(pool.multiply(adjoint, slope), to: child, indices, &pool)
      }
    }
  }

  private mutating func propagate(
    _ adjoint: Handle, toExtremum list: ListID, _ relation: Relation, _ indices: UInt32,
    _ pool: inout ExpressionPool
  ) {
    let operands = pool.withoutRepetitions(pool.operands(list))
    let isChanging = operands.map { isNeeded[Int($0.index)] }
    for place in operands.indices where isChanging[place] {
      let factors = pool.winning(place, of: operands, relation, isChanging: isChanging)
      contribute(pool.multiply(factors + [adjoint]), to: operands[place], indices, &pool)
    }
  }

  @inline(__always)
  mutating func contribute(
    _ value: Handle, to child: Handle, _ indices: UInt32, _ pool: inout ExpressionPool
  ) {
    if indices == 0 {
      adjoints.contribute(value, to: Int(child.index))
    } else {
      let surplus = indices & ~openings.indices(of: child)
      adjoints.contribute(openings.closed(value, over: surplus, &pool), to: Int(child.index))
    }
  }

  @inline(__always)
  private mutating func propagateToPair(
    _ adjoint: Handle, _ left: Handle, _ right: Handle, _ indices: UInt32,
    _ pool: inout ExpressionPool
  ) {
    if isNeeded[Int(left.index)] {
      contribute(pool.multiply(adjoint, right), to: left, indices, &pool)
    }
    if isNeeded[Int(right.index)] {
      contribute(pool.multiply(adjoint, left), to: right, indices, &pool)
    }
  }

  private mutating func propagateToQuotient(
    _ adjoint: Handle, _ above: Handle, _ below: Handle, _ indices: UInt32,
    _ pool: inout ExpressionPool
  ) {
    let scaled = pool.divide(adjoint, below)
    if isNeeded[Int(above.index)] { contribute(scaled, to: above, indices, &pool) }
    if isNeeded[Int(below.index)] {
      let change = pool.multiply([pool.minusOne, pool.divide(above, below), scaled])
      contribute(change, to: below, indices, &pool)
    }
  }

  private mutating func propagateToFactors(
    _ adjoint: Handle, _ factors: [Handle], _ indices: UInt32, _ pool: inout ExpressionPool
  ) {
    var others = factors
    for slot in factors.indices where isNeeded[Int(factors[slot].index)] {
      others[slot] = adjoint
      contribute(pool.multiply(others), to: factors[slot], indices, &pool)
      others[slot] = factors[slot]
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
    if case .symbol(let id) = pool[variable] { substitution.symbols[id] = child }
    return pool.substitute(substitution, in: slope)
  }
}
