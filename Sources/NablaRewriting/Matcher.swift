import NablaExpressions
import NablaNumbers

extension Pattern {
  /// Calls `accept` with each way in which a canonical expression is an instance of the pattern,
  /// until it returns true.
  ///
  /// Sums and products match in any order; their number of operands is small,
  /// and the search stops at `budget` comparisons.
  package func match(
    _ handle: Handle, in pool: inout ExpressionPool, _ bindings: inout Bindings,
    budget: inout Int, _ accept: (inout ExpressionPool, inout Bindings) -> Bool
  ) -> Bool {
    budget -= 1
    if budget < 0 { return false }
    let mark = bindings.mark
    var isMatched = false
    switch self {
    case .anything(let letter), .remainder(let letter):
      isMatched = bindings.unify(letter, with: handle) && accept(&pool, &bindings)
    case .number(let letter):
      isMatched =
        pool.isNumber(handle) && bindings.unify(letter, with: handle) && accept(&pool, &bindings)
    case .exactly(let value):
      isMatched = pool.rational(handle) == value && accept(&pool, &bindings)
    case .constant(let constant):
      if case .constant(constant) = pool[handle] { isMatched = accept(&pool, &bindings) }
    case .function(let function, let argument):
      if case .function(function, let inner) = pool[handle] {
        isMatched = argument.match(inner, in: &pool, &bindings, budget: &budget, accept)
      }
    case .power(let base, let exponent):
      if case .power(let innerBase, let innerExponent) = pool[handle] {
        isMatched = Pattern.matchAll(
          [base, exponent], [innerBase, innerExponent], in: &pool, &bindings, budget: &budget,
          accept)
      } else if case .anything = base, case .number = exponent {
        isMatched = Pattern.matchAll(
          [base, exponent], [handle, pool.one], in: &pool, &bindings, budget: &budget, accept)
      }
    case .product(let factors):
      isMatched = Pattern.matchUnordered(
        factors, pool.factorHandles(handle), isSum: false, in: &pool, &bindings, budget: &budget,
        accept)
    case .sum(let terms):
      if case .sum(let list) = pool[handle] {
        isMatched = Pattern.matchUnordered(
          terms, pool.operands(list), isSum: true, in: &pool, &bindings, budget: &budget, accept)
      }
    case .indicator(let condition):
      if case .indicator(let inner) = pool[handle] {
        isMatched = condition.match(inner, in: &pool, &bindings, budget: &budget, accept)
      }
    case .relation(let relation, let left, let right):
      if case .relation(relation, let list) = pool[handle] {
        isMatched = Pattern.matchAll(
          [left, right], pool.operands(list), in: &pool, &bindings, budget: &budget, accept)
      }
    case .maximum(let parts):
      if case .maximum(let list) = pool[handle], pool.count(list) == parts.count {
        isMatched = Pattern.matchUnordered(
          parts, pool.operands(list), isSum: true, in: &pool, &bindings, budget: &budget, accept)
      }
    case .minimum(let parts):
      if case .minimum(let list) = pool[handle], pool.count(list) == parts.count {
        isMatched = Pattern.matchUnordered(
          parts, pool.operands(list), isSum: true, in: &pool, &bindings, budget: &budget, accept)
      }
    case .differential: break
    }
    if !isMatched { bindings.undo(to: mark) }
    return isMatched
  }

  private static func matchAll(
    _ patterns: [Pattern], _ handles: [Handle], in pool: inout ExpressionPool,
    _ bindings: inout Bindings, budget: inout Int,
    _ accept: (inout ExpressionPool, inout Bindings) -> Bool
  ) -> Bool {
    guard let first = patterns.first, let handle = handles.first else {
      return accept(&pool, &bindings)
    }
    let restPatterns = Array(patterns.dropFirst())
    let restHandles = Array(handles.dropFirst())
    var spent = budget
    let isMatched = first.match(handle, in: &pool, &bindings, budget: &budget) { pool, bindings in
      matchAll(restPatterns, restHandles, in: &pool, &bindings, budget: &spent, accept)
    }
    budget = min(budget, spent)
    return isMatched
  }

  /// What a sum or product pattern leaves over when it matches only part of an expression.
  package static let leftover: Letter = 0

  /// Like `match`, but a sum or product pattern may match some of the operands;
  /// the others are bound to `leftover`.
  package func matchPart(
    of handle: Handle, in pool: inout ExpressionPool, _ bindings: inout Bindings,
    budget: inout Int, _ accept: (inout ExpressionPool, inout Bindings) -> Bool
  ) -> Bool {
    switch (self, pool[handle]) {
    case (.sum(let terms), .sum(let list)) where terms.count <= pool.count(list):
      return Pattern.assign(
        terms, pool.operands(list), Pattern.leftover, true, in: &pool, &bindings, budget: &budget,
        accept)
    case (.sum, _): return false
    default:
      return match(handle, in: &pool, &bindings, budget: &budget, accept)
    }
  }

  /// Whether an expression is of the pattern's kind, at its top and one step down; a quick look
  /// that spares most searches.
  private func resembles(_ handle: Handle, _ pool: borrowing ExpressionPool) -> Bool {
    switch self {
    case .anything, .remainder, .product: return true
    case .number: return pool.isNumber(handle)
    case .exactly(let value): return pool.rational(handle) == value
    case .constant(let constant):
      if case .constant(constant) = pool[handle] { return true }
    case .function(let function, _):
      if case .function(function, _) = pool[handle] { return true }
    case .power(let base, let exponent):
      if case .power(let inner, let order) = pool[handle] {
        return base.resembles(inner, pool) && exponent.resembles(order, pool)
      }
      if case .anything = base, case .number = exponent { return true }
    case .sum:
      if case .sum = pool[handle] { return true }
    case .indicator:
      if case .indicator = pool[handle] { return true }
    case .relation(let relation, _, _):
      if case .relation(relation, _) = pool[handle] { return true }
    case .maximum:
      if case .maximum = pool[handle] { return true }
    case .minimum:
      if case .minimum = pool[handle] { return true }
    case .differential: return false
    }
    return false
  }

  /// Every pattern takes one operand; a remainder takes what is left of a product.
  private static func matchUnordered(
    _ patterns: [Pattern], _ operands: [Handle], isSum: Bool, in pool: inout ExpressionPool,
    _ bindings: inout Bindings, budget: inout Int,
    _ accept: (inout ExpressionPool, inout Bindings) -> Bool
  ) -> Bool {
    var fixed: [Pattern] = []
    var remainder: Letter?
    for pattern in patterns {
      if case .remainder(let letter) = pattern, !isSum {
        remainder = letter
      } else {
        fixed.append(pattern)
      }
    }
    if fixed.count > operands.count || (remainder == nil && fixed.count != operands.count) {
      return false
    }
    for pattern in fixed where !operands.contains(where: { pattern.resembles($0, pool) }) {
      return false
    }
    return assign(fixed, operands, remainder, isSum, in: &pool, &bindings, budget: &budget, accept)
  }

  private static func assign(
    _ patterns: [Pattern], _ operands: [Handle], _ remainder: Letter?, _ isSum: Bool,
    in pool: inout ExpressionPool, _ bindings: inout Bindings, budget: inout Int,
    _ accept: (inout ExpressionPool, inout Bindings) -> Bool
  ) -> Bool {
    guard let pattern = patterns.first else {
      let mark = bindings.mark
      if let remainder {
        let rest = isSum ? pool.canonicalSum(operands) : pool.canonicalProduct(operands)
        if !bindings.unify(remainder, with: rest) {
          bindings.undo(to: mark)
          return false
        }
      }
      if accept(&pool, &bindings) { return true }
      bindings.undo(to: mark)
      return false
    }
    let rest = Array(patterns.dropFirst())
    for place in operands.indices {
      var others = operands
      others.remove(at: place)
      var spent = budget
      let isMatched = pattern.match(operands[place], in: &pool, &bindings, budget: &budget) {
        pool, bindings in
        assign(rest, others, remainder, isSum, in: &pool, &bindings, budget: &spent, accept)
      }
      budget = min(budget, spent)
      if isMatched { return true }
      if budget < 0 { return false }
    }
    return false
  }
}
