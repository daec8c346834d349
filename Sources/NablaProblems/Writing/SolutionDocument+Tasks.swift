import NablaExpressions
import NablaNotation
import NablaNumbers
import NablaRendering
import NablaRewriting
import NablaVerification

extension SolutionDocument {
  mutating func write(_ solved: SolvedTask, _ pool: inout ExpressionPool) {
    if let picture = solved.graph { write(picture, &pool) }
    if let plot = solved.plot { write(plot, &pool) }
    switch solved.task.kind {
    case .forward: writeForward(solved, &pool)
    case .expect: writeExpectation(solved, &pool)
    case .prove(let left, let right): writeProof(solved, left, right, &pool)
    case .compare(let left, let relation, let right):
      writeInequality(solved, left, relation, right, &pool)
    case .shapes: writeShapes(solved.shapes, &pool)
    case .parameters: writeParameters(solved.parameters, &pool)
    case .table: writeTable(solved.table, &pool)
    case .train(let training): writeTraining(solved, training, &pool)
    case .expectTrained(let expectation): writeExpectation(solved, expectation, &pool)
    case .gradient(_, _, let forms) where !forms.isEmpty:
      showsMatrixForms = forms.contains(.matrix)
      if forms == [.backward], solved.backward != nil {
        lastSubject = solved.derivations.first?.subject
      } else {
        for derivation in solved.derivations { write(derivation, &pool) }
      }
      if let pass = solved.backward { write(pass, &pool) }
      writeKinks(solved.derivations, &pool)
      showsMatrixForms = true
    default:
      for derivation in solved.derivations { write(derivation, &pool) }
      writeKinks(solved.derivations, &pool)
    }
    if let obstacle = solved.obstacle {
      document.blocks.append(.check(.undecided, [outcome(obstacle)]))
    }
  }

  // MARK: Forward

  private mutating func writeForward(_ solved: SolvedTask, _ pool: inout ExpressionPool) {
    var decimals: Int?
    if case .forward(_, let places) = solved.task.kind { decimals = places }
    writeForward(solved.forward, decimals: decimals, &pool)
  }

  /// Scalars in a table, whole vectors and matrices as displayed chains; the last value is
  /// rounded to the decimals wanted.
  mutating func writeForward(
    _ lines: [ForwardLine], decimals: Int? = nil, _ pool: inout ExpressionPool
  ) {
    var rows: [ForwardRow] = []
    func take(_ rows: inout [ForwardRow]) -> Block? {
      defer { rows = [] }
      return rows.isEmpty ? nil : .forwardTable(rows)
    }
    let goal = lines.last.flatMap { pool.headSymbol(of: $0.name) }
    for line in lines {
      let isLast =
        line.name == lines.last?.name || (goal != nil && pool.headSymbol(of: line.name) == goal)
      if !line.values.isEmpty || line.numbers?.hasArrays == true {
        if let table = take(&rows) { document.blocks.append(table) }
        let chain = chain(of: line, decimals: isLast ? decimals : nil, &pool)
        writeChain(chain)
        continue
      }
      let value = text(of: line.value, decimals: isLast ? decimals : nil, pool)
      rows.append(
        ForwardRow(
          formula(line.name, &pool), expression(of: line, &pool), numbers: numbers(of: line, &pool),
          numbersRelation: line.isRounded ? .approximatelyEqual : .equal,
          value: .number(value.text), valueRelation: value.isExact ? .equal : .approximatelyEqual))
    }
    if let table = take(&rows) { document.blocks.append(table) }
  }

  /// A solution key has a line for each quantity, one below the other.
  private mutating func writeChain(_ chain: [DerivationRow]) {
    if detail == .brief {
      for row in chain.joined { writeInKey(row) }
    } else {
      document.blocks.append(.derivation(chain))
    }
  }

  private mutating func expression(
    of line: ForwardLine, _ pool: inout ExpressionPool
  ) -> Formula {
    line.form.map { builder.formula(of: $0, in: &pool) } ?? formula(line.expression, &pool)
  }

  private mutating func numbers(
    of line: ForwardLine, _ pool: inout ExpressionPool
  ) -> [Formula] {
    var numbers: [Formula] = []
    if let form = line.numbers { numbers.append(builder.formula(of: form, in: &pool)) }
    if let substituted = line.substituted { numbers.append(formula(substituted, &pool)) }
    if let reduced = line.reduced {
      let form = formula(reduced, &pool)
      if form != numbers.last { numbers.append(form) }
    }
    // A quantity that is made of numbers has nothing put in.
    if let first = numbers.first, first == expression(of: line, &pool) { numbers.removeFirst() }
    return numbers
  }

  /// z = Wᵀa + b = [numbers] = [values], one below the other.
  private mutating func chain(
    of line: ForwardLine, decimals: Int?, _ pool: inout ExpressionPool
  ) -> [DerivationRow] {
    var rows = [DerivationRow(formula(line.name, &pool), .equal, expression(of: line, &pool))]
    for numbers in numbers(of: line, &pool) {
      rows.append(DerivationRow(nil, line.isRounded ? .approximatelyEqual : .equal, numbers))
    }
    if line.values.isEmpty {
      let value = text(of: line.value, decimals: decimals, pool)
      rows.append(
        DerivationRow(
          nil, value.isExact ? .equal : .approximatelyEqual, .number(value.text)))
      return rows
    }
    let (entries, isExact) = matrix(of: line.values, decimals: decimals, pool)
    rows.append(DerivationRow(nil, isExact ? .equal : .approximatelyEqual, entries))
    return rows
  }

  // MARK: Expectations

  private mutating func writeExpectation(_ solved: SolvedTask, _ pool: inout ExpressionPool) {
    guard case .expect(let expectation) = solved.task.kind, let outcome = solved.expectation else {
      return
    }
    let claim: Formula
    if let forms = solved.task.forms {
      let left = builder.formula(of: forms.left, in: &pool)
      claim = .relation(left, .equal, builder.formula(of: forms.right, in: &pool))
    } else {
      var right = formula(expectation.right, &pool)
      if let decimal = expectation.decimal { right = .number(decimal) }
      claim = .relation(formula(expectation.left, &pool), .equal, right)
    }
    var line: [Inline] = [.formula(claim)]
    if let condition = solved.task.condition {
      line += [words(" for "), .formula(formula(condition, &pool))]
    }
    writeOutcome(outcome, line, &pool)
  }

  /// A line about an author's own check.
  mutating func writeOutcome(
    _ outcome: ExpectationOutcome, _ line: [Inline], _ pool: inout ExpressionPool
  ) {
    switch outcome.holds {
    case true?:
      if detail == .brief {
        passedExpectations += 1
      } else {
        var line = line
        if outcome.isSymbolic {
          line.append(words(outcome.isProved ? ", proved" : ", confirmed by numbers only"))
          line += uses(of: outcome.proof, &pool)
        }
        writePassedExpectation(line)
      }
    case false?:
      let line = [words("expected ")] + line + sentence(" fails: %1", self.outcome(outcome.detail))
      document.blocks.append(.check(.failed, line))
    case nil:
      let line = [words("expected ")] + line + [.text(": "), self.outcome(outcome.detail)]
      document.blocks.append(.check(.undecided, line))
    }
  }

  /// Checks that follow one another share a line.
  private mutating func writePassedExpectation(_ line: [Inline]) {
    if document.blocks.count == blocksWithExpectations,
      case .check(.passed, let others)? = document.blocks.last
    {
      document.blocks[document.blocks.count - 1] = .check(.passed, others + [.text("; ")] + line)
    } else {
      document.blocks.append(.check(.passed, [words("as expected, ")] + line))
    }
    blocksWithExpectations = document.blocks.count
  }

  // MARK: Proofs

  private mutating func writeProof(
    _ solved: SolvedTask, _ left: Handle, _ right: Handle, _ pool: inout ExpressionPool
  ) {
    avoidLetters(of: [left, right], &pool)
    var claim = Formula.relation(formula(left, &pool), .equal, formula(right, &pool))
    if let forms = solved.task.forms, !forms.isElementary {
      let whole = builder.formula(of: forms.left, in: &pool)
      claim = .relation(whole, .equal, builder.formula(of: forms.right, in: &pool))
    }
    var lead: [Inline] = [.strong([words("To show: ")]), .formula(claim)]
    if let condition = solved.task.condition {
      lead += [words(" for "), .formula(formula(condition, &pool))]
    }
    document.blocks.append(.lead(lead + [.text(".")]))
    defer { builder.avoidedNames = [] }
    if solved.proof?.holds == false {
      document.blocks.append(
        .check(.failed, sentence("The claim is false: %1", outcome(solved.proof?.detail ?? ""))))
      return
    }
    guard let entry = solved.derivations.first else { return }
    if solved.proof?.hasSteps == true {
      writeLemmas(entry.derivation, &pool)
      writeRows(entry.derivation, left: left, &pool)
      document.blocks.append(.result(claim, also: nil, label: newLabel(for: left)))
      writeKinks([entry], &pool)
      writeCheck(entry.check, &pool)
      return
    }
    if solved.proof?.isProved == true {
      var line = say(
        "No chain of steps leads from one side to the other, but the two are proved to be equal")
      line += (solved.proof?.ground.map { ": " + say($0) } ?? "") + "."
      document.blocks.append(.check(.passed, [.text(line)]))
      return
    }
    var line = [words("No chain of steps leads from one side to the other")]
    if solved.proof?.holds == true, let report = entry.check?.result {
      line += sentence("; both sides agree at %1 random points", count(report.points))
    } else if let obstacle = solved.proof?.detail, !obstacle.isEmpty {
      line += [.text(": "), outcome(obstacle)]
    }
    document.blocks.append(.check(.undecided, line + [.text(".")]))
  }
}
