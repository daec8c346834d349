import NablaExpressions
import NablaNumbers

extension Reducer {
  /// A condition as 1 where it holds and 0 elsewhere.
  mutating func condition(
    _ handle: Handle, _ pool: inout ExpressionPool
  ) throws(ReductionFailure) -> FactoredForm {
    switch pool[handle] {
    case .indicator(let inner): return try condition(inner, &pool)
    case .delta: return try indexCondition(handle, &pool)
    case .conjunction(let list):
      var result = FactoredForm.one
      for part in pool.operands(list) {
        result = try algebra.multiply(result, condition(part, &pool))
      }
      return result
    case .disjunction(let list):
      var none = FactoredForm.one
      for part in pool.operands(list) {
        none = try algebra.multiply(none, opposite(condition(part, &pool)))
      }
      return try opposite(none)
    case .complement(let inner): return try opposite(condition(inner, &pool))
    case .relation(let relation, let list):
      guard pool.count(list) == 2 else { throw .tooLarge }
      let (left, right) = (pool.operand(list, 0), pool.operand(list, 1))
      if pool.isWhole(left), pool.isWhole(right) { return try indexCondition(handle, &pool) }
      let gap = try atZeros(
        algebra.add([form(of: left, in: &pool), form(of: right, in: &pool).scaled(by: -1)]))
      if let value = gap.constant { return relation.holds(sign: value.signum) ? .one : .zero }
      if keepsConditions { return try kept(relation, gap, &pool) }
      let sign = try jumpingSign(gap)
      let square = algebra.isExact ? try algebra.power(sign, 2) : .one
      switch relation {
      case .equal: return try opposite(square)
      case .notEqual: return square
      case .greater: return try share(of: sign, positive: true)
      case .less: return try share(of: sign, positive: false)
      case .greaterOrEqual: return try opposite(share(of: sign, positive: false))
      case .lessOrEqual: return try opposite(share(of: sign, positive: true))
      }
    default: throw .tooLarge
    }
  }

  /// A relation of a form and 0 by the kernels 1[g > 0] and 1[g = 0] with g free of number factors.
  mutating func kept(
    _ relation: Relation, _ gap: FactoredForm, _ pool: inout ExpressionPool
  ) throws(ReductionFailure) -> FactoredForm {
    switch relation {
    case .less: return try kept(.greater, gap.scaled(by: -1), &pool)
    case .greaterOrEqual: return try opposite(kept(.greater, gap.scaled(by: -1), &pool))
    case .lessOrEqual: return try opposite(kept(.greater, gap, &pool))
    case .notEqual: return try opposite(kept(.equal, gap, &pool))
    case .equal, .greater: break
    }
    if isPositive(gap) { return relation == .greater ? .one : .zero }
    if isPositive(gap.scaled(by: -1)) { return .zero }
    var unit = gap
    unit.coefficient = relation == .equal ? 1 : Rational(gap.coefficient.signum)
    let value = pool.canonical(try expression(of: unit, &pool))
    return try indexCondition(pool.relation(relation, value, pool.zero), &pool)
  }

  /// 1 minus a form.
  private mutating func opposite(_ form: FactoredForm) throws(ReductionFailure) -> FactoredForm {
    try algebra.add([.one, form.scaled(by: -1)])
  }

  /// A condition that is not looked into, a kernel whose square it is.
  private mutating func indexCondition(
    _ handle: Handle, _ pool: inout ExpressionPool
  ) throws(ReductionFailure) -> FactoredForm {
    var canonical = pool.canonical(handle)
    switch pool[canonical] {
    case .relation: canonical = pool.canonicalIndicator(canonical)
    default: break
    }
    if pool.isTruth(canonical) { return .one }
    if pool.isFalsity(canonical) { return .zero }
    if let value = pool.rational(canonical) { return FactoredForm(value) }
    switch pool[canonical] {
    case .delta, .indicator: break
    default: throw .tooLarge
    }
    if !keptExclusions.contains(canonical), let (left, right) = pool.exclusion(canonical) {
      return try opposite(indexCondition(pool.canonicalDelta(left, right), &pool))
    }
    var kernel = Kernel(kind: .condition(canonical))
    kernel.indices = Set(pool.symbolsOccurring(in: [canonical]))
    kernel.isNonnegative = true
    kernel.lower = Bound(0, isIncluded: true)
    kernel.upper = Bound(1, isIncluded: true)
    kernel.relation = (2, KernelPolynomial(kernel: algebra.kernels.count))
    if let known = algebra.place(of: kernel.kind) { return algebra.form(kernel: known) }
    return algebra.form(kernel: algebra.insert(kernel))
  }

  mutating func piecewise(
    _ branches: [Handle], _ pool: inout ExpressionPool
  ) throws(ReductionFailure) -> FactoredForm {
    var isOpen = FactoredForm.one
    var terms: [FactoredForm] = []
    var place = 0
    while place < branches.count {
      // Where no branch applies there is no value, so that the last one may stand for the rest.
      let isLast = place + 2 >= branches.count
      let value = place + 1 < branches.count ? branches[place + 1] : branches[place]
      if isLast {
        if place + 1 < branches.count { _ = try condition(branches[place], &pool) }
        terms.append(try algebra.multiply(isOpen, form(of: value, in: &pool)))
        break
      }
      let holds = try condition(branches[place], &pool)
      terms.append(
        try algebra.multiply(algebra.multiply(isOpen, holds), form(of: value, in: &pool)))
      isOpen = try algebra.multiply(isOpen, opposite(holds))
      place += 2
    }
    return try algebra.add(terms)
  }
}
