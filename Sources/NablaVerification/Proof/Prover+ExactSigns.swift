import NablaExpressions
import NablaNumbers

extension Prover {
  /// A proof in which signs are exact, so that the equation holds at jumps too, also those under
  /// sums; nil if there is none.
  func exactAttempt(_ question: ProofQuestion, _ pool: inout ExpressionPool) -> ProofAttempt? {
    let sides = [question.left, question.right]
    guard pool.mayJump(sides), !pool.hidesPoles(sides) else { return nil }
    var attempt = ProofAttempt(question, budget, isExact: true)
    guard attempt.run(&pool), attempt.reducer.jumps.isEmpty else { return nil }
    return attempt
  }
}

extension ExpressionPool {
  /// Whether a function or condition may jump where a value changes its sign.
  func mayJump(_ roots: [Handle]) -> Bool {
    nodesBelow(roots).contains { node in
      switch self[node] {
      case .function(.sign, _), .function(.step, _), .function(.abs, _), .function(.relu, _),
        .relation, .maximum, .minimum:
        return true
      default: return false
      }
    }
  }

  /// Whether a condition may hide a part that is undefined where it fails, so that an identity of
  /// values that are all defined would not cover the equation.
  mutating func hidesPoles(_ roots: [Handle]) -> Bool {
    for node in nodesBelow(roots) {
      let parts: [Handle]
      switch self[node] {
      case .piecewise(let list): parts = operands(list)
      case .product(let list), .heldProduct(let list):
        parts = operands(list)
        var mayVanish = false
        for part in parts where mayVanishByCondition(part) { mayVanish = true }
        if !mayVanish { continue }
      case .quotient(let above, let below):
        parts = [above, below]
        // What is above may be 0 by a condition whatever is below.
        if mayVanishByCondition(above) { return true }
        continue
      default: continue
      }
      if nodesBelow(parts).contains(where: { isPartial($0) }) { return true }
    }
    return false
  }

  private mutating func mayVanishByCondition(_ handle: Handle) -> Bool {
    let traits = self.traits(handle)
    return traits.contains(.condition) || traits.contains(.delta)
  }

  /// Whether a node has no value for some values of its parts.
  private func isPartial(_ handle: Handle) -> Bool {
    switch self[handle] {
    case .quotient, .root, .inverse, .derivative: return true
    case .power(_, let exponent):
      guard let order = rational(exponent) else { return true }
      return !order.isInteger || order.isNegative
    case .function(let function, _):
      switch function {
      case .exp, .sin, .cos, .sinh, .cosh, .tanh, .sech, .atan, .asinh, .sigmoid, .softplus, .erf,
        .abs, .relu, .sign, .step:
        return false
      default: return true
      }
    case .apply: return true
    default: return false
    }
  }
}
