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

extension ExpressionPool {
  /// The derivative of a built-in function at an argument, times the change of the argument.
  mutating func slope(
    of function: Function, at argument: Handle, _ change: Handle,
    _ context: borrowing DifferentiationContext
  ) -> Handle {
    if function.hasKink, let convention = context.conventions[function],
      let value = stated(function, argument, convention)
    {
      return multiply(value, change)
    }
    return DerivativeTable.slope(of: function, at: argument, change, in: &self) ?? zero
  }

  /// The slope of a function with a kink at 0 where the author stated its value there.
  private mutating func stated(
    _ function: Function, _ argument: Handle, _ value: Handle
  ) -> Handle? {
    let right: Handle
    let left: Handle
    switch function {
    case .relu:
      right = one
      left = zero
    case .abs:
      right = one
      left = minusOne
    case .sign, .step:
      right = zero
      left = zero
    default: return nil
    }
    let isPositive = relation(.greater, argument, zero)
    if function == .relu, value == zero { return indicator(of: isPositive) }
    if function == .relu, value == one {
      return indicator(of: relation(.greaterOrEqual, argument, zero))
    }
    if function == .abs, value == zero { return self.function(.sign, argument) }
    let isZero = relation(.equal, argument, zero)
    return writtenPiecewise([isPositive, right, isZero, value, left])
  }

  /// Π_{k ≠ l} u_k for a product over k opened at l.
  mutating func otherFactors(of product: Handle, than changing: OpenedBinder) -> Handle {
    guard let fixed = openAnew(product) else { return one }
    var differs: [Handle] = []
    for (own, other) in zip(fixed.indices, changing.indices) {
      differs.append(relation(.notEqual, symbol(own), symbol(other)))
    }
    let condition = differs.count == 1 ? differs[0] : disjunction(differs)
    let guarded = writtenPiecewise([condition, fixed.body, one])
    return closeProduct(guarded, over: fixed.indices, ranges: fixed.ranges)
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
      for _ in 0..<order where !isInterrupted {
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
    if traits(root).isDisjoint(with: [.derivative, .application]) { return root }
    var memo = HandleMap()
    for node in deepNodes(root) { _ = differentiated(node, context, &memo) }
    return differentiated(root, context, &memo)
  }

  private mutating func differentiated(
    _ handle: Handle, _ context: DifferentiationContext, _ memo: inout HandleMap
  ) -> Handle {
    if traits(handle).isDisjoint(with: [.derivative, .application]) { return handle }
    if let known = memo[handle] { return known }
    if isInterrupted { return handle }
    var result = mapOpenedChildren(of: handle) { pool, child in
      pool.differentiated(child, context, &memo)
    }
    switch self[result] {
    case .derivative(var body, let list):
      let variables = operands(list)
      let context = context.excluding(variables, in: self)
      for variable in variables where !isInterrupted {
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
