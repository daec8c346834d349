import NablaExpressions
import NablaNumbers

/// The written form a person would choose for a canonical expression: fractions, minus signs,
/// roots, and terms in the author's order.
extension ExpressionPool {
  package mutating func presentable(_ handle: Handle) -> Handle {
    arranged(canonical(handle))
  }

  /// The written form of an expression that is canonical already.
  package mutating func arranged(_ canonical: Handle) -> Handle {
    var memo = HandleMap()
    for node in deepNodes(canonical) { _ = presentable(node, &memo) }
    return presentable(canonical, &memo)
  }

  private mutating func presentable(
    _ handle: Handle, _ memo: inout HandleMap
  ) -> Handle {
    if let known = memo[handle] { return known }
    let result = arrange(handle, &memo)
    memo[handle] = result
    return result
  }

  private mutating func arrange(_ handle: Handle, _ memo: inout HandleMap) -> Handle {
    switch self[handle] {
    case .integer(let value):
      return value < 0 ? negation(integer(-Int(value))) : handle
    case .number:
      guard let value = rational(handle) else { return handle }
      return arrangeNumber(value)
    case .sum(let list): return arrangeSum(operands(list), &memo)
    case .product, .power: return arrangeProduct(handle, &memo)
    case .indexedSum, .indexedProduct, .determinant, .inverse:
      return arrangeBinder(handle, &memo)
    case .relation(let relation, let list):
      return arrangeRelation(relation, operand(list, 0), operand(list, 1), &memo)
    case .entry(let id, let list) where isSymmetric(id):
      return entry(id, inDisplayOrder(indices: operands(list), &memo))
    case .delta(let left, let right):
      return displayKey(right) < displayKey(left) ? writtenDelta(right, left) : handle
    case .maximum(let list), .minimum(let list):
      var isMaximum = false
      if case .maximum = self[handle] { isMaximum = true }
      var parts: [Handle] = []
      for part in operands(list) { parts.append(presentable(part, &memo)) }
      parts.sort { isNumber($0) && !isNumber($1) }
      return writtenExtremum(parts, isMaximum: isMaximum)
    case .derivative(let body, let list):
      return derivative(presentable(body, &memo), by: operands(list))
    default:
      return mapChildren(of: handle) { pool, child, _ in pool.presentable(child, &memo) }
    }
  }

  private mutating func arrangeNumber(_ value: Rational) -> Handle {
    let magnitude = value.absoluteValue
    let written: Handle
    if magnitude.isInteger || prefersDecimal(magnitude) {
      written = number(magnitude)
    } else {
      let above = number(Rational(magnitude.numerator))
      written = quotient(above, number(Rational(magnitude.denominator)))
    }
    return value.signum < 0 ? negation(written) : written
  }

  /// Halves, thirds and their like are fractions; 0.3 stays a decimal.
  private func prefersDecimal(_ value: Rational) -> Bool {
    if let small = value.denominator.asInt, small <= 9, small != 5 { return false }
    return value.terminatingDecimal != nil
  }

  // MARK: Sums

  private mutating func arrangeSum(
    _ terms: [Handle], _ memo: inout HandleMap
  ) -> Handle {
    var positive: [(key: DisplayKey, handle: Handle)] = []
    var negative: [(key: DisplayKey, handle: Handle)] = []
    for term in terms {
      let written = presentable(term, &memo)
      if case .negation(let inner) = self[written] {
        negative.append((displayKey(inner), written))
      } else {
        positive.append((displayKey(written), written))
      }
    }
    positive.sort { $0.key < $1.key }
    negative.sort { $0.key < $1.key }
    let ordered = positive + negative
    return writtenSum(ordered.map { $0.handle })
  }

  // MARK: Products

  private mutating func arrangeProduct(
    _ handle: Handle, _ memo: inout HandleMap
  ) -> Handle {
    var coefficient = Rational(1)
    var above: [Handle] = []
    var below: [Handle] = []
    var parts: [Factor] = []
    for factor in factorHandles(handle) {
      if let value = rational(factor) {
        coefficient = coefficient * value
      } else {
        parts.append(splitPower(factor))
      }
    }
    absorbSign(&coefficient, &parts)
    for part in parts {
      let order = rational(part.exponent)
      if let order, order.signum < 0 {
        below.append(written(part.base, number(-order), &memo))
      } else if order == nil, let opposite = leadingNegative(part.exponent) {
        below.append(written(part.base, opposite, &memo))
      } else {
        above.append(written(part.base, part.exponent, &memo))
      }
    }
    let magnitude = coefficient.absoluteValue
    if !magnitude.isInteger, prefersDecimal(magnitude) {
      above.append(number(magnitude))
    } else if magnitude.numerator != 1 {
      above.append(number(Rational(magnitude.numerator)))
    }
    if !magnitude.isInteger, !prefersDecimal(magnitude) {
      below.append(number(Rational(magnitude.denominator)))
    }
    let numerator = inDisplayOrder(above)
    var result: Handle
    if below.isEmpty {
      result = numerator
    } else {
      result = quotient(numerator, inDisplayOrder(below))
    }
    if coefficient.signum < 0 { result = negation(result) }
    return result
  }

  /// −(a − b)·c is written (b − a)·c, and (−a − b)·c as −(a + b)·c.
  ///
  /// Of two ways to turn differences round, the one is taken that leaves no sign in front and in
  /// which more of them start with a positive term, numbers above all: (y − a)/(1 − a).
  private mutating func absorbSign(_ coefficient: inout Rational, _ parts: inout [Factor]) {
    var mixed: [Int] = []
    for place in parts.indices {
      guard case .sum(let list) = self[parts[place].base],
        let order = rational(parts[place].exponent)?.asInt
      else { continue }
      let terms = operands(list)
      var positives = 0
      for term in terms where splitCoefficient(term).coefficient.signum > 0 { positives += 1 }
      let isMixed = positives > 0 && positives < terms.count
      if isMixed, order % 2 != 0 {
        mixed.append(place)
      } else if positives == 0 || (isMixed && startsNegative(terms)) {
        parts[place].base = negatedTerms(terms)
        if order % 2 != 0 { coefficient = -coefficient }
      }
    }
    let isNegative = coefficient.signum < 0
    if mixed.isEmpty, isNegative, turnSummedDifference(&parts) { coefficient = -coefficient }
    if mixed.isEmpty || mixed.count > 6 { return }
    var best: (flips: Int, score: Int)?
    for flips in 0..<(1 << mixed.count) where (flips.nonzeroBitCount % 2 == 1) == isNegative {
      var score = 0
      for (bit, place) in mixed.enumerated() {
        let isFlipped = flips & (1 << bit) != 0
        score += orientationScore(parts[place].base, isFlipped: isFlipped)
      }
      if let known = best, known.score >= score { continue }
      best = (flips, score)
    }
    guard let best else { return }
    for (bit, place) in mixed.enumerated() where best.flips & (1 << bit) != 0 {
      parts[place].base = negatedTerms(termHandles(parts[place].base))
    }
    if isNegative { coefficient = -coefficient }
  }

  /// −Σ_k u·(a − b) is written Σ_k u·(b − a). False if no summed product holds a difference.
  private mutating func turnSummedDifference(_ parts: inout [Factor]) -> Bool {
    for place in parts.indices where parts[place].exponent == one {
      guard let turned = summedDifferenceTurned(parts[place].base) else { continue }
      parts[place].base = turned
      return true
    }
    return false
  }

  private mutating func summedDifferenceTurned(_ handle: Handle) -> Handle? {
    guard case .indexedSum = self[handle], let opened = open(handle) else { return nil }
    var factors = factorHandles(opened.body)
    for (place, factor) in factors.enumerated() {
      switch self[factor] {
      case .sum(let list):
        let terms = operands(list)
        let signs = Set(terms.map { splitCoefficient($0).coefficient.signum })
        if signs.count < 2 { continue }
        factors[place] = negatedTerms(terms)
      case .indexedSum:
        guard let turned = summedDifferenceTurned(factor) else { continue }
        factors[place] = turned
      default: continue
      }
      return closeSum(canonicalProduct(factors), over: opened.indices, ranges: opened.ranges)
    }
    return nil
  }

  /// A canonical product as it is written, or its negative, without a sign in front; with how well
  /// its differences read. Nil if the sign cannot be taken up.
  mutating func arranged(_ canonical: Handle, isNegated: Bool) -> (form: Handle, score: Int)? {
    let signed = isNegated ? canonicalNegation(canonical) : canonical
    let form = arranged(signed)
    if case .negation = self[form] { return nil }
    if isNegated, !hasDifference(factorHandles(canonical)) { return nil }
    var coefficient = Rational(1)
    var parts: [Factor] = []
    for factor in factorHandles(signed) {
      if let value = rational(factor) {
        coefficient = coefficient * value
      } else {
        parts.append(splitPower(factor))
      }
    }
    absorbSign(&coefficient, &parts)
    var score = 0
    for part in parts {
      guard case .sum = self[part.base] else { continue }
      score += orientationScore(part.base, isFlipped: false)
    }
    return (form, score)
  }

  private mutating func hasDifference(_ factors: [Handle]) -> Bool {
    for factor in factors {
      if case .sum = self[splitPower(factor).base] { return true }
    }
    return false
  }

  private mutating func orientationScore(_ sum: Handle, isFlipped: Bool) -> Int {
    let terms = termHandles(sum)
    var score = startsNegative(terms) == isFlipped ? 1 : 0
    for term in terms {
      guard let value = rational(term) else { continue }
      if (value.signum > 0) != isFlipped { score += 3 }
    }
    return score
  }

  /// Whether the term that comes first in display order is negative.
  private mutating func startsNegative(_ terms: [Handle]) -> Bool {
    var first: (key: DisplayKey, isNegative: Bool)?
    for term in terms {
      let split = splitCoefficient(term)
      let key = displayKey(split.factor)
      if let known = first, !(key < known.key) { continue }
      first = (key, split.coefficient.signum < 0)
    }
    return first?.isNegative ?? false
  }

  /// The sum with every sign changed; not put back in canonical order, since it is only shown.
  private mutating func negatedTerms(_ terms: [Handle]) -> Handle {
    var negated: [Handle] = []
    for term in terms { negated.append(canonicalNegation(term)) }
    return writtenSum(negated)
  }

  private mutating func leadingNegative(_ exponent: Handle) -> Handle? {
    let split = splitCoefficient(exponent)
    guard split.coefficient.signum < 0 else { return nil }
    return canonicalNegation(exponent)
  }

  private mutating func written(
    _ base: Handle, _ exponent: Handle, _ memo: inout HandleMap
  ) -> Handle {
    let base = presentable(base, &memo)
    if exponent == one { return base }
    if let order = rational(exponent), !order.isInteger, let degree = order.denominator.asInt,
      degree >= 2, degree <= 3, let narrow = UInt32(exactly: degree)
    {
      let radical = root(base, degree: narrow)
      let whole = number(Rational(order.numerator))
      return whole == one ? radical : writtenPower(radical, whole)
    }
    return writtenPower(base, presentable(exponent, &memo))
  }

  private mutating func inDisplayOrder(_ factors: [Handle]) -> Handle {
    if factors.isEmpty { return one }
    if factors.count == 1 { return factors[0] }
    var keyed: [(key: DisplayKey, handle: Handle)] = []
    for factor in factors { keyed.append((displayKey(factor), factor)) }
    keyed.sort { $0.key.asFactor < $1.key.asFactor }
    return writtenProduct(keyed.map { $0.handle })
  }

  // MARK: Binders and relations

  private mutating func arrangeBinder(
    _ handle: Handle, _ memo: inout HandleMap
  ) -> Handle {
    guard let opened = open(handle) else { return handle }
    let body = guardsFirst(presentable(opened.body, &memo))
    var place = opened.place
    for slot in place.indices { place[slot] = presentable(place[slot], &memo) }
    if hasSymmetricMatrix(handle) { place = inDisplayOrder(indices: place, &memo) }
    return close(
      body, like: handle, over: opened.indices, ranges: opened.ranges, place: place)
  }

  /// The indices of a symmetric matrix, the one declared first in front.
  private mutating func inDisplayOrder(
    indices: [Handle], _ memo: inout HandleMap
  ) -> [Handle] {
    var indices = indices
    for slot in indices.indices { indices[slot] = presentable(indices[slot], &memo) }
    if indices.count == 2, displayKey(indices[1]) < displayKey(indices[0]) { indices.swapAt(0, 1) }
    return indices
  }

  /// Conditions on indices stand in front, where they read as part of the sum sign.
  private mutating func guardsFirst(_ body: Handle) -> Handle {
    guard case .product(let list) = self[body] else { return body }
    let factors = operands(list)
    let guards = factors.filter { isIndexGuard($0) }
    if guards.isEmpty { return body }
    return writtenProduct(guards + factors.filter { !guards.contains($0) })
  }

  package func isIndexGuard(_ handle: Handle) -> Bool {
    guard case .indicator(let condition) = self[handle],
      case .relation(.notEqual, let list) = self[condition]
    else { return false }
    return isIndexLike(operand(list, 0)) || isIndexLike(operand(list, 1))
  }

  private mutating func arrangeRelation(
    _ relation: Relation, _ left: Handle, _ right: Handle, _ memo: inout HandleMap
  ) -> Handle {
    let left = presentable(left, &memo)
    let right = presentable(right, &memo)
    if case .negation(let inner) = self[left], right == zero {
      return self.relation(relation.mirrored, inner, right)
    }
    return self.relation(relation, left, right)
  }
}
