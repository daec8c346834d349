import NablaExpressions
import NablaNumbers

extension ExpressionPool {
  /// What a canonical expression costs a reader: symbols, fraction bars, exponents, brackets.
  ///
  /// Names are cheap, so folding a definition pays; every further function that a reader has to
  /// keep in mind counts once.
  package mutating func cost(_ handle: Handle) -> Int {
    for node in deepNodes(handle) { _ = treeCost(node) }
    return treeCost(handle) + 16 * distinctFunctions(handle)
  }

  /// The cost of an expression written out; remembered for each node.
  private mutating func treeCost(_ handle: Handle) -> Int {
    if let known = costs.number(for: handle) { return Int(known) }
    // A shared expression written out may be longer than any number says.
    let result = min(computeCost(handle), 1 << 30)
    costs.setNumber(UInt32(truncatingIfNeeded: result), for: handle)
    return result
  }

  /// How many different applications of functions a reader meets.
  private mutating func distinctFunctions(_ root: Handle) -> Int {
    var count = 0
    var seen = HandleMap()
    var open = [root]
    while let handle = open.popLast() {
      if functionMask(handle) == 0, !traits(handle).contains(.application) { continue }
      if seen[handle] != nil { continue }
      seen[handle] = handle
      switch self[handle] {
      case .delta, .entry: continue
      case .function, .apply: count += 1
      default: break
      }
      forEachChild(of: handle) { child, _ in open.append(child) }
    }
    return count
  }

  private mutating func computeCost(_ handle: Handle) -> Int {
    switch self[handle] {
    case .integer(let value): return value >= 0 && value < 10 ? 8 : value > -10 ? 10 : 12
    case .number:
      let value = rational(handle)
      return 12 + min(40, (value?.denominator.bitWidth ?? 0) / 4)
    case .constant: return 8
    case .symbol: return 10
    case .bound: return 4
    case .entry(_, let list): return 10 + 3 * count(list)
    case .apply(_, let list): return 12 + totalCost(list)
    case .sum(let list): return totalCost(list) + 4 * (count(list) - 1)
    case .product(let list): return productCost(operands(list))
    case .power(let base, let exponent):
      if let order = rational(exponent), order.signum < 0 {
        return productCost([handle])
      }
      if let order = rational(exponent), !order.isInteger, order.denominator == 2 {
        return treeCost(base) + 8 + (order.numerator == 1 ? 0 : 8)
      }
      return treeCost(base) + bracket(base) + treeCost(exponent) * 6 / 10 + 2
    case .function(let function, let argument):
      return treeCost(argument) + function.readingCost
    case .indexedSum(_, let body), .indexedProduct(_, let body):
      return 18 + bracket(body) + treeCost(body)
    case .determinant(_, let body): return 12 + treeCost(body)
    case .inverse(_, let body): return 14 + treeCost(body)
    case .delta: return 12
    case .indicator(let condition): return 8 + treeCost(condition)
    case .maximum(let list), .minimum(let list): return 14 + totalCost(list)
    case .piecewise(let list): return 24 + totalCost(list)
    case .relation(_, let list), .conjunction(let list), .disjunction(let list):
      return 4 + totalCost(list)
    case .derivative(let body, let list): return 20 + treeCost(body) + totalCost(list)
    default:
      var sum = 6
      for child in children(of: handle) { sum += treeCost(child) }
      return sum
    }
  }

  private mutating func totalCost(_ list: ListID) -> Int {
    var sum = 0
    for place in 0..<count(list) { sum += treeCost(operand(list, place)) }
    return sum
  }

  private func bracket(_ handle: Handle) -> Int {
    if case .sum = self[handle] { return 6 }
    return 0
  }

  /// Whether a factor is a sum that can take up a minus sign by turning its difference round, or
  /// a sum over indices of a product with such a factor.
  private func hasMixedSigns(_ factor: Handle) -> Bool {
    if case .indexedSum(_, let body) = self[factor] {
      return factorHandles(body).contains { hasMixedSigns($0) }
    }
    guard case .sum(let list) = self[factor] else { return false }
    var negatives = 0
    for place in 0..<count(list) {
      let term = operand(list, place)
      let lead: Handle
      if case .product(let factors) = self[term] { lead = operand(factors, 0) } else { lead = term }
      if (rational(lead)?.signum ?? 1) < 0 { negatives += 1 }
    }
    return negatives > 0 && negatives < count(list)
  }

  /// Whether a factor is a sum, or a power of one, with a fraction among its terms.
  private func isSumOfFractions(_ factor: Handle) -> Bool {
    var base = factor
    if case .power(let inner, _) = self[factor] { base = inner }
    guard case .sum(let list) = self[base] else { return false }
    return operands(list).contains { term in
      factorHandles(term).contains { part in
        guard case .power(_, let exponent) = self[part] else { return false }
        return (rational(exponent)?.signum ?? 1) < 0
      }
    }
  }

  private mutating func productCost(_ factors: [Handle]) -> Int {
    var above = 0
    var aboveCount = 0
    var below = 0
    var belowCount = 0
    var sign = 0
    for factor in factors {
      if let value = rational(factor) {
        if value.signum < 0 { sign = 4 }
        let magnitude = value.absoluteValue
        if magnitude.numerator != 1 {
          above += 8
          aboveCount += 1
        }
        if !magnitude.isInteger {
          below += 8
          belowCount += 1
        }
        continue
      }
      if case .power(let base, let exponent) = self[factor], let order = rational(exponent),
        order.signum < 0
      {
        let isPlain = order == Rational(-1)
        below += treeCost(base) + (isPlain ? bracket(base) : 14)
        belowCount += 1
        continue
      }
      above += treeCost(factor) + bracket(factor)
      aboveCount += 1
    }
    let bar = belowCount == 0 ? 0 : 6 + (aboveCount == 0 ? 8 : 0)
    let nested = belowCount == 0 ? 0 : 14 * factors.filter { isSumOfFractions($0) }.count
    if sign > 0, factors.contains(where: { hasMixedSigns($0) }) { sign = 0 }
    return sign + nested + bar + above + below + max(0, aboveCount - 1) + max(0, belowCount - 1)
  }
}

extension Function {
  /// Functions that only abbreviate others cost more than what they stand for.
  fileprivate var readingCost: Int {
    switch self {
    case .exp: 9
    case .cot, .sec, .csc, .coth, .sech, .csch: 32
    default: 12
    }
  }
}
