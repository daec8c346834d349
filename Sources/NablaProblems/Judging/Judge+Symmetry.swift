import NablaExpressions
import NablaNotation
import NablaRendering
import NablaVerification

extension Judge {
  /// Judges a step that does not hold for all matrices with those taken as symmetric that the author
  /// takes so; false if that does not make it hold.
  ///
  /// Where the problem takes them so as well, or the author writes `A = A'`, the step is right.
  mutating func settleBySymmetry(
    _ claim: inout MarkedClaim, _ found: Attempt, in pool: inout ExpressionPool
  ) -> Bool {
    if isLiteral { return false }
    let stated = Set((line?.conditions ?? conditions).compactMap { $0.statedSymmetry })
    guard saysSymmetric || !stated.isEmpty else { return false }
    let names = section.scope.names.filter { name, symbol in
      refined.names[name] == symbol && refined.definitions[symbol] == nil
        && pool.isSquareMatrix(symbol) && !pool.isSymmetric(symbol)
        && (saysSymmetric || stated.contains(name))
    }.keys.sorted()
    if names.isEmpty { return false }
    let kept = (line?.conditions ?? conditions).filter { $0.statedSymmetry == nil }
    let scope = symmetric(refined, names, in: &pool)
    guard attempt(found.left, found.right, when: kept, in: scope, &pool).isProved else {
      return false
    }
    let used = names.filter { name in
      found.left.names.contains { $0.text == name }
        || found.right.names.contains { $0.text == name }
    }
    let shown = (used.isEmpty ? names : used).map { name in
      Formula.relation(
        formula(Syntax(.name(name), found.left.range), nil, in: &pool),
        [
          .init(
            .equal,
            formula(
              Syntax(
                .transpose(Syntax(.name(name), found.left.range)), found.left.range), nil,
              in: &pool))
        ])
    }
    claim.uses = shown
    if names.allSatisfy({ stated.contains($0) || section.symmetricNames.contains($0) }) {
      claim.verdict = .proved
      claim.because = [.text("as it is symmetric")]
    } else {
      claim.verdict = .conditional
      claim.condition = shown.first
      if let condition = shown.first {
        claim.because = [.text("holds under "), .formula(condition), .text(", not always")]
      }
    }
    return true
  }

  /// A scope in which some matrices are symmetric.
  private func symmetric(
    _ scope: Scope, _ names: [String], in pool: inout ExpressionPool
  ) -> Scope {
    var own = scope
    var others: [SymbolID: SymbolID] = [:]
    for name in names {
      guard let symbol = scope.names[name] else { continue }
      var declaration = pool.declaration(of: symbol)
      declaration.domain.isSymmetric = true
      let other = pool.declare(declaration)
      others[symbol] = other
      own.names[name] = other
    }
    for definition in scope.definitions.all {
      var substitution = Substitution()
      for node in pool.nodesBelow([definition.body]) {
        if case .entry(let symbol, let list) = pool[node], let other = others[symbol] {
          substitution.nodes[node] = pool.entry(other, pool.operands(list))
        }
      }
      if substitution.isEmpty { continue }
      let body = pool.substitute(substitution, in: definition.body)
      own.definitions.add(
        Definition(symbol: definition.symbol, parameters: definition.parameters, body: body))
    }
    return own
  }
}

extension ExpressionPool {
  fileprivate func isSquareMatrix(_ symbol: SymbolID) -> Bool {
    let ranges = declaration(of: symbol).ranges
    return kind(of: symbol) == .array && ranges.count == 2 && ranges[0] == ranges[1]
  }
}

extension Syntax {
  /// The name of a matrix that is set equal to its transpose.
  fileprivate var statedSymmetry: String? {
    guard case .comparison(let left, .equal, let right) = kind else { return nil }
    for (one, other) in [(left, right), (right, left)] {
      if case .name(let name) = one.kind, case .transpose(let inner) = other.kind,
        case .name(name) = inner.kind
      {
        return name
      }
    }
    return nil
  }
}
