import NablaExpressions
import NablaNumbers

extension ScopeReader {
  // MARK: Dimensions

  /// Declares dimensions: those that are named, then those that only stand in a size.
  mutating func declareDimensions(in pool: inout ExpressionPool) {
    for (place, entry) in statements.enumerated() {
      guard case .dimension(let list) = entry.statement.syntax else { continue }
      var symbols: [SymbolID] = []
      for item in list {
        do throws(Diagnostic) {
          let symbol = pool.declare(Symbol(item.name.text, .dimension))
          if explicitNames.contains(item.name.text) { throw twice(item.name, .declared) }
          try introduce(item.name, symbol, .declared)
          symbols.append(symbol)
        } catch {
          report(error, place)
        }
      }
      facts[place] = .declared(symbols)
    }
    for entry in statements { declareImplicitDimensions(entry.statement.syntax, in: &pool) }
  }

  private mutating func declareImplicitDimensions(
    _ statement: StatementSyntax, in pool: inout ExpressionPool
  ) {
    var names: [NameSyntax] = []
    switch statement {
    case .index(let list), .fixedIndex(let list):
      for group in list { names += group.bounds.upper.names }
    case .declaration(let declaration):
      for declared in declaration.names {
        for axis in declared.axes {
          names += axis.upper.names
          names += axis.lower?.names ?? []
        }
      }
    default: statement.forEachExpression { $0.collectUpperBounds(into: &names) }
    }
    for name in names
    where lowering.scope.names[name.text] == nil && !explicitNames.contains(name.text) {
      let symbol = pool.declare(Symbol(name.text, .dimension))
      own[name.text] = OwnName(symbol: symbol, origin: .implicit)
      lowering.scope.names[name.text] = symbol
    }
  }

  // MARK: Indices

  mutating func declareIndices(
    _ list: [IndexSyntax], _ kind: SymbolKind, _ place: Int, in pool: inout ExpressionPool
  ) throws(Diagnostic) {
    var symbols: [SymbolID] = []
    for group in list {
      let range: IndexRange
      do throws(Diagnostic) {
        range = try sizes(group.bounds.lower, group.bounds.upper, in: &pool)
      } catch {
        for name in group.names { damagedNames.insert(name.text) }
        throw error
      }
      for name in group.names {
        let symbol = pool.declare(Symbol(name.text, kind, ranges: [range]))
        try introduce(name, symbol, .declared)
        symbols.append(symbol)
        if kind == .index { lowering.scope.indices.append(symbol) }
      }
    }
    facts[place] = .declared(symbols)
  }

  /// A range made of dimensions and whole numbers only.
  private mutating func sizes(
    _ lower: Syntax?, _ upper: Syntax, in pool: inout ExpressionPool
  ) throws(Diagnostic) -> IndexRange {
    for bound in [lower, upper] {
      for name in bound?.names ?? [] {
        guard let symbol = lowering.scope.names[name.text] else {
          if explicitNames.contains(name.text) { throw notADimension(name, "no dimension") }
          continue
        }
        if pool.kind(of: symbol) != .dimension {
          throw notADimension(
            name, "\(Lowering.noun(pool.kind(of: symbol))), not a dimension")
        }
      }
    }
    if let lower {
      return try lowering.range(BoundsSyntax(lower: lower, upper: upper), in: &pool)
    }
    let one = Syntax(.number("1"), upper.range)
    return try lowering.range(BoundsSyntax(lower: one, upper: upper), in: &pool)
  }

  private func notADimension(_ name: NameSyntax, _ what: String) -> Diagnostic {
    Diagnostic(
      "not-a-dimension", "\(DisplayText.quoted(name.text)) is \(what)", at: name.range,
      expected: "a dimension or a whole number")
  }

  // MARK: Scalars, vectors, matrices, functions

  mutating func declare(
    _ declaration: DeclarationSyntax, _ place: Int, in pool: inout ExpressionPool
  ) {
    var symbols: [SymbolID] = []
    for declared in declaration.names {
      do throws(Diagnostic) {
        symbols.append(try declare(declared, declaration.kind, in: &pool))
      } catch {
        if own[declared.name.text] == nil { damagedNames.insert(declared.name.text) }
        report(error, place)
      }
    }
    facts[place] = .declared(symbols)
  }

  private mutating func declare(
    _ declared: DeclaredNameSyntax, _ kind: DeclarationSyntax.Kind, in pool: inout ExpressionPool
  ) throws(Diagnostic) -> SymbolID {
    var ranges: [IndexRange] = []
    for axis in declared.axes { ranges.append(try sizes(axis.lower, axis.upper, in: &pool)) }
    var symbol: Symbol
    switch kind {
    case .scalar: symbol = Symbol(declared.name.text, .scalar)
    case .vector, .matrix: symbol = Symbol(declared.name.text, .array, ranges: ranges)
    case .function:
      let count = declared.parameters.count
      symbol = Symbol(declared.name.text, .function, arity: count == 0 ? nil : count)
    }
    for attribute in declared.attributes {
      try apply(attribute, to: &symbol, kind, in: &pool)
    }
    let id = pool.declare(symbol)
    try introduce(declared.name, id, .declared)
    return id
  }

  private mutating func apply(
    _ attribute: AttributeSyntax, to symbol: inout Symbol, _ kind: DeclarationSyntax.Kind,
    in pool: inout ExpressionPool
  ) throws(Diagnostic) {
    let wanted: [DeclarationSyntax.Kind]
    let word: String
    switch attribute.kind {
    case .positive:
      restrict(&symbol.domain, lower: Bound(0, isIncluded: false))
      (word, wanted) = ("positive", [.scalar, .vector, .matrix])
    case .nonnegative:
      restrict(&symbol.domain, lower: Bound(0, isIncluded: true))
      (word, wanted) = ("nonnegative", [.scalar, .vector, .matrix])
    case .negative:
      restrict(&symbol.domain, upper: Bound(0, isIncluded: false))
      (word, wanted) = ("negative", [.scalar, .vector, .matrix])
    case .oneHot:
      symbol.domain.isOneHot = true
      (word, wanted) = ("one-hot", [.vector, .matrix])
    case .probability:
      symbol.domain.isProbability = true
      (word, wanted) = ("probability", [.vector, .matrix])
    case .symmetric:
      symbol.domain.isSymmetric = true
      (word, wanted) = ("symmetric", [.matrix])
    case .interval(let interval):
      if let lower = try end(interval.lower, in: &pool) {
        restrict(&symbol.domain, lower: Bound(lower, isIncluded: interval.includesLower))
      }
      if let upper = try end(interval.upper, in: &pool) {
        restrict(&symbol.domain, upper: Bound(upper, isIncluded: interval.includesUpper))
      }
      (word, wanted) = ("in", [.scalar, .vector, .matrix])
    }
    if !wanted.contains(kind) {
      let noun =
        wanted.contains(.scalar)
        ? "a quantity"
        : wanted.contains(.vector) ? "a vector, or of the rows of a matrix," : "a matrix"
      throw Diagnostic(
        "misplaced-attribute", "'\(word)' can be said of \(noun) only", at: attribute.range)
    }
    if symbol.domain.isSymmetric, symbol.ranges.count == 2,
      !lowering.matches(symbol.ranges[0], symbol.ranges[1], in: pool)
    {
      throw Diagnostic(
        "misplaced-attribute", "a symmetric matrix has as many rows as columns",
        at: attribute.range)
    }
    if let lower = symbol.domain.lower, let upper = symbol.domain.upper,
      lower.value > upper.value
        || (lower.value == upper.value && !(lower.isIncluded && upper.isIncluded))
    {
      throw Diagnostic(
        "empty-interval",
        "no number is in the interval that \(DisplayText.quoted(symbol.name)) "
          + "is declared to be in", at: attribute.range)
    }
  }

  private mutating func end(
    _ syntax: Syntax?, in pool: inout ExpressionPool
  ) throws(Diagnostic) -> Rational? {
    guard let syntax else { return nil }
    let handle = try lowering.expression(syntax, in: &pool)
    guard let value = pool.exactValue(handle) else {
      throw Diagnostic(
        "not-a-number", "the end of an interval must be a number", at: syntax.range,
        expected: "a number, or infinity")
    }
    return value
  }

  private func restrict(_ domain: inout Domain, lower bound: Bound) {
    if let known = domain.lower,
      known.value > bound.value || (known.value == bound.value && !known.isIncluded)
    {
      return
    }
    domain.lower = bound
  }

  private func restrict(_ domain: inout Domain, upper bound: Bound) {
    if let known = domain.upper,
      known.value < bound.value || (known.value == bound.value && !known.isIncluded)
    {
      return
    }
    domain.upper = bound
  }
}
