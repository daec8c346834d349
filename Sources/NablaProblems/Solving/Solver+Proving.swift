import NablaCalculus
import NablaExpressions
import NablaNotation
import NablaRewriting
import NablaVerification

extension Solver {
  /// What proofs may rest on in a scope.
  func proofContext(_ scope: Scope, _ pool: inout ExpressionPool) -> ProofContext {
    let numbers = checkContext(scope, &pool)
    var context = ProofContext(definitions: scope.definitions, seed: options.seed)
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
      budget.points = 16
      switch proofs.decide(left, right, when: conditions, context, budget: budget, &pool) {
      case .proved(let notes):
        verdict = .proved
        for assumption in notes.uses where !record.uses.contains(assumption) {
          record.uses.append(assumption)
        }
        if role == .result { record.exceptions += notes.exceptions }
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
}
