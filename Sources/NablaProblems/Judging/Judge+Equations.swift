import NablaExpressions
import NablaNotation
import NablaNumbers
import NablaRendering
import NablaVerification

extension Judge {
  /// Judges `… = right` at the end of an open line.
  mutating func judgeEquation(
    _ open: OpenLine, _ right: Syntax, _ member: RelationChain.Member, _ link: RelationChain.Link,
    _ range: SourceRange, in pool: inout ExpressionPool
  ) {
    let isFirst = open.head.range == open.last.range && !open.isBroken
    var (open, right, member) = (open, right, member)
    if isFirst, splitName(open.head, in: pool) {
      open.head = inProblemNames(open.head, in: pool)
      open.last = open.head
      right = inProblemNames(right, in: pool)
      rename(&member, in: pool)
      line?.head = open.head
      line?.last = open.head
    }
    if isFirst {
      if let plain = withoutArguments(open.head, right, in: &pool) {
        open.head = plain
        open.last = plain
        line = open
      }
      if let loss = lossUnderOtherName(open.head, right, in: &pool) {
        open.head = loss
        open.last = loss
        line = open
      }
      if isUpdate(open.head, right) {
        line = nil
        return
      }
      if takeLetter(open.head, right, link, range, in: &pool) { return }
      if takeLetterOfSize(open.head, right, link, range, in: &pool) { return }
      if redefine(open.head, right, link, range, in: &pool) { return }
      if takeNewValue(open.head, right, range, in: &pool) { return }
      if judgeSolution(open, right, link, range, in: &pool) { return }
      if introduce(open.head, right, link, range, in: &pool) { return }
      if introduceRoot(open.head, right, link, range, in: &pool) { return }
      if introduceFunction(open.head, right, range, in: &pool) { return }
      if introduceSoftmax(open.head, right, range, in: &pool) { return }
      if introduceOwnFunction(open, right, range, in: &pool) { return }
      if setValue(open.head, right, range, in: &pool) { return }
      if setSize(open.head, right, range, in: &pool) { return }
    }
    var found = bestAttempt(open, right, member, isFirst: isFirst, in: &pool)
    if case .unread = found.outcome, !isLiteral {
      let unknown = unknownNames([found.left, found.right])
      var isFound = false
      if let own = meanings(of: unknown, found, in: &pool) {
        for (name, meaning) in own { meanings[name] = meaning }
        isFound = true
      } else if let (name, meant) = match(unknown, found, in: &pool) {
        adopt(name, meant, .claims, in: &pool)
        isFound = true
      }
      if isFound {
        open.head = inProblemNames(open.head, in: pool)
        open.last = inProblemNames(open.last, in: pool)
        right = inProblemNames(right, in: pool)
        rename(&open.lastMember, in: pool)
        rename(&member, in: pool)
        found = bestAttempt(open, right, member, isFirst: isFirst, in: &pool)
      }
    }
    if let direct = withDirectDerivative(found, in: &pool) { found = direct }
    var claim = MarkedClaim(
      range, left: nil, link.relation, right: nil, goesOn: !isFirst, verdict: .undecided)
    claim.left = formula(found.left, found.forms?.left, in: &pool)
    let isRead = found.reading != .layout && found.reading != .summation
    claim.right = formula(
      isRead ? found.right : withSizes([right, right], in: refined, &pool)[0],
      isRead ? found.forms?.right : nil, in: &pool)
    claim.reading = found.reading ?? member.taken
    var next = open
    next.last = found.right
    next.lastMember = member
    if isFirst { next.goal = goal(of: found, in: pool) }
    claim.goal = next.goal
    settle(&claim, found, in: &pool)
    if section.parameterCount != nil { settleCount(&claim, found.right, in: &pool) }
    excuse(&claim, isNumeric: isNumeric(found.left, found.right))
    if open.hasGap {
      if claim.verdict == .refuted || claim.carried {
        claim.verdict = .undecided
        claim.carried = false
        claim.counterexample = nil
        claim.because = [.text("what stands before could not be read")]
      }
      next.hasGap = claim.verdict != .proved
    }
    if claim.verdict == .refuted, let misshapen = open.misshapen,
      attemptInScopes(misshapen, right, when: open.conditions, &pool).isProved
    {
      carry(&claim)
      next.misshapen = right
    }
    let isWrong = claim.verdict == .refuted && !claim.carried
    if isWrong || claim.carried { next.isBroken = true }
    let isGeneric =
      (claim.verdict == .proved || claim.verdict == .refuted && claim.mistake == nil)
      && !unknownNames([found.left, found.right]).isEmpty
    if case .unread = found.outcome, !isGeneric {
      // What could not be read is passed over: the next line is held against the last that could.
      next.last = open.last
      next.lastMember = open.lastMember
      if isWrong { next.misshapen = right }
    }
    if next.isBroken, !isFirst {
      let truth = truth(of: found.right, for: open, in: &pool)
      claim.truth = truth
      next.isFalse = truth == .refuted
      if claim.verdict == .proved, truth == .refuted { claim.carried = true }
    } else if isWrong || claim.carried {
      next.isFalse = true
    }
    if isFirst, found.isProved, found.reading == nil {
      refine(open.head, found.right, in: &pool)
    }
    if next.isFalse {
      noteWrongNumber(open.head, found.right, in: &pool)
      believe(open.head, found.right, in: &pool)
    } else if next.isBroken {
      forget(open.head)
    }
    let isAtOwnValues =
      isNumeric(found.left, found.right) && !supposedValues(in: &pool).isEmpty
    if isWrong, diagnoses, !isAtOwnValues {
      showPlainly(&claim, found, in: &pool)
      diagnose(&claim, found, open, in: &pool)
    }
    line = next
    if claim.verdict == .proved, let worked = WorkedDerivative(next.head, next.last) {
      results.append(worked)
    }
    append(claim)
  }

  /// Turns an attempt into a verdict; what fails for all values may hold for the values given.
  mutating func settle(
    _ claim: inout MarkedClaim, _ found: Attempt, in pool: inout ExpressionPool
  ) {
    switch found.outcome {
    case .unread(let diagnostic):
      if diagnostic.identifier != "unrelated-derivative", settleByNumbers(&claim, found, in: &pool)
      {
        return
      }
      if isChainRule(found.left, found.right, in: pool) {
        claim.verdict = .proved
        claim.because = [.text("the chain rule, as a composition of linear maps")]
      } else if isSameDerivative(found.left, found.right, in: &pool) {
        claim.verdict = .proved
        claim.because = [.text("the same is differentiated by the same")]
      } else {
        settleUnread(&claim, found, diagnostic, in: &pool)
      }
    case .judged(.proved) where found.right.repeatsCase:
      claim.verdict = .refuted
      claim.mistake = .kink
      claim.because = [.text("two cases have the same condition, and elsewhere there is no value")]
    case .judged(.proved(let notes)):
      // What rounded numbers come to is as far off as they are.
      if found.left.holdsDecimal, found.right.holdsDecimal, found.left.isClosed {
        _ = numeric(found.left, found.right, in: &pool)
      }
      claim.verdict = .proved
      claim.uses =
        (notes.uses.map { formula($0, in: &pool) } + found.supposed).withoutRepetitions
      let isOwn = notes.uses.contains { found.facts.contains($0) } || !found.supposed.isEmpty
      if isOwn, hypotheses(in: .full).contains(where: { !$0.isNotation }) {
        claim.truth = .conditional
      }
    case .judged(.conditional(let condition, let counterexample)):
      let shown = formula(condition, in: &pool)
      if statesNormalisation, pool.isNormalisation(condition) {
        claim.verdict = .proved
        claim.uses = [shown]
        claim.because = [.text("by the assumption that the author states")]
      } else {
        claim.verdict = .conditional
        claim.condition = shown
        claim.counterexample = self.counterexample(counterexample, in: &pool)
        claim.because = [.text("holds under "), .formula(shown), .text(", not always")]
      }
    case .judged(.undecided), .judged(.exhausted):
      claim.verdict = .undecided
      if case .judged(.exhausted) = found.outcome { claim.verdict = .exhausted }
      if settleBySymmetry(&claim, found, in: &pool) { return }
      if posesEquations || !posed.isEmpty, settleAsConsequence(&claim, found, in: &pool) { return }
      if found.conditions.isEmpty, isNumeric(found.left, found.right),
        let numeric = numeric(found.left, found.right, in: &pool)
      {
        apply(numeric, to: &claim)
      } else if found.conditions.isEmpty, endsInNumber,
        case .holds? = numeric(found.left, found.right, in: &pool)
      {
        apply(.holds, to: &claim)
        return
      }
      if claim.verdict == .undecided, let other = lookAgain(found, in: &pool) {
        claim.verdict = .refuted
        claim.counterexample = counterexample(other, in: &pool)
        return
      }
      if claim.verdict == .undecided, !settleByParts(&claim, found, in: &pool) {
        claim.because = [.text("neither proved nor refuted")]
      }
    case .judged(.refuted(let counterexample)):
      if settleByReasons(&claim, found, in: &pool) { return }
      if !posed.isEmpty, settleAsConsequence(&claim, found, in: &pool) { return }
      if isSetUpBesideValues(found, in: pool),
        settleAsConsequence(&claim, found, in: &pool)
      {
        return
      }
      if settleByNumbers(&claim, found, in: &pool) { return }
      if settleByLeftovers(&claim, found, counterexample, in: &pool) { return }
      if settleAsConsequence(&claim, found, in: &pool) { return }
      if settleBySymmetry(&claim, found, in: &pool) { return }
      if holdsInProblemLetters(found, in: &pool) {
        claim.verdict = .undecided
        claim.because = [
          .text("holds for what the problem means by a letter that the author defined")
        ]
        return
      }
      claim.verdict = .refuted
      claim.counterexample = self.counterexample(counterexample, in: &pool)
      if isBelieved(found, in: &pool) { carry(&claim) }
    }
  }

  /// Takes a step that holds where the author's reason for it does as one under that condition.
  private mutating func settleByReasons(
    _ claim: inout MarkedClaim, _ found: Attempt, in pool: inout ExpressionPool
  ) -> Bool {
    guard let reason = reasons.first, let shown = Formula(condition: reason), !isLiteral else {
      return false
    }
    let other = attemptInScopes(
      found.left, found.right, when: (line?.conditions ?? []) + reasons, &pool)
    switch other.outcome {
    case .judged(.proved):
      claim.verdict = .conditional
      claim.condition = shown
      claim.because = [.text("holds under "), .formula(shown), .text(", as the author says")]
    case .judged(.undecided), .judged(.exhausted):
      claim.verdict = .undecided
      claim.because = [.text("whether it follows from "), .formula(shown), .text(" is open")]
    default: return false
    }
    return true
  }

  /// Shows a refuted step at small numbers, where it differs at some.
  private mutating func showPlainly(
    _ claim: inout MarkedClaim, _ found: Attempt, in pool: inout ExpressionPool
  ) {
    guard claim.counterexample != nil, let forms = found.forms else { return }
    var context = ProofContext(found.scope, seed: options.seed, in: &pool)
    context.assumptions += accepted + found.facts
    context.conditions += found.conditions
    let prover = Prover(context, budget: options.budget)
    if let plain = prover.plainCounterexample(forms.leftEntry, forms.rightEntry, in: &pool) {
      claim.counterexample = counterexample(plain, in: &pool)
    }
  }

  func carry(_ claim: inout MarkedClaim) {
    claim.carried = true
    claim.mistake = nil
    claim.repair = nil
    claim.counterexample = nil
    claim.truth = .refuted
    claim.verdict = .proved
    claim.because = [.text("follows from an earlier line, which is wrong")]
  }

  /// Whether the head of the line equals what stands last in it.
  private mutating func truth(
    of right: Syntax, for open: OpenLine, in pool: inout ExpressionPool
  ) -> ClaimVerdict {
    let attempted = attemptInScopes(open.head, right, when: open.conditions, &pool)
    let found = narrowed(attempted, in: &pool)
    switch found.outcome {
    case .judged(.proved): return .proved
    case .judged(.conditional(let condition, _)):
      return statesNormalisation && pool.isNormalisation(condition) ? .proved : .conditional
    case .judged(.refuted):
      if isNumeric(open.head, right), let numeric = numeric(open.head, right, in: &pool) {
        switch numeric {
        case .holds: return .proved
        case .missing: return .notDetermined
        case .fails: return .refuted
        }
      }
      return .refuted
    case .judged(.exhausted): return .exhausted
    case .judged(.undecided): return .undecided
    case .unread:
      let unknown = unknownNames([open.head, right])
      guard !unknown.isEmpty else { return .unreadable }
      return switch generic(found, unknown, in: &pool) {
      case .proved?: .proved
      case .refuted?: .refuted
      default: .unreadable
      }
    }
  }

  // MARK: Readings

  /// The first reading in which the step holds, or else the one that says most.
  private mutating func bestAttempt(
    _ open: OpenLine, _ right: Syntax, _ member: RelationChain.Member, isFirst: Bool,
    in pool: inout ExpressionPool
  ) -> Attempt {
    var best = attemptInScopes(open.last, right, when: open.conditions, &pool)
    if best.isProved || isLiteral { return best }
    var readings: [(Syntax, Syntax, RelationChain.KindReading.Reason)] = []
    for other in member.kind { readings.append((open.last, other.syntax, other.reason)) }
    if isFirst {
      for other in open.lastMember.kind {
        readings.append((other.syntax, right, other.reason))
        for own in member.kind where own.reason == other.reason {
          readings.append((other.syntax, own.syntax, other.reason))
        }
      }
    }
    readings += looseReadings(best, open.last, right, in: &pool)
    for (left, right, reason) in readings.prefix(Self.mostReadings) {
      var found = attemptInScopes(left, right, when: open.conditions, &pool)
      found.reading = reason
      if found.isProved { return found }
      if found.rank > best.rank { best = found }
    }
    return narrowed(best, in: &pool)
  }

  private static var mostReadings: Int { 12 }

  /// The step under the problem's definitions and under the author's, whichever it holds under.
  mutating func attemptInScopes(
    _ left: Syntax, _ right: Syntax, when conditions: [Syntax], _ pool: inout ExpressionPool
  ) -> Attempt {
    var best = attempt(left, right, when: conditions, in: refined, &pool)
    if best.isProved { return best }
    let substituted = hypotheses(in: .full).filter { $0.isSubstituted }
    if !substituted.isEmpty {
      // What is not so in general is judged under what is supposed.
      let found = attempt(
        left, right, when: conditions, in: refined, supposing: substituted, &pool)
      if case .judged = found.outcome { return found }
    }
    let isAffected = !refinedNames.isEmpty && mentions(refinedNames, best, refined, in: pool)
    var others: [Scope] = isAffected ? [scope] : []
    if refined.layout != section.scope.layout {
      // Who writes the gradient by a vector as a row may shape that by a matrix like the matrix.
      var usual = refined
      usual.layout = section.scope.layout
      others.append(usual)
    }
    for other in others {
      let found = attempt(left, right, when: conditions, in: other, &pool)
      if found.isProved { return found }
      if found.rank > best.rank { best = found }
    }
    return best
  }

  // MARK: What the author believes

  /// Whether a refuted step holds under what the author found before.
  mutating func isBelieved(_ found: Attempt, in pool: inout ExpressionPool) -> Bool {
    if isLiteral { return false }
    if followsFromWrongNumber(found, in: &pool) { return true }
    if wrongNames.isEmpty, wrongResults.isEmpty { return false }
    let left = withWrongResults(found.left)
    let right = withWrongResults(found.right)
    if left.isWritten(like: found.left), right.isWritten(like: found.right),
      !mentions(wrongNames, found, believed, in: pool)
    {
      return false
    }
    let own = attempt(left, right, when: line?.conditions ?? [], in: believed, &pool)
    if own.isProved { return true }
    guard isNumeric(left, right) else { return false }
    if case .holds? = numeric(left, right, believing: true, in: &pool) { return true }
    return false
  }

  /// Takes note of a wrong number with the right one in its place.
  private mutating func noteWrongNumber(
    _ head: Syntax, _ value: Syntax, in pool: inout ExpressionPool
  ) {
    guard case .number(let digits) = value.kind, value.holdsDecimal || digits.utf8.count > 2,
      case .fails(let right)? = numeric(head, value, in: &pool)
    else { return }
    wrongNumbers[digits] = right
  }

  /// Whether a step with numbers holds once the wrong ones found before are put right.
  private mutating func followsFromWrongNumber(
    _ found: Attempt, in pool: inout ExpressionPool
  ) -> Bool {
    var right = found.right
    for digits in right.digits.sorted() {
      if let other = wrongNumbers[digits] { right = right.replacingNumeral(digits, with: other) }
    }
    if right.isWritten(like: found.right) { return false }
    if case .holds? = numeric(found.left, right, in: &pool) { return true }
    return false
  }

  func withWrongResults(_ syntax: Syntax) -> Syntax {
    var result = syntax
    for (derivative, value) in wrongResults { result = result.replacing(derivative, with: value) }
    return result
  }

  private mutating func believe(
    _ head: Syntax, _ value: Syntax, in pool: inout ExpressionPool
  ) {
    if case .derivative = head.kind {
      wrongResults.removeAll { $0.derivative.isWritten(like: head) }
      wrongResults.append((head, value))
    } else if head.isNameOrEntry, let own = defining(head, as: value, in: believed, &pool) {
      believed = own
      if let symbol = head.definedName.flatMap({ scope.names[$0.text] }) {
        wrongNames.insert(symbol)
      }
    }
  }
}

extension Judge {
  /// Takes back a wrong value, once its line has come right again.
  private mutating func forget(_ head: Syntax) {
    wrongResults.removeAll { $0.derivative.isWritten(like: head) }
    guard let name = head.definedName, let symbol = scope.names[name.text] else { return }
    wrongNames.remove(symbol)
    if let definition = refined.definitions[symbol] {
      believed.definitions.add(definition)
    } else {
      believed.definitions = believed.definitions.without([symbol])
    }
  }
}

extension ExpressionPool {
  /// Whether a relation says that entries add up to 1.
  func isNormalisation(_ relation: Handle) -> Bool {
    guard case .relation(.equal, let list) = self[relation] else { return false }
    return operands(list).contains { if case .indexedSum = self[$0] { true } else { false } }
  }
}

extension Syntax {
  /// Whether cases without "otherwise" name one condition twice.
  fileprivate var repeatsCase: Bool {
    guard case .piecewise(let branches, nil) = kind else { return false }
    return branches.indices.contains { place in
      branches[..<place].contains { $0.condition.isWritten(like: branches[place].condition) }
    }
  }
}
