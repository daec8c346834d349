import NablaExpressions

/// One claim at one choice of its indices, as registers of a tape.
struct CompiledCase {
  let claim: Int
  let choice: IndexChoice
  let left: UInt32
  let right: UInt32
  /// The slots of the variables, in order.
  var slots: [Int] = []
  /// From all variables to the left side.
  var dual: TapeSlice?
  /// From all variables but the last.
  var inner: TapeSlice?
  /// From the last variable.
  var outer: TapeSlice?
}

/// All claims of a check on one tape, for one set of sizes.
struct CompiledClaims {
  private(set) var cases: [CompiledCase] = []
  var source: PointSource
  let sizes: [SymbolID: Int]
  private(set) var hasKinks = false

  /// A claim by its number, and the choices of indices at which it is looked at.
  struct Member {
    let number: Int
    let choices: [IndexChoice]
  }

  /// Draws the next point.
  mutating func draw(attempt: Int) -> Bool { source.draw(attempt: attempt) }

  /// How many instances of one assumption are looked at.
  private static let instanceLimit = 4096

  /// Compiles the cases of some claims.
  ///
  /// Claims that cannot be compiled are put into `failures` by their numbers.
  init(
    _ members: [Member], _ claims: [Claim], sizes: [SymbolID: Int],
    _ context: CheckContext, shifted: Set<SymbolID>, seed: UInt64,
    _ surveyor: inout NameSurveyor, failures: inout [Int: EvaluationError],
    _ pool: inout ExpressionPool
  ) throws(EvaluationError) {
    self.sizes = sizes
    var tapeContext = TapeContext(
      definitions: context.definitions, leaves: context.leaves, values: sizes, seed: context.seed)
    tapeContext.shifted = shifted
    var isRetry = false
    var compiler = TapeCompiler(tapeContext)
    repeat {
      if isRetry { compiler = TapeCompiler(tapeContext) }
      cases = []
      isRetry = false
      for member in members where failures[member.number] == nil {
        do throws(EvaluationError) {
          for choice in member.choices {
            cases.append(
              try compiler.compile(claims[member.number], member.number, choice, &pool))
          }
        } catch {
          failures[member.number] = error
          isRetry = true
          break
        }
      }
    } while isRetry
    var equalities: [PointSource.Equality] = []
    var conditions: [UInt32] = []
    try compiler.compileAssumptions(
      context, sizes, &surveyor, limit: CompiledClaims.instanceLimit, &equalities, &conditions,
      &pool)
    for member in members
    where failures[member.number] == nil && !claims[member.number].conditions.isEmpty {
      for choice in member.choices {
        let scope = compiler.scope(of: choice)
        for condition in claims[member.number].conditions {
          if case true = compiler.decided(condition, scope, pool) { continue }
          try compiler.compileFact(condition, scope, &equalities, &conditions, &pool)
        }
      }
    }
    let tape = compiler.finish([])
    hasKinks = tape.hasKinks
    for place in cases.indices where !cases[place].slots.isEmpty {
      let slots = cases[place].slots
      let left = cases[place].left
      let dual = tape.slice(from: slots, to: [left])
      cases[place].dual = dual
      cases[place].inner = tape.slice(from: Array(slots.dropLast()), to: [left])
      cases[place].outer =
        slots.count == 1 ? dual : tape.slice(from: Array(slots.suffix(1)), to: [left])
    }
    let guessed = tape.slots.filter { slot in
      context.leaves.contains(slot.symbol) && context.definitions[slot.symbol] != nil
    }
    var guessContext = tapeContext
    guessContext.leaves = []
    guessContext.shifted = []
    var names: [Handle] = []
    for slot in guessed {
      let indices = slot.indices.map { pool.integer($0) }
      names.append(
        indices.isEmpty ? pool.symbol(slot.symbol) : pool.entry(slot.symbol, indices))
    }
    // A definition that depends on a label or cannot be evaluated gives no guess.
    let guess = names.isEmpty ? Tape() : try? Tape(names, guessContext, &pool)
    source = PointSource(
      tape, equalities: equalities, conditions: conditions, guess: guess ?? Tape(),
      guessed: guess == nil ? [] : guessed, values: sizes, fixed: context.fixed, seed: seed, pool)
  }
}

extension TapeCompiler {
  /// The scope in which the free indices and the labels have the values of a choice.
  mutating func scope(of choice: IndexChoice) -> Int {
    let world: Int
    let labels = choice.labelValues
    if let known = worlds.firstIndex(of: labels) {
      world = known
    } else {
      _ = addWorld(labels)
      world = worlds.count - 1
    }
    let indices = choice.values.prefix(choice.indices.count)
    return addFrame(choice.indices, indices.map { .integer($0) }, world: world)
  }

  fileprivate mutating func compile(
    _ claim: Claim, _ number: Int, _ choice: IndexChoice, _ pool: inout ExpressionPool
  ) throws(EvaluationError) -> CompiledCase {
    let scope = scope(of: choice)
    let left = try compile(claim.left, scope: scope, &pool)
    let right = try compile(claim.right, scope: scope, &pool)
    var slots: [Int] = []
    for variable in claim.variables {
      let register = try compile(variable, scope: scope, &pool)
      guard let slot = slot(of: register) else { throw .notAVariable(variable) }
      slots.append(slot)
    }
    return CompiledCase(claim: number, choice: choice, left: left, right: right, slots: slots)
  }

  /// The slot a variable's register is an input from, or is shifted by.
  private func slot(of register: UInt32) -> Int? {
    let instruction = tape.instructions[Int(register)]
    switch instruction.operation {
    case .input: return Int(instruction.a)
    case .add:
      let other = tape.instructions[Int(instruction.b)]
      guard other.operation == .input, tape.slots[Int(other.a)].isShift else { return nil }
      return Int(other.a)
    default: return nil
    }
  }

  /// The instances of all assumptions that speak of values.
  mutating func compileAssumptions(
    _ context: CheckContext, _ sizes: [SymbolID: Int], _ surveyor: inout NameSurveyor, limit: Int,
    _ equalities: inout [PointSource.Equality], _ conditions: inout [UInt32],
    _ pool: inout ExpressionPool
  ) throws(EvaluationError) {
    let chooser = IndexChooser(values: sizes)
    for assumption in context.assumptions {
      let survey = surveyor([assumption], pool)
      if !survey.hasValues { continue }
      let indices = survey.indices.filter { sizes[$0] == nil }
      let labels = survey.labels.filter { sizes[$0] == nil }
      var ranges: [ClosedRange<Int>] = []
      var total = 1
      for name in indices + labels {
        guard let range = chooser.range(of: name, pool) else { continue }
        ranges.append(range)
        total = min(limit + 1, total * min(limit + 1, range.count))
      }
      if ranges.count < indices.count + labels.count { continue }
      if total > limit { throw .tooLarge(limit: limit) }
      for tuple in Tuples(ranges) {
        let choice = IndexChoice(indices: indices, labels: labels, values: tuple)
        try compileFact(assumption, scope(of: choice), &equalities, &conditions, &pool)
      }
    }
  }

  /// An equation becomes two registers to be made equal, anything else a condition.
  mutating func compileFact(
    _ fact: Handle, _ scope: Int, _ equalities: inout [PointSource.Equality],
    _ conditions: inout [UInt32], _ pool: inout ExpressionPool
  ) throws(EvaluationError) {
    switch pool[fact] {
    case .conjunction(let list):
      for part in pool.operands(list) {
        try compileFact(part, scope, &equalities, &conditions, &pool)
      }
    case .relation(.equal, let list) where pool.count(list) == 2:
      if decided(fact, scope, pool) == true { return }
      let left = try compile(pool.operand(list, 0), scope: scope, &pool)
      let right = try compile(pool.operand(list, 1), scope: scope, &pool)
      if constantValue(left)?.isNaN == true || constantValue(right)?.isNaN == true { return }
      equalities.append(PointSource.Equality(left: left, right: right))
    default:
      let register = try compile(fact, scope: scope, &pool)
      if constantValue(register)?.isNaN == true { return }
      conditions.append(register)
    }
  }
}

extension Tape {
  /// Whether an operation has a kink or a jump.
  var hasKinks: Bool {
    instructions.contains { instruction in
      switch instruction.operation {
      case .function: instruction.function.hasKink
      case .maximum, .minimum, .compare: true
      default: false
      }
    }
  }
}
