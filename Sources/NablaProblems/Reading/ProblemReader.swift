import NablaExpressions
import NablaNotation

/// Reads a problem section by section: the scope of each, then its tasks.
struct ProblemReader {
  private(set) var problem = Problem()
  private(set) var diagnostics: [Diagnostic]

  private let files: UsedFiles
  /// The scopes of the enclosing headings, the file itself first.
  private var enclosing: [Enclosing] = []
  /// Names that a statement with a mistake was to introduce.
  private var damagedNames: Set<String> = []

  private struct Enclosing {
    var level: Int
    var heading: String
    var scope: Scope
    /// The used files whose statements are in the scope.
    var taken: Set<Int>
  }

  init(_ files: UsedFiles, into pool: inout ExpressionPool) {
    self.files = files
    diagnostics = files.diagnostics
    enclosing = [Enclosing(level: 0, heading: "", scope: Scope(), taken: [])]
    let elements = files.main.syntax.elements
    if !diagnostics.isEmpty { findDamagedNames() }
    var start = 0
    let known = diagnostics.count
    while start < elements.count || start == 0 {
      // A file with more mistakes than are shown is read no further.
      if diagnostics.count - known > ProblemReading.mostDiagnostics { break }
      var end = start
      while end < elements.count {
        if case .heading = elements[end], end > start { break }
        end += 1
      }
      readSection(elements[start..<end], into: &pool)
      if end == start { break }
      start = end
    }
  }

  private mutating func readSection(
    _ elements: ArraySlice<ProblemElement>, into pool: inout ExpressionPool
  ) {
    if case .heading(let heading) = elements.first {
      while enclosing.count > 1, enclosing[enclosing.count - 1].level >= heading.level {
        enclosing.removeLast()
      }
      var section = enclosing[enclosing.count - 1]
      section.level = heading.level
      section.heading = heading.text
      enclosing.append(section)
    }
    var section = enclosing[enclosing.count - 1]
    let statements = self.statements(of: elements, &section.taken)
    let reading = ScopeReading(statements.map { $0.placed }, under: section.scope, into: &pool)
    section.scope = reading.scope
    damagedNames.formUnion(reading.damagedNames)
    for diagnostic in reading.diagnostics { report(diagnostic) }
    append(elements, statements, reading, section, into: &pool)
    enclosing[enclosing.count - 1] = section
    problem.sections.append(
      Problem.Section(level: section.level, heading: section.heading, scope: section.scope))
  }

  // MARK: Statements

  /// A statement with the block it stands in; used ones stand where `use` does.
  private struct SectionStatement {
    let placed: PlacedStatement
    let block: Int
  }

  private func statements(
    of elements: ArraySlice<ProblemElement>, _ taken: inout Set<Int>
  ) -> [SectionStatement] {
    var found: [SectionStatement] = []
    for (place, element) in zip(elements.indices, elements) {
      guard case .block(let block) = element else { continue }
      for statement in block.statements {
        if case .use(let name) = statement.syntax {
          guard let file = files.main.uses[name.text] else { continue }
          for used in files.statements(of: file, taken: &taken) {
            found.append(SectionStatement(placed: used, block: place))
          }
        } else {
          found.append(
            SectionStatement(
              placed: PlacedStatement(statement, in: files.main.source), block: place))
        }
      }
    }
    return found
  }

  private mutating func append(
    _ elements: ArraySlice<ProblemElement>, _ statements: [SectionStatement],
    _ reading: ScopeReading, _ section: Enclosing, into pool: inout ExpressionPool
  ) {
    var next = 0
    var reader = TaskReader(reading.scope, files.main.source, section.heading)
    for (place, element) in zip(elements.indices, elements) {
      switch element {
      case .heading(let heading):
        if problem.title.isEmpty { problem.title = heading.text }
        problem.elements.append(.heading(level: heading.level, text: heading.text))
      case .prose(let prose): problem.elements.append(.prose(prose.text))
      case .code(let code): problem.elements.append(.code(code.text))
      case .block:
        var shown = ShownStatements()
        while next < statements.count, statements[next].block == place {
          let placed = statements[next].placed
          if let changes = reading.laterValues[next] { reader.change(changes) }
          if let fact = reading.facts[next] {
            shown.append(fact.valued(by: reader.lowering.scope), placed.statement.range)
          } else if !placed.isUsed {
            read(placed.statement, &reader, &shown, into: &pool)
          }
          next += 1
        }
        if let element = shown.take() { problem.elements.append(element) }
      }
    }
  }

  private mutating func read(
    _ statement: Statement, _ reader: inout TaskReader, _ shown: inout ShownStatements,
    into pool: inout ExpressionPool
  ) {
    if case .answer(let text) = statement.syntax {
      if let element = shown.take() { problem.elements.append(element) }
      problem.elements.append(.answer(text.text))
      return
    }
    do throws(Diagnostic) {
      if let goal = try reader.gradedGoal(statement, in: &pool) {
        if let element = shown.take() { problem.elements.append(element) }
        problem.elements.append(.graded(goal))
        return
      }
      guard let task = try reader.task(statement, in: &pool) else { return }
      if let element = shown.take() { problem.elements.append(element) }
      problem.elements.append(.task(task))
    } catch {
      report(error)
    }
  }

  // MARK: Diagnostics

  /// Names of the file that no statement introduces, since the statement could not be read.
  private mutating func findDamagedNames() {
    for file in [files.main] + files.used {
      damagedNames.formUnion(file.syntax.names.kinds.keys)
    }
    for file in [files.main] + files.used {
      var sound = KnownNames()
      for case .block(let block) in file.syntax.elements {
        for statement in block.statements {
          let text = file.source.text(in: statement.range)
          sound.collect(from: SourceText(name: "", text))
        }
      }
      damagedNames.subtract(sound.kinds.keys)
    }
  }

  private mutating func report(_ diagnostic: Diagnostic) {
    if !damagedNames.isEmpty, ["unknown-name", "unknown-function"].contains(diagnostic.identifier) {
      let source =
        files.used.first { $0.source.name == diagnostic.file }?.source ?? files.main.source
      var known = KnownNames()
      known.collect(from: SourceText(name: "", source.text(in: diagnostic.range) + "=0"))
      if known.kinds.keys.contains(where: { damagedNames.contains($0) }) { return }
    }
    diagnostics.append(diagnostic)
  }
}

/// Statements that are shown together, gathered until a task interrupts them.
private struct ShownStatements {
  private var facts: [StatedFact] = []
  private var range = SourceRange(0, 0)

  mutating func append(_ fact: StatedFact, _ place: SourceRange) {
    range = facts.isEmpty ? place : range.union(place)
    facts.append(fact)
  }

  mutating func take() -> Problem.Element? {
    guard !facts.isEmpty else { return nil }
    defer { facts = [] }
    return .statements(facts, range)
  }
}

extension StatedFact {
  /// The fact with the values that names have where it stands.
  fileprivate func valued(by scope: Scope) -> StatedFact {
    guard case .given(let symbols, _) = self else { return self }
    var values: [SymbolID: ValueAssignment] = [:]
    for symbol in symbols { values[symbol] = scope.values[symbol] }
    return .given(symbols, values)
  }
}
