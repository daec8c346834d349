import NablaCalculus
import NablaExpressions
import NablaNumbers
import NablaRendering
import NablaRewriting
import NablaVerification

extension SolutionDocument {
  // MARK: Kinks

  /// What the results of a task leave out, once for each kind.
  mutating func writeKinks(_ derivations: [SolvedDerivation], _ pool: inout ExpressionPool) {
    let isOne = derivations.count == 1
    var told: [Kink.Cause] = []
    for derivation in derivations {
      for kink in derivation.derivation.kinks where !told.contains(kink.cause) {
        told.append(kink.cause)
        switch kink.cause {
        case .function(let function):
          let places = places(of: kink.cause, in: derivations, pool)
          var line: [Inline] = []
          if places.isEmpty {
            line = sentence(
              isOne
                ? "%1 has no derivative at 0; the result holds where its argument is not 0."
                : "%1 has no derivative at 0; the results hold where its argument is not 0.",
              .text(function.name))
          } else {
            line = sentence(
              isOne
                ? "%1 has no derivative at 0; the result holds where "
                : "%1 has no derivative at 0; the results hold where ",
              .text(function.name))
            for (position, place) in places.enumerated() {
              if position > 0 { line.append(separator(before: position, of: places.count)) }
              line.append(.formula(.relation(formula(place, &pool), .notEqual, .number("0"))))
            }
            line.append(.text("."))
          }
          document.blocks.append(.note(line))
        case .extremum:
          var name = "max"
          if case .minimum = pool[kink.place] { name = "min" }
          document.blocks.append(
            .note(
              sentence(
                isOne
                  ? "%1 has no derivative where two of its arguments tie; the result holds elsewhere."
                  : "%1 has no derivative where two of its arguments tie; the results hold elsewhere.",
                .text(name))))
        case .cases:
          document.blocks.append(
            .note([words("Nothing is said of the seams between the cases.")]))
        }
      }
    }
  }

  /// The arguments that must not be 0, if they are few and name no bound index.
  private func places(
    of cause: Kink.Cause, in derivations: [SolvedDerivation], _ pool: borrowing ExpressionPool
  ) -> [Handle] {
    var found: [Handle] = []
    for derivation in derivations {
      for kink in derivation.derivation.kinks where kink.cause == cause {
        if found.contains(kink.place) { continue }
        for symbol in pool.symbolsOccurring(in: [kink.place]) where pool.isFresh(symbol) {
          return []
        }
        found.append(kink.place)
      }
    }
    return found.count <= 3 ? found : []
  }

  // MARK: Checks

  mutating func writeCheck(_ check: CheckSummary?, _ pool: inout ExpressionPool) {
    guard let check else { return }
    if let failed = check.failedStep {
      var line: [Inline] = [words("A step failed its check, so the result is not to be trusted: ")]
      line.append(
        .formula(
          .relation(
            formula(failed.step.before, &pool), .equal, formula(failed.step.after, &pool))))
      if case .failed(let counterexample) = failed.report.verdict {
        line.append(.text(", " + told(pool.text(of: counterexample))))
      }
      document.blocks.append(.check(.failed, line))
    }
    if let (equation, counterexample) = check.proof.refuted {
      document.blocks.append(
        .check(
          .failed,
          [
            words("This is false, so the result is not to be trusted: "),
            .formula(
              .relation(formula(equation.left, &pool), .equal, formula(equation.right, &pool))),
            .text(", " + told(pool.text(of: counterexample))),
          ]))
    }
    switch check.result.verdict {
    case .passed:
      if detail == .brief {
        passedChecks += 1
        if check.proof.isProved(.result) { provedChecks += 1 }
      } else {
        document.blocks.append(.check(.passed, passedLine(check, &pool)))
      }
    case .failed(let counterexample):
      document.blocks.append(
        .check(
          .failed,
          [
            words("The result failed its check and is not to be trusted: "),
            .text(told(pool.text(of: counterexample))),
          ]))
    case .notChecked(let obstacle):
      let proofs = proofClause(check.proof, &pool)
      let reason: [Inline] = [words(pool.text(of: obstacle)), .text(".")]
      document.blocks.append(
        .check(
          .undecided,
          proofs.isEmpty
            ? [words("Not checked by numbers: ")] + reason
            : proofs + [words("; not checked by numbers: ")] + reason))
    }
  }

  /// The first check is told in full, later ones in short.
  private mutating func passedLine(
    _ check: CheckSummary, _ pool: inout ExpressionPool
  ) -> [Inline] {
    let report = check.result
    let isFirst = !hasToldCheck
    hasToldCheck = true
    let isOne = report.points == 1
    let points = count(report.points)
    var line = proofClause(check.proof, &pool)
    if !isFirst {
      if !line.isEmpty { line.append(.text("; ")) }
      line += sentence(isOne ? "%1 point" : "%1 points", points)
    } else if !line.isEmpty {
      line += sentence(
        isOne ? "; also checked at %1 random point" : "; also checked at %1 random points", points)
    } else if check.stepCount > 1 {
      line += sentence(
        isOne
          ? "Result and steps checked at %1 random point"
          : "Result and steps checked at %1 random points", points)
    } else {
      line += sentence(
        isOne ? "Checked at %1 random point" : "Checked at %1 random points", points)
    }
    appendSizes(of: report, to: &line)
    if let dual = report.maxRelativeErrorDual {
      line += sentence(
        isFirst ? ": relative error at most %1 against dual numbers" : ": %1 from dual numbers",
        .formula(.number(Self.bound(dual))))
    } else if let error = report.maxRelativeError {
      line += sentence(": both sides agree to %1", .formula(.number(Self.bound(error))))
    }
    if let difference = report.maxRelativeErrorDifferences {
      line += sentence(
        isFirst ? ", %1 against differences" : ", %1 from differences",
        .formula(.number(Self.bound(difference))))
    }
    line.append(.text("."))
    return line
  }

  // MARK: Proofs

  /// What is proved, in words: all of it, or how much; empty if nothing was put to the prover.
  private mutating func proofClause(
    _ proof: EquationRecord, _ pool: inout ExpressionPool
  ) -> [Inline] {
    if proof.equations.isEmpty { return [] }
    let steps = proof.steps
    let proved = steps.reduce(0) { $0 + ($1.verdict.isProved ? 1 : 0) }
    let isResultProved = proof.isProved(.result)
    let text: String
    let shown = count(proved)
    let all = count(steps.count)
    switch (isResultProved, steps.count) {
    case (true, ...1) where proved == steps.count: text = "Proved"
    case (true, proved):
      text = proved == 2 ? "Result and both steps proved" : "Result and all %1 steps proved"
    case (true, 1): text = "Result proved, its one step by numbers only"
    case (true, _): text = "Result and %1 of %2 steps proved"
    case (false, 0): text = "Confirmed by numbers only"
    case (false, 1):
      text =
        proved == 1
        ? "The one step proved, the result as a whole by numbers only"
        : "Confirmed by numbers only"
    case (false, proved):
      text =
        "All %1 steps proved, the result as a whole by numbers only"
    case (false, _):
      text = "%1 of %2 steps proved, the result as a whole by numbers only"
    }
    var line = sentence(text, shown, all)
    line += uses(of: proof, &pool)
    let exceptions = proof.exceptions.filter {
      !toldExceptions.contains($0) && pool.symbolCount($0) <= 6
    }
    for (place, exception) in exceptions.prefix(2).enumerated() {
      toldExceptions.insert(exception)
      line += [words(place == 0 ? " where " : " and "), .formula(formula(exception, &pool))]
    }
    if proof.equations.contains(where: { $0.role == .matrixForm && !$0.verdict.isProved }) {
      line.append(words("; the matrix form is confirmed by numbers only"))
    }
    return line
  }

  /// The assumptions a proof rests on.
  mutating func uses(of proof: EquationRecord, _ pool: inout ExpressionPool) -> [Inline] {
    var line: [Inline] = []
    for (place, assumption) in proof.uses.enumerated() {
      line += [words(place == 0 ? " with " : " and "), .formula(formula(assumption, &pool))]
    }
    return line
  }

  /// One line about the equations of a δ recursion.
  mutating func writeCheck(of pass: BackwardPass, _ pool: inout ExpressionPool) {
    let proof = pass.proof
    if let (equation, counterexample) = proof.refuted {
      document.blocks.append(
        .check(
          .failed,
          [
            words("This is false: "),
            .formula(
              .relation(formula(equation.left, &pool), .equal, formula(equation.right, &pool))),
            .text(", " + told(pool.text(of: counterexample))),
          ]))
      return
    }
    if proof.equations.isEmpty || detail == .brief { return }
    let (proved, count) = (proof.provedCount, proof.equations.count)
    let text: String
    switch (proved, count - proved) {
    case (_, 0): text = "All equations of the recursion are proved"
    case (0, _): text = "The equations of the recursion are confirmed by numbers only"
    case (1, 1):
      text =
        "%1 of the %2 equations of the recursion is proved, the other is confirmed by numbers only"
    case (1, _):
      text =
        "%1 of the %2 equations of the recursion is proved, the others are confirmed by numbers only"
    case (_, 1):
      text =
        "%1 of the %2 equations of the recursion are proved, the other is confirmed by numbers only"
    default:
      text =
        "%1 of the %2 equations of the recursion are proved, the others are confirmed by numbers only"
    }
    document.blocks.append(
      .check(
        .passed,
        sentence(text, self.count(proved), self.count(count)) + uses(of: proof, &pool)
          + [.text(".")]))
  }

  private func appendSizes(of report: CheckReport, to line: inout [Inline]) {
    var isFirst = true
    for entry in report.sizes where !entry.sizes.isEmpty {
      line.append(.text(isFirst ? " (" : "; "))
      isFirst = false
      var sizes = ""
      for size in entry.sizes { sizes += sizes.isEmpty ? "\(size)" : ", \(size)" }
      line.append(.formula(.relation(sizeName(entry.name), .equal, .text(sizes))))
    }
    if !isFirst { line.append(.text(")")) }
  }

  /// The name of a size, which is no layer.
  private func sizeName(_ name: String) -> Formula {
    var identifier = Identifier(name)
    identifier.role = .other
    return .name(identifier)
  }

  /// An upper bound of an error to one digit, such as 3e-16; nothing below the rounding of doubles.
  private static func bound(_ error: Double) -> String {
    guard error.isFinite, error < 1 else { return "1" }
    var mantissa = max(error, 1e-16)
    var exponent = 0
    while mantissa < 0.999_999 {
      mantissa *= 10
      exponent += 1
    }
    var digit = Int((mantissa - 1e-6).rounded(.up))
    if digit > 9 {
      digit = 1
      exponent -= 1
    }
    return exponent == 0 ? "\(digit)" : "\(digit)e-\(exponent)"
  }

  /// The one line in which a solution key says what was checked.
  mutating func writeTally() {
    if passedChecks == 0, passedExpectations == 0 { return }
    var line: [Inline] = []
    if passedChecks > 0 {
      let isOne = passedChecks == 1
      line = sentence(
        provedChecks == passedChecks
          ? isOne
            ? "The result is proved and agrees with numbers at random points"
            : "%1 results are proved and agree with numbers at random points"
          : isOne
            ? "The result agrees with numbers at random points"
            : "%1 results agree with numbers at random points", count(passedChecks))
    }
    if passedExpectations > 0 {
      if !line.isEmpty { line.append(.text("; ")) }
      line += sentence(
        passedExpectations == 1
          ? "the expected value comes out" : "%1 expected values come out",
        count(passedExpectations))
    }
    document.blocks.append(.check(.passed, line + [.text(".")]))
  }
}
