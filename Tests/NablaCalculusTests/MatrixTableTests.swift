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

/// Rows that numbers cannot decide: XᵀAX is singular for the sizes that are tried.
private let undecided: Set<String> = [
  "determinant of X'AX, A symmetric", "log det of X'AX, A symmetric", "trace of (X'CX)⁻¹A",
  "trace of (X'CX)⁻¹X'BX",
]

/// Rows whose lifted form is longer than the textbook's, or missing.
private let longer: Set<String> = [
  "variance of the entries",
  "centring matrix as a Jacobian",
  "square of the sum of all entries",
  "trace of a cube",
  "sum of the entries of tr(X)X",
  "determinant of AXB",
  "determinant of X'AX, X square",
  "determinant of X'AX, A symmetric",
  "determinant of X'AX",
  "log of the modulus of the determinant",
  "log det of a product",
  "log det of X'AX, A symmetric",
  "log det of a covariance of low rank plus noise",
  "log det plus diagonal",
  "determinant of a cube",
  "determinant of a rank-one update",
  "trace of an inverse",
  "trace of the inverse of a sum",
  "trace of a squared inverse",
  "trace of (X'CX)⁻¹A",
  "trace of (X'CX)⁻¹X'BX",
  "trace of (A + X'CX)⁻¹X'BX",
  "normalised difference, Jacobian",
  "cosine similarity",
  "norm with a power p",
  "product of the entries through logarithms",
  "softmax by the temperature",
  "softmax of a linear map, Jacobian",
  "log-sum-exp of a matrix",
  "cross-entropy of softmax, nothing known of the labels",
  "cross-entropy by the input",
  "entropy of softmax",
  "least squares by the bias",
  "least absolute deviations",
  "logistic regression, labels −1 and 1",
  "logistic regression by the bias",
  "support vector machine, hinge loss",
  "Gaussian log-likelihood by a symmetric covariance",
  "Gaussian log-likelihood by a symmetric precision",
  "graphical model log-likelihood",
  "Gaussian process evidence by a scale",
  "Wishart log-density",
  "one neuron by the weights",
  "one neuron by the bias",
  "ReLU layer, Jacobian",
  "ReLU network with softmax cross-entropy by the first weights",
  "batch of two ReLU layers by the first weights",
  "batch of tanh and softmax layers by the first weights",
  "attention by the queries",
  "attention by the keys",
  "softmax along the rows by the scores",
  "attention of one query",
  "layer normalisation, Jacobian",
  "layer normalisation by the input",
  "root mean square normalisation, Jacobian",
  "symmetric determinant",
  "symmetric log det",
  "symmetric trace of the inverse",
  "symmetric trace of AX⁻¹",
  "symmetric sum of all entries",
  "trace of an inverse along a line",
  "log det of the resolvent",
  "resolvent",
  "ridge solution by the penalty",
  "rotation",
  "Möbius transformation of a matrix",
  "Hessian of log-sum-exp of an affine map",
  "Hessian of log det plus diagonal",
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
        if case .wrong(let objection) = outcome.agreement, !undecided.contains(row.name) {
          Issue.record("\(row.name): \(outcome.text) against \(row.result), \(objection)")
        }
      }
    }
    #expect(10 * proved >= 7 * count, "\(proved) of \(count) are proved")
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

  @Test func `nine forms of ten are no longer than the textbook's`() {
    var count = 0
    var kept = 0
    for (_, attempt) in outcomes {
      guard case .outcome(let outcome) = attempt, outcome.lengths != nil else { continue }
      count += 1
      if outcome.isNoLonger { kept += 1 }
    }
    #expect(count >= 340)
    #expect(kept >= 280, "\(kept) of \(count)")
  }
}
