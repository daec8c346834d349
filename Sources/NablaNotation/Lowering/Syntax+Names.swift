extension Syntax {
  /// Calls a function with each part of an expression.
  package func forEachPart(_ visit: (Syntax) -> Void) {
    switch kind {
    case .number, .name: break
    case .indexed(let base, let indices):
      visit(base)
      indices.forEach(visit)
    case .call(let call): call.arguments.forEach(visit)
    case .sum(let terms): for entry in terms { visit(entry.term) }
    case .product(let factors): for entry in factors { visit(entry.factor) }
    case .power(let base, let exponent), .elementwisePower(let base, let exponent):
      visit(base)
      visit(exponent)
    case .negation(let inner), .transpose(let inner), .indicator(let inner), .not(let inner):
      visit(inner)
    case .binder(let binder):
      for index in binder.indices {
        if let bounds = index.bounds {
          visit(bounds.lower)
          visit(bounds.upper)
        }
        index.excluded.forEach(visit)
      }
      visit(binder.body)
    case .piecewise(let branches, let otherwise):
      for branch in branches {
        visit(branch.condition)
        visit(branch.value)
      }
      if let otherwise { visit(otherwise) }
    case .comparison(let left, _, let right):
      visit(left)
      visit(right)
    case .and(let parts), .or(let parts): parts.forEach(visit)
    case .derivative(let derivative):
      visit(derivative.subject)
      for variable in derivative.variables { visit(variable.variable) }
    case .matrix(let rows): for row in rows { row.forEach(visit) }
    }
  }

  /// The names that occur as values, in order.
  package var names: [NameSyntax] {
    var found: [NameSyntax] = []
    collectNames(into: &found)
    return found
  }

  private func collectNames(into found: inout [NameSyntax]) {
    if case .name(let text) = kind { found.append(NameSyntax(text, range)) }
    forEachPart { $0.collectNames(into: &found) }
  }

  /// The names after `..` in the sums and products of an expression that they do not bind.
  package func collectUpperBounds(into found: inout [NameSyntax]) {
    if case .binder(let binder) = kind {
      for index in binder.indices {
        if let bounds = index.bounds { found += bounds.upper.names }
      }
    }
    forEachPart { $0.collectUpperBounds(into: &found) }
  }
}
