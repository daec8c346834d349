import NablaExpressions

/// A signed product of deltas.
struct DeltaTerm {
  let deltas: [Handle]
  let isNegative: Bool
}

extension ExpressionPool {
  /// ∂a[k…]/∂a[i…] as terms: a product of deltas, all of them known to be possible.
  ///
  /// The entries of a symmetric matrix on either side of the diagonal are one unknown:
  /// δ(k,i)·δ(l,j) + δ(k,j)·δ(l,i) − δ(i,j)·δ(k,i)·δ(l,j).
  mutating func deltaTerms(
    _ array: SymbolID, at own: [Handle], by variable: [Handle]
  ) -> [DeltaTerm] {
    guard own.count == variable.count else { return [] }
    var terms: [DeltaTerm] = []
    let straight = deltas(own, variable)
    if let straight { terms.append(DeltaTerm(deltas: straight, isNegative: false)) }
    // With a diagonal entry on either side the three terms are one.
    guard own.count == 2, isSymmetric(array), own != variable, own[0] != own[1],
      variable[0] != variable[1]
    else { return terms }
    if let crossed = deltas(own, [variable[1], variable[0]]) {
      terms.append(DeltaTerm(deltas: crossed, isNegative: false))
    }
    if let straight {
      let diagonal = canonicalDelta(variable[0], variable[1])
      if diagonal != zero {
        terms.append(DeltaTerm(deltas: [diagonal] + straight, isNegative: true))
      }
    }
    return terms
  }

  /// ∂a[k…]/∂a[i…] in built form.
  mutating func componentSlope(
    _ array: SymbolID, at own: [Handle], by variable: [Handle]
  ) -> Handle {
    var terms: [Handle] = []
    for term in deltaTerms(array, at: own, by: variable) {
      let product = multiply(term.deltas)
      terms.append(term.isNegative ? negate(product) : product)
    }
    return add(terms)
  }

  private mutating func deltas(_ left: [Handle], _ right: [Handle]) -> [Handle]? {
    var deltas: [Handle] = []
    for (own, other) in zip(left, right) {
      let delta = canonicalDelta(own, other)
      if delta == zero { return nil }
      deltas.append(delta)
    }
    return deltas
  }
}
