import NablaNotation

/// Turns syntax into formulas as the author wrote it: nothing is looked up, reordered or opened.
package struct SyntaxFormulas: Sendable {
  /// LaTeX for names from `write … as …`.
  package var spellings: [String: String] = [:]
  /// Names that hide the built-in constants and functions of the same spelling.
  package var known = KnownNames()

  package init() {}

  package func formula(of syntax: Syntax) -> Formula { build(syntax, 0) }

  private func build(_ syntax: Syntax, _ depth: Int) -> Formula {
    if depth > Syntax.deepestNesting { return .ellipsis }
    let next = depth + 1
    switch syntax.kind {
    case .number(let digits): return .number(digits)
    case .name(let text): return .name(identifier(text))
    case .indexed(let base, let indices):
      return .indexed(build(base, next), indices.map { build($0, next) })
    case .call(let call): return self.call(call, next)
    case .sum(let terms):
      return .sum(terms.enumerated().map { term($1, isFirst: $0 == 0, next) })
    case .product(let factors): return product(factors, next)
    case .power(let base, let exponent):
      return .power(build(base, next), build(exponent, next))
    case .elementwisePower(let base, let exponent):
      return .elementwise(.power, build(base, next), build(exponent, next))
    case .negation(let inner): return .negation(build(inner, next))
    case .transpose(let inner): return .transpose(build(inner, next))
    case .binder(let binder): return self.binder(binder, next)
    case .indicator(let condition): return .indicator(build(condition, next))
    case .piecewise(let branches, let otherwise):
      var written = branches.map {
        Formula.Branch(build($0.value, next), when: build($0.condition, next))
      }
      if let otherwise { written.append(Formula.Branch(build(otherwise, next), when: nil)) }
      return .piecewise(written)
    case .comparison(let left, let operation, let right):
      return .relation(build(left, next), Formula.Relation(operation), build(right, next))
    case .and(let parts): return .conjunction(parts.map { build($0, next) })
    case .or(let parts): return .disjunction(parts.map { build($0, next) })
    case .not(let inner): return .not(build(inner, next))
    case .derivative(let derivative): return self.derivative(derivative, next)
    case .matrix(let rows): return .matrix(rows.map { $0.map { build($0, next) } })
    }
  }

  private func identifier(_ name: String) -> Identifier {
    var identifier = spellings[name].map { Identifier(name, writtenAs: $0) } ?? Identifier(name)
    identifier.role =
      switch known.kinds[name] {
      case .scalar: .scalar
      case .vector: .vector
      case .matrix: .matrix
      case .dimension, .index, .fixedIndex, .function: .other
      case .quantity, nil: .unknown
      }
    return identifier
  }

  private func call(_ call: CallSyntax, _ depth: Int) -> Formula {
    let arguments = call.arguments.map { build($0, depth) }
    let name = call.function.text
    if known.contains(name) || BuiltInNames.function(named: name) == nil {
      return .call(.user(identifier(name)), primes: call.primes, arguments)
    }
    if call.primes == 0, arguments.count == 1 {
      switch name {
      case "sqrt": return .root(arguments[0], degree: nil)
      case "abs": return .absoluteValue(arguments[0])
      case "norm": return .norm(arguments[0], index: nil)
      default: break
      }
    }
    if name == "delta", arguments.count == 2 {
      return .kroneckerDelta(arguments[0], arguments[1])
    }
    var canonical = name
    for entry in BuiltInNames.aliases where entry.alias == name { canonical = entry.name }
    return .call(FunctionName(canonical), primes: call.primes, arguments)
  }

  /// A term of a sum; a sum within it keeps the brackets it was written with.
  private func term(_ entry: SignedTermSyntax, isFirst: Bool, _ depth: Int) -> Formula.Term {
    var formula = build(entry.term, depth)
    if case .sum = entry.term.kind, !isFirst, !entry.isNegative { formula = .held(formula) }
    return Formula.Term(entry.isNegative ? .minus : .plus, formula)
  }

  /// Factors from left to right; a run of one operator is one formula.
  private func product(_ factors: [FactorSyntax], _ depth: Int) -> Formula {
    var run: [Formula] = []
    var isElementwise = false
    func joined() -> Formula {
      run.count == 1 ? run[0] : isElementwise ? .hadamard(run) : .product(run)
    }
    for entry in factors {
      let factor = build(entry.factor, depth)
      switch entry.operation {
      case .times, .elementwiseTimes:
        let own = entry.operation == .elementwiseTimes
        if run.count > 1, own != isElementwise { run = [joined()] }
        isElementwise = own
        run.append(factor)
      case .over: run = [.fraction(joined(), factor)]
      case .elementwiseOver: run = [.elementwise(.quotient, joined(), factor)]
      }
    }
    return joined()
  }

  private func derivative(_ derivative: DerivativeSyntax, _ depth: Int) -> Formula {
    let isNamed =
      switch derivative.subject.kind {
      case .name, .indexed: true
      default: false
      }
    let isOrdinary =
      !isNamed && derivative.variables.count == 1
      && Set(derivative.subject.names.map { $0.text }).count <= 1
    return .derivative(
      Formula.DerivativeNotation(
        of: build(derivative.subject, depth),
        by: derivative.variables.map { .init(build($0.variable, depth), order: $0.order) },
        isOrdinary: isOrdinary))
  }
}

extension SyntaxFormulas {
  /// A sign for each run of indices that are told alike; the last one stands innermost.
  fileprivate func binder(_ binder: BinderSyntax, _ depth: Int) -> Formula {
    let operation: Formula.BigOperator = binder.operation == .sum ? .sum : .product
    var signs: [Formula.Binder] = []
    var guards: [Formula] = []
    for index in binder.indices {
      let name = Formula.name(identifier(index.name.text))
      var restriction = Formula.Restriction.none
      let excluded = index.excluded.map { build($0, depth) }
      if let bounds = index.bounds {
        restriction = .range(build(bounds.lower, depth), build(bounds.upper, depth))
        guards += excluded.map { .relation(name, .notEqual, $0) }
      } else if excluded.count == 1 {
        restriction = .excluding(excluded[0])
      } else if excluded.count > 1 {
        restriction = .condition(
          .conjunction(excluded.map { .relation(name, .notEqual, $0) }))
      }
      if excluded.isEmpty, let last = signs.last, last.restriction == restriction {
        signs[signs.count - 1].indices.append(name)
      } else {
        signs.append(Formula.Binder([name], restriction))
      }
    }
    var result = guarded(build(binder.body, depth), guards, operation)
    for sign in signs.reversed() { result = .bigOperator(operation, sign, result) }
    return result
  }

  /// A value that counts only under conditions.
  private func guarded(
    _ body: Formula, _ conditions: [Formula], _ operation: Formula.BigOperator
  ) -> Formula {
    if conditions.isEmpty { return body }
    switch operation {
    case .sum: return .product(conditions.map { .indicator($0) } + [body])
    case .product:
      let all = conditions.count == 1 ? conditions[0] : .conjunction(conditions)
      return .piecewise([.init(body, when: all), .init(.number("1"), when: nil)])
    }
  }
}

extension Formula.Relation {
  package init(_ operation: ComparisonOperator) {
    switch operation {
    case .equal: self = .equal
    case .notEqual: self = .notEqual
    case .less: self = .less
    case .lessOrEqual: self = .lessOrEqual
    case .greater: self = .greater
    case .greaterOrEqual: self = .greaterOrEqual
    }
  }

  package init(_ relation: RelationChain.Relation) {
    switch relation {
    case .equal: self = .equal
    case .defines: self = .definedAs
    case .notEqual: self = .notEqual
    case .less: self = .less
    case .lessOrEqual: self = .lessOrEqual
    case .greater: self = .greater
    case .greaterOrEqual: self = .greaterOrEqual
    case .approximately: self = .approximatelyEqual
    case .proportional: self = .proportional
    case .implies: self = .implies
    case .equivalent: self = .equivalent
    case .assigns: self = .assigned
    case .maps: self = .arrow
    case .belongs: self = .elementOf
    }
  }
}
