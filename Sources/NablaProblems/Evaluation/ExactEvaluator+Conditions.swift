import NablaExpressions
import NablaNumbers

extension ExactEvaluator {
  /// Whether a condition, an indicator or a delta holds; nil if that is not known exactly.
  package mutating func holds(
    _ condition: Handle, in pool: inout ExpressionPool
  ) throws(UndefinedValue) -> Bool? {
    switch pool[condition] {
    case .indicator(let inner): return try holds(inner, in: &pool)
    case .delta(let left, let right): return try compare(.equal, left, right, &pool)
    case .relation(let relation, let list):
      guard pool.count(list) == 2 else { return nil }
      return try compare(relation, pool.operand(list, 0), pool.operand(list, 1), &pool)
    case .conjunction(let list):
      return try joined(pool.operands(list), decisive: false, &pool)
    case .disjunction(let list):
      return try joined(pool.operands(list), decisive: true, &pool)
    case .complement(let inner): return try holds(inner, in: &pool).map { !$0 }
    default: return nil
    }
  }

  private mutating func compare(
    _ relation: Relation, _ left: Handle, _ right: Handle, _ pool: inout ExpressionPool
  ) throws(UndefinedValue) -> Bool? {
    let one = try value(of: left, in: &pool)
    guard let other = try value(of: right, in: &pool), let one else { return nil }
    return relation.holds(sign: (one - other).signum)
  }

  /// `and` and `or`: one part may decide, whatever becomes of the others.
  private mutating func joined(
    _ parts: [Handle], decisive: Bool, _ pool: inout ExpressionPool
  ) throws(UndefinedValue) -> Bool? {
    var isKnown = true
    var undefined: UndefinedValue?
    for part in parts {
      do throws(UndefinedValue) {
        switch try holds(part, in: &pool) {
        case decisive?: return decisive
        case nil: isKnown = false
        default: break
        }
      } catch {
        undefined = error
      }
    }
    if !isKnown { return nil }
    if let undefined { throw undefined }
    return !decisive
  }
}
