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
      var scope = found.scope
      if isNumeric(found.left, found.right), let valued = section.valued.first {
        scope.values = valued.values
      }
      var context = ProofContext(scope, seed: options.seed, in: &pool)
      context.assumptions += accepted
      context.conditions += found.conditions
      let (right, wrong) = found.posed ?? (found.left, found.right)
      var search = SlipSearch(scope: scope, context: context, isOver: options.budget.isOver)
      search.hints = [open.head]
      search.namesAssumptions = false
      if let derived = derived(found, in: &pool) { search.hints.append(derived) }
      if let slip = search.search(repairing: wrong, against: right, in: &pool) {
        claim.mistake = slip.mistake
        claim.because = slip.sentence
        if !slip.change.isOfOtherSide { claim.repair = formula(slip.repaired, nil, in: &pool) }
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

  /// What the derivative on the left side of a step comes to, for the parts that a repair may need.
  private mutating func derived(_ found: Attempt, in pool: inout ExpressionPool) -> Syntax? {
    guard let forms = found.forms, case .derivative(let body, let list) = pool[forms.leftEntry],
      pool.count(list) == 1
    else { return nil }
    let solver = Solver()
    var deriver = solver.deriver(refined, &pool)
    let variables = pool.operands(list)
    let result = deriver.deriveWithCases(body, by: variables, in: &pool).result
    var shown = builder.formula(of: result, in: &pool)
    if !forms.indices.isEmpty {
      guard
        let lifted = solver.matrixForm(of: result, body, by: variables, refined, &pool)
      else { return nil }
      shown = builder.formula(of: lifted.form, in: &pool)
    }
    return try? parseExpression(
      SourceText(name: "", shown.plain), known: found.scope.knownNames(in: pool))
  }
}
