import NablaExpressions

extension DifferentiationContext {
  /// The context in which a defined variable is an independent node of its own.
  package func excluding(
    _ variable: Handle, in pool: borrowing ExpressionPool
  ) -> DifferentiationContext {
    excluding([variable], in: pool)
  }

  /// The context in which every defined one of some variables is an independent node of its own.
  package func excluding(
    _ variables: [Handle], in pool: borrowing ExpressionPool
  ) -> DifferentiationContext {
    var own: Set<SymbolID> = []
    for variable in variables {
      switch pool[variable] {
      case .symbol(let id), .entry(let id, _): if definitions[id] != nil { own.insert(id) }
      default: break
      }
    }
    if own.isEmpty { return self }
    var copy = self
    copy.definitions = definitions.without(own)
    return copy
  }
}

extension Differentiator {
  /// The slope of a function with a kink at 0 where the author stated its value there.
  func stated(
    _ function: Function, _ argument: Handle, _ value: Handle, _ pool: inout ExpressionPool
  ) -> Handle? {
    let right: Handle
    let left: Handle
    switch function {
    case .relu:
      right = pool.one
      left = pool.zero
    case .abs:
      right = pool.one
      left = pool.minusOne
    case .sign, .step:
      right = pool.zero
      left = pool.zero
    default: return nil
    }
    let isPositive = pool.relation(.greater, argument, pool.zero)
    if function == .relu, value == pool.zero { return pool.indicator(of: isPositive) }
    if function == .relu, value == pool.one {
      return pool.indicator(of: pool.relation(.greaterOrEqual, argument, pool.zero))
    }
    if function == .abs, value == pool.zero { return pool.function(.sign, argument) }
    let isZero = pool.relation(.equal, argument, pool.zero)
    return pool.writtenPiecewise([isPositive, right, isZero, value, left])
  }
}

extension ExpressionPool {
  /// The derivative of a defined function of some orders, at arguments.
  ///
  /// Nil for orders so high that the derivative would be too long; the name then stays.
  package mutating func derivativeOfDefinition(
    _ definition: Definition, _ orders: [Int], _ arguments: [Handle],
    _ context: DifferentiationContext
  ) -> Handle? {
    if orders.contains(where: { $0 > 32 }) { return nil }
    var body = definition.body
    for (parameter, order) in zip(definition.parameters, orders) {
      let variable = symbol(parameter)
      var differentiator = Differentiator(context)
      for _ in 0..<order {
        body = differentiator.derivative(of: body, by: variable, in: &self)
      }
    }
    var substitution = Substitution()
    for (parameter, argument) in zip(definition.parameters, arguments) {
      substitution.symbols[parameter] = argument
    }
    return substitute(substitution, in: body)
  }

  /// The expression with unevaluated derivatives and derivatives of defined functions carried out.
  package mutating func differentiated(
    _ root: Handle, _ context: DifferentiationContext
  ) -> Handle {
    if !traits(root).contains(.derivative), !traits(root).contains(.application) { return root }
    var memo: [Handle: Handle] = [:]
    for node in deepNodes(root) { _ = differentiated(node, context, &memo) }
    return differentiated(root, context, &memo)
  }

  private mutating func differentiated(
    _ handle: Handle, _ context: DifferentiationContext, _ memo: inout [Handle: Handle]
  ) -> Handle {
    if let known = memo[handle] { return known }
    var result = mapOpenedChildren(of: handle) { pool, child in
      pool.differentiated(child, context, &memo)
    }
    switch self[result] {
    case .derivative(var body, let list):
      let variables = operands(list)
      let context = context.excluding(variables, in: self)
      for variable in variables {
        var differentiator = Differentiator(context)
        body = differentiator.derivative(of: body, by: variable, in: &self)
      }
      result = body
    case .apply(let function, let list):
      if let known = declaration(of: function).derivative,
        let definition = context.definitions[known.function],
        definition.parameters.count == count(list),
        let slope = derivativeOfDefinition(definition, known.orders, operands(list), context)
      {
        result = slope
      }
    default: break
    }
    memo[handle] = result
    return result
  }
}
