import NablaExpressions
import NablaNotation

extension Judge {
  /// An expression in the names of the problem: the author's letters renamed, and `L(y, p)` taken
  /// for L where L is a quantity that its arguments are only mentioned with.
  func inProblemNames(
    _ syntax: Syntax, in pool: borrowing ExpressionPool, depth: Int = 0
  ) -> Syntax {
    if depth > Syntax.deepestNesting { return syntax }
    let own = depth == 0 ? syntax.renaming(aliases) : syntax
    let mapped = own.mappingParts { inProblemNames($0, in: pool, depth: depth + 1) }
    guard case .call(let call) = mapped.kind, call.primes == 0,
      let symbol = scope.names[call.function.text],
      [.scalar, .array].contains(pool.kind(of: symbol)),
      call.arguments.allSatisfy({ $0.isNameOrEntry })
    else { return mapped }
    return Syntax(.name(call.function.text), mapped.range)
  }
}
