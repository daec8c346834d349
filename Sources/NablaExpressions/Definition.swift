/// A named quantity or function and what it stands for.
package struct Definition: Sendable {
  package let symbol: SymbolID
  /// The indices of a component, or the arguments of a function, as they occur in the body.
  package let parameters: [SymbolID]
  /// The written form of the right-hand side.
  package let body: Handle
  /// The right-hand side as a whole, where it was written in matrix notation.
  package var form: MatrixForm?

  package init(
    symbol: SymbolID, parameters: [SymbolID], body: Handle, form: MatrixForm? = nil
  ) {
    self.symbol = symbol
    self.parameters = parameters
    self.body = body
    self.form = form
  }
}

/// The definitions in force, in the order in which they were written.
package struct Definitions: Sendable {
  package private(set) var all: [Definition] = []
  private var places: [SymbolID: Int] = [:]

  package init() {}

  package subscript(symbol: SymbolID) -> Definition? {
    places[symbol].map { all[$0] }
  }

  /// Adds a definition, or replaces the one the symbol has.
  package mutating func add(_ definition: Definition) {
    if let place = places[definition.symbol] {
      all[place] = definition
    } else {
      places[definition.symbol] = all.count
      all.append(definition)
    }
  }

  /// The same definitions without those of some symbols.
  package func without(_ symbols: Set<SymbolID>) -> Definitions {
    var kept = Definitions()
    for definition in all where !symbols.contains(definition.symbol) { kept.add(definition) }
    return kept
  }
}

extension ExpressionPool {
  /// The body of a definition for a scalar, a component or a function at its arguments.
  ///
  /// Nil if the node is not the name of something defined.
  package mutating func instantiate(_ handle: Handle, from definitions: Definitions) -> Handle? {
    let arguments: [Handle]
    let symbol: SymbolID
    switch self[handle] {
    case .symbol(let id):
      symbol = id
      arguments = []
    case .entry(let id, let list), .apply(let id, let list):
      symbol = id
      arguments = operands(list)
    default: return nil
    }
    guard let definition = definitions[symbol], definition.parameters.count == arguments.count
    else { return nil }
    var substitution = Substitution()
    for (parameter, argument) in zip(definition.parameters, arguments) {
      substitution.symbols[parameter] = argument
    }
    return substitute(substitution, in: definition.body)
  }

  /// The names that an expression mentions, itself or in the definitions of the functions in it.
  package func symbolsMentioned(in root: Handle, _ definitions: Definitions) -> [SymbolID] {
    var found = symbolsOccurring(in: [root])
    var place = 0
    while place < found.count {
      let symbol = found[place]
      place += 1
      let base = declaration(of: symbol).derivative?.function ?? symbol
      guard kind(of: base) == .function, let definition = definitions[base] else { continue }
      for inner in symbolsOccurring(in: [definition.body])
      where !definition.parameters.contains(inner) && !found.contains(inner) {
        found.append(inner)
      }
    }
    found.sort()
    return found
  }

  /// The expression with every defined name replaced by what it stands for, as written.
  ///
  /// Unevaluated derivatives are barriers and keep their names.
  package mutating func opened(_ root: Handle, _ definitions: Definitions) -> Handle {
    if definitions.all.isEmpty { return root }
    var memo = HandleMap()
    for node in deepNodes(root) { _ = opened(node, definitions, &memo) }
    return opened(root, definitions, &memo)
  }

  private mutating func opened(
    _ handle: Handle, _ definitions: Definitions, _ memo: inout HandleMap
  ) -> Handle {
    if let known = memo[handle] { return known }
    if !enterDefinition() { return handle }
    defer { leaveDefinition() }
    var result = handle
    if case .derivative = self[handle] { return handle }
    if let body = instantiate(handle, from: definitions) {
      result = opened(body, definitions, &memo)
    } else {
      result = mapOpenedChildren(of: handle) { pool, child in
        pool.opened(child, definitions, &memo)
      }
      if result != handle, let body = instantiate(result, from: definitions) {
        result = opened(body, definitions, &memo)
      }
    }
    memo[handle] = result
    return result
  }
}
