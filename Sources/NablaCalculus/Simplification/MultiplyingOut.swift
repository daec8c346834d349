import NablaExpressions
import NablaNumbers

/// The distributive law on written forms: nothing is collected, cancelled or put in order.
extension ExpressionPool {
  /// The expression with products of sums written out term by term; sums over an index are split.
  ///
  /// Nil where nothing can be multiplied out, or it would give more than `limit` terms.
  package mutating func multipliedOut(_ handle: Handle, limit: Int = 40) -> Handle? {
    guard let terms = writtenTerms(handle, limit, 0) else { return nil }
    let result = written(terms)
    return result == handle ? nil : result
  }

  private struct WrittenTerm {
    var isNegative: Bool
    var factors: [Handle]
  }

  private mutating func written(_ terms: [WrittenTerm]) -> Handle {
    var handles: [Handle] = []
    for term in terms {
      let product = term.factors.count == 1 ? term.factors[0] : writtenProduct(term.factors)
      handles.append(term.isNegative ? negation(product) : product)
    }
    return handles.count == 1 ? handles[0] : writtenSum(handles)
  }

  /// The terms into which an expression falls; nil if there are too many.
  private mutating func writtenTerms(
    _ handle: Handle, _ limit: Int, _ depth: Int
  ) -> [WrittenTerm]? {
    if depth > 40 { return nil }
    switch self[handle] {
    case .sum(let list), .heldSum(let list):
      var found: [WrittenTerm] = []
      for operand in operands(list) {
        guard let terms = writtenTerms(operand, limit, depth + 1) else { return nil }
        found += terms
        if found.count > limit { return nil }
      }
      return found
    case .negation(let inner):
      return writtenTerms(inner, limit, depth + 1)?.map {
        WrittenTerm(isNegative: !$0.isNegative, factors: $0.factors)
      }
    case .product(let list), .heldProduct(let list):
      return productTerms(operands(list), limit, depth)
    case .power(let base, let exponent):
      guard isSum(base), let order = rational(exponent)?.asInt, (2...4).contains(order) else {
        return [WrittenTerm(isNegative: false, factors: [handle])]
      }
      return productTerms([Handle](repeating: base, count: order), limit, depth)
    case .quotient(let above, let below):
      guard let terms = writtenTerms(above, limit, depth + 1) else { return nil }
      if terms.count == 1, !terms[0].isNegative {
        return [WrittenTerm(isNegative: false, factors: [handle])]
      }
      let numerator = written(terms)
      return [WrittenTerm(isNegative: false, factors: [quotient(numerator, below)])]
    case .indexedSum: return sumTerms(handle, limit, depth)
    default: return [WrittenTerm(isNegative: false, factors: [handle])]
    }
  }

  private func isSum(_ handle: Handle) -> Bool {
    switch self[handle] {
    case .sum, .heldSum: true
    default: false
    }
  }

  private mutating func productTerms(
    _ factors: [Handle], _ limit: Int, _ depth: Int
  ) -> [WrittenTerm]? {
    var found = [WrittenTerm(isNegative: false, factors: [])]
    for factor in factors {
      guard let terms = writtenTerms(factor, limit, depth + 1),
        found.count * terms.count <= limit
      else { return nil }
      var next: [WrittenTerm] = []
      for own in found {
        for term in terms {
          next.append(
            WrittenTerm(
              isNegative: own.isNegative != term.isNegative, factors: own.factors + term.factors))
        }
      }
      found = next
    }
    return found
  }

  /// Σ (u + v) as Σ u + Σ v.
  private mutating func sumTerms(
    _ handle: Handle, _ limit: Int, _ depth: Int
  ) -> [WrittenTerm]? {
    let whole = [WrittenTerm(isNegative: false, factors: [handle])]
    guard let opened = open(handle) else { return whole }
    guard let terms = writtenTerms(opened.body, limit, depth + 1) else { return nil }
    if terms.count == 1, !terms[0].isNegative { return whole }
    var found: [WrittenTerm] = []
    for term in terms {
      let body = term.factors.count == 1 ? term.factors[0] : writtenProduct(term.factors)
      let sum = closeSum(body, over: opened.indices, ranges: opened.ranges)
      found.append(WrittenTerm(isNegative: term.isNegative, factors: [sum]))
    }
    return found
  }
}
