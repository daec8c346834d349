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

  /// The written form of a scalar expression.
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

  /// A scalar, or a vector or matrix by its entry at index names of its own.
  package mutating func quantity(
    _ source: SourceText, in pool: inout ExpressionPool
  ) throws(Failure) -> WrittenQuantity {
    do throws(Diagnostic) {
      let syntax = try parseExpression(source, known: scope.knownNames(in: pool))
      var lowering = Lowering(scope)
      var names = IndexNames()
      let quantity = try lowering.quantity(syntax, naming: &names, in: &pool)
      scope = lowering.scope
      return quantity
    } catch {
      throw Failure(source, error)
    }
  }

  /// The two sides of an equation, of one shape, given as texts of their own.
  package mutating func equation(
    _ left: SourceText, _ right: SourceText, in pool: inout ExpressionPool
  ) throws(Failure) -> RelationForms {
    // The right side is read behind the left one, so that a range tells the side.
    let start = left.bytes.count + 1
    let shifted = SourceText(
      name: right.name, bytes: [UInt8](repeating: 0x20, count: start) + right.bytes)
    func failure(_ diagnostic: Diagnostic) -> Failure {
      diagnostic.range.lower < start
        ? Failure(left, diagnostic) : Failure(right, diagnostic.shifted(by: -start))
    }
    let known = scope.knownNames(in: pool)
    let one: Syntax
    do throws(Diagnostic) {
      one = try parseExpression(left, known: known)
    } catch {
      throw Failure(left, error)
    }
    do throws(Diagnostic) {
      let other = try parseExpression(shifted, known: known)
      let relation = RelationSyntax(left: one, operation: .equal, right: other)
      var lowering = Lowering(scope)
      let forms = try lowering.relationForms(relation, in: &pool)
      scope = lowering.scope
      return forms
    } catch {
      throw failure(error)
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
    var forms: RelationForms?
    switch goal {
    case .relation(let relation):
      guard relation.operation == .equal, variables.isEmpty else {
        throw Failure(
          source,
          Diagnostic(
            "not-a-goal", "only an expression with --by, or an equation, can be derived",
            at: relation.range))
      }
      let read = try sides(relation, source, &pool)
      kind = .prove(left: read.leftEntry, right: read.rightEntry)
      if !read.isElementary { forms = read }
    case .expression(let syntax):
      kind = try derivative(of: syntax, by: variables, source, &pool)
    }
    return Task(
      kind: kind, scope: scope, condition: nil, heading: "", text: source.text(in: whole(source)),
      range: whole(source), forms: forms)
  }

  private func whole(_ source: SourceText) -> SourceRange { SourceRange(0, source.bytes.count) }

  private mutating func sides(
    _ relation: RelationSyntax, _ source: SourceText, _ pool: inout ExpressionPool
  ) throws(Failure) -> RelationForms {
    do throws(Diagnostic) {
      var lowering = Lowering(scope)
      let read = try lowering.relationForms(relation, in: &pool)
      scope = lowering.scope
      return read
    } catch {
      throw Failure(source, error)
    }
  }

  private mutating func derivative(
    of subject: Syntax, by variables: [String], _ source: SourceText,
    _ pool: inout ExpressionPool
  ) throws(Failure) -> Task.Kind {
    var reader = TaskReader(scope, source, "")
    if variables.isEmpty {
      guard case .derivative = subject.kind else {
        throw Failure(
          source,
          Diagnostic(
            "missing-variable", "the variable to differentiate by is missing", at: subject.range,
            expected: "--by and a name"))
      }
      do throws(Diagnostic) {
        let goal = DeriveSyntax(goal: .expression(subject), variables: [], condition: nil)
        let kind = try reader.derive(goal, in: &pool)
        scope = reader.lowering.scope
        return kind
      } catch {
        throw Failure(source, error)
      }
    }
    var wanted: [(source: SourceText, syntax: Syntax)] = []
    var names = IndexNames()
    for name in subject.names { names.reserve(name.text) }
    for text in variables {
      let variable = SourceText(name: "--by", text)
      do throws(Diagnostic) {
        wanted.append(
          (variable, try parseExpression(variable, known: scope.knownNames(in: pool))))
      } catch {
        throw Failure(variable, error)
      }
      for name in wanted[wanted.count - 1].syntax.names { names.reserve(name.text) }
    }
    let quantity: Task.Variable
    do throws(Diagnostic) {
      quantity = try reader.quantity(subject, &names, in: &pool)
    } catch {
      throw Failure(source, error)
    }
    var found: [Task.Variable] = []
    for (source, syntax) in wanted {
      do throws(Diagnostic) {
        found.append(try variable(syntax, &reader, &names, in: &pool))
      } catch {
        throw Failure(source, error)
      }
    }
    scope = reader.lowering.scope
    return .derive(
      subject: quantity.handle, by: found,
      written: pool.derivative(quantity.handle, by: found.map { $0.handle }))
  }

  /// A name or a component, or a vector or matrix as a whole.
  private func variable(
    _ syntax: Syntax, _ reader: inout TaskReader, _ names: inout IndexNames,
    in pool: inout ExpressionPool
  ) throws(Diagnostic) -> Task.Variable {
    if let array = reader.wholeArray(syntax, in: pool) {
      return reader.component(of: array, &names, in: &pool)
    }
    let variable = try reader.quantity(syntax, &names, in: &pool)
    switch pool[variable.handle] {
    case .symbol, .entry: return variable
    default:
      throw Diagnostic(
        "not-a-variable", "only a name or a component can be differentiated by",
        at: syntax.range)
    }
  }
}
