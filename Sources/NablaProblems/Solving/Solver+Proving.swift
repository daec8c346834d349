import NablaCalculus
import NablaExpressions
import NablaNotation
import NablaRewriting
import NablaVerification

extension Solver {
  /// What proofs may rest on in a scope.
  func proofContext(_ scope: Scope, _ pool: inout ExpressionPool) -> ProofContext {
    let numbers = checkContext(scope, &pool)
    var context = ProofContext(
      definitions: scope.evaluatedDefinitions(in: &pool), seed: options.seed)
    context.assumptions = numbers.assumptions
    context.integers = numbers.values
    context.conventions = differentiationContext(scope, &pool).conventions
    return context
  }

  /// Decides one equation and notes the outcome.
  mutating func judge(
    _ role: JudgedEquation.Role, _ left: Handle, _ right: Handle, when conditions: [Handle] = [],
    _ context: ProofContext, _ record: inout EquationRecord, _ pool: inout ExpressionPool
  ) {
    var verdict = EquationVerdict.open(.neitherShown)
    if left == right {
      verdict = .proved
    } else {
      var budget = ProofBudget(work: options.proofWork)
      // Numbers have been looked at already.
      budget.firstPoints = 1
      budget.points = 8
      budget.seeksSizes = false
      // Where one step was too much, those that build on it are as large.
      if role == .step, record.hasOpenStep { budget.work /= 16 }
      budget.findsExceptions = role == .result
      switch proofs.decide(left, right, when: conditions, context, budget: budget, &pool) {
      case .proved(let notes):
        verdict = .proved
        for assumption in notes.uses where !record.uses.contains(assumption) {
          record.uses.append(assumption)
        }
        if role == .result { note(notes.exceptions, besides: right, &record, &pool) }
      case .refuted(let found), .conditional(_, let found): verdict = .refuted(found)
      case .undecided(.neitherShown): break
      case .undecided(.nowhereBothDefined): verdict = .open(.nowhereDefined)
      case .exhausted: verdict = .open(.exhausted)
      }
    }
    record.equations.append(
      JudgedEquation(
        role: role, left: left, right: right, conditions: conditions, verdict: verdict))
  }

  /// Decides the goal, every step and every local derivative of a derivation.
  mutating func prove(
    _ derivation: Derivation, when conditions: [Handle] = [], _ context: ProofContext,
    _ record: inout EquationRecord, _ pool: inout ExpressionPool
  ) {
    judge(
      .result, derivation.goal, derivation.result, when: conditions, context, &record, &pool)
    proveSteps(of: derivation, when: conditions, context, &record, &pool)
  }

  private mutating func proveSteps(
    of derivation: Derivation, when conditions: [Handle], _ context: ProofContext,
    _ record: inout EquationRecord, _ pool: inout ExpressionPool
  ) {
    for lemma in derivation.lemmas {
      proveSteps(of: lemma, when: conditions, context, &record, &pool)
    }
    for entry in derivation.cases {
      let narrowed = conditions + [entry.condition]
      judge(
        .result, entry.derivation.goal, entry.derivation.result, when: narrowed, context, &record,
        &pool)
      proveSteps(of: entry.derivation, when: narrowed, context, &record, &pool)
    }
    var last = derivation.goal
    for step in derivation.steps {
      judge(.step, step.before, step.after, when: conditions, context, &record, &pool)
      if step.isLocal { continue }
      // What is shown is that each line is the one above.
      if step.before != last {
        judge(.step, last, step.before, when: conditions, context, &record, &pool)
      }
      last = step.after
    }
    if last != derivation.result {
      judge(.step, last, derivation.result, when: conditions, context, &record, &pool)
    }
  }

  /// Decides whether a form in matrix notation has certain entries.
  mutating func prove(
    _ form: MatrixForm, row: SymbolID?, column: SymbolID?, is value: Handle,
    _ context: ProofContext, _ record: inout EquationRecord, _ pool: inout ExpressionPool
  ) {
    let rowIndex = row.map { pool.symbol($0) } ?? pool.one
    let columnIndex = column.map { pool.symbol($0) } ?? pool.one
    let entry = pool.entry(of: form, row: rowIndex, column: columnIndex)
    judge(.matrixForm, entry, value, context, &record, &pool)
  }

  /// Keeps the exceptions that a result does not show by a denominator of its own.
  private func note(
    _ exceptions: [Handle], besides result: Handle, _ record: inout EquationRecord,
    _ pool: inout ExpressionPool
  ) {
    var shown: Set<Handle> = []
    for node in pool.nodesBelow([result]) { shown.insert(pool.canonical(node)) }
    for exception in exceptions where !record.exceptions.contains(exception) {
      guard case .relation(_, let list) = pool[exception] else { continue }
      let subject = pool.operand(list, 0)
      if shown.contains(subject) { continue }
      if pool.symbolsOccurring(in: [subject]).contains(where: { pool.isFresh($0) }) { continue }
      record.exceptions.append(exception)
    }
  }

  /// Decides the equations of a δ recursion, entry by entry and in matrix notation.
  mutating func prove(
    _ pass: BackwardPass, of subject: Handle, _ scope: Scope, _ pool: inout ExpressionPool
  ) -> EquationRecord {
    var record = EquationRecord()
    var context = proofContext(scope, &pool)
    for definition in pass.definitions(in: pool).all { context.definitions.add(definition) }
    for signal in pass.signals {
      let slope = pool.derivative(subject, by: [signal.quantity])
      judge(.step, slope, signal.value, context, &record, &pool)
      if let form = signal.form {
        prove(
          form, row: signal.indices.first, column: signal.indices.dropFirst().first,
          is: signal.value, context, &record, &pool)
      }
    }
    for gradient in pass.gradients {
      let slope = pool.derivative(subject, by: [gradient.unknown])
      judge(.step, slope, gradient.value, context, &record, &pool)
      if let form = gradient.form {
        prove(
          form, row: gradient.indices.first, column: gradient.indices.dropFirst().first,
          is: gradient.value, context, &record, &pool)
      }
    }
    return record
  }
}
