import NablaExpressions
import NablaNumbers

/// The way down: leaves give registers at once, other nodes put off their operands.
extension TapeCompiler {
  mutating func visit(
    _ handle: Handle, _ scope: Int, _ pool: inout ExpressionPool
  ) throws(EvaluationError) {
    switch pool[handle] {
    case .integer(let value): results.append(constant(Double(value)))
    case .number: results.append(constant(pool.rational(handle)?.doubleValue ?? .nan))
    case .constant(.e): results.append(constant(2.718281828459045))
    case .constant(.pi): results.append(constant(.pi))
    case .bound(let level, let slot):
      guard let value = boundValue(level, slot, scope) else { throw .notAnInteger(handle) }
      results.append(constant(Double(value)))
    case .symbol(let id): try visitSymbol(id, handle, scope, &pool)
    default:
      let key = memoKey(handle, scope, &pool)
      if let known = memo[key] {
        results.append(known)
      } else {
        try visitOperation(handle, scope, key, &pool)
      }
    }
  }

  private mutating func visitOperation(
    _ handle: Handle, _ scope: Int, _ key: UInt64, _ pool: inout ExpressionPool
  ) throws(EvaluationError) {
    switch pool[handle] {
    case .entry(let id, let list): try visitEntry(id, list, handle, scope, key, &pool)
    case .apply(let id, let list):
      if pool.count(list) > TapeCompiler.argumentLimit { throw .freeName(id) }
      putOff(.callFunction, handle, pool.operands(list), scope, key)
    case .product(let list), .heldProduct(let list):
      visitProduct(handle, pool.operands(list), scope, key, &pool)
    case .negation(let child): visitProduct(handle, [child], scope, key, &pool)
    case .quotient(let above, let below):
      visitProduct(handle, [above, below], scope, key, &pool)
    case .power(let base, let exponent):
      let isSimple = integer(exponent, scope, pool) != nil || isHalf(exponent, pool)
      putOff(.combine, handle, isSimple ? [base] : [base, exponent], scope, key)
    case .indexedSum(let bounds, let body), .indexedProduct(let bounds, let body):
      try unroll(handle, bounds, body, scope, key, &pool)
    case .determinant(let list, let body):
      try visitSquare(handle, list, body, place: nil, scope, key, &pool)
    case .inverse(let list, let body):
      let row = pool.operand(list, 4)
      let column = pool.operand(list, 5)
      guard let i = integer(row, scope, pool) else { throw .notAnInteger(row) }
      guard let j = integer(column, scope, pool) else { throw .notAnInteger(column) }
      try visitSquare(handle, list, body, place: (i, j), scope, key, &pool)
    case .delta, .indicator, .relation, .conjunction, .disjunction, .complement:
      visitCondition(handle, scope, key, pool)
    case .piecewise(let list): visitPiecewise(handle, pool.operands(list), scope, key, pool)
    case .derivative(let body, let list):
      putOff(.takeDerivative, handle, pool.operands(list) + [body], scope, key)
    default: putOff(.combine, handle, pool.children(of: handle), scope, key)
    }
  }

  /// How many arguments a function may have.
  static var argumentLimit: Int { 64 }

  func isHalf(_ handle: Handle, _ pool: borrowing ExpressionPool) -> Bool {
    guard case .number = pool[handle], let value = pool.rational(handle) else { return false }
    return value.numerator.isOne && value.denominator.asInt == 2
  }

  /// Leaves a task for a node after those for its operands and its conditions.
  mutating func putOff(
    _ action: Task.Action, _ handle: Handle, _ operands: [Handle], _ scope: Int, _ key: UInt64,
    conditions: [Handle] = []
  ) {
    var task = Task(action, handle, scope)
    task.count = operands.count
    task.extra = conditions.count
    task.key = key
    tasks.append(task)
    for condition in conditions.reversed() { tasks.append(Task(.visit, condition, scope)) }
    for operand in operands.reversed() { tasks.append(Task(.visit, operand, scope)) }
  }

  /// Gives the result of a node that needs no task of its own.
  mutating func settle(_ register: UInt32, _ key: UInt64) {
    memo[key] = register
    results.append(register)
  }

  /// A product, quotient or negation: 0 where a condition in it fails, whatever the rest is.
  private mutating func visitProduct(
    _ handle: Handle, _ factors: [Handle], _ scope: Int, _ key: UInt64,
    _ pool: inout ExpressionPool
  ) {
    if !hasConditions(handle, &pool) { return putOff(.combine, handle, factors, scope, key) }
    guard let conditions = guards(handle, scope, &pool) else {
      settle(constant(0), key)
      return
    }
    var kept = factors
    switch pool[handle] {
    case .product, .heldProduct:
      kept.removeAll { factor in
        switch pool[factor] {
        case .indicator, .delta: true
        default: false
        }
      }
    default: break
    }
    putOff(.combine, handle, kept, scope, key, conditions: conditions)
  }

  private mutating func visitCondition(
    _ handle: Handle, _ scope: Int, _ key: UInt64, _ pool: borrowing ExpressionPool
  ) {
    var condition = handle
    if case .indicator(let inner) = pool[handle] { condition = inner }
    if let isTrue = decided(condition, scope, pool) {
      settle(constant(isTrue ? 1 : 0), key)
    } else {
      putOff(.combine, handle, pool.children(of: handle), scope, key)
    }
  }

  /// Branches whose conditions are known fall away before they are compiled.
  private mutating func visitPiecewise(
    _ handle: Handle, _ branches: [Handle], _ scope: Int, _ key: UInt64,
    _ pool: borrowing ExpressionPool
  ) {
    var kept: [Handle] = []
    var place = 0
    var isClosed = false
    while place + 1 < branches.count, !isClosed {
      switch decided(branches[place], scope, pool) {
      case true:
        kept.append(branches[place + 1])
        isClosed = true
      case nil: kept += [branches[place], branches[place + 1]]
      default: break
      }
      place += 2
    }
    if !isClosed, place < branches.count { kept.append(branches[place]) }
    if kept.isEmpty {
      settle(nan(), key)
    } else {
      putOff(.combine, handle, kept, scope, key)
    }
  }

  /// One task for each value of the bound indices at which the body is not known to be 0.
  private mutating func unroll(
    _ handle: Handle, _ bounds: ListID, _ body: Handle, _ scope: Int, _ key: UInt64,
    _ pool: inout ExpressionPool
  ) throws(EvaluationError) {
    var lower: [Int] = []
    var upper: [Int] = []
    var total = 1
    for place in 0..<(pool.count(bounds) / 2) {
      let low = pool.operand(bounds, 2 * place)
      let high = pool.operand(bounds, 2 * place + 1)
      guard let first = integer(low, scope, pool) else { throw .notAnInteger(low) }
      guard let last = integer(high, scope, pool) else { throw .notAnInteger(high) }
      lower.append(first)
      upper.append(last)
      let size = max(0, last - first + 1)
      let product = total.multipliedReportingOverflow(by: size)
      if product.overflow || product.partialValue > context.instructionLimit {
        throw .tooLarge(limit: context.instructionLimit)
      }
      total = product.partialValue
    }
    try spend(total)
    var isSum = false
    if case .indexedSum = pool[handle] { isSum = true }
    var task = Task(.combine, handle, scope)
    task.key = key
    let start = tasks.count
    tasks.append(task)
    var values = lower
    for _ in 0..<total {
      let inner = Scope(parent: scope, frame: scopes[scope].frame, start: scopeValues.count)
      scopeValues += values
      scopes.append(inner)
      if !isSum || guards(body, scopes.count - 1, &pool) != nil {
        tasks.append(Task(.visit, body, scopes.count - 1))
      }
      var slot = values.count - 1
      while slot >= 0 {
        values[slot] += 1
        if values[slot] <= upper[slot] { break }
        values[slot] = lower[slot]
        slot -= 1
      }
    }
    tasks[start].count = tasks.count - start - 1
    tasks[(start + 1)...].reverse()
  }
}
