import NablaExpressions

extension Lowering {
  /// `dA/dB`, `d^2L/dh[i]dh[j]`, `diff(f, x, 2)`, left unevaluated.
  mutating func derivative(
    _ syntax: DerivativeSyntax, in pool: inout ExpressionPool
  ) throws(Diagnostic) -> Handle {
    let subject = try expression(syntax.subject, in: &pool)
    var variables: [Handle] = []
    for entry in syntax.variables {
      let variable = try self.variable(entry.variable, in: &pool)
      try Self.checkOrder(variables.count + entry.order, at: entry.variable.range)
      for _ in 0..<entry.order { variables.append(variable) }
    }
    return pool.derivative(subject, by: variables)
  }

  package static func checkOrder(_ order: Int, at range: SourceRange) throws(Diagnostic) {
    guard order > highestOrder else { return }
    throw Diagnostic(
      "derivative-order", "the order of the derivative is above the limit of \(highestOrder)",
      at: range)
  }

  private static var highestOrder: Int { 1000 }

  /// What stands below a derivative: a scalar or a component of a vector or matrix.
  package mutating func variable(
    _ syntax: Syntax, in pool: inout ExpressionPool
  ) throws(Diagnostic) -> Handle {
    let handle = try expression(syntax, in: &pool)
    switch pool[handle] {
    case .entry: return handle
    case .symbol(let symbol) where pool.kind(of: symbol) == .scalar:
      for local in locals where local.symbol == symbol {
        throw Diagnostic(
          "derivative-by-argument",
          "a derivative by the argument \(DisplayText.quoted(local.name)) of the function being "
            + "defined is not supported",
          at: syntax.range, expected: "a function of its own and a prime, such as f'(x)")
      }
      return handle
    case .symbol(let symbol):
      throw Diagnostic(
        "not-a-variable",
        "there is no derivative by \(Self.noun(pool.kind(of: symbol)))", at: syntax.range,
        expected: "a scalar or a component such as h[i]")
    default:
      throw Diagnostic(
        "not-a-variable", "a derivative is by a name", at: syntax.range,
        expected: "a scalar or a component such as h[i]")
    }
  }
}
