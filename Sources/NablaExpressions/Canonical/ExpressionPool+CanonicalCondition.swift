import NablaNumbers

extension ExpressionPool {
  package func isTruth(_ condition: Handle) -> Bool {
    if case .conjunction(let list) = self[condition] { return count(list) == 0 }
    return false
  }

  package func isFalsity(_ condition: Handle) -> Bool {
    if case .disjunction(let list) = self[condition] { return count(list) == 0 }
    return false
  }

  /// The Kronecker delta of two canonical indices.
  package mutating func canonicalDelta(_ left: Handle, _ right: Handle) -> Handle {
    if left == right { return one }
    if let a = rational(left), let b = rational(right) { return a == b ? one : zero }
    return precedes(right, left) ? writtenDelta(right, left) : writtenDelta(left, right)
  }

  package mutating func canonicalIndicator(_ condition: Handle) -> Handle {
    switch self[condition] {
    case .relation(.equal, let list)
    where isIndexLike(operand(list, 0)) || isIndexLike(operand(list, 1)):
      return canonicalDelta(operand(list, 0), operand(list, 1))
    case .conjunction(let list):
      if count(list) == 0 { return one }
      var factors: [Handle] = []
      for part in operands(list) { factors.append(canonicalIndicator(part)) }
      return canonicalProduct(factors)
    case .disjunction(let list) where count(list) == 0: return zero
    default: return indicator(of: condition)
    }
  }

  package func isIndexLike(_ handle: Handle) -> Bool {
    switch self[handle] {
    case .bound: true
    case .symbol(let id): kind(of: id) == .index || kind(of: id) == .label
    default: false
    }
  }

  package mutating func canonicalRelation(
    _ relation: Relation, _ left: Handle, _ right: Handle
  ) -> Handle {
    if left == right {
      return relation.holds(sign: 0) ? truth() : falsity()
    }
    if let a = rational(left), let b = rational(right) {
      return relation.holds(sign: (a - b).signum) ? truth() : falsity()
    }
    switch relation {
    case .equal, .notEqual:
      return precedes(right, left)
        ? self.relation(relation, right, left) : self.relation(relation, left, right)
    case .less, .lessOrEqual:
      return canonicalRelation(relation.mirrored, right, left)
    case .greater, .greaterOrEqual:
      // One side is a number: keep the author's form, with the unknown at the left.
      if isNumber(right) { return self.relation(relation, left, right) }
      if left == zero { return self.relation(relation, canonicalNegation(right), zero) }
      if isNumber(left) { return self.relation(relation.mirrored, right, left) }
      let difference = canonicalDifference(left, right)
      if let value = rational(difference) {
        return relation.holds(sign: value.signum) ? truth() : falsity()
      }
      return self.relation(relation, difference, zero)
    }
  }

  package mutating func canonicalComplement(_ condition: Handle) -> Handle {
    switch self[condition] {
    case .relation(let relation, let list):
      return canonicalRelation(relation.complement, operand(list, 0), operand(list, 1))
    case .complement(let inner): return inner
    case .conjunction(let list):
      var parts: [Handle] = []
      for part in operands(list) { parts.append(canonicalComplement(part)) }
      return canonicalLogic(parts, isConjunction: false)
    case .disjunction(let list):
      var parts: [Handle] = []
      for part in operands(list) { parts.append(canonicalComplement(part)) }
      return canonicalLogic(parts, isConjunction: true)
    default: return complement(condition)
    }
  }

  package mutating func canonicalLogic(_ parts: [Handle], isConjunction: Bool) -> Handle {
    var kept: [Handle] = []
    for part in parts {
      if isConjunction ? isTruth(part) : isFalsity(part) { continue }
      if isConjunction ? isFalsity(part) : isTruth(part) { return part }
      switch self[part] {
      case .conjunction(let list) where isConjunction: kept += operands(list)
      case .disjunction(let list) where !isConjunction: kept += operands(list)
      default: kept.append(part)
      }
    }
    var distinct: [Handle] = []
    for part in canonicallyOrdered(kept) where distinct.last != part { distinct.append(part) }
    if distinct.count == 1 { return distinct[0] }
    return isConjunction ? conjunction(distinct) : disjunction(distinct)
  }

  /// Branches in order; those that cannot apply are dropped.
  package mutating func canonicalPiecewise(_ branches: [Handle]) -> Handle {
    var kept: [Handle] = []
    var place = 0
    while place + 1 < branches.count {
      let condition = branches[place]
      let value = branches[place + 1]
      place += 2
      if isFalsity(condition) { continue }
      if isTruth(condition) {
        kept.append(value)
        return kept.count == 1 ? value : writtenPiecewise(kept)
      }
      kept.append(condition)
      kept.append(value)
    }
    if place < branches.count { kept.append(branches[place]) }
    if kept.count == 1 { return kept[0] }
    if kept.isEmpty { return writtenPower(zero, minusOne) }
    if kept.count % 2 == 1, let value = kept.last,
      stride(from: 1, to: kept.count, by: 2).allSatisfy({ kept[$0] == value })
    {
      return value
    }
    return writtenPiecewise(kept)
  }
}
