import NablaCalculus
import NablaExpressions
import NablaNotation
import NablaRendering
import NablaRewriting
import NablaVerification

extension Judge {
  /// Says what is wrong with a refuted step, if a small change repairs it.
  mutating func diagnose(
    _ claim: inout MarkedClaim, _ found: Attempt, _ open: OpenLine, in pool: inout ExpressionPool
  ) {
    if claim.mistake == nil || claim.mistake == .arithmetic || claim.mistake == .shape {
      let (right, wrong) = found.posed ?? (found.left, found.right)
      var scope = withLetters(of: [right, wrong], found.scope, &pool)
      if isNumeric(found.left, found.right), let valued = section.valued.first {
        scope.values = valued.values
      }
      if isNumeric(found.left, found.right), let number = sampleAtHand,
        section.samples.indices.contains(number)
      {
        scope.values = section.samples[number]
      }
      let truth = TruthOnDemand(found, refined, builder)
      if let slip = slip(
        wrong, against: right, in: scope, found.conditions, [open.head], truth, &pool)
      {
        claim.mistake = slip.mistake
        claim.because = slip.sentence
        if !slip.change.isOfOtherSide { claim.repair = formula(slip.repaired, nil, in: &pool) }
      } else if open.isBroken, open.head.range != open.last.range,
        let slip = slipFromHead(wrong, open, scope, found.conditions, &pool)
      {
        // The line went wrong before; a line that is almost right says more than the step does.
        claim.mistake = slip.mistake
        claim.because = slip.sentence
        claim.repair = formula(slip.repaired, nil, in: &pool)
      } else if let sentence = symmetry(wrong, right, in: scope, found.conditions, &pool) {
        claim.mistake = .assumption
        claim.because = sentence
      } else if claim.mistake == nil || claim.mistake == .shape {
        let letters = open.conditions.flatMap { $0.comparedLetters }
        let discipline = IndexDiscipline(found.scope, fixed: Set(letters))
        if let finding = discipline.check(found.left, found.right, in: pool) {
          claim.mistake = finding.mistake
          claim.because = finding.sentence
        }
      }
    }
    if claim.because.isEmpty { claim.because = [.text("the two sides differ")] }
  }

  private func slip(
    _ wrong: Syntax, against right: Syntax, in scope: Scope, _ conditions: [Handle],
    _ hints: [Syntax], _ truth: TruthOnDemand?, _ pool: inout ExpressionPool
  ) -> FoundSlip? {
    var context = ProofContext(scope, seed: options.seed, in: &pool)
    context.assumptions += accepted
    context.conditions += conditions
    var search = SlipSearch(scope: scope, context: context, isOver: options.budget.isOver)
    search.hints = hints
    search.truth = truth
    search.namesAssumptions = false
    return search.search(repairing: wrong, against: right, in: &pool)
  }

  /// The slip in a line that was to come to what stands first in its chain.
  private mutating func slipFromHead(
    _ wrong: Syntax, _ open: OpenLine, _ scope: Scope, _ conditions: [Handle],
    _ pool: inout ExpressionPool
  ) -> FoundSlip? {
    let prepared = letters.prepare([open.head, wrong], in: scope, &pool)
    guard prepared.conflict == nil else { return nil }
    let (head, side) = (prepared.expressions[0], prepared.expressions[1])
    let own = withLetters(of: [head, side], prepared.scope, &pool)
    let slip = slip(side, against: head, in: own, conditions, [], nil, &pool)
    return slip?.change.isOfOtherSide == true ? nil : slip
  }

  /// A scope in which letters that stand for any numbers are known, and what reading adds.
  private func withLetters(
    of sides: [Syntax], _ scope: Scope, _ pool: inout ExpressionPool
  ) -> Scope {
    var own = scope
    var isComplete = true
    for side in sides {
      for name in side.freeNames.sorted()
      where own.names[name] == nil && !BuiltInNames.constants.contains(name)
        && side.slots(of: name) == 0
      {
        own.names[name] = pool.declare(Symbol(name, .scalar))
        isComplete = false
      }
    }
    if isComplete { return own }
    var lowering = Lowering(own)
    lowering.allowsUndefined = true
    for side in sides { _ = try? lowering.expression(side, in: &pool) }
    return lowering.scope
  }

  private static var mostSquares: Int { 3 }

  /// The square matrix that would have to be symmetric for a step to hold, in words.
  private mutating func symmetry(
    _ wrong: Syntax, _ right: Syntax, in scope: Scope, _ conditions: [Handle],
    _ pool: inout ExpressionPool
  ) -> [Inline]? {
    var squares: [(name: String, ranges: [IndexRange])] = []
    for (name, symbol) in scope.names.sorted(by: { $0.value < $1.value }) {
      let declaration = pool.declaration(of: symbol)
      guard declaration.kind == .array, declaration.ranges.count == 2,
        declaration.ranges[0] == declaration.ranges[1], scope.definitions[symbol] == nil,
        wrong.freeNames.contains(name) || right.freeNames.contains(name)
      else { continue }
      squares.append((name, declaration.ranges))
    }
    for square in squares.prefix(Self.mostSquares) {
      let head = Syntax(.name(square.name), wrong.range)
      var outer = scope
      let general = square.name + "_general"
      outer.names[general] = pool.declare(Symbol(general, .array, ranges: square.ranges))
      let name = Syntax(.name(general), wrong.range)
      let even = Syntax.sum(
        [
          SignedTermSyntax(isNegative: false, term: name),
          SignedTermSyntax(isNegative: false, term: name.turned),
        ], at: wrong.range)
      guard let own = defining(head, as: even, in: outer, &pool) else { continue }
      let found = attempt(right, wrong, when: [], in: own, &pool)
      guard found.isProved else { continue }
      let formula = formula(head, nil, in: &pool)
      return [.text("this is true only if "), .formula(formula), .text(" is symmetric")]
    }
    return nil
  }
}
