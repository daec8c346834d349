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
  /// One bit for each symbol that is defined, as in the masks of expressions.
  private(set) var mask: UInt64 = 0

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
      mask |= definition.symbol.mask
      all.append(definition)
    }
  }

  /// Whether these define the same symbols, in the same order, by the same expressions.
  package func isSame(as other: Definitions) -> Bool {
    if areIdentical(to: other) { return true }
    guard all.count == other.all.count else { return false }
    return zip(all, other.all).allSatisfy { own, their in
      own.symbol == their.symbol && own.body == their.body && own.parameters == their.parameters
    }
  }

  /// Whether these are certainly the very same definitions, kept in the same place.
  func areIdentical(to other: Definitions) -> Bool {
    all.withUnsafeBufferPointer { own in
      other.all.withUnsafeBufferPointer {
        $0.baseAddress == own.baseAddress && $0.count == own.count
      }
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
      if id.mask & definitions.mask == 0 { return nil }
      symbol = id
      arguments = []
    case .entry(let id, let list), .apply(let id, let list):
      if id.mask & definitions.mask == 0 { return nil }
      symbol = id
      arguments = operands(list)
    default: return nil
    }
    guard let definition = definitions[symbol], definition.parameters.count == arguments.count
    else { return nil }
    if arguments.isEmpty { return definition.body }
    let isKept = keptDefinitions.areIdentical(to: definitions)
    if isKept, let known = instances[handle] { return known }
    var substitution = Substitution()
    for (parameter, argument) in zip(definition.parameters, arguments) {
      substitution.symbols[parameter] = argument
    }
    let body = substitute(substitution, in: definition.body)
    if isKept, !isInterrupted { instances[handle] = body }
    return body
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
    if symbolMask(root) & definitions.mask == 0 { return root }
    var memo = HandleMap()
    let isKept = keptDefinitions.areIdentical(to: definitions)
    if isKept { swap(&memo, &openedForms) }
    for node in deepNodes(root) { _ = opened(node, definitions, &memo) }
    let result = opened(root, definitions, &memo)
    // What is left when work is given up is not to be met again.
    if isKept, !isInterrupted { swap(&memo, &openedForms) }
    return result
  }

  /// Remembers what is opened and instantiated by some definitions, until others take their place.
  package mutating func keepOpenedForms(by definitions: Definitions) {
    if keptDefinitions.areIdentical(to: definitions) { return }
    keptDefinitions = definitions
    openedForms = HandleMap()
    instances = HandleMap()
  }

  private mutating func opened(
    _ handle: Handle, _ definitions: Definitions, _ memo: inout HandleMap
  ) -> Handle {
    if symbolMask(handle) & definitions.mask == 0 { return handle }
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
