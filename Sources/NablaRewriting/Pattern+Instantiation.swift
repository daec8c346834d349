import NablaExpressions

/// Which of a pool's constructors make an expression.
package enum ConstructedForm: Sendable {
  case built, canonical
}

extension Pattern {
  /// The expression that the pattern describes under bindings.
  ///
  /// `differential` gives the derivative of what a `d(…)` stands for.
  /// Nil if a letter is not bound or a differential has no value.
  package func instantiate(
    _ form: ConstructedForm, in pool: inout ExpressionPool, _ bindings: Bindings,
    differential: (inout ExpressionPool, Handle) -> Handle? = { _, _ in nil }
  ) -> Handle? {
    func make(_ pattern: Pattern, _ pool: inout ExpressionPool) -> Handle? {
      pattern.instantiate(form, in: &pool, bindings, differential: differential)
    }
    func make(all patterns: [Pattern], _ pool: inout ExpressionPool) -> [Handle]? {
      var made: [Handle] = []
      for pattern in patterns {
        guard let part = make(pattern, &pool) else { return nil }
        made.append(part)
      }
      return made
    }
    let isBuilt = form == .built
    switch self {
    case .anything(let letter), .number(let letter), .remainder(let letter):
      return bindings[letter]
    case .exactly(let value): return pool.number(value)
    case .constant(let constant): return pool.constant(constant)
    case .function(let function, let argument):
      guard let inner = make(argument, &pool) else { return nil }
      return isBuilt ? pool.function(function, inner) : pool.canonicalFunction(function, inner)
    case .power(let base, let exponent):
      guard let base = make(base, &pool), let exponent = make(exponent, &pool) else { return nil }
      return isBuilt ? pool.power(base, exponent) : pool.canonicalPower(base, exponent)
    case .product(let factors):
      guard let parts = make(all: factors, &pool) else { return nil }
      return isBuilt ? pool.multiply(parts) : pool.canonicalProduct(parts)
    case .sum(let terms):
      guard let parts = make(all: terms, &pool) else { return nil }
      return isBuilt ? pool.add(parts) : pool.canonicalSum(parts)
    case .differential(let operand):
      guard let inner = make(operand, &pool) else { return nil }
      return differential(&pool, inner)
    case .relation(let relation, let left, let right):
      guard let left = make(left, &pool), let right = make(right, &pool) else { return nil }
      return isBuilt
        ? pool.relation(relation, left, right) : pool.canonicalRelation(relation, left, right)
    case .indicator(let condition):
      guard let condition = make(condition, &pool) else { return nil }
      return isBuilt ? pool.indicator(of: condition) : pool.canonicalIndicator(condition)
    case .maximum(let operands), .minimum(let operands):
      guard let parts = make(all: operands, &pool) else { return nil }
      var isMaximum = false
      if case .maximum = self { isMaximum = true }
      return isBuilt
        ? pool.writtenExtremum(parts, isMaximum: isMaximum)
        : pool.canonicalExtremum(parts, isMaximum: isMaximum)
    }
  }
}
