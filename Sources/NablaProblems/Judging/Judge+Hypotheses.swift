import NablaExpressions
import NablaNotation
import NablaRendering
import NablaVerification

extension Judge {
  // MARK: What is in force

  func hypotheses(in force: Hypothesis.Force) -> [Hypothesis] {
    hypotheses.filter { $0.force(at: here) == force }
  }

  /// The relations that hold for the line at hand.
  var supposedRelations: [Syntax] { hypotheses(in: .full).compactMap { $0.relation } }

  /// Whether no relation was supposed that may still be meant.
  var supposesNothing: Bool {
    !hypotheses.contains { $0.relation != nil && $0.force(at: here) != .none }
  }

  /// Takes the conditions behind a formula, for that formula.
  mutating func limit(by relations: [Syntax], in pool: inout ExpressionPool) {
    let own = relations.map { inProblemNames($0, in: pool) }
    let usual = reach
    reach = .sentence
    conditions = []
    for relation in own {
      if relation.isAboutLetters(scope, pool) {
        conditions.append(relation)
      } else {
        suppose(relation, in: &pool)
      }
    }
    reach = usual
  }

  /// Goes on to a formula, which may lie out of reach of what was supposed.
  mutating func enter(_ formula: Submission.Formula) {
    here = formula.spot
    reach = formula.reach
    for place in hypotheses.indices where hypotheses[place].spot == nil {
      hypotheses[place].spot = here
    }
  }

  /// Ends a case that was set in passing once something else is spoken of.
  mutating func endCase() {
    if caseReach == .sentence, isCaseUsed, here.thread != caseSpot.thread,
      here.paragraph != caseSpot.paragraph, !conditions.isEmpty
    {
      // "For i ≠ j we get …" says nothing of what another paragraph is about.
      pastConditions = conditions
      conditions = []
    }
  }

  /// Notes that something was claimed below the hypotheses that head a block.
  mutating func leave(_ formula: Submission.Formula) {
    guard formula.role != .condition else { return }
    isCaseUsed = true
    for place in hypotheses.indices where hypotheses[place].force(at: here) == .full {
      hypotheses[place].isUsed = true
    }
  }

  /// The values that the author supposes in the place of those of the problem.
  func supposedValues(in pool: inout ExpressionPool) -> [SymbolID: ValueAssignment] {
    var values: [SymbolID: ValueAssignment] = [:]
    for hypothesis in hypotheses(in: .full) {
      guard case .comparison(let name, .equal, let value)? = hypothesis.relation?.kind,
        isInput(name, pool), value.isClosed,
        let symbol = name.definedName.flatMap({ scope.names[$0.text] }),
        pool.kind(of: symbol) == .scalar
      else { continue }
      var lowering = Lowering(scope)
      var names = IndexNames()
      guard let written = try? lowering.quantity(value, naming: &names, in: &pool) else { continue }
      values[symbol] = ValueAssignment(written.entry)
    }
    return values
  }

  /// A refutation under something that was not understood is none.
  func excuse(_ claim: inout MarkedClaim, isNumeric: Bool) {
    guard claim.verdict == .refuted, !claim.carried else { return }
    for hypothesis in hypotheses(in: .full) + hypotheses(in: .leftover) {
      guard case .unread(let words) = hypothesis.content else { continue }
      if hypothesis.isGiven, !isNumeric { continue }
      claim.verdict = .undecided
      claim.mistake = nil
      claim.repair = nil
      claim.counterexample = nil
      claim.because =
        hypothesis.isGiven
        ? [.text("it is not worked out for "), .text(words)]
        : [.text("does not hold always; what is supposed was not understood: "), .text(words)]
      return
    }
  }

  /// Judges a step by what was supposed before it; false if that does not make it hold.
  mutating func settleByLeftovers(
    _ claim: inout MarkedClaim, _ found: Attempt, _ counterexample: ExactCounterexample,
    in pool: inout ExpressionPool
  ) -> Bool {
    let leftover = hypotheses(in: .leftover).filter { !$0.isUnread }
    if leftover.isEmpty || isLiteral { return false }
    let conditions = (line?.conditions ?? []) + leftover.compactMap { $0.relation }
    let substituted =
      hypotheses(in: .full).filter { $0.isSubstituted }
      + leftover.filter { $0.isSubstituted }
    let known = accepted
    accepted += leftover.compactMap { $0.fact }
    defer { accepted = known }
    let held = attempt(
      found.left, found.right, when: conditions, in: refined, supposing: substituted, &pool)
    guard case .judged(.proved(let notes)) = held.outcome else { return false }
    let used = (notes.uses.map { formula($0, in: &pool) } + substituted.compactMap { $0.shown })
      .withoutRepetitions
    let isAtValues = leftover.allSatisfy { $0.isGiven }
    if isAtValues, isNumeric(found.left, found.right) {
      claim.verdict = .proved
      claim.uses = used
      claim.because = [.text("at the values that are set")]
      return true
    }
    claim.verdict = .conditional
    claim.condition = used.count == 1 ? used[0] : .conjunction(used)
    claim.counterexample = self.counterexample(counterexample, in: &pool)
    claim.because = [.text("holds under ")] + used.asList + [.text(", not always")]
    return true
  }

  // MARK: Taking a hypothesis

  /// Takes a relation for granted as far as the words before it reach.
  mutating func suppose(
    _ relation: Syntax, isGiven: Bool = false, in pool: inout ExpressionPool
  ) {
    let content = understand(relation, in: &pool)
    take(content, shown: Formula(condition: relation), isGiven: isGiven)
  }

  mutating func take(_ content: Hypothesis.Content, shown: Formula?, isGiven: Bool = false) {
    if reach == .block {
      // The next case ends the one before.
      for place in hypotheses.indices
      where hypotheses[place].reach == .block && hypotheses[place].spot?.sentence != here.sentence {
        hypotheses[place].isOver = true
      }
    }
    if let names = content.names {
      // "For x > 0 …, for x < 0 …".
      for place in hypotheses.indices
      where hypotheses[place].isUsed && !hypotheses[place].isGiven
        && hypotheses[place].spot?.sentence == here.sentence
        && hypotheses[place].content.names?.isDisjoint(with: names) == false
      {
        hypotheses[place].isOver = true
      }
    }
    if hypotheses.count >= Self.mostHypotheses { hypotheses.removeFirst() }
    hypotheses.append(
      Hypothesis(content: content, shown: shown, spot: here, reach: reach, isGiven: isGiven))
  }

  private static var mostHypotheses: Int { 64 }

  private mutating func understand(
    _ relation: Syntax, in pool: inout ExpressionPool
  ) -> Hypothesis.Content {
    let unread = Hypothesis.Content.unread(source?.text(in: relation.range) ?? "")
    if case .comparison(let left, .equal, let right) = relation.kind {
      if let function = function(left, as: right, in: &pool) { return .definition(function) }
      for (matrix, other) in [(left, right), (right, left)] {
        if case .transpose(let inner) = other.kind, inner.isWritten(like: matrix),
          let own = symmetric(matrix, in: &pool)
        {
          return .replacement(own)
        }
      }
      for (name, value) in [(left, right), (right, left)] {
        if let own = replacement(name, by: value, in: &pool) { return .replacement(own) }
      }
      if right.isClosed, isInput(left, pool),
        let symbol = left.definedName.flatMap({ scope.names[$0.text] }),
        let own = defining(left, as: right, in: refined, &pool)?.definitions[symbol]
      {
        return .value(relation, own)
      }
    }
    if let bodies = withoutKinks(relation, in: &pool) { return .kinks(bodies, relation) }
    var own = refined
    for name in unknownNames([relation]) {
      // A letter that means nothing yet, such as the argument of a function.
      guard relation.slots(of: name) == 0 else { return unread }
      own.names[name] = pool.declare(Symbol(name, .scalar))
    }
    let prepared = letters.prepare([relation], in: own, &pool)
    var lowering = Lowering(prepared.scope)
    guard prepared.conflict == nil,
      fact(prepared.expressions[0], &lowering, &pool) != nil
    else { return unread }
    return .relation(relation)
  }

  /// What an input stands for under an equation; nil for a scalar that the prover can solve for.
  func isInput(_ syntax: Syntax, _ pool: borrowing ExpressionPool) -> Bool {
    guard let name = syntax.definedName, let symbol = scope.names[name.text] else { return false }
    return [.scalar, .array].contains(pool.kind(of: symbol)) && scope.definitions[symbol] == nil
  }

  private mutating func replacement(
    _ name: Syntax, by value: Syntax, in pool: inout ExpressionPool
  ) -> Definition? {
    guard isInput(name, pool), let symbol = name.definedName.flatMap({ scope.names[$0.text] })
    else { return nil }
    // Between scalar inputs the prover solves for one.
    if pool.kind(of: symbol) == .scalar, value.isClosed || isInput(value, pool) { return nil }
    var head = name
    if case .name = name.kind, value.isClosed {
      // All entries are the same number.
      let letters = ["i", "j", "k", "l"].prefix(pool.declaration(of: symbol).ranges.count)
      head = Syntax(
        .indexed(name, letters.map { Syntax(.name("\($0)_all"), name.range) }), name.range)
    }
    return defining(head, as: value, in: refined, &pool)?.definitions[symbol]
  }

  /// A definition of an unknown function: `f(s) = s`.
  mutating func function(
    _ head: Syntax, as value: Syntax, in pool: inout ExpressionPool
  ) -> Definition? {
    guard case .call(let call) = head.kind, call.primes == 0, call.arguments.count == 1,
      case .name(let argument) = call.arguments[0].kind,
      let symbol = scope.names[call.function.text], pool.kind(of: symbol) == .function,
      scope.definitions[symbol] == nil
    else { return nil }
    return function(symbol, of: argument, as: value, in: &pool)
  }

  func function(
    _ symbol: SymbolID, of argument: String, as value: Syntax, in pool: inout ExpressionPool
  ) -> Definition? {
    let variable = pool.declare(Symbol(argument, .scalar))
    var own = refined
    own.names[argument] = variable
    var lowering = Lowering(own)
    var names = IndexNames()
    guard let written = try? lowering.quantity(value, naming: &names, in: &pool),
      written.indices.isEmpty, pool.freeIndices(of: [written.entry]).isEmpty
    else { return nil }
    return Definition(symbol: symbol, parameters: [variable], body: written.entry)
  }

  /// A matrix as one that equals its transpose.
  mutating func symmetric(_ matrix: Syntax, in pool: inout ExpressionPool) -> Definition? {
    guard case .name(let name) = matrix.kind, let symbol = scope.names[name],
      pool.kind(of: symbol) == .array, scope.definitions[symbol] == nil
    else { return nil }
    let declared = pool.declaration(of: symbol)
    guard declared.ranges.count == 2 else { return nil }
    var other = Symbol(name, .array, ranges: declared.ranges)
    other.domain = declared.domain
    other.domain.isSymmetric = true
    let own = pool.declare(other)
    let slots = declared.ranges.map {
      pool.declare(Symbol("", .index, ranges: [$0], isFresh: true))
    }
    let body = pool.entry(own, slots.map { pool.symbol($0) })
    return Definition(symbol: symbol, parameters: slots, body: body)
  }

  /// Takes `v = exp(s)` between inputs as a substitution; false if it is none.
  mutating func substitute(
    _ chain: RelationChain, in pool: inout ExpressionPool
  ) -> Bool {
    guard case .comparison(let left, .equal, let right)? = chain.condition?.kind,
      isInput(left, pool), !right.isClosed, right.definedName == nil,
      unknownNames([right]).isEmpty,
      !right.names.contains(where: { $0.text == left.definedName?.text }),
      let symbol = left.definedName.flatMap({ scope.names[$0.text] }),
      let own = defining(left, as: right, in: refined, &pool)?.definitions[symbol]
    else { return false }
    reach = .part
    take(.definition(own), shown: Formula(condition: chain.condition ?? left))
    hypotheses[hypotheses.count - 1].isNotation = true
    return true
  }

  /// "Otherwise": what was supposed last does not hold.
  mutating func turnHypotheses() {
    guard let last = hypotheses.last(where: { !$0.isGiven })?.spot else { return }
    for place in hypotheses.indices {
      guard hypotheses[place].spot?.sentence == last.sentence, !hypotheses[place].isGiven,
        let relation = hypotheses[place].relation
      else { continue }
      let opposite = relation.opposite
      hypotheses[place].content = .relation(opposite)
      hypotheses[place].shown = Formula(condition: opposite)
      hypotheses[place].spot = nil
      hypotheses[place].isUsed = false
      hypotheses[place].isOver = false
    }
  }
}

extension RelationChain {
  /// The chain as relations, each between neighbours; nil if it holds something else.
  var comparisons: [Syntax]? {
    if let condition { return [condition] }
    guard members.count > 1 else { return nil }
    var found: [Syntax] = []
    for (place, link) in links.enumerated() {
      guard let operation = link.relation.comparison, place + 1 < members.count,
        case .expression(let left) = members[place].content,
        case .expression(let right) = members[place + 1].content
      else { return nil }
      found.append(Syntax(.comparison(left, operation, right), left.range.union(right.range)))
    }
    return found
  }
}

extension [Formula] {
  /// Every formula once.
  var withoutRepetitions: [Formula] {
    var found: [Formula] = []
    var seen: Set<String> = []
    for formula in self where seen.insert(formula.plain).inserted { found.append(formula) }
    return found
  }
}
