import NablaExpressions
import NablaNotation
import NablaRendering

extension Judge {
  /// Lets the definitions speak of a name that the author gave to a part of them.
  ///
  /// After `a = y1 + x0` the definition `z = ReLU(y1 + x0)` reads `z = ReLU(a)`, so that z has a
  /// derivative by a.
  mutating func expose(_ symbol: SymbolID, in pool: inout ExpressionPool) {
    scope.expose(symbol, in: &pool)
    refined.expose(symbol, in: &pool)
    believed.expose(symbol, in: &pool)
  }

  /// A derivative by a name of the author's own on which its subject does not depend as it is
  /// defined: what is meant by it is open.
  func unrelatedDerivative(
    in forms: RelationForms, _ scope: Scope, _ range: SourceRange,
    _ pool: borrowing ExpressionPool
  ) -> Diagnostic? {
    let given = Set(section.scope.names.values)
    for node in pool.nodesBelow([forms.leftEntry, forms.rightEntry]) {
      guard case .derivative(let body, let list) = pool[node] else { continue }
      for variable in pool.symbolsOccurring(in: Array(pool.operands(list)))
      where !given.contains(variable) && scope.definitions[variable] != nil {
        if !pool.leads(from: body, to: variable, scope.definitions) {
          return Diagnostic(
            "unrelated-derivative",
            "\(DisplayText.quoted(pool.declaration(of: variable).name)) does not occur in what is "
              + "differentiated by it, as that is defined",
            at: range)
        }
      }
    }
    return nil
  }
}

extension Scope {
  fileprivate mutating func expose(_ symbol: SymbolID, in pool: inout ExpressionPool) {
    guard let own = definitions[symbol], own.parameters.isEmpty, pool.isComposite(own.body) else {
      return
    }
    let parts = Set(pool.symbolsOccurring(in: [own.body]))
    if parts.isEmpty { return }
    let wanted = pool.canonical(own.body)
    for definition in definitions.all
    where definition.symbol != symbol && !parts.contains(definition.symbol) {
      var substitution = Substitution()
      for node in pool.nodesBelow([definition.body])
      where pool.isComposite(node) && pool.looseLevels(node) == 0
        && pool.canonical(node) == wanted
      {
        substitution.nodes[node] = pool.symbol(symbol)
      }
      if substitution.isEmpty { continue }
      definitions.add(
        Definition(
          symbol: definition.symbol, parameters: definition.parameters,
          body: pool.substitute(substitution, in: definition.body)))
    }
  }
}

extension ExpressionPool {
  /// Whether an expression is more than a name or a number.
  fileprivate func isComposite(_ handle: Handle) -> Bool {
    switch self[handle] {
    case .symbol, .entry, .integer, .number: false
    default: true
    }
  }
}
