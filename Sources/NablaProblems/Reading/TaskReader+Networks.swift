import NablaExpressions
import NablaNotation

/// Tasks about whole networks: sizes, numbers of parameters, training.
extension TaskReader {
  /// `shapes`, or `shapes z1, a1`.
  func shapes(
    _ names: [NameSyntax], in pool: borrowing ExpressionPool
  ) throws(Diagnostic) -> Task.Kind {
    if !names.isEmpty { return .shapes(try quantities(names, in: pool)) }
    var symbols: [SymbolID] = []
    for symbol in lowering.scope.names.values where isQuantity(symbol, in: pool) {
      symbols.append(symbol)
    }
    return .shapes(symbols.sorted())
  }

  func parameters(
    _ names: [NameSyntax], in pool: borrowing ExpressionPool
  ) throws(Diagnostic) -> Task.Kind {
    let symbols = try quantities(names, in: pool)
    try checkInputs(names, symbols)
    return .parameters(symbols)
  }

  mutating func train(
    _ syntax: TrainSyntax, in pool: inout ExpressionPool
  ) throws(Diagnostic) -> Task.Kind {
    let parameters = try quantities(syntax.parameters, in: pool)
    try checkInputs(syntax.parameters, parameters)
    let loss = try lowering.expression(syntax.loss, in: &pool)
    let rate = try lowering.expression(syntax.rate, in: &pool)
    var samples: [(input: SymbolID, rows: SymbolID)] = []
    for sample in syntax.samples {
      let input = try quantities([sample.name], in: pool)
      try checkInputs([sample.name], input)
      let rows = try quantities([sample.rows], in: pool)[0]
      let order = pool.declaration(of: input[0]).ranges.count
      guard pool.declaration(of: rows).ranges.count == order + 1 else {
        let name = DisplayText.quoted(sample.name.text)
        throw Diagnostic(
          "sample-shape",
          order == 0
            ? "\(name) is a scalar, so its samples are the entries of a vector"
            : "\(name) is a vector, so its samples are the rows of a matrix",
          at: sample.rows.range)
      }
      samples.append((input[0], rows))
    }
    return .train(
      Task.Training(
        steps: syntax.steps, parameters: parameters, loss: loss, rate: rate, samples: samples,
        mode: syntax.mode))
  }

  /// `table P for T = 4, 1, 1/4`.
  mutating func table(
    _ syntax: TableSyntax, in pool: inout ExpressionPool
  ) throws(Diagnostic) -> Task.Kind {
    let targets = try targets(syntax.targets, in: &pool)
    let variable = try quantities([syntax.variable], in: pool)[0]
    try checkInputs([syntax.variable], [variable])
    guard pool.kind(of: variable) != .array else {
      throw Diagnostic(
        "table-variable",
        "\(DisplayText.quoted(syntax.variable.text)) is a vector or matrix; a table is over a scalar",
        at: syntax.variable.range)
    }
    var values: [Handle] = []
    for value in syntax.values { values.append(try lowering.expression(value, in: &pool)) }
    return .table(targets, variable: variable, values: values)
  }

  /// `expect w after step 3 = [1; 2]`.
  mutating func expectTrained(
    _ syntax: ExpectSyntax, _ moment: TrainingMomentSyntax, in pool: inout ExpressionPool
  ) throws(Diagnostic) -> Task.Kind {
    guard case .equal = syntax.relation.operation else {
      throw Diagnostic(
        "unsupported", "an inequality was met, but only equations are understood here",
        at: syntax.relation.range, expected: "A = B")
    }
    var entries = [[syntax.relation.right]]
    if case .matrix(let rows) = syntax.relation.right.kind { entries = rows }
    var rows: [[(value: Handle, decimal: String?)]] = []
    for row in entries {
      var values: [(value: Handle, decimal: String?)] = []
      for entry in row {
        values.append((try lowering.expression(entry, in: &pool), Self.decimal(entry)))
      }
      rows.append(values)
    }
    let array = wholeArray(syntax.relation.left, in: pool)
    if let array, pool.declaration(of: array).ranges.count == 1, rows.count == 1 {
      rows = rows[0].map { [$0] }
    }
    let quantity: Handle
    if let array {
      quantity = pool.symbol(array)
    } else {
      quantity = try lowering.expression(syntax.relation.left, in: &pool)
    }
    return .expectTrained(
      Task.TrainedExpectation(
        quantity: quantity, array: array, moment: moment, rows: rows, isExact: syntax.isExact))
  }

  // MARK: Names

  private func isQuantity(_ symbol: SymbolID, in pool: borrowing ExpressionPool) -> Bool {
    switch pool.kind(of: symbol) {
    case .scalar, .array: true
    case .index, .label, .dimension, .function: false
    }
  }

  /// Scalars, vectors and matrices by name.
  private func quantities(
    _ names: [NameSyntax], in pool: borrowing ExpressionPool
  ) throws(Diagnostic) -> [SymbolID] {
    var symbols: [SymbolID] = []
    for name in names {
      guard let symbol = lowering.scope.names[name.text] else {
        throw Diagnostic(
          "unknown-name", "unknown name \(DisplayText.quoted(name.text))", at: name.range,
          suggestion: nearestSpelling(
            to: name.text, among: Array(lowering.scope.names.keys)))
      }
      guard isQuantity(symbol, in: pool) else {
        throw Diagnostic(
          "not-a-quantity", "\(DisplayText.quoted(name.text)) is not a scalar, vector or matrix",
          at: name.range)
      }
      symbols.append(symbol)
    }
    return symbols
  }

  /// What is learnt or replaced by samples must not follow from other quantities.
  private func checkInputs(
    _ names: [NameSyntax], _ symbols: [SymbolID]
  ) throws(Diagnostic) {
    for (name, symbol) in zip(names, symbols)
    where lowering.scope.definitions[symbol] != nil {
      throw Diagnostic(
        "not-an-input", "\(DisplayText.quoted(name.text)) is defined by other quantities",
        at: name.range, expected: "a declared name")
    }
  }
}
