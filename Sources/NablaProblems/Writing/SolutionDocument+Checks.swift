import NablaExpressions
import NablaNumbers
import NablaRendering
import NablaRewriting
import NablaVerification

extension SolutionDocument {
  // MARK: Kinks

  /// What the results of a task leave out, once for each kind.
  mutating func writeKinks(_ derivations: [SolvedDerivation], _ pool: inout ExpressionPool) {
    let results = derivations.count == 1 ? "the result holds" : "the results hold"
    var told: [Kink.Cause] = []
    for derivation in derivations {
      for kink in derivation.derivation.kinks where !told.contains(kink.cause) {
        told.append(kink.cause)
        switch kink.cause {
        case .function(let function):
          let places = places(of: kink.cause, in: derivations, pool)
          var line: [Inline] = [
            .text("\(function.name) has no derivative at 0; \(results) where ")
          ]
          if places.isEmpty {
            line.append(.text("its argument is not 0."))
          } else {
            for (position, place) in places.enumerated() {
              if position > 0 { line.append(.text(position + 1 < places.count ? ", " : " and ")) }
              line.append(.formula(.relation(formula(place, &pool), .notEqual, .number("0"))))
            }
            line.append(.text("."))
          }
          document.blocks.append(.note(line))
        case .extremum:
          var name = "max"
          if case .minimum = pool[kink.place] { name = "min" }
          document.blocks.append(
            .note([
              .text(
                "\(name) has no derivative where two of its arguments tie; \(results) elsewhere.")
            ]))
        case .cases:
          document.blocks.append(
            .note([.text("Nothing is said of the seams between the cases.")]))
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
    switch check.result.verdict {
    case .passed:
      if detail == .brief {
        passedChecks += 1
      } else {
        document.blocks.append(.check(.passed, passedLine(check)))
      }
    case .failed(let counterexample):
      document.blocks.append(
        .check(
          .failed,
          [
            .text(
              "The result failed its check and is not to be trusted: "
                + pool.text(of: counterexample))
          ]))
    case .notChecked(let obstacle):
      document.blocks.append(
        .check(.undecided, [.text("Not checked by numbers: " + pool.text(of: obstacle) + ".")]))
    }
  }

  /// The first check is told in full, later ones in short.
  private mutating func passedLine(_ check: CheckSummary) -> [Inline] {
    let report = check.result
    let isFirst = !hasToldCheck
    hasToldCheck = true
    let points = "\(report.points) \(isFirst ? "random " : "")point\(report.points == 1 ? "" : "s")"
    let subject = check.stepCount > 1 ? "Result and steps checked at " : "Checked at "
    var line: [Inline] = [.text((isFirst ? subject : "") + points)]
    appendSizes(of: report, to: &line)
    if let dual = report.maxRelativeErrorDual {
      line.append(.text(isFirst ? ": relative error at most " : ": "))
      line.append(.formula(.number(Self.bound(dual))))
      line.append(.text(isFirst ? " against dual numbers" : " from dual numbers"))
    } else if let error = report.maxRelativeError {
      line.append(.text(": both sides agree to "))
      line.append(.formula(.number(Self.bound(error))))
    }
    if let difference = report.maxRelativeErrorDifferences {
      line.append(.text(", "))
      line.append(.formula(.number(Self.bound(difference))))
      line.append(.text(isFirst ? " against differences" : " from differences"))
    }
    line.append(.text("."))
    return line
  }

  private func appendSizes(of report: CheckReport, to line: inout [Inline]) {
    var isFirst = true
    for entry in report.sizes where !entry.sizes.isEmpty {
      line.append(.text(isFirst ? " (" : "; "))
      isFirst = false
      var sizes = ""
      for size in entry.sizes { sizes += sizes.isEmpty ? "\(size)" : ", \(size)" }
      line.append(.formula(.relation(.name(entry.name), .equal, .text(sizes))))
    }
    if !isFirst { line.append(.text(")")) }
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
    var text = ""
    if passedChecks > 0 {
      text =
        passedChecks == 1
        ? "The result agrees with numbers at random points"
        : "\(passedChecks) results agree with numbers at random points"
    }
    if passedExpectations > 0 {
      text += text.isEmpty ? "" : "; "
      text +=
        passedExpectations == 1
        ? "the expected value comes out" : "\(passedExpectations) expected values come out"
    }
    document.blocks.append(.check(.passed, [.text(text + ".")]))
  }
}
