import NablaExpressions
import NablaNotation
import NablaRendering

/// Turns syntax into formulas, each name as the problem prints it.
struct SyntaxFormula {
  /// LaTeX for names from `write … as …`.
  private var spellings: [String: String] = [:]

  init(_ scope: Scope) {
    for (name, symbol) in scope.names {
      if let latex = scope.spellings[symbol] { spellings[name] = latex }
    }
  }

  func callAsFunction(_ syntax: Syntax) -> Formula {
    switch syntax.kind {
    case .number(let digits): return .number(digits)
    case .name(let name): return self.name(name)
    case .indexed(let base, let indices): return .indexed(self(base), indices.map { self($0) })
    case .call(let call): return formula(call)
    case .sum(let terms):
      return .sum(terms.map { Formula.Term($0.isNegative ? .minus : .plus, self($0.term)) })
    case .product(let factors): return product(factors)
    case .power(let base, let exponent): return .power(self(base), self(exponent))
    case .elementwisePower(let base, let exponent):
      return .elementwise(.power, self(base), self(exponent))
    case .negation(let inner): return .negation(self(inner))
    case .transpose(let inner): return .transpose(self(inner))
    case .binder(let binder): return formula(binder)
    case .indicator(let condition): return .indicator(self(condition))
    case .piecewise(let branches, let otherwise):
      var all = branches.map { Formula.Branch(self($0.value), when: self($0.condition)) }
      if let otherwise { all.append(Formula.Branch(self(otherwise), when: nil)) }
      return .piecewise(all)
    case .comparison(let left, let operation, let right):
      return .relation(self(left), operation.relation, self(right))
    case .and(let parts): return .conjunction(parts.map { self($0) })
    case .or(let parts): return .disjunction(parts.map { self($0) })
    case .not(let inner): return .not(self(inner))
    case .derivative(let derivative):
      return .derivative(
        Formula.DerivativeNotation(
          of: self(derivative.subject),
          by: derivative.variables.map { .init(self($0.variable), order: $0.order) }))
    case .matrix(let rows): return .matrix(rows.map { row in row.map { self($0) } })
    }
  }

  private func name(_ name: String) -> Formula {
    spellings[name].map { .name(Identifier(name, writtenAs: $0)) } ?? .name(name)
  }

  private func formula(_ call: CallSyntax) -> Formula {
    let arguments = call.arguments.map { self($0) }
    if call.primes == 0, let first = arguments.first {
      switch (call.function.text, arguments.count) {
      case ("sqrt", 1): return .root(first, degree: nil)
      case ("abs", 1): return .absoluteValue(first)
      case ("norm", 1): return .norm(first, index: nil)
      case ("delta", 2): return .kroneckerDelta(first, arguments[1])
      default: break
      }
    }
    return .call(FunctionName(call.function.text), primes: call.primes, arguments)
  }

  /// Factors from left to right; each division takes what stands before it.
  private func product(_ factors: [FactorSyntax]) -> Formula {
    var run: [Formula] = []
    var isElementwise = false
    func joined() -> Formula {
      run.count == 1 ? run[0] : isElementwise ? .hadamard(run) : .product(run)
    }
    for (number, entry) in factors.enumerated() {
      let factor = self(entry.factor)
      switch entry.operation {
      case .times, .elementwiseTimes:
        let own = entry.operation == .elementwiseTimes
        if number > 0, run.count > 1, own != isElementwise { run = [joined()] }
        if number > 0 { isElementwise = own }
        run.append(factor)
      case .over: run = [.fraction(joined(), factor)]
      case .elementwiseOver: run = [.elementwise(.quotient, joined(), factor)]
      }
    }
    return joined()
  }

  private func formula(_ binder: BinderSyntax) -> Formula {
    var result = self(binder.body)
    let operation: Formula.BigOperator = binder.operation == .sum ? .sum : .product
    for index in binder.indices.reversed() {
      var restriction = Formula.Restriction.none
      if let bounds = index.bounds {
        restriction = .range(self(bounds.lower), self(bounds.upper))
      } else if let excluded = index.excluded.first {
        restriction = .excluding(self(excluded))
      }
      result = .bigOperator(
        operation, Formula.Binder([name(index.name.text)], restriction), result)
    }
    return result
  }
}

extension ComparisonOperator {
  fileprivate var relation: Formula.Relation {
    switch self {
    case .equal: .equal
    case .notEqual: .notEqual
    case .less: .less
    case .lessOrEqual: .lessOrEqual
    case .greater: .greater
    case .greaterOrEqual: .greaterOrEqual
    }
  }
}
