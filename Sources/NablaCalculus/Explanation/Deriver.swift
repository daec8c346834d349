import NablaExpressions
import NablaRewriting

/// A result that may be cited, with what it rests on.
package struct KnownResult: Sendable {
  package let value: Handle
  package let kinks: [Kink]
  package let assumptions: [Int]
}

/// Derives step by step, the way a teacher would, and records what it does.
///
/// Named quantities between the goal and the variable are kept as names: the chain rule is written
/// out over them, each local derivative is told once, and results are folded back into names.
package struct Deriver: Sendable {
  package var context: DifferentiationContext
  package var simplifier: Simplifier
  /// Index names the author declared, for the sums that the chain rule brings in.
  package var indexNames: [SymbolID] = []
  /// Pairs of indices that are known to differ.
  var distinct: Set<Set<Handle>> = []
  /// What has been derived so far, by goal.
  package var known: [Handle: KnownResult] = [:]
  /// Those of them that rest on no assumption, no convention and no kink left out.
  package var unconditional: [Handle: KnownResult] = [:]
  let table = DerivativeTable()

  package init(context: DifferentiationContext, simplifier: Simplifier) {
    self.context = context
    self.simplifier = simplifier
  }

  /// A derivation of the derivative of a quantity by each variable in turn.
  package mutating func derive(
    _ subject: Handle, by variables: [Handle], in pool: inout ExpressionPool
  ) -> Derivation {
    guard let variable = variables.first else {
      return Derivation(goal: subject, result: subject)
    }
    if variables.count == 1 { return deriveOnce(subject, by: variable, &pool) }
    if dependOnOneAnother(variables, pool) { return deriveByNodes(subject, variables, &pool) }
    var lower = forLowerOrders(of: variables, pool)
    var derivation = lower.deriveOnce(subject, by: variable, &pool)
    for (place, next) in variables.enumerated().dropFirst() {
      let goal = pool.derivative(subject, by: Array(variables.prefix(place + 1)))
      var further =
        place + 1 < variables.count
        ? lower.deriveOnce(derivation.result, by: next, &pool)
        : deriveOnce(derivation.result, by: next, &pool)
      let before = pool.derivative(derivation.result, by: [next])
      let join = Step(
        "definition", goal, before, Reason("by the derivative of lower order"), detail: .brief)
      further.steps.insert(join, at: 0)
      further.goal = goal
      further.lemmas.insert(derivation, at: 0)
      further.kinks = derivation.kinks + further.kinks
      further.assumptions = derivation.assumptions + further.assumptions
      derivation = further
    }
    return derivation
  }

  /// The deriver for results that are differentiated once more.
  ///
  /// Facts hold at points, so they are not used; a defined variable is a node of its own, so its
  /// name does not stand for its definition.
  private func forLowerOrders(
    of variables: [Handle], _ pool: borrowing ExpressionPool
  ) -> Deriver {
    var lower = self
    let own = Set(variables.compactMap { head($0, pool) })
    lower.simplifier.assumptions = []
    lower.simplifier.definitions.removeAll { $0.names(oneOf: own) }
    lower.known = [:]
    if own.contains(where: { context.definitions[$0] != nil }) { lower.unconditional = [:] }
    return lower
  }

  /// A derivation by several names, some of which are defined.
  ///
  /// Each of them is a variable of its own for all the others, which no line but the goal can say,
  /// so the engine takes the derivative in one step.
  private mutating func deriveByNodes(
    _ subject: Handle, _ variables: [Handle], _ pool: inout ExpressionPool
  ) -> Derivation {
    let goal = pool.derivative(subject, by: variables)
    var derivation = Derivation(goal: goal, result: goal)
    let line = pool.presentable(pool.differentiated(goal, context))
    derivation.kinks = pool.kinks(in: subject, by: variables, context)
    derivation.steps.append(
      Step("chain", goal, line, Reason("every name below ∂ is a variable of its own")))
    finish(&derivation, line, &pool)
    return derivation
  }

  /// Whether one of several different variables is a defined name.
  private func dependOnOneAnother(
    _ variables: [Handle], _ pool: borrowing ExpressionPool
  ) -> Bool {
    let heads = Set(variables.compactMap { head($0, pool) })
    return heads.count > 1 && heads.contains { context.definitions[$0] != nil }
  }

  /// A derivation by one variable, with its cases where indices of the goal may coincide.
  package mutating func deriveWithCases(
    _ subject: Handle, by variables: [Handle], in pool: inout ExpressionPool
  ) -> Derivation {
    var derivation = derive(subject, by: variables, in: &pool)
    guard variables.count == 1,
      let pair = coincidence(in: derivation.result, of: [subject] + variables, &pool)
    else { return derivation }
    let equal = pool.relation(.equal, pair.kept, pair.replaced)
    let different = pool.relation(.notEqual, pair.kept, pair.replaced)
    var substitution = Substitution()
    substitution.symbols[pair.replacedSymbol] = pair.kept
    var inner = self
    inner.known = [:]
    inner.unconditional = [:]
    let sameSubject = pool.substitute(substitution, in: subject)
    let same = inner.derive(
      sameSubject, by: [pool.substitute(substitution, in: variables[0])], in: &pool)
    var apart = self
    apart.known = [:]
    apart.unconditional = [:]
    apart.distinct.insert([pair.kept, pair.replaced])
    let other = apart.derive(subject, by: variables, in: &pool)
    derivation.cases = [
      DerivationCase(condition: equal, derivation: same),
      DerivationCase(condition: different, derivation: other),
    ]
    return derivation
  }

  private struct Coincidence {
    let kept: Handle
    let replaced: Handle
    let replacedSymbol: SymbolID
  }

  /// Two indices of the goal that a delta in the result compares.
  private func coincidence(
    in result: Handle, of goal: [Handle], _ pool: inout ExpressionPool
  ) -> Coincidence? {
    let free = Set(pool.symbolsOccurring(in: goal))
    for node in pool.nodesBelow([result]) {
      guard case .delta(let left, let right) = pool[node],
        case .symbol(let a) = pool[left], case .symbol(let b) = pool[right],
        free.contains(a), free.contains(b)
      else { continue }
      // A label stays; of two indices the one declared first does.
      let keepsLeft = pool.kind(of: a) == .label || (pool.kind(of: b) != .label && a < b)
      return keepsLeft
        ? Coincidence(kept: left, replaced: right, replacedSymbol: b)
        : Coincidence(kept: right, replaced: left, replacedSymbol: a)
    }
    return nil
  }

  mutating func deriveOnce(
    _ subject: Handle, by variable: Handle, _ pool: inout ExpressionPool
  ) -> Derivation {
    if let cited = cite(pool.derivative(subject, by: [variable]), &pool) { return cited }
    let local = context.excluding(variable, in: pool)
    let body = body(of: subject, towards: variable, local, &pool)
    let names = intermediates(in: body, towards: variable, local, &pool)
    if names.isEmpty {
      return deriveDirectly(subject, body, by: variable, local, &pool)
    }
    return deriveByChain(subject, body, names, by: variable, local, &pool)
  }

  /// A derivation that starts from a result found before; nil if there is none.
  private mutating func cite(_ goal: Handle, _ pool: inout ExpressionPool) -> Derivation? {
    guard let result = unconditional[goal] ?? known[goal] else { return nil }
    var derivation = Derivation(goal: goal, result: goal)
    derivation.kinks = result.kinks
    derivation.assumptions = result.assumptions
    derivation.steps = [
      Step(
        "definition", goal, result.value, Reason([.text("by "), .result(goal)]), detail: .brief)
    ]
    finish(&derivation, result.value, &pool)
    return derivation
  }

  /// The symbol at the head of a variable or named quantity.
  func head(_ handle: Handle, _ pool: borrowing ExpressionPool) -> SymbolID? {
    switch pool[handle] {
    case .symbol(let id), .entry(let id, _): id
    default: nil
    }
  }
}
