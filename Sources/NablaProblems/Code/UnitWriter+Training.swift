import NablaExpressions
import NablaNotation

extension UnitWriter {
  /// What a training function takes beside steps and rate: inputs, with data for those of samples.
  func trainingInputs(_ training: GradientProgram.Training) -> [SymbolID] {
    var inputs = unit.parameters + unit.functions + unit.slopes
    inputs.removeAll { input in training.samples.contains { $0.input == input } }
    for sample in training.samples where !inputs.contains(sample.rows) {
      inputs.append(sample.rows)
    }
    return inputs
  }

  /// The numbers a problem gives to a quantity, by rows; nil if one is not given.
  func givenRows(
    of symbol: SymbolID, _ scope: Scope, _ pool: inout ExpressionPool
  ) -> [[Double]]? {
    guard let rows = scope.values[symbol]?.rows else { return nil }
    let values = GivenValues(scope, in: &pool)
    var found: [[Double]] = []
    for row in rows {
      var numbers: [Double] = []
      for entry in row {
        guard let value = values.doubleValue(of: entry, &pool) else { return nil }
        numbers.append(value)
      }
      found.append(numbers)
    }
    if pool.declaration(of: symbol).ranges.count == 1, found.count > 1 {
      return [found.flatMap { $0 }]
    }
    return found
  }

  /// The rows of all inputs of a training; nil if the problem leaves one open.
  func trainingRows(
    _ training: GradientProgram.Training, _ pool: inout ExpressionPool
  ) -> [[[Double]]]? {
    var all: [[[Double]]] = []
    for symbol in trainingInputs(training) {
      switch pool.kind(of: symbol) {
      case .scalar, .array:
        guard let rows = givenRows(of: symbol, training.scope, &pool) else { return nil }
        all.append(rows)
      default: return nil
      }
    }
    return all
  }

  /// What the function is about, in words.
  func trainingWords(
    _ training: GradientProgram.Training, _ pool: borrowing ExpressionPool
  ) -> String {
    let subject = names.known(unit.subject, pool)
    if training.samples.isEmpty { return "Gradient descent on \(subject)." }
    var rows = ""
    for sample in training.samples {
      rows += (rows.isEmpty ? "" : ", ") + names.known(sample.rows, pool)
    }
    switch training.mode {
    case .summing: return "Gradient descent on \(subject), summed over the samples in \(rows)."
    case .averaging: return "Gradient descent on \(subject), averaged over the samples in \(rows)."
    case .oneByOne: return "Gradient descent on \(subject), a sample of \(rows) a step in turn."
    }
  }
}
