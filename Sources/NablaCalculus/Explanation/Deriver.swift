import NablaExpressions
import NablaRewriting

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
  package var known: [Handle: Handle] = [:]
  /// Those of them that rest on no assumption and no convention.
  package var unconditional: [Handle: Handle] = [:]
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
    var lower = withoutFacts(about: variables, pool)
    var derivation = lower.deriveOnce(subject, by: variable, &pool)
    for (place, next) in variables.enumerated().dropFirst() {
      let goal = pool.derivative(subject, by: Array(variables.prefix(place + 1)))
      let isLast = place == variables.count - 1
      var further =
        isLast
        ? deriveOnce(derivation.result, by: next, &pool)
        : lower.deriveOnce(derivation.result, by: next, &pool)
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

  /// A deriver for what is still to be differentiated: facts that hold at points only, such as
  /// assumptions and the definitions of the variables themselves, are not used on the way.
  private func withoutFacts(
    about variables: [Handle], _ pool: borrowing ExpressionPool
  ) -> Deriver {
    var copy = self
    copy.known = [:]
    copy.unconditional = [:]
    copy.simplifier.assumptions = []
    let heads = variables.compactMap { head($0, pool) }
    copy.simplifier.definitions.removeAll { definition in
      guard case .component(let id) = definition.replacement else { return false }
      return heads.contains(id)
    }
    return copy
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
    let local = context.excluding(variable, in: pool)
    let body = pool.instantiate(subject, from: local.definitions)
    let names = intermediates(in: body ?? subject, towards: variable, local, &pool)
    if names.isEmpty {
      return deriveDirectly(subject, body, by: variable, local, &pool)
    }
    return deriveByChain(subject, body, names, by: variable, local, &pool)
  }

  /// The symbol at the head of a variable or named quantity.
  func head(_ handle: Handle, _ pool: borrowing ExpressionPool) -> SymbolID? {
    switch pool[handle] {
    case .symbol(let id), .entry(let id, _): id
    default: nil
    }
  }
}
