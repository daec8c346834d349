import NablaExpressions
import NablaRewriting

extension Deriver {
  /// A derivation through named quantities: chain rule, local derivatives, substitution.
  mutating func deriveByChain(
    _ subject: Handle, _ body: Handle, _ names: [SymbolID], by variable: Handle,
    _ context: DifferentiationContext, _ pool: inout ExpressionPool
  ) -> Derivation {
    if pool.instantiate(subject, from: context.definitions) != nil,
      let paths = scalarPaths(from: subject, body, to: variable, context, limit: 4, &pool)
    {
      return deriveAlongPaths(subject, paths, by: variable, &pool)
    }
    let users = users(of: variable, below: names, context, &pool)
    if !users.isEmpty, users != names.sorted() {
      return deriveThrough(users, subject, body, by: variable, &pool)
    }
    return deriveOneLevel(subject, body, names, by: variable, context, &pool)
  }

  /// ∂L/∂x = Σ_u Σ ∂L/∂u · ∂u/∂x over the quantities in whose definitions x stands, and their
  /// components.
  ///
  /// It is backpropagation: what stands above is derived once and used again.
  private mutating func deriveThrough(
    _ users: [SymbolID], _ subject: Handle, _ body: Handle, by variable: Handle,
    _ pool: inout ExpressionPool
  ) -> Derivation {
    var derivation = Derivation(goal: pool.derivative(subject, by: [variable]), result: subject)
    var cited: [Handle] = []
    var chains: [Handle] = []
    var values: [Handle] = []
    for user in users {
      var taken = Set(pool.symbolsOccurring(in: [subject, variable]))
      let (middle, indices) = reached(
        summationIndices(for: user, avoiding: &taken, &pool), of: user, by: variable, &pool
      ) { $0.localDerivative($1, by: variable, &$2, &$3) }
      let outer = total(of: subject, by: middle, &derivation, &cited, &pool)
      let inner = localDerivative(middle, by: variable, &derivation, &pool)
      let link = pool.writtenProduct([
        pool.derivative(subject, by: [middle]),
        isTotal(middle, variable, &pool) ? pool.derivative(middle, by: [variable]) : inner,
      ])
      chains.append(summed(link, indices, &pool))
      let product = pool.substituted([outer, inner])
      if product != pool.zero { values.append(summedValue(product, indices, &pool)) }
    }
    if let target = head(variable, pool), pool.occurs(target, in: body) {
      let explicit = localDerivative(subject, by: variable, &derivation, &pool)
      chains.append(explicit)
      values.append(explicit)
    }
    conclude(&derivation, pool.lightSum(chains), added(values, &pool), cited, &pool)
    return derivation
  }

  /// A derivative along all paths: one that is known, or derived here as a lemma.
  private mutating func total(
    of upper: Handle, by lower: Handle, _ derivation: inout Derivation, _ cited: inout [Handle],
    _ pool: inout ExpressionPool
  ) -> Handle {
    let goal = pool.derivative(upper, by: [lower])
    if let result = unconditional[goal] ?? known[goal] {
      cited.append(goal)
      derivation.kinks += result.kinks
      derivation.assumptions += result.assumptions
      return result.value
    }
    let lemma = deriveOnce(upper, by: lower, &pool)
    derivation.kinks += lemma.kinks
    derivation.assumptions += lemma.assumptions
    derivation.lemmas.append(lemma)
    return lemma.result
  }

  /// The chain rule as written, what it comes to, and the result.
  private mutating func conclude(
    _ derivation: inout Derivation, _ chain: Handle, _ value: Handle, _ cited: [Handle],
    _ pool: inout ExpressionPool
  ) {
    derivation.steps.append(
      Step("chain", derivation.goal, chain, Reason("chain rule"), detail: .brief))
    derivation.steps.append(
      Step("definition", chain, value, substitutionReason(cited), detail: .brief))
    finish(&derivation, value, &pool)
  }

  /// ∂z/∂w = Σ over paths of the product of local derivatives.
  private mutating func deriveAlongPaths(
    _ subject: Handle, _ paths: [[Handle]], by variable: Handle, _ pool: inout ExpressionPool
  ) -> Derivation {
    var derivation = Derivation(goal: pool.derivative(subject, by: [variable]), result: subject)
    derivation.paths = paths
    var chains: [Handle] = []
    var values: [Handle] = []
    for path in paths {
      var links: [Handle] = []
      var factors: [Handle] = []
      for (upper, lower) in zip(path, path.dropFirst()) {
        let local = localDerivative(upper, by: lower, &derivation, &pool)
        links.append(
          isTotal(upper, lower, &pool) ? pool.derivative(upper, by: [lower]) : local)
        factors.append(local)
      }
      chains.append(links.count == 1 ? links[0] : pool.writtenProduct(links))
      values.append(pool.substituted(factors))
    }
    let chain = chains.count == 1 ? chains[0] : pool.writtenSum(chains)
    let value = added(values, &pool)
    if chain != derivation.goal {
      derivation.steps.append(
        Step("chain", derivation.goal, chain, Reason("chain rule"), detail: .brief))
    }
    if value != chain {
      derivation.steps.append(
        Step("definition", chain, value, Reason("local derivatives"), detail: .brief))
    }
    finish(&derivation, value, &pool)
    return derivation
  }

  /// The derivative of a quantity by a name that stands in its definition, all others held fixed.
  mutating func localDerivative(
    _ upper: Handle, by lower: Handle, _ derivation: inout Derivation,
    _ pool: inout ExpressionPool
  ) -> Handle {
    var local = self
    // Only the function definitions stay open: every other name is a node of its own.
    local.context.definitions = functionDefinitions(pool)
    let plain = pool.instantiate(upper, from: context.definitions) ?? upper
    let body = body(of: plain, towards: lower, local.context, &pool)
    let lemma = local.deriveDirectly(upper, body, by: lower, local.context, &pool)
    derivation.kinks += lemma.kinks
    derivation.assumptions += lemma.assumptions
    if isTotal(upper, lower, &pool), !derivation.lemmas.contains(where: { $0.goal == lemma.goal }) {
      derivation.lemmas.append(lemma)
    }
    return lemma.result
  }

  /// Whether the local derivative is the whole one, so that ∂u/∂v may stand for it.
  ///
  /// It is not where another name in u's definition follows v as well: ∂u/∂v counts that path too.
  private func isTotal(
    _ upper: Handle, _ lower: Handle, _ pool: inout ExpressionPool
  ) -> Bool {
    let body = body(of: upper, towards: lower, context, &pool)
    return intermediates(in: body, towards: lower, context, &pool).isEmpty
  }

  private func functionDefinitions(_ pool: borrowing ExpressionPool) -> Definitions {
    var kept = Definitions()
    for definition in context.definitions.all where pool.kind(of: definition.symbol) == .function {
      kept.add(definition)
    }
    return kept
  }

  /// ∂L/∂h = Σ_m ∂L/∂m · ∂m/∂h over the names in L's definition, each with its indices summed.
  private mutating func deriveOneLevel(
    _ subject: Handle, _ body: Handle, _ names: [SymbolID], by variable: Handle,
    _ context: DifferentiationContext, _ pool: inout ExpressionPool
  ) -> Derivation {
    var derivation = Derivation(goal: pool.derivative(subject, by: [variable]), result: subject)
    var chains: [Handle] = []
    var values: [Handle] = []
    var cited: [Handle] = []
    var taken = Set(pool.symbolsOccurring(in: [subject, variable]))
    for name in names {
      let (lower, indices) = reached(
        summationIndices(for: name, avoiding: &taken, &pool), of: name, by: variable, &pool
      ) { $0.deriveOnce($1, by: variable, &$3).result }
      let outer = localDerivative(subject, by: lower, &derivation, &pool)
      let innerGoal = pool.derivative(lower, by: [variable])
      let innerResult = total(of: lower, by: variable, &derivation, &cited, &pool)
      let link = pool.writtenProduct([
        isTotal(subject, lower, &pool) ? pool.derivative(subject, by: [lower]) : outer, innerGoal,
      ])
      let value = pool.substituted([outer, innerResult])
      chains.append(summed(link, indices, &pool))
      if value != pool.zero { values.append(summedValue(value, indices, &pool)) }
    }
    if let target = head(variable, pool), pool.occurs(target, in: body) {
      let explicit = localDerivative(subject, by: variable, &derivation, &pool)
      chains.append(explicit)
      values.append(explicit)
    }
    conclude(&derivation, pool.lightSum(chains), added(values, &pool), cited, &pool)
    return derivation
  }

  /// The components of a quantity that a variable reaches, and the indices to sum over.
  ///
  /// Where a delta among the factors of ∂z_k/∂w keeps one value of k, no sum over k is written:
  /// ∂L/∂w_ij = ∂L/∂z_j · ∂z_j/∂w_ij.
  private func reached(
    _ indices: [SummationIndex], of name: SymbolID, by variable: Handle,
    _ pool: inout ExpressionPool,
    slope: (inout Deriver, Handle, inout Derivation, inout ExpressionPool) -> Handle
  ) -> (component: Handle, indices: [SummationIndex]) {
    let generic = component(name, indices.map { pool.symbol($0.symbol) }, &pool)
    let goal = pool.derivative(generic, by: [variable])
    if indices.isEmpty || unconditional[goal] != nil || known[goal] != nil {
      return (generic, indices)
    }
    var probe = self
    var scratch = Derivation(goal: goal, result: goal)
    let value = slope(&probe, generic, &scratch, &pool)
    let own = Set(indices.map { $0.symbol })
    var remaining: [SummationIndex] = []
    var places: [Handle] = []
    for index in indices {
      if let target = pool.indexKept(by: index.symbol, over: index.range, in: value),
        own.isDisjoint(with: pool.symbolsOccurring(in: [target]))
      {
        places.append(target)
      } else {
        places.append(pool.symbol(index.symbol))
        remaining.append(index)
      }
    }
    return (component(name, places, &pool), remaining)
  }

  private func substitutionReason(_ cited: [Handle]) -> Reason {
    if cited.isEmpty { return Reason("substitute") }
    var pieces: [Reason.Piece] = []
    for goal in cited {
      pieces.append(.text(pieces.isEmpty ? "by " : " and "))
      pieces.append(.result(goal))
    }
    return Reason(pieces)
  }

  /// The terms that the ways come to, the sign of each in front of it.
  private func added(_ terms: [Handle], _ pool: inout ExpressionPool) -> Handle {
    if terms.count < 2 { return pool.lightSum(terms) }
    var signed: [Handle] = []
    for term in terms {
      if case .product(let list) = pool[term] {
        signed.append(pool.lightProduct(pool.operands(list)))
      } else {
        signed.append(term)
      }
    }
    return pool.lightSum(signed)
  }

  private struct SummationIndex {
    let symbol: SymbolID
    let range: IndexRange
  }

  /// Index names for the components of a quantity: the author's where they are free.
  private func summationIndices(
    for name: SymbolID, avoiding taken: inout Set<SymbolID>, _ pool: inout ExpressionPool
  ) -> [SummationIndex] {
    guard let definition = context.definitions[name] else { return [] }
    var chosen: [SummationIndex] = []
    for parameter in definition.parameters {
      guard let range = pool.declaration(of: parameter).ranges.first else { continue }
      var index: SymbolID?
      for candidate in [parameter] + indexNames
      where !taken.contains(candidate) && pool.declaration(of: candidate).ranges.first == range {
        index = candidate
        break
      }
      let symbol = index ?? pool.inventedIndex(letter(avoiding: taken, pool), over: range)
      taken.insert(symbol)
      chosen.append(SummationIndex(symbol: symbol, range: range))
    }
    return chosen
  }

  /// A letter for an index that no declared one can serve.
  private func letter(avoiding taken: Set<SymbolID>, _ pool: borrowing ExpressionPool) -> String {
    var names: Set<String> = []
    for symbol in taken { names.insert(pool.declaration(of: symbol).name) }
    for symbol in indexNames { names.insert(pool.declaration(of: symbol).name) }
    for definition in context.definitions.all { names.insert(pool.name(of: definition.symbol)) }
    for letter in ["k", "l", "m", "n", "p", "q", "r", "s"] where !names.contains(letter) {
      return letter
    }
    var number = 1
    while names.contains("k\(number)") { number += 1 }
    return "k\(number)"
  }

  private func component(
    _ name: SymbolID, _ indices: [Handle], _ pool: inout ExpressionPool
  ) -> Handle {
    indices.isEmpty ? pool.symbol(name) : pool.entry(name, indices)
  }

  /// A sum with the factors in front that do not depend on its indices.
  private func summedValue(
    _ product: Handle, _ indices: [SummationIndex], _ pool: inout ExpressionPool
  ) -> Handle {
    guard !indices.isEmpty, case .product(let list) = pool[product] else {
      return summed(product, indices, &pool)
    }
    var outside: [Handle] = []
    var inside: [Handle] = []
    for factor in pool.operands(list) {
      if indices.contains(where: { pool.occurs($0.symbol, in: factor) }) {
        inside.append(factor)
      } else {
        outside.append(factor)
      }
    }
    if outside.isEmpty || inside.isEmpty { return summed(product, indices, &pool) }
    let rest = inside.count == 1 ? inside[0] : pool.writtenProduct(inside)
    return pool.lightProduct(outside + [summed(rest, indices, &pool)])
  }

  private func summed(
    _ body: Handle, _ indices: [SummationIndex], _ pool: inout ExpressionPool
  ) -> Handle {
    if indices.isEmpty { return body }
    return pool.closeSum(
      body, over: indices.map { $0.symbol }, ranges: indices.map { $0.range })
  }
}
