import NablaElementary
import NablaExpressions

extension Tape {
  /// A first-order bound of the rounding error of every register at a point.
  ///
  /// Each operation adds its own unit roundings to what it passes on from its operands
  /// (running error analysis; Wilkinson 1963, Higham, *Accuracy and Stability*, §3.3).
  /// The inputs count as exact where no errors are given for them.
  func roundingErrors(_ values: [Double], ofInputs inputErrors: [Double] = []) -> [Double] {
    let unit = Double.ulpOfOne
    var errors = [Double](repeating: 0, count: values.count)
    for place in instructions.indices {
      let instruction = instructions[place]
      let count = instruction.operandCount
      let a = count > 0 ? values[Int(instruction.a)] : 0
      let b = count > 1 ? values[Int(instruction.b)] : 0
      let errorOfA = count > 0 ? errors[Int(instruction.a)] : 0
      let errorOfB = count > 1 ? errors[Int(instruction.b)] : 0
      let value = values[place]
      let own = unit * abs(value)
      switch instruction.operation {
      case .input:
        let slot = Int(instruction.a)
        errors[place] = slot < inputErrors.count ? inputErrors[slot] : 0
      case .constant: errors[place] = own
      case .copy, .negate: errors[place] = errorOfA
      case .add, .subtract: errors[place] = errorOfA + errorOfB + own
      case .multiply: errors[place] = product(a, errorOfB) + product(b, errorOfA) + own
      case .divide:
        errors[place] = (errorOfA + product(value, errorOfB)) / abs(b) + own
      case .integerPower:
        let exponent = instruction.exponent
        let slope = exponent == 0 ? 0 : Double(exponent) * realPower(a, Double(exponent) - 1)
        errors[place] = product(slope, errorOfA) + 4 * own
      case .power:
        let slope = b * realPower(a, b - 1)
        errors[place] =
          product(slope, errorOfA) + product(value * log(abs(a)), errorOfB) + 4 * own
      case .function:
        errors[place] = functionError(instruction, a, errorOfA) + 16 * own
      case .maximum: errors[place] = a > b ? errorOfA : errorOfB
      case .minimum: errors[place] = a < b ? errorOfA : errorOfB
      case .compare, .both, .either, .not: errors[place] = 0
      case .select:
        errors[place] = a != 0 ? errorOfB : errors[Int(instruction.c)]
      }
    }
    return errors
  }

  private func functionError(
    _ instruction: Instruction, _ x: Double, _ error: Double
  ) -> Double {
    let order = Int(instruction.order)
    if order + 1 > FunctionSeries.orderLimit { return .infinity }
    let series = FunctionSeries(instruction.function, at: x, order: order + 1)
    var total = product(series.derivative(order + 1), error)
    if order >= 2 {
      // The recurrences may cancel, so that the largest derivative sets the scale.
      var largest = 0.0
      for lower in 0...order { largest = max(largest, abs(series.derivative(lower))) }
      total += 64 * Double.ulpOfOne * largest
    }
    return total
  }

  /// |factor|·error, 0 for an exact operand even where the factor is not finite.
  private func product(_ factor: Double, _ error: Double) -> Double {
    error == 0 ? 0 : abs(factor) * error
  }
}
