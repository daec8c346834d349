import NablaExpressions
import NablaNumbers

extension ExpressionPool {
  /// What a canonical expression costs a reader: symbols, fraction bars, exponents, brackets.
  ///
  /// Names are cheap, so folding a definition pays; every further function that a reader has to
  /// keep in mind counts once.
  package mutating func cost(_ handle: Handle) -> Int {
    var memo: [Handle: Int] = [:]
    for node in deepNodes(handle) { _ = cost(node, &memo) }
    var total = cost(handle, &memo)
    for node in memo.keys {
      switch self[node] {
      case .function, .apply: total += 16
      default: break
      }
    }
    return total
  }

  private func cost(_ handle: Handle, _ memo: inout [Handle: Int]) -> Int {
    if let known = memo[handle] { return known }
    let result = computeCost(handle, &memo)
    memo[handle] = result
    return result
  }

  private func computeCost(_ handle: Handle, _ memo: inout [Handle: Int]) -> Int {
    func total(_ list: ListID, _ memo: inout [Handle: Int]) -> Int {
      var sum = 0
      for place in 0..<count(list) { sum += cost(operand(list, place), &memo) }
      return sum
    }
    switch self[handle] {
    case .integer(let value): return value >= 0 && value < 10 ? 8 : value > -10 ? 10 : 12
    case .number:
      let value = rational(handle)
      return 12 + min(40, (value?.denominator.bitWidth ?? 0) / 4)
    case .constant: return 8
    case .symbol: return 10
    case .bound: return 4
    case .entry(_, let list): return 10 + 3 * count(list)
    case .apply(_, let list): return 12 + total(list, &memo)
    case .sum(let list): return total(list, &memo) + 4 * (count(list) - 1)
    case .product(let list): return productCost(operands(list), &memo)
    case .power(let base, let exponent):
      if let order = rational(exponent), order.signum < 0 {
        return productCost([handle], &memo)
      }
      if let order = rational(exponent), !order.isInteger, order.denominator == 2 {
        return cost(base, &memo) + 8 + (order.numerator == 1 ? 0 : 8)
      }
      return cost(base, &memo) + bracket(base) + cost(exponent, &memo) * 6 / 10 + 2
    case .function(let function, let argument):
      return cost(argument, &memo) + function.readingCost
    case .indexedSum(_, let body), .indexedProduct(_, let body):
      return 18 + bracket(body) + cost(body, &memo)
    case .delta: return 12
    case .indicator(let condition): return 8 + cost(condition, &memo)
    case .maximum(let list), .minimum(let list): return 14 + total(list, &memo)
    case .piecewise(let list): return 24 + total(list, &memo)
    case .relation(_, let list), .conjunction(let list), .disjunction(let list):
      return 4 + total(list, &memo)
    case .derivative(let body, let list): return 20 + cost(body, &memo) + total(list, &memo)
    default:
      var sum = 6
      forEachChild(of: handle) { child, _ in sum += cost(child, &memo) }
      return sum
    }
  }

  private func bracket(_ handle: Handle) -> Int {
    if case .sum = self[handle] { return 6 }
    return 0
  }

  /// Whether a factor is a sum that can take up a minus sign by turning its difference round.
  private func hasMixedSigns(_ factor: Handle) -> Bool {
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

  private func productCost(_ factors: [Handle], _ memo: inout [Handle: Int]) -> Int {
    var above: [Int] = []
    var below: [Int] = []
    var sign = 0
    for factor in factors {
      if let value = rational(factor) {
        if value.signum < 0 { sign = 4 }
        let magnitude = value.absoluteValue
        if magnitude.numerator != 1 { above.append(8) }
        if !magnitude.isInteger { below.append(8) }
        continue
      }
      if case .power(let base, let exponent) = self[factor], let order = rational(exponent),
        order.signum < 0
      {
        let isPlain = order == Rational(-1)
        below.append(cost(base, &memo) + (isPlain ? 0 : 8) + (isPlain ? bracket(base) : 6))
        continue
      }
      above.append(cost(factor, &memo) + bracket(factor))
    }
    let bar = below.isEmpty ? 0 : 6 + (above.isEmpty ? 8 : 0)
    let inner = above.reduce(0, +) + below.reduce(0, +)
    let nested = below.isEmpty ? 0 : 14 * factors.filter { isSumOfFractions($0) }.count
    if sign > 0, factors.contains(where: { hasMixedSigns($0) }) { sign = 0 }
    return sign + nested + bar + inner + max(0, above.count - 1) + max(0, below.count - 1)
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
