import NablaExpressions

extension Lowering {
  /// What a name stands for, the innermost meaning first.
  func symbol(named name: String) -> SymbolID? {
    for local in locals.reversed() where local.name == name { return local.symbol }
    return scope.names[name]
  }

  /// A name that stands alone where a scalar is needed.
  mutating func value(
    ofName name: String, _ range: SourceRange, in pool: inout ExpressionPool
  ) throws(Diagnostic) -> Handle {
    guard let symbol = symbol(named: name) else {
      return try undeclared(name, range, in: &pool)
    }
    switch pool.kind(of: symbol) {
    case .scalar: references.append(symbol)
    case .array: throw wholeArray(name, symbol, at: range, in: pool)
    case .index: try checkFree(symbol, name, range)
    case .label, .dimension: break
    case .function: throw Self.functionAlone(name, at: range)
    }
    return pool.symbol(symbol)
  }

  private mutating func undeclared(
    _ name: String, _ range: SourceRange, in pool: inout ExpressionPool
  ) throws(Diagnostic) -> Handle {
    for constant in Constant.allCases where constant.name == name {
      return pool.constant(constant)
    }
    if BuiltInNames.function(named: name) != nil { throw Self.functionAlone(name, at: range) }
    guard scope.undeclaredAreScalars else { throw unknownName(name, at: range) }
    let symbol = pool.declare(Symbol(name, .scalar))
    scope.names[name] = symbol
    return pool.symbol(symbol)
  }

  /// An index may stand free only where the left side or the task leaves it free.
  private func checkFree(
    _ symbol: SymbolID, _ name: String, _ range: SourceRange
  ) throws(Diagnostic) {
    guard let allowedIndices, !allowedIndices.contains(symbol) else { return }
    for local in locals where local.symbol == symbol { return }
    throw Diagnostic(
      "free-index",
      definedName.isEmpty
        ? "the index \(DisplayText.quoted(name)) stands free"
        : "the index \(DisplayText.quoted(name)) stands free, but is not on the left of "
          + DisplayText.quoted(definedName),
      at: range, expected: "a sum over it, or the index on the left as well")
  }

  // MARK: Components

  /// `W[i, j]`.
  mutating func entry(
    _ base: Syntax, _ indices: [Syntax], _ range: SourceRange, in pool: inout ExpressionPool
  ) throws(Diagnostic) -> Handle {
    guard case .name(let name) = base.kind else {
      throw Self.notAScalar(base, "an index after an expression")
    }
    guard let symbol = symbol(named: name) else {
      if BuiltInNames.function(named: name) != nil {
        throw Diagnostic(
          "function-in-brackets", "\(DisplayText.quoted(name)) is a function", at: range,
          expected: "its arguments in parentheses")
      }
      throw unknownName(
        name, at: base.range,
        expected: scope.undeclaredAreScalars ? "a declared vector or matrix" : nil)
    }
    guard pool.kind(of: symbol) == .array else {
      throw Diagnostic(
        "not-an-array",
        "\(DisplayText.quoted(name)) is \(Self.noun(pool.kind(of: symbol))) and takes no index",
        at: range)
    }
    references.append(symbol)
    let ranges = pool.symbols[Int(symbol.index)].ranges
    guard ranges.count == indices.count else {
      throw Diagnostic(
        "index-count",
        "\(DisplayText.quoted(name)) has \(Self.counted(ranges.count, "index", "indices")), "
          + "not \(indices.count)",
        at: range)
    }
    var handles: [Handle] = []
    for (place, syntax) in indices.enumerated() {
      let slot = ranges[place]
      handles.append(try index(syntax, in: slot, of: name, in: &pool))
    }
    return pool.entry(symbol, handles)
  }

  // MARK: Misspelt names

  mutating func unknownName(
    _ name: String, at range: SourceRange, expected: String? = nil
  ) -> Diagnostic {
    var candidates = BuiltInNames.constants
    if suggestionsLeft > 0 { candidates += scope.names.keys }
    for local in locals { candidates.append(local.name) }
    return Diagnostic(
      "unknown-name", "unknown name \(DisplayText.quoted(name))", at: range, expected: expected,
      suggestion: suggestion(for: name, among: candidates))
  }

  /// An index name that nobody declared.
  mutating func unknownIndex(
    _ name: NameSyntax, expected: String, in pool: borrowing ExpressionPool
  ) -> Diagnostic {
    var candidates: [String] = []
    for index in scope.indices { candidates.append(pool.symbols[Int(index.index)].name) }
    return Diagnostic(
      "unknown-name", "unknown index \(DisplayText.quoted(name.text))", at: name.range,
      expected: expected, suggestion: suggestion(for: name.text, among: candidates))
  }

  /// The nearest of some names, as long as there are few mistakes.
  mutating func suggestion(
    for name: String, among candidates: [String]
  ) -> String? {
    guard suggestionsLeft > 0 else { return nil }
    suggestionsLeft -= 1
    return nearestSpelling(to: name, among: candidates)
  }
}
