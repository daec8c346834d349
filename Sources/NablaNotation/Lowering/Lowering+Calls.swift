import NablaExpressions

extension Lowering {
  /// A function at its arguments.
  mutating func call(
    _ call: CallSyntax, _ range: SourceRange, in pool: inout ExpressionPool
  ) throws(Diagnostic) -> Handle {
    let name = call.function.text
    if let symbol = symbol(named: name) {
      guard pool.kind(of: symbol) == .function else {
        throw Diagnostic(
          "not-a-function",
          "\(DisplayText.quoted(name)) is \(Self.noun(pool.kind(of: symbol))), not a function",
          at: call.function.range,
          expected: pool.kind(of: symbol) == .array
            ? DisplayText.quoted("\(name)[…]") : DisplayText.quoted("\(name)*(…)"))
      }
      return try apply(symbol, call, range, in: &pool)
    }
    guard let builtIn = BuiltInNames.function(named: name) else {
      throw unknownFunction(name, at: call.function.range, in: pool)
    }
    if let function = Function(named: builtIn.name) {
      if call.primes > 0 {
        let symbol = functionSymbol(function, in: &pool)
        return try apply(symbol, call, range, in: &pool)
      }
      try checkCount(call, 1, range)
      let argument = try expression(call.arguments[0], in: &pool)
      return function == .sqrt
        ? pool.root(argument, degree: 2) : pool.writtenFunction(function, argument)
    }
    guard call.primes == 0 else {
      throw Diagnostic(
        "unsupported-prime", "\(DisplayText.quoted(name)) has no derivative written with a prime",
        at: call.function.range, expected: "diff(…, x)")
    }
    return try special(builtIn, call, range, in: &pool)
  }

  /// Functions of several arguments, and those of vectors and matrices.
  private mutating func special(
    _ builtIn: BuiltInNames.Function, _ call: CallSyntax, _ range: SourceRange,
    in pool: inout ExpressionPool
  ) throws(Diagnostic) -> Handle {
    switch builtIn.name {
    case "max", "min":
      guard call.arguments.count >= 2 else {
        throw Diagnostic(
          "argument-count",
          "\(DisplayText.quoted(builtIn.name)) takes 2 arguments or more, not "
            + "\(call.arguments.count)",
          at: range)
      }
      let operands = try arguments(call, in: &pool)
      return pool.writtenExtremum(operands, isMaximum: builtIn.name == "max")
    case "delta": return try delta(call, range, in: &pool)
    default:
      throw Self.notAScalar(Syntax(.call(call), range), DisplayText.quoted(builtIn.name))
    }
  }

  /// `delta(i, j)`; two index names must have one range.
  mutating func delta(
    _ call: CallSyntax, _ range: SourceRange, in pool: inout ExpressionPool
  ) throws(Diagnostic) -> Handle {
    try checkCount(call, 2, range)
    let left = try integer(call.arguments[0], in: &pool)
    let right = try integer(call.arguments[1], in: &pool)
    if case .symbol(let first) = pool[left], case .symbol(let second) = pool[right],
      let one = self.range(of: first, in: pool), let other = self.range(of: second, in: pool),
      !matches(one, other, in: pool)
    {
      throw Diagnostic(
        "index-range",
        "the indices of 'delta' run over \(Self.text(one, in: pool)) and "
          + Self.text(other, in: pool),
        at: range, expected: "indices with the same range")
    }
    return pool.writtenDelta(left, right)
  }

  // MARK: Declared and defined functions

  private mutating func apply(
    _ function: SymbolID, _ call: CallSyntax, _ range: SourceRange, in pool: inout ExpressionPool
  ) throws(Diagnostic) -> Handle {
    try checkArity(function, call, range, in: &pool)
    let values = try arguments(call, in: &pool)
    return pool.apply(try primed(function, call, in: &pool), values)
  }

  /// A function fits its arguments; one without an arity takes it from its first use.
  mutating func checkArity(
    _ function: SymbolID, _ call: CallSyntax, _ range: SourceRange, in pool: inout ExpressionPool
  ) throws(Diagnostic) {
    references.append(function)
    if let arity = pool.symbols[Int(function.index)].arity {
      try checkCount(call, arity, range)
    } else if call.arguments.isEmpty {
      throw Self.functionAlone(call.function.text, at: range)
    } else {
      pool.symbols[Int(function.index)].arity = call.arguments.count
    }
  }

  /// The function itself, or its derivative where primes stand after it.
  func primed(
    _ function: SymbolID, _ call: CallSyntax, in pool: inout ExpressionPool
  ) throws(Diagnostic) -> SymbolID {
    guard call.primes > 0 else { return function }
    guard call.arguments.count == 1 else {
      throw Diagnostic(
        "prime-of-several",
        "a prime is for functions of one argument, \(DisplayText.quoted(call.function.text)) has "
          + "\(call.arguments.count)",
        at: call.function.range, expected: "diff(…, x)")
    }
    return pool.derivativeSymbol(of: function, orders: [call.primes])
  }

  private mutating func arguments(
    _ call: CallSyntax, in pool: inout ExpressionPool
  ) throws(Diagnostic) -> [Handle] {
    var handles: [Handle] = []
    for argument in call.arguments { handles.append(try expression(argument, in: &pool)) }
    return handles
  }

  func checkCount(
    _ call: CallSyntax, _ count: Int, _ range: SourceRange
  ) throws(Diagnostic) {
    guard call.arguments.count != count else { return }
    throw Diagnostic(
      "argument-count",
      "\(DisplayText.quoted(call.function.text)) takes "
        + "\(Self.counted(count, "argument", "arguments")), not \(call.arguments.count)",
      at: range)
  }

  /// A symbol for a built-in function, defined as the function itself.
  mutating func functionSymbol(_ function: Function, in pool: inout ExpressionPool) -> SymbolID {
    if let known = scope.functionSymbols[function] { return known }
    let symbol = pool.declare(Symbol(function.name, .function, arity: 1))
    let parameter = pool.declare(Symbol("t", .scalar))
    let argument = pool.symbol(parameter)
    let body =
      function == .sqrt
      ? pool.root(argument, degree: 2) : pool.writtenFunction(function, argument)
    scope.functionSymbols[function] = symbol
    scope.definitions.add(Definition(symbol: symbol, parameters: [parameter], body: body))
    return symbol
  }

  mutating func unknownFunction(
    _ name: String, at range: SourceRange, in pool: borrowing ExpressionPool
  ) -> Diagnostic {
    var candidates = BuiltInNames.functions.map { $0.name }
    for (known, symbol) in scope.names
    where suggestionsLeft > 0 && pool.kind(of: symbol) == .function {
      candidates.append(known)
    }
    return Diagnostic(
      "unknown-function", "unknown function \(DisplayText.quoted(name))", at: range,
      suggestion: suggestion(for: name, among: candidates))
  }
}
