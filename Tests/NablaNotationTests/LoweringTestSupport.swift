import NablaExpressions
import NablaNotation
import NablaTestSupport

/// Statements read into a scope of their own pool.
struct ReadStatements: ~Copyable {
  var pool = ExpressionPool()
  let source: SourceText
  let reading: ScopeReading
  let diagnostics: [Diagnostic]

  init(_ text: String, under scope: Scope = Scope()) {
    source = SourceText(name: "test", "```nabla\n" + text + "\n```\n")
    let file = ProblemFileSyntax(source)
    var statements: [PlacedStatement] = []
    for case .block(let block) in file.elements {
      for statement in block.statements {
        statements.append(PlacedStatement(statement, in: source))
      }
    }
    reading = ScopeReading(statements, under: scope, into: &pool)
    diagnostics = file.diagnostics + reading.diagnostics
  }

  /// Every mistake on a line of its own.
  var report: String {
    diagnostics.map { describeWithText($0, source) }.joined(separator: "\n")
  }
}

/// The tree of an expression under some statements, or what is wrong with either.
func lowered(_ text: String, given statements: String = "", commandLine: Bool = false) -> String {
  var read = ReadStatements(statements, under: commandLine ? .commandLine : Scope())
  guard read.diagnostics.isEmpty else { return read.report }
  let source = SourceText(name: "test", text)
  do throws(Diagnostic) {
    let known = read.reading.scope.knownNames(in: read.pool)
    let syntax = try parseExpression(source, known: known)
    var lowering = Lowering(read.reading.scope)
    let handle = try lowering.expression(syntax, in: &read.pool)
    return read.pool.dump(handle)
  } catch {
    return describeWithText(error, source)
  }
}

/// `identifier 'text it is about': summary`.
func describeWithText(_ diagnostic: Diagnostic, _ source: SourceText) -> String {
  "\(diagnostic.identifier) '\(source.text(in: diagnostic.range))': \(diagnostic.summary)"
}

/// The shape of an expression and its entry at row r and column c, or what is wrong.
func shaped(_ text: String, given statements: String = "", commandLine: Bool = false) -> String {
  var read = ReadStatements(statements, under: commandLine ? .commandLine : Scope())
  guard read.diagnostics.isEmpty else { return read.report }
  let source = SourceText(name: "test", text)
  do throws(Diagnostic) {
    let known = read.reading.scope.knownNames(in: read.pool)
    let syntax = try parseExpression(source, known: known)
    var lowering = Lowering(read.reading.scope)
    let form = try lowering.form(syntax, in: &read.pool)
    let row = read.pool.declare(Symbol("r", .index, ranges: form.shape.ranges))
    let column = read.pool.declare(Symbol("c", .index, ranges: form.shape.ranges))
    let entry = try lowering.written(
      form, row: read.pool.symbol(row), column: read.pool.symbol(column), at: syntax.range,
      in: &read.pool)
    return Lowering.described(form.shape, in: read.pool) + ": " + read.pool.dump(entry)
  } catch {
    return describeWithText(error, source)
  }
}
