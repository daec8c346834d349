import NablaCalculus
import NablaExpressions
import NablaNotation
import NablaVerification

extension Judge {
  /// Reads `da/dw = ∂a/∂w + …`, a derivative by itself and something else, as the total derivative
  /// by the direct one, in which the names that a is made of stay as they are.
  mutating func withDirectDerivative(
    _ found: Attempt, in pool: inout ExpressionPool
  ) -> Attempt? {
    guard found.isRefuted, !isLiteral, case .derivative(let derivative) = found.left.kind,
      case .sum(let terms) = found.right.kind,
      terms.contains(where: { !$0.isNegative && $0.term.isWritten(like: found.left) })
    else { return nil }
    var other = found
    if let name = directDerivative(derivative, in: &pool) {
      let right = found.right.replacing(
        found.left, with: Syntax(.name(name), found.left.range))
      let direct = attemptInScopes(found.left, right, when: line?.conditions ?? [], &pool)
      if direct.isProved { return direct }
    }
    other.outcome = .unread(
      Diagnostic(
        "direct-derivative",
        "the derivative on the left stands on the right as well; which is the direct one is not told",
        at: found.right.range))
    return other
  }

  /// A name for the derivative of a definition as it is written.
  private mutating func directDerivative(
    _ derivative: DerivativeSyntax, in pool: inout ExpressionPool
  ) -> String? {
    guard derivative.variables.count == 1, derivative.variables[0].order == 1,
      case .name(let subject) = derivative.subject.kind,
      case .name(let variable) = derivative.variables[0].variable.kind,
      let symbol = refined.names[subject], let definition = refined.definitions[symbol],
      definition.parameters.isEmpty, let by = refined.names[variable],
      pool.kind(of: by) == .scalar
    else { return nil }
    var bare = refined
    bare.definitions = Definitions()
    for known in refined.definitions.all where pool.kind(of: known.symbol) == .function {
      bare.definitions.add(known)
    }
    let context = DifferentiationContext(bare, in: &pool)
    let slope = pool.derivative(definition.body, by: [pool.symbol(by)])
    let body = pool.differentiated(slope, context)
    guard !pool.traits(body).contains(.derivative) else { return nil }
    let name = "\u{2202}" + subject + "/\u{2202}" + variable
    let own = pool.declare(Symbol(name, .scalar))
    let meant = Definition(symbol: own, parameters: [], body: body)
    scope.names[name] = own
    refined.names[name] = own
    believed.names[name] = own
    scope.definitions.add(meant)
    refined.definitions.add(meant)
    believed.definitions.add(meant)
    return name
  }
}
