import NablaExpressions
import NablaNumbers

extension PointEvaluator {
  /// Whether a condition, an indicator or a delta holds.
  mutating func holds(
    _ condition: Handle, in pool: inout ExpressionPool
  ) throws(PointFailure) -> Bool {
    switch pool[condition] {
    case .indicator(let inner): return try holds(inner, in: &pool)
    case .delta(let left, let right): return try compare(.equal, left, right, &pool)
    case .relation(let relation, let list):
      guard pool.count(list) == 2 else { throw .exhausted }
      return try compare(relation, pool.operand(list, 0), pool.operand(list, 1), &pool)
    case .conjunction(let list): return try joined(pool.operands(list), decisive: false, &pool)
    case .disjunction(let list): return try joined(pool.operands(list), decisive: true, &pool)
    case .complement(let inner): return try !holds(inner, in: &pool)
    default: throw .exhausted
    }
  }

  private mutating func compare(
    _ relation: Relation, _ left: Handle, _ right: Handle, _ pool: inout ExpressionPool
  ) throws(PointFailure) -> Bool {
    let one = try value(of: left, in: &pool)
    let other = try value(of: right, in: &pool)
    guard let sign = try arithmetic.subtract(one, other).sign else { throw .unknown }
    if sign == 0, !pool.isWhole(left) || !pool.isWhole(right) {
      noteEdge(between: left, right, isKink: false, &pool)
    }
    return relation.holds(sign: sign)
  }

  /// Every part has to have a truth value, so that nothing depends on their order.
  private mutating func joined(
    _ parts: [Handle], decisive: Bool, _ pool: inout ExpressionPool
  ) throws(PointFailure) -> Bool {
    var isDecided = false
    for part in parts {
      if try holds(part, in: &pool) == decisive { isDecided = true }
    }
    return isDecided == decisive
  }

  mutating func piecewise(
    _ branches: [Handle], _ pool: inout ExpressionPool
  ) throws(PointFailure) -> PointNumber {
    var place = 0
    while place + 1 < branches.count {
      if try holds(branches[place], in: &pool) {
        return try value(of: branches[place + 1], in: &pool)
      }
      place += 2
    }
    guard place < branches.count else { throw .undefined }
    return try value(of: branches[place], in: &pool)
  }

  /// Whether a factor of a product is 0 because its condition fails.
  mutating func isHidden(
    _ root: Handle, _ pool: inout ExpressionPool
  ) throws(PointFailure) -> Bool {
    if !pool.traits(root).contains(.condition), !pool.traits(root).contains(.delta) {
      return false
    }
    var open = [root]
    while let handle = open.popLast() {
      switch pool[handle] {
      case .product(let list), .heldProduct(let list): open += pool.operands(list)
      case .negation(let child), .quotient(let child, _): open.append(child)
      case .power(let base, let exponent):
        if let order = pool.rational(exponent), order.signum > 0 { open.append(base) }
      case .indicator, .delta: if try !holds(handle, in: &pool) { return true }
      default: break
      }
    }
    return false
  }
}
