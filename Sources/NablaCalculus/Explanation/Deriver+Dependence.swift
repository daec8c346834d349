import NablaExpressions
import NablaRewriting

extension Deriver {
  /// The named quantities in an expression through which it depends on a variable.
  ///
  /// Functions are not quantities: they are opened where they are met.
  func intermediates(
    in body: Handle, towards variable: Handle, _ context: DifferentiationContext,
    _ pool: inout ExpressionPool
  ) -> [SymbolID] {
    guard let target = head(variable, pool) else { return [] }
    var memo: [SymbolID: Bool] = [:]
    var found: [SymbolID] = []
    for symbol in pool.symbolsOccurring(in: [body]) {
      guard symbol != target, pool.kind(of: symbol) != .function,
        context.definitions[symbol] != nil,
        depends(symbol, on: target, context.definitions, &memo, &pool)
      else { continue }
      found.append(symbol)
    }
    return found
  }

  /// What a quantity or expression stands for, with those functions opened whose definitions
  /// mention the variable, or a name through which they depend on it, beside their arguments.
  func body(
    of subject: Handle, towards variable: Handle, _ context: DifferentiationContext,
    _ pool: inout ExpressionPool
  ) -> Handle {
    let body = pool.instantiate(subject, from: context.definitions) ?? subject
    guard let target = head(variable, pool) else { return body }
    var known: [SymbolID: Bool] = [:]
    var memo: [Handle: Handle] = [:]
    return openingFunctions(in: body, on: target, context, &known, &memo, &pool)
  }

  private func openingFunctions(
    in handle: Handle, on target: SymbolID, _ context: DifferentiationContext,
    _ known: inout [SymbolID: Bool], _ memo: inout [Handle: Handle], _ pool: inout ExpressionPool
  ) -> Handle {
    guard pool.traits(handle).contains(.application) else { return handle }
    if let done = memo[handle] { return done }
    var result = pool.mapOpenedChildren(of: handle) { pool, child in
      openingFunctions(in: child, on: target, context, &known, &memo, &pool)
    }
    if case .apply(let function, let list) = pool[result] {
      let orders = pool.declaration(of: function).derivative
      let base = orders?.function ?? function
      if let definition = context.definitions[base],
        definition.parameters.count == pool.count(list),
        depends(base, on: target, context.definitions, &known, &pool)
      {
        let opened: Handle?
        if let orders {
          opened = pool.derivativeOfDefinition(
            definition, orders.orders, pool.operands(list), context)
        } else {
          opened = pool.instantiate(result, from: context.definitions)
        }
        if let opened {
          result = openingFunctions(in: opened, on: target, context, &known, &memo, &pool)
        }
      }
    }
    memo[handle] = result
    return result
  }

  /// Whether a symbol reaches another through definitions.
  func depends(
    _ symbol: SymbolID, on target: SymbolID, _ definitions: Definitions,
    _ memo: inout [SymbolID: Bool], _ pool: inout ExpressionPool
  ) -> Bool {
    if symbol == target { return true }
    if let known = memo[symbol] { return known }
    memo[symbol] = false
    guard let definition = definitions[symbol] else { return false }
    let parameters = Set(definition.parameters)
    var result = false
    for symbol in pool.symbolsOccurring(in: [definition.body]) where !parameters.contains(symbol) {
      let inner = pool.declaration(of: symbol).derivative?.function ?? symbol
      if depends(inner, on: target, definitions, &memo, &pool) {
        result = true
        break
      }
    }
    memo[symbol] = result
    return result
  }

  /// The quantities below some others in whose own definitions a variable stands.
  ///
  /// None where there are too many for a derivation that is to be read.
  func users(
    of variable: Handle, below names: [SymbolID], _ context: DifferentiationContext,
    _ pool: inout ExpressionPool
  ) -> [SymbolID] {
    guard let target = head(variable, pool) else { return [] }
    var seen: Set<SymbolID> = []
    var users: [SymbolID] = []
    var open = names
    while let symbol = open.popLast() {
      guard seen.insert(symbol).inserted, let definition = context.definitions[symbol] else {
        continue
      }
      if seen.count > Self.mostQuantities { return [] }
      let body = body(of: definition.body, towards: variable, context, &pool)
      if pool.occurs(target, in: body) { users.append(symbol) }
      open += intermediates(in: body, towards: variable, context, &pool)
    }
    return users.sorted()
  }

  private static var mostQuantities: Int { 400 }

  /// Every way from a quantity down to a variable through scalar names, the quantity first.
  ///
  /// Nil if a name on the way has indices, or there are more ways than `limit`.
  func scalarPaths(
    from subject: Handle, _ body: Handle, to variable: Handle, _ context: DifferentiationContext,
    limit: Int, _ pool: inout ExpressionPool
  ) -> [[Handle]]? {
    guard case .symbol = pool[variable], case .symbol = pool[subject] else { return nil }
    var paths: [[Handle]] = []
    var open: [(path: [Handle], body: Handle)] = [([subject], body)]
    while let (path, body) = open.popLast() {
      if path.count > 40 || open.count > 4 * limit { return nil }
      let names = intermediates(in: body, towards: variable, context, &pool)
      if let target = head(variable, pool), pool.occurs(target, in: body) {
        paths.append(path + [variable])
        if paths.count > limit { return nil }
      }
      for name in names.reversed() {
        guard let definition = context.definitions[name], definition.parameters.isEmpty else {
          return nil
        }
        let lower = pool.symbol(name)
        let below = self.body(of: lower, towards: variable, context, &pool)
        open.append((path + [lower], below))
      }
    }
    return paths.isEmpty ? nil : paths
  }
}
