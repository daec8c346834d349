import NablaExpressions

/// A statement with the text it stands in.
package struct PlacedStatement: Sendable {
  package let statement: Statement
  package let source: SourceText
  /// Whether it comes from a file that the problem uses.
  package let isUsed: Bool

  package init(_ statement: Statement, in source: SourceText, isUsed: Bool = false) {
    self.statement = statement
    self.source = source
    self.isUsed = isUsed
  }
}

/// What a statement added to its scope.
package enum StatedFact: Sendable {
  case declared([SymbolID])
  case defined(Definition)
  /// The names that `at` gives values to, and what they are worth from there on.
  case given([SymbolID], [SymbolID: ValueAssignment] = [:])
  case assumed([Assumption])
  case agreed(Convention)
  case spelt(SymbolID)
  case laidOut(LayoutSyntax)
  case noted([NotationOption])
}

/// The scope that the statements of one section make, in whatever order they stand.
package struct ScopeReading: Sendable {
  package var scope: Scope
  /// One for each statement; nil for tasks and for statements with mistakes.
  package var facts: [StatedFact?]
  /// What changes at a statement that gives a name its second value or a later one.
  package var laterValues: [Int: [SymbolID: ValueAssignment?]]
  package var diagnostics: [Diagnostic]
  /// Names whose statement has a mistake, so that nothing more need be said of them.
  package var damagedNames: Set<String>

  /// Reads the statements of a section under the scope of the enclosing ones.
  ///
  /// - Complexity: linear in the size of the statements.
  package init(
    _ statements: [PlacedStatement], under outer: Scope, into pool: inout ExpressionPool
  ) {
    var reader = ScopeReader(statements, under: outer)
    reader.read(into: &pool)
    scope = reader.lowering.scope
    facts = reader.facts
    laterValues = reader.laterValues
    diagnostics = reader.diagnostics
    damagedNames = reader.damagedNames
  }
}

/// The passes that make a scope: names first, then values, then what stands on the right.
struct ScopeReader {
  /// How a name of this section came about.
  enum Origin: Sendable { case implicit, declared, defined, given }

  struct OwnName {
    var symbol: SymbolID
    var origin: Origin
  }

  let statements: [PlacedStatement]
  var lowering: Lowering
  var facts: [StatedFact?]
  var laterValues: [Int: [SymbolID: ValueAssignment?]] = [:]
  /// The symbols whose values changed since this was last emptied.
  var touched: Set<SymbolID> = []
  var diagnostics: [Diagnostic] = []
  var damagedNames: Set<String> = []
  /// The names that this section introduces.
  var own: [String: OwnName] = [:]
  /// The names that are declared or defined here as something other than a dimension.
  var explicitNames: Set<String> = []
  var definitions: [PendingDefinition] = []

  init(_ statements: [PlacedStatement], under outer: Scope) {
    self.statements = statements
    lowering = Lowering(outer)
    facts = [StatedFact?](repeating: nil, count: statements.count)
  }

  mutating func read(into pool: inout ExpressionPool) {
    collectExplicitNames()
    declareDimensions(in: &pool)
    for (place, entry) in statements.enumerated() {
      do throws(Diagnostic) {
        switch entry.statement.syntax {
        case .index(let list): try declareIndices(list, .index, place, in: &pool)
        case .fixedIndex(let list): try declareIndices(list, .label, place, in: &pool)
        default: break
        }
      } catch {
        report(error, place)
      }
    }
    for (place, entry) in statements.enumerated() {
      guard case .declaration(let declaration) = entry.statement.syntax else { continue }
      declare(declaration, place, in: &pool)
    }
    for (place, entry) in statements.enumerated() {
      guard case .definition(let definition) = entry.statement.syntax else { continue }
      declare(definition, place, in: &pool)
    }
    readValues(in: &pool)
    lowerDefinitions(in: &pool)
    readFacts(in: &pool)
  }

  mutating func report(_ diagnostic: Diagnostic, _ place: Int) {
    var diagnostic = diagnostic
    let entry = statements[place]
    if entry.isUsed { diagnostic.file = entry.source.name }
    diagnostics.append(diagnostic)
  }

  private mutating func collectExplicitNames() {
    for entry in statements {
      switch entry.statement.syntax {
      case .index(let list), .fixedIndex(let list):
        for group in list { for name in group.names { explicitNames.insert(name.text) } }
      case .declaration(let declaration):
        for declared in declaration.names { explicitNames.insert(declared.name.text) }
      case .definition(let definition): explicitNames.insert(definition.name.text)
      default: break
      }
    }
  }

  /// Makes a name of this section mean a symbol; once only, but for a declared name's definition.
  mutating func introduce(
    _ name: NameSyntax, _ symbol: SymbolID, _ origin: Origin
  ) throws(Diagnostic) {
    if let known = own[name.text], known.origin != .implicit { throw twice(name, known.origin) }
    own[name.text] = OwnName(symbol: symbol, origin: origin)
    lowering.scope.names[name.text] = symbol
  }

  func twice(_ name: NameSyntax, _ first: Origin) -> Diagnostic {
    Diagnostic(
      "name-twice",
      "\(DisplayText.quoted(name.text)) is \(first == .defined ? "defined" : "declared") twice",
      at: name.range, expected: "another name, or a heading below this one")
  }
}
