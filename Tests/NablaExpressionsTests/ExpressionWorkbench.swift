import NablaExpressions
import NablaNotation

/// A pool and a reader of plain notation, in which undeclared names are scalars.
struct ExpressionWorkbench: ~Copyable {
  var pool = ExpressionPool()
  private var scope = Scope.commandLine

  /// Reads declarations separated by semicolons.
  init(_ statements: String = "") throws {
    var known = KnownNames(undeclaredAreScalars: true)
    let sources = statements.split(separator: ";").map { SourceText(name: "test", String($0)) }
    for source in sources { known.collect(from: source) }
    let placed = try sources.map { PlacedStatement(try parseStatement($0, known: known), in: $0) }
    scope = ScopeReading(placed, under: scope, into: &pool).scope
  }

  func symbol(_ name: String) -> SymbolID? { scope.names[name] }

  mutating func read(_ text: String) throws -> Handle {
    let syntax = try parseExpression(
      SourceText(name: "test", text), known: scope.knownNames(in: pool))
    var lowering = Lowering(scope)
    let handle = try lowering.expression(syntax, in: &pool)
    scope = lowering.scope
    return handle
  }

  mutating func canonical(_ text: String) throws -> Handle { pool.canonical(try read(text)) }
}
