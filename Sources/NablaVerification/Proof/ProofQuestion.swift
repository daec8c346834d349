import NablaCalculus
import NablaExpressions
import NablaNumbers

/// An equation with its definitions opened and its derivatives carried out.
struct ProofQuestion {
  let context: ProofContext
  private(set) var left: Handle
  private(set) var right: Handle
  /// What was differentiated; the equation is meant only where it is smooth.
  private(set) var guards: [Handle] = []
  /// Whether something was differentiated whose kinks no guard watches.
  private(set) var isUnguarded = false

  init(
    _ left: Handle, _ right: Handle, _ context: ProofContext, _ pool: inout ExpressionPool
  ) {
    self.context = context
    self.left = left
    self.right = right
    var differentiation = DifferentiationContext(definitions: context.definitions)
    differentiation.conventions = context.conventions
    for side in [left, right] {
      for node in pool.nodesBelow([pool.opened(side, context.definitions), side]) {
        guard case .derivative(let body, _) = pool[node] else { continue }
        let opened = pool.opened(body, context.definitions)
        if pool.looseLevels(opened) == 0 {
          guards.append(opened)
        } else if Self.mayHaveEdges(opened, &pool) {
          isUnguarded = true
        }
      }
    }
    // Definitions may hold derivatives of their own.
    for _ in 0..<3 {
      self.left = pool.opened(
        pool.differentiated(self.left, differentiation), context.definitions)
      self.right = pool.opened(
        pool.differentiated(self.right, differentiation), context.definitions)
      if !pool.traits(self.left).union(pool.traits(self.right)).contains(.derivative) { break }
    }
    if pool.traits(self.left).contains(.derivative) || pool.traits(self.right).contains(.derivative)
    {
      isUnguarded = true
    }
    for condition in context.conditions { take(condition, &pool) }
  }

  /// Whether a function may fail to be smooth inside or at the edge of its domain.
  private static func mayHaveEdges(_ root: Handle, _ pool: inout ExpressionPool) -> Bool {
    for node in pool.nodesBelow([root]) {
      switch pool[node] {
      case .function(let function, _):
        switch function {
        case .abs, .relu, .sign, .step, .sqrt, .asin, .acos, .asec, .acsc, .acosh, .asech:
          return true
        default: break
        }
      case .root, .maximum, .minimum, .piecewise, .indicator, .relation: return true
      case .power(_, let exponent): if pool.rational(exponent)?.isInteger != true { return true }
      default: break
      }
    }
    return false
  }

  /// Uses a condition such as i = j or i ≠ j.
  private mutating func take(_ condition: Handle, _ pool: inout ExpressionPool) {
    guard case .relation(let relation, let list) = pool[condition], pool.count(list) == 2 else {
      return
    }
    let (one, other) = (pool.operand(list, 0), pool.operand(list, 1))
    var substitution = Substitution()
    switch relation {
    case .equal:
      guard case .symbol(let id) = pool[one], pool.kind(of: id) == .index else { return }
      substitution.symbols[id] = other
    case .notEqual:
      for (a, b) in [(one, other), (other, one)] {
        substitution.nodes[pool.writtenDelta(a, b)] = pool.zero
        substitution.nodes[pool.indicator(of: pool.relation(.equal, a, b))] = pool.zero
        substitution.nodes[pool.indicator(of: pool.relation(.notEqual, a, b))] = pool.one
      }
    default: return
    }
    left = pool.substitute(substitution, in: left)
    right = pool.substitute(substitution, in: right)
  }
}
