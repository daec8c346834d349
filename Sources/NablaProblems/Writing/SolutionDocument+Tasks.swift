import NablaExpressions
import NablaNotation
import NablaNumbers
import NablaRendering
import NablaRewriting
import NablaVerification

extension SolutionDocument {
  mutating func write(_ solved: SolvedTask, _ pool: inout ExpressionPool) {
    switch solved.task.kind {
    case .forward: writeForward(solved, &pool)
    case .expect: writeExpectation(solved, &pool)
    case .prove(let left, let right): writeProof(solved, left, right, &pool)
    default:
      for derivation in solved.derivations { write(derivation, &pool) }
      writeKinks(solved.derivations, &pool)
      if let pass = solved.backward { write(pass, &pool) }
    }
    if let obstacle = solved.obstacle {
      document.blocks.append(.check(.undecided, [.text(obstacle)]))
    }
  }

  // MARK: Forward

  private mutating func writeForward(_ solved: SolvedTask, _ pool: inout ExpressionPool) {
    var rows: [ForwardRow] = []
    var decimals: Int?
    if case .forward(_, let places) = solved.task.kind { decimals = places }
    for line in solved.forward {
      var numbers: [Formula] = []
      if let substituted = line.substituted { numbers.append(formula(substituted, &pool)) }
      if let reduced = line.reduced {
        let form = formula(reduced, &pool)
        if form != numbers.last { numbers.append(form) }
      }
      let isLast = line.name == solved.forward.last?.name
      let value = text(of: line.value, decimals: isLast ? decimals : nil, pool)
      rows.append(
        ForwardRow(
          formula(line.name, &pool), formula(line.expression, &pool), numbers: numbers,
          value: .number(value.text),
          valueRelation: value.isExact ? .equal : .approximatelyEqual))
    }
    if !rows.isEmpty { document.blocks.append(.forwardTable(rows)) }
  }

  func text(
    of value: NumericValue, decimals: Int?, _ pool: borrowing ExpressionPool
  ) -> (text: String, isExact: Bool) {
    switch value {
    case .exact(let handle):
      guard let exact = pool.rational(handle) else { return ("", true) }
      if let decimals {
        let rounded = exact.decimal(places: decimals)
        return (rounded, exact.terminatingDecimal == rounded)
      }
      if let decimal = exact.terminatingDecimal, decimal.utf8.count <= 20 {
        return (decimal, true)
      }
      return (exact.decimal(significantDigits: 10), false)
    case .approximate(let double):
      guard let exact = Rational(exactly: double) else { return ("\(double)", false) }
      if let decimals { return (exact.decimal(places: decimals), false) }
      return (exact.decimal(significantDigits: 10), false)
    case .undefined: return ("undefined", true)
    }
  }

  // MARK: Expectations

  private mutating func writeExpectation(_ solved: SolvedTask, _ pool: inout ExpressionPool) {
    guard case .expect(let expectation) = solved.task.kind, let outcome = solved.expectation else {
      return
    }
    var right = formula(expectation.right, &pool)
    if let decimal = expectation.decimal { right = .number(decimal) }
    var line: [Inline] = [
      .text("expected "),
      .formula(.relation(formula(expectation.left, &pool), .equal, right)),
    ]
    if let condition = solved.task.condition {
      line += [.text(" for "), .formula(formula(condition, &pool))]
    }
    switch outcome.holds {
    case true?:
      if detail == .brief {
        passedExpectations += 1
      } else {
        document.blocks.append(.check(.passed, line))
      }
    case false?:
      document.blocks.append(.check(.failed, line + [.text(" fails: \(outcome.detail)")]))
    case nil:
      document.blocks.append(.check(.undecided, line + [.text(": \(outcome.detail)")]))
    }
  }

  // MARK: Proofs

  private mutating func writeProof(
    _ solved: SolvedTask, _ left: Handle, _ right: Handle, _ pool: inout ExpressionPool
  ) {
    avoidLetters(of: [left, right], &pool)
    let claim = Formula.relation(formula(left, &pool), .equal, formula(right, &pool))
    var lead: [Inline] = [.strong([.text("To show: ")]), .formula(claim)]
    if let condition = solved.task.condition {
      lead += [.text(" for "), .formula(formula(condition, &pool))]
    }
    document.blocks.append(.lead(lead + [.text(".")]))
    defer { builder.avoidedNames = [] }
    if solved.proof?.holds == false {
      document.blocks.append(
        .check(.failed, [.text("The claim is false: \(solved.proof?.detail ?? "")")]))
      return
    }
    guard let entry = solved.derivations.first else { return }
    if solved.proof?.isProved == true {
      writeLemmas(entry.derivation, &pool)
      writeRows(entry.derivation, left: left, &pool)
      document.blocks.append(.result(claim, also: nil, label: newLabel(for: left)))
      writeKinks([entry], &pool)
      writeCheck(entry.check, &pool)
      return
    }
    var line = "No chain of steps leads from one side to the other"
    if solved.proof?.holds == true, let report = entry.check?.result {
      line += "; both sides agree at \(report.points) random points"
    } else if let obstacle = solved.proof?.detail, !obstacle.isEmpty {
      line += ": " + obstacle
    }
    document.blocks.append(.check(.undecided, [.text(line + ".")]))
  }

  // MARK: Backward pass

  private mutating func write(_ pass: BackwardPass, _ pool: inout ExpressionPool) {
    document.blocks.append(
      .lead([
        .strong([.text("Backpropagation")]),
        .text(" computes the shared factors only once, as error signals "),
        .formula(.name("delta")), .text(":"),
      ]))
    let subject = lastSubject ?? pool.one
    let outer = builder.spellings
    for signal in pass.signals {
      guard case .symbol(let id) = pool[signal.name] else { continue }
      let quantity = formula(signal.quantity, &pool).latex(isInline: true)
      builder.spellings[id] = "\\delta_{" + quantity + "}"
    }
    var rows: [DerivationRow] = []
    for signal in pass.signals {
      let slope = formula(pool.derivative(subject, by: [signal.quantity]), &pool)
      rows.append(
        DerivationRow(
          formula(signal.name, &pool), .equal,
          .relation(slope, .equal, formula(signal.value, &pool))))
    }
    for gradient in pass.gradients {
      rows.append(
        DerivationRow(
          formula(pool.derivative(subject, by: [gradient.unknown]), &pool), .equal,
          formula(gradient.value, &pool)))
    }
    builder.spellings = outer
    document.blocks.append(.derivation(rows))
  }
}
