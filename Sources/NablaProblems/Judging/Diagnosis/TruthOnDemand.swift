import NablaCalculus
import NablaExpressions
import NablaNotation
import NablaRendering
import NablaRewriting

/// What the derivative on the left side of a step comes to, for the parts that a repair may need.
package struct TruthOnDemand: Sendable {
  private let forms: RelationForms?
  private let scope: Scope
  private let refined: Scope
  private let builder: FormulaBuilder

  init(_ found: Attempt, _ refined: Scope, _ builder: FormulaBuilder) {
    forms = found.forms
    scope = found.scope
    self.refined = refined
    self.builder = builder
  }

  func callAsFunction(_ pool: inout ExpressionPool) -> Syntax? {
    guard let forms, case .derivative(let body, let list) = pool[forms.leftEntry],
      pool.count(list) == 1
    else { return nil }
    var builder = builder
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
      SourceText(name: "", shown.plain), known: scope.knownNames(in: pool))
  }
}
