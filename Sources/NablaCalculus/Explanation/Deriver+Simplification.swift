import NablaExpressions
import NablaRewriting

extension Deriver {
  /// A derivation of the shortest form of an expression.
  ///
  /// Unevaluated derivatives in it are carried out first.
  package mutating func simplify(
    _ start: Handle, in pool: inout ExpressionPool
  ) -> Derivation {
    var derivation = Derivation(goal: start, result: start)
    var line = start
    if pool.traits(start).contains(.derivative) {
      line = pool.presentable(pool.differentiated(start, context))
      derivation.steps.append(
        Step("chain", start, line, Reason("carry out the derivatives"), detail: .brief))
    }
    finish(&derivation, line, &pool)
    return derivation
  }

  /// Takes conditions on indices as known.
  package mutating func assume(_ conditions: [Handle], in pool: inout ExpressionPool) {
    for condition in conditions {
      guard case .relation(.notEqual, let list) = pool[condition] else { continue }
      distinct.insert([pool.operand(list, 0), pool.operand(list, 1)])
    }
  }

  /// The derivative of a quantity by a name in its definition, every other name held fixed.
  package mutating func localSlope(
    of upper: Handle, by lower: Handle, in pool: inout ExpressionPool
  ) -> Handle {
    var scratch = Derivation(goal: upper, result: upper)
    return localDerivative(upper, by: lower, &scratch, &pool)
  }
}
