import NablaExpressions
import NablaNotation
import NablaRendering
import NablaVerification

extension Judge {
  /// The definitions of the problem with every rectifier on one side of its kink.
  func withoutKinks(positive: Bool, in pool: inout ExpressionPool) -> [Definition] {
    withoutKinks(in: &pool) { _, _ in positive }
  }

  /// The definitions whose rectifiers a relation `a > b` or `a < b` settles; nil if it settles none.
  mutating func withoutKinks(_ relation: Syntax, in pool: inout ExpressionPool) -> [Definition]? {
    guard case .comparison(let left, let operation, let right) = relation.kind,
      operation != .equal, operation != .notEqual
    else { return nil }
    let prepared = letters.prepare([left, right], in: refined, &pool)
    var lowering = Lowering(prepared.scope)
    let pair = RelationSyntax(
      left: prepared.expressions[0], operation: .equal, right: prepared.expressions[1])
    guard let forms = try? lowering.relationForms(pair, in: &pool), forms.isElementary,
      pool.freeIndices(of: [forms.leftEntry, forms.rightEntry]).isEmpty
    else { return nil }
    let isGreater = operation == .greater || operation == .greaterOrEqual
    let (above, below) =
      isGreater ? (forms.leftEntry, forms.rightEntry) : (forms.rightEntry, forms.leftEntry)
    let judge = self
    let own = withoutKinks(in: &pool) { argument, pool in
      if operation == .greater || operation == .less,
        case .proved = judge.settled(pool.function(.relu, argument), above, &pool),
        case .proved = judge.settled(below, pool.zero, &pool)
      {
        return true
      }
      // The argument, or its negative, is what the relation says to be positive.
      let gap = pool.writtenSum([above, pool.writtenProduct([pool.integer(-1), below])])
      let negative = pool.writtenProduct([pool.integer(-1), argument])
      for (candidate, isPositive) in [(argument, true), (negative, false)] {
        if case .proved = judge.settled(candidate, gap, &pool) { return isPositive }
      }
      return nil
    }
    return own.isEmpty ? nil : own
  }

  private func settled(
    _ one: Handle, _ other: Handle, _ pool: inout ExpressionPool
  ) -> ProofVerdict {
    let prover = Prover(
      ProofContext(refined, seed: options.seed, in: &pool), budget: options.budget)
    return prover.decide(one, other, in: &pool)
  }

  private func withoutKinks(
    in pool: inout ExpressionPool, side: (Handle, inout ExpressionPool) -> Bool?
  ) -> [Definition] {
    var found: [Definition] = []
    for own in refined.definitions.all where own.parameters.isEmpty {
      if found.count >= Self.mostKinks { break }
      let definition = oneSided(own.symbol) ?? own
      var substitution = Substitution()
      for node in pool.nodesBelow([definition.body]) {
        guard case .function(.relu, let argument) = pool[node] else { continue }
        if let isPositive = side(argument, &pool) {
          substitution.nodes[node] = isPositive ? argument : pool.zero
        }
      }
      if substitution.nodes.isEmpty { continue }
      found.append(
        Definition(
          symbol: definition.symbol, parameters: [],
          body: pool.substitute(substitution, in: definition.body)))
    }
    return found
  }

  private static var mostKinks: Int { 32 }

  /// A definition as what was supposed before leaves it.
  private func oneSided(_ symbol: SymbolID) -> Definition? {
    for hypothesis in hypotheses(in: .full).reversed() {
      guard case .kinks(let definitions, _) = hypothesis.content else { continue }
      if let own = definitions.first(where: { $0.symbol == symbol }) { return own }
    }
    return nil
  }
}
