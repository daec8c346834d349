/// What the parameters of a definition stand for.
package struct ParameterBindings {
  package private(set) var values: [(parameter: SymbolID, value: Handle)] = []

  package init() {}

  package subscript(parameter: SymbolID) -> Handle? {
    for entry in values where entry.parameter == parameter { return entry.value }
    return nil
  }

  package mutating func bind(_ parameter: SymbolID, to value: Handle) {
    values.append((parameter, value))
  }
}

extension ExpressionPool {
  /// Whether a canonical expression is an instance of a definition's canonical body.
  ///
  /// Operands of sums and products may be matched in any order;
  /// `budget` bounds the number of comparisons.
  package mutating func unify(
    _ body: Handle, _ handle: Handle, _ parameters: Set<SymbolID>,
    _ bindings: inout ParameterBindings, _ budget: inout Int
  ) -> Bool {
    if !mentions(body, parameters) { return body == handle }
    budget -= 1
    if budget < 0 { return false }
    if case .symbol(let id) = self[body], parameters.contains(id) {
      if let known = bindings[id] { return known == handle }
      guard mayStand(handle, for: id) else { return false }
      bindings.bind(id, to: handle)
      return true
    }
    let own = self[body]
    let other = self[handle]
    switch (own, other) {
    case (.sum(let left), .sum(let right)), (.product(let left), .product(let right)),
      (.maximum(let left), .maximum(let right)), (.minimum(let left), .minimum(let right)):
      return unifyUnordered(operands(left), operands(right), parameters, &bindings, &budget)
    case (.delta(let a, let b), .delta(let c, let d)):
      return unifyUnordered([a, b], [c, d], parameters, &bindings, &budget)
    case (.function(let f, let u), .function(let g, let v)):
      return f == g && unify(u, v, parameters, &bindings, &budget)
    case (.entry(let f, let left), .entry(let g, let right)) where isSymmetric(f):
      return f == g
        && unifyUnordered(operands(left), operands(right), parameters, &bindings, &budget)
    case (.entry(let f, let left), .entry(let g, let right)),
      (.apply(let f, let left), .apply(let g, let right)):
      return f == g
        && unifyOrdered(operands(left), operands(right), parameters, &bindings, &budget)
    case (.relation(let f, let left), .relation(let g, let right)):
      return f == g
        && unifyOrdered(operands(left), operands(right), parameters, &bindings, &budget)
    case (.power, .power), (.indexedSum, .indexedSum), (.indexedProduct, .indexedProduct),
      (.determinant, .determinant), (.inverse, .inverse),
      (.indicator, .indicator), (.piecewise, .piecewise), (.conjunction, .conjunction),
      (.disjunction, .disjunction), (.complement, .complement):
      return unifyOrdered(
        children(of: body), children(of: handle), parameters, &bindings, &budget)
    default: return false
    }
  }

  private mutating func mentions(_ handle: Handle, _ parameters: Set<SymbolID>) -> Bool {
    for parameter in parameters where occurs(parameter, in: handle) { return true }
    return false
  }

  /// An index stands for an index of its range or a number; an argument for anything closed but a
  /// number, since 2·s is not worth writing as the value at 2 of t ↦ t·s.
  private mutating func mayStand(_ handle: Handle, for parameter: SymbolID) -> Bool {
    if looseLevels(handle) > 0 { return false }
    guard kind(of: parameter) == .index else { return !isNumber(handle) }
    guard let range = declaration(of: parameter).ranges.first else { return false }
    switch self[handle] {
    case .symbol, .integer: return isInRange(handle, range)
    default: return false
    }
  }

  private mutating func unifyOrdered(
    _ left: [Handle], _ right: [Handle], _ parameters: Set<SymbolID>,
    _ bindings: inout ParameterBindings, _ budget: inout Int
  ) -> Bool {
    guard left.count == right.count else { return false }
    for (own, other) in zip(left, right) {
      if !unify(own, other, parameters, &bindings, &budget) { return false }
    }
    return true
  }

  private mutating func unifyUnordered(
    _ left: [Handle], _ right: [Handle], _ parameters: Set<SymbolID>,
    _ bindings: inout ParameterBindings, _ budget: inout Int
  ) -> Bool {
    guard left.count == right.count else { return false }
    guard let first = left.first else { return true }
    for place in right.indices {
      var attempt = bindings
      guard unify(first, right[place], parameters, &attempt, &budget) else { continue }
      var rest = right
      rest.remove(at: place)
      if unifyUnordered(Array(left.dropFirst()), rest, parameters, &attempt, &budget) {
        bindings = attempt
        return true
      }
      if budget < 0 { return false }
    }
    return false
  }
}
