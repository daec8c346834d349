import NablaExpressions
import NablaNotation

extension Judge {
  /// An expression in the names of the problem, notation that only mentions or tears names mended.
  mutating func inProblemNames(
    _ syntax: Syntax, in pool: borrowing ExpressionPool
  ) -> Syntax {
    mended(syntax.renaming(aliases).taking(meanings), 0, pool)
  }

  private mutating func mended(
    _ syntax: Syntax, _ depth: Int, _ pool: borrowing ExpressionPool
  ) -> Syntax {
    if depth > Syntax.deepestNesting { return syntax }
    var parts: [Syntax] = []
    syntax.forEachPart { parts.append($0) }
    for place in parts.indices { parts[place] = mended(parts[place], depth + 1, pool) }
    var place = 0
    var result = syntax.mappingParts { _ in
      place += 1
      return parts[place - 1]
    }
    switch result.kind {
    case .name(let name):
      if scope.names[name] == nil, let partial = subscriptPartial(name, syntax.range, pool) {
        result.kind = partial
      }
    case .call(let call):
      if let other = quantity(call, pool) {
        result.kind = other
      } else if softmaxLetters.contains(call.function.text) {
        result.kind = asSoftmax(call)
      }
    case .derivative(var derivative):
      if let row = RowName.derivative(derivative, result.range) {
        result = row
        break
      }
      // ∂f/∂s of a function is that of f(s).
      if case .name(let name) = derivative.subject.kind, isFunction(name, pool),
        derivative.variables.count == 1
      {
        let call = CallSyntax(
          function: NameSyntax(name, derivative.subject.range),
          arguments: [derivative.variables[0].variable])
        derivative.subject.kind = .call(call)
        result.kind = .derivative(derivative)
      }
    case .indexed(let base, let indices):
      if case .name(let name) = base.kind, let twin = twins[name] {
        result.kind = .indexed(Syntax(.name(twin), base.range), indices)
      } else if let row = row(result, pool) {
        result = row
      }
    case .sum(let terms): result.kind = joined(terms)
    case .product(let factors): result.kind = crossed(factors)
    default: break
    }
    return result
  }

  /// `F_x` and `F_xy` where the problem asks for these derivatives of F.
  private func subscriptPartial(
    _ name: String, _ range: SourceRange, _ pool: borrowing ExpressionPool
  ) -> SyntaxKind? {
    let parts = name.split(separator: "_", maxSplits: 1).map { String($0) }
    guard parts.count == 2, parts[1].count <= 4, let subject = scope.names[parts[0]] else {
      return nil
    }
    var asked: Set<SymbolID> = []
    for goal in section.goals {
      guard let question = pool.question(in: goal.written), question.subject == subject else {
        continue
      }
      asked.formUnion(question.variables)
    }
    var variables: [DerivativeSyntax.Variable] = []
    for letter in parts[1] {
      guard let symbol = scope.names[String(letter)], asked.contains(symbol) else { return nil }
      let variable = Syntax(.name(String(letter)), range)
      variables.append(DerivativeSyntax.Variable(variable: variable, order: 1))
    }
    return .derivative(
      DerivativeSyntax(subject: Syntax(.name(parts[0]), range), variables: variables))
  }

  /// `L(y, p)` is L where its arguments are only mentioned, `L'(y, p)` its derivative by what it is
  /// computed from.
  private func quantity(
    _ call: CallSyntax, _ pool: borrowing ExpressionPool
  ) -> SyntaxKind? {
    let name = call.function
    guard let symbol = scope.names[name.text],
      [.scalar, .array].contains(pool.kind(of: symbol)), !call.arguments.isEmpty,
      call.arguments.allSatisfy({ $0.isNameOrEntry })
    else { return nil }
    if call.primes == 0 { return .name(name.text) }
    let computed = call.arguments.filter { argument in
      argument.definedName.flatMap { scope.names[$0.text] }
        .map { scope.definitions[$0] != nil } ?? false
    }
    // ℓ'(λ) of a quantity that depends on λ, among others.
    let only = call.arguments.count == 1 ? call.arguments[0] : nil
    guard let variable = computed.count == 1 ? computed[0] : only,
      call.primes == 1 || variable.range == only?.range && isInput(variable, pool)
    else { return nil }
    return .derivative(
      DerivativeSyntax(
        subject: Syntax(.name(name.text), name.range),
        variables: [
          DerivativeSyntax.Variable(variable: variable, order: call.primes)
        ]))
  }

  /// `σ(x)` and `σ(x_i)` where the letter stands for softmax.
  private func asSoftmax(_ call: CallSyntax) -> SyntaxKind {
    var call = call
    guard call.arguments.count == 1, call.primes == 0 else { return .call(call) }
    call.function.text = "softmax"
    guard case .indexed(let base, let indices) = call.arguments[0].kind, indices.count == 1 else {
      return .call(call)
    }
    call.arguments = [base]
    return .indexed(Syntax(.call(call), call.function.range.union(base.range)), indices)
  }

  private func isFunction(_ name: String, _ pool: borrowing ExpressionPool) -> Bool {
    if let symbol = scope.names[name] { return pool.kind(of: symbol) == .function }
    return BuiltInNames.elementwise.contains(name)
  }

  /// `30 x 1024` is a product of two numbers.
  private func crossed(_ factors: [FactorSyntax]) -> SyntaxKind {
    var done: [FactorSyntax] = []
    for (place, factor) in factors.enumerated() {
      if case .name("x") = factor.factor.kind, factor.operation == .times, let last = done.last,
        case .number = last.factor.kind, place + 1 < factors.count,
        case .number = factors[place + 1].factor.kind
      {
        continue
      }
      done.append(factor)
    }
    return .product(done)
  }

  /// `x + 0` is x₀ where x means nothing and x₀ does.
  private mutating func joined(_ terms: [SignedTermSyntax]) -> SyntaxKind {
    var done: [SignedTermSyntax] = []
    for term in terms {
      if let last = done.last, !term.isNegative, case .name(let name) = last.term.kind,
        case .number(let digits) = term.term.kind, scope.names[name] == nil,
        scope.names[name + digits] != nil
      {
        let range = last.term.range.union(term.term.range)
        let whole = Syntax(.name(name + digits), range)
        done[done.count - 1] = SignedTermSyntax(isNegative: last.isNegative, term: whole)
        let repair = Repair(
          .script, range, found: "\(name) + \(digits)", repaired: "\(name)_\(digits)")
        if !repairs.contains(repair) { repairs.append(repair) }
      } else {
        done.append(term)
      }
    }
    return done.count == 1 && !done[0].isNegative ? done[0].term.kind : .sum(done)
  }
}
