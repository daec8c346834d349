import NablaCalculus
import NablaExpressions
import NablaNotation
import NablaNumbers
import NablaVerification

extension Solver {
  /// Holds the author's own check against what comes out.
  mutating func expect(
    _ expectation: Task.Expectation, _ solved: inout SolvedTask, _ pool: inout ExpressionPool
  ) {
    let scope = solved.task.scope
    var outcome = ExpectationOutcome()
    let context = differentiationContext(scope, &pool)
    let left = pool.differentiated(expectation.left, context)
    let right = pool.differentiated(expectation.right, context)
    let values = GivenValues(scope, in: &pool)
    let indices = solved.task.forms?.indices ?? []
    let free = Set(indices)
    if solved.task.condition == nil, !values.isEmpty || isConstant(right, free, pool),
      values.firstMissing(in: left, free: free, &pool) == nil,
      values.firstMissing(in: right, free: free, &pool) == nil,
      case let places = values.places(of: indices, &pool), !places.isEmpty
    {
      if let forms = solved.task.forms, !indices.isEmpty {
        compareEntries(
          expectation, left, right, forms, places, values, &outcome, solved.task, &pool)
      } else {
        compareNumbers(expectation, left, right, values, &outcome, solved.task, &pool)
      }
    } else {
      compareForms(expectation, left, right, &outcome, solved.task, &pool)
    }
    solved.expectation = outcome
    switch outcome.holds {
    case true?: solved.verdict = .passed
    case false?: solved.verdict = .failed
    case nil: solved.verdict = .undecided
    }
  }

  private func isConstant(
    _ handle: Handle, _ free: Set<SymbolID>, _ pool: borrowing ExpressionPool
  ) -> Bool {
    pool.symbolsOccurring(in: [handle]).allSatisfy { free.contains($0) }
  }

  private func compareNumbers(
    _ expectation: Task.Expectation, _ left: Handle, _ right: Handle, _ values: GivenValues,
    _ outcome: inout ExpectationOutcome, _ task: Task, _ pool: inout ExpressionPool
  ) {
    if left != expectation.left, values.doubleValue(of: expectation.left, &pool) == nil,
      task.scope.conventions.isEmpty
    {
      outcome.holds = false
      outcome.detail = "there is no derivative at these values, and no convention is stated"
      return
    }
    guard let found = values.value(of: left, &pool) else {
      outcome.holds = false
      outcome.detail = "it is not defined at these values"
      return
    }
    guard let wanted = values.value(of: right, &pool) else {
      outcome.holds = false
      outcome.detail = "the right side is not defined at these values"
      return
    }
    outcome.detail = "it is \(found.text(in: pool))"
    let isExact = found.isExact && wanted.isExact
    outcome.holds = found.agrees(
      with: wanted, expectation.decimal, isExact: expectation.isExact, pool)
    outcome.isProved = isExact && outcome.holds == true
    if outcome.holds == nil {
      outcome.detail = "equal to 9 digits, but not shown to be exactly so"
    }
  }

  /// Compares both sides place by place; the first entry that fails is told.
  private func compareEntries(
    _ expectation: Task.Expectation, _ left: Handle, _ right: Handle, _ forms: RelationForms,
    _ places: [Substitution], _ values: GivenValues, _ outcome: inout ExpectationOutcome,
    _ task: Task, _ pool: inout ExpressionPool
  ) {
    let context = differentiationContext(task.scope, &pool)
    let decimals = expectation.decimals(ofEntries: places.count)
    var isProved = true
    outcome.holds = true
    for (number, choice) in places.enumerated() {
      var entry = expectation
      entry.left = pool.substitute(choice, in: expectation.left)
      entry.decimal = decimals[number]
      let one = pool.substitute(choice, in: left)
      let other: Handle
      if case .literal = forms.right.kind {
        // The one entry, rather than a choice among all of them.
        let row = forms.row.flatMap { choice.symbols[$0] } ?? pool.one
        let column = forms.column.flatMap { choice.symbols[$0] } ?? pool.one
        entry.right = pool.entry(of: forms.right, row: row, column: column)
        other = pool.differentiated(entry.right, context)
      } else {
        entry.right = pool.substitute(choice, in: expectation.right)
        other = pool.substitute(choice, in: right)
      }
      var result = ExpectationOutcome()
      compareNumbers(entry, one, other, values, &result, task, &pool)
      isProved = isProved && result.isProved
      guard result.holds != true else { continue }
      let indices = forms.indices.compactMap { choice.symbols[$0] }
      let place = indices.map { pool.rational($0)?.description ?? "" }.joined(separator: ", ")
      result.detail = "in entry (\(place)) " + result.detail
      if result.holds == false || outcome.holds == true { outcome = result }
      if outcome.holds == false { return }
    }
    outcome.isProved = isProved && outcome.holds == true
  }

  private mutating func compareForms(
    _ expectation: Task.Expectation, _ left: Handle, _ right: Handle,
    _ outcome: inout ExpectationOutcome, _ task: Task, _ pool: inout ExpressionPool
  ) {
    let conditions = task.condition.map { [$0] } ?? []
    let claim = Claim.equality(expectation.left, expectation.right, when: conditions)
    let report = CrossCheck.run([claim], checkContext(task.scope, &pool), &checked, &pool)[0]
    outcome.isSymbolic = true
    switch report.verdict {
    case .passed: outcome.holds = true
    case .failed(let counterexample):
      outcome.holds = false
      outcome.detail = pool.text(of: counterexample)
    case .notChecked(let obstacle):
      outcome.detail = pool.text(of: obstacle)
      if pool.canonical(left) == pool.canonical(right) {
        outcome.holds = true
        outcome.isProved = true
      }
    }
    guard options.proves, outcome.holds != false else { return }
    judge(
      .result, expectation.left, expectation.right, when: conditions,
      proofContext(task.scope, &pool), &outcome.proof, &pool)
    if let (_, counterexample) = outcome.proof.refuted {
      outcome.holds = false
      outcome.detail = pool.text(of: counterexample)
    } else if outcome.proof.isProved(.result) {
      outcome.holds = true
      outcome.isProved = true
    }
  }
}

extension Task.Expectation {
  /// The decimals written for so many entries, row by row.
  fileprivate func decimals(ofEntries count: Int) -> [String?] {
    // A vector may be written as a row or as a column.
    let written = decimals.flatMap { $0 }
    return written.count == count ? written : Array(repeating: decimal, count: count)
  }
}

extension NumericValue {
  /// The value as plain text: exact, or to 12 significant digits.
  package func text(in pool: borrowing ExpressionPool) -> String {
    switch self {
    case .exact(let handle):
      guard let value = pool.rational(handle) else { return "" }
      return value.terminatingDecimal ?? value.description
    case .approximate(let value):
      return Rational(exactly: value)?.decimal(significantDigits: 12) ?? "\(value)"
    case .undefined: return "undefined"
    }
  }

  package func double(in pool: borrowing ExpressionPool) -> Double {
    switch self {
    case .exact(let handle): pool.rational(handle)?.doubleValue ?? .nan
    case .approximate(let value): value
    case .undefined: .nan
    }
  }
}
