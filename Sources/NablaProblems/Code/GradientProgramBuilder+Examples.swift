import NablaExpressions
import NablaNotation
import NablaNumbers
import NablaRewriting
import NablaVerification

/// Numbers at which derivatives are compared.
extension GradientProgramBuilder {
  /// The numbers of a write-up in the order of some axes; nothing if one is missing.
  func expected(
    _ solved: SolvedDerivation, _ axes: [GradientProgram.Axis], _ scope: Scope,
    _ pool: inout ExpressionPool
  ) -> [[Double]] {
    if axes.count > 2 || solved.numbers.isEmpty { return [] }
    let free = pool.freeIndices(
      of: [solved.subject, solved.derivation.result] + solved.variables)
    let indices = axes.compactMap { $0.symbol }
    guard Set(free) == Set(indices), free.count == indices.count else { return [] }
    var numbers: [Double] = []
    for line in solved.numbers {
      switch line.value {
      case .exact(let handle):
        guard let value = pool.rational(handle) else { return [] }
        numbers.append(value.doubleValue)
      case .approximate(let value): numbers.append(value)
      case .undefined: return []
      }
    }
    let values = GivenValues(scope, in: &pool)
    var sizes: [Int] = []
    for index in free {
      guard let range = pool.firstRange(of: index),
        let size = values.exactValue(of: pool.size(of: range), &pool)?.asInt
      else { return [] }
      sizes.append(size)
    }
    guard sizes.reduce(1, { $0 &* $1 }) == numbers.count else { return [] }
    if indices.count < 2 {
      return axes.first == .unit && axes.count == 2 || axes.count < 2
        ? [numbers] : numbers.map { [$0] }
    }
    var rows: [[Double]] = []
    let isTurned = free[0] != indices[0]
    for row in 0..<sizes[isTurned ? 1 : 0] {
      var entries: [Double] = []
      for column in 0..<sizes[isTurned ? 0 : 1] {
        entries.append(numbers[isTurned ? column * sizes[1] + row : row * sizes[1] + column])
      }
      rows.append(entries)
    }
    return rows
  }

  /// The problem's own numbers if derivatives exist there, and else numbers drawn.
  func makeExample(
    _ unit: inout GradientProgram.Unit, _ inputs: [SymbolID], _ labels: [SymbolID],
    _ pool: inout ExpressionPool
  ) {
    let scope = unit.scope
    var context = CheckContext(definitions: scope.definitions)
    context.assumptions = scope.assumptions.map { $0.relation }
    context.seed = seed
    let given = GivenValues(scope, in: &pool)
    context.values = given.integers
    var question = ExampleQuestion()
    question.inputs = inputs
    let order = unit.derivatives.map { $0.variables.count }.max() ?? 1
    question.expressions = unit.quantities.map { $0.body }
    for derivative in unit.derivatives { question.expressions.append(derivative.result) }
    var isGiven = false
    for input in inputs where scope.values[input] != nil {
      isGiven = true
      for (slot, value) in fixedValues(of: input, scope, &pool) { context.fixed[slot] = value }
    }
    question.clearance = [0.002, 0.02, 0.2][min(order, 3) - 1]
    unit.example = CrossCheck.examplePoint(for: question, context, labels: labels, &pool)
    unit.isExampleGiven = isGiven && unit.example != nil
    unit.isExampleComplete =
      unit.isExampleGiven && !inputs.contains { scope.values[$0] == nil }
    if !unit.isExampleComplete {
      for place in unit.derivatives.indices { unit.derivatives[place].expected = [] }
    }
    if unit.example != nil { return }
    context.fixed = [:]
    question.clearance *= 10
    unit.example = CrossCheck.examplePoint(for: question, context, labels: labels, &pool)
  }

  /// The numbers given to an input, by component.
  private func fixedValues(
    of input: SymbolID, _ scope: Scope, _ pool: inout ExpressionPool
  ) -> [(Slot, Double)] {
    guard let rows = scope.values[input]?.rows else { return [] }
    let values = GivenValues(scope, in: &pool)
    var first: [Int] = []
    for range in pool.declaration(of: input).ranges {
      first.append(values.exactValue(of: range.lower, &pool)?.asInt ?? 1)
    }
    var found: [(Slot, Double)] = []
    for (row, entries) in rows.enumerated() {
      for (column, entry) in entries.enumerated() {
        let number =
          values.exactValue(of: entry, &pool)?.doubleValue ?? values.doubleValue(of: entry, &pool)
        guard let number else { return [] }
        switch first.count {
        case 0: found.append((Slot(input), number))
        case 1: found.append((Slot(input, [first[0] + max(row, column)]), number))
        default: found.append((Slot(input, [first[0] + row, first[1] + column]), number))
        }
      }
    }
    return found
  }
}
