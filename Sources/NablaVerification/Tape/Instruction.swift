import NablaExpressions

/// One operation of a tape; its place on the tape is the register that holds its result.
struct Instruction: BitwiseCopyable, Sendable {
  enum Operation: UInt8, BitwiseCopyable, Sendable {
    /// `a` is the place in the table of constants.
    case constant
    /// `a` is the place among the slots.
    case input
    /// The same value under a name of its own, so that derivatives can be taken by it.
    case copy
    case add, subtract, multiply, divide, negate
    /// `b` holds the bits of the exponent, an `Int32`.
    case integerPower
    case power
    /// `detail` is the function, `order` which of its derivatives.
    case function
    case maximum, minimum
    /// `detail` is the relation; the result is 1 or 0.
    case compare
    case both, either, not
    /// `b` where the condition `a` is 1, `c` where it is 0.
    case select
  }

  var operation: Operation
  var detail: UInt8 = 0
  var order: UInt16 = 0
  var a: UInt32 = 0
  var b: UInt32 = 0
  var c: UInt32 = 0

  var exponent: Int32 { Int32(bitPattern: b) }

  var function: Function { Function(rawValue: detail) ?? .exp }

  var relation: Relation { Relation(rawValue: detail) ?? .equal }

  /// How many of `a`, `b` and `c` are registers.
  @inline(__always)
  var operandCount: Int {
    switch operation {
    case .constant, .input: 0
    case .copy, .negate, .integerPower, .function, .not: 1
    case .add, .subtract, .multiply, .divide, .power, .maximum, .minimum, .compare, .both, .either:
      2
    case .select: 3
    }
  }
}
