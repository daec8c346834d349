import NablaExpressions
import NablaNotation
import NablaNumbers
import NablaVerification

/// Evaluates a network and its gradients at parameters that change from step to step.
///
/// Values are exact rationals as long as everything is rational and short, and doubles from then on.
struct Trainer {
  private let scope: Scope
  private let context: TapeContext
  private var tape: Tape?
  private var tapeRoots: [Handle: Int] = [:]
  /// What is put in place of what the problem gives.
  var values: [SymbolID: TrainingRun.Values] = [:]

  /// Longer rationals are rounded to doubles.
  private static let longestRational = 2048

  /// A trainer that computes these components; the definitions include the error signals.
  init(_ scope: Scope, _ components: [Handle], in pool: inout ExpressionPool) {
    self.scope = scope
    let given = GivenValues(scope, in: &pool)
    var context = TapeContext(definitions: scope.definitions, values: given.integers)
    context.instructionLimit = 2_000_000
    self.context = context
    tape = try? Tape(components, context, &pool)
    for (place, component) in components.enumerated() { tapeRoots[component] = place }
  }

  /// The values of some components at the values in force; nil where one is not defined.
  func evaluate(_ components: [Handle], in pool: inout ExpressionPool) -> [NumericValue]? {
    let exact = exactValues(components, &pool)
    if exact.allSatisfy({ $0 != nil }) { return exact.compactMap { $0 } }
    guard let doubles = doubleValues(&pool) else { return nil }
    var found: [NumericValue] = []
    for (place, component) in components.enumerated() {
      if let value = exact[place] {
        found.append(value)
        continue
      }
      guard let root = tapeRoots[component], doubles[root].isFinite else { return nil }
      found.append(.approximate(doubles[root]))
    }
    return found
  }

  /// The values that are rational and depend on rational inputs only.
  private func exactValues(
    _ components: [Handle], _ pool: inout ExpressionPool
  ) -> [NumericValue?] {
    var exact = scope
    for (symbol, rows) in values {
      var handles: [[Handle]] = []
      for row in rows { handles.append(row.compactMap { $0.handle }) }
      let isWhole = zip(rows, handles).allSatisfy { $0.count == $1.count }
      exact.values[symbol] = isWhole ? ValueAssignment(rows: handles) : nil
    }
    var evaluator = ExactEvaluator(exact)
    var found: [NumericValue?] = []
    for component in components {
      let value = try? evaluator.value(of: component, in: &pool)
      if let value = value.flatMap({ $0 }), value.bitWidth <= Self.longestRational {
        found.append(.exact(pool.number(value)))
      } else {
        found.append(nil)
      }
    }
    return found
  }

  private func doubleValues(_ pool: inout ExpressionPool) -> [Double]? {
    guard let tape else { return nil }
    let given = GivenValues(scope, in: &pool)
    var inputs: [Double] = []
    for slot in tape.slots {
      if let rows = values[slot.symbol] {
        guard let value = Self.component(slot, rows, &pool) else { return nil }
        inputs.append(value.double(in: pool))
      } else {
        guard let value = given.doubleInput(slot, context, &pool) else { return nil }
        inputs.append(value)
      }
    }
    return tape.values(at: inputs)
  }

  private static func component(
    _ slot: Slot, _ rows: TrainingRun.Values, _ pool: inout ExpressionPool
  ) -> NumericValue? {
    var places: [Int] = []
    for (index, range) in zip(slot.indices, pool.declaration(of: slot.symbol).ranges) {
      places.append(index - (pool.rational(range.lower)?.asInt ?? 1))
    }
    let row = places.first ?? 0
    let column = places.count > 1 ? places[1] : 0
    guard rows.indices.contains(row), rows[row].indices.contains(column) else { return nil }
    return rows[row][column]
  }
}
