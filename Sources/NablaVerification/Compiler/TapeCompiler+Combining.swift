import NablaExpressions

/// The way up: instructions for nodes whose operands are done.
extension TapeCompiler {
  mutating func combine(
    _ task: Task, _ pool: borrowing ExpressionPool
  ) throws(EvaluationError) {
    let start = results.count - task.extra - task.count
    var register = try operation(task, start, pool)
    for place in (0..<task.extra).reversed() {
      register = try emit(
        .select, results[start + task.count + place], register, constant(0))
    }
    results.removeLast(results.count - start)
    settle(register, task.key)
  }

  /// The register of a node whose operands are the results from a place on.
  private mutating func operation(
    _ task: Task, _ start: Int, _ pool: borrowing ExpressionPool
  ) throws(EvaluationError) -> UInt32 {
    let end = start + task.count
    switch pool[task.handle] {
    case .sum, .heldSum, .indexedSum:
      var total = constant(0)
      for place in start..<end { total = try add(total, results[place]) }
      return total
    case .product, .heldProduct, .indexedProduct:
      var total = constant(1)
      for place in start..<end { total = try multiply(total, results[place]) }
      return total
    case .determinant, .inverse: return try square(task, Array(results[start..<end]), pool)
    default: break
    }
    if task.count == 0 { return try emptyOperation(task, pool) }
    let first = results[start]
    let second = task.count > 1 ? results[start + 1] : first
    switch pool[task.handle] {
    case .quotient: return try emit(.divide, first, second)
    case .negation: return try emit(.negate, first)
    case .power(let base, let exponent):
      if let whole = integer(exponent, task.scope, pool) {
        return try power(first, whole: whole)
      }
      if task.count == 1 { return try function(.sqrt, first) }
      if case .constant(.e) = pool[base] { return try function(.exp, second) }
      return try emit(.power, first, second)
    case .root(_, let degree):
      if degree == 2 { return try function(.sqrt, first) }
      return try emit(.power, first, constant(degree == 0 ? .nan : 1 / Double(degree)))
    case .function(let function, _): return try self.function(function, first)
    case .maximum:
      var best = first
      for place in (start + 1)..<end { best = try emit(.maximum, best, results[place]) }
      return best
    case .minimum:
      var best = first
      for place in (start + 1)..<end { best = try emit(.minimum, best, results[place]) }
      return best
    case .delta: return try compare(.equal, first, second)
    case .relation(let relation, _):
      return task.count == 2 ? try compare(relation, first, second) : nan()
    case .conjunction:
      var all = first
      for place in (start + 1)..<end { all = try emit(.both, all, results[place]) }
      return all
    case .disjunction:
      var any = first
      for place in (start + 1)..<end { any = try emit(.either, any, results[place]) }
      return any
    case .complement: return try emit(.not, first)
    case .piecewise: return try branches(start, task.count)
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

  private mutating func branches(_ start: Int, _ count: Int) throws(EvaluationError) -> UInt32 {
    var value = count % 2 == 1 ? results[start + count - 1] : nan()
    var place = count / 2 * 2 - 2
    while place >= 0 {
      value = try emit(.select, results[start + place], results[start + place + 1], value)
      place -= 2
    }
    return value
  }
}
