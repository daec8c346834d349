import NablaExpressions

/// Turns expressions into one tape.
///
/// It works on a stack of tasks of its own, so that deep expressions cost no call stack.
/// What has been compiled is remembered for each node with the values of the indices,
/// parameters and labels it depends on, so that a closed subterm is compiled once.
struct TapeCompiler: ~Copyable {
  let context: TapeContext
  var tape = Tape()
  var tasks: [Task] = []
  /// The registers of finished operands.
  var results: [UInt32] = []

  var frames: [Frame] = []
  var bindings: [Binding] = []
  var scopes: [Scope] = []
  var scopeValues: [Int] = []
  /// The values of labels, one set for each case looked at.
  var worlds: [[SymbolID: Int]] = []

  var memo = IntegerTable()
  /// Interned chains of integers, which stand for the values a node depends on.
  var chains = IntegerTable()
  var chainCount: UInt32 = 1 << 16
  var constantRegisters = IntegerTable()
  var slotRegisters = IntegerTable()
  var openings = IntegerTable()
  /// Which bound indices a node depends on, as places in `useMasks`.
  var uses = IntegerTable()
  var useMasks: [UInt64] = []
  /// The registers that carry the values of defined names.
  var named: [(register: UInt32, symbol: SymbolID)] = []
  /// The registers of the minors of matrices, by chains of entries, rows and columns.
  var minors = IntegerTable()
  /// The registers of inverses found by elimination, by chains of entries.
  var inverses: [UInt32: [UInt32]] = [:]
  /// What has been spent on unrolling and on derivatives, against the same limit as instructions.
  var work = 0

  init(_ context: TapeContext) {
    self.context = context
    _ = addWorld([:])
  }

  /// The register of an expression in the root frame.
  mutating func compile(
    _ handle: Handle, _ pool: inout ExpressionPool
  ) throws(EvaluationError) -> UInt32 {
    try compile(handle, scope: 0, &pool)
  }

  /// The register of an expression whose free indices have the values of a scope.
  mutating func compile(
    _ handle: Handle, scope: Int, _ pool: inout ExpressionPool
  ) throws(EvaluationError) -> UInt32 {
    tasks.removeAll(keepingCapacity: true)
    results.removeAll(keepingCapacity: true)
    tasks.append(Task(.visit, handle, scope))
    while let task = tasks.popLast() {
      switch task.action {
      case .visit: try visit(task.handle, task.scope, &pool)
      case .combine: try combine(task, pool)
      case .callFunction: try callFunction(task, &pool)
      case .nameDefinition: try nameDefinition(task, pool)
      case .takeDerivative: try takeDerivative(task, pool)
      }
    }
    return results.last ?? nan()
  }

  /// The tape with these registers as roots.
  consuming func finish(_ registers: [UInt32]) -> Tape {
    tape.roots = registers
    return tape
  }
}

extension TapeCompiler {
  /// What is left to do for a node.
  struct Task {
    enum Action {
      case visit, combine, callFunction, nameDefinition, takeDerivative
    }

    let action: Action
    let handle: Handle
    let scope: Int
    /// How many operand registers wait for the task.
    var count = 0
    /// How many conditions follow the operands, or the place of a frame.
    var extra = 0
    /// For an entry of an inverse, which one, counted row by row.
    var place = 0
    /// Under which key the result is remembered.
    var key: UInt64 = 0

    init(_ action: Action, _ handle: Handle, _ scope: Int) {
      self.action = action
      self.handle = handle
      self.scope = scope
    }
  }

  /// The parameters of a definition that has been opened.
  struct Frame: BitwiseCopyable {
    /// The place of the first parameter.
    let start: Int
    let count: Int
    let world: Int
  }

  enum FrameValue: BitwiseCopyable {
    case integer(Int)
    case register(UInt32)
  }

  /// A parameter of an opened definition with its value.
  struct Binding: BitwiseCopyable {
    let symbol: SymbolID
    var value: FrameValue
    /// Stands for both in keys.
    let number: UInt32
  }

  /// The values of the indices of one binder, inside those of the binders around it.
  struct Scope: BitwiseCopyable {
    let parent: Int
    let frame: Int
    let start: Int
  }

  /// Adds a case of label values; returns its scope, in which no index has a value.
  mutating func addWorld(_ labels: [SymbolID: Int]) -> Int {
    worlds.append(labels)
    return addFrame([], [], world: worlds.count - 1)
  }

  /// Adds a frame and returns its scope without binders.
  mutating func addFrame(_ parameters: [SymbolID], _ values: [FrameValue], world: Int) -> Int {
    let start = bindings.count
    for (symbol, value) in zip(parameters, values) {
      let number =
        switch value {
        case .integer(let integer): chain(chain(0, Int(symbol.index)), integer)
        case .register(let register): chain(chain(1, Int(symbol.index)), Int(register))
        }
      bindings.append(Binding(symbol: symbol, value: value, number: number))
    }
    frames.append(Frame(start: start, count: bindings.count - start, world: world))
    scopes.append(Scope(parent: -1, frame: frames.count - 1, start: scopeValues.count))
    return scopes.count - 1
  }

  /// Gives the parameters of a scope's frame other integers, for conditions on indices alone.
  mutating func rebind(_ values: [Int], _ scope: Int) {
    let frame = frames[scopes[scope].frame]
    for place in 0..<Swift.min(frame.count, values.count) {
      bindings[frame.start + place].value = .integer(values[place])
    }
  }

  /// What a symbol stands for apart from definitions and inputs.
  func lookUp(_ symbol: SymbolID, _ scope: Int) -> FrameValue? {
    let frame = frames[scopes[scope].frame]
    for place in frame.start..<(frame.start + frame.count) where bindings[place].symbol == symbol {
      return bindings[place].value
    }
    if let value = worlds[frame.world][symbol] { return .integer(value) }
    return context.values[symbol].map { .integer($0) }
  }

  /// The value of a bound index.
  func boundValue(_ level: UInt32, _ slot: UInt32, _ scope: Int) -> Int? {
    var place = scope
    for _ in 0..<level {
      guard place >= 0 else { return nil }
      place = scopes[place].parent
    }
    guard place >= 0, scopes[place].parent >= 0 else { return nil }
    let value = scopes[place].start + Int(slot)
    return value < scopeValues.count ? scopeValues[value] : nil
  }

  mutating func spend(_ amount: Int) throws(EvaluationError) {
    let total = work.addingReportingOverflow(amount)
    work = total.partialValue
    if total.overflow || work > 16 * context.instructionLimit {
      throw .tooLarge(limit: context.instructionLimit)
    }
  }
}
