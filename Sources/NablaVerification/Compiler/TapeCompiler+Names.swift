import NablaExpressions

/// Inputs, definitions and functions.
extension TapeCompiler {
  /// Marks a definition that is being compiled.
  private static var pending: UInt32 { .max - 1 }

  mutating func visitSymbol(
    _ id: SymbolID, _ handle: Handle, _ scope: Int, _ pool: inout ExpressionPool
  ) throws(EvaluationError) {
    switch lookUp(id, scope) {
    case .integer(let value): results.append(constant(Double(value)))
    case .register(let register): results.append(register)
    case nil:
      if let definition = definition(of: id) {
        try open(definition, [], handle, scope, &pool)
      } else if pool.kind(of: id) == .scalar {
        results.append(try input(Slot(id)))
      } else {
        throw .freeName(id)
      }
    }
  }

  mutating func visitEntry(
    _ id: SymbolID, _ list: ListID, _ handle: Handle, _ scope: Int, _ key: UInt64,
    _ pool: inout ExpressionPool
  ) throws(EvaluationError) {
    var indices: [Int] = []
    for place in 0..<pool.count(list) {
      guard let index = integer(pool.operand(list, place), scope, pool) else {
        throw .notAnInteger(handle)
      }
      indices.append(index)
    }
    let declaration = pool.declaration(of: id)
    if !isInside(indices, declaration.ranges, scope, pool) { return settle(nan(), key) }
    if let definition = definition(of: id) {
      try open(definition, indices, handle, scope, &pool)
      return
    }
    if declaration.domain.isSymmetric, indices.count == 2 { indices.sort() }
    settle(try input(Slot(id, indices)), key)
  }

  /// The definition that a name follows.
  private func definition(of id: SymbolID) -> Definition? {
    context.leaves.contains(id) ? nil : context.definitions[id]
  }

  private func isInside(
    _ indices: [Int], _ ranges: [IndexRange], _ scope: Int, _ pool: borrowing ExpressionPool
  ) -> Bool {
    for (index, range) in zip(indices, ranges) {
      if let lower = integer(range.lower, scope, pool), index < lower { return false }
      if let upper = integer(range.upper, scope, pool), index > upper { return false }
    }
    return true
  }

  /// Compiles the body of a definition, once for each choice of its indices.
  private mutating func open(
    _ definition: Definition, _ indices: [Int], _ handle: Handle, _ scope: Int,
    _ pool: inout ExpressionPool
  ) throws(EvaluationError) {
    let id = definition.symbol
    let world = frames[scopes[scope].frame].world
    guard definition.parameters.count == indices.count else { throw .freeName(id) }
    var number = chain(UInt32(truncatingIfNeeded: world * 4), Int(id.index))
    for index in indices { number = chain(number, index) }
    if let known = openings[UInt64(number)] {
      if known == TapeCompiler.pending { throw .circular(id) }
      results.append(known)
      return
    }
    for (parameter, index) in zip(definition.parameters, indices) {
      if !isInside([index], pool.declaration(of: parameter).ranges, scope, pool) {
        results.append(nan())
        return
      }
    }
    openings[UInt64(number)] = TapeCompiler.pending
    let frame = addFrame(definition.parameters, indices.map { .integer($0) }, world: world)
    var task = Task(.nameDefinition, handle, frame)
    task.extra = Int(number)
    task.count = indices.count
    tasks.append(task)
    tasks.append(Task(.visit, definition.body, frame))
  }

  /// Gives the value of a definition its own register.
  mutating func nameDefinition(
    _ task: Task, _ pool: borrowing ExpressionPool
  ) throws(EvaluationError) {
    guard var register = results.popLast() else { return }
    switch pool[task.handle] {
    case .symbol(let id), .entry(let id, _):
      register = try emit(.copy, register)
      if context.shifted.contains(id) {
        let own = bindings[frames[scopes[task.scope].frame].start...].prefix(task.count)
        var indices: [Int] = []
        for entry in own { if case .integer(let index) = entry.value { indices.append(index) } }
        register = try emit(.add, register, try input(Slot(id, indices, isShift: true)))
      }
      named.append((register, id))
    case .apply(let id, _):
      let frame = frames[scopes[task.scope].frame]
      let orders = pool.declaration(of: id).derivative?.orders ?? []
      for (place, order) in orders.enumerated() where place < frame.count {
        guard case .register(let seed) = bindings[frame.start + place].value else {
          throw .notAVariable(task.handle)
        }
        if order > FunctionSeries.orderLimit {
          throw .orderTooHigh(limit: FunctionSeries.orderLimit)
        }
        for _ in 0..<max(0, order) { register = try tangent(of: register, by: seed, blocked: []) }
      }
      memo[task.key] = register
    default: break
    }
    openings[UInt64(task.extra)] = register
    results.append(register)
  }

  /// A function at arguments that have been compiled: its definition, or its stand-in.
  mutating func callFunction(
    _ task: Task, _ pool: inout ExpressionPool
  ) throws(EvaluationError) {
    let arguments = Array(results.suffix(task.count))
    results.removeLast(arguments.count)
    guard case .apply(let id, let list) = pool[task.handle] else { return }
    let derivative = pool.declaration(of: id).derivative
    let base = derivative?.function ?? id
    guard let definition = definition(of: base) else {
      var orders = derivative?.orders ?? []
      while orders.count < arguments.count { orders.append(0) }
      let standIn = StandIn(
        of: base, argumentCount: arguments.count, name: pool.declaration(of: base).name,
        seed: context.seed)
      return settle(try emit(standIn, orders, arguments), task.key)
    }
    guard definition.parameters.count == arguments.count else { throw .freeName(id) }
    let world = frames[scopes[task.scope].frame].world
    var number = chain(UInt32(truncatingIfNeeded: world * 4), Int(id.index))
    var values: [FrameValue] = []
    for place in arguments.indices {
      switch pool.kind(of: definition.parameters[place]) {
      case .index, .label, .dimension:
        let argument = pool.operand(list, place)
        guard let index = integer(argument, task.scope, pool) else { throw .notAnInteger(argument) }
        values.append(.integer(index))
        number = chain(number, index)
      case .scalar, .array, .function:
        values.append(.register(arguments[place]))
        number = chain(number, Int(arguments[place]))
      }
    }
    if let known = openings[UInt64(number)] {
      if known == TapeCompiler.pending { throw .circular(id) }
      return settle(known, task.key)
    }
    openings[UInt64(number)] = TapeCompiler.pending
    for place in values.indices {
      if case .register(let register) = values[place] {
        values[place] = .register(try emit(.copy, register))
      }
    }
    let frame = addFrame(definition.parameters, values, world: world)
    var next = Task(.nameDefinition, task.handle, frame)
    next.extra = Int(number)
    next.key = task.key
    tasks.append(next)
    tasks.append(Task(.visit, definition.body, frame))
  }
}
