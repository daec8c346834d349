import NablaNotation

/// Expressions made of parts of others; what is made stands where its first part stood.
extension Syntax {
  static func number(_ value: Int, at range: SourceRange) -> Syntax {
    Syntax(.number(String(value)), range)
  }

  /// A product that is flat where its parts are.
  static func product(_ left: Syntax, _ right: Syntax, _ operation: FactorOperator = .times)
    -> Syntax
  {
    var factors = left.factors
    if operation == .times, case .product(let more) = right.kind {
      factors += more
    } else {
      factors.append(FactorSyntax(operation: operation, factor: right))
    }
    return Syntax(.product(factors), left.range)
  }

  /// The factors of an expression, itself if it is no product.
  var factors: [FactorSyntax] {
    if case .product(let factors) = kind { return factors }
    return [FactorSyntax(operation: .times, factor: self)]
  }

  /// The signed terms of an expression, itself if it is no sum.
  var terms: [SignedTermSyntax] {
    switch kind {
    case .sum(let terms): return terms
    case .negation(let inner): return [SignedTermSyntax(isNegative: true, term: inner)]
    default: break
    }
    return [SignedTermSyntax(isNegative: false, term: self)]
  }

  /// The sum of some terms; a single one stands alone.
  static func sum(_ terms: [SignedTermSyntax], at range: SourceRange) -> Syntax {
    if terms.count == 1 {
      return terms[0].isNegative ? Syntax(.negation(terms[0].term), range) : terms[0].term
    }
    if terms.isEmpty { return number(0, at: range) }
    return Syntax(.sum(terms), range)
  }

  /// The product of some factors; one that begins with a division gets 1 in front.
  static func product(_ factors: [FactorSyntax], at range: SourceRange) -> Syntax {
    guard let first = factors.first else { return number(1, at: range) }
    switch first.operation {
    case .times, .elementwiseTimes:
      if factors.count == 1 { return first.factor }
      var copy = factors
      copy[0].operation = .times
      return Syntax(.product(copy), range)
    case .over, .elementwiseOver:
      let one = FactorSyntax(operation: .times, factor: number(1, at: range))
      return Syntax(.product([one] + factors), range)
    }
  }

  static func call(_ name: String, _ arguments: [Syntax], at range: SourceRange) -> Syntax {
    Syntax(
      .call(CallSyntax(function: NameSyntax(name, range), primes: 0, arguments: arguments)), range)
  }

  static func derivative(of subject: Syntax, by variable: Syntax) -> Syntax {
    Syntax(
      .derivative(
        DerivativeSyntax(
          subject: subject, variables: [.init(variable: variable, order: 1)],
          spelling: .quotient)), subject.range)
  }

  static func sum(over index: String, _ body: Syntax) -> Syntax {
    let bound = BinderSyntax.Index(
      name: NameSyntax(index, body.range), bounds: nil, excluded: [])
    return Syntax(
      .binder(BinderSyntax(operation: .sum, indices: [bound], body: body)), body.range)
  }

  /// The expression with every free occurrence of a name replaced.
  func renaming(_ name: String, to new: String) -> Syntax {
    switch kind {
    case .name(let own): return own == name ? Syntax(.name(new), range) : self
    case .binder(let binder) where binder.indices.contains(where: { $0.name.text == name }):
      return self
    default: return withParts(parts.map { $0.renaming(name, to: new) })
    }
  }

  /// The names that occur and are not bound by a sum or product inside.
  var freeNames: Set<String> {
    switch kind {
    case .name(let name): return [name]
    case .binder(let binder):
      var found = binder.body.freeNames
      for index in binder.indices { found.remove(index.name.text) }
      for index in binder.indices {
        if let bounds = index.bounds {
          found.formUnion(bounds.lower.freeNames)
          found.formUnion(bounds.upper.freeNames)
        }
        for other in index.excluded { found.formUnion(other.freeNames) }
      }
      return found
    default:
      var found: Set<String> = []
      forEachPart { found.formUnion($0.freeNames) }
      return found
    }
  }

  /// The names that sums and products inside bind, in the order in which they stand.
  var boundNames: [String] {
    var found: [String] = []
    forEachNode { node in
      guard case .binder(let binder) = node.kind else { return }
      for index in binder.indices where !found.contains(index.name.text) {
        found.append(index.name.text)
      }
    }
    return found
  }
}
