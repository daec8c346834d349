import NablaExpressions
import NablaNotation

/// Gradient descent as it went: what every unit did at each step, and what was learnt.
package struct TrainingRun: Sendable {
  /// Numbers by rows: one for a scalar, a column for a vector.
  package typealias Values = [[NumericValue]]

  /// A quantity that is recorded for every sample.
  package struct Quantity: Sendable {
    package enum Role: Sendable { case input, unit, loss, signal }

    package let symbol: SymbolID
    package let role: Role
  }

  /// One step: each of its samples with the values of the quantities, in their order.
  package struct Iteration: Sendable {
    /// The samples that entered, counted from 1; nil where the data is not split into samples.
    package var samples: [Int?] = []
    package var values: [[Values]] = []
    /// The loss before the step, summed or averaged over the samples.
    package var loss = NumericValue.undefined
    /// The gradient and the updated value of each parameter.
    package var gradients: [Values] = []
    package var updated: [Values] = []
  }

  package var quantities: [Quantity] = []
  package var parameters: [SymbolID] = []
  /// The values the parameters start from.
  package var initial: [Values] = []
  package var pass: BackwardPass
  package var iterations: [Iteration] = []
  package var rate = NumericValue.undefined
  package var mode: TrainSyntax.Mode
  /// The first sample's forward pass and error signals, written out.
  package var firstForward: [ForwardLine] = []
  package var firstSignals: [ForwardLine] = []

  package init(pass: BackwardPass, mode: TrainSyntax.Mode) {
    self.pass = pass
    self.mode = mode
  }

  /// Whether every number of the run is exact.
  package var isExact: Bool {
    iterations.allSatisfy { iteration in
      iteration.updated.allSatisfy { rows in
        rows.allSatisfy { $0.allSatisfy { $0.isExact } }
      }
    }
  }

  /// The values of a parameter after so many steps.
  package func values(of parameter: SymbolID, afterStep step: Int) -> Values? {
    guard let place = parameters.firstIndex(of: parameter) else { return nil }
    if step == 0 { return initial[place] }
    return step <= iterations.count ? iterations[step - 1].updated[place] : nil
  }
}

extension NumericValue {
  /// Whether the value is known as a rational number.
  package var isExact: Bool {
    if case .exact = self { true } else { false }
  }
}
