import NablaNotation

extension SlipVocabulary {
  /// Takes in what a node shows of how the step is written.
  mutating func look(at node: Syntax) {
    switch node.kind {
    case .derivative(let derivative):
      for entry in derivative.variables { addVariable(entry.variable) }
      if derivative.subject.isQuantity { addVariable(derivative.subject) }
    case .negation(let inner): if inner.isSum { hasNegatedSum = true }
    case .power(let base, _): if case .negation = base.kind { hasNegatedBase = true }
    case .sum(let terms):
      if terms.contains(where: { $0.isNegative && $0.term.isSum }) { hasNegatedSum = true }
    default: break
    }
  }

  /// A declared index of the same range that is not in use.
  func otherIndex(like name: String, besides taken: [String]) -> String? {
    guard let kind = kinds[name] else { return nil }
    return indices.first { $0 != name && kinds[$0] == kind && !taken.contains($0) }
  }

  mutating func addVariable(_ variable: Syntax) {
    if !variables.contains(where: { $0.isWritten(like: variable) }) { variables.append(variable) }
  }

  /// Functions that occur, and what becomes of their kinks.
  mutating func addFunctionParts(_ node: Syntax) {
    if case .piecewise(let branches, _) = node.kind {
      for branch in branches {
        if case .comparison(let left, let operation, let right) = branch.condition.kind {
          addKink(left, operation, right)
        }
      }
    }
    if case .indicator(let inner) = node.kind,
      case .comparison(let left, let operation, let right) = inner.kind
    {
      addKink(left, operation, right)
    }
    guard case .call(let call) = node.kind else { return }
    let name = BuiltInNames.function(named: call.function.text)?.name ?? call.function.text
    let isUnary = BuiltInNames.elementwise.contains(name) || kinds[name] == "function"
    if call.arguments.count == 1, isUnary, !functions.contains(name), functions.count < 6 {
      functions.append(name)
    }
    let zero = Syntax.number(0, at: node.range)
    switch (name, call.arguments.count) {
    case ("ReLU", 1), ("step", 1): addKink(call.arguments[0], .greater, zero)
    case ("abs", 1):
      kinkFactors.append(.call("sign", [call.arguments[0]], at: node.range))
    case ("max", 2):
      addKink(call.arguments[0], .greater, call.arguments[1])
      addKink(call.arguments[1], .greater, call.arguments[0])
    case ("min", 2):
      addKink(call.arguments[1], .greater, call.arguments[0])
      addKink(call.arguments[0], .greater, call.arguments[1])
    default: break
    }
  }

  private mutating func addKink(
    _ left: Syntax, _ operation: ComparisonOperator, _ right: Syntax
  ) {
    let factor = Syntax(
      .indicator(Syntax(.comparison(left, operation, right), left.range)), left.range)
    if kinkFactors.count < 8, !kinkFactors.contains(where: { $0.isWritten(like: factor) }) {
      kinkFactors.append(factor)
    }
  }

  /// The terms of a side with one factor transposed, as derivatives of quadratic forms have them.
  mutating func addTurnedTerms(of side: Syntax) {
    for (name, slots) in arrays.prefix(6) where slots.count == 1 {
      let vector = Syntax(.name(name), side.range)
      terms.append(SignedTermSyntax(isNegative: false, term: .product(vector.turned, vector)))
    }
    for entry in side.terms.prefix(4) {
      let factors = entry.term.factors
      for (place, own) in factors.prefix(4).enumerated() {
        guard case .name(let name) = own.factor.base.kind, isArray(name) else { continue }
        var copy = factors
        copy[place].factor = own.factor.turned
        terms.append(
          SignedTermSyntax(
            isNegative: entry.isNegative, term: .product(copy, at: entry.term.range)))
      }
    }
  }

  /// 1 − a and 1 − a² for the names and calls of the step, as derivatives of functions have them.
  mutating func addComplements() {
    var seen = Set(factors.map { $0.dump })
    for factor in factors.prefix(16) {
      switch factor.kind {
      case .name, .indexed: break
      case .call(let call) where ["sigmoid", "sigma", "tanh"].contains(call.function.text): break
      default: continue
      }
      let range = factor.range
      let one = SignedTermSyntax(isNegative: false, term: .number(1, at: range))
      let two = Syntax.number(2, at: range)
      let square = Syntax(
        usesMatrices ? .elementwisePower(factor, two) : .power(factor, two), range)
      for part in [factor, square] {
        add(
          .sum([one, SignedTermSyntax(isNegative: true, term: part)], at: range), &seen)
      }
    }
  }
}

extension Syntax {
  /// What a transpose stands behind.
  fileprivate var base: Syntax {
    if case .transpose(let inner) = kind { return inner }
    return self
  }
}
