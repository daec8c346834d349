import NablaExpressions

/// Instructions with the nearest simplifications.
extension TapeCompiler {
  mutating func emit(_ instruction: Instruction) throws(EvaluationError) -> UInt32 {
    if tape.instructions.count >= context.instructionLimit {
      throw .tooLarge(limit: context.instructionLimit)
    }
    tape.instructions.append(instruction)
    return UInt32(truncatingIfNeeded: tape.instructions.count - 1)
  }

  mutating func emit(
    _ operation: Instruction.Operation, _ a: UInt32, _ b: UInt32 = 0, _ c: UInt32 = 0
  ) throws(EvaluationError) -> UInt32 {
    try emit(Instruction(operation: operation, a: a, b: b, c: c))
  }

  /// A constant; equal constants share a register.
  mutating func constant(_ value: Double) -> UInt32 {
    if let known = constantRegisters[value.bitPattern] { return known }
    tape.constants.append(value)
    let place = UInt32(truncatingIfNeeded: tape.constants.count - 1)
    tape.instructions.append(Instruction(operation: .constant, a: place))
    let register = UInt32(truncatingIfNeeded: tape.instructions.count - 1)
    constantRegisters[value.bitPattern] = register
    return register
  }

  /// The register of what has no value.
  mutating func nan() -> UInt32 { constant(.nan) }

  /// The value of a register that holds a constant.
  func constantValue(_ register: UInt32) -> Double? {
    let instruction = tape.instructions[Int(register)]
    guard instruction.operation == .constant else { return nil }
    return tape.constants[Int(instruction.a)]
  }

  mutating func add(_ a: UInt32, _ b: UInt32) throws(EvaluationError) -> UInt32 {
    if constantValue(a) == 0 { return b }
    if constantValue(b) == 0 { return a }
    return try emit(.add, a, b)
  }

  mutating func multiply(_ a: UInt32, _ b: UInt32) throws(EvaluationError) -> UInt32 {
    if constantValue(a) == 1 { return b }
    if constantValue(b) == 1 { return a }
    if constantValue(a) == -1 { return try emit(.negate, b) }
    if constantValue(b) == -1 { return try emit(.negate, a) }
    return try emit(.multiply, a, b)
  }

  mutating func power(_ base: UInt32, whole exponent: Int) throws(EvaluationError) -> UInt32 {
    if exponent == 1 { return base }
    guard let narrow = Int32(exactly: exponent) else {
      return try emit(.power, base, constant(Double(exponent)))
    }
    return try emit(.integerPower, base, UInt32(bitPattern: narrow))
  }

  mutating func function(
    _ function: Function, order: Int = 0, _ argument: UInt32
  ) throws(EvaluationError) -> UInt32 {
    if order > FunctionSeries.orderLimit {
      throw .orderTooHigh(limit: FunctionSeries.orderLimit)
    }
    return try emit(
      Instruction(
        operation: .function, detail: function.rawValue,
        order: UInt16(truncatingIfNeeded: order), a: argument))
  }

  mutating func compare(
    _ relation: Relation, _ a: UInt32, _ b: UInt32
  ) throws(EvaluationError) -> UInt32 {
    try emit(Instruction(operation: .compare, detail: relation.rawValue, a: a, b: b))
  }

  /// The register of an input.
  mutating func input(_ slot: Slot) throws(EvaluationError) -> UInt32 {
    var number = chain(slot.isShift ? 3 : 2, Int(slot.symbol.index))
    for index in slot.indices { number = chain(number, index) }
    let key = UInt64(number)
    if let known = slotRegisters[key] { return known }
    let place = UInt32(truncatingIfNeeded: tape.slots.count)
    tape.slots.append(slot)
    let register = try emit(.input, place)
    tape.slotRegisters.append(register)
    slotRegisters[key] = register
    return register
  }
}
