import NablaExpressions
import NablaNotation
import NablaRendering
import NablaVerification

extension Judge {
  /// An expression as it was read; as it was written where it could not be lowered.
  mutating func formula(
    _ syntax: Syntax, _ form: MatrixForm?, in pool: inout ExpressionPool
  ) -> Formula {
    if meanings.values.contains(where: { $0.isLine }) {
      let written = syntax.restoring(meanings)
      if !written.isWritten(like: syntax) { return SyntaxFormulas(refined)(written) }
    }
    if let form { return builder.formula(of: form, in: &pool) }
    let prepared = letters.prepare([syntax], in: refined, &pool)
    var lowering = Lowering(prepared.scope)
    lowering.allowsUndefined = true
    var names = IndexNames()
    if let written = try? lowering.quantity(prepared.expressions[0], naming: &names, in: &pool) {
      return builder.formula(of: written.form, in: &pool)
    }
    return SyntaxFormulas(refined)(syntax)
  }

  mutating func formula(_ handle: Handle, in pool: inout ExpressionPool) -> Formula {
    builder.formula(of: handle, in: &pool)
  }

  mutating func counterexample(
    _ found: ExactCounterexample, in pool: inout ExpressionPool
  ) -> MarkedClaim.Counterexample {
    let coordinates = found.coordinates(with: &builder, in: &pool).map {
      MarkedClaim.Counterexample.Coordinate(
        name: $0.name, value: $0.value, text: $0.exact ?? $0.value.plain)
    }
    let (left, right) = found.values(digits: 4)
    return MarkedClaim.Counterexample(coordinates: coordinates, left: left, right: right)
  }
}

extension FormulaBuilder {
  mutating func formula(ofName symbol: SymbolID, in pool: inout ExpressionPool) -> Formula {
    formula(of: pool.symbol(symbol), in: &pool)
  }
}
