import NablaExpressions
import NablaNotation

/// Reads the tasks of one section.
struct TaskReader {
  var lowering: Lowering
  let source: SourceText
  let heading: String
  /// Both sides of the task being read, where they are in matrix notation.
  private var forms: RelationForms?

  init(_ scope: Scope, _ source: SourceText, _ heading: String) {
    lowering = Lowering(scope)
    self.source = source
    self.heading = heading
  }

  /// Takes note of values that change from here on.
  mutating func change(_ values: [SymbolID: ValueAssignment?]) {
    for (symbol, value) in values { lowering.scope.values[symbol] = value }
  }

  /// The task of a statement; nil for statements that ask for nothing.
  mutating func task(
    _ statement: Statement, in pool: inout ExpressionPool
  ) throws(Diagnostic) -> Task? {
    let kind: Task.Kind
    var condition: Syntax?
    forms = nil
    switch statement.syntax {
    case .forward(let forward): kind = try self.forward(forward, in: &pool)
    case .derive(let derive):
      kind = try self.derive(derive, in: &pool)
      condition = derive.condition
    case .gradient(let gradient): kind = try self.gradient(gradient, in: &pool)
    case .jacobian(let jacobian): kind = try self.jacobian(jacobian, in: &pool)
    case .hessian(let hessian): kind = try self.hessian(hessian, in: &pool)
    case .prove(let prove):
      kind = try self.prove(prove.relation, in: &pool)
      condition = prove.condition
    case .expect(let expect):
      if let moment = expect.moment {
        kind = try expectTrained(expect, moment, in: &pool)
      } else {
        kind = try self.expect(expect, in: &pool)
      }
      condition = expect.condition
    case .shapes(let names): kind = try shapes(names, in: pool)
    case .parameters(let names): kind = try parameters(names, in: pool)
    case .train(let training): kind = try train(training, in: &pool)
    case .table(let table): kind = try self.table(table, in: &pool)
    case .plot(let plot): kind = try self.plot(plot, in: &pool)
    case .graph(let graph): kind = try self.graph(graph, in: &pool)
    case .dimension, .index, .fixedIndex, .declaration, .definition, .write, .assume, .convention,
      .at, .use, .layout, .notation, .points, .cite, .answer:
      return nil
    }
    var lowered: Handle?
    if let condition { lowered = try lowering.condition(condition, in: &pool) }
    return Task(
      kind: kind, scope: lowering.scope, condition: lowered, heading: heading,
      text: source.text(in: statement.range), range: statement.range, forms: forms)
  }

  // MARK: Kinds

  private mutating func forward(
    _ forward: ForwardSyntax, in pool: inout ExpressionPool
  ) throws(Diagnostic) -> Task.Kind {
    .forward(try targets(forward.targets, in: &pool), decimals: forward.decimals)
  }

  /// Quantities whose values are wanted.
  mutating func targets(
    _ list: [Syntax], in pool: inout ExpressionPool
  ) throws(Diagnostic) -> [Task.Target] {
    var targets: [Task.Target] = []
    for syntax in list {
      if let array = wholeArray(syntax, in: pool) {
        targets.append(.array(array))
      } else {
        var names = IndexNames()
        reserve(&names, syntax, [], nil)
        let quantity = try quantity(syntax, &names, in: &pool)
        targets.append(
          quantity.indices.isEmpty
            ? .value(quantity.handle) : .entries(quantity.handle, indices: quantity.indices))
      }
    }
    return targets
  }

  /// `derive dL/dh[i]`, `derive x^2 by x`, `derive A = B`.
  mutating func derive(
    _ derive: DeriveSyntax, in pool: inout ExpressionPool
  ) throws(Diagnostic) -> Task.Kind {
    switch derive.goal {
    case .relation(let relation):
      if let variable = derive.variables.first {
        throw Diagnostic(
          "misplaced-variable", "a relation is not differentiated", at: variable.range,
          expected: "a single expression before 'by'")
      }
      return try prove(relation, in: &pool)
    case .expression(let expression):
      var wanted = derive.variables.map { WantedVariable(syntax: $0, order: 1) }
      var subject = expression
      if wanted.isEmpty {
        guard case .derivative(let derivative) = expression.kind else {
          throw Diagnostic(
            "expected-derivative", "nothing says what to differentiate by", at: expression.range,
            expected: "a derivative such as dL/dx, or 'by' and a name")
        }
        subject = derivative.subject
        wanted = derivative.variables.map {
          WantedVariable(syntax: $0.variable, order: $0.order)
        }
      }
      var names = IndexNames()
      reserve(&names, subject, wanted.map { $0.syntax }, derive.condition)
      let quantity = try self.quantity(subject, &names, in: &pool)
      let variables = try self.variables(wanted, &names, in: &pool)
      let written = pool.derivative(quantity.handle, by: variables.map { $0.handle })
      return .derive(subject: quantity.handle, by: variables, written: written)
    }
  }

  private mutating func gradient(
    _ gradient: GradientSyntax, in pool: inout ExpressionPool
  ) throws(Diagnostic) -> Task.Kind {
    if let array = wholeArray(gradient.subject, in: pool) {
      let name = pool.declaration(of: array).name
      throw Diagnostic(
        "gradient-of-array",
        "a gradient is of a scalar, and \(DisplayText.quoted(name)) is a vector or matrix",
        at: gradient.subject.range,
        expected: "a component, or 'jacobian \(DisplayText.escaped(name)) by …'")
    }
    let subject = try lowering.expression(gradient.subject, in: &pool)
    var variables: [Task.Variable] = []
    for syntax in gradient.variables {
      var names = IndexNames()
      reserve(&names, gradient.subject, [], nil)
      variables.append(try variable(syntax, &names, in: &pool))
    }
    return .gradient(subject: subject, by: variables, forms: gradient.forms)
  }

  private mutating func jacobian(
    _ jacobian: MatrixDerivativeSyntax, in pool: inout ExpressionPool
  ) throws(Diagnostic) -> Task.Kind {
    var rows = IndexNames()
    reserve(&rows, jacobian.subject, jacobian.variables, nil)
    let subject = try quantity(jacobian.subject, &rows, in: &pool)
    var variables: [Task.Variable] = []
    for syntax in jacobian.variables {
      var names = rows
      variables.append(try variable(syntax, &names, in: &pool))
    }
    return .jacobian(of: subject, by: variables)
  }

  private mutating func hessian(
    _ hessian: MatrixDerivativeSyntax, in pool: inout ExpressionPool
  ) throws(Diagnostic) -> Task.Kind {
    let subject = try lowering.expression(hessian.subject, in: &pool)
    var names = IndexNames()
    reserve(&names, hessian.subject, hessian.variables, nil)
    var rows: [Task.Variable] = []
    for syntax in hessian.variables { rows.append(try variable(syntax, &names, in: &pool)) }
    var columns: [Task.Variable] = []
    for syntax in hessian.variables {
      var own = names
      columns.append(try variable(syntax, &own, in: &pool))
    }
    return .hessian(subject: subject, rows: rows, columns: columns)
  }

  mutating func prove(
    _ relation: RelationSyntax, in pool: inout ExpressionPool
  ) throws(Diagnostic) -> Task.Kind {
    if let comparison = relation.operation.inequality {
      let read = try lowering.relationForms(relation, in: &pool)
      if !read.isElementary { forms = read }
      return .compare(left: read.leftEntry, comparison, right: read.rightEntry)
    }
    let (left, right) = try sides(relation, in: &pool)
    return .prove(left: left, right: right)
  }

  private mutating func expect(
    _ expect: ExpectSyntax, in pool: inout ExpressionPool
  ) throws(Diagnostic) -> Task.Kind {
    let (left, right) = try sides(expect.relation, in: &pool)
    return .expect(
      Task.Expectation(
        left: left, right: right, isExact: expect.isExact,
        decimal: Self.decimal(expect.relation.right),
        decimals: Self.decimals(expect.relation.right)))
  }

  /// Both sides of an equation.
  mutating func sides(
    _ relation: RelationSyntax, in pool: inout ExpressionPool
  ) throws(Diagnostic) -> (Handle, Handle) {
    guard case .equal = relation.operation else {
      throw Diagnostic(
        "unsupported", "an inequality was met, but only equations are understood here",
        at: relation.range, expected: "A = B")
    }
    let read = try lowering.relationForms(relation, in: &pool)
    if !read.isElementary { forms = read }
    return (read.leftEntry, read.rightEntry)
  }

  /// A number that stands alone, as written.
  static func decimal(_ syntax: Syntax) -> String? {
    switch syntax.kind {
    case .number(let digits): return digits
    case .negation(let inner):
      if case .number(let digits) = inner.kind { return "-" + digits }
      return nil
    default: return nil
    }
  }

  /// The numbers of a list in brackets as written, by rows; other entries have none.
  private static func decimals(_ syntax: Syntax) -> [[String?]] {
    guard case .matrix(let rows) = syntax.kind else { return [] }
    return rows.map { row in row.map { decimal($0) } }
  }

  // MARK: Quantities

  private struct WantedVariable {
    let syntax: Syntax
    let order: Int
  }

  /// The vector or matrix that is written without indices, if there is one.
  func wholeArray(_ syntax: Syntax, in pool: borrowing ExpressionPool) -> SymbolID? {
    guard case .name(let name) = syntax.kind, let symbol = lowering.scope.names[name],
      pool.kind(of: symbol) == .array
    else { return nil }
    return symbol
  }

  /// Keeps the index names that occur in the task from being used for whole arrays.
  private func reserve(
    _ names: inout IndexNames, _ subject: Syntax, _ variables: [Syntax], _ condition: Syntax?
  ) {
    for syntax in [subject] + variables + (condition.map { [$0] } ?? []) {
      for name in syntax.names { names.reserve(name.text) }
    }
  }

  private mutating func variables(
    _ wanted: [WantedVariable], _ names: inout IndexNames, in pool: inout ExpressionPool
  ) throws(Diagnostic) -> [Task.Variable] {
    var variables: [Task.Variable] = []
    for entry in wanted {
      try Lowering.checkOrder(variables.count + entry.order, at: entry.syntax.range)
      for _ in 0..<entry.order {
        variables.append(try variable(entry.syntax, &names, in: &pool))
      }
    }
    return variables
  }

  /// What is differentiated by; a whole array becomes its component with index names.
  private mutating func variable(
    _ syntax: Syntax, _ names: inout IndexNames, in pool: inout ExpressionPool
  ) throws(Diagnostic) -> Task.Variable {
    if let array = wholeArray(syntax, in: pool) { return component(of: array, &names, in: &pool) }
    return Task.Variable(handle: try lowering.variable(syntax, in: &pool))
  }

  /// What is differentiated; a whole array becomes its component with index names.
  mutating func quantity(
    _ syntax: Syntax, _ names: inout IndexNames, in pool: inout ExpressionPool
  ) throws(Diagnostic) -> Task.Variable {
    if let array = wholeArray(syntax, in: pool) { return component(of: array, &names, in: &pool) }
    let written = try lowering.quantity(syntax, naming: &names, in: &pool)
    return Task.Variable(handle: written.entry, indices: written.indices)
  }

  /// The component at index names; an axis with a single place has none.
  func component(
    of array: SymbolID, _ names: inout IndexNames, in pool: inout ExpressionPool
  ) -> Task.Variable {
    var indices: [SymbolID] = []
    var handles: [Handle] = []
    for slot in pool.declaration(of: array).ranges {
      if slot.isUnit {
        handles.append(slot.lower)
        continue
      }
      let index = names.take(for: slot, lowering, in: &pool)
      indices.append(index)
      handles.append(pool.symbol(index))
    }
    return Task.Variable(handle: pool.entry(array, handles), array: array, indices: indices)
  }
}

extension ComparisonOperator {
  /// The relation of an inequality; nil for = and ≠.
  fileprivate var inequality: Relation? {
    switch self {
    case .less: .less
    case .lessOrEqual: .lessOrEqual
    case .greater: .greater
    case .greaterOrEqual: .greaterOrEqual
    case .equal, .notEqual: nil
    }
  }
}
