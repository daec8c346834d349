import NablaExpressions
import NablaNotation
import NablaRendering
import NablaVerification

/// `argmax_i z_i` by its parts; what is least is greatest with the other sign.
private struct Choice {
  var chosen: String
  var body: Syntax

  init?(_ syntax: Syntax) {
    guard case .call(let call) = syntax.kind, call.isChoice, call.arguments.count == 2,
      case .name(let chosen) = call.arguments[0].kind
    else { return nil }
    self.chosen = chosen
    body = call.arguments[1]
    if call.function.text == "argmin" { body = Syntax(.negation(body), body.range) }
  }
}

extension Judge {
  /// Judges `argmax_i f = argmax_i g`; false if neither side says where something is greatest.
  ///
  /// It holds if an increasing function leads from one to the other, up to a part that does not
  /// change with what is chosen. It fails if two places are in another order where there are just
  /// two; what neither shows stays open.
  mutating func judgeChoice(
    _ open: OpenLine, _ right: Syntax, _ member: RelationChain.Member, _ link: RelationChain.Link,
    _ range: SourceRange, in pool: inout ExpressionPool
  ) -> Bool {
    guard open.last.holdsChoice || right.holdsChoice else { return false }
    var claim = MarkedClaim(
      range, left: nil, link.relation, right: nil,
      goesOn: open.head.range != open.last.range, verdict: .undecided)
    claim.left = formula(open.last, nil, in: &pool)
    claim.right = formula(right, nil, in: &pool)
    claim.because = [.text("whether it is at the same place is open")]
    if let one = Choice(open.last), let other = Choice(right), !isLiteral {
      compare(one, other, &claim, in: &pool)
    } else if let name = open.last.definedName?.text, scope.names[name] == nil {
      claim.verdict = .unrelated
      claim.because = [.text("a name of the author's own")]
    }
    line?.last = right
    line?.lastMember = member
    append(claim)
    return true
  }

  /// Leaves `dC = 2eᵀ de` open where the problem has an index d, which no factor is; false if there
  /// are no differentials on both sides.
  mutating func passDifferentials(
    _ open: OpenLine, _ right: Syntax, _ member: RelationChain.Member, _ link: RelationChain.Link,
    _ range: SourceRange, in pool: inout ExpressionPool
  ) -> Bool {
    guard let letter = scope.names["d"], pool.kind(of: letter) == .index,
      open.last.holdsDifferential, right.holdsDifferential
    else { return false }
    var claim = MarkedClaim(
      range, left: nil, link.relation, right: nil,
      goesOn: open.head.range != open.last.range, verdict: .undecided)
    claim.left = formula(open.last, nil, in: &pool)
    claim.right = formula(right, nil, in: &pool)
    claim.because = [.text("differentials are not worked out")]
    line?.last = right
    line?.lastMember = member
    append(claim)
    return true
  }

  private mutating func compare(
    _ one: Choice, _ other: Choice, _ claim: inout MarkedClaim, in pool: inout ExpressionPool
  ) {
    let left = one.body
    let right =
      one.chosen == other.chosen ? other.body : other.body.renaming([other.chosen: one.chosen])
    guard unknownNames([left, right]).isEmpty else { return }
    let isQuantity =
      scope.names[one.chosen].map { [.scalar, .array].contains(pool.kind(of: $0)) } ?? false
    let pairs = logarithms(of: left, in: &pool).flatMap { first in
      [(first, right)]
    }
    if isQuantity {
      for (first, second) in pairs + [(left, logarithm(of: right))]
      where haveSameSlope(first, second, by: one.chosen, in: &pool) {
        claim.verdict = .proved
        claim.because = Self.reasonOfChoice
        return
      }
      return
    }
    var others: [String] = []
    for letter in ["k", "l", "m", "n", "i", "j", "r", "s"] where others.count < 3 {
      if isFree(letter, beside: one.chosen, in: [left, right], pool) { others.append(letter) }
    }
    guard others.count == 3 else { return }
    var second = [right]
    if isPositive(right, in: &pool) { second.append(logarithm(of: right)) }
    for first in logarithms(of: left, in: &pool) {
      for own in second
      where areInOneOrder(first, own, one.chosen, others, in: &pool) {
        claim.verdict = .proved
        claim.because = Self.reasonOfChoice
        return
      }
    }
    let product = gap(left, one.chosen, others[0]).times(gap(right, one.chosen, others[0]))
    guard let counterexample = disorderOfTwo(product, one.chosen, in: &pool) else { return }
    claim.verdict = .refuted
    claim.counterexample = self.counterexample(counterexample, in: &pool)
    claim.because = [.text("of two places the other one is chosen")]
  }

  private static var reasonOfChoice: [Inline] {
    [.text("one grows with the other, apart from what does not change with what is chosen")]
  }

  private func logarithm(of syntax: Syntax) -> Syntax {
    Syntax(
      .call(
        CallSyntax(function: NameSyntax("log", syntax.range), primes: 0, arguments: [syntax])),
      syntax.range)
  }

  /// An expression, and its logarithm where it is positive.
  private mutating func logarithms(
    of syntax: Syntax, in pool: inout ExpressionPool
  ) -> [Syntax] {
    isPositive(syntax, in: &pool) ? [syntax, logarithm(of: syntax)] : [syntax]
  }

  private mutating func isPositive(_ syntax: Syntax, in pool: inout ExpressionPool) -> Bool {
    let zero = Syntax(.number("0"), syntax.range)
    let condition = Syntax(
      .indicator(Syntax(.comparison(syntax, .greater, zero), syntax.range)), syntax.range)
    return attemptInScopes(
      condition, Syntax(.number("1"), syntax.range), when: line?.conditions ?? [], &pool
    ).isProved
  }

  /// What one place has more than another.
  private func gap(_ body: Syntax, _ chosen: String, _ other: String) -> Syntax {
    body.minus(body.renaming([chosen: other]))
  }

  private mutating func order(_ product: Syntax, in pool: inout ExpressionPool) -> Attempt {
    let zero = Syntax(.number("0"), product.range)
    let condition = Syntax(
      .indicator(Syntax(.comparison(product, .greaterOrEqual, zero), product.range)),
      product.range)
    return attemptInScopes(
      condition, Syntax(.number("1"), product.range), when: line?.conditions ?? [], &pool)
  }

  /// A point at which of just two places the greater one by one measure is the less by the other.
  private mutating func disorderOfTwo(
    _ product: Syntax, _ chosen: String, in pool: inout ExpressionPool
  ) -> ExactCounterexample? {
    guard let letter = scope.names[chosen],
      let range = pool.declaration(of: letter).ranges.first, range.lower == pool.one,
      case .symbol(let size) = pool[range.upper], pool.kind(of: size) == .dimension,
      refined.values[size] == nil
    else { return nil }
    let before = (scope, refined)
    defer { (scope, refined) = before }
    scope.values[size] = ValueAssignment(pool.integer(2))
    refined.values[size] = ValueAssignment(pool.integer(2))
    guard case .judged(.refuted(let counterexample)) = order(product, in: &pool).outcome else {
      return nil
    }
    return counterexample
  }

  private mutating func areInOneOrder(
    _ one: Syntax, _ other: Syntax, _ chosen: String, _ letters: [String],
    in pool: inout ExpressionPool
  ) -> Bool {
    let conditions = line?.conditions ?? []
    let (first, second) = (gap(one, chosen, letters[0]), gap(other, chosen, letters[0]))
    if attemptInScopes(first, second, when: conditions, &pool).isProved { return true }
    // The same multiple everywhere, and not a negative one.
    let renames = [chosen: letters[1], letters[0]: letters[2]]
    let crossed = (
      first.times(second.renaming(renames)), first.renaming(renames).times(second)
    )
    guard attemptInScopes(crossed.0, crossed.1, when: conditions, &pool).isProved else {
      return false
    }
    return order(first.times(second), in: &pool).isProved
  }

  private mutating func haveSameSlope(
    _ one: Syntax, _ other: Syntax, by name: String, in pool: inout ExpressionPool
  ) -> Bool {
    let slopes = [one, other].map { body in
      Syntax(
        .derivative(
          DerivativeSyntax(
            subject: body,
            variables: [
              DerivativeSyntax.Variable(variable: Syntax(.name(name), body.range), order: 1)
            ], spelling: .call)), body.range)
    }
    return attemptInScopes(slopes[0], slopes[1], when: line?.conditions ?? [], &pool).isProved
  }

  /// Whether a letter may stand for another place.
  private func isFree(
    _ letter: String, beside chosen: String, in sides: [Syntax], _ pool: borrowing ExpressionPool
  ) -> Bool {
    if letter == chosen { return false }
    for side in sides
    where side.freeLetters.contains(letter) || side.names.contains(where: { $0.text == letter }) {
      return false
    }
    guard let symbol = scope.names[letter] else { return true }
    guard pool.kind(of: symbol) == .index else { return false }
    guard let own = scope.names[chosen] else { return true }
    return pool.declaration(of: own).ranges == pool.declaration(of: symbol).ranges
  }
}

extension CallSyntax {
  fileprivate var isChoice: Bool { function.text == "argmax" || function.text == "argmin" }
}

extension Syntax {
  /// Whether a factor d stands before a name.
  fileprivate var holdsDifferential: Bool {
    if case .product(let factors) = kind {
      for (factor, next) in zip(factors, factors.dropFirst()) {
        if case .name("d") = factor.factor.kind, next.operation == .times, next.factor.isNameOrEntry
        {
          return true
        }
      }
    }
    var found = false
    forEachPart { if !found { found = $0.holdsDifferential } }
    return found
  }

  /// Whether it says somewhere where something is greatest or least.
  fileprivate var holdsChoice: Bool {
    if case .call(let call) = kind, call.isChoice { return true }
    var found = false
    forEachPart { if !found { found = $0.holdsChoice } }
    return found
  }

  fileprivate func times(_ other: Syntax) -> Syntax {
    Syntax(
      .product([
        FactorSyntax(operation: .times, factor: self),
        FactorSyntax(operation: .times, factor: other),
      ]), range.union(other.range))
  }
}
