import NablaCalculus
import NablaExpressions
import NablaNotation
import NablaNumbers
import NablaRendering
import NablaRewriting
import NablaVerification

/// A solved problem as JSON; see the interface for its keys.
package struct SolutionJSON {
  var builder = FormulaBuilder()

  package init() {}

  /// `{"version", "title", "tasks": […]}`.
  package mutating func write(
    _ title: String, _ solved: [SolvedTask], goals: [GradedGoal] = [],
    in pool: inout ExpressionPool
  ) -> JSONValue {
    var tasks: [JSONValue] = []
    for task in solved {
      builder.spellings = task.task.scope.spellings
      builder.indexNames = task.task.scope.indices
      builder.reservedNames = task.task.scope.quantityNames(in: pool)
      tasks += write(task, &pool)
    }
    let points = goals.map { json(of: $0, &pool) }
    return .object([
      ("version", .integer(1)), ("title", .string(title)), ("tasks", .array(tasks)),
      ("points", points.isEmpty ? nil : .array(points)),
    ])
  }

  /// `{"goal", "when"?, "points", "steps"?}` or `{"goal", "when"?, "citable": true}`.
  private mutating func json(of goal: GradedGoal, _ pool: inout ExpressionPool) -> JSONValue {
    builder.spellings = goal.scope.spellings
    builder.indexNames = goal.scope.indices
    builder.reservedNames = goal.scope.quantityNames(in: pool)
    var members: [(String, JSONValue?)] = [
      ("goal", .formula(builder.formula(of: goal, in: &pool))),
      ("when", goal.condition.map { formula($0, &pool) }),
    ]
    switch goal.worth {
    case .citable: members.append(("citable", .bool(true)))
    case .points(let halves, let steps):
      members.append(("points", .number(PointsText.decimal(halves))))
      members.append(("steps", steps.map { .number(PointsText.decimal($0)) }))
    }
    return .object(members)
  }

  mutating func formula(_ handle: Handle, _ pool: inout ExpressionPool) -> JSONValue {
    .formula(builder.formula(of: handle, in: &pool))
  }

  private mutating func write(
    _ solved: SolvedTask, _ pool: inout ExpressionPool
  ) -> [JSONValue] {
    let task = solved.task
    let common: [(String, JSONValue?)] = [
      ("name", .string(task.heading)), ("kind", .string(task.kind.name)),
      ("text", .string(task.text)),
    ]
    let verdict = ("verdict", JSONValue.string(solved.verdict.name) as JSONValue?)
    if let obstacle = solved.obstacle {
      return [.object(common + [verdict, ("obstacle", .string(obstacle))])]
    }
    if let outcome = solved.expectation {
      var claim: [(String, JSONValue?)] = []
      if case .expect(let expectation) = task.kind {
        claim = [
          ("goal", formula(expectation.left, &pool)),
          ("expected", formula(expectation.right, &pool)),
          ("when", task.condition.map { formula($0, &pool) }),
        ]
      }
      return [
        .object(
          common + claim + [
            verdict, ("holds", outcome.holds.map { .bool($0) } ?? .null),
            ("proved", outcome.isSymbolic ? .bool(outcome.isProved) : nil),
            ("detail", outcome.detail.isEmpty ? nil : .string(outcome.detail)),
          ])
      ]
    }
    if let members = networkMembers(of: solved, &pool) {
      return [.object(common + [verdict] + members)]
    }
    if !solved.forward.isEmpty {
      var lines: [JSONValue] = []
      for line in solved.forward {
        lines.append(
          .object([
            ("name", formula(line.name, &pool)),
            (
              "expression",
              line.form.map { .formula(builder.formula(of: $0, in: &pool)) }
                ?? formula(line.expression, &pool)
            ),
            (
              "value",
              line.values.isEmpty
                ? .string(line.value.text(in: pool)) : Self.rows(line.values, pool)
            ),
          ]))
      }
      return [.object(common + [verdict, ("forward", .array(lines))])]
    }
    if solved.derivations.isEmpty {
      var claim: [(String, JSONValue?)] = []
      if case .prove(let left, let right) = task.kind {
        claim = [("goal", formula(left, &pool)), ("claim", formula(right, &pool))]
      }
      let detail = ("detail", solved.proof.map { JSONValue.string($0.detail) })
      return [.object(common + claim + [verdict, detail])]
    }
    var found: [JSONValue] = []
    for derivation in solved.derivations {
      found.append(
        .object(common + [verdict] + members(of: derivation, solved.backward, &pool)))
    }
    return found
  }

  /// The keys of one derivation: goal, result, cases, steps, values, check.
  package mutating func members(
    of solved: SolvedDerivation, _ backward: BackwardPass?, _ pool: inout ExpressionPool
  ) -> [(String, JSONValue?)] {
    let derivation = solved.derivation
    var cases: [JSONValue] = []
    for entry in derivation.cases {
      cases.append(
        .object([
          ("when", formula(entry.condition, &pool)),
          ("result", formula(entry.derivation.result, &pool)),
        ]))
    }
    var values: [JSONValue] = []
    for line in solved.numbers {
      values.append(
        .object([
          ("goal", formula(line.goal, &pool)), ("value", .string(line.value.text(in: pool))),
        ]))
    }
    var signals: [JSONValue] = []
    for signal in backward?.signals ?? [] {
      signals.append(
        .object([
          ("quantity", formula(signal.quantity, &pool)), ("signal", formula(signal.value, &pool)),
          ("matrix", signal.form.map { .formula(builder.formula(of: $0, in: &pool)) }),
          (
            "verdict",
            backward?.proof.equations.first { $0.role == .step && $0.right == signal.value }
              .map { .string($0.verdict.name) }
          ),
        ]))
    }
    let value: JSONValue? =
      solved.numbers.count == 1
      ? .string(solved.numbers[0].value.text(in: pool)) : nil
    return [
      ("goal", formula(derivation.goal, &pool)), ("result", formula(derivation.result, &pool)),
      ("matrix", solved.form.map { .formula(builder.formula(of: $0, in: &pool)) }),
      ("shape", shape(of: solved.array, &pool)), ("value", value),
      ("values", values.count > 1 ? .array(values) : nil),
      ("cases", cases.isEmpty ? nil : .array(cases)),
      ("signals", signals.isEmpty ? nil : .array(signals)),

      ("steps", .array(steps(of: derivation, solved.check?.proof, &pool))),
      ("check", check(solved.check, &pool)),
    ]
  }

  /// The sizes of the vector or matrix a whole gradient is shaped like, in plain notation.
  private mutating func shape(
    of array: SymbolID?, _ pool: inout ExpressionPool
  ) -> JSONValue? {
    guard let array else { return nil }
    var sizes: [JSONValue] = []
    for range in pool.declaration(of: array).ranges {
      let size = pool.canonicalSum([
        pool.canonical(range.upper), pool.canonical(pool.negation(range.lower)), pool.one,
      ])
      sizes.append(.string(builder.formula(of: pool.presentable(size), in: &pool).plain))
    }
    return .array(sizes)
  }

  private mutating func steps(
    of derivation: Derivation, _ proof: EquationRecord?, _ pool: inout ExpressionPool
  ) -> [JSONValue] {
    var found: [JSONValue] = []
    for lemma in derivation.lemmas { found += steps(of: lemma, proof, &pool) }
    for step in derivation.steps where !step.isLocal {
      let verdict = proof?.verdict(of: step.before, step.after)
      found.append(
        .object([
          ("rule", .string(step.rule)), ("before", formula(step.before, &pool)),
          ("after", formula(step.after, &pool)), ("because", .string(text(step.reason, &pool))),
          ("verdict", verdict.map { .string($0.name) }),
        ]))
    }
    return found
  }

  private mutating func text(_ reason: Reason, _ pool: inout ExpressionPool) -> String {
    var text = ""
    for piece in reason.pieces {
      switch piece {
      case .text(let part): text += part
      case .formula(let handle), .result(let handle):
        text += builder.formula(of: handle, in: &pool).compactText
      }
    }
    return text
  }

  private mutating func check(
    _ summary: CheckSummary?, _ pool: inout ExpressionPool
  ) -> JSONValue? {
    guard let summary else { return nil }
    let report = summary.result
    var verdict = "passed"
    var because: String?
    switch report.verdict {
    case .passed: if summary.failedStep != nil { verdict = "failed" }
    case .failed(let counterexample):
      verdict = "failed"
      because = pool.text(of: counterexample)
    case .notChecked(let obstacle):
      verdict = "undecided"
      because = pool.text(of: obstacle)
    }
    if let (_, counterexample) = summary.proof.refuted {
      verdict = "failed"
      because = because ?? pool.text(of: counterexample)
    }
    let isProved = !summary.proof.equations.isEmpty
    var uses: [JSONValue] = []
    for assumption in summary.proof.uses { uses.append(formula(assumption, &pool)) }
    return .object([
      ("verdict", .string(verdict)), ("points", .integer(report.points)),
      ("maxRelativeError", number(report.maxRelativeErrorDual ?? report.maxRelativeError)),
      ("maxRelativeErrorDifferences", number(report.maxRelativeErrorDifferences)),
      ("steps", .integer(summary.stepCount)),
      ("proved", isProved ? .integer(summary.proof.provedCount) : nil),
      ("of", isProved ? .integer(summary.proof.equations.count) : nil),
      ("uses", uses.isEmpty ? nil : .array(uses)),
      ("because", because.map { .string($0) }),
    ])
  }

  private func number(_ value: Double?) -> JSONValue? {
    guard let value, value.isFinite else { return nil }
    if value == 0 { return .number("0") }
    return Rational(exactly: value).map { .number($0.decimal(significantDigits: 3)) }
  }
}

extension TaskVerdict {
  var name: String {
    switch self {
    case .passed: "passed"
    case .failed: "failed"
    case .undecided: "undecided"
    }
  }
}

extension Task.Kind {
  /// The keyword of the statement.
  package var name: String {
    switch self {
    case .forward: "forward"
    case .derive: "derive"
    case .gradient: "gradient"
    case .jacobian: "jacobian"
    case .hessian: "hessian"
    case .prove, .compare: "prove"
    case .expect, .expectTrained: "expect"
    case .shapes: "shapes"
    case .parameters: "parameters"
    case .train: "train"
    case .table: "table"
    case .plot: "plot"
    case .graph: "graph"
    }
  }
}
