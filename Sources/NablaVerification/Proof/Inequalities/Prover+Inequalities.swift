import NablaCalculus
import NablaExpressions

/// What was found out about an inequality.
package struct InequalityProof: Sendable {
  package var verdict: ProofVerdict
  /// The greater side minus the smaller one: as it stands, with its derivatives carried out, and
  /// as a sum that is plainly not negative; empty if the proof rests on something else.
  package var ground: [Handle] = []
}

extension Prover {
  /// Decides `left < right`, `left ≤ right` and their kin wherever both sides are defined.
  ///
  /// A counterexample is a point at which the relation is false. A proof rests on the signs of the
  /// parts, or on squares.
  package func decide(
    _ left: Handle, _ relation: Relation, _ right: Handle, in pool: inout ExpressionPool
  ) -> InequalityProof {
    let claim = pool.indicator(of: pool.relation(relation, left, right))
    let verdict = decide(claim, pool.one, in: &pool)
    switch verdict {
    case .proved, .undecided: break
    case .refuted, .conditional, .exhausted: return InequalityProof(verdict: verdict)
    }
    let (smaller, greater, isStrict): (Handle, Handle, Bool)
    switch relation {
    case .less: (smaller, greater, isStrict) = (left, right, true)
    case .lessOrEqual: (smaller, greater, isStrict) = (left, right, false)
    case .greater: (smaller, greater, isStrict) = (right, left, true)
    case .greaterOrEqual: (smaller, greater, isStrict) = (right, left, false)
    case .equal, .notEqual: return InequalityProof(verdict: verdict)
    }
    let difference = opened(pool.lightSum([greater, pool.lightNegation(smaller)]), &pool)
    let completion = SquareCompletion(isStrict: isStrict) { part, relation, pool in
      let known = pool.indicator(of: pool.relation(relation, part, pool.zero))
      if case .proved = self.decide(known, pool.one, in: &pool) { return true }
      return false
    }
    guard let squares = completion.squares(of: difference, in: &pool) else {
      return InequalityProof(verdict: verdict)
    }
    // The identity is not taken on trust.
    let identity = decide(
      pool.lightSum([greater, pool.lightNegation(smaller)]), squares, in: &pool)
    guard case .proved = identity else { return InequalityProof(verdict: verdict) }
    let start = pool.lightSum([greater, pool.lightNegation(smaller)])
    return InequalityProof(
      verdict: identity, ground: [start, pool.presentable(difference), squares])
  }

  /// An expression with its definitions opened and its derivatives carried out.
  private func opened(_ handle: Handle, _ pool: inout ExpressionPool) -> Handle {
    var differentiation = DifferentiationContext(definitions: context.definitions)
    differentiation.conventions = context.conventions
    let inner = pool.opened(handle, context.definitions)
    return pool.opened(pool.differentiated(inner, differentiation), context.definitions)
  }
}
