import Testing

/// Every row with what the engine makes of it, or why it cannot be read.
private let outcomes = MatrixTableRow.all.map { row -> (MatrixTableRow, Attempt) in
  do throws(Workroom.Unreadable) {
    return (row, .outcome(try MatrixTableOutcome(row)))
  } catch {
    return (row, .unreadable(error.description))
  }
}

private enum Attempt {
  case outcome(MatrixTableOutcome)
  case unreadable(String)
}

/// Rows whose lifted form is longer than the textbook's, or missing.
private let longer: Set<String> = [
  "variance of the entries",
  "determinant of AXB",
  "determinant of X'AX",
  "determinant of a rank-one update",
  "normalised difference, Jacobian",
  "cosine similarity",
  "entropy of softmax",
  "least squares by the bias",
  "logistic regression, labels −1 and 1",
  "Gaussian process evidence by a scale",
  "attention of one query",
  "layer normalisation, Jacobian",
  "layer normalisation by the input",
  "root mean square normalisation, Jacobian",
  "symmetric trace of AX⁻¹",
  "Möbius transformation of a matrix",
]

@Suite("Results of matrix calculus") struct MatrixTableTests {
  @Test func `the table is there`() {
    #expect(MatrixTableRow.all.count == 376)
  }

  @Test(arguments: MatrixTableRow.Kind.allCases)
  func `derivatives agree with the textbook`(kind: MatrixTableRow.Kind) {
    var proved = 0
    var count = 0
    for (row, attempt) in outcomes where row.kind == kind {
      count += 1
      switch attempt {
      case .unreadable(let reason): Issue.record("\(row.name) cannot be read: \(reason)")
      case .outcome(let outcome):
        if outcome.agreement == .proved { proved += 1 }
        if case .wrong(let objection) = outcome.agreement {
          Issue.record("\(row.name): \(outcome.text) against \(row.result), \(objection)")
        }
      }
    }
    #expect(100 * proved >= 95 * count, "\(proved) of \(count) are proved")
  }

  @Test func `matrix forms are no longer than the textbook's`() {
    for (row, attempt) in outcomes where !longer.contains(row.name) {
      guard case .outcome(let outcome) = attempt, let lengths = outcome.lengths else { continue }
      #expect(
        outcome.isNoLonger,
        "\(row.name): \(outcome.text) has \(lengths.lifted ?? 0) symbols, \(row.result) \(lengths.textbook)"
      )
    }
  }

  @Test func `nineteen forms of twenty are no longer than the textbook's`() {
    var count = 0
    var kept = 0
    for (_, attempt) in outcomes {
      guard case .outcome(let outcome) = attempt, outcome.lengths != nil else { continue }
      count += 1
      if outcome.isNoLonger { kept += 1 }
    }
    #expect(count >= 340)
    #expect(100 * kept >= 95 * count, "\(kept) of \(count)")
  }
}
