import NablaElementary
import NablaExpressions

extension Tape {
  /// How many derivatives can be taken at once by dual numbers.
  package static let dualOrderLimit = 4

  /// The mixed derivative of a root by one slot for each order, in forward mode.
  ///
  /// Dual numbers over the nilpotent units ε₁…εₙ carry 2ⁿ components; the derivative is the
  /// component of ε₁⋯εₙ. The point has to be evaluated. NaN at a kink; nil beyond order 4.
  package func derivative(of root: Int, by slots: [Int], at point: TapePoint) -> Double? {
    let target = roots[root]
    return derivative(
      of: target, by: slots, slice(from: slots, to: [target]), values: point.values)
  }

  /// The same from a slice that holds everything between the slots and the register.
  func derivative(
    of register: UInt32, by slots: [Int], _ slice: TapeSlice, values: [Double]
  ) -> Double? {
    if slots.count > Tape.dualOrderLimit { return nil }
    if slots.isEmpty { return values[Int(register)] }
    if slice.places[Int(register)] < 0 { return values[Int(register)].isNaN ? .nan : 0 }
    var run = DualRun(order: slots.count, registerCount: slice.registers.count)
    for (place, register) in slice.registers.enumerated() {
      let instruction = instructions[Int(register)]
      if instruction.operation == .input {
        run.seed(place, values[Int(register)], slots, Int(instruction.a))
      } else {
        run.evaluate(instruction, Int(register), place, slice.places, values)
      }
    }
    return run.top(Int(slice.places[Int(register)]))
  }
}

/// Dual numbers for each register of a slice.
private struct DualRun {
  let order: Int
  private let width: Int
  private var components: [Double]
  private var hasTouchedKink = false

  init(order: Int, registerCount: Int) {
    self.order = order
    width = 1 << order
    components = [Double](repeating: 0, count: registerCount << order)
  }

  func top(_ place: Int) -> Double {
    hasTouchedKink ? .nan : components[place * width + width - 1]
  }

  mutating func seed(_ place: Int, _ value: Double, _ slots: [Int], _ slot: Int) {
    components[place * width] = value
    for (unit, seeded) in slots.enumerated() where seeded == slot {
      components[place * width + 1 << unit] = 1
    }
  }

  mutating func evaluate(
    _ instruction: Instruction, _ register: Int, _ place: Int, _ places: [Int32],
    _ values: [Double]
  ) {
    func load(_ operand: UInt32) -> DualNumber {
      var number = DualNumber(values[Int(operand)])
      let place = Int(places[Int(operand)])
      if place >= 0 {
        for unit in 1..<width { number.parts[unit] = components[place * width + unit] }
      }
      return number
    }
    let a = load(instruction.a)
    let result: DualNumber
    switch instruction.operation {
    case .constant, .input: return
    case .copy: result = a
    case .negate: result = a.mapped(order) { -$0 }
    case .add: result = a.combined(load(instruction.b), order) { $0 + $1 }
    case .subtract: result = a.combined(load(instruction.b), order) { $0 - $1 }
    case .multiply: result = a.times(load(instruction.b), order)
    case .divide:
      let b = load(instruction.b)
      let inverse = b.composed(binomialSeries(-1, b.parts[0]), order)
      result = a.times(inverse, order)
    case .integerPower:
      result = a.composed(binomialSeries(Double(instruction.exponent), a.parts[0]), order)
    case .power: result = power(a, load(instruction.b))
    case .function:
      result = a.composed(series(instruction, a.parts[0]), order)
    case .maximum, .minimum:
      let b = load(instruction.b)
      if a.parts[0] == b.parts[0] {
        let isSmooth = a.combined(b, order) { $0 - $1 }.isConstant(order)
        result = isSmooth ? a : .undefined(a.parts[0], order)
      } else {
        result = (a.parts[0] > b.parts[0]) == (instruction.operation == .maximum) ? a : b
      }
    case .compare:
      let b = load(instruction.b)
      let isMoving = !a.combined(b, order) { $0 - $1 }.isConstant(order)
      if a.parts[0] == b.parts[0], isMoving { hasTouchedKink = true }
      result = DualNumber(values[register])
    case .both, .either, .not: result = DualNumber(values[register])
    case .select:
      let isTrue = values[Int(instruction.a)]
      result =
        isTrue.isNaN ? .undefined(.nan, order) : load(isTrue != 0 ? instruction.b : instruction.c)
    }
    components[place * width] = values[register]
    for unit in 1..<width { components[place * width + unit] = result.parts[unit] }
  }

  /// The coefficients of the derivative that an instruction stands for: d_k = c_{m+k}·(m+k)!/k!.
  private func series(_ instruction: Instruction, _ x: Double) -> InlineArray<5, Double> {
    let shift = Int(instruction.order)
    var result = InlineArray<5, Double>(repeating: 0)
    if shift + order > FunctionSeries.orderLimit {
      return InlineArray<5, Double>(repeating: .nan)
    }
    let series = FunctionSeries(instruction.function, at: x, order: shift + order)
    for k in 0...order {
      var value = series.coefficients[shift + k]
      if shift > 0 { for factor in (k + 1)...(k + shift) { value *= Double(factor) } }
      result[k] = value
    }
    return result
  }

  /// The coefficients of x^p at x: binomial(p, k)·x^(p−k), exactly 0 where the binomial is.
  private func binomialSeries(_ p: Double, _ x: Double) -> InlineArray<5, Double> {
    var result = InlineArray<5, Double>(repeating: 0)
    var binomial = 1.0
    for k in 0...order {
      if binomial == 0 { break }
      let exponent = p - Double(k)
      let whole = Int32(exactly: exponent)
      let power = whole.map { wholePower(x, $0) } ?? realPower(x, exponent)
      result[k] = binomial * power
      binomial *= exponent / Double(k + 1)
    }
    return result
  }

  /// a^b: a power of a if b is constant, exp(b·log a) otherwise.
  private func power(_ a: DualNumber, _ b: DualNumber) -> DualNumber {
    if b.isConstant(order) { return a.composed(binomialSeries(b.parts[0], a.parts[0]), order) }
    if !(a.parts[0] > 0) { return .undefined(.nan, order) }
    var logarithm = InlineArray<5, Double>(repeating: 0)
    logarithm[0] = log(a.parts[0])
    for k in 1...order {
      logarithm[k] = (k % 2 == 1 ? 1 : -1) / (Double(k) * wholePower(a.parts[0], Int32(k)))
    }
    let exponent = b.times(a.composed(logarithm, order), order)
    var exponential = InlineArray<5, Double>(repeating: 0)
    exponential[0] = exp(exponent.parts[0])
    for k in 1...order { exponential[k] = exponential[k - 1] / Double(k) }
    return exponent.composed(exponential, order)
  }
}
