import NablaExpressions
import NablaNotation
import NablaNumbers

/// One training from its first to its last step.
struct TrainingSession {
  private(set) var result: TrainingRun
  private let training: Task.Training
  /// The scope with the error signals as definitions.
  private let scope: Scope
  private var trainer: Trainer
  private let layouts: [[[Handle]]]
  private let gradients: [[[Handle]]]
  private var parameters: [TrainingRun.Values] = []
  private let sampleCount: Int

  init(
    _ training: Task.Training, _ scope: Scope, _ solver: Solver, in pool: inout ExpressionPool
  ) throws(TrainingObstacle) {
    self.training = training
    var unknowns: [Handle] = []
    for parameter in training.parameters {
      var indices: [SymbolID] = []
      for (place, range) in pool.declaration(of: parameter).ranges.enumerated() {
        indices.append(pool.freshIndex(over: range, preferring: place == 0 ? "i" : "j"))
      }
      unknowns.append(pool.component(parameter, indices))
    }
    guard
      let pass = solver.backwardPass(of: training.loss, by: unknowns, scope, &pool),
      case .symbol(let loss) = pool[training.loss]
    else { throw TrainingObstacle(reason: "the loss of a training must be a defined scalar") }
    var extended = scope
    for signal in pass.definitions(in: pool).all { extended.definitions.add(signal) }
    self.scope = extended
    result = TrainingRun(pass: pass, mode: training.mode)
    result.parameters = training.parameters
    result.quantities = Self.quantities(training, loss, pass, scope, solver, &pool)
    let values = GivenValues(scope, in: &pool)
    var layouts: [[[Handle]]] = []
    for quantity in result.quantities {
      layouts.append(try Self.components(of: quantity.symbol, values, &pool))
    }
    self.layouts = layouts
    var gradients: [[[Handle]]] = []
    for (gradient, parameter) in zip(pass.gradients, training.parameters) {
      var rows: [[Handle]] = []
      for row in try Self.components(of: parameter, values, &pool) {
        var entries: [Handle] = []
        for component in row {
          entries.append(pool.value(of: gradient.value, gradient.indices, at: component))
        }
        rows.append(entries)
      }
      gradients.append(rows)
    }
    self.gradients = gradients
    var components: [Handle] = []
    for rows in layouts + gradients { for row in rows { components += row } }
    trainer = Trainer(extended, components, in: &pool)
    sampleCount = try Self.sampleCount(training, values, &pool)
    guard let rate = values.value(of: training.rate, &pool) else {
      throw TrainingObstacle(reason: "the rate has no value")
    }
    result.rate = rate
    for parameter in training.parameters {
      parameters.append(try Self.given(parameter, scope, values, &pool))
    }
    result.initial = parameters
  }

  /// Inputs, the quantities on the way to the loss, the loss, and the error signals.
  private static func quantities(
    _ training: Task.Training, _ loss: SymbolID, _ pass: BackwardPass, _ scope: Scope,
    _ solver: Solver, _ pool: inout ExpressionPool
  ) -> [TrainingRun.Quantity] {
    var found: [TrainingRun.Quantity] = []
    for sample in training.samples {
      found.append(TrainingRun.Quantity(symbol: sample.input, role: .input))
    }
    var order: [SymbolID] = []
    var seen: Set<SymbolID> = []
    solver.topologicalOrder(loss, scope.definitions, &seen, &order, &pool)
    for symbol in order {
      found.append(TrainingRun.Quantity(symbol: symbol, role: symbol == loss ? .loss : .unit))
    }
    for signal in pass.signals {
      guard let id = pool.headSymbol(of: signal.name) else { continue }
      found.append(TrainingRun.Quantity(symbol: id, role: .signal))
    }
    return found
  }

  /// The components of a quantity by rows.
  private static func components(
    of symbol: SymbolID, _ values: GivenValues, _ pool: inout ExpressionPool
  ) throws(TrainingObstacle) -> [[Handle]] {
    guard let components = values.components(of: symbol, &pool) else {
      throw TrainingObstacle(
        reason: "the size of “\(pool.name(of: symbol))” is not known, or too large")
    }
    return components
  }

  private static func sampleCount(
    _ training: Task.Training, _ values: GivenValues, _ pool: inout ExpressionPool
  ) throws(TrainingObstacle) -> Int {
    guard let first = training.samples.first else { return 0 }
    let rows = try components(of: first.rows, values, &pool).count
    for sample in training.samples.dropFirst() {
      let name = pool.name(of: sample.rows)
      guard try components(of: sample.rows, values, &pool).count == rows else {
        throw TrainingObstacle(reason: "“\(name)” has another number of samples")
      }
    }
    return rows
  }

  /// The values that a problem gives to a quantity.
  private static func given(
    _ symbol: SymbolID, _ scope: Scope, _ values: GivenValues, _ pool: inout ExpressionPool
  ) throws(TrainingObstacle) -> TrainingRun.Values {
    var rows: TrainingRun.Values = []
    for row in scope.values[symbol]?.rows ?? [] {
      var entries: [NumericValue] = []
      for entry in row {
        guard let value = values.value(of: entry, &pool) else { break }
        entries.append(value)
      }
      rows.append(entries)
    }
    guard !rows.isEmpty else {
      throw TrainingObstacle(
        reason: "“\(pool.name(of: symbol))” has no value; give it one with “at”")
    }
    return rows
  }

  // MARK: Steps

  mutating func run(in pool: inout ExpressionPool) throws(TrainingObstacle) {
    for step in 0..<training.steps { try take(step, in: &pool) }
  }

  private mutating func take(
    _ step: Int, in pool: inout ExpressionPool
  ) throws(TrainingObstacle) {
    var iteration = TrainingRun.Iteration()
    let samples: [Int?]
    if sampleCount == 0 {
      samples = [nil]
    } else if training.mode == .oneByOne {
      samples = [step % sampleCount + 1]
    } else {
      samples = (1...sampleCount).map { $0 }
    }
    iteration.samples = samples
    var losses: [NumericValue] = []
    var totals: [TrainingRun.Values] = []
    for sample in samples {
      try place(sample, in: &pool)
      var components: [Handle] = []
      for rows in layouts + gradients { for row in rows { components += row } }
      guard let flat = trainer.evaluate(components, in: &pool) else {
        throw TrainingObstacle(
          reason: "a quantity is not defined in step \(step + 1)"
            + (sample.map { " at sample \($0)" } ?? ""))
      }
      var rest = flat[...]
      var values: [TrainingRun.Values] = []
      for layout in layouts { values.append(Self.take(layout, from: &rest)) }
      for (place, quantity) in result.quantities.enumerated() where quantity.role == .loss {
        losses.append(values[place][0][0])
      }
      iteration.values.append(values)
      var own: [TrainingRun.Values] = []
      for layout in gradients { own.append(Self.take(layout, from: &rest)) }
      totals = totals.isEmpty ? own : Self.sum(totals, own, &pool)
    }
    iteration.loss = Self.sum(losses, &pool)
    if training.mode == .averaging, samples.count > 1 {
      let share = NumericValue.exact(pool.number(Rational(samples.count).reciprocal ?? 1))
      iteration.loss = iteration.loss.times(share, in: &pool)
      totals = totals.map { $0.map { $0.map { $0.times(share, in: &pool) } } }
    }
    iteration.gradients = totals
    for (place, gradient) in totals.enumerated() {
      var rows: TrainingRun.Values = []
      for (row, slopes) in zip(parameters[place], gradient) {
        var entries: [NumericValue] = []
        for (value, slope) in zip(row, slopes) {
          entries.append(value.minus(result.rate.times(slope, in: &pool), in: &pool))
        }
        rows.append(entries)
      }
      parameters[place] = rows
    }
    iteration.updated = parameters
    result.iterations.append(iteration)
  }

  /// Puts the parameters and one sample in place.
  private mutating func place(
    _ sample: Int?, in pool: inout ExpressionPool
  ) throws(TrainingObstacle) {
    for (symbol, values) in zip(training.parameters, parameters) { trainer.values[symbol] = values }
    guard let sample else { return }
    let given = GivenValues(scope, in: &pool)
    for entry in training.samples {
      let rows = try Self.given(entry.rows, scope, given, &pool)
      guard rows.indices.contains(sample - 1) else { continue }
      trainer.values[entry.input] = rows[sample - 1].map { [$0] }
    }
  }

  private static func take(
    _ layout: [[Handle]], from rest: inout ArraySlice<NumericValue>
  ) -> TrainingRun.Values {
    layout.map { row in
      let values = Array(rest.prefix(row.count))
      rest = rest.dropFirst(row.count)
      return values
    }
  }

  private static func sum(
    _ values: [NumericValue], _ pool: inout ExpressionPool
  ) -> NumericValue {
    var total = NumericValue.exact(pool.zero)
    for value in values { total = total.plus(value, in: &pool) }
    return total
  }

  private static func sum(
    _ left: [TrainingRun.Values], _ right: [TrainingRun.Values], _ pool: inout ExpressionPool
  ) -> [TrainingRun.Values] {
    var totals: [TrainingRun.Values] = []
    for (one, other) in zip(left, right) {
      var rows: TrainingRun.Values = []
      for (row, otherRow) in zip(one, other) {
        var entries: [NumericValue] = []
        for (value, otherValue) in zip(row, otherRow) {
          entries.append(value.plus(otherValue, in: &pool))
        }
        rows.append(entries)
      }
      totals.append(rows)
    }
    return totals
  }

  // MARK: The first step in full

  /// The forward pass and the error signals of the first sample, every intermediate shown.
  mutating func writeOutFirst(
    _ solved: inout SolvedTask, _ solver: Solver, in pool: inout ExpressionPool
  ) {
    guard let first = result.iterations.first?.samples.first else { return }
    var sample = scope
    if let first {
      for entry in training.samples {
        guard let rows = scope.values[entry.rows]?.rows, rows.indices.contains(first - 1) else {
          return
        }
        sample.values[entry.input] = ValueAssignment(rows: rows[first - 1].map { [$0] })
      }
    }
    var task = solved.task
    task.scope = sample
    var forward = SolvedTask(task)
    solver.forward([.value(training.loss)], &forward, &pool)
    guard forward.obstacle == nil else { return }
    result.firstForward = forward.forward
    var signals = SolvedTask(task)
    for definition in result.pass.definitions(in: pool).all {
      solver.appendLines(of: definition, GivenValues(sample, in: &pool), &signals, &pool)
    }
    if signals.obstacle == nil { result.firstSignals = signals.forward }
  }
}

extension ExpressionPool {
  /// An expression with index names at the indices of a component.
  mutating func value(
    of expression: Handle, _ indices: [SymbolID], at component: Handle
  ) -> Handle {
    guard case .entry(_, let list) = self[component] else { return expression }
    var substitution = Substitution()
    for (index, place) in zip(indices, operands(list)) { substitution.symbols[index] = place }
    return substitute(substitution, in: expression)
  }
}
