import NablaExpressions
import NablaNotation

/// Reads expressions and statements given on the command line, where undeclared names are scalars.
package struct CommandLineReader {
  package struct Failure: Error, Sendable {
    package let diagnostics: [(source: SourceText, diagnostic: Diagnostic)]

    package init(_ source: SourceText, _ diagnostic: Diagnostic) {
      diagnostics = [(source, diagnostic)]
    }

    init(_ diagnostics: [(source: SourceText, diagnostic: Diagnostic)]) {
      self.diagnostics = diagnostics
    }
  }

  package private(set) var scope = Scope.commandLine

  package init() {}

  /// Takes in statements and assumptions.
  package mutating func read(
    given: [String], assume: [String], using expressions: [String] = [],
    in pool: inout ExpressionPool
  ) throws(Failure) {
    var sources: [SourceText] = []
    for statement in given { sources.append(SourceText(name: "--given", statement)) }
    for relation in assume { sources.append(SourceText(name: "--assume", "assume " + relation)) }
    var known = KnownNames(undeclaredAreScalars: true)
    for source in sources { known.collect(from: source) }
    var placed: [PlacedStatement] = []
    for source in sources {
      do throws(Diagnostic) {
        placed.append(PlacedStatement(try parseStatement(source, known: known), in: source))
      } catch {
        throw Failure(source, error)
      }
    }
    let reading = ScopeReading(placed, under: scope, into: &pool)
    if !reading.diagnostics.isEmpty {
      throw Failure(reading.diagnostics.map { (Self.source(of: $0, sources), $0) })
    }
    scope = reading.scope
  }

  private static func source(of diagnostic: Diagnostic, _ sources: [SourceText]) -> SourceText {
    for source in sources where source.name == diagnostic.file { return source }
    return sources.first ?? SourceText(name: "--given", "")
  }

  /// The written form of an expression.
  package mutating func expression(
    _ source: SourceText, in pool: inout ExpressionPool
  ) throws(Failure) -> Handle {
    do throws(Diagnostic) {
      let syntax = try parseExpression(source, known: scope.knownNames(in: pool))
      var lowering = Lowering(scope)
      let handle = try lowering.expression(syntax, in: &pool)
      scope = lowering.scope
      return handle
    } catch {
      throw Failure(source, error)
    }
  }

  /// The derivative of an expression by variables, or the way from one side of `A = B` to the other.
  package mutating func task(
    _ source: SourceText, by variables: [String], in pool: inout ExpressionPool
  ) throws(Failure) -> Task {
    let kind: Task.Kind
    let goal: GoalSyntax
    do throws(Diagnostic) {
      goal = try parseGoal(source, known: scope.knownNames(in: pool))
    } catch {
      throw Failure(source, error)
    }
    switch goal {
    case .relation(let relation):
      guard relation.operation == .equal, variables.isEmpty else {
        throw Failure(
          source,
          Diagnostic(
            "not-a-goal", "only an expression with --by, or an equation, can be derived",
            at: relation.range))
      }
      let left = try lower(relation.left, source, &pool)
      kind = .prove(left: left, right: try lower(relation.right, source, &pool))
    case .expression(let syntax):
      kind = try derivative(try lower(syntax, source, &pool), by: variables, syntax, source, &pool)
    }
    return Task(
      kind: kind, scope: scope, condition: nil, heading: "", text: source.text(in: whole(source)),
      range: whole(source))
  }

  private func whole(_ source: SourceText) -> SourceRange { SourceRange(0, source.bytes.count) }

  private mutating func lower(
    _ syntax: Syntax, _ source: SourceText, _ pool: inout ExpressionPool
  ) throws(Failure) -> Handle {
    do throws(Diagnostic) {
      var lowering = Lowering(scope)
      let handle = try lowering.expression(syntax, in: &pool)
      scope = lowering.scope
      return handle
    } catch {
      throw Failure(source, error)
    }
  }

  private mutating func derivative(
    _ subject: Handle, by variables: [String], _ syntax: Syntax, _ source: SourceText,
    _ pool: inout ExpressionPool
  ) throws(Failure) -> Task.Kind {
    if variables.isEmpty {
      if case .derivative(let body, let list) = pool[subject] {
        let handles = pool.operands(list)
        return .derive(
          subject: body, by: handles.map { Task.Variable(handle: $0) }, written: subject)
      }
      throw Failure(
        source,
        Diagnostic(
          "missing-variable", "the variable to differentiate by is missing", at: syntax.range,
          expected: "--by and a name"))
    }
    var handles: [Handle] = []
    for text in variables {
      let variable = SourceText(name: "--by", text)
      let handle = try expression(variable, in: &pool)
      switch pool[handle] {
      case .symbol, .entry: handles.append(handle)
      default:
        throw Failure(
          variable,
          Diagnostic(
            "not-a-variable", "only a name or a component can be differentiated by",
            at: SourceRange(0, variable.bytes.count)))
      }
    }
    return .derive(
      subject: subject, by: handles.map { Task.Variable(handle: $0) },
      written: pool.derivative(subject, by: handles))
  }
}
