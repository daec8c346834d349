import NablaExpressions

/// The way up: instructions for nodes whose operands are done.
extension TapeCompiler {
  mutating func combine(
    _ task: Task, _ pool: borrowing ExpressionPool
  ) throws(EvaluationError) {
    let conditions = Array(results.suffix(task.extra))
    results.removeLast(conditions.count)
    let operands = Array(results.suffix(task.count))
    results.removeLast(operands.count)
    var register = try operation(task, operands, pool)
    for condition in conditions.reversed() {
      register = try emit(.select, condition, register, constant(0))
    }
    settle(register, task.key)
  }

  private mutating func operation(
    _ task: Task, _ operands: [UInt32], _ pool: borrowing ExpressionPool
  ) throws(EvaluationError) -> UInt32 {
    switch pool[task.handle] {
    case .sum, .heldSum, .indexedSum:
      var total = constant(0)
      for operand in operands { total = try add(total, operand) }
      return total
    case .product, .heldProduct, .indexedProduct:
      var total = constant(1)
      for operand in operands { total = try multiply(total, operand) }
      return total
    default: break
    }
    guard let first = operands.first else {
      return try emptyOperation(task, pool)
    }
    switch pool[task.handle] {
    case .quotient: return try emit(.divide, first, operands[1])
    case .negation: return try emit(.negate, first)
    case .power(let base, let exponent):
      if let whole = integer(exponent, task.scope, pool) {
        return try power(first, whole: whole)
      }
      if operands.count == 1 { return try function(.sqrt, first) }
      if case .constant(.e) = pool[base] { return try function(.exp, operands[1]) }
      return try emit(.power, first, operands[1])
    case .root(_, let degree):
      if degree == 2 { return try function(.sqrt, first) }
      return try emit(.power, first, constant(degree == 0 ? .nan : 1 / Double(degree)))
    case .function(let function, _): return try self.function(function, first)
    case .maximum:
      var best = first
      for operand in operands.dropFirst() { best = try emit(.maximum, best, operand) }
      return best
    case .minimum:
      var best = first
      for operand in operands.dropFirst() { best = try emit(.minimum, best, operand) }
      return best
    case .delta: return try compare(.equal, first, operands[1])
    case .relation(let relation, _):
      return operands.count == 2 ? try compare(relation, first, operands[1]) : nan()
    case .conjunction:
      var all = first
      for operand in operands.dropFirst() { all = try emit(.both, all, operand) }
      return all
    case .disjunction:
      var any = first
      for operand in operands.dropFirst() { any = try emit(.either, any, operand) }
      return any
    case .complement: return try emit(.not, first)
    case .piecewise: return try branches(operands)
    default: return first
    }
  }

  private mutating func emptyOperation(
    _ task: Task, _ pool: borrowing ExpressionPool
  ) throws(EvaluationError) -> UInt32 {
    switch pool[task.handle] {
    case .conjunction: constant(1)
    case .disjunction: constant(0)
    default: nan()
    }
  }

  private mutating func branches(_ operands: [UInt32]) throws(EvaluationError) -> UInt32 {
    var value = operands.count % 2 == 1 ? operands[operands.count - 1] : nan()
    var place = operands.count / 2 * 2 - 2
    while place >= 0 {
      value = try emit(.select, operands[place], operands[place + 1], value)
      place -= 2
    }
    return value
  }
}
