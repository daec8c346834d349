import NablaNotation

extension Syntax {
  /// Calls a function with an expression and everything in it.
  func forEachNode(_ visit: (Syntax) -> Void) {
    visit(self)
    forEachPart { $0.forEachNode(visit) }
  }

  var hasDerivative: Bool {
    var found = false
    forEachNode { if case .derivative = $0.kind { found = true } }
    return found
  }

  /// Whether a derivative is written with primes.
  var hasPrimes: Bool {
    var found = false
    forEachNode { if case .call(let call) = $0.kind, call.primes > 0 { found = true } }
    return found
  }

  /// The parts of an expression in the order of `forEachPart`.
  var parts: [Syntax] {
    var found: [Syntax] = []
    forEachPart { found.append($0) }
    return found
  }

  /// The same expression with other parts, as many as it has.
  func withParts(_ new: [Syntax]) -> Syntax {
    var rest = PartSupply(new)
    var copy = self
    copy.kind = kind.withParts(&rest)
    return copy
  }

  /// Names, numbers and operations, which measures how long an expression looks.
  var tokenCount: Int {
    var count = 1
    switch kind {
    case .sum(let terms): count = max(0, terms.count - 1)
    case .product(let factors): count = max(0, factors.count - 1)
    case .indexed: count = 0
    case .binder(let binder): count = 1 + binder.indices.count
    default: break
    }
    forEachPart { count += $0.tokenCount }
    return count
  }

  /// Whether two expressions are written alike, whatever their place.
  func isWritten(like other: Syntax) -> Bool {
    switch (kind, other.kind) {
    case (.name(let one), .name(let other)): return one == other
    case (.number(let one), .number(let other)): return one == other
    case (.name, _), (_, .name), (.number, _), (_, .number): return false
    case (.indexed(let one, let slots), .indexed(let other, let others)):
      return one.isWritten(like: other) && slots.count == others.count
        && zip(slots, others).allSatisfy { $0.isWritten(like: $1) }
    case (.indexed, _), (_, .indexed): return false
    default: return dump == other.dump
    }
  }

  /// The smallest part in which an expression differs from a changed one, with what became of it.
  func difference(from changed: Syntax) -> (before: Syntax, after: Syntax) {
    let (own, new) = (parts, changed.parts)
    guard own.count == new.count, own.count > 0 else { return (self, changed) }
    let places = own.indices.filter { !own[$0].isWritten(like: new[$0]) }
    if case .sum(let terms) = kind, case .sum(let others) = changed.kind, places.isEmpty {
      let turned = terms.indices.filter { terms[$0].isNegative != others[$0].isNegative }
      guard turned.count == 1 else { return (self, changed) }
      return (terms[turned[0]].term, .sum([others[turned[0]]], at: changed.range))
    }
    guard places.count == 1, withParts(new).isWritten(like: changed) else { return (self, changed) }
    return own[places[0]].difference(from: new[places[0]])
  }

  var isNumber: Bool {
    if case .number = kind { return true }
    return false
  }

  /// Numbers and operations only.
  var isClosed: Bool {
    switch kind {
    case .number: return true
    case .name(let name): return BuiltInNames.constants.contains(name)
    case .binder, .derivative, .indexed: return false
    default:
      var isClosed = true
      forEachPart { isClosed = isClosed && $0.isClosed }
      return isClosed
    }
  }
}

/// Parts that are handed out in order.
private struct PartSupply {
  private let parts: [Syntax]
  private var place = 0

  init(_ parts: [Syntax]) { self.parts = parts }

  mutating func next(_ old: Syntax) -> Syntax {
    guard place < parts.count else { return old }
    defer { place += 1 }
    return parts[place]
  }
}

extension SyntaxKind {
  fileprivate func withParts(_ rest: inout PartSupply) -> SyntaxKind {
    switch self {
    case .number, .name: return self
    case .indexed(let base, let indices):
      let base = rest.next(base)
      return .indexed(base, indices.map { rest.next($0) })
    case .call(var call):
      call.arguments = call.arguments.map { rest.next($0) }
      return .call(call)
    case .sum(let terms):
      return .sum(
        terms.map { SignedTermSyntax(isNegative: $0.isNegative, term: rest.next($0.term)) })
    case .product(let factors):
      return .product(
        factors.map { FactorSyntax(operation: $0.operation, factor: rest.next($0.factor)) })
    case .power(let base, let exponent):
      let base = rest.next(base)
      return .power(base, rest.next(exponent))
    case .elementwisePower(let base, let exponent):
      let base = rest.next(base)
      return .elementwisePower(base, rest.next(exponent))
    case .negation(let inner): return .negation(rest.next(inner))
    case .transpose(let inner): return .transpose(rest.next(inner))
    case .indicator(let inner): return .indicator(rest.next(inner))
    case .not(let inner): return .not(rest.next(inner))
    case .binder(var binder):
      for place in binder.indices.indices {
        if let bounds = binder.indices[place].bounds {
          let lower = rest.next(bounds.lower)
          binder.indices[place].bounds = BoundsSyntax(
            lower: lower, upper: rest.next(bounds.upper))
        }
        binder.indices[place].excluded = binder.indices[place].excluded.map { rest.next($0) }
      }
      binder.body = rest.next(binder.body)
      return .binder(binder)
    case .piecewise(let branches, let otherwise):
      var new: [PiecewiseBranchSyntax] = []
      for branch in branches {
        let condition = rest.next(branch.condition)
        new.append(PiecewiseBranchSyntax(condition: condition, value: rest.next(branch.value)))
      }
      return .piecewise(new, otherwise: otherwise.map { rest.next($0) })
    case .comparison(let left, let operation, let right):
      let left = rest.next(left)
      return .comparison(left, operation, rest.next(right))
    case .and(let parts): return .and(parts.map { rest.next($0) })
    case .or(let parts): return .or(parts.map { rest.next($0) })
    case .derivative(var derivative):
      derivative.subject = rest.next(derivative.subject)
      for place in derivative.variables.indices {
        derivative.variables[place].variable = rest.next(derivative.variables[place].variable)
      }
      return .derivative(derivative)
    case .matrix(let rows): return .matrix(rows.map { row in row.map { rest.next($0) } })
    }
  }
}

extension Syntax {
  /// The operands of a sum, a product or a sign; none of anything else.
  var operands: [Syntax] {
    switch kind {
    case .sum, .product, .negation: parts
    default: []
    }
  }

  /// The same with another operand in the place of one.
  func replacingOperand(_ number: Int, with other: Syntax) -> Syntax {
    var copy = parts
    copy[number] = other
    return withParts(copy)
  }
}
