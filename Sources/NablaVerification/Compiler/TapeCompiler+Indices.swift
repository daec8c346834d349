import NablaExpressions
import NablaNumbers

/// Indices, bounds and the conditions on them, which are known when compiling.
extension TapeCompiler {
  /// How deep an index expression may be.
  private static let depthLimit = 64

  /// The integer an expression in indices and dimensions stands for, nil for anything else.
  ///
  /// Values beyond 32 bits count as unknown.
  func integer(
    _ handle: Handle, _ scope: Int, _ pool: borrowing ExpressionPool, depth: Int = 0
  ) -> Int? {
    if depth > TapeCompiler.depthLimit { return nil }
    func value(_ child: Handle) -> Int? { integer(child, scope, pool, depth: depth + 1) }
    func fold(_ list: ListID, _ start: Int, _ step: (Int, Int) -> (Int, Bool)) -> Int? {
      var total = start
      for place in 0..<pool.count(list) {
        guard let next = value(pool.operand(list, place)) else { return nil }
        let result = step(total, next)
        if result.1 { return nil }
        total = result.0
      }
      return narrow(total)
    }
    switch pool[handle] {
    case .integer(let value): return Int(value)
    case .bound(let level, let slot): return boundValue(level, slot, scope)
    case .symbol(let id):
      guard case .integer(let value) = lookUp(id, scope) else { return nil }
      return value
    case .sum(let list), .heldSum(let list):
      return fold(list, 0) { ($0 &+ $1, $0.addingReportingOverflow($1).overflow) }
    case .product(let list), .heldProduct(let list):
      return fold(list, 1) { ($0 &* $1, $0.multipliedReportingOverflow(by: $1).overflow) }
    case .negation(let child): return value(child).flatMap { narrow(-$0) }
    case .quotient(let above, let below):
      guard let above = value(above), let below = value(below), below != 0 else { return nil }
      return above % below == 0 ? narrow(above / below) : nil
    case .power(let base, let exponent):
      guard let base = value(base), let exponent = value(exponent), (0...31).contains(exponent)
      else { return nil }
      var result = 1
      for _ in 0..<exponent {
        guard let next = narrow(result &* base) else { return nil }
        result = next
      }
      return result
    case .maximum(let list) where pool.count(list) > 0:
      return fold(list, Int(Int32.min)) { (max($0, $1), false) }
    case .minimum(let list) where pool.count(list) > 0:
      return fold(list, Int(Int32.max)) { (min($0, $1), false) }
    default: return nil
    }
  }

  private func narrow(_ value: Int) -> Int? { Int32(exactly: value).map { Int($0) } }

  /// Whether a condition on indices holds, nil for a condition on values.
  func decided(
    _ condition: Handle, _ scope: Int, _ pool: borrowing ExpressionPool, depth: Int = 0
  ) -> Bool? {
    if depth > TapeCompiler.depthLimit { return nil }
    switch pool[condition] {
    case .relation(let relation, let list):
      guard pool.count(list) == 2, let left = integer(pool.operand(list, 0), scope, pool),
        let right = integer(pool.operand(list, 1), scope, pool)
      else { return nil }
      return relation.holds(sign: left < right ? -1 : (left > right ? 1 : 0))
    case .delta(let left, let right):
      guard let left = integer(left, scope, pool), let right = integer(right, scope, pool)
      else { return nil }
      return left == right
    case .conjunction(let list):
      var isOpen = false
      for place in 0..<pool.count(list) {
        switch decided(pool.operand(list, place), scope, pool, depth: depth + 1) {
        case false: return false
        case nil: isOpen = true
        default: break
        }
      }
      return isOpen ? nil : true
    case .disjunction(let list):
      var isOpen = false
      for place in 0..<pool.count(list) {
        switch decided(pool.operand(list, place), scope, pool, depth: depth + 1) {
        case true: return true
        case nil: isOpen = true
        default: break
        }
      }
      return isOpen ? nil : false
    case .complement(let inner):
      return decided(inner, scope, pool, depth: depth + 1).map { !$0 }
    default: return nil
    }
  }

  /// The conditions under which an expression may differ from 0; nil if it is 0 whatever the rest.
  ///
  /// They are found through products, negations, numerators and positive powers.
  func guards(_ root: Handle, _ scope: Int, _ pool: inout ExpressionPool) -> [Handle]? {
    if !hasConditions(root, &pool) { return [] }
    var found: [Handle] = []
    var open = [root]
    while let handle = open.popLast() {
      switch pool[handle] {
      case .product(let list), .heldProduct(let list):
        for child in pool.operands(list)
        where hasConditions(child, &pool) { open.append(child) }
      case .negation(let child), .quotient(let child, _):
        if hasConditions(child, &pool) { open.append(child) }
      case .power(let base, let exponent):
        if let order = pool.rational(exponent), order.signum > 0 { open.append(base) }
      case .indicator(let condition):
        switch decided(condition, scope, pool) {
        case false: return nil
        case nil: if !found.contains(condition) { found.append(condition) }
        default: break
        }
      case .delta:
        switch decided(handle, scope, pool) {
        case false: return nil
        case nil: if !found.contains(handle) { found.append(handle) }
        default: break
        }
      default: break
      }
    }
    return found
  }

  /// Whether a condition or a delta occurs in an expression.
  @inline(__always)
  func hasConditions(_ handle: Handle, _ pool: inout ExpressionPool) -> Bool {
    let kinds = NodeTraits.condition.rawValue | NodeTraits.delta.rawValue
    return pool.traits(handle).rawValue & kinds != 0
  }
}
