import NablaExpressions
import NablaNotation
import NablaNumbers
import NablaRendering
import NablaRewriting
import NablaVerification

extension SolutionDocument {
  /// One derivative: path, local derivatives, cases, the chain of steps, result, numbers, check.
  mutating func write(_ solved: SolvedDerivation, _ pool: inout ExpressionPool) {
    let derivation = solved.derivation
    lastSubject = solved.subject
    avoidLetters(of: [solved.subject] + solved.variables, &pool)
    document.blocks.append(
      .paragraph([.strong([.text("Find ")]), .formula(formula(derivation.goal, &pool)), .text(".")])
    )
    if detail > .brief, let path = derivation.paths.first, derivation.paths.count == 1,
      path.count > 2
    {
      var names: [Formula] = []
      for name in path.reversed() { names.append(formula(name, &pool)) }
      document.blocks.append(.pathDiagram(names))
    }
    writeLemmas(derivation, &pool)
    if derivation.cases.isEmpty {
      writeRows(derivation, left: derivation.goal, &pool)
    } else {
      writeCases(derivation, &pool)
    }
    let label = newLabel(for: derivation.goal)
    let result = Formula.relation(
      formula(derivation.goal, &pool), .equal, formula(derivation.result, &pool))
    document.blocks.append(.result(result, also: nil, label: label))
    writeNumbers(solved, &pool)
    writeNotes(solved, &pool)
    writeCheck(solved, &pool)
    builder.avoidedNames = []
  }

  mutating func newLabel(for goal: Handle) -> String {
    let label = "result-\(labels.count + 1)"
    labels[goal] = label
    return label
  }

  mutating func avoidLetters(of handles: [Handle], _ pool: inout ExpressionPool) {
    builder.avoidedNames = []
    for index in pool.freeIndices(of: handles) {
      builder.avoidedNames.insert(pool.declaration(of: index).name)
    }
  }

  /// Local derivatives: those read off in one aligned list, the others with their own steps.
  mutating func writeLemmas(_ derivation: Derivation, _ pool: inout ExpressionPool) {
    if detail == .brief { return }
    var simple: [DerivationRow] = []
    for lemma in derivation.lemmas where lemma.isImmediate && detail == .standard {
      if toldLocally[lemma.goal] == lemma.result { continue }
      toldLocally[lemma.goal] = lemma.result
      let reason = lemma.steps(at: .standard).first { $0.rule != "definition" }?.reason
      simple.append(
        DerivationRow(
          formula(lemma.goal, &pool), .equal, formula(lemma.result, &pool),
          because: reason.map { inlines(of: $0, &pool) } ?? []))
    }
    if !simple.isEmpty {
      let isFirst = simple.count == toldLocally.count
      document.blocks.append(
        .paragraph([.text(isFirst ? "Local derivatives:" : "Further local derivatives:")]))
      document.blocks.append(.derivation(simple))
    }
    for lemma in derivation.lemmas where !(lemma.isImmediate && detail == .standard) {
      writeLemmas(lemma, &pool)
      document.blocks.append(
        .paragraph([.text("First "), .formula(formula(lemma.goal, &pool)), .text(":")]))
      writeRows(lemma, left: lemma.goal, &pool)
    }
  }

  /// The steps at the level of detail as aligned lines.
  mutating func writeRows(
    _ derivation: Derivation, left: Handle, _ pool: inout ExpressionPool
  ) {
    var rows: [DerivationRow] = []
    var lastShown = left
    for step in derivation.steps(at: detail) {
      if step.isLocal {
        rows.append(
          DerivationRow(
            formula(step.before, &pool), .equal, formula(step.after, &pool),
            because: inlines(of: step.reason, &pool)))
        continue
      }
      let isFirst = lastShown == left && !rows.contains { $0.left == nil }
      rows.append(
        DerivationRow(
          isFirst || rows.last?.left != nil && detail == .full ? formula(left, &pool) : nil,
          .equal, formula(step.after, &pool), because: inlines(of: step.reason, &pool)))
      lastShown = step.after
    }
    if lastShown != derivation.result {
      rows.append(
        DerivationRow(
          rows.isEmpty ? formula(left, &pool) : nil, .equal, formula(derivation.result, &pool),
          because: [.text("simplify")]))
    }
    if !rows.isEmpty { document.blocks.append(.derivation(rows)) }
  }

  private mutating func writeCases(_ derivation: Derivation, _ pool: inout ExpressionPool) {
    for entry in derivation.cases {
      document.blocks.append(
        .paragraph([
          .strong([.text("Case "), .formula(formula(entry.condition, &pool)), .text(".")])
        ]))
      let before = builder.avoidedNames
      writeLemmas(entry.derivation, &pool)
      writeRows(entry.derivation, left: entry.derivation.goal, &pool)
      builder.avoidedNames = before
    }
    if detail == .full {
      document.blocks.append(.paragraph([.text("Without cases:")]))
      writeRows(derivation, left: derivation.goal, &pool)
    }
    document.blocks.append(
      .paragraph([.text("Both cases in one, with the Kronecker delta:")]))
  }

  func inlinesOfText(_ text: String) -> [Inline] { text.isEmpty ? [] : [.text(text)] }

  mutating func inlines(of reason: Reason, _ pool: inout ExpressionPool) -> [Inline] {
    var found: [Inline] = []
    for piece in reason.pieces {
      switch piece {
      case .text(let text): found.append(.text(text))
      case .formula(let handle): found.append(.formula(formula(handle, &pool)))
      case .result(let goal):
        if let label = labels[goal] {
          cited.insert(label)
          found.append(.reference(label))
        } else {
          found.append(.formula(formula(goal, &pool)))
        }
      }
    }
    return found
  }

  // MARK: Numbers, notes, checks

  private mutating func writeNumbers(
    _ solved: SolvedDerivation, _ pool: inout ExpressionPool
  ) {
    if solved.numbers.isEmpty { return }
    if solved.numbers.count == 1 {
      let line = solved.numbers[0]
      let value = text(of: line.value, decimals: nil, pool)
      var rows: [DerivationRow] = []
      if let substituted = line.substituted {
        rows.append(
          DerivationRow(
            formula(line.goal, &pool), .equal, formula(substituted, &pool),
            because: [.text("numbers")]))
      }
      rows.append(
        DerivationRow(
          rows.isEmpty ? formula(line.goal, &pool) : nil,
          value.isExact ? .equal : .approximatelyEqual, .number(value.text)))
      document.blocks.append(.derivation(rows))
      return
    }
    var values: [Formula] = []
    for line in solved.numbers {
      let value = text(of: line.value, decimals: nil, pool)
      values.append(
        .relation(
          formula(line.goal, &pool), value.isExact ? .equal : .approximatelyEqual,
          .number(value.text)))
    }
    document.blocks.append(.values(values))
  }

  mutating func writeNotes(_ solved: SolvedDerivation, _ pool: inout ExpressionPool) {
    var seen: Set<Kink> = []
    var told: Set<String> = []
    for kink in solved.derivation.kinks where seen.insert(kink).inserted {
      switch kink.cause {
      case .function(let function):
        if told.insert(function.name).inserted {
          document.blocks.append(
            .note([
              .text("\(function.name) has no derivative where its argument is 0; "
                + "the result holds elsewhere.")
            ]))
        }
      case .extremum:
        if told.insert("max").inserted {
          document.blocks.append(
            .note([
              .text("A maximum or minimum has no derivative where its operands are equal; "
                + "the result holds elsewhere.")
            ]))
        }
      case .cases:
        if told.insert("cases").inserted {
          document.blocks.append(
            .note([.text("Nothing is said of the seams between the cases.")]))
        }
      }
    }
  }

  mutating func writeCheck(_ solved: SolvedDerivation, _ pool: inout ExpressionPool) {
    guard let check = solved.check else { return }
    if let failed = check.failedStep {
      var line: [Inline] = [.text("A step failed its check, so the result is not to be trusted: ")]
      line.append(
        .formula(
          .relation(
            formula(failed.step.before, &pool), .equal, formula(failed.step.after, &pool))))
      if case .failed(let counterexample) = failed.report.verdict {
        line.append(.text(", " + pool.text(of: counterexample)))
      }
      document.blocks.append(.check(.failed, line))
    }
    document.blocks.append(resultCheck(check, pool))
  }

  private func resultCheck(_ check: CheckSummary, _ pool: borrowing ExpressionPool) -> Block {
    let report = check.result
    switch report.verdict {
    case .passed:
      var text = "Checked at \(report.points) random points"
      let sizes = report.sizes.map { entry in
        var list = ""
        for size in entry.sizes { list += list.isEmpty ? "\(size)" : ", \(size)" }
        return "\(entry.name) = \(list)"
      }
      if !sizes.isEmpty {
        text += " ("
        for (place, size) in sizes.enumerated() { text += (place == 0 ? "" : "; ") + size }
        text += ")"
      }
      text += ": "
      if let dual = report.maxRelativeErrorDual {
        text += "largest relative error \(short(dual)) against dual numbers"
      }
      if let difference = report.maxRelativeErrorDifferences {
        text += ", \(short(difference)) against differences"
      }
      if report.maxRelativeErrorDual == nil, let error = report.maxRelativeError {
        text += "largest relative error \(short(error))"
      }
      if check.stepCount > 0 {
        text += "; \(check.stepCount) step\(check.stepCount == 1 ? "" : "s") checked as well"
      }
      return .check(.passed, [.text(text + ".")])
    case .failed(let counterexample):
      return .check(
        .failed,
        [.text("The result failed its check and is not to be trusted: "
          + pool.text(of: counterexample))])
    case .notChecked(let obstacle):
      return .check(.undecided, [.text("Not checked by numbers: " + pool.text(of: obstacle) + ".")])
    }
  }

  /// A size of error to one digit, such as 3e-16.
  private func short(_ error: Double) -> String {
    if error == 0 { return "0" }
    guard let exact = Rational(exactly: error) else { return "\(error)" }
    return exact.decimal(significantDigits: 1)
  }
}
