import NablaExpressions
import NablaNotation
import NablaVerification

/// Tasks that ask for pictures: curves, and the graph of a computation.
extension TaskReader {
  /// The farthest that an axis may reach.
  private static var farthest: Double { 1e9 }
  private static var mostCurves: Int { 6 }

  /// `plot f(x), g(x) for x in -6..6`; an undeclared variable is a scalar of its own.
  mutating func plot(
    _ syntax: PlotSyntax, in pool: inout ExpressionPool
  ) throws(Diagnostic) -> Task.Kind {
    if syntax.curves.count > Self.mostCurves {
      throw Diagnostic(
        "too-many-curves", "a plot shows at most \(Self.mostCurves) curves",
        at: syntax.curves[Self.mostCurves].range)
    }
    let range = try self.range(syntax.range, in: &pool)
    let vertical: ClosedRange<Double>?
    if let bounds = syntax.vertical {
      vertical = try self.range(bounds, in: &pool)
    } else {
      vertical = nil
    }
    let name = syntax.variable.text
    let known = lowering.scope.names[name]
    defer { lowering.scope.names[name] = known }
    let variable = try plotVariable(syntax.variable, known, in: &pool)
    lowering.scope.names[name] = variable
    var curves: [Handle] = []
    for curve in syntax.curves { curves.append(try lowering.expression(curve, in: &pool)) }
    return .plot(
      Task.Curves(curves: curves, variable: variable, range: range, vertical: vertical))
  }

  private func plotVariable(
    _ name: NameSyntax, _ known: SymbolID?, in pool: inout ExpressionPool
  ) throws(Diagnostic) -> SymbolID {
    guard let known else { return pool.declare(Symbol(name.text, .scalar)) }
    guard pool.kind(of: known) == .scalar else {
      throw Diagnostic(
        "not-a-variable", "\(DisplayText.quoted(name.text)) is not a scalar", at: name.range,
        expected: "a scalar or a new name")
    }
    guard lowering.scope.definitions[known] == nil else {
      throw Diagnostic(
        "not-an-input", "\(DisplayText.quoted(name.text)) is defined by other quantities",
        at: name.range, expected: "a scalar that is given, or a new name")
    }
    return known
  }

  /// The ends of an axis, the smaller first.
  private mutating func range(
    _ bounds: BoundsSyntax, in pool: inout ExpressionPool
  ) throws(Diagnostic) -> ClosedRange<Double> {
    let lower = try end(bounds.lower, in: &pool)
    let upper = try end(bounds.upper, in: &pool)
    let place = bounds.lower.range.union(bounds.upper.range)
    if lower > upper {
      throw Diagnostic(
        "reversed-range", "the range runs from the larger number to the smaller", at: place,
        expected: "the smaller number first")
    }
    guard upper - lower > 1e-9 * max(abs(lower), abs(upper)), upper - lower > 1e-9 else {
      throw Diagnostic("empty-range", "the range has no length", at: place)
    }
    return lower...upper
  }

  private mutating func end(
    _ syntax: Syntax, in pool: inout ExpressionPool
  ) throws(Diagnostic) -> Double {
    let handle = try lowering.expression(syntax, in: &pool)
    let values = GivenValues(lowering.scope, in: &pool)
    guard let value = values.doubleValue(of: handle, &pool), abs(value) <= Self.farthest else {
      throw Diagnostic(
        "expected-number", "an axis ends at a number of at most 10^9", at: syntax.range,
        expected: "a number such as -6")
    }
    return value
  }

  /// `graph L by w1, b1`.
  mutating func graph(
    _ syntax: GraphSyntax, in pool: inout ExpressionPool
  ) throws(Diagnostic) -> Task.Kind {
    var names = IndexNames()
    let subject = try quantity(syntax.subject, &names, in: &pool).handle
    guard let symbol = pool.headSymbol(of: subject), lowering.scope.definitions[symbol] != nil
    else {
      throw Diagnostic(
        "not-defined", "the graph of a computation ends in a quantity that is defined by others",
        at: syntax.subject.range, expected: "the name of a definition")
    }
    var variables: [Handle] = []
    for syntax in syntax.variables {
      variables.append(try quantity(syntax, &names, in: &pool).handle)
    }
    for (variable, syntax) in zip(variables, syntax.variables)
    where pool.headSymbol(of: variable) == nil {
      throw Diagnostic(
        "not-a-variable", "a graph begins in named quantities", at: syntax.range,
        expected: "a name such as w")
    }
    return .graph(of: subject, by: variables)
  }
}
