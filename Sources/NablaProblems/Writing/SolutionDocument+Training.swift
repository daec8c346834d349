import NablaExpressions
import NablaNotation
import NablaNumbers
import NablaRendering
import NablaRewriting

extension SolutionDocument {
  /// Decimals of the numbers in the tables of a training.
  private static var shownDecimals: Int { 6 }
  /// Samples beside one another in one table.
  private static var tableWidth: Int { 5 }
  private static var mostSamples: Int { 20 }

  /// The gradients in symbols, the first sample in full, then a table for each step.
  mutating func writeTraining(
    _ solved: SolvedTask, _ training: Task.Training, _ pool: inout ExpressionPool
  ) {
    guard let run = solved.training else { return }
    lastSubject = training.loss
    writeOpening(run, training, &pool)
    let outer = builder.spellings
    write(run.pass, &pool)
    spellSignals(of: run.pass, &pool)
    writeUpdateRule(run, training, &pool)
    writeFirst(run, &pool)
    let told = toldSteps(of: run)
    for place in 0..<told { write(run.iterations[place], place + 1, run, training, &pool) }
    if told < run.iterations.count { writeOverview(run, training, after: told, &pool) }
    writeLosses(run, lossOverSamples(run, training, &pool), &pool)
    builder.spellings = outer
  }

  private mutating func writeOpening(
    _ run: TrainingRun, _ training: Task.Training, _ pool: inout ExpressionPool
  ) {
    var line: [Inline] = [
      .strong([words("Training.")])
    ]
    line += sentence(
      training.steps == 1
        ? " %1 step of gradient descent on %2 by %3 with rate %4"
        : " %1 steps of gradient descent on %2 by %3 with rate %4",
      .text(String(training.steps)), .formula(formula(training.loss, &pool)),
      .formula(.list(run.parameters.map { formula(pool.symbol($0), &pool) })),
      .formula(formula(training.rate, &pool)))
    let count = run.iterations.first?.samples.count ?? 0
    switch training.mode {
    case _ where training.samples.isEmpty: break
    case .summing: line += sentence(", summed over %1 samples", self.count(count))
    case .averaging: line += sentence(", averaged over %1 samples", self.count(count))
    case .oneByOne: line.append(words(", one sample after the other"))
    }
    line += sentence(
      run.isExact
        ? ". All numbers are exact; long ones are shown to %1 decimals."
        : ". Numbers are shown to %1 decimals; nothing is rounded in between.",
      self.count(Self.shownDecimals))
    document.blocks.append(.lead(line))
  }

  /// W ← W − rate · Σ ∂L/∂W.
  private mutating func writeUpdateRule(
    _ run: TrainingRun, _ training: Task.Training, _ pool: inout ExpressionPool
  ) {
    let rate = formula(training.rate, &pool)
    let loss = formula(training.loss, &pool)
    var rows: [DerivationRow] = []
    for parameter in run.parameters {
      let name = formula(pool.symbol(parameter), &pool)
      var slope = Formula.derivative(loss, by: name)
      let isGathered = !training.samples.isEmpty && training.mode != .oneByOne
      if isGathered {
        slope = .bigOperator(.sum, .init([.name("n")]), slope)
        if training.mode == .averaging {
          let count = String(run.iterations.first?.samples.count ?? 1)
          slope = .product([.fraction(.number("1"), .number(count)), slope])
        }
      }
      rows.append(
        DerivationRow(
          name, .assigned, .sum([.init(.plus, name), .init(.minus, .product([rate, slope]))])))
    }
    document.blocks.append(.paragraph([words("Each step replaces the parameters:")]))
    document.blocks.append(.derivation(rows))
  }

  private mutating func writeFirst(_ run: TrainingRun, _ pool: inout ExpressionPool) {
    guard !run.firstForward.isEmpty else { return }
    let isSampled = run.iterations.first?.samples.first.flatMap { $0 } != nil
    document.blocks.append(
      .lead([
        .strong([words("The first step in full.")]),
        words(isSampled ? " Sample 1, forward:" : " Forward:"),
      ]))
    writeForward(run.firstForward, &pool)
    guard !run.firstSignals.isEmpty else { return }
    document.blocks.append(.paragraph([words("and backward:")]))
    writeForward(run.firstSignals, &pool)
  }

  // MARK: Long runs

  /// Longer runs are told by their first steps and a table.
  private static var mostSteps: Int { 10 }
  private static var firstSteps: Int { 3 }
  private static var mostRows: Int { 24 }
  private static var mostColumns: Int { 6 }

  /// How many steps are written out.
  private func toldSteps(of run: TrainingRun) -> Int {
    let count = run.iterations.count
    return count <= Self.mostSteps || detail == .full ? count : Self.firstSteps
  }

  /// The loss before and the parameters after the other steps, some of them where they are many.
  private mutating func writeOverview(
    _ run: TrainingRun, _ training: Task.Training, after told: Int, _ pool: inout ExpressionPool
  ) {
    let count = run.iterations.count
    let stride = (count - told + Self.mostRows - 1) / Self.mostRows
    var places = Array(Swift.stride(from: told, to: count, by: stride))
    if places.last != count - 1 { places.append(count - 1) }
    var header: [[Inline]] = [
      [words("Step")], [.formula(lossOverSamples(run, training, &pool))],
    ]
    var entries: [(parameter: Int, row: Int, column: Int)] = []
    for (place, parameter) in run.parameters.enumerated() {
      let name = formula(pool.symbol(parameter), &pool)
      let order = pool.declaration(of: parameter).ranges.count
      for (row, values) in run.iterations[told].updated[place].enumerated() {
        for column in values.indices where entries.count < Self.mostColumns {
          let indices = [row + 1, column + 1].prefix(order).map { Formula.number(String($0)) }
          entries.append((place, row, column))
          header.append([.formula(order == 0 ? name : .indexed(name, indices))])
        }
      }
    }
    var rows: [[[Inline]]] = []
    for place in places {
      let iteration = run.iterations[place]
      var cells: [[Inline]] = [
        [.text("\(place + 1)")],
        [.formula(.number(pictureText(of: iteration.loss, digits: 6, pool)))],
      ]
      for entry in entries {
        let value = iteration.updated[entry.parameter][entry.row][entry.column]
        cells.append([.formula(.number(pictureText(of: value, digits: 6, pool)))])
      }
      rows.append(cells)
    }
    document.blocks.append(
      .paragraph(
        sentence(
          stride == 1
            ? "The other steps in short, each with the loss before it and the parameters after it:"
            : "Some of the other steps in short, each with the loss before it and the parameters "
              + "after it:")))
    document.blocks.append(.table(Table(header: header, rows: rows)))
  }

  // MARK: One step

  private mutating func write(
    _ iteration: TrainingRun.Iteration, _ step: Int, _ run: TrainingRun, _ training: Task.Training,
    _ pool: inout ExpressionPool
  ) {
    document.blocks.append(.lead([.strong(sentence("Step %1.", count(step)))]))
    var places = Array(iteration.samples.indices.prefix(Self.mostSamples))
    let isCut = places.count < iteration.samples.count
    while !places.isEmpty {
      let shown = places.prefix(Self.tableWidth)
      places.removeFirst(shown.count)
      document.blocks.append(.table(table(iteration, shown, run, &pool)))
    }
    if isCut {
      document.blocks.append(
        .note(
          sentence(
            "The first %1 of %2 samples.", count(Self.mostSamples),
            count(iteration.samples.count))))
    }
    var rows: [DerivationRow] = []
    let loss = formula(training.loss, &pool)
    let isGathered = iteration.samples.count > 1
    rows.append(row(lossOverSamples(run, training, &pool), iteration.loss, pool))
    for (place, parameter) in run.parameters.enumerated() {
      let name = formula(pool.symbol(parameter), &pool)
      var slope = Formula.derivative(loss, by: name)
      if isGathered {
        slope =
          training.mode == .averaging
          ? .call("mean", slope) : .bigOperator(.sum, .init([.name("n")]), slope)
      }
      rows.append(row(slope, iteration.gradients[place], pool))
    }
    for (place, parameter) in run.parameters.enumerated() {
      let name = formula(pool.symbol(parameter), &pool)
      var row = row(name, iteration.updated[place], pool)
      row.reason = [words("updated")]
      rows.append(row)
    }
    document.blocks.append(.derivation(rows))
  }

  /// The loss that a step lowers: of all its samples together.
  private mutating func lossOverSamples(
    _ run: TrainingRun, _ training: Task.Training, _ pool: inout ExpressionPool
  ) -> Formula {
    let loss = formula(training.loss, &pool)
    guard let iteration = run.iterations.first, iteration.samples.count > 1 else { return loss }
    if training.mode == .averaging { return .call("mean", loss) }
    return .bigOperator(.sum, .init([.name("n")]), loss)
  }

  /// A row for each component of each quantity, a column for each sample.
  private mutating func table(
    _ iteration: TrainingRun.Iteration, _ places: ArraySlice<Int>, _ run: TrainingRun,
    _ pool: inout ExpressionPool
  ) -> Table {
    var header: [[Inline]] = [[]]
    for place in places {
      header.append(
        iteration.samples[place].map { sentence("sample %1", .text("\($0)")) } ?? [words("value")])
    }
    var rows: [[[Inline]]] = []
    for (quantity, entry) in run.quantities.enumerated() {
      let name = formula(pool.symbol(entry.symbol), &pool)
      let order = pool.declaration(of: entry.symbol).ranges.count
      guard let first = places.first else { continue }
      for (row, values) in iteration.values[first][quantity].enumerated() {
        for column in values.indices {
          let indices = [row + 1, column + 1].prefix(order).map { Formula.number(String($0)) }
          var cells: [[Inline]] = [[.formula(order == 0 ? name : .indexed(name, indices))]]
          for place in places {
            let value = iteration.values[place][quantity][row][column]
            cells.append([.formula(.number(short(value, pool)))])
          }
          rows.append(cells)
        }
      }
    }
    return Table(header: header, rows: rows)
  }

  private func row(
    _ left: Formula, _ value: NumericValue, _ pool: borrowing ExpressionPool
  ) -> DerivationRow {
    let text = self.text(of: value, decimals: nil, pool)
    return DerivationRow(left, text.isExact ? .equal : .approximatelyEqual, .number(text.text))
  }

  private func row(
    _ left: Formula, _ values: TrainingRun.Values, _ pool: borrowing ExpressionPool
  ) -> DerivationRow {
    let rows = values.map { $0.map { Formula.number(short($0, pool)) } }
    if rows.count == 1, rows[0].count == 1 { return row(left, values[0][0], pool) }
    let isExact = values.allSatisfy { $0.allSatisfy { isShort($0, pool) } }
    return DerivationRow(left, isExact ? .equal : .approximatelyEqual, .matrix(rows))
  }

  /// A number to the decimals of the tables, or exactly where that is no longer.
  private func short(_ value: NumericValue, _ pool: borrowing ExpressionPool) -> String {
    if isShort(value, pool) { return text(of: value, decimals: nil, pool).text }
    return text(of: value, decimals: Self.shownDecimals, pool).text
  }

  private func isShort(_ value: NumericValue, _ pool: borrowing ExpressionPool) -> Bool {
    guard case .exact(let handle) = value,
      let decimal = pool.rational(handle)?.terminatingDecimal
    else { return false }
    return decimal.utf8.count <= Self.shownDecimals + 3
  }

  // MARK: Expectations

  mutating func writeExpectation(
    _ solved: SolvedTask, _ expectation: Task.TrainedExpectation, _ pool: inout ExpressionPool
  ) {
    guard let outcome = solved.expectation else { return }
    let moment = expectation.moment
    var rows: [[Formula]] = []
    for row in expectation.rows {
      rows.append(
        row.map { $0.decimal.map { .number($0) } ?? formula($0.value, &pool) })
    }
    let right = rows.count == 1 && rows[0].count == 1 ? rows[0][0] : Formula.matrix(rows)
    writeOutcome(
      outcome,
      [
        .formula(formula(expectation.quantity, &pool))
      ]
        + sentence(
          moment.isBefore ? " before step %1: " : " after step %1: ", .text("\(moment.step)"))
        + [.formula(right)], &pool)
  }
}
