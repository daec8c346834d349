import NablaCalculus
import NablaExpressions
import NablaNotation
import NablaNumbers
import NablaRewriting
import NablaVerification

extension Solver {
  /// Derives one derivative, puts in the values the problem gives, and checks it.
  mutating func derive(
    _ subject: Handle, by variables: [Handle], array: SymbolID?, _ solved: inout SolvedTask,
    _ pool: inout ExpressionPool
  ) {
    let scope = solved.task.scope
    var deriver = deriver(scope, &pool)
    let basis = basis(scope, &pool)
    deriver.known = told[basis] ?? [:]
    deriver.unconditional = told[[]] ?? [:]
    let derivation = deriver.deriveWithCases(subject, by: variables, in: &pool)
    remember(deriver, on: basis)
    var result = SolvedDerivation(
      derivation: derivation, subject: subject, variables: variables, array: array)
    var lifted: LiftedResult?
    if let found = matrixForm(of: derivation.result, subject, by: variables, scope, &pool) {
      // Where entries were asked for, a form that saves little helps nobody.
      let saves = 5 * pool.symbolCount(found.form) <= 4 * pool.symbolCount(derivation.result) + 5
      if array != nil || saves {
        lifted = found
        result.form = found.form
        result.wholeSubject = wholeForm(of: subject, &pool)
      }
    }
    var summary = check(derivation, subject, variables, scope, &pool)
    if options.proves {
      let context = proofContext(scope, &pool)
      prove(derivation, context, &summary.proof, &pool)
      if let lifted {
        prove(
          lifted.form, row: lifted.row, column: lifted.column, is: derivation.result, context,
          &summary.proof, &pool)
      }
    }
    result.check = summary
    result.numbers = numbers(for: result, scope, &pool)
    result.values = rows(of: result, scope, &pool)
    if let check = result.check {
      if check.isFailed { solved.verdict = .failed }
      if check.isOpen, solved.verdict == .passed { solved.verdict = .undecided }
    }
    solved.derivations.append(result)
  }

  /// The result against dual numbers and differences, and every recorded step against itself.
  mutating func check(
    _ derivation: Derivation, _ subject: Handle, _ variables: [Handle], _ scope: Scope,
    _ pool: inout ExpressionPool
  ) -> CheckSummary {
    let context = checkContext(scope, &pool)
    var claims = [Claim.derivative(of: subject, by: variables, is: derivation.result)]
    var steps: [Step] = []
    if options.checksSteps {
      collect(derivation, into: &steps)
      for step in steps { claims.append(.step(step.before, step.after)) }
      for entry in derivation.cases {
        var own: [Step] = []
        collect(entry.derivation, into: &own)
        for step in own {
          claims.append(.step(step.before, step.after, when: [entry.condition]))
        }
        steps += own
      }
    }
    let reports = CrossCheck.run(claims, context, &checked, &pool)
    var summary = CheckSummary(result: reports[0])
    for (step, report) in zip(steps, reports.dropFirst()) {
      switch report.verdict {
      case .passed: summary.stepCount += 1
      case .failed: if summary.failedStep == nil { summary.failedStep = (step, report) }
      case .notChecked: break
      }
    }
    return summary
  }

  private func collect(_ derivation: Derivation, into steps: inout [Step]) {
    for lemma in derivation.lemmas { collect(lemma, into: &steps) }
    steps += derivation.steps.filter { !$0.isLocal }
  }

  /// The result at the values given: once, or for each value of its free indices.
  func numbers(
    for solved: SolvedDerivation, _ scope: Scope, _ pool: inout ExpressionPool
  ) -> [NumericLine] {
    let values = GivenValues(scope, in: &pool)
    if values.isEmpty { return [] }
    let result = solved.derivation.result
    let free = pool.freeIndices(of: [solved.subject, result] + solved.variables)
    guard values.firstMissing(in: result, free: Set(free), &pool) == nil else { return [] }
    var lines: [NumericLine] = []
    for choice in choices(of: free, values, &pool) {
      let goal = pool.substitute(choice, in: solved.derivation.goal)
      let here = pool.substitute(choice, in: result)
      let subject = pool.substitute(choice, in: solved.subject)
      var variables: [Handle] = []
      for variable in solved.variables { variables.append(pool.substitute(choice, in: variable)) }
      guard values.isDifferentiable(subject, by: variables, &pool) else {
        lines.append(NumericLine(goal: pool.renamed(goal, choice), value: .undefined))
        continue
      }
      guard let value = values.value(of: here, &pool) else { continue }
      var line = NumericLine(goal: pool.renamed(goal, choice), value: value)
      if free.isEmpty {
        var substitution = NumberSubstitution(values)
        line.substituted = substitution.apply(here, &pool)
      }
      lines.append(line)
    }
    return lines
  }

  /// The numbers of a gradient laid out like its variable; none for anything else.
  private func rows(
    of solved: SolvedDerivation, _ scope: Scope, _ pool: inout ExpressionPool
  ) -> [[NumericValue]] {
    guard solved.array != nil, solved.variables.count == 1, scope.layout == .gradient,
      case .symbol = pool[solved.subject], let symbol = pool.headSymbol(of: solved.variables[0]),
      let components = GivenValues(scope, in: &pool).components(of: symbol, &pool)
    else { return [] }
    var values = solved.numbers.map { $0.value }[...]
    guard values.count == components.count * components[0].count else { return [] }
    var rows: [[NumericValue]] = []
    for row in components {
      rows.append(Array(values.prefix(row.count)))
      values = values.dropFirst(row.count)
    }
    return rows
  }

  /// Every value of some indices, as long as there are not too many.
  private func choices(
    of indices: [SymbolID], _ values: GivenValues, _ pool: inout ExpressionPool
  ) -> [Substitution] {
    var found = [Substitution()]
    for index in indices {
      guard let range = pool.declaration(of: index).ranges.first,
        let lower = values.exactValue(of: range.lower, &pool)?.asInt,
        let upper = values.exactValue(of: range.upper, &pool)?.asInt, upper - lower < 40
      else { return [] }
      var longer: [Substitution] = []
      for choice in found {
        var value = lower
        while value <= upper {
          var next = choice
          next.symbols[index] = pool.integer(value)
          longer.append(next)
          value += 1
        }
      }
      found = longer
      if found.count > 64 { return [] }
    }
    return found
  }
}

extension ExpressionPool {
  /// A derivative with indices replaced in its variables as well.
  mutating func renamed(_ goal: Handle, _ choice: Substitution) -> Handle {
    guard case .derivative(let body, let list) = self[goal] else { return goal }
    var variables: [Handle] = []
    for variable in operands(list) { variables.append(substitute(choice, in: variable)) }
    return derivative(substitute(choice, in: body), by: variables)
  }
}
