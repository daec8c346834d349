import NablaExpressions
import NablaNumbers

/// Turns syntax into written forms: names become symbols, and what they may not mean is refused.
///
/// Every expression becomes a scalar that may carry free indices.
/// The author's order, quotients, minus signs and roots are kept as they stand.
package struct Lowering {
  /// Where names are looked up; on the command line, and for primed built-in functions, it grows.
  package var scope: Scope
  /// The only indices that may stand free; nil where any may.
  var allowedIndices: [SymbolID]?
  /// The indices on the left of the definition being read.
  var leftIndices: [SymbolID] = []
  /// Names that hold inside the expression being read, the innermost last.
  var locals: [LocalName] = []
  /// The defined or declared names met, as often as they are met.
  var references: [SymbolID] = []
  /// How many more mistakes get a suggestion, since looking for one takes time.
  package var suggestionsLeft = 2 * ProblemFileSyntax.mostDiagnostics
  /// Whether it is of no interest why something cannot be read.
  package var isSilent = false
  /// Whether expressions may stand that have no value, such as 1/0.
  package var allowsUndefined = false
  /// How many more nodes are computed with to find divisions by zero.
  var stepsLeft = 100_000
  /// What is being defined, for messages.
  var definedName = ""
  /// Whether matrix notation occurs in the expression being read; nil between expressions.
  package var isMatrixNotation: Bool?
  /// How deep products nest in the parts read so far of the product being read.
  var deepestProduct = 0
  /// The shape that a part of unknown size takes from what stands beside it.
  var shapeBeside: Shape?

  /// An index bound by a sum or product, or an argument of the function being defined.
  struct LocalName {
    let name: String
    let symbol: SymbolID
    let isBound: Bool
  }

  package init(_ scope: Scope) { self.scope = scope }

  /// Expressions nest at most this deep once read.
  static let deepestExpression = 2048

  // MARK: Expressions

  /// The written form of a scalar expression.
  package mutating func expression(
    _ syntax: Syntax, in pool: inout ExpressionPool
  ) throws(Diagnostic) -> Handle {
    switch isMatrixNotation {
    case false?: return try scalar(syntax, in: &pool)
    case true?:
      let form = try formOfPart(syntax, in: &pool)
      return try scalarValue(of: form, syntax, in: &pool)
    case nil:
      isMatrixNotation = usesMatrixNotation(syntax, in: pool)
      deepestProduct = 0
      defer { isMatrixNotation = nil }
      return try expression(syntax, in: &pool)
    }
  }

  /// The written form of an expression in which no matrix notation occurs.
  private mutating func scalar(
    _ syntax: Syntax, in pool: inout ExpressionPool
  ) throws(Diagnostic) -> Handle {
    switch syntax.kind {
    case .number(let digits): return try number(digits, syntax.range, in: &pool)
    case .name(let name): return try value(ofName: name, syntax.range, in: &pool)
    case .indexed(let base, let indices): return try entry(base, indices, syntax.range, in: &pool)
    case .call(let call): return try self.call(call, syntax.range, in: &pool)
    case .sum(let terms): return try sum(terms, in: &pool)
    case .product(let factors): return try product(factors, in: &pool)
    case .power(let base, let exponent), .elementwisePower(let base, let exponent):
      return try power(base, exponent, in: &pool)
    case .negation(let operand):
      let inner = try expression(operand, in: &pool)
      return pool.negation(inner)
    case .transpose, .matrix: throw Self.notAScalar(syntax, "matrix notation")
    case .binder(let binder):
      let form = try self.binder(binder, in: &pool)
      return try scalarValue(of: form, syntax, in: &pool)
    case .indicator(let inner): return try indicator(inner, in: &pool)
    case .piecewise(let branches, let otherwise):
      return try piecewise(branches, otherwise, in: &pool)
    case .derivative(let derivative): return try self.derivative(derivative, in: &pool)
    case .comparison, .and, .or, .not: throw Self.conditionAsValue(at: syntax.range)
    }
  }

  mutating func indicator(
    _ inner: Syntax, in pool: inout ExpressionPool
  ) throws(Diagnostic) -> Handle {
    let condition = try condition(inner, in: &pool)
    return pool.indicator(of: condition)
  }

  static func conditionAsValue(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "condition-as-value", "a condition stands where a value is needed", at: range,
      expected: "an indicator such as 1[x > 0]")
  }

  func number(
    _ digits: String, _ range: SourceRange, in pool: inout ExpressionPool
  ) throws(Diagnostic) -> Handle {
    guard let value = Rational(decimal: digits) else {
      throw Diagnostic(
        "number-too-long", "\(DisplayText.quoted(digits)) is beyond what can be read", at: range)
    }
    return pool.number(value)
  }

  // MARK: Arithmetic

  private mutating func sum(
    _ terms: [SignedTermSyntax], in pool: inout ExpressionPool
  ) throws(Diagnostic) -> Handle {
    var handles: [Handle] = []
    handles.reserveCapacity(terms.count)
    for entry in terms {
      let term = try expression(entry.term, in: &pool)
      handles.append(entry.isNegative ? pool.negation(term) : term)
    }
    return pool.writtenSum(handles)
  }

  /// Factors from left to right: a run of products is one node, each division one of its own.
  private mutating func product(
    _ factors: [FactorSyntax], in pool: inout ExpressionPool
  ) throws(Diagnostic) -> Handle {
    var run: [Handle] = []
    for entry in factors {
      let factor = try expression(entry.factor, in: &pool)
      switch entry.operation {
      case .times, .elementwiseTimes: run.append(factor)
      case .over, .elementwiseOver:
        try checkDivisor(factor, at: entry.factor.range, in: &pool)
        let above = run.count == 1 ? run[0] : pool.writtenProduct(run)
        let quotient = pool.quotient(above, factor)
        if pool.depth(quotient) > Self.deepestExpression {
          throw Self.tooDeep(at: entry.factor.range)
        }
        run = [quotient]
      }
    }
    return run.count == 1 ? run[0] : pool.writtenProduct(run)
  }

  private mutating func power(
    _ base: Syntax, _ exponent: Syntax, in pool: inout ExpressionPool
  ) throws(Diagnostic) -> Handle {
    let below = try expression(base, in: &pool)
    let above = try expression(exponent, in: &pool)
    return try power(below, above, at: base.range.union(exponent.range), in: &pool)
  }

  mutating func power(
    _ below: Handle, _ above: Handle, at range: SourceRange, in pool: inout ExpressionPool
  ) throws(Diagnostic) -> Handle {
    if !allowsUndefined, let order = pool.exactValue(above, steps: &stepsLeft), order.isNegative,
      let value = pool.exactValue(below, steps: &stepsLeft), value.isZero
    {
      throw Diagnostic(
        "division-by-zero", "a negative power of zero is a division by zero", at: range)
    }
    return pool.writtenPower(below, above)
  }

  mutating func checkDivisor(
    _ divisor: Handle, at range: SourceRange, in pool: inout ExpressionPool
  ) throws(Diagnostic) {
    guard !allowsUndefined, let value = pool.exactValue(divisor, steps: &stepsLeft), value.isZero
    else { return }
    throw Diagnostic("division-by-zero", "division by zero", at: range)
  }
}
