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
  /// Both sides of the equation that was read as a task.
  private(set) var relation: RelationForms?
  private var formulas: FormulaReader
  /// What is to be told about how the formulas were read.
  package var notes: ReadingNotes { formulas.notes }

  /// - Parameter notation: how expressions and assumptions are written; statements are plain.
  package init(_ notation: InputNotation = .plain) { formulas = FormulaReader(notation) }

  /// Takes in statements, assumptions and values such as `x=2/3`.
  package mutating func read(
    given: [String], assume: [String], at assignments: [String] = [],
    in pool: inout ExpressionPool
  ) throws(Failure) {
    var arguments: [Argument] = []
    for text in given { arguments.append(Argument("--given", text, "", arguments.count)) }
    for text in assignments { arguments.append(Argument("argument", text, "at ", arguments.count)) }
    let prefix = formulas.notation == .plain ? "assume " : ""
    for text in assume { arguments.append(Argument("--assume", text, prefix, arguments.count)) }
    var statements = try self.statements(arguments)
    let implicit = declareImplicitly(in: &statements)
    var placed: [PlacedStatement] = []
    for (statement, argument) in zip(statements, arguments) {
      placed.append(PlacedStatement(statement, in: argument.source, isUsed: true))
    }
    for statement in implicit {
      placed.append(Self.placed(statement))
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

  /// The statements of the arguments, those in LaTeX read in the light of the others.
  private mutating func statements(_ arguments: [Argument]) throws(Failure) -> [Statement] {
    var all = KnownNames(undeclaredAreScalars: true)
    for argument in arguments where argument.isStatement(formulas.notation) {
      all.collect(from: argument.source)
    }
    var found: [Statement?] = []
    var plain: [StatementSyntax] = []
    var known = KnownNames(undeclaredAreScalars: true)
    for argument in arguments {
      var statement: Statement?
      if argument.isStatement(formulas.notation) {
        do throws(Diagnostic) {
          statement = try parseStatement(argument.source, known: all)
        } catch {
          if formulas.notation == .plain || !argument.isGiven {
            throw Failure([argument.shown(error)])
          }
        }
      }
      if let statement {
        plain.append(statement.syntax)
        known.collect(from: argument.source)
      }
      found.append(statement)
    }
    let vocabulary = LaTeXVocabulary(known, slots: KnownRanges(plain))
    var statements: [Statement] = []
    for (argument, statement) in zip(arguments, found) {
      do throws(Diagnostic) {
        if let statement {
          statements.append(statement)
        } else if argument.isStatement(formulas.notation) {
          let definition = try formulas.definition(argument.source, vocabulary)
          statements.append(Statement(syntax: .definition(definition), range: definition.range))
        } else {
          let condition = try formulas.condition(argument.source, vocabulary)
          statements.append(Statement(syntax: .assume(condition), range: condition.range))
        }
      } catch {
        guard argument.isStatement(formulas.notation), !argument.source.hasBackslash else {
          throw Failure([argument.shown(error)])
        }
        // Plain statements are what is asked for, so that their mistakes are told.
        do throws(Diagnostic) {
          statements.append(try parseStatement(argument.source, known: all))
        } catch {
          throw Failure([argument.shown(error)])
        }
      }
    }
    return statements
  }

  private static func placed(_ statement: StatementSyntax) -> PlacedStatement {
    PlacedStatement(
      Statement(syntax: statement, range: SourceRange(0, 0)), in: SourceText(name: "", bytes: []))
  }

  /// How declared index letters are taken in this notation.
  private var strictness: ImplicitDeclarations.Strictness {
    formulas.notation == .plain ? .strict : .lenient
  }

  /// Whether names with indices that nobody declared are arrays.
  ///
  /// In plain notation, a name beside declared arrays is sooner a misspelt one.
  private func isInferring(_ known: KnownRanges) -> Bool {
    formulas.notation == .latex || !known.hasArrays
  }

  /// What the names with indices in definitions and assumptions have to be.
  private mutating func declareImplicitly(
    in statements: inout [Statement]
  ) -> [StatementSyntax] {
    let known = KnownRanges(statements.map { $0.syntax })
    guard isInferring(known) else { return [] }
    var expressions: [Syntax] = []
    var defined: Set<String> = []
    var places: [Int] = []
    for (place, statement) in statements.enumerated() {
      switch statement.syntax {
      case .definition(let definition):
        if case .indices(let names) = definition.parameters {
          defined.insert(definition.name.text)
          let indices = names.map { Syntax(.name($0.text), $0.range) }
          let name = Syntax(.name(definition.name.text), definition.name.range)
          expressions.append(Syntax(.indexed(name, indices), definition.name.range))
          places.append(-1)
        }
        expressions.append(definition.value)
        places.append(place)
      case .assume(let condition):
        expressions.append(condition)
        places.append(place)
      default: break
      }
    }
    if expressions.isEmpty { return [] }
    let implicit = ImplicitDeclarations(
      of: expressions, defining: defined, knowing: known, strictness)
    if implicit.statements.isEmpty { return [] }
    formulas.note(implicit)
    for (place, expression) in zip(places, implicit.expressions) where place >= 0 {
      switch statements[place].syntax {
      case .definition(var definition):
        definition.value = expression
        statements[place].syntax = .definition(definition)
      case .assume: statements[place].syntax = .assume(expression)
      default: break
      }
    }
    return implicit.statements
  }

  /// Declares what the names with indices in expressions have to be.
  private mutating func declare(
    _ expressions: [Syntax], in pool: inout ExpressionPool
  ) -> [Syntax] {
    let known = KnownRanges(scope, in: pool)
    guard isInferring(known) else { return expressions }
    let implicit = ImplicitDeclarations(of: expressions, knowing: known, strictness)
    formulas.note(implicit)
    if implicit.statements.isEmpty { return implicit.expressions }
    let reading = ScopeReading(
      implicit.statements.map { Self.placed($0) }, under: scope, into: &pool)
    // A declaration that is refused leaves its names unknown, which is told where they stand.
    scope = reading.scope
    return implicit.expressions
  }

  /// Refuses names that LaTeX shows to be vectors, matrices or functions without saying which.
  private func checkNames(
    _ syntax: Syntax, _ pool: borrowing ExpressionPool
  ) throws(Diagnostic) {
    guard formulas.notation == .latex else { return }
    let scope = scope
    func isUndeclared(_ name: String) -> Bool {
      scope.names[name] == nil && !BuiltInNames.constants.contains(name)
    }
    if let demand = MatrixDemand(in: syntax, isUndeclared: isUndeclared) {
      throw Diagnostic(
        "unknown-sizes",
        "\(DisplayText.quoted(demand.name)) is written as a vector or matrix, but nothing says "
          + "so", at: demand.range, expected: "a declaration such as \(demand.suggestion)")
    }
    if let name = syntax.undefinedSubject(isUndeclared) {
      throw Diagnostic(
        "unknown-name",
        "nothing says what \(DisplayText.quoted(name.text)) is, so its derivative is unknown",
        at: name.range,
        expected: "a definition such as --given '\(DisplayText.escaped(name.text)) = …'")
    }
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

    var isGiven: Bool { written.name == "--given" }

    /// Whether the text is a statement in plain notation.
    func isStatement(_ notation: InputNotation) -> Bool {
      notation == .plain || written.name != "--assume"
    }

    func shown(_ diagnostic: Diagnostic) -> (source: SourceText, diagnostic: Diagnostic) {
      var shifted = diagnostic.shifted(by: -prefixLength)
      shifted.file = nil
      return (written, shifted)
    }
  }

  /// What is known of names when formulas are read together.
  ///
  /// A letter that takes indices anywhere takes them everywhere: beside x_i, x_1 is an entry.
  private func vocabulary(
    _ sources: [SourceText], _ pool: borrowing ExpressionPool
  ) -> LaTeXVocabulary {
    var vocabulary = LaTeXVocabulary(scope, in: pool)
    guard formulas.notation == .latex else { return vocabulary }
    var reader = FormulaReader(.latex)
    var expressions: [Syntax] = []
    for source in sources {
      guard let chains = try? reader.chains(source, vocabulary) else { continue }
      for member in chains.flatMap({ $0.members }) {
        if case .expression(let syntax) = member.content { expressions.append(syntax) }
      }
    }
    let implicit = ImplicitDeclarations(
      of: expressions, knowing: KnownRanges(scope, in: pool), strictness)
    for (name, slots) in implicit.arrays {
      vocabulary.known.insert(name, slots == 1 ? .vector : .matrix)
      vocabulary.slots[name] = slots
    }
    return vocabulary
  }

  /// The formulas of a text as they are written, in the scope of what was given.
  package mutating func chains(
    _ source: SourceText, in pool: borrowing ExpressionPool
  ) throws(Failure) -> [RelationChain] {
    do throws(Diagnostic) {
      return try formulas.chains(source, vocabulary([source], pool))
    } catch {
      throw Failure(source, error)
    }
  }

  /// The written form of a scalar expression.
  package mutating func expression(
    _ source: SourceText, in pool: inout ExpressionPool
  ) throws(Failure) -> Handle {
    do throws(Diagnostic) {
      let written = try formulas.expression(source, vocabulary([source], pool))
      let syntax = declare([written], in: &pool)[0]
      try checkNames(syntax, pool)
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
      let written = try formulas.expression(source, vocabulary([source], pool))
      let syntax = declare([written], in: &pool)[0]
      try checkNames(syntax, pool)
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
    let vocabulary = vocabulary([left, right], pool)
    let one: Syntax
    do throws(Diagnostic) {
      one = try formulas.expression(left, vocabulary)
    } catch {
      throw Failure(left, error)
    }
    do throws(Diagnostic) {
      let other = try formulas.expression(shifted, vocabulary)
      let sides = declare([one, other], in: &pool)
      for side in sides { try checkNames(side, pool) }
      let relation = RelationSyntax(left: sides[0], operation: .equal, right: sides[1])
      var lowering = Lowering(scope)
      lowering.allowsUndefined = true
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
    let vocabulary = vocabulary(
      [source] + variables.map { SourceText(name: "--by", $0) }, pool)
    var goal: GoalSyntax
    do throws(Diagnostic) {
      goal = try formulas.goal(source, vocabulary)
    } catch {
      throw Failure(source, error)
    }
    var wanted: [(source: SourceText, syntax: Syntax)] = []
    for text in variables {
      let variable = SourceText(name: "--by", text)
      do throws(Diagnostic) {
        wanted.append((variable, try formulas.expression(variable, vocabulary)))
      } catch {
        throw Failure(variable, error)
      }
    }
    if case .relation(let relation) = goal, relation.operation != .equal || !wanted.isEmpty {
      throw Failure(
        source,
        Diagnostic(
          "not-a-goal", "only an expression with --by, or an equation, can be derived",
          at: relation.range))
    }
    var expressions: [Syntax] = []
    goal.forEachExpression { expressions.append($0) }
    let count = expressions.count
    expressions = declare(expressions + wanted.map { $0.syntax }, in: &pool)
    for place in wanted.indices { wanted[place].syntax = expressions[count + place] }
    do throws(Diagnostic) {
      for expression in expressions.prefix(count) { try checkNames(expression, pool) }
    } catch {
      throw Failure(source, error)
    }
    var forms: RelationForms?
    let kind: Task.Kind
    switch goal {
    case .relation(var relation):
      relation.left = expressions[0]
      relation.right = expressions[1]
      let read = try sides(relation, source, &pool)
      kind = .prove(left: read.leftEntry, right: read.rightEntry)
      self.relation = read
      if !read.isElementary { forms = read }
    case .expression: kind = try derivative(of: expressions[0], by: wanted, source, &pool)
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
    of subject: Syntax, by wanted: [(source: SourceText, syntax: Syntax)],
    _ source: SourceText, _ pool: inout ExpressionPool
  ) throws(Failure) -> Task.Kind {
    var reader = TaskReader(scope, source, "")
    if wanted.isEmpty {
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
    var names = IndexNames()
    for name in subject.names { names.reserve(name.text) }
    for entry in wanted { for name in entry.syntax.names { names.reserve(name.text) } }
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

extension Syntax {
  /// A name that is differentiated by something else although nothing says what it is.
  fileprivate func undefinedSubject(_ isUndeclared: (String) -> Bool) -> NameSyntax? {
    if case .derivative(let derivative) = kind, case .name(let text) = derivative.subject.kind,
      isUndeclared(text),
      !derivative.variables.contains(where: { $0.variable.isWritten(like: derivative.subject) })
    {
      return NameSyntax(text, derivative.subject.range)
    }
    var found: NameSyntax?
    forEachPart { if found == nil { found = $0.undefinedSubject(isUndeclared) } }
    return found
  }
}

extension SourceText {
  fileprivate var hasBackslash: Bool { bytes.contains(0x5C) }
}

extension DefinitionSyntax {
  fileprivate var range: SourceRange { name.range.union(value.range) }
}

extension LaTeXVocabulary {
  /// Names of statements that were read but not resolved.
  fileprivate init(_ known: KnownNames, slots ranges: KnownRanges) {
    self.init(known)
    slots = ranges.slotCounts
  }
}
