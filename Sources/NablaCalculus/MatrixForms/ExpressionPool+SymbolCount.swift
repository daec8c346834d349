import NablaExpressions

extension ExpressionPool {
  /// How many names, numbers and signs a form takes to write, saturating; brackets are not counted.
  package func symbolCount(_ form: MatrixForm) -> Int {
    var count = signCount(form)
    for part in form.parts { count = min(count + symbolCount(part), Self.manySymbols) }
    return count
  }

  /// The symbols of a form that are not those of its parts.
  private func signCount(_ form: MatrixForm) -> Int {
    switch form.kind {
    case .scalar(let value): return symbolCount(value)
    case .entries(let body, _, _): return symbolCount(body) + 2
    case .product, .power: return 0
    case .hadamard(let factors): return factors.count - 1
    case .sum(let terms):
      // The sign of a term that is subtracted stands in place of a plus.
      let subtracted = terms.dropFirst().filter {
        if case .negation = $0.kind { return true }
        return false
      }
      return max(0, terms.count - 1 - subtracted.count)
    case .unitVector, .indicator, .derivative: return 2
    // 1[u > 0].
    case .function(.step, _): return 3
    case .array, .identity, .ones, .literal, .negation, .transpose, .function, .inverse,
      .determinant, .trace, .diagonal, .norm, .softmax, .total, .mean, .matrixPower, .quotient,
      .elementwiseQuotient, .elementwisePower, .dot, .outer, .apply, .extremum:
      return 1
    }
  }

  private static var manySymbols: Int { 1 << 24 }

  /// What a form costs a reader: symbols, and half as much for each pair of brackets.
  func effort(_ form: MatrixForm) -> Int { 2 * symbolCount(form) + bracketCount(form) }

  /// How many sums stand as factors.
  private func bracketCount(_ form: MatrixForm) -> Int {
    var count = 0
    for part in form.parts {
      count += bracketCount(part)
      guard case .sum = part.kind else { continue }
      switch form.kind {
      case .product, .hadamard, .negation, .transpose, .matrixPower, .quotient,
        .elementwiseQuotient, .power, .elementwisePower:
        count += 1
      default: break
      }
    }
    return count
  }

  /// How many names, numbers and signs an expression takes to write, saturating.
  package func symbolCount(_ root: Handle) -> Int {
    var memo = HandleMap()
    for node in nodesBelow([root]) {
      var count = 1
      switch self[node] {
      case .product, .power: count = 0
      case .sum(let list): count = self.count(list) - 1
      default: break
      }
      forEachChild(of: node) { child, _ in
        count = min(count + Int(memo.number(for: child) ?? 0), Self.manySymbols)
      }
      memo.setNumber(UInt32(truncatingIfNeeded: max(count, 1)), for: node)
    }
    return Int(memo.number(for: root) ?? 1)
  }
}
