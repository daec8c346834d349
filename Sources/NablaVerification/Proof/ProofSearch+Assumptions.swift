import NablaExpressions
import NablaNumbers

extension ProofSearch {
  /// Makes the assumptions hold exactly at a point; false if they do not.
  func meetsAssumptions(
    _ evaluator: inout PointEvaluator, _ pool: inout ExpressionPool
  ) -> Bool {
    if context.assumptions.isEmpty { return true }
    var pinned: Set<Slot> = []
    for _ in 0..<3 {
      var isMet = true
      for assumption in context.assumptions {
        guard let cases = instances(of: assumption, &evaluator, &pool) else { return false }
        for relation in cases {
          switch state(of: relation, &evaluator, &pool) {
          case true?: continue
          case nil: return false
          case false?:
            isMet = false
            guard solve(relation, &pinned, &evaluator, &pool) else { return false }
          }
        }
      }
      if isMet { return true }
    }
    return false
  }

  /// Whether the conditions on free indices hold at a point.
  func meetsConditions(
    _ evaluator: inout PointEvaluator, _ pool: inout ExpressionPool
  ) -> Bool {
    for condition in context.conditions
    where state(of: condition, &evaluator, &pool) != true {
      return false
    }
    return true
  }

  /// The relation for each value of its free indices.
  private func instances(
    of relation: Handle, _ evaluator: inout PointEvaluator, _ pool: inout ExpressionPool
  ) -> [Handle]? {
    var cases = [relation]
    for index in pool.freeIndices(of: [relation]) {
      guard let range = pool.firstRange(of: index),
        let (lower, upper) = try? evaluator.bounds(range, &pool)
      else { return nil }
      if upper < lower { return [] }
      guard upper - lower < 50, cases.count * (upper - lower + 1) <= 400 else { return nil }
      var next: [Handle] = []
      for own in cases {
        for value in lower...upper {
          next.append(pool.substitute(Substitution(index, pool.integer(value)), in: own))
        }
      }
      cases = next
    }
    return cases
  }

  private func state(
    of relation: Handle, _ evaluator: inout PointEvaluator, _ pool: inout ExpressionPool
  ) -> Bool? {
    // An equation holds at its edge; the points looked for lie on it.
    let (isRegular, isInterior) = (evaluator.isRegular, evaluator.isInterior)
    do throws(PointFailure) {
      let holds = try evaluator.holds(relation, in: &pool)
      if case .relation(.equal, _) = pool[relation] {
        evaluator.isRegular = isRegular
        evaluator.isInterior = isInterior
      }
      return holds
    } catch { return nil }
  }

  /// Chooses a coordinate so that an equation holds in which it is affine.
  private func solve(
    _ relation: Handle, _ pinned: inout Set<Slot>, _ evaluator: inout PointEvaluator,
    _ pool: inout ExpressionPool
  ) -> Bool {
    guard case .relation(.equal, let list) = pool[relation], pool.count(list) == 2 else {
      return false
    }
    let (left, right) = (pool.operand(list, 0), pool.operand(list, 1))
    guard let before = gap(left, right, &evaluator, &pool) else { return false }
    for slot in evaluator.point.order where !pinned.contains(slot) {
      if evaluator.isSpent { return false }
      let domain = pool.declaration(of: slot.symbol).domain
      if domain.isOneHot || domain.isProbability { continue }
      guard let own = evaluator.point.values[slot] else { continue }
      evaluator.point.values[slot] = own + 1
      evaluator.forget()
      if let after = gap(left, right, &evaluator, &pool),
        let step = before.dividing(by: before - after)
      {
        let value = own + step
        evaluator.point.values[slot] = value
        evaluator.forget()
        if domain.allows(value), gap(left, right, &evaluator, &pool)?.isZero == true {
          pinned.insert(slot)
          return true
        }
      }
      evaluator.point.values[slot] = own
      evaluator.forget()
    }
    return false
  }

  private func gap(
    _ left: Handle, _ right: Handle, _ evaluator: inout PointEvaluator,
    _ pool: inout ExpressionPool
  ) -> Rational? {
    do throws(PointFailure) {
      let one = try evaluator.value(of: left, in: &pool)
      let other = try evaluator.value(of: right, in: &pool)
      guard case .exact(let a) = one, case .exact(let b) = other else { return nil }
      return a - b
    } catch { return nil }
  }
}

extension Domain {
  /// Whether a value lies in the domain.
  func allows(_ value: Rational) -> Bool {
    if let lower, value < lower.value || (value == lower.value && !lower.isIncluded) {
      return false
    }
    if let upper, value > upper.value || (value == upper.value && !upper.isIncluded) {
      return false
    }
    return true
  }
}
