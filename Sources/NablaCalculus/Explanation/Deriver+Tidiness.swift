import NablaExpressions

extension Deriver {
  /// Whether a line is no longer than its canonical form, so that only the order would change.
  func isSettled(
    _ line: Handle, _ canonical: Handle, _ pool: inout ExpressionPool
  ) -> Bool {
    let arranged = pool.arranged(canonical)
    return line == arranged
      || (pool.canonical(line) == canonical && pool.treeSize(line) <= pool.treeSize(arranged)
        && isTidy(line, &pool))
  }

  /// Whether nothing in a line asks to be collected: no factor twice, no sign or fraction among
  /// factors, no fraction of fractions, no sum that begins with a minus needlessly, no number in
  /// the middle of a product or below a sum, no sum before other factors.
  private func isTidy(_ line: Handle, _ pool: inout ExpressionPool) -> Bool {
    for node in pool.nodesBelow([line]) {
      switch pool[node] {
      case .product(let list):
        let factors = pool.operands(list)
        if Set(factors).count < factors.count { return false }
        for (place, factor) in factors.enumerated() {
          if leadsWithMinus(factor, pool) { return false }
          switch pool[factor] {
          case .quotient, .product: return false
          case .integer, .number: if place > 0 { return false }
          case .indexedSum: if place + 1 < factors.count { return false }
          default: break
          }
        }
      case .indexedSum(_, let body):
        switch pool[body] {
        case .product(let list):
          if pool.isNumber(pool.operand(list, 0)) { return false }
        default: if leadsWithMinus(body, pool) { return false }
        }
      case .negation(let inner): if leadsWithMinus(inner, pool) { return false }
      case .sum(let list):
        let terms = pool.operands(list)
        let isPositive = terms.map { term in
          if case .negation = pool[term] { return false }
          return true
        }
        if !isPositive[0], isPositive.contains(true) { return false }
      case .quotient(let above, let below):
        if case .quotient = pool[above] { return false }
        if case .quotient = pool[below] { return false }
      default: break
      }
    }
    return true
  }

  /// Whether a written form, or the sum that it is, begins with a minus sign.
  private func leadsWithMinus(_ handle: Handle, _ pool: borrowing ExpressionPool) -> Bool {
    switch pool[handle] {
    case .negation: return true
    case .sum(let list):
      if case .negation = pool[pool.operand(list, 0)] { return true }
      return false
    case .indexedSum(_, let body): return leadsWithMinus(body, pool)
    default: return false
    }
  }

  /// Whether an expanded line can be read and folded at a glance.
  func isShortSum(_ handle: Handle, _ pool: borrowing ExpressionPool) -> Bool {
    if case .sum(let list) = pool[handle] { pool.count(list) <= 2 } else { true }
  }
}
