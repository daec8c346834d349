import NablaExpressions

/// What a check by numbers has found.
package struct CheckReport: Sendable {
  package internal(set) var verdict: CheckVerdict
  /// At how many random points the sides were compared, each for several choices of indices.
  package internal(set) var points = 0
  /// The sizes tried, for each dimension that was not given.
  package internal(set) var sizes: [(name: String, sizes: [Int])] = []
  /// The largest difference of the two sides of an equality over max(1, |value|).
  package internal(set) var maxRelativeError: Double?
  /// The largest difference from dual numbers over max(1, |value|).
  package internal(set) var maxRelativeErrorDual: Double?
  /// The largest difference from central differences over max(1, |value|).
  package internal(set) var maxRelativeErrorDifferences: Double?

  /// How far values and dual numbers may be off, relative to the larger side.
  ///
  /// Beyond that, only what rounding explains is let pass.
  package static let tolerance = 1e-9
  /// How far differences may be off, relative to max(1, |value|), beside their own error.
  package static let differenceTolerance = 1e-6
}

package enum CheckVerdict: Sendable {
  case passed
  case failed(NumericCounterexample)
  case notChecked(CheckObstacle)
}

/// Why nothing could be said.
package enum CheckObstacle: Hashable, Sendable {
  case evaluation(EvaluationError)
  /// No point was found where all is defined and every assumption holds.
  case noPoint
  /// For some indices one side is defined and the other never was.
  case oneSideUndefined
  /// No choice of indices meets the conditions.
  case noIndices
  /// Rounding errors are too large at every point that was tried.
  case illConditioned
}

/// A point at which the two sides of a claim differ.
package struct NumericCounterexample: Sendable {
  package enum Method: Sendable {
    case values, dualNumbers, differences
  }

  package let method: Method
  /// Sizes, indices and labels.
  package let indices: [(symbol: SymbolID, value: Int)]
  package let inputs: [(slot: Slot, value: Double)]
  /// The left side, or the derivative as computed from the subject.
  package let left: Double
  package let right: Double
}

extension ExpressionPool {
  /// The obstacle in words.
  package func text(of obstacle: CheckObstacle) -> String {
    switch obstacle {
    case .evaluation(let error): text(of: error)
    case .noPoint: "no point was found where all is defined"
    case .oneSideUndefined: "one side is undefined where the other is not"
    case .noIndices: "no indices meet the conditions"
    case .illConditioned: "rounding errors are too large"
    }
  }

  /// The counterexample in one line, such as `at i = 1, x[1] = 0.5: 2.0 against −2.0`.
  package func text(of counterexample: NumericCounterexample) -> String {
    var parts: [String] = []
    for (symbol, value) in counterexample.indices {
      parts.append("\(declaration(of: symbol).name) = \(value)")
    }
    for (slot, value) in counterexample.inputs { parts.append("\(text(of: slot)) = \(value)") }
    var text = parts.isEmpty ? "" : "at "
    for (place, part) in parts.enumerated() { text += (place == 0 ? "" : ", ") + part }
    if !parts.isEmpty { text += ": " }
    return text + "\(counterexample.left) against \(counterexample.right)"
  }
}
