import NablaExpressions
import NablaNumbers

/// Indices, places and sizes.
extension ScalarWriter {
  /// What an index of code is less than the index of mathematics.
  static func base(of range: IndexRange?, _ pool: borrowing ExpressionPool) -> Int {
    guard let range, let lower = pool.rational(range.lower) else { return 1 }
    return lower.isZero ? 0 : 1
  }

  /// The first place and the place after the last of a loop over a range.
  func bounds(
    of range: IndexRange, _ pool: inout ExpressionPool
  ) throws(CodeObstacle) -> (CodeInteger, CodeInteger) {
    let base = Self.base(of: range, pool)
    var lower = try integer(range.lower, pool)
    var upper = try integer(range.upper, pool)
    lower.constant -= base
    upper.constant += 1 - base
    return (lower, upper)
  }

  func size(
    of range: IndexRange, _ pool: inout ExpressionPool
  ) throws(CodeObstacle) -> CodeInteger {
    var size = try integer(range.upper, pool) - integer(range.lower, pool)
    size.constant += 1
    return size
  }

  /// The value of an expression in indices, labels and sizes.
  func integer(
    _ handle: Handle, _ pool: borrowing ExpressionPool
  ) throws(CodeObstacle) -> CodeInteger {
    switch pool[handle] {
    case .integer(let value): return CodeInteger(constant: Int(value))
    case .symbol(let id):
      switch pool.kind(of: id) {
      case .dimension: return CodeInteger(terms: [(1, names.known(id, pool))])
      case .label:
        return CodeInteger(
          terms: [(1, names.known(id, pool))],
          constant: Self.base(of: pool.firstRange(of: id), pool))
      case .index:
        guard isOpen(id) else {
          throw CodeObstacle("the index \(pool.name(of: id)) has no value here")
        }
        return CodeInteger(
          terms: [(1, names.known(id, pool))],
          constant: Self.base(of: pool.firstRange(of: id), pool))
      default: break
      }
    case .sum(let list), .heldSum(let list):
      var total = CodeInteger()
      for operand in pool.operands(list) { total = total + (try integer(operand, pool)) }
      return total
    case .negation(let inner): return -1 * (try integer(inner, pool))
    case .product(let list), .heldProduct(let list):
      var product = CodeInteger(constant: 1)
      for operand in pool.operands(list) {
        let factor = try integer(operand, pool)
        if let number = factor.literal {
          product = number * product
        } else if let number = product.literal {
          product = number * factor
        } else {
          let text =
            product.piece.text(atLeast: .product) + " * " + factor.piece.text(atLeast: .product)
          product = CodeInteger(terms: [(1, text)])
        }
      }
      return product
    default: break
    }
    throw CodeObstacle("a place or a size is no sum of indices and sizes")
  }

  func isOpen(_ index: SymbolID) -> Bool {
    blocks.contains { $0.indices.contains(index) }
  }

  /// Whether an expression counts: it holds indices, labels, sizes and whole numbers alone.
  func isInteger(_ handle: Handle, _ pool: borrowing ExpressionPool) -> Bool {
    (try? integer(handle, pool)) != nil
  }
}
