import NablaExpressions
import NablaNotation

extension Judge {
  /// Whether a step is the chain rule for whole arrays, whose factors have too many axes to be
  /// written as matrices: `∂C/∂W = ∂C/∂s · ∂s/∂W`.
  ///
  /// It holds as a composition of linear maps if every way from the variable to what is
  /// differentiated leads through each quantity in between.
  func isChainRule(
    _ left: Syntax, _ right: Syntax, in pool: borrowing ExpressionPool
  ) -> Bool {
    guard let whole = link(left), case .product(let factors) = right.kind else { return false }
    var links: [(above: SymbolID, below: SymbolID)] = []
    for factor in factors {
      guard factor.operation == .times, let link = link(factor.factor) else { return false }
      links.append(link)
    }
    var between: [SymbolID] = []
    var place = whole.above
    while !links.isEmpty {
      guard let next = links.firstIndex(where: { $0.above == place }) else { return false }
      place = links.remove(at: next).below
      if !links.isEmpty { between.append(place) }
    }
    guard place == whole.below else { return false }
    return between.allSatisfy { !reaches(whole.below, from: whole.above, around: $0, pool) }
  }

  /// Whether two derivatives with too many axes for a matrix are of equal expressions by one name.
  mutating func isSameDerivative(
    _ left: Syntax, _ right: Syntax, in pool: inout ExpressionPool
  ) -> Bool {
    guard case .derivative(let one) = left.kind, case .derivative(let other) = right.kind,
      one.variables.count == 1, other.variables.count == 1,
      one.variables[0].variable.isWritten(like: other.variables[0].variable),
      one.variables[0].order == other.variables[0].order
    else { return false }
    var found = attemptInScopes(one.subject, other.subject, when: [], &pool)
    if found.isProved { return true }
    for (left, right, _) in looseReadings(found, one.subject, other.subject, in: &pool) {
      found = attemptInScopes(left, right, when: [], &pool)
      if found.isProved { return true }
    }
    return false
  }

  private func link(_ syntax: Syntax) -> (above: SymbolID, below: SymbolID)? {
    guard case .derivative(let derivative) = syntax.kind, derivative.variables.count == 1,
      derivative.variables[0].order == 1,
      case .name(let above) = derivative.subject.kind,
      case .name(let below) = derivative.variables[0].variable.kind,
      let one = refined.names[above], let other = refined.names[below]
    else { return nil }
    return (one, other)
  }

  /// Whether a quantity depends on another in some way that does not lead through a third.
  private func reaches(
    _ target: SymbolID, from start: SymbolID, around barrier: SymbolID,
    _ pool: borrowing ExpressionPool
  ) -> Bool {
    var seen: Set<SymbolID> = [start, barrier]
    var open = [start]
    while let symbol = open.popLast() {
      guard let definition = refined.definitions[symbol] else { continue }
      for inner in pool.symbolsOccurring(in: [definition.body]) {
        if inner == target { return true }
        if seen.insert(inner).inserted { open.append(inner) }
      }
    }
    return false
  }
}
