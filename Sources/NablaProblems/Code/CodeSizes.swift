import NablaExpressions
import NablaNumbers

/// Where symbolic sizes come from: the axes of the arrays that are handed over.
struct CodeSizes {
  /// The axis of an array that tells a size, and what is to be added to its length.
  struct Source {
    let array: SymbolID
    let axis: Int
    let shift: Int
  }

  private(set) var sources: [SymbolID: Source] = [:]

  /// The size of an axis as the sum of a size, at most one, and a number; nil for any other.
  static func affine(
    _ range: IndexRange, _ pool: inout ExpressionPool
  ) -> (dimension: SymbolID?, shift: Int)? {
    let size = pool.size(of: range)
    if let number = pool.rational(size)?.asInt { return (nil, number) }
    switch pool[size] {
    case .symbol(let id) where pool.kind(of: id) == .dimension: return (id, 0)
    case .sum(let list) where pool.count(list) == 2:
      var dimension: SymbolID?
      var shift: Int?
      for operand in pool.operands(list) {
        if case .symbol(let id) = pool[operand], pool.kind(of: id) == .dimension { dimension = id }
        if let number = pool.rational(operand)?.asInt { shift = number }
      }
      guard let dimension, let shift else { return nil }
      return (dimension, shift)
    default: return nil
    }
  }

  /// Takes note of the sizes that a parameter is the first to tell; gives their axes.
  @discardableResult
  mutating func learn(
    from parameter: SymbolID, _ pool: inout ExpressionPool
  ) -> [(axis: Int, dimension: SymbolID, shift: Int)] {
    guard pool.kind(of: parameter) == .array else { return [] }
    var found: [(axis: Int, dimension: SymbolID, shift: Int)] = []
    for (axis, range) in pool.declaration(of: parameter).ranges.enumerated() {
      guard let (dimension, shift) = Self.affine(range, &pool), let dimension,
        sources[dimension] == nil
      else { continue }
      sources[dimension] = Source(array: parameter, axis: axis, shift: -shift)
      found.append((axis, dimension, -shift))
    }
    return found
  }
}
