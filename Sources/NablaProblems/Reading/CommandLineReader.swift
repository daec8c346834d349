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

  /// Takes in statements, assumptions and values such as `x=2/3`.
  package mutating func read(
    given: [String], assume: [String], at assignments: [String] = [],
    using expressions: [String] = [], in pool: inout ExpressionPool
  ) throws(Failure) {
    var arguments: [Argument] = []
    for text in given { arguments.append(Argument("--given", text, "", arguments.count)) }
    for text in assume { arguments.append(Argument("--assume", text, "assume ", arguments.count)) }
    for text in assignments { arguments.append(Argument("argument", text, "at ", arguments.count)) }
    var known = KnownNames(undeclaredAreScalars: true)
    for argument in arguments { known.collect(from: argument.source) }
    var placed: [PlacedStatement] = []
    for argument in arguments {
      do throws(Diagnostic) {
        let statement = try parseStatement(argument.source, known: known)
        placed.append(PlacedStatement(statement, in: argument.source, isUsed: true))
      } catch {
        throw Failure([argument.shown(error)])
      }
    }
    let reading = ScopeReading(placed, under: scope, into: &pool)
    if !reading.diagnostics.isEmpty {
      throw Failure(
        reading.diagnostics.map { diagnostic in
          let argument = arguments.first { $0.source.name == diagnostic.file } ?? arguments[0]
          return argument.shown(diagnostic)
        })
    }
    scope = reading.scope
  }

  /// A statement of the command line; the user wrote what follows its prefix.
  private struct Argument {
    /// Named by its place, so that a diagnostic finds its way back.
    let source: SourceText
    private let written: SourceText
    private let prefixLength: Int

    init(_ name: String, _ text: String, _ prefix: String, _ place: Int) {
      source = SourceText(name: "\(name) \(place)", prefix + text)
      written = SourceText(name: name, text)
      prefixLength = prefix.utf8.count
    }

    func shown(_ diagnostic: Diagnostic) -> (source: SourceText, diagnostic: Diagnostic) {
      var shifted = diagnostic.shifted(by: -prefixLength)
      shifted.file = nil
      return (written, shifted)
    }
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
