import NablaExpressions
import NablaNumbers
import NablaRendering

extension SolutionJSON {
  /// The keys of a task about a whole network: sizes, parameters or a training; nil for others.
  mutating func networkMembers(
    of solved: SolvedTask, _ pool: inout ExpressionPool
  ) -> [(String, JSONValue?)]? {
    switch solved.task.kind {
    case .shapes:
      var shapes: [JSONValue] = []
      for line in solved.shapes { shapes.append(value(of: line, &pool)) }
      return [("shapes", .array(shapes))]
    case .parameters: return parameterMembers(of: solved.parameters, &pool)
    case .train:
      guard let run = solved.training else { return [] }
      return trainingMembers(of: run, &pool)
    case .table:
      guard let table = solved.table else { return [] }
      return tableMembers(of: table, &pool)
    case .graph: return solved.graph.map { members(of: $0, &pool) } ?? []
    case .plot: return solved.plot.map { members(of: $0, &pool) } ?? []
    default: return nil
    }
  }

  private mutating func value(
    of line: ShapeLine, _ pool: inout ExpressionPool
  ) -> JSONValue {
    var sizes: [JSONValue] = []
    for size in line.sizes {
      sizes.append(.string(builder.formula(of: size, in: &pool).plain))
    }
    return .object([
      ("name", formula(line.quantity, &pool)), ("shape", .array(sizes)),
      ("sizes", line.numbers.map { .array($0.map { .number($0.description) }) }),
    ])
  }

  private mutating func tableMembers(
    of table: ValueTable, _ pool: inout ExpressionPool
  ) -> [(String, JSONValue?)] {
    var columns = [formula(table.variable, &pool)]
    for column in table.columns { columns.append(formula(column, &pool)) }
    var rows: [JSONValue] = []
    for row in table.rows {
      var cells = [formula(row.value, &pool)]
      for cell in row.cells { cells.append(.string(cell.text(in: pool))) }
      rows.append(.array(cells))
    }
    return [("columns", .array(columns)), ("rows", .array(rows))]
  }

  private mutating func parameterMembers(
    of lines: [ParameterLine], _ pool: inout ExpressionPool
  ) -> [(String, JSONValue?)] {
    var layers: [JSONValue] = []
    var total: Integer? = 0
    for line in lines {
      var shapes: [JSONValue] = []
      for parameter in line.parameters { shapes.append(value(of: parameter, &pool)) }
      layers.append(
        .object([
          ("layer", line.layer.map { formula($0, &pool) }), ("parameters", .array(shapes)),
          ("count", formula(line.count, &pool)),
          ("number", line.number.map { .number($0.description) }),
        ]))
      if let sum = total, let number = line.number { total = sum + number } else { total = nil }
    }
    return [
      ("layers", .array(layers)), ("total", total.map { .number($0.description) }),
    ]
  }

  private mutating func trainingMembers(
    of run: TrainingRun, _ pool: inout ExpressionPool
  ) -> [(String, JSONValue?)] {
    var steps: [JSONValue] = []
    for iteration in run.iterations {
      var parameters: [JSONValue] = []
      for (place, parameter) in run.parameters.enumerated() {
        parameters.append(
          .object([
            ("name", formula(pool.symbol(parameter), &pool)),
            ("gradient", Self.rows(iteration.gradients[place], pool)),
            ("updated", Self.rows(iteration.updated[place], pool)),
          ]))
      }
      steps.append(
        .object([
          ("loss", .string(iteration.loss.text(in: pool))), ("parameters", .array(parameters)),
        ]))
    }
    return [("exact", .bool(run.isExact)), ("steps", .array(steps))]
  }

  /// Numbers by rows.
  static func rows(
    _ values: [[NumericValue]], _ pool: borrowing ExpressionPool
  ) -> JSONValue {
    var rows: [JSONValue] = []
    for row in values {
      var entries: [JSONValue] = []
      for value in row { entries.append(.string(value.text(in: pool))) }
      rows.append(.array(entries))
    }
    return .array(rows)
  }
}
