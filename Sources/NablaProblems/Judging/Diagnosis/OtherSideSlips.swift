import NablaExpressions
import NablaNotation

/// What was written in place of the side that stands: a derivative by something else, one term of a
/// sum, or a part of the chain rule.
struct OtherSideSlips {
  private let scope: Scope
  private let vocabulary: SlipVocabulary
  private let wrong: Syntax
  private let right: Syntax
  private let slots: IndexSlots
  private(set) var candidates: [SlipCandidate] = []

  init(
    _ scope: Scope, _ vocabulary: SlipVocabulary, _ wrong: Syntax, against right: Syntax,
    in pool: borrowing ExpressionPool
  ) {
    self.scope = scope
    self.vocabulary = vocabulary
    self.wrong = wrong
    self.right = right
    slots = IndexSlots(scope, vocabulary, [right, wrong], in: pool)
  }

  mutating func collect(with reader: inout SlipReader, in pool: inout ExpressionPool) {
    collectVariables(in: pool)
    collectTerms()
    collectPaths(&reader, in: &pool)
  }

  private mutating func propose(
    _ new: Syntax, cost: Int, size: Int = 1, _ mistake: Mistake, _ words: [SlipWord]
  ) {
    var candidate = SlipCandidate(
      row: 0, cost: cost, size: size, mistake: mistake, whole: new, before: right, after: new,
      words: words)
    candidate.isOfOther = true
    candidates.append(candidate)
  }

  // MARK: Another variable

  private mutating func collectVariables(in pool: borrowing ExpressionPool) {
    guard case .derivative(let derivative) = right.kind else { return }
    let place = SlipPlace(
      node: right, role: .value, isRoot: true, isInFunction: false, bound: [],
      step: SlipStep(vocabulary))
    let free = wrong.freeNames.filter { vocabulary.indexNames.contains($0) }
    for (number, entry) in derivative.variables.enumerated() {
      var others = vocabulary.quantities(like: entry.variable, at: place)
      let own = entry.variable.freeNames.filter { vocabulary.indexNames.contains($0) }
      // With more free indices it is a derivative by something of another shape.
      if derivative.variables.count == 1, own.isStrictSubset(of: free) {
        others += slots.quantities(with: free, in: pool)
      }
      for other in others {
        var copy = derivative
        copy.variables[number].variable = other
        let new = Syntax(.derivative(copy), right.range)
        propose(
          new, cost: wrong.tokenCount < 3 ? 20 : 14, .wrongVariable,
          [.text("this is "), .math(new), .text(", not "), .math(right)])
      }
    }
  }

  // MARK: One term of a sum

  /// The other side with one term in the place of each sum.
  private mutating func collectTerms() {
    visitSums(right) { $0 }
  }

  private mutating func visitSums(_ node: Syntax, _ whole: (Syntax) -> Syntax) {
    if case .binder(let binder) = node.kind, binder.operation == .sum, binder.indices.count == 1 {
      let name = binder.indices[0].name.text
      let own = Syntax(.name(name), node.range)
      for slot in slots.like(name) where !slot.isWritten(like: own) {
        let term = binder.body.substituting(name, by: slot)
        propose(
          whole(term), cost: 13, size: 2, .termForSum,
          [
            .text("of the sum over "), .math(own), .text(" only the term "),
            .math(Syntax(.comparison(own, .equal, slot), node.range)), .text(" is left"),
          ])
      }
      return
    }
    for (number, operand) in node.operands.enumerated() {
      visitSums(operand) { whole(node.replacingOperand(number, with: $0)) }
    }
  }

  // MARK: A part of the chain rule

  private static let mostPaths = 8

  /// ∂L/∂q ∂q/∂x for the quantities q between L and x, alone and left out.
  private mutating func collectPaths(
    _ reader: inout SlipReader, in pool: inout ExpressionPool
  ) {
    guard case .derivative(let derivative) = right.kind, derivative.variables.count == 1,
      derivative.variables[0].order == 1, derivative.subject.isQuantity,
      let target = scope.symbol(of: derivative.subject),
      let source = scope.symbol(of: derivative.variables[0].variable)
    else { return }
    let (subject, variable) = (derivative.subject, derivative.variables[0].variable)
    let between = scope.definitions.between(target, source, in: pool).prefix(Self.mostPaths)
    let isWhole = slots.isWholeArray(variable, in: pool)
    if !isWhole, let explicit = reader.explicitDerivative(of: subject, by: variable, in: &pool) {
      proposeExplicit(explicit, subject)
    }
    for symbol in between {
      let declaration = pool.declaration(of: symbol)
      guard scope.names[declaration.name] == symbol else { continue }
      let name = Syntax(.name(declaration.name), right.range)
      if isWhole {
        guard declaration.ranges.count == 1 else { continue }
        let (outer, inner) = (
          Syntax.derivative(of: subject, by: name), Syntax.derivative(of: name, by: variable)
        )
        for path in [
          Syntax.product(inner.turned, outer), .product(inner, outer), .product(outer, inner),
        ] {
          proposeOnly(path, through: name, as: .termLost)
          proposeWithout(path, name)
        }
        proposeFactor(.derivative(of: subject, by: name), isWhole: true)
        continue
      }
      func path(through part: Syntax) -> Syntax {
        .product(.derivative(of: subject, by: part), .derivative(of: part, by: variable))
      }
      if declaration.ranges.isEmpty {
        proposeOnly(path(through: name), through: name, as: .termLost)
        proposeWithout(path(through: name), name)
        proposeFactor(.derivative(of: subject, by: name))
        if let explicit = reader.explicitDerivative(of: name, by: variable, in: &pool) {
          proposeExplicit(.product(.derivative(of: subject, by: name), explicit), name)
        }
        continue
      }
      for part in slots.entries(of: name, declaration.ranges) {
        proposeOnly(path(through: part), through: part, as: .termForSum)
        proposeWithout(path(through: part), part)
        proposeFactor(.derivative(of: subject, by: part))
        if let explicit = reader.explicitDerivative(of: part, by: variable, in: &pool) {
          proposeExplicit(.product(.derivative(of: subject, by: part), explicit), part)
        }
      }
      if let (part, indices) = slots.generalEntry(of: name, declaration.ranges, [wrong, right]) {
        var sum = path(through: part)
        for index in indices.reversed() { sum = .sum(over: index, sum) }
        proposeWithout(sum, name)
      }
    }
  }

  private mutating func proposeOnly(
    _ path: Syntax, through part: Syntax, as mistake: Mistake
  ) {
    propose(
      path, cost: 15, size: 0, mistake,
      [.text("only the path through "), .math(part), .text(" is counted")])
  }

  private mutating func proposeExplicit(_ path: Syntax, _ name: Syntax) {
    propose(
      path, cost: 17, size: 2, .termLost,
      [
        .text("only where the variable itself stands in "), .math(name), .text(" is counted"),
      ])
  }

  /// The derivative that arrives from above, as a factor that was lost.
  private mutating func proposeFactor(_ factor: Syntax, isWhole: Bool = false) {
    if wrong.hasDerivative { return }
    var products = [Syntax.product(wrong, factor)]
    if isWhole {
      products = [
        .product(wrong, factor, .elementwiseTimes), .product(wrong, factor),
        .product(wrong.turned, factor), .product(factor, wrong),
      ]
    }
    for new in products {
      candidates.append(
        SlipCandidate(
          row: 0, cost: 16, size: 1, mistake: .factorLost, whole: new, before: wrong, after: new,
          words: [.text("the factor "), .math(factor), .text(" is missing")]))
    }
  }

  private mutating func proposeWithout(_ path: Syntax, _ name: Syntax) {
    let rest = Syntax(
      .sum([
        SignedTermSyntax(isNegative: false, term: right),
        SignedTermSyntax(isNegative: true, term: path),
      ]), right.range)
    propose(
      rest, cost: 17, size: 3, .termLost,
      [.text("the path through "), .math(name), .text(" is not counted")])
  }
}

extension Definitions {
  /// The defined quantities on which one depends and which depend on another.
  fileprivate func between(
    _ target: SymbolID, _ source: SymbolID, in pool: borrowing ExpressionPool
  ) -> [SymbolID] {
    var inner: [SymbolID: [SymbolID]] = [:]
    var order: [SymbolID] = []
    var open = [target]
    while let symbol = open.popLast() {
      guard inner[symbol] == nil, let definition = self[symbol] else { continue }
      let occurring = pool.symbolsOccurring(in: [definition.body])
      inner[symbol] = occurring
      order.append(symbol)
      open += occurring
    }
    func leads(_ symbol: SymbolID) -> Bool {
      var seen: Set<SymbolID> = []
      var open = inner[symbol] ?? []
      while let next = open.popLast() {
        if next == source { return true }
        if seen.insert(next).inserted { open += inner[next] ?? [] }
      }
      return false
    }
    return order.filter { $0 != target && $0 != source && leads($0) }.sorted()
  }
}

extension Syntax {
  /// The expression with every free occurrence of a name replaced by another expression.
  func substituting(_ name: String, by new: Syntax) -> Syntax {
    switch kind {
    case .name(let own): return own == name ? Syntax(new.kind, range) : self
    case .binder(let binder) where binder.indices.contains(where: { $0.name.text == name }):
      return self
    default: return withParts(parts.map { $0.substituting(name, by: new) })
    }
  }
}
