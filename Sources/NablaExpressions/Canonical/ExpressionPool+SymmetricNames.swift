/// Matrices that are symmetric by their definition.
extension ExpressionPool {
  /// Takes note of which defined matrices have symmetric values.
  ///
  /// A derivative by such a matrix takes it for any matrix, so that this counts for values alone,
  /// inside `orderingSymmetricNames`.
  package mutating func noteSymmetries(of definitions: Definitions) {
    for definition in definitions.all where symmetricNames[definition.symbol] == nil {
      symmetricNames[definition.symbol] = false
      let ranges = symbols[Int(definition.symbol.index)].ranges
      guard definition.parameters.count == 2, ranges.count == 2, ranges[0] == ranges[1],
        treeSize(definition.body) <= 400
      else { continue }
      let parameters = definition.parameters
      var exchange = Substitution()
      exchange.symbols[parameters[0]] = symbol(parameters[1])
      exchange.symbols[parameters[1]] = symbol(parameters[0])
      let exchanged = substitute(exchange, in: definition.body)
      symmetricNames[definition.symbol] = orderingSymmetricNames { pool in
        pool.canonical(exchanged) == pool.canonical(definition.body)
      }
    }
  }

  /// What a computation gives when the components of matrices that are symmetric by their
  /// definition are in one order in every canonical form.
  package mutating func orderingSymmetricNames<Value>(
    _ compute: (inout ExpressionPool) -> Value
  ) -> Value {
    if ordersSymmetricNames || !symmetricNames.values.contains(true) { return compute(&self) }
    var forms = HandleMap()
    var known = HandleMap()
    swap(&forms, &canonicalForms)
    swap(&known, &symmetries)
    ordersSymmetricNames = true
    let result = compute(&self)
    ordersSymmetricNames = false
    swap(&forms, &canonicalForms)
    swap(&known, &symmetries)
    return result
  }
}
