import NablaExpressions
import NablaNotation
import NablaRendering
import NablaVerification

extension Judge {
  /// Judges `left ≤ right` and its kin, as a statement about a value that is 1 or 0.
  mutating func judgeInequality(
    _ open: OpenLine, _ right: Syntax, _ member: RelationChain.Member, _ link: RelationChain.Link,
    _ range: SourceRange, in pool: inout ExpressionPool
  ) {
    guard let operation = link.relation.comparison else { return }
    let isFirst = open.head.range == open.last.range
    var claim = MarkedClaim(
      range, left: nil, link.relation, right: nil, goesOn: !isFirst, verdict: .undecided)
    let own = SourceRange(open.last.range.lower, member.range.upper)
    if isNumeric(open.last, right) || link.relation == .notEqual {
      judgeNumericInequality(&claim, open.last, operation, right, in: &pool)
      line?.last = right
      line?.lastMember = member
      append(claim)
      return
    }
    let condition = Syntax(.indicator(Syntax(.comparison(open.last, operation, right), own)), own)
    let attempted = attemptInScopes(
      condition, Syntax(.number("1"), own), when: open.conditions, &pool)
    let found = narrowed(attempted, in: &pool)
    claim.left = formula(open.last, nil, in: &pool)
    claim.right = formula(right, nil, in: &pool)
    switch found.outcome {
    case .unread(let diagnostic):
      settleUnread(&claim, found, diagnostic, in: &pool)
      if claim.verdict == .refuted {
        // Between arrays an inequality is meant for their entries.
        claim.verdict = .undecided
        claim.mistake = nil
      }
    case .judged(.proved(let notes)):
      claim.verdict = .proved
      claim.uses = notes.uses.map { formula($0, in: &pool) }
    case .judged(.conditional(let condition, let counterexample)):
      claim.verdict = .conditional
      claim.condition = formula(condition, in: &pool)
      claim.counterexample = self.counterexample(counterexample, in: &pool)
    case .judged(.refuted(let counterexample)):
      if impliesNext || followsImplication {
        settleImplied(&claim, condition, in: &pool)
        break
      }
      if counterexample.integers.contains(where: {
        pool.kind(of: $0.symbol) == .dimension && $0.value == 1
      }) {
        // With a single entry many a strict inequality becomes an equation; that is not meant.
        claim.because = [.text("it fails for size 1; for greater sizes it is open")]
        break
      }
      claim.verdict = .refuted
      claim.counterexample = self.counterexample(counterexample, in: &pool)
      claim.because = [.text("does not hold everywhere")]
    case .judged(.exhausted): claim.verdict = .exhausted
    case .judged(.undecided) where impliesNext || followsImplication:
      settleImplied(&claim, condition, in: &pool)
    case .judged(.undecided): claim.because = [.text("neither proved nor refuted")]
    }
    premise = impliesNext && claim.verdict != .proved ? condition : nil
    line?.last = right
    line?.lastMember = member
    append(claim)
  }

  /// Judges an inequality before ⇔ or ⇒ as a condition, and one behind it under that condition.
  private mutating func settleImplied(
    _ claim: inout MarkedClaim, _ condition: Syntax, in pool: inout ExpressionPool
  ) {
    guard followsImplication, let premise, case .indicator(let given) = premise.kind else {
      claim.verdict = impliesNext ? .unrelated : .undecided
      claim.because = [
        .text(impliesNext ? "a condition, not a claim" : "neither proved nor refuted")
      ]
      return
    }
    let one = Syntax(.number("1"), condition.range)
    let found = attemptInScopes(condition, one, when: (line?.conditions ?? []) + [given], &pool)
    if found.isProved {
      claim.verdict = .proved
      claim.because = [.text("where what stands before holds")]
    } else {
      claim.verdict = .undecided
      claim.because = [.text("whether it follows from what stands before is open")]
    }
  }

  /// Judges an inequality at the given values; one that is not about numbers states a condition.
  private mutating func judgeNumericInequality(
    _ claim: inout MarkedClaim, _ left: Syntax, _ operation: ComparisonOperator, _ right: Syntax,
    in pool: inout ExpressionPool
  ) {
    claim.left = formula(left, nil, in: &pool)
    claim.right = formula(right, nil, in: &pool)
    let own = left.range.union(right.range)
    let indicator = Syntax(.indicator(Syntax(.comparison(left, operation, right), own)), own)
    let one = Syntax(.number("1"), own)
    let generic = attemptInScopes(indicator, one, when: line?.conditions ?? [], &pool)
    if generic.isProved {
      claim.verdict = .proved
    } else if case .holds? = numeric(indicator, one, in: &pool) {
      claim.verdict = .proved
      claim.because = [.text("at the given values")]
    } else if case .fails? = numeric(indicator, one, in: &pool), left.isClosed || right.isClosed,
      operation != .notEqual
    {
      claim.verdict = .refuted
      claim.because = [.text("it does not hold at the given values")]
    } else {
      claim.verdict = .unrelated
      claim.because = [.text("a condition, not a claim")]
    }
  }

  /// Judges `left ∝ right`: the quotient does not change with what the problem differentiates by.
  mutating func judgeProportion(
    _ open: OpenLine, _ right: Syntax, _ member: RelationChain.Member, _ link: RelationChain.Link,
    _ range: SourceRange, in pool: inout ExpressionPool
  ) {
    let isFirst = open.head.range == open.last.range
    var claim = MarkedClaim(
      range, left: nil, link.relation, right: nil, goesOn: !isFirst, verdict: .undecided)
    claim.left = formula(open.last, nil, in: &pool)
    claim.right = formula(right, nil, in: &pool)
    let own = SourceRange(open.last.range.lower, member.range.upper)
    let quotient = Syntax(
      .product([
        FactorSyntax(operation: .times, factor: open.last),
        FactorSyntax(operation: .over, factor: right),
      ]), own)
    var verdicts: [ClaimVerdict] = []
    for variable in variables(of: [open.last, right], in: pool) {
      let slope = Syntax(
        .derivative(
          DerivativeSyntax(
            subject: quotient,
            variables: [DerivativeSyntax.Variable(variable: variable, order: 1)], spelling: .call)),
        own)
      let found = attemptInScopes(
        slope, Syntax(.number("0"), own), when: open.conditions, &pool)
      switch found.outcome {
      case .judged(.proved): verdicts.append(.proved)
      case .judged(.refuted): verdicts.append(.refuted)
      default: verdicts.append(.undecided)
      }
    }
    var differs: ExactCounterexample?
    if !verdicts.contains(.proved) {
      switch isSameForEveryIndex(quotient, [open.last, right], in: &pool) {
      case .proved: verdicts = [.proved]
      case .refuted(let counterexample): differs = counterexample
      default: break
      }
    }
    // Which names count as constants is not said, so one variable without influence is enough.
    if verdicts.contains(.proved) {
      claim.verdict = .proved
      claim.because = [.text("the quotient does not depend on the variable")]
    } else if !verdicts.isEmpty, verdicts.allSatisfy({ $0 == .refuted }) {
      claim.verdict = .refuted
      claim.because = [.text("the quotient depends on every name in it")]
    } else if let differs, verdicts.allSatisfy({ $0 == .refuted }) {
      claim.verdict = .refuted
      claim.counterexample = counterexample(differs, in: &pool)
      claim.because = [.text("the quotient is not the same for every index")]
    } else {
      claim.because = [.text("it is not said what may vary")]
    }
    line?.last = right
    line?.lastMember = member
    append(claim)
  }

  /// Whether a quotient of entries does not change with an index that both sides have:
  /// `p_j ∝ e^{z_j}`; refuted if it changes with each of them, undecided if there is none.
  private mutating func isSameForEveryIndex(
    _ quotient: Syntax, _ sides: [Syntax], in pool: inout ExpressionPool
  ) -> ProofVerdict {
    let common = sides.map { Set($0.freeLetters) }.reduce(Set(quotient.freeLetters)) {
      $0.intersection($1)
    }
    let taken = Set(quotient.names.map { $0.text }).union(quotient.freeLetters)
    var failures: [ExactCounterexample] = []
    for letter in common.sorted() {
      guard
        let other = ["k", "l", "m", "n", "i", "j"].first(where: { candidate in
          guard !taken.contains(candidate) else { return false }
          return scope.names[candidate].map { pool.kind(of: $0) == .index } ?? true
        })
      else { continue }
      let moved = quotient.renaming([letter: other])
      switch attemptInScopes(quotient, moved, when: line?.conditions ?? [], &pool).outcome {
      case .judged(.proved(let notes)): return .proved(notes)
      case .judged(.refuted(let counterexample)): failures.append(counterexample)
      default: break
      }
    }
    if let first = failures.first, failures.count == common.count { return .refuted(first) }
    return .undecided(.nowhereBothDefined)
  }

  /// The declared names and entries that occur on both sides.
  private func variables(
    of sides: [Syntax], in pool: borrowing ExpressionPool
  ) -> [Syntax] {
    var lists: [[Syntax]] = []
    for side in sides {
      var found: [Syntax] = []
      side.collectQuantities(0) { quantity in
        guard let name = quantity.definedName?.text, let symbol = scope.names[name],
          [.scalar, .array].contains(pool.kind(of: symbol)),
          !found.contains(where: { $0.isWritten(like: quantity) })
        else { return }
        found.append(quantity)
      }
      lists.append(found)
    }
    guard lists.count == 2 else { return lists.first ?? [] }
    return lists[0].filter { one in lists[1].contains { $0.isWritten(like: one) } }
  }
}

extension Syntax {
  fileprivate func collectQuantities(_ depth: Int, _ visit: (Syntax) -> Void) {
    if depth > Syntax.deepestNesting { return }
    if isNameOrEntry {
      visit(self)
      return
    }
    forEachPart { $0.collectQuantities(depth + 1, visit) }
  }
}
