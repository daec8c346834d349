import NablaExpressions
import NablaNotation
import NablaNumbers
import NablaRendering
import NablaVerification

/// Looks for the smallest change of one side of a refuted equation that makes it true.
package struct SlipSearch {
  /// What a search may spend, counted in work, not in time.
  package struct Budget: Sendable {
    /// How many changed expressions are looked at.
    package var candidates = 700
    /// How many of them are put to the prover.
    package var proofs = 16
    /// Steps of reduction for each proof.
    package var work = 60_000

    package init() {}
  }

  let scope: Scope
  let context: ProofContext
  let budget: Budget
  let isOver: () -> Bool
  let formula: SyntaxFormulas
  /// Further expressions of the step from which a repair may take parts, such as the line before.
  package var hints: [Syntax] = []
  /// One more of them, which takes work to find out.
  var truth: TruthOnDemand?
  /// Whether a condition such as Σ y = 1 is named under which the step holds as it stands.
  package var namesAssumptions = true

  package init(
    scope: Scope, context: ProofContext, budget: Budget = Budget(),
    isOver: @escaping () -> Bool = { false }
  ) {
    self.scope = scope
    self.context = context
    self.budget = budget
    self.isOver = isOver
    formula = SyntaxFormulas(scope)
  }

  /// Longer sides are not looked at.
  private static let longest = 120

  /// The costs up to which rows are tried together: most slips are among the cheapest.
  private static let stages = [12, 14, .max]

  /// The slip in a side that was refuted; nil if no local change repairs it.
  ///
  /// - Parameters:
  ///   - wrong: the side to be repaired, as it was written.
  ///   - right: the side that stands.
  package mutating func search(
    repairing wrong: Syntax, against right: Syntax, in pool: inout ExpressionPool
  ) -> FoundSlip? {
    if case .matrix(let rows) = wrong.kind, case .matrix(let others) = right.kind {
      return entry(rows, others, in: wrong, &pool)
    }
    guard wrong.tokenCount <= Self.longest, right.tokenCount <= 4 * Self.longest else { return nil }
    switch arithmetic(wrong, right, &pool) {
    case .wrong(let slip): return slip
    case .rounded: return nil
    case .open: break
    }
    if let slip = stranger(wrong, right, &pool) { return slip }
    var assumed: (slip: FoundSlip, isNormalisation: Bool)?
    // Where nothing is summed a condition is looked for only if nothing else is found.
    let mayBeNormalised = namesAssumptions && (holdsArrays(wrong, pool) || holdsArrays(right, pool))
    if mayBeNormalised {
      assumed = assumption(wrong, right, &pool)
      if let assumed, assumed.isNormalisation { return assumed.slip }
    }
    var source = SlipSource(self, wrong, right, &pool)
    // At given values a change may fit by chance, so that they count only where the step is about
    // values, and only if nothing is found without them.
    let generic = context.withoutValues(&pool)
    let contexts =
      generic.assumptions == context.assumptions
      ? [context] : isAboutValues(wrong, right, pool) ? [generic, context] : [generic]
    var proofsLeft = budget.proofs
    for context in contexts {
      var trial = SlipTrial(self, context, wrong, right, proofsLeft: proofsLeft, &pool)
      var least = 0
      for most in Self.stages where !isOver() {
        let candidates = source.candidates(costs: least...most, &pool)
        if let found = trial.firstProved(candidates, &pool) { return slip(found) }
        least = most == .max ? most : most + 1
      }
      if let found = trial.firstPair(&pool) { return slip(found) }
      proofsLeft = max(trial.proofsLeft, budget.proofs / 2)
    }
    if let slip = branch(wrong, right, source.kinks, &pool) { return slip }
    if namesAssumptions, !mayBeNormalised { assumed = assumption(wrong, right, &pool) }
    return assumed?.slip ?? missingPart(wrong, right, &pool) ?? calculation(wrong, right, &pool)
  }

  /// The slip in the first entry of a list in which two lists differ.
  private mutating func entry(
    _ rows: [[Syntax]], _ others: [[Syntax]], in whole: Syntax, _ pool: inout ExpressionPool
  ) -> FoundSlip? {
    // A gradient may be written as a row or as a column.
    let wanted = others.flatMap { $0 }
    guard rows.reduce(0, { $0 + $1.count }) == wanted.count else { return nil }
    var place = 0
    for (row, entries) in rows.enumerated() {
      for (column, own) in entries.enumerated() {
        let other = wanted[place]
        place += 1
        var reader = SideReader(scope, against: other, beside: own, &pool)
        guard let sides = reader.read(own, &pool) else { return nil }
        let values = EquationSieve(context).values(of: [sides], points: 6, in: &pool)
        if values[0].agree { continue }
        guard var slip = search(repairing: own, against: other, in: &pool) else { return nil }
        guard !slip.change.isOfOtherSide else { return slip }
        var copy = rows
        copy[row][column] = slip.repaired
        slip.repaired = Syntax(.matrix(copy), whole.range)
        return slip
      }
    }
    return nil
  }

  /// Whether numbers stand for quantities whose values are given.
  private func isAboutValues(
    _ wrong: Syntax, _ right: Syntax, _ pool: borrowing ExpressionPool
  ) -> Bool {
    if wrong.isClosed || right.isClosed { return true }
    var given: Set<Rational> = []
    for value in scope.values.values {
      for row in value.rows {
        for entry in row {  // A small whole number may stand there in its own right.
          if let number = pool.rational(entry), !number.isInteger { given.insert(number) }
        }
      }
    }
    var isFound = false
    wrong.forEachNode { node in
      guard case .number(let digits) = node.kind, let number = Rational(decimal: digits) else {
        return
      }
      isFound = isFound || given.contains(number) || given.contains(-number)
    }
    return isFound
  }

  /// Whether vectors or matrices are named.
  private func holdsArrays(_ side: Syntax, _ pool: borrowing ExpressionPool) -> Bool {
    side.names.contains { name in
      guard let symbol = scope.names[name.text] else { return false }
      return pool.kind(of: symbol) == .array || scope.definitions[symbol] != nil
    }
  }

  var proofBudget: ProofBudget {
    var proof = ProofBudget(work: budget.work, isOver: isOver)
    proof.points = 24
    proof.seeksSizes = false
    proof.findsExceptions = false
    return proof
  }

  // MARK: Words

  private func slip(_ candidate: SlipCandidate) -> FoundSlip {
    let (before, after) = candidate.before.difference(from: candidate.after)
    return FoundSlip(
      mistake: candidate.mistake, repaired: candidate.whole,
      change: SlipChange(
        range: before.range, before: formula(before), after: formula(after),
        isOfOtherSide: candidate.isOfOther),
      sentence: inlines(candidate.words))
  }

  func inlines(_ words: [SlipWord]) -> [Inline] {
    words.map { word in
      switch word {
      case .text(let text): .text(text)
      case .math(let syntax): .formula(formula(syntax))
      }
    }
  }

  /// A repaired side in plain notation.
  package static func text(of syntax: Syntax, _ scope: Scope) -> String {
    SyntaxFormulas(scope)(syntax).plain
  }
}

extension ProofContext {
  /// The context without given values of quantities, which may hide what is wrong.
  func withoutValues(_ pool: inout ExpressionPool) -> ProofContext {
    var copy = self
    copy.assumptions.removeAll { fact in
      guard case .relation(.equal, let list) = pool[fact], pool.count(list) == 2 else {
        return false
      }
      switch pool[pool.operand(list, 0)] {
      case .symbol: break
      case .entry(_, let indices):
        if !pool.operands(indices).allSatisfy({ pool.isNumber($0) }) { return false }
      default: return false
      }
      return pool.symbolsOccurring(in: [pool.operand(list, 1)]).isEmpty
    }
    return copy
  }
}
