import NablaExpressions
import NablaNumbers

/// Sums of terms in matrix notation.
extension ExpressionPool {
  /// The sum of some terms as one, with common factors taken out: AᵀB − AᵀC = Aᵀ(B − C).
  ///
  /// Terms keep their order; a group stands where its first term stood.
  mutating func joined(_ terms: [LiftedTerm]) -> LiftedTerm {
    let terms = collected(terms)
    if terms.count == 1 { return terms[0] }
    var (common, rest) = withoutCommonScalars(terms)
    while rest.count > 1, let group = bestGroup(in: rest) {
      let merged = merged(group, of: rest)
      rest[group.members[0]] = merged
      for place in group.members.dropFirst().reversed() { rest.remove(at: place) }
    }
    if rest.count == 1 { return multiply(common, rest[0]) }
    let sum = sum(of: rest)
    if let shorter = withCommonEntries(rest, shorterThan: symbolCount(abbreviated(sum))) {
      return multiply(common, shorter)
    }
    if sum.shape.isScalar {
      common.above.append(sum)
      return common
    }
    common.chain = [sum]
    return common
  }

  /// Like terms as one, where the first stood; what adds up to zero is left out as long as
  /// something else is left.
  private mutating func collected(_ terms: [LiftedTerm]) -> [LiftedTerm] {
    var found: [LiftedTerm] = []
    for term in terms {
      if let place = found.firstIndex(where: { $0.isLike(term) }) {
        found[place].scalar = canonicalSum([found[place].scalar, term.scalar])
      } else {
        found.append(term)
      }
    }
    let rest = found.filter { $0.scalar != zero }
    return rest.isEmpty ? [found[0]] : rest
  }

  /// A factor that all terms share entry by entry taken out: A ⊙ B − diag(u)A as A ⊙ (B − u1ᵀ).
  private mutating func withCommonEntries(
    _ terms: [LiftedTerm], shorterThan limit: Int
  ) -> LiftedTerm? {
    guard terms[0].chain.count == 1, terms.count <= 8 else { return nil }
    if case .transpose(let upright) = terms[0].chain[0].kind {
      guard case .hadamard = upright.kind else { return nil }
      let turned = terms.map { term in
        var term = term
        term.chain = transpose(chain: term.chain)
        return term
      }
      guard var result = withCommonEntries(turned, shorterThan: limit) else { return nil }
      result.chain = transpose(chain: result.chain)
      return result
    }
    for factor in terms[0].chain[0].hadamardFactors where factor.shape.isMatrix {
      var inner: [LiftedTerm] = []
      for term in terms {
        guard let chain = removing(factor, from: term.chain) else { break }
        var rest = term
        rest.chain = chain
        inner.append(rest)
      }
      if inner.count < terms.count { continue }
      var result = joined(inner)
      result.chain = [entrywise([factor, MatrixForm.chain(result.chain)])]
      if symbolCount(abbreviated(form(of: result))) < limit { return result }
    }
    return nil
  }

  /// What a product is multiplied with entry by entry to give A ⊙ B, diag(u)A or A·diag(u).
  private func removing(_ factor: MatrixForm, from chain: [MatrixForm]) -> [MatrixForm]? {
    if chain.count == 1 {
      var factors = chain[0].hadamardFactors
      guard factors.count > 1, let place = factors.firstIndex(of: factor) else { return nil }
      factors.remove(at: place)
      return [MatrixForm.hadamard(factors)]
    }
    guard chain.count == 2, let rows = factor.shape.rows, let columns = factor.shape.columns else {
      return nil
    }
    if chain[1] == factor, case .diagonal(let scales) = chain[0].kind, scales.shape.isColumn {
      return scales.chain + [MatrixForm.ones(columns).transposed]
    }
    if chain[0] == factor, case .diagonal(let scales) = chain[1].kind, scales.shape.isColumn {
      return [MatrixForm.ones(rows)] + transpose(chain: scales.chain)
    }
    return nil
  }

  /// Some terms that begin and end alike.
  struct TermGroup {
    var members: [Int]
    var prefix: Int
    var suffix: Int
  }

  /// The terms that share the most to write at their beginnings and ends.
  private func bestGroup(in terms: [LiftedTerm]) -> TermGroup? {
    var best: (group: TermGroup, gain: Int)?
    for left in terms.indices where !terms[left].chain.isEmpty {
      for right in (left + 1)..<max(left + 1, terms.count) {
        guard let shared = sharedEnds(terms[left], terms[right]) else { continue }
        let kept = terms[left].chain
        let ends = kept.prefix(shared.prefix) + kept.suffix(shared.suffix)
        let gain = ends.reduce(0) { $0 + symbolCount($1) }
        if let best, best.gain >= gain { continue }
        best = (
          TermGroup(members: [left, right], prefix: shared.prefix, suffix: shared.suffix), gain
        )
      }
    }
    guard var group = best?.group else { return nil }
    let model = terms[group.members[0]]
    for place in terms.indices where !group.members.contains(place) {
      let chain = terms[place].chain
      let isLonger = chain.count > group.prefix + group.suffix
      let isEqual = chain == model.chain
      guard isLonger || isEqual, isLonger == (model.chain.count > group.prefix + group.suffix),
        chain.prefix(group.prefix) == model.chain.prefix(group.prefix),
        chain.suffix(group.suffix) == model.chain.suffix(group.suffix)
      else { continue }
      group.members.append(place)
    }
    group.members.sort()
    return group
  }

  /// How many factors two chains share at the left and at the right; nil for none, or if taking
  /// them out would leave nothing of one of them.
  private func sharedEnds(
    _ left: LiftedTerm, _ right: LiftedTerm
  ) -> (prefix: Int, suffix: Int)? {
    let one = left.chain
    let other = right.chain
    if one == other {
      // Like terms: their scalars are added.
      return one.isEmpty ? nil : (one.count, 0)
    }
    let limit = min(one.count, other.count) - 1
    if limit < 1 { return nil }
    var prefix = 0
    while prefix < limit, one[prefix] == other[prefix] { prefix += 1 }
    var suffix = 0
    while prefix + suffix < limit, one[one.count - 1 - suffix] == other[other.count - 1 - suffix] {
      suffix += 1
    }
    return prefix + suffix == 0 ? nil : (prefix, suffix)
  }

  private mutating func merged(_ group: TermGroup, of terms: [LiftedTerm]) -> LiftedTerm {
    let chain = terms[group.members[0]].chain
    var inner: [LiftedTerm] = []
    for member in group.members {
      var term = terms[member]
      term.chain = Array(term.chain.dropFirst(group.prefix).dropLast(group.suffix))
      inner.append(term)
    }
    var result = joined(inner)
    result.chain = chain.prefix(group.prefix) + result.chain + chain.suffix(group.suffix)
    return result
  }

  /// The sum itself; where more of its terms are transposed than not, as a transpose.
  private mutating func sum(of terms: [LiftedTerm]) -> MatrixForm {
    let shape = terms.first { !$0.chain.isEmpty }?.shape ?? .scalar
    var positive: [MatrixForm] = []
    var negative: [MatrixForm] = []
    for term in terms {
      let part = signed(term)
      if part.isNegative {
        negative.append(MatrixForm(.negation(part.form), part.form.shape))
      } else {
        positive.append(part.form)
      }
    }
    return upright(MatrixForm(.sum(positive + negative), shape))
  }

  /// Scalar factors that all terms share, and the terms without them.
  private mutating func withoutCommonScalars(
    _ terms: [LiftedTerm]
  ) -> (common: LiftedTerm, rest: [LiftedTerm]) {
    var rest = terms
    var common = LiftedTerm(scalar: commonFactor(terms.map { $0.scalar }))
    let inverse = canonicalPower(common.scalar, minusOne)
    for place in rest.indices {
      rest[place].scalar = canonicalProduct([rest[place].scalar, inverse])
    }
    common.above = commonForms(terms.map { $0.above })
    common.below = commonForms(terms.map { $0.below })
    for form in common.above {
      for place in rest.indices {
        if let found = rest[place].above.firstIndex(of: form) {
          rest[place].above.remove(at: found)
        }
      }
    }
    for form in common.below {
      for place in rest.indices {
        if let found = rest[place].below.firstIndex(of: form) {
          rest[place].below.remove(at: found)
        }
      }
    }
    return (common, rest)
  }

  private func commonForms(_ lists: [[MatrixForm]]) -> [MatrixForm] {
    var common: [MatrixForm] = []
    var remaining = lists
    for form in lists[0] {
      guard remaining.allSatisfy({ $0.contains(form) }) else { continue }
      common.append(form)
      for place in remaining.indices {
        if let found = remaining[place].firstIndex(of: form) {
          remaining[place].remove(at: found)
        }
      }
    }
    return common
  }

  /// The number and the powers that divide every one of some scalars.
  private mutating func commonFactor(_ scalars: [Handle]) -> Handle {
    var content: Rational?
    var shared: [Factor] = []
    var negatives = 0
    for (place, scalar) in scalars.enumerated() {
      var split = splitCoefficient(scalar)
      if case .sum = self[split.factor] {
        let content = primitivePart(split.factor)
        split = Term(
          coefficient: split.coefficient * content.coefficient, factor: content.factor)
      }
      if split.coefficient.signum < 0 { negatives += 1 }
      let own = split.coefficient.absoluteValue
      content = content.map { commonContent($0, own) } ?? own
      let factors = factorHandles(split.factor).filter { $0 != one }.map { splitPower($0) }
      shared = place == 0 ? factors : lesser(shared, factors)
    }
    var factors = [number(content ?? 1)]
    if negatives == scalars.count { factors.append(minusOne) }
    for factor in shared { factors.append(canonicalPower(factor.base, factor.exponent)) }
    return canonicalProduct(factors)
  }

  /// The greatest common divisor of two numbers with one denominator, else 1.
  private func commonContent(_ left: Rational, _ right: Rational) -> Rational {
    if left == right { return left }
    guard left.denominator == right.denominator else { return 1 }
    let divisor = Integer.greatestCommonDivisor(left.numerator, right.numerator)
    return Rational(divisor, over: left.denominator) ?? 1
  }

  private func lesser(_ left: [Factor], _ right: [Factor]) -> [Factor] {
    left.compactMap { factor in
      guard let other = right.first(where: { $0.base == factor.base }) else { return nil }
      if other.exponent == factor.exponent { return factor }
      guard let own = rational(factor.exponent), let their = rational(other.exponent),
        own.signum == their.signum
      else { return nil }
      return own.absoluteValue < their.absoluteValue ? factor : other
    }
  }
}
