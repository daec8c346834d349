import NablaExpressions
import NablaRewriting

/// The algebra rows, read once and applied to canonical expressions.
package struct AlgebraTable: Sendable {
  struct Row: Sendable {
    let rule: Rule
    let pattern: Pattern
    let replacement: Pattern
    let conditions: [Pattern]
    /// What has to occur in an expression for the row to fit anywhere.
    let needs: Ingredients
  }

  let rows: [Row]
  /// What each row needs, apart, so that most rows are passed over without a look at them.
  private let needs: [Ingredients]
  /// The places of the rows that are applied only where the whole is weighed afterwards.
  private let weighed: Set<Int>

  /// The rows of `RuleFamily.algebra`.
  package static let standard = AlgebraTable()

  package init(_ family: RuleFamily = .algebra) {
    let rows: [Row] = family.rules.compactMap { rule in
      guard !rule.isProcedure, let pattern = Pattern(reading: rule.pattern),
        let replacement = Pattern(reading: rule.replacement)
      else { return nil }
      let conditions =
        rule.condition.isEmpty
        ? [] : AlgebraTable.parts(of: rule.condition).compactMap { Pattern(reading: $0) }
      return Row(
        rule: rule, pattern: pattern, replacement: replacement, conditions: conditions,
        needs: Ingredients(of: pattern))
    }
    self.rows = rows
    needs = rows.map { $0.needs }
    weighed = Set(rows.indices.filter { rows[$0].rule.name == "unit-fraction" })
  }

  /// The places of the rows that may fit somewhere in an expression.
  func fitting(_ handle: Handle, weighed isWeighed: Bool, in pool: borrowing ExpressionPool)
    -> [Int]
  {
    let present = Ingredients(of: handle, in: pool)
    var found: [Int] = []
    for place in needs.indices
    where needs[place].isSubset(of: present) && weighed.contains(place) == isWeighed {
      found.append(place)
    }
    return found
  }

  /// `u > 0 and v > 0` as its conditions.
  package static func parts(of condition: String) -> [String] {
    let words = condition.split(separator: " ", omittingEmptySubsequences: true)
    var found: [String] = [""]
    for word in words {
      if word == "and" {
        found.append("")
      } else {
        found[found.count - 1] += word + " "
      }
    }
    return found
  }
}

/// The functions and other marked kinds of nodes that occur somewhere, as a set of bits.
struct Ingredients: Equatable, Sendable {
  private var bits: UInt64 = 0

  private static let indicator: UInt64 = 1 << 40
  private static let extremum: UInt64 = 1 << 41
  private static let power: UInt64 = 1 << 42
  private static let sum: UInt64 = 1 << 43

  func isSubset(of other: Ingredients) -> Bool { bits & ~other.bits == 0 }

  init(of pattern: Pattern) { add(pattern) }

  init(of handle: Handle, in pool: borrowing ExpressionPool) {
    for node in pool.nodesBelow([handle]) {
      switch pool[node] {
      case .function(let function, _): bits |= 1 << UInt64(function.rawValue)
      case .indicator: bits |= Ingredients.indicator
      case .maximum, .minimum: bits |= Ingredients.extremum
      case .power: bits |= Ingredients.power
      case .sum: bits |= Ingredients.sum
      default: break
      }
    }
  }

  private mutating func add(_ pattern: Pattern) {
    switch pattern {
    case .function(let function, let argument):
      bits |= 1 << UInt64(function.rawValue)
      add(argument)
    case .power(let base, let exponent):
      if case .exactly = exponent { bits |= Ingredients.power }
      add(base)
    case .product(let parts):
      for part in parts { add(part) }
    case .sum(let parts):
      bits |= Ingredients.sum
      for part in parts { add(part) }
    case .maximum(let parts), .minimum(let parts):
      bits |= Ingredients.extremum
      for part in parts { add(part) }
    case .indicator: bits |= Ingredients.indicator
    case .differential, .relation, .anything, .number, .remainder, .exactly, .constant: break
    }
  }
}

extension ExpressionPool {
  /// The expression with one row applied wherever it makes a node shorter; canonical in and out.
  ///
  /// Without `onlyShorter` the row is applied wherever it fits, for a caller that weighs the whole.
  mutating func rewritten(
    _ root: Handle, by row: AlgebraTable.Row, onlyShorter: Bool
  ) -> Handle {
    var memo = HandleMap()
    return rewritten(root, row, onlyShorter, &memo)
  }

  private mutating func rewritten(
    _ handle: Handle, _ row: AlgebraTable.Row, _ onlyShorter: Bool,
    _ memo: inout HandleMap
  ) -> Handle {
    if let known = memo[handle] { return known }
    var result = handle
    switch self[handle] {
    case .integer, .number, .constant, .symbol, .bound, .derivative: return handle
    case .indexedSum, .indexedProduct, .determinant, .inverse:
      if let opened = open(handle) {
        let body = rewritten(opened.body, row, onlyShorter, &memo)
        if body != opened.body {
          result = canonicalBinder(body, like: handle, opened)
        }
      }
    default:
      let mapped = mapChildren(of: handle) { pool, child, _ in
        pool.rewritten(child, row, onlyShorter, &memo)
      }
      result = mapped == handle ? handle : collected(mapped)
      for _ in 0..<4 {
        guard let next = rewrittenHere(result, row, onlyShorter) else { break }
        result = next
      }
    }
    memo[handle] = result
    return result
  }

  private mutating func rewrittenHere(
    _ handle: Handle, _ row: AlgebraTable.Row, _ onlyShorter: Bool
  ) -> Handle? {
    var found: Handle?
    var budget = 600
    var bindings = Bindings()
    let before = onlyShorter ? cost(handle) : 0
    _ = row.pattern.matchPart(of: handle, in: &self, &bindings, budget: &budget) {
      pool, bindings in
      for condition in row.conditions where !pool.holds(condition, bindings) { return false }
      guard var replaced = row.replacement.instantiate(.canonical, in: &pool, bindings) else {
        return false
      }
      if let rest = bindings[Pattern.leftover] { replaced = pool.canonicalSum([rest, replaced]) }
      if replaced == handle || (onlyShorter && pool.cost(replaced) >= before) { return false }
      found = replaced
      return true
    }
    return found
  }

  /// Whether a condition is known to hold; points that are merely left out do not count.
  private mutating func holds(_ condition: Pattern, _ bindings: Bindings) -> Bool {
    guard case .relation(let relation, let left, let right) = condition,
      let left = left.instantiate(.canonical, in: &self, bindings),
      let right = right.instantiate(.canonical, in: &self, bindings)
    else { return false }
    if relation == .notEqual { return true }
    return relation == .greater && isPositive(canonicalDifference(left, right))
  }
}
