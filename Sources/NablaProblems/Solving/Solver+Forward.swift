import NablaExpressions
import NablaNotation
import NablaNumbers
import NablaRewriting

extension Solver {
  /// Every quantity on the way to the targets, in the order of computation.
  func forward(
    _ targets: [Task.Target], _ solved: inout SolvedTask, _ pool: inout ExpressionPool
  ) {
    let scope = solved.task.scope
    let values = GivenValues(scope, in: &pool)
    var order: [SymbolID] = []
    var seen: Set<SymbolID> = []
    for target in targets {
      let root: Handle
      switch target {
      case .value(let handle): root = handle
      case .array(let id): root = pool.symbol(id)
      case .entries(let handle, _): root = handle
      }
      if let missing = values.firstMissing(
        in: root, free: Set(pool.freeIndices(of: [root])), &pool)
      {
        solved.obstacle =
          "“\(pool.declaration(of: missing).name)” has no value; give it one with “at”"
        solved.verdict = .failed
        return
      }
      collect(root, scope.definitions, values, &seen, &order, &pool)
    }
    for symbol in order {
      guard let definition = scope.definitions[symbol] else { continue }
      appendLines(of: definition, values, &solved, &pool)
    }
    for target in targets {
      switch target {
      case .value(let handle) where !isName(handle, pool):
        appendLine(handle, handle, nil, values, &solved, &pool)
      case .entries(let handle, let indices):
        for choice in values.places(of: indices, &pool) {
          let entry = pool.substitute(choice, in: handle)
          appendLine(entry, entry, nil, values, &solved, &pool)
        }
      case .value, .array: break
      }
    }
  }

  private func isName(_ handle: Handle, _ pool: borrowing ExpressionPool) -> Bool {
    switch pool[handle] {
    case .symbol, .entry: true
    default: false
    }
  }

  /// Names in the order in which they can be computed.
  private func collect(
    _ root: Handle, _ definitions: Definitions, _ values: GivenValues, _ seen: inout Set<SymbolID>,
    _ order: inout [SymbolID], _ pool: inout ExpressionPool
  ) {
    for symbol in pool.symbolsOccurring(in: [root])
    where !seen.contains(symbol) && !values.gives(symbol) && pool.kind(of: symbol) != .function {
      guard let definition = definitions[symbol] else { continue }
      seen.insert(symbol)
      collect(definition.body, definitions, values, &seen, &order, &pool)
      order.append(symbol)
    }
  }

  func appendLines(
    of definition: Definition, _ values: GivenValues, _ solved: inout SolvedTask,
    _ pool: inout ExpressionPool
  ) {
    let name = pool.symbol(definition.symbol)
    if definition.parameters.isEmpty {
      appendLine(name, definition.body, definition.form, values, &solved, &pool)
      return
    }
    guard let rows = values.components(of: definition.symbol, &pool) else { return }
    if let form = definition.form {
      appendWhole(name, form, rows, values, &solved, &pool)
      return
    }
    for component in rows.joined() {
      let body = pool.value(of: definition.body, definition.parameters, at: component)
      appendLine(component, body, nil, values, &solved, &pool)
    }
  }

  /// A vector or matrix that was defined as a whole is shown as a whole.
  private func appendWhole(
    _ name: Handle, _ form: MatrixForm, _ rows: [[Handle]], _ values: GivenValues,
    _ solved: inout SolvedTask, _ pool: inout ExpressionPool
  ) {
    var line = ForwardLine(name: name, expression: name, value: .undefined)
    line.form = form
    for row in rows {
      var entries: [NumericValue] = []
      for component in row {
        guard let value = values.value(of: component, &pool) else {
          solved.obstacle = obstacle(component, component, solved.task.scope, &pool)
          solved.verdict = .failed
          return
        }
        entries.append(value)
      }
      line.values.append(entries)
    }
    var substitution = NumberSubstitution(values)
    line.numbers = substitution.apply(form, &pool)
    line.isRounded = substitution.isRounded
    solved.forward.append(line)
  }

  private func appendLine(
    _ name: Handle, _ expression: Handle, _ form: MatrixForm?, _ values: GivenValues,
    _ solved: inout SolvedTask, _ pool: inout ExpressionPool
  ) {
    guard let value = values.value(of: expression, &pool) else {
      solved.obstacle = obstacle(name, expression, solved.task.scope, &pool)
      solved.verdict = .failed
      return
    }
    var line = ForwardLine(name: name, expression: expression, value: value)
    var substitution = NumberSubstitution(values)
    line.form = form
    if let form { line.numbers = substitution.apply(form, &pool) }
    if line.numbers == nil { line.substituted = substitution.apply(expression, &pool) }
    line.isRounded = substitution.isRounded
    line.reduced = reducedArgument(expression, values, &pool)
    solved.forward.append(line)
  }

  private func obstacle(
    _ name: Handle, _ expression: Handle, _ scope: Scope, _ pool: inout ExpressionPool
  ) -> String {
    var quantity = "the quantity"
    switch pool[name] {
    case .symbol(let id), .entry(let id, _): quantity = "“\(pool.declaration(of: id).name)”"
    default: break
    }
    var evaluator = ExactEvaluator(scope)
    do throws(UndefinedValue) {
      _ = try evaluator.value(of: expression, in: &pool)
      return quantity + " is not defined at these values"
    } catch {
      return quantity + " is not defined at these values: " + error.reason
    }
  }

  /// ReLU(0.4 + 0.1) is shown as ReLU(0.5) before its value.
  private func reducedArgument(
    _ expression: Handle, _ values: GivenValues, _ pool: inout ExpressionPool
  ) -> Handle? {
    guard case .function(let function, let argument) = pool[expression],
      let inner = values.exactValue(of: argument, &pool)
    else { return nil }
    switch pool[argument] {
    case .symbol, .entry, .integer, .number: return nil
    default:
      let written =
        inner.signum < 0
        ? pool.negation(pool.number(inner.absoluteValue)) : pool.number(inner)
      return pool.writtenFunction(function, written)
    }
  }
}
