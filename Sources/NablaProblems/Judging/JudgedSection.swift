import NablaExpressions
import NablaNotation
import NablaNumbers

/// The mathematics of a problem that stands together: sections that define no name differently.
package struct JudgedSection {
  /// The title of the problem.
  var title: String
  /// The heading of the section that sees most.
  package var heading: String
  /// What holds for all values.
  var scope: Scope
  /// The same with the values that the sections give, one scope for each way of giving them.
  var valued: [Scope] = []
  /// The values at the start of training, with each of the first samples in the place of the inputs.
  var samples: [[SymbolID: ValueAssignment]] = []
  /// What the problem says that scalars are before or after steps of training.
  var trained: [(quantity: Handle, decimal: String)] = []
  /// What is asked for.
  var goals: [Goal] = []

  /// The learnable parameters that are to be counted, in their order.
  var parameters: [SymbolID] = []
  /// How many numbers they hold.
  var parameterCount: Rational?
  /// How many of them are in vectors or stand alone.
  var biasCount: Rational = 0
  /// The place of that number among the goals.
  var countGoal: Int?
  /// The quantities whose sizes are asked for, in their order.
  var sized: [SymbolID] = []
  /// Names of matrices that a section of the problem takes as symmetric.
  var symmetricNames: Set<String> = []

  struct Goal {
    /// The derivative or quantity that is asked for, an entry of it where it is an array.
    var written: Handle
    var heading: String
  }
}

extension JudgedSection {
  /// Whether nothing is asked for but sizes and how many parameters there are.
  var asksForCountsOnly: Bool { countGoal != nil && goals.count == 1 }

  /// The sections of a problem, those together that agree in every definition they share.
  package static func sections(of problem: Problem, in pool: inout ExpressionPool)
    -> [JudgedSection]
  {
    var found: [JudgedSection] = []
    var tasks = problem.tasks.map { ($0.scope, $0.heading) }
    tasks += problem.sections.map { ($0.scope, $0.heading) }
    // Those that see most come first, and the others join them.
    let scopes = tasks.enumerated().sorted { one, other in
      let sizes = (one.element.0.definitions.all.count, other.element.0.definitions.all.count)
      return sizes.0 != sizes.1 ? sizes.0 > sizes.1 : one.offset < other.offset
    }.map { $0.element }
    for (scope, heading) in scopes {
      if let place = found.firstIndex(where: { $0.covers(scope) }) {
        found[place].join(scope, in: &pool)
      } else {
        var section = JudgedSection(
          title: problem.title, heading: heading, scope: scope.withoutValues(in: pool))
        section.join(scope, in: &pool)
        found.append(section)
      }
    }
    for task in problem.tasks {
      for place in found.indices where found[place].covers(task.scope) {
        found[place].goals += Self.goals(of: task, in: &pool)
        found[place].noteSizes(task, in: &pool)
        found[place].noteTraining(task)
        break
      }
    }
    for goal in problem.gradedGoals {
      for place in found.indices where found[place].covers(goal.scope) {
        found[place].goals.append(Goal(written: goal.left, heading: goal.heading))
        break
      }
    }
    var symmetric: Set<String> = []
    for section in found {
      for (name, symbol) in section.scope.names
      where pool.kind(of: symbol) == .array && pool.isSymmetric(symbol) { symmetric.insert(name) }
    }
    for place in found.indices { found[place].symmetricNames = symmetric }
    return found
  }

  /// Takes note of a task that asks for sizes or for how many parameters there are.
  private mutating func noteSizes(_ task: Task, in pool: inout ExpressionPool) {
    switch task.kind {
    case .shapes(let symbols): sized += symbols
    case .parameters(let symbols):
      let values = GivenValues(task.scope, in: &pool)
      var total: Rational = 0
      var biases: Rational = 0
      for symbol in symbols {
        var size: Rational = 1
        for range in pool.declaration(of: symbol).ranges {
          guard let own = values.exactValue(of: pool.size(of: range), &pool) else { return }
          size = size * own
        }
        total = total + size
        if pool.declaration(of: symbol).ranges.count < 2 { biases = biases + size }
      }
      biasCount = biases
      parameters = symbols
      parameterCount = total
      countGoal = goals.count
      goals.append(Goal(written: pool.number(total), heading: task.heading))
    default: break
    }
  }

  /// Takes note of a training and of what comes of it.
  private mutating func noteTraining(_ task: Task) {
    switch task.kind {
    case .train(let training):
      let values = task.scope.values
      let count = training.samples.compactMap { values[$0.rows]?.rows.count }.min() ?? 0
      for number in 0..<min(count, Self.mostSamples) {
        var own = values
        for (input, rows) in training.samples {
          guard let row = values[rows]?.rows[number] else { continue }
          own[input] = ValueAssignment(rows: row.map { [$0] })
        }
        samples.append(own)
      }
    case .expectTrained(let expectation):
      guard expectation.rows.count == 1, expectation.rows[0].count == 1,
        let decimal = expectation.rows[0][0].decimal
      else { return }
      trained.append((expectation.quantity, decimal))
    default: break
    }
  }

  private static let mostSamples = 8

  /// Whether every name a scope defines means the same here.
  private func covers(_ other: Scope) -> Bool {
    for (name, symbol) in other.names where scope.names[name] != symbol { return false }
    return other.definitions.all.allSatisfy { definition in
      scope.definitions[definition.symbol]?.body == definition.body
    }
  }

  private mutating func join(_ other: Scope, in pool: inout ExpressionPool) {
    for assumption in other.assumptions
    where !scope.assumptions.contains(where: { $0.relation == assumption.relation }) {
      scope.assumptions.append(assumption)
    }
    if scope.conventions.isEmpty { scope.conventions = other.conventions }
    for (symbol, spelling) in other.spellings where scope.spellings[symbol] == nil {
      scope.spellings[symbol] = spelling
    }
    guard other.givesValues(in: pool), !valued.contains(where: { $0.values == other.values })
    else { return }
    valued.append(other)
  }

  private static func goals(of task: Task, in pool: inout ExpressionPool) -> [Goal] {
    var written: [Handle] = []
    switch task.kind {
    case .derive(_, _, let derivative): written = [derivative]
    case .gradient(let subject, let variables, _):
      written = variables.map { pool.derivative(subject, by: [$0.handle]) }
    case .jacobian(let subject, let variables):
      written = variables.map { pool.derivative(subject.handle, by: [$0.handle]) }
    case .hessian(let subject, let rows, let columns):
      written = zip(rows, columns).map { pool.derivative(subject, by: [$0.handle, $1.handle]) }
    case .prove(let left, _): written = [left]
    case .forward(let targets, _):
      for target in targets {
        if case .value(let handle) = target { written.append(handle) }
      }
    case .train(let training):
      for parameter in training.parameters {
        let slots = pool.declaration(of: parameter).ranges.map { _ in pool.one }
        let variable = slots.isEmpty ? pool.symbol(parameter) : pool.entry(parameter, slots)
        written.append(pool.derivative(training.loss, by: [variable]))
      }
    case .expectTrained(let expectation): written = [expectation.quantity]
    case .expect, .compare, .shapes, .parameters, .table, .plot, .graph: break
    }
    return written.map { Goal(written: $0, heading: task.heading) }
  }
}
