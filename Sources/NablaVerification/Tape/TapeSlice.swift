/// The operations through which some roots depend on some inputs.
package struct TapeSlice: Sendable {
  /// The inputs, as places among the slots.
  package let slots: [Int]
  /// The registers of the inputs and of the operations, in the order of the tape.
  let registers: [UInt32]
  /// The place of each register among `registers`, −1 for one that does not count.
  let places: [Int32]
}

extension Tape {
  /// The part of the tape between some inputs and some registers.
  ///
  /// O(number of instructions up to the last of the registers).
  package func slice(from slots: [Int], to targets: [UInt32]) -> TapeSlice {
    let end = Int(targets.max() ?? 0) + 1
    if slots.isEmpty {
      return TapeSlice(slots: [], registers: [], places: [Int32](repeating: -1, count: end))
    }
    var isActive = [Bool](repeating: false, count: end)
    var isNeeded = [Bool](repeating: false, count: end)
    for target in targets { isNeeded[Int(target)] = true }
    for slot in slots where slot < slotRegisters.count {
      let register = Int(slotRegisters[slot])
      if register < end { isActive[register] = true }
    }
    for place in 0..<min(end, instructions.count) where !isActive[place] {
      let instruction = instructions[place]
      let count = instruction.operandCount
      isActive[place] =
        count > 0 && isActive[Int(instruction.a)] || count > 1 && isActive[Int(instruction.b)]
        || count > 2 && isActive[Int(instruction.c)]
    }
    var place = end - 1
    while place >= 0 {
      if isNeeded[place], isActive[place] {
        let instruction = instructions[place]
        let count = instruction.operandCount
        if count > 0 { isNeeded[Int(instruction.a)] = true }
        if count > 1 { isNeeded[Int(instruction.b)] = true }
        if count > 2 { isNeeded[Int(instruction.c)] = true }
      }
      place -= 1
    }
    var registers: [UInt32] = []
    var places = [Int32](repeating: -1, count: end)
    for place in 0..<end where isActive[place] && isNeeded[place] {
      places[place] = Int32(truncatingIfNeeded: registers.count)
      registers.append(UInt32(truncatingIfNeeded: place))
    }
    return TapeSlice(slots: slots, registers: registers, places: places)
  }

  /// The inputs on which some registers depend, as places among the slots.
  package func slots(below targets: [UInt32]) -> [Int] {
    let end = Int(targets.max() ?? 0) + 1
    var isNeeded = [Bool](repeating: false, count: end)
    for target in targets { isNeeded[Int(target)] = true }
    var found: [Int] = []
    var place = min(end, instructions.count) - 1
    while place >= 0 {
      if isNeeded[place] {
        let instruction = instructions[place]
        if instruction.operation == .input { found.append(Int(instruction.a)) }
        let count = instruction.operandCount
        if count > 0 { isNeeded[Int(instruction.a)] = true }
        if count > 1 { isNeeded[Int(instruction.b)] = true }
        if count > 2 { isNeeded[Int(instruction.c)] = true }
      }
      place -= 1
    }
    return found.sorted()
  }

  /// Evaluates the operations of a slice again after its inputs were changed.
  ///
  /// False if a kink or jump was crossed, seen from the values of another point.
  func rerun(_ slice: TapeSlice, _ values: inout [Double], base: [Double]) -> Bool {
    var isSmooth = true
    base.withUnsafeBufferPointer { base in
      values.withUnsafeMutableBufferPointer { values in
        for register in slice.registers {
          let instruction = instructions[Int(register)]
          if instruction.operation == .input { continue }
          let current = UnsafeBufferPointer(values)
          values[Int(register)] = result(of: instruction, current)
          let margin = kinkMargin(of: instruction, current)
          if margin.isInfinite { continue }
          let before = kinkMargin(of: instruction, base)
          if (margin > 0) != (before > 0) || (margin < 0) != (before < 0) { isSmooth = false }
        }
      }
    }
    return isSmooth
  }
}
