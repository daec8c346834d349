import NablaExpressions

/// Expressions as a straight list of operations on doubles, with sums unrolled.
///
/// Operands precede the operations that use them, and every operation has a register of its own.
/// Real semantics: what has no real value is NaN, and so is everything computed from it,
/// except what an indicator or a branch hides.
package struct Tape: Sendable {
  /// The inputs, in the order in which `run` takes their values.
  package internal(set) var slots: [Slot] = []
  /// The registers of the expressions compiled, in their order.
  package internal(set) var roots: [UInt32] = []
  var instructions: [Instruction] = []
  var constants: [Double] = []
  var slotRegisters: [UInt32] = []

  /// The number of operations.
  package var count: Int { instructions.count }

  /// The place of an input, if the expressions depend on it.
  package func place(of slot: Slot) -> Int? { slots.firstIndex(of: slot) }
}

/// What the names of an expression stand for when it is compiled.
package struct TapeContext: Sendable {
  package var definitions = Definitions()
  /// Names that stay inputs although they have a definition.
  package var leaves: Set<SymbolID> = []
  /// Defined names to which an input is added, so that derivatives by them can be taken.
  package var shifted: Set<SymbolID> = []
  /// The values of dimensions, free indices and labels.
  package var values: [SymbolID: Int] = [:]
  /// Chooses the stand-ins of unknown functions.
  package var seed: UInt64 = 1
  package var instructionLimit = 4_000_000

  package init(
    definitions: Definitions = Definitions(), leaves: Set<SymbolID> = [],
    values: [SymbolID: Int] = [:], seed: UInt64 = 1
  ) {
    self.definitions = definitions
    self.leaves = leaves
    self.values = values
    self.seed = seed
  }
}

extension Tape {
  /// The tape of some expressions.
  package init(
    _ expressions: [Handle], _ context: TapeContext, _ pool: inout ExpressionPool
  ) throws(EvaluationError) {
    var compiler = TapeCompiler(context)
    var registers: [UInt32] = []
    for expression in expressions {
      registers.append(try compiler.compile(expression, &pool))
    }
    self = compiler.finish(registers)
  }
}
