import NablaExpressions
import NablaNotation

extension Syntax {
  /// The expression with the operators ∂/∂x that stand before a product in brackets taking all of
  /// the product.
  func withWiderDerivatives(depth: Int = 0) -> Syntax {
    if depth > Syntax.deepestNesting { return self }
    let inner = mappingParts { $0.withWiderDerivatives(depth: depth + 1) }
    guard case .product(let factors) = inner.kind,
      let place = factors.firstIndex(where: { $0.factor.isOperatorDerivative }),
      place + 1 < factors.count, case .derivative(var derivative) = factors[place].factor.kind
    else { return inner }
    let rest = Array(factors[(place + 1)...])
    let first = FactorSyntax(operation: .times, factor: derivative.subject)
    let range = factors[place].factor.range.union(rest[rest.count - 1].factor.range)
    derivative.subject = Syntax(.product([first] + rest), range)
    let wide = FactorSyntax(
      operation: factors[place].operation, factor: Syntax(.derivative(derivative), range))
    if place == 0 { return Syntax(wide.factor.kind, inner.range) }
    return Syntax(.product(Array(factors[..<place]) + [wide]), inner.range)
  }

  /// `∂/∂x (…)`, as against `∂y/∂x`.
  private var isOperatorDerivative: Bool {
    if case .derivative(let derivative) = kind { !derivative.subject.isNameOrEntry } else { false }
  }

  /// The expression with the number of a sample taken from vectors: `x^i`, `x^{(i)}` for x.
  ///
  /// Letters that a sum binds or that stand on the left are indices and stay.
  func withoutSamples(
    besides letters: [String], in judge: Judge, _ pool: borrowing ExpressionPool, depth: Int = 0
  ) -> Syntax {
    if depth > Syntax.deepestNesting { return self }
    switch kind {
    case .power(let base, let exponent), .elementwisePower(let base, let exponent):
      if case .name(let name) = base.kind, case .name(let letter) = exponent.kind,
        !letters.contains(letter), judge.isArray(name, pool)
      {
        return Syntax(base.kind, range)
      }
    case .indexed(let base, let indices):
      if indices.count == 1, case .name(let name) = base.kind,
        case .name(let letter) = indices[0].kind, !letters.contains(letter),
        judge.isArray(name, pool), judge.isSuperscript(indices[0].range, behind: base.range)
      {
        return Syntax(base.kind, range)
      }
    case .binder(var binder):
      let bound = letters + binder.indices.map { $0.name.text }
      binder.body = binder.body.withoutSamples(besides: bound, in: judge, pool, depth: depth + 1)
      return Syntax(.binder(binder), range)
    default: break
    }
    return mappingParts {
      $0.withoutSamples(besides: letters, in: judge, pool, depth: depth + 1)
    }
  }
}

extension Judge {
  /// Whether a `^` stands between a name and its index in the submission.
  fileprivate func isSuperscript(_ index: SourceRange, behind base: SourceRange) -> Bool {
    guard let source, base.lower < index.lower, index.lower <= source.bytes.count else {
      return false
    }
    let brackets: [UInt8] = [0x20, 0x28, 0x7B]
    return source.bytes[max(0, base.lower)..<index.lower].last { !brackets.contains($0) } == 0x5E
  }

  func isArray(_ name: String, _ pool: borrowing ExpressionPool) -> Bool {
    scope.names[name].map { pool.kind(of: $0) == .array } ?? false
  }
}
