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
    guard case .derivative(let body, let list) = self[handle], let subject = quantity(body) else {
      return nil
    }
    var variables: [SymbolID] = []
    for variable in operands(list) {
      guard let symbol = quantity(variable) else { return nil }
      variables.append(symbol)
    }
    return Question(subject: subject, variables: variables)
  }

  private func quantity(_ handle: Handle) -> SymbolID? {
    switch self[handle] {
    case .symbol(let symbol), .entry(let symbol, _): symbol
    default: nil
    }
  }
}
