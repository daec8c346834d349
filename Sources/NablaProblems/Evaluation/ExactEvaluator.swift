import NablaExpressions
import NablaNotation
import NablaNumbers

/// Why an expression has no value.
package struct UndefinedValue: Error, Hashable, Sendable {
  /// In lower case and without a full stop, such as `division by zero`.
  package let reason: String

  init(_ reason: String) { self.reason = reason }
}

/// Exact values of written forms, strict in what is undefined.
///
/// Every part is evaluated as it stands, so that x/x has no value at 0; nothing is cancelled first.
/// Only a factor that is 0 because a condition fails hides the others.
package struct ExactEvaluator {
  private let values: [SymbolID: ValueAssignment]
  private let definitions: Definitions
  /// Bound indices are replaced before a body is evaluated, so that a handle has one value.
  private var memo: [Handle: Rational?] = [:]
  var inverses: [[Handle]: RationalMatrix?] = [:]
  /// What may still be spent.
  var work = 200_000
  private var depth = 0

  /// Numbers of more bits count as not rational.
  static let longestNumber = 65_536
  private static let deepest = 4000

  package init(_ scope: Scope) {
    values = scope.values
    definitions = scope.definitions
  }

  /// The value; nil if it is not rational, or if finding it would take too long.
  ///
  /// - Throws: if the expression certainly has no value.
  package mutating func value(
    of handle: Handle, in pool: inout ExpressionPool
  ) throws(UndefinedValue) -> Rational? {
    if let known = memo[handle] { return known }
    work -= 1
    guard work > 0, depth < Self.deepest else { return nil }
    depth += 1
    defer { depth -= 1 }
    var result = try computed(handle, &pool)
    if let value = result, value.bitWidth > Self.longestNumber { result = nil }
    memo.updateValue(result, forKey: handle)
    return result
  }

  private mutating func computed(
    _ handle: Handle, _ pool: inout ExpressionPool
  ) throws(UndefinedValue) -> Rational? {
    switch pool[handle] {
    case .integer, .number: return pool.rational(handle)
    case .constant, .bound, .derivative: return nil
    case .symbol(let id):
      if let value = values[id], value.rows.count == 1, value.rows[0].count == 1 {
        return try self.value(of: value.rows[0][0], in: &pool)
      }
      return try valueOfDefinition(handle, &pool)
    case .entry(let id, let list): return try component(id, pool.operands(list), &pool)
    case .apply: return try valueOfDefinition(handle, &pool)
    case .sum(let list), .heldSum(let list): return try sum(pool.operands(list), &pool)
    case .product(let list), .heldProduct(let list):
      return try isHidden(handle, &pool) ? 0 : product(pool.operands(list), &pool)
    case .negation(let operand):
      return try isHidden(handle, &pool) ? 0 : value(of: operand, in: &pool).map { -$0 }
    case .quotient(let above, let below):
      return try isHidden(handle, &pool) ? 0 : quotient(above, below, &pool)
    case .power(let base, let exponent):
      let below = try value(of: base, in: &pool)
      let above = try value(of: exponent, in: &pool)
      return try below.raised(to: above)
    case .root(let radicand, let degree):
      guard let value = try value(of: radicand, in: &pool) else { return nil }
      if value.isNegative {
        let noun = degree == 2 ? "square root" : "root"
        throw UndefinedValue("the \(noun) of the negative number \(value.description) is not real")
      }
      return value.exactRoot(Int(degree))
    case .function(let function, let argument):
      guard let point = try value(of: argument, in: &pool) else { return nil }
      return try function.exactValue(at: point)
    case .maximum(let list): return try extremum(pool.operands(list), &pool) { $0 > $1 }
    case .minimum(let list): return try extremum(pool.operands(list), &pool) { $0 < $1 }
    case .indexedSum:
      guard let terms = try terms(of: handle, &pool) else { return nil }
      return try sum(terms, &pool)
    case .indexedProduct:
      guard let factors = try terms(of: handle, &pool) else { return nil }
      return try product(factors, &pool)
    case .determinant: return try determinant(handle, &pool)
    case .inverse(let list, let body):
      return try inverseEntry(handle, pool.operands(list), body, &pool)
    case .delta, .indicator, .relation, .conjunction, .disjunction, .complement:
      return try holds(handle, in: &pool).map { $0 ? 1 : 0 }
    case .piecewise(let list): return try piecewise(pool.operands(list), &pool)
    }
  }

  // MARK: Arithmetic

  /// Every operand is evaluated, since one without a value leaves the whole without one.
  private mutating func sum(
    _ operands: [Handle], _ pool: inout ExpressionPool
  ) throws(UndefinedValue) -> Rational? {
    var total: Rational? = 0
    for operand in operands {
      let value = try value(of: operand, in: &pool)
      guard let sum = total, let value, sum.bitWidth <= Self.longestNumber else {
        total = nil
        continue
      }
      total = sum + value
    }
    return total
  }

  private mutating func product(
    _ operands: [Handle], _ pool: inout ExpressionPool
  ) throws(UndefinedValue) -> Rational? {
    var total: Rational? = 1
    for operand in operands {
      let value = try value(of: operand, in: &pool)
      guard let product = total, let value, product.bitWidth <= Self.longestNumber else {
        total = nil
        continue
      }
      total = product * value
    }
    return total
  }

  private mutating func quotient(
    _ above: Handle, _ below: Handle, _ pool: inout ExpressionPool
  ) throws(UndefinedValue) -> Rational? {
    let top = try value(of: above, in: &pool)
    guard let bottom = try value(of: below, in: &pool) else { return nil }
    if bottom.isZero { throw UndefinedValue("division by zero") }
    return top?.dividing(by: bottom)
  }

  private mutating func extremum(
    _ operands: [Handle], _ pool: inout ExpressionPool,
    _ isBetter: (Rational, Rational) -> Bool
  ) throws(UndefinedValue) -> Rational? {
    var best: Rational?
    var isKnown = true
    for operand in operands {
      guard let value = try value(of: operand, in: &pool) else {
        isKnown = false
        continue
      }
      if let current = best, !isBetter(value, current) { continue }
      best = value
    }
    return isKnown ? best : nil
  }

  // MARK: Names

  private mutating func valueOfDefinition(
    _ handle: Handle, _ pool: inout ExpressionPool
  ) throws(UndefinedValue) -> Rational? {
    guard let body = pool.instantiate(handle, from: definitions) else { return nil }
    return try value(of: body, in: &pool)
  }

  private mutating func component(
    _ id: SymbolID, _ indices: [Handle], _ pool: inout ExpressionPool
  ) throws(UndefinedValue) -> Rational? {
    let ranges = pool.declaration(of: id).ranges
    var known: [Handle] = []
    var places: [Int] = []
    for (slot, index) in indices.enumerated() {
      guard let number = try value(of: index, in: &pool), let place = number.asInt else {
        return nil
      }
      known.append(pool.integer(place))
      if slot < ranges.count, let lower = try value(of: ranges[slot].lower, in: &pool)?.asInt {
        places.append(place - lower)
      }
    }
    guard let rows = values[id]?.rows else {
      return try valueOfDefinition(pool.entry(id, known), &pool)
    }
    guard places.count == indices.count, let row = places.first else { return nil }
    let column = places.count > 1 ? places[1] : 0
    guard rows.indices.contains(row), rows[row].indices.contains(column) else {
      throw UndefinedValue("an index outside the range of '\(pool.declaration(of: id).name)'")
    }
    return try value(of: rows[row][column], in: &pool)
  }

  // MARK: Sums and products over indices

  /// The body of a sum or product at each value of its indices.
  mutating func terms(
    of handle: Handle, _ pool: inout ExpressionPool
  ) throws(UndefinedValue) -> [Handle]? {
    guard let opened = pool.open(handle) else { return nil }
    var terms = [opened.body]
    for (index, range) in zip(opened.indices, opened.ranges) {
      guard let first = try value(of: range.lower, in: &pool)?.asInt,
        let last = try value(of: range.upper, in: &pool)?.asInt
      else { return nil }
      if last < first { return [] }
      let (length, overflow) = last.subtractingReportingOverflow(first)
      guard !overflow, length < work else { return nil }
      let (count, isTooMany) = terms.count.multipliedReportingOverflow(by: length + 1)
      guard !isTooMany, count < work else { return nil }
      var next: [Handle] = []
      next.reserveCapacity(count)
      for term in terms {
        for number in first...last {
          next.append(pool.substitute(Substitution(index, pool.integer(number)), in: term))
        }
      }
      work -= count
      terms = next
    }
    return terms
  }

  // MARK: Conditions

  private mutating func piecewise(
    _ branches: [Handle], _ pool: inout ExpressionPool
  ) throws(UndefinedValue) -> Rational? {
    var place = 0
    while place + 1 < branches.count {
      switch try holds(branches[place], in: &pool) {
      case true: return try value(of: branches[place + 1], in: &pool)
      case false: place += 2
      case nil: return nil
      }
    }
    guard place < branches.count else {
      throw UndefinedValue("no branch of 'piecewise' applies")
    }
    return try value(of: branches[place], in: &pool)
  }

  /// Whether a factor of a product is 0 because its condition fails.
  private mutating func isHidden(
    _ root: Handle, _ pool: inout ExpressionPool
  ) throws(UndefinedValue) -> Bool {
    var open = [root]
    while let handle = open.popLast() {
      switch pool[handle] {
      case .product(let list), .heldProduct(let list): open += pool.operands(list)
      case .negation(let child), .quotient(let child, _): open.append(child)
      case .power(let base, let exponent):
        if let order = pool.rational(exponent), order.signum > 0 { open.append(base) }
      case .indicator, .delta: if try holds(handle, in: &pool) == false { return true }
      default: break
      }
    }
    return false
  }
}
