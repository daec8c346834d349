import NablaExpressions
import NablaNumbers
import NablaRewriting

/// What differentiation treats as given.
package struct DifferentiationContext: Sendable {
  /// Names that are followed through their definitions.
  package var definitions: Definitions
  /// Values at kinks that the author stated, by function.
  package var conventions: [Function: Handle] = [:]

  package init(definitions: Definitions = Definitions()) {
    self.definitions = definitions
  }
}

/// Forward differentiation of built expressions, each node once for each variable.
///
/// The table rows state every rule; see `RuleFamily.functionDerivatives` and
/// `RuleFamily.structuralDerivatives`. Values at kinks are not chosen here: the derivative holds
/// away from them, unless the author stated a convention.
package struct Differentiator: ~Copyable {
  private let context: DifferentiationContext
  private var memo = HandleMap()
  private var variable = Handle(index: 0)
  private var head: SymbolID?
  private var variableIndices: [Handle] = []
  private let followsDefinitions: Bool
  /// Expressions deeper than this are taken node by node from the leaves up.
  private static var depthLimit: Int { 64 }

  package init(_ context: DifferentiationContext = DifferentiationContext()) {
    self.context = context
    followsDefinitions = !context.definitions.all.isEmpty
  }

  /// The derivative by a scalar or a component, in built form.
  ///
  /// The indices of a component may be free index symbols, labels or numbers.
  package mutating func derivative(
    of root: Handle, by variable: Handle, in pool: inout ExpressionPool
  ) -> Handle {
    if variable != self.variable {
      memo.removeAll()
      self.variable = variable
      switch pool[variable] {
      case .symbol(let id):
        head = id
        variableIndices = []
      case .entry(let id, let list):
        head = id
        variableIndices = pool.operands(list)
      default: head = nil
      }
    }
    return differentiateDeep(root, &pool)
  }

  /// The derivative of what may be too deep for recursion.
  private mutating func differentiateDeep(
    _ root: Handle, _ pool: inout ExpressionPool
  ) -> Handle {
    for node in pool.deepNodes(root) where node != root { _ = differentiate(node, &pool) }
    return differentiate(root, &pool)
  }

  private mutating func differentiate(_ handle: Handle, _ pool: inout ExpressionPool) -> Handle {
    guard let head else { return pool.zero }
    if !followsDefinitions, pool.excludes(handle, head) { return pool.zero }
    if let known = memo[handle] { return known }
    if pool.isInterrupted { return pool.zero }
    if pool.depth(handle) > Differentiator.depthLimit { prepare(handle, head, &pool) }
    let result = compute(handle, head, &pool)
    memo[handle] = result
    return result
  }

  /// Differentiates the nodes of a deep expression, children before parents, so that the way down
  /// from any of them is short.
  private mutating func prepare(
    _ root: Handle, _ head: SymbolID, _ pool: inout ExpressionPool
  ) {
    var found: [Handle] = []
    var seen = HandleMap()
    var pending = [root]
    while let handle = pending.popLast() {
      pool.forEachOperand(of: handle) { child in
        if seen[child] != nil || memo[child] != nil { return }
        seen[child] = child
        found.append(child)
        pending.append(child)
      }
    }
    found.sort()
    for handle in found where followsDefinitions || !pool.excludes(handle, head) {
      if pool.isInterrupted { return }
      memo[handle] = compute(handle, head, &pool)
    }
  }

  private mutating func compute(
    _ handle: Handle, _ head: SymbolID, _ pool: inout ExpressionPool
  ) -> Handle {
    switch pool[handle] {
    case .integer, .number, .constant, .bound, .delta, .indicator, .relation, .conjunction,
      .disjunction, .complement:
      return pool.zero
    case .symbol(let id):
      return id == head ? pool.one : throughDefinition(handle, &pool)
    case .entry(let id, let list):
      return id == head
        ? component(id, pool.operands(list), &pool) : throughDefinition(handle, &pool)
    case .sum(let list), .heldSum(let list): return sum(list, &pool)
    case .product(let list), .heldProduct(let list): return product(list, &pool)
    case .power(let base, let exponent): return power(handle, base, exponent, &pool)
    case .function(let function, let argument):
      let change = differentiate(argument, &pool)
      return change == pool.zero ? change : pool.slope(of: function, at: argument, change, context)
    case .maximum(let list):
      return extremum(pool.operands(list), .greater, &pool)
    case .minimum(let list):
      return extremum(pool.operands(list), .less, &pool)
    case .apply(let function, let list):
      return application(handle, function, pool.operands(list), &pool)
    case .indexedSum: return indexedSum(handle, &pool)
    case .indexedProduct: return indexedProduct(handle, &pool)
    case .determinant, .inverse: return square(handle, &pool)
    case .piecewise(let list): return piecewise(pool.operands(list), &pool)
    case .derivative(let body, let list):
      let inner = evaluated(body, by: pool.operands(list), &pool)
      return differentiate(inner, &pool)
    case .quotient(let above, let below):
      return product(above, pool.power(below, pool.minusOne), &pool)
    case .negation(let operand):
      return pool.negate(differentiate(operand, &pool))
    case .root(let radicand, let degree):
      guard let order = Rational(1, over: Integer(Int(degree))) else { return pool.zero }
      return differentiate(pool.power(radicand, pool.number(order)), &pool)
    }
  }

  private mutating func throughDefinition(
    _ handle: Handle, _ pool: inout ExpressionPool
  ) -> Handle {
    guard followsDefinitions, let body = pool.instantiate(handle, from: context.definitions)
    else { return pool.zero }
    return differentiateDeep(body, &pool)
  }

  /// ∂h[k…]/∂h[i…] is a product of deltas.
  private func component(
    _ head: SymbolID, _ indices: [Handle], _ pool: inout ExpressionPool
  ) -> Handle {
    guard indices.count == variableIndices.count else { return pool.zero }
    return pool.componentSlope(head, at: indices, by: variableIndices)
  }

  private mutating func sum(_ list: ListID, _ pool: inout ExpressionPool) -> Handle {
    var first: Handle?
    var terms: [Handle] = []
    for place in 0..<pool.count(list) {
      let change = differentiate(pool.operand(list, place), &pool)
      if change == pool.zero { continue }
      if let only = first {
        if terms.isEmpty { terms.append(only) }
        terms.append(change)
      } else {
        first = change
      }
    }
    return terms.isEmpty ? first ?? pool.zero : pool.add(terms)
  }

  private mutating func product(_ list: ListID, _ pool: inout ExpressionPool) -> Handle {
    if pool.count(list) == 2 {
      return product(pool.operand(list, 0), pool.operand(list, 1), &pool)
    }
    var others = pool.operands(list)
    var terms: [Handle] = []
    for place in others.indices {
      let factor = others[place]
      let change = differentiate(factor, &pool)
      if change == pool.zero { continue }
      others[place] = change
      terms.append(pool.multiply(others))
      others[place] = factor
    }
    return pool.add(terms)
  }

  private mutating func product(
    _ left: Handle, _ right: Handle, _ pool: inout ExpressionPool
  ) -> Handle {
    let leftChange = differentiate(left, &pool)
    let rightChange = differentiate(right, &pool)
    return pool.add(pool.multiply(leftChange, right), pool.multiply(rightChange, left))
  }

  private mutating func power(
    _ handle: Handle, _ base: Handle, _ exponent: Handle, _ pool: inout ExpressionPool
  ) -> Handle {
    let baseChange = differentiate(base, &pool)
    let exponentChange = differentiate(exponent, &pool)
    var result = pool.zero
    if baseChange != pool.zero {
      let lower = pool.power(base, pool.add(exponent, pool.minusOne))
      result = pool.multiply([exponent, lower, baseChange])
    }
    if exponentChange != pool.zero {
      let logarithm = pool.function(.log, base)
      result = pool.add(result, pool.multiply([handle, logarithm, exponentChange]))
    }
    return result
  }

  private mutating func extremum(
    _ operands: [Handle], _ relation: Relation, _ pool: inout ExpressionPool
  ) -> Handle {
    let operands = pool.withoutRepetitions(operands)
    var changes: [Handle] = []
    for operand in operands { changes.append(differentiate(operand, &pool)) }
    let isChanging = changes.map { $0 != pool.zero }
    var terms: [Handle] = []
    for place in operands.indices where isChanging[place] {
      let factors = pool.winning(place, of: operands, relation, isChanging: isChanging)
      terms.append(pool.multiply(factors + [changes[place]]))
    }
    return pool.add(terms)
  }

  private mutating func application(
    _ handle: Handle, _ function: SymbolID, _ arguments: [Handle], _ pool: inout ExpressionPool
  ) -> Handle {
    if let body = pool.instantiate(handle, from: context.definitions) {
      return differentiate(body, &pool)
    }
    if let body = derivativeBody(function, arguments, &pool) {
      return differentiate(body, &pool)
    }
    var terms: [Handle] = []
    for place in arguments.indices {
      let change = differentiate(arguments[place], &pool)
      if change == pool.zero { continue }
      var orders = [Int](repeating: 0, count: arguments.count)
      orders[place] = 1
      let slope = pool.derivativeSymbol(of: function, orders: orders)
      terms.append(pool.multiply(pool.apply(slope, arguments), change))
    }
    return pool.add(terms)
  }

  /// f′(u) for a defined f: the derivative of its body at u.
  private mutating func derivativeBody(
    _ function: SymbolID, _ arguments: [Handle], _ pool: inout ExpressionPool
  ) -> Handle? {
    guard let known = pool.declaration(of: function).derivative,
      let definition = context.definitions[known.function],
      definition.parameters.count == arguments.count
    else { return nil }
    return pool.derivativeOfDefinition(definition, known.orders, arguments, context)
  }

  private mutating func indexedSum(_ handle: Handle, _ pool: inout ExpressionPool) -> Handle {
    guard let opened = pool.open(handle) else { return pool.zero }
    let change = differentiate(opened.body, &pool)
    if change == pool.zero { return change }
    return pool.closeSum(change, over: opened.indices, ranges: opened.ranges)
  }

  /// Σ_l ∂u_l · Π_{k ≠ l} u_k.
  private mutating func indexedProduct(_ handle: Handle, _ pool: inout ExpressionPool) -> Handle {
    guard let opened = pool.open(handle) else { return pool.zero }
    let change = differentiate(opened.body, &pool)
    if change == pool.zero { return change }
    let others = pool.otherFactors(of: handle, than: opened)
    return pool.closeSum(
      pool.multiply(change, others), over: opened.indices, ranges: opened.ranges)
  }

  /// Σ_kl of the slope by the matrix' entry at (k,l) times the change of that entry.
  private mutating func square(_ handle: Handle, _ pool: inout ExpressionPool) -> Handle {
    guard let opened = pool.open(handle) else { return pool.zero }
    let change = differentiate(opened.body, &pool)
    if change == pool.zero { return change }
    let slope = pool.slope(ofSquare: handle, opened)
    let sum = pool.closeSum(
      pool.multiply(slope.inside + [change]), over: opened.indices, ranges: opened.ranges)
    return pool.multiply(slope.outside, sum)
  }

  private mutating func piecewise(_ branches: [Handle], _ pool: inout ExpressionPool) -> Handle {
    var changed: [Handle] = []
    var isConstant = true
    for place in branches.indices {
      let isCondition = place % 2 == 0 && place + 1 < branches.count
      if isCondition {
        changed.append(branches[place])
      } else {
        let change = differentiate(branches[place], &pool)
        if change != pool.zero { isConstant = false }
        changed.append(change)
      }
    }
    return isConstant ? pool.zero : pool.writtenPiecewise(changed)
  }

  private func evaluated(
    _ body: Handle, by variables: [Handle], _ pool: inout ExpressionPool
  ) -> Handle {
    var result = body
    let context = context.excluding(variables, in: pool)
    for variable in variables {
      var inner = Differentiator(context)
      result = inner.derivative(of: result, by: variable, in: &pool)
    }
    return result
  }
}

extension ExpressionPool {
  /// Calls a function with the children through which a derivative passes as they stand: not with
  /// conditions, bounds and indices, nor with what is opened first.
  fileprivate func forEachOperand(of handle: Handle, _ visit: (Handle) -> Void) {
    switch self[handle] {
    case .sum, .heldSum, .product, .heldProduct, .power, .function, .maximum, .minimum, .apply,
      .quotient, .negation:
      forEachChild(of: handle) { child, _ in visit(child) }
    case .piecewise(let list):
      for place in 0..<count(list) where place % 2 == 1 || place + 1 == count(list) {
        visit(operand(list, place))
      }
    default: break
    }
  }
}
