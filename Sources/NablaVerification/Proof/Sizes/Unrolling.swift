import NablaExpressions
import NablaNumbers

/// Writes out sums and products whose ranges are numbers.
struct Unrolling {
  /// How many terms and factors may still be written.
  private var left = 2_000
  private var memo: [Handle: Handle] = [:]
  private var depth = 0

  private static let deepest = 200

  /// The expression without indexed sums and products; nil if a range is no number, something else
  /// is bound, or too much would be written.
  mutating func unrolled(_ handle: Handle, in pool: inout ExpressionPool) -> Handle? {
    if !pool.traits(handle).contains(.binder) { return handle }
    if let known = memo[handle] { return known }
    guard depth < Self.deepest else { return nil }
    depth += 1
    defer { depth -= 1 }
    var result: Handle?
    switch pool[handle] {
    case .indexedSum: result = terms(of: handle, &pool).map { pool.joined($0, isSum: true) }
    case .indexedProduct: result = terms(of: handle, &pool).map { pool.joined($0, isSum: false) }
    case .determinant, .inverse, .derivative: result = nil
    default:
      var isComplete = true
      result = pool.mapChildren(of: handle) { pool, child, _ in
        guard isComplete, let new = unrolled(child, in: &pool) else {
          isComplete = false
          return child
        }
        return new
      }
      if !isComplete { result = nil }
    }
    if let result { memo[handle] = result }
    return result
  }

  private mutating func terms(of handle: Handle, _ pool: inout ExpressionPool) -> [Handle]? {
    guard let opened = pool.open(handle) else { return nil }
    var terms = [opened.body]
    for (index, range) in zip(opened.indices, opened.ranges) {
      guard let lower = pool.rational(pool.canonical(range.lower))?.asInt,
        let upper = pool.rational(pool.canonical(range.upper))?.asInt
      else { return nil }
      if upper < lower { return [] }
      let (length, overflow) = upper.subtractingReportingOverflow(lower)
      guard !overflow, length < left, terms.count * (length + 1) <= left else { return nil }
      left -= terms.count * (length + 1)
      terms = terms.flatMap { term in
        (lower...upper).map { pool.substitute(Substitution(index, pool.integer($0)), in: term) }
      }
    }
    var found: [Handle] = []
    for term in terms {
      guard let written = unrolled(term, in: &pool) else { return nil }
      found.append(written)
    }
    return found
  }
}

extension ExpressionPool {
  fileprivate mutating func joined(_ parts: [Handle], isSum: Bool) -> Handle {
    switch parts.count {
    case 0: isSum ? zero : one
    case 1: parts[0]
    default: isSum ? writtenSum(parts) : writtenProduct(parts)
    }
  }
}
