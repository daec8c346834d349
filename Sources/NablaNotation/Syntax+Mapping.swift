extension Syntax {
  /// The same expression with each of its parts replaced; its own kind and range stay.
  package func mappingParts(_ transform: (Syntax) -> Syntax) -> Syntax {
    Syntax(kind.mappingParts(transform), range)
  }

  /// The expression with some names replaced, those of functions and of bound indices included.
  package func renaming(_ names: [String: String]) -> Syntax {
    if names.isEmpty { return self }
    var result = mappingParts { $0.renaming(names) }
    switch result.kind {
    case .name(let text): if let other = names[text] { result.kind = .name(other) }
    case .call(var call):
      if let other = names[call.function.text] { call.function.text = other }
      result.kind = .call(call)
    case .binder(var binder):
      for place in binder.indices.indices {
        let text = binder.indices[place].name.text
        if let other = names[text] { binder.indices[place].name.text = other }
      }
      result.kind = .binder(binder)
    default: break
    }
    return result
  }

  /// Whether two expressions are written alike, wherever they stand.
  package func isWritten(like other: Syntax) -> Bool {
    switch (kind, other.kind) {
    case (.number(let one), .number(let two)), (.name(let one), .name(let two)):
      return one == two
    default:
      return dump == other.dump
    }
  }
}

extension SyntaxKind {
  fileprivate func mappingParts(_ transform: (Syntax) -> Syntax) -> SyntaxKind {
    switch self {
    case .number, .name: return self
    case .indexed(let base, let indices):
      return .indexed(transform(base), indices.map(transform))
    case .call(var call):
      call.arguments = call.arguments.map(transform)
      return .call(call)
    case .sum(let terms):
      return .sum(
        terms.map { SignedTermSyntax(isNegative: $0.isNegative, term: transform($0.term)) })
    case .product(let factors):
      return .product(
        factors.map { FactorSyntax(operation: $0.operation, factor: transform($0.factor)) })
    case .power(let base, let exponent): return .power(transform(base), transform(exponent))
    case .elementwisePower(let base, let exponent):
      return .elementwisePower(transform(base), transform(exponent))
    case .negation(let inner): return .negation(transform(inner))
    case .transpose(let inner): return .transpose(transform(inner))
    case .binder(var binder):
      for place in binder.indices.indices {
        if let bounds = binder.indices[place].bounds {
          binder.indices[place].bounds = BoundsSyntax(
            lower: transform(bounds.lower), upper: transform(bounds.upper))
        }
        binder.indices[place].excluded = binder.indices[place].excluded.map(transform)
      }
      binder.body = transform(binder.body)
      return .binder(binder)
    case .indicator(let inner): return .indicator(transform(inner))
    case .piecewise(let branches, let otherwise):
      return .piecewise(
        branches.map {
          PiecewiseBranchSyntax(condition: transform($0.condition), value: transform($0.value))
        }, otherwise: otherwise.map(transform))
    case .comparison(let left, let operation, let right):
      return .comparison(transform(left), operation, transform(right))
    case .and(let parts): return .and(parts.map(transform))
    case .or(let parts): return .or(parts.map(transform))
    case .not(let inner): return .not(transform(inner))
    case .derivative(var derivative):
      derivative.subject = transform(derivative.subject)
      derivative.variables = derivative.variables.map {
        DerivativeSyntax.Variable(variable: transform($0.variable), order: $0.order)
      }
      return .derivative(derivative)
    case .matrix(let rows): return .matrix(rows.map { $0.map(transform) })
    }
  }
}
