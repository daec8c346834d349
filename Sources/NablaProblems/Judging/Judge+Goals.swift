import NablaExpressions
import NablaNotation

extension Judge {
  /// The goal that the left side of a step is about: the same quantity differentiated by the same.
  func goal(of found: Attempt, in pool: borrowing ExpressionPool) -> Int? {
    guard let forms = found.forms, let own = pool.question(in: forms.leftEntry) else { return nil }
    return section.goals.firstIndex { pool.question(in: $0.written) == own }
  }
}

/// What is differentiated by what, whatever the letters of indices.
struct Question: Equatable {
  var subject: SymbolID
  var variables: [SymbolID]
}

extension ExpressionPool {
  func question(in handle: Handle) -> Question? {
    if let symbol = quantity(handle) { return Question(subject: symbol, variables: []) }
    if case .apply(let symbol, let list) = self[handle],
      let derivative = declaration(of: symbol).derivative
    {
      // f'(x) is what f(x) is differentiated by x.
      let variables = operands(list).compactMap { quantity($0) }
      guard variables.count == 1, count(list) == 1, let order = derivative.orders.first, order > 0,
        order < 10
      else { return nil }
      return Question(
        subject: derivative.function,
        variables: [SymbolID](repeating: variables[0], count: order))
    }
    guard case .derivative(let body, let list) = self[handle],
      let subject = quantity(body) ?? function(body)
    else { return nil }
    var variables: [SymbolID] = []
    for variable in operands(list) {
      guard let symbol = quantity(variable) else { return nil }
      variables.append(symbol)
    }
    return Question(subject: subject, variables: variables)
  }

  private func function(_ handle: Handle) -> SymbolID? {
    if case .apply(let symbol, _) = self[handle] { symbol } else { nil }
  }

  private func quantity(_ handle: Handle) -> SymbolID? {
    switch self[handle] {
    case .symbol(let symbol), .entry(let symbol, _): symbol
    default: nil
    }
  }
}
