import NablaExpressions

/// Derivatives as further instructions: forward mode on the tape itself.
extension TapeCompiler {
  /// An unevaluated derivative whose variables and body have been compiled.
  ///
  /// A defined name below ∂ is a node of its own: the derivative is taken by its register, and
  /// everything else follows its definition.
  mutating func takeDerivative(
    _ task: Task, _ pool: borrowing ExpressionPool
  ) throws(EvaluationError) {
    let operands = Array(results.suffix(task.count))
    results.removeLast(operands.count)
    guard case .derivative(_, let list) = pool[task.handle], var register = operands.last
    else { return }
    let variables = operands.dropLast()
    if variables.count > FunctionSeries.orderLimit {
      throw .orderTooHigh(limit: FunctionSeries.orderLimit)
    }
    for (place, variable) in variables.enumerated() {
      let symbol: SymbolID
      switch pool[pool.operand(list, place)] {
      case .symbol(let id), .entry(let id, _): symbol = id
      default: throw .notAVariable(task.handle)
      }
      if let value = constantValue(variable) {
        if !value.isNaN { throw .notAVariable(task.handle) }
        return settle(variable, task.key)
      }
      var blocked: Set<UInt32> = []
      for other in 0..<variables.count {
        switch pool[pool.operand(list, other)] {
        case .symbol(let id) where id != symbol, .entry(let id, _) where id != symbol:
          for name in named where name.symbol == id { blocked.insert(name.register) }
        default: break
        }
      }
      register = try tangent(of: register, by: variable, blocked: blocked)
    }
    settle(register, task.key)
  }

  /// The derivative of one register by another; blocked registers count as constants.
  mutating func tangent(
    of register: UInt32, by seed: UInt32, blocked: Set<UInt32>
  ) throws(EvaluationError) -> UInt32 {
    if register < seed { return constant(0) }
    let start = Int(seed)
    let count = Int(register) - start + 1
    try spend(count / 16 + 1)
    var isNeeded = [Bool](repeating: false, count: count)
    isNeeded[count - 1] = true
    var place = count - 1
    while place > 0 {
      if isNeeded[place] {
        let instruction = tape.instructions[start + place]
        forEachOperand(instruction) { operand in
          if operand >= start { isNeeded[operand - start] = true }
        }
      }
      place -= 1
    }
    let none = UInt32.max
    var tangents = [UInt32](repeating: none, count: count)
    tangents[0] = constant(1)
    for place in 1..<max(1, count) where isNeeded[place] {
      if !blocked.isEmpty, blocked.contains(UInt32(truncatingIfNeeded: start + place)) { continue }
      let instruction = tape.instructions[start + place]
      var isActive = false
      forEachOperand(instruction) { operand in
        if operand >= start, tangents[operand - start] != none { isActive = true }
      }
      if !isActive { continue }
      func tangent(_ operand: UInt32) -> UInt32? {
        let operand = Int(operand)
        if operand < start || operand >= start + count { return nil }
        return tangents[operand - start] == none ? nil : tangents[operand - start]
      }
      let own = UInt32(truncatingIfNeeded: start + place)
      if let result = try derived(
        instruction, own, tangent(instruction.a), tangent(instruction.b), tangent(instruction.c))
      {
        tangents[place] = result
      }
    }
    return tangents[count - 1] == none ? constant(0) : tangents[count - 1]
  }

  @inline(__always)
  private func forEachOperand(_ instruction: Instruction, _ visit: (Int) -> Void) {
    let count = instruction.operandCount
    if count > 0 { visit(Int(instruction.a)) }
    if count > 1 { visit(Int(instruction.b)) }
    if count > 2 { visit(Int(instruction.c)) }
  }

  /// The derivative of one instruction from those of its operands, nil for 0.
  private mutating func derived(
    _ instruction: Instruction, _ own: UInt32, _ da: UInt32?, _ db: UInt32?, _ dc: UInt32?
  ) throws(EvaluationError) -> UInt32? {
    let a = instruction.a
    let b = instruction.b
    switch instruction.operation {
    case .constant, .input, .compare, .both, .either, .not: return nil
    case .copy: return da
    case .negate: return try da.map { da throws(EvaluationError) in try emit(.negate, da) }
    case .add: return try total(da, db)
    case .subtract:
      guard let db else { return da }
      guard let da else { return try emit(.negate, db) }
      return try emit(.subtract, da, db)
    case .multiply:
      var left: UInt32?
      var right: UInt32?
      if let da { left = try multiply(da, b) }
      if let db { right = try multiply(a, db) }
      return try total(left, right)
    case .divide:
      var above = da
      if let db {
        let share = try multiply(own, db)
        above =
          if let da { try emit(.subtract, da, share) } else { try emit(.negate, share) }
      }
      guard let above else { return nil }
      return try emit(.divide, above, b)
    case .integerPower:
      guard let da, instruction.exponent != 0 else { return nil }
      let exponent = Int(instruction.exponent)
      let lowered = try power(a, whole: exponent - 1)
      return try multiply(try multiply(constant(Double(exponent)), lowered), da)
    case .power: return try derivedPower(own, a, b, da, db)
    case .function:
      guard let da else { return nil }
      let slope = try function(instruction.function, order: Int(instruction.order) + 1, a)
      return try multiply(slope, da)
    case .maximum, .minimum:
      let zero = constant(0)
      let relation: Relation = instruction.operation == .maximum ? .greater : .less
      let outer = try emit(.select, try compare(relation, a, b), da ?? zero, db ?? zero)
      let isKink = try emit(
        .both, try compare(.equal, a, b), try compare(.notEqual, da ?? zero, db ?? zero))
      return try emit(.select, isKink, nan(), outer)
    case .select:
      if db == nil, dc == nil { return nil }
      return try emit(.select, a, db ?? constant(0), dc ?? constant(0))
    }
  }

  private mutating func total(
    _ left: UInt32?, _ right: UInt32?
  ) throws(EvaluationError) -> UInt32? {
    guard let left else { return right }
    guard let right else { return left }
    return try add(left, right)
  }

  /// a^b·(b·a′/a + b′·log a), with only the part that is needed.
  private mutating func derivedPower(
    _ own: UInt32, _ a: UInt32, _ b: UInt32, _ da: UInt32?, _ db: UInt32?
  ) throws(EvaluationError) -> UInt32? {
    var left: UInt32?
    var right: UInt32?
    if let da {
      let lowered = try emit(.power, a, try emit(.subtract, b, constant(1)))
      left = try multiply(try multiply(b, lowered), da)
    }
    if let db {
      right = try multiply(try multiply(own, try function(.log, a)), db)
    }
    return try total(left, right)
  }
}
