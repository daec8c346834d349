import NablaExpressions
import NablaNumbers
import NablaRewriting

/// What one round of differentiation did.
struct DerivativeRound {
  var result: Handle
  /// The rules that a reader is told, in the order of their use.
  var rules: [String] = []
  var remarks: [String] = []
  var local: [Step] = []
  let variable: Handle

  init(_ line: Handle, by variable: Handle) {
    result = line
    self.variable = variable
  }

  /// The rule that names the line.
  var rule: String { rules.first ?? "sum" }

  func reason(_ table: DerivativeTable) -> Reason {
    if remarks.isEmpty { return Reason([.text("linear in "), .formula(variable)]) }
    var reason = Reason()
    for remark in remarks.prefix(3) { reason = reason.followed(by: Reason(remark)) }
    return reason
  }
}

/// Applies the derivative rows to written forms, one level of composition a round.
///
/// Sums, constant factors and the variable itself go along with the rule they stand in.
struct DerivativeStepper {
  let variable: Handle
  let context: DifferentiationContext
  var table: DerivativeTable
  let distinct: Set<Set<Handle>>
  private(set) var kinks: [Kink] = []
  private var log: DerivativeRound

  init(
    variable: Handle, context: DifferentiationContext, table: DerivativeTable,
    distinct: Set<Set<Handle>>
  ) {
    self.variable = variable
    log = DerivativeRound(variable, by: variable)
    self.context = context
    self.table = table
    self.distinct = distinct
  }

  /// Carries every derivative in a line one level further.
  mutating func round(_ line: Handle, in pool: inout ExpressionPool) -> DerivativeRound {
    log = DerivativeRound(line, by: variable)
    log.result = advance(line, &pool)
    return log
  }

  private mutating func advance(_ handle: Handle, _ pool: inout ExpressionPool) -> Handle {
    guard pool.traits(handle).contains(.derivative) else { return handle }
    switch pool[handle] {
    case .derivative(let body, let list):
      guard pool.count(list) == 1, pool.operand(list, 0) == variable else { return handle }
      return differentiate(body, allowsMajor: true, &pool) ?? handle
    case .sum(let list):
      var terms: [Handle] = []
      for term in pool.operands(list) { terms.append(advance(term, &pool)) }
      return pool.lightSum(terms)
    case .product(let list):
      var factors: [Handle] = []
      for factor in pool.operands(list) { factors.append(advance(factor, &pool)) }
      return pool.lightProduct(factors)
    case .quotient(let above, let below):
      let above = advance(above, &pool)
      return above == pool.zero ? above : pool.quotient(above, advance(below, &pool))
    case .negation(let operand):
      return pool.lightNegation(advance(operand, &pool))
    case .indexedSum:
      guard let opened = pool.open(handle) else { return handle }
      let body = advance(opened.body, &pool)
      if body == pool.zero { return body }
      return pool.closeSum(body, over: opened.indices, ranges: opened.ranges)
    default:
      var inner = self
      let result = pool.mapChildren(of: handle) { pool, child, _ in inner.advance(child, &pool) }
      self = inner
      return result
    }
  }

  /// The derivative of an expression by one level of rules.
  ///
  /// Nil if a major rule would be needed and none is allowed.
  private mutating func differentiate(
    _ body: Handle, allowsMajor: Bool, _ pool: inout ExpressionPool
  ) -> Handle? {
    if !dependsOnVariable(body, &pool) { return pool.zero }
    if body == variable { return pool.one }
    switch pool[body] {
    case .entry(let array, let list): return component(array, list, &pool)
    case .sum(let list), .heldSum(let list):
      var terms: [Handle] = []
      for term in pool.operands(list) {
        guard let change = differentiate(term, allowsMajor: allowsMajor, &pool) else { return nil }
        terms.append(change)
      }
      return note("sum", body, pool.lightSum(terms), &pool)
    case .negation(let operand):
      guard let change = differentiate(operand, allowsMajor: allowsMajor, &pool) else { return nil }
      return pool.lightNegation(change)
    case .product(let list), .heldProduct(let list):
      return product(body, pool.operands(list), allowsMajor, &pool)
    case .quotient(let above, let below):
      return quotient(body, above, below, allowsMajor, &pool)
    case .indexedSum:
      guard let opened = pool.open(body),
        let change = differentiate(opened.body, allowsMajor: allowsMajor, &pool)
      else { return nil }
      if change == pool.zero { return change }
      let summed = pool.closeSum(change, over: opened.indices, ranges: opened.ranges)
      return note("sum-over-index", body, summed, &pool)
    default:
      return allowsMajor ? major(body, &pool) : nil
    }
  }

  private func dependsOnVariable(_ body: Handle, _ pool: inout ExpressionPool) -> Bool {
    switch pool[variable] {
    case .symbol(let id), .entry(let id, _): pool.occurs(id, in: body)
    default: false
    }
  }

  /// ∂h[k]/∂h[i] = δ(k,i), and 0 where the indices are known to differ.
  private mutating func component(
    _ array: SymbolID, _ list: ListID, _ pool: inout ExpressionPool
  ) -> Handle {
    guard case .entry(_, let indices) = pool[variable], pool.count(list) == pool.count(indices)
    else { return pool.zero }
    var terms: [Handle] = []
    let own = pool.operands(list)
    for term in pool.deltaTerms(array, at: own, by: pool.operands(indices)) {
      var deltas: [Handle] = []
      for delta in term.deltas where !isBetweenDistinct(delta, pool) {
        deltas.append(pool.arranged(delta))
      }
      if deltas.count < term.deltas.count { continue }
      let product = pool.lightProduct(deltas)
      terms.append(term.isNegative ? pool.lightNegation(product) : product)
    }
    if terms.count > 1 { tell("symmetric-component") }
    return pool.lightSum(terms)
  }

  private func isBetweenDistinct(_ delta: Handle, _ pool: borrowing ExpressionPool) -> Bool {
    guard case .delta(let left, let right) = pool[delta] else { return false }
    return distinct.contains([left, right])
  }

  /// The derivative of an inner expression: carried out if minor rules suffice, else left standing.
  private mutating func inner(_ body: Handle, _ pool: inout ExpressionPool) -> Handle {
    let mark = log
    if let change = differentiate(body, allowsMajor: false, &pool) { return change }
    log = mark
    return pool.derivative(body, by: [variable])
  }

  private mutating func product(
    _ body: Handle, _ factors: [Handle], _ allowsMajor: Bool, _ pool: inout ExpressionPool
  ) -> Handle? {
    var moving: [Int] = []
    for place in factors.indices where dependsOnVariable(factors[place], &pool) {
      moving.append(place)
    }
    if moving.count == 1 {
      let place = moving[0]
      guard let change = differentiate(factors[place], allowsMajor: allowsMajor, &pool) else {
        return nil
      }
      var parts = factors
      parts[place] = change
      return note("constant-multiple", body, pool.lightProduct(parts), &pool)
    }
    guard allowsMajor else { return nil }
    tell("product")
    var terms: [Handle] = []
    for place in moving {
      var parts = factors
      parts[place] = inner(factors[place], &pool)
      terms.append(pool.lightProduct(parts))
    }
    return note("product", body, pool.lightSum(terms), &pool)
  }

  private mutating func quotient(
    _ body: Handle, _ above: Handle, _ below: Handle, _ allowsMajor: Bool,
    _ pool: inout ExpressionPool
  ) -> Handle? {
    if !dependsOnVariable(below, &pool) {
      guard let change = differentiate(above, allowsMajor: allowsMajor, &pool) else { return nil }
      if change == pool.zero { return change }
      return note("constant-multiple", body, pool.lightFraction(change, below), &pool)
    }
    guard allowsMajor else { return nil }
    tell("quotient")
    let square = pool.writtenPower(below, pool.two)
    let first = pool.lightProduct([inner(above, &pool), below])
    let second = pool.lightProduct([above, inner(below, &pool)])
    let top = pool.lightSum([first, pool.lightNegation(second)])
    let result: Handle
    if case .negation(let positive) = pool[top] {
      result = pool.lightNegation(pool.quotient(positive, square))
    } else {
      result = pool.quotient(top, square)
    }
    return note("quotient", body, result, &pool)
  }

  /// The rules that take a composition apart.
  private mutating func major(_ body: Handle, _ pool: inout ExpressionPool) -> Handle? {
    switch pool[body] {
    case .function(let function, let argument):
      return functionValue(body, function, argument, &pool)
    case .power(let base, let exponent): return power(body, base, exponent, &pool)
    case .root(let radicand, let degree): return root(body, radicand, degree, &pool)
    case .maximum(let list): return extremum(body, pool.operands(list), .greater, &pool)
    case .minimum(let list): return extremum(body, pool.operands(list), .less, &pool)
    case .apply(let function, let list): return application(body, function, list, &pool)
    case .piecewise(let list): return piecewise(body, pool.operands(list), &pool)
    case .indexedProduct: return fallback("product-over-index", body, &pool)
    case .determinant: return square("determinant", body, &pool)
    case .inverse: return square("inverse", body, &pool)
    case .indicator:
      kinks.append(Kink(.cases, body))
      tell("indicator")
      return pool.zero
    default: return fallback("definition", body, &pool)
    }
  }

  /// A sum over the entries of the matrix, each with its slope and its change.
  private mutating func square(
    _ rule: String, _ body: Handle, _ pool: inout ExpressionPool
  ) -> Handle? {
    guard let opened = pool.open(body) else { return fallback(rule, body, &pool) }
    tell(rule)
    let change = inner(opened.body, &pool)
    if change == pool.zero { return change }
    let slope = pool.slope(ofSquare: body, opened)
    var parts = slope.inside
    parts.insert(change, at: 1)
    let sum = pool.closeSum(
      pool.lightProduct(parts), over: opened.indices, ranges: opened.ranges)
    let result =
      slope.outside == pool.minusOne
      ? pool.lightNegation(sum) : pool.lightProduct([slope.outside, sum])
    return note(rule, body, result, &pool)
  }

  private mutating func functionValue(
    _ body: Handle, _ function: Function, _ argument: Handle, _ pool: inout ExpressionPool
  ) -> Handle? {
    guard let rule = table.rule(for: function), let pattern = table.pattern(for: function) else {
      return fallback("definition", body, &pool)
    }
    if function.hasKink {
      if context.conventions[function] != nil {
        return fallback(rule.name, body, &pool, remark: rule.remark + ", convention at 0")
      }
      kinks.append(Kink(.function(function), argument))
    }
    tell(rule.name, rule.remark)
    let change = inner(argument, &pool)
    tellChainRule(for: change, pool)
    return note(rule.name, body, pattern.written(in: &pool, argument, change), &pool)
  }

  private mutating func power(
    _ body: Handle, _ base: Handle, _ exponent: Handle, _ pool: inout ExpressionPool
  ) -> Handle? {
    let movesBase = dependsOnVariable(base, &pool)
    let movesExponent = dependsOnVariable(exponent, &pool)
    if movesBase && movesExponent {
      tell("general-power")
      let logarithm = pool.writtenFunction(.log, base)
      let first = pool.lightProduct([inner(exponent, &pool), logarithm])
      let second = pool.lightFraction(
        pool.lightProduct([exponent, inner(base, &pool)]), base)
      return note(
        "general-power", body, pool.lightProduct([body, pool.lightSum([first, second])]), &pool)
    }
    if movesExponent {
      if case .constant(.e) = pool[base] {
        tell("exponential-function", "(e^u)′ = e^u u′")
        return note(
          "exponential-function", body, pool.lightProduct([body, inner(exponent, &pool)]), &pool)
      }
      tell("exponential")
      let logarithm = pool.writtenFunction(.log, base)
      return note(
        "exponential", body, pool.lightProduct([body, logarithm, inner(exponent, &pool)]), &pool)
    }
    tell("power")
    let lower = pool.canonicalSum([pool.canonical(exponent), pool.minusOne])
    let writtenLower = pool.presentable(lower)
    let power = writtenLower == pool.one ? base : pool.writtenPower(base, writtenLower)
    let change = inner(base, &pool)
    tellChainRule(for: change, pool)
    return note("power", body, pool.lightProduct([exponent, power, change]), &pool)
  }

  private mutating func root(
    _ body: Handle, _ radicand: Handle, _ degree: UInt32, _ pool: inout ExpressionPool
  ) -> Handle? {
    guard degree == 2, let pattern = table.pattern(for: .sqrt) else {
      return fallback("power", body, &pool)
    }
    tell("square-root", "(√u)′ = 1/(2√u)")
    let change = inner(radicand, &pool)
    tellChainRule(for: change, pool)
    return note("square-root", body, pattern.written(in: &pool, radicand, change), &pool)
  }

  private mutating func extremum(
    _ body: Handle, _ operands: [Handle], _ relation: Relation, _ pool: inout ExpressionPool
  ) -> Handle? {
    let operands = pool.withoutRepetitions(operands)
    tell(relation == .greater ? "maximum" : "minimum")
    if operands.count > 1 { kinks.append(Kink(.extremum, body)) }
    var changes: [Handle] = []
    for operand in operands { changes.append(inner(operand, &pool)) }
    let isChanging = changes.map { $0 != pool.zero }
    var terms: [Handle] = []
    for place in operands.indices where isChanging[place] {
      var factors: [Handle] = []
      for factor in pool.winning(place, of: operands, relation, isChanging: isChanging) {
        factors.append(pool.indicator(of: pool.presentable(pool.children(of: factor)[0])))
      }
      terms.append(pool.lightProduct(factors + [changes[place]]))
    }
    let name = relation == .greater ? "maximum" : "minimum"
    return note(name, body, pool.lightSum(terms), &pool)
  }

  private mutating func application(
    _ body: Handle, _ function: SymbolID, _ list: ListID, _ pool: inout ExpressionPool
  ) -> Handle? {
    if let opened = pool.instantiate(body, from: context.definitions) {
      tell("definition", "definition of \(pool.declaration(of: function).name)")
      return note("definition", body, pool.derivative(opened, by: [variable]), &pool)
    }
    if let known = pool.declaration(of: function).derivative,
      context.definitions[known.function] != nil
    {
      return fallback("definition", body, &pool)
    }
    let arguments = pool.operands(list)
    let name = pool.declaration(of: function).name
    tell("unknown-function", arguments == [variable] ? "derivative of \(name)" : "")
    var terms: [Handle] = []
    for place in arguments.indices {
      let change = inner(arguments[place], &pool)
      if change == pool.zero { continue }
      var orders = [Int](repeating: 0, count: arguments.count)
      orders[place] = 1
      let slope = pool.derivativeSymbol(of: function, orders: orders)
      terms.append(pool.lightProduct([pool.apply(slope, arguments), change]))
    }
    return note("unknown-function", body, pool.lightSum(terms), &pool)
  }

  private mutating func piecewise(
    _ body: Handle, _ branches: [Handle], _ pool: inout ExpressionPool
  ) -> Handle? {
    tell("cases")
    kinks.append(Kink(.cases, body))
    var changed: [Handle] = []
    for place in branches.indices {
      let isCondition = place % 2 == 0 && place + 1 < branches.count
      changed.append(isCondition ? branches[place] : inner(branches[place], &pool))
    }
    return note("cases", body, pool.writtenPiecewise(changed), &pool)
  }

  /// What has no written rule of its own goes through the engine's differentiator in one step.
  private mutating func fallback(
    _ rule: String, _ body: Handle, _ pool: inout ExpressionPool, remark: String = ""
  ) -> Handle {
    tell(rule, remark)
    var differentiator = Differentiator(context)
    let change = differentiator.derivative(of: body, by: variable, in: &pool)
    kinks += pool.kinks(in: body, by: [variable], context)
    return note(rule, body, pool.presentable(change), &pool)
  }

  // MARK: The log

  private mutating func tell(_ rule: String, _ remark: String = "") {
    log.rules.append(rule)
    let text = remark.isEmpty ? table.rule(named: rule)?.remark ?? "" : remark
    if !text.isEmpty, !log.remarks.contains(text) { log.remarks.append(text) }
  }

  /// The chain rule is told where the inner derivative is more than 0, 1 or a delta.
  private mutating func tellChainRule(for change: Handle, _ pool: borrowing ExpressionPool) {
    if change == pool.zero || change == pool.one || log.remarks.contains("chain rule") { return }
    if case .delta = pool[change] { return }
    log.remarks.append("chain rule")
  }

  private mutating func note(
    _ rule: String, _ body: Handle, _ result: Handle, _ pool: inout ExpressionPool
  ) -> Handle {
    if pool.looseLevels(body) == 0 {
      let before = pool.derivative(body, by: [variable])
      let remark = table.rule(named: rule)?.remark ?? rule
      log.local.append(
        Step(rule, before, result, Reason(remark), detail: .full, isLocal: true))
    }
    return result
  }
}
