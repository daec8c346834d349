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
    for inner in pool.symbolsOccurring(in: [definition.body]) where !parameters.contains(inner) {
      if depends(inner, on: target, definitions, &memo, &pool) {
        result = true
        break
      }
    }
    memo[symbol] = result
    return result
  }

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
        open.append((path + [pool.symbol(name)], definition.body))
      }
    }
    return paths.isEmpty ? nil : paths
  }
}
