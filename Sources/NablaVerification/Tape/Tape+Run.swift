import NablaElementary
import NablaExpressions

/// The values of all registers of a tape at one point; reused from point to point.
package struct TapePoint: Sendable {
  var values: [Double] = []
  /// The least distance to a kink or jump, not counting exact hits:
  /// the magnitude of arguments of |·|, ReLU, sign and step, and of differences compared.
  package var clearance = Double.infinity

  package init() {}
}

extension Tape {
  /// Evaluates every register at a point given by the values of the slots.
  ///
  /// O(number of instructions), without allocation once the point has been used.
  package func run(_ inputs: [Double], into point: inout TapePoint) {
    if point.values.count != instructions.count {
      point.values = [Double](repeating: 0, count: instructions.count)
    }
    var clearance = Double.infinity
    instructions.withUnsafeBufferPointer { instructions in
      point.values.withUnsafeMutableBufferPointer { values in
        for place in 0..<instructions.count {
          let instruction = instructions[place]
          switch instruction.operation {
          case .constant: values[place] = constants[Int(instruction.a)]
          case .input:
            let slot = Int(instruction.a)
            values[place] = slot < inputs.count ? inputs[slot] : .nan
          default:
            values[place] = result(of: instruction, UnsafeBufferPointer(values))
            let margin = abs(kinkMargin(of: instruction, UnsafeBufferPointer(values)))
            if margin < clearance, margin > 0 { clearance = margin }
          }
        }
      }
    }
    point.clearance = clearance
  }

  /// The value of each root at a point given by the values of the slots.
  package func values(at inputs: [Double]) -> [Double] {
    var point = TapePoint()
    run(inputs, into: &point)
    return roots.map { point.values[Int($0)] }
  }
}

/// The signed distance to the kink or jump of an operation, infinite if it has none.
@inline(__always)
func kinkMargin(of instruction: Instruction, _ values: UnsafeBufferPointer<Double>) -> Double {
  switch instruction.operation {
  case .function: instruction.function.hasKink ? values[Int(instruction.a)] : .infinity
  case .maximum, .minimum, .compare: values[Int(instruction.a)] - values[Int(instruction.b)]
  default: .infinity
  }
}

/// The value of an operation on registers.
@inline(__always)
func result(of instruction: Instruction, _ values: UnsafeBufferPointer<Double>) -> Double {
  let a = values[Int(instruction.a)]
  switch instruction.operation {
  case .constant, .input: return .nan
  case .copy: return a
  case .add: return a + values[Int(instruction.b)]
  case .subtract: return a - values[Int(instruction.b)]
  case .multiply: return a * values[Int(instruction.b)]
  case .divide:
    let b = values[Int(instruction.b)]
    return b == 0 ? .nan : a / b
  case .negate: return -a
  case .integerPower: return wholePower(a, instruction.exponent)
  case .power: return realPower(a, values[Int(instruction.b)])
  case .function:
    if instruction.order == 0 { return realValue(of: instruction.function, at: a) }
    let order = Int(instruction.order)
    return FunctionSeries(instruction.function, at: a, order: order).derivative(order)
  case .maximum:
    let b = values[Int(instruction.b)]
    return a > b ? a : (a <= b ? b : .nan)
  case .minimum:
    let b = values[Int(instruction.b)]
    return a < b ? a : (a >= b ? b : .nan)
  case .compare:
    let b = values[Int(instruction.b)]
    if a.isNaN || b.isNaN { return .nan }
    return instruction.relation.holds(sign: a < b ? -1 : (a > b ? 1 : 0)) ? 1 : 0
  case .both:
    let b = values[Int(instruction.b)]
    if a == 0 || b == 0 { return 0 }
    return a.isNaN || b.isNaN ? .nan : 1
  case .either:
    let b = values[Int(instruction.b)]
    if a == 1 || b == 1 { return 1 }
    return a.isNaN || b.isNaN ? .nan : 0
  case .not: return 1 - a
  case .select:
    if a.isNaN { return .nan }
    return a != 0 ? values[Int(instruction.b)] : values[Int(instruction.c)]
  }
}
