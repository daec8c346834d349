import NablaExpressions

extension ExpressionPool {
  /// How many names, numbers and signs a form takes to write; brackets are not counted.
  package func symbolCount(_ form: MatrixForm) -> Int {
    func total(_ forms: [MatrixForm], signs: Int) -> Int {
      forms.reduce(signs) { $0 + symbolCount($1) }
    }
    switch form.kind {
    case .scalar(let value): return symbolCount(value)
    case .entries(let body, _, _): return symbolCount(body) + 2
    case .array, .identity, .ones: return 1
    case .unitVector: return 2
    case .literal(let rows): return rows.reduce(1) { $0 + total($1, signs: 0) }
    case .sum(let terms):
      // The sign of a term that is subtracted stands in place of a plus.
      return terms.enumerated().reduce(0) { count, term in
        if term.offset > 0, case .negation(let inner) = term.element.kind {
          return count + 1 + symbolCount(inner)
        }
        return count + (term.offset > 0 ? 1 : 0) + symbolCount(term.element)
      }
    case .negation(let inner), .transpose(let inner), .function(_, let inner),
      .inverse(let inner), .determinant(let inner), .trace(let inner), .diagonal(let inner),
      .norm(let inner), .softmax(let inner), .total(let inner), .mean(let inner),
      .matrixPower(let inner, _):
      return symbolCount(inner) + 1
    case .product(let factors): return total(factors, signs: 0)
    case .hadamard(let factors): return total(factors, signs: factors.count - 1)
    case .quotient(let left, let right), .elementwiseQuotient(let left, let right),
      .dot(let left, let right), .outer(let left, let right),
      .elementwisePower(let left, let right):
      return total([left, right], signs: 1)
    case .power(let base, let exponent): return total([base, exponent], signs: 0)
    case .indicator(_, let left, let right): return total([left, right], signs: 2)
    case .apply(_, let arguments): return total(arguments, signs: 1)
    case .extremum(let operands, _): return total(operands, signs: 1)
    case .derivative(let subject, let variable, _): return total([subject, variable], signs: 2)
    }
  }

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
    var memo: [Handle: Int] = [:]
    for node in nodesBelow([root]) {
      var count = 0
      switch self[node] {
      case .integer, .number, .constant, .symbol, .bound: count = 1
      case .product, .power: count = 0
      case .sum(let list): count = self.count(list) - 1
      default: count = 1
      }
      forEachChild(of: node) { child, _ in count += memo[child] ?? 0 }
      memo[node] = min(max(count, 1), 1 << 30)
    }
    return memo[root] ?? 1
  }
}
