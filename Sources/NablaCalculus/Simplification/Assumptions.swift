import NablaExpressions

extension ExpressionPool {
  /// The assumed equations that can be used from left to right.
  ///
  /// An equation is used for a whole sum, component or scalar that does not occur on its other
  /// side; a free index in it may be any index. Facts hold at points:
  /// they are never used below a derivative.
  package mutating func usable(assumption relation: Handle) -> FoldableDefinition? {
    guard case .relation(.equal, let list) = self[relation] else { return nil }
    let left = canonical(operand(list, 0))
    let right = canonical(operand(list, 1))
    return directed(left, right) ?? directed(right, left)
  }

  /// Σ_k y_k = 1 for a vector declared one-hot or a probability, and so for each row of a matrix.
  package mutating func normalisation(of array: SymbolID) -> FoldableDefinition? {
    let declaration = declaration(of: array)
    guard declaration.domain.isOneHot || declaration.domain.isProbability,
      let last = declaration.ranges.last
    else { return nil }
    var parameters: [SymbolID] = []
    for range in declaration.ranges.dropLast() {
      parameters.append(declare(Symbol("", .index, ranges: [range], isFresh: true)))
    }
    let summed = declare(Symbol("", .index, ranges: [last], isFresh: true))
    var indices: [Handle] = []
    for index in parameters + [summed] { indices.append(symbol(index)) }
    let body = canonicalIndexedSum(entry(array, indices), over: [summed], ranges: [last])
    return FoldableDefinition(.value(one), parameters: parameters, body: body, in: &self)
  }

  /// Σ_k p_k = 1 for a defined vector whose components add up to 1, and so for each row of a matrix.
  package mutating func normalisation(of definition: Definition) -> FoldableDefinition? {
    let ranges = declaration(of: definition.symbol).ranges
    guard kind(of: definition.symbol) == .array, let last = ranges.last,
      let index = definition.parameters.last, definition.parameters.count == ranges.count,
      treeSize(definition.body) <= 400
    else { return nil }
    let total = canonicalIndexedSum(canonical(definition.body), over: [index], ranges: [last])
    guard total == one else { return nil }
    let name = entry(definition.symbol, definition.parameters.map { symbol($0) })
    let body = canonicalIndexedSum(name, over: [index], ranges: [last])
    let parameters = Array(definition.parameters.dropLast())
    return FoldableDefinition(.value(one), parameters: parameters, body: body, in: &self)
  }

  private mutating func directed(_ left: Handle, _ right: Handle) -> FoldableDefinition? {
    switch self[left] {
    case .indexedSum, .sum, .entry, .symbol: break
    default: return nil
    }
    if nodesBelow([right]).contains(left) { return nil }
    let parameters = freeIndices(of: [left])
    return FoldableDefinition(.value(right), parameters: parameters, body: left, in: &self)
  }
}
