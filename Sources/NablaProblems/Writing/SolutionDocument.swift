import NablaExpressions
import NablaNotation
import NablaNumbers
import NablaRendering
import NablaRewriting
import NablaVerification

/// Turns a solved problem into a write-up: it arranges, and computes no mathematics.
package struct SolutionDocument {
  var document = Document()
  let detail: Detail
  /// Whether vectors and matrices of results carry their sizes.
  let showsShapes: Bool
  var builder = FormulaBuilder()
  /// The labels of results told so far, by their goals.
  var labels: [Handle: String] = [:]
  var labelCount = 0
  /// The results with labels, by their goals.
  var results: [Handle: Handle] = [:]
  /// The labels that are cited, so that only these are numbered.
  var cited: Set<String> = []
  /// Names for parts that derivations repeat, the same in all of them.
  var shortNames: [Handle: Formula] = [:]
  var usedShortNames: Set<String> = []
  /// Local derivatives that stand in the write-up already.
  var toldLocally: [Handle: Handle] = [:]
  /// Stand-ins for free indices, by which local derivatives are recognised under other letters.
  var neutralIndices: [IndexPlace: SymbolID] = [:]
  /// What the last derivation was about, for the gradients of a backward pass.
  var lastSubject: Handle?
  /// Whether results are also told in matrix notation.
  var showsMatrixForms = true
  /// Whether a check has been told in full.
  var hasToldCheck = false
  /// What a solution key counts instead of telling.
  var passedChecks = 0
  var provedChecks = 0
  /// How many blocks there were when numbers were written last.
  var blocksWithNumbers = 0
  /// How many blocks there were when a check of the author's passed last.
  var blocksWithExpectations = 0
  /// Exceptions to results that have been named.
  var toldExceptions: Set<Handle> = []
  var passedExpectations = 0

  /// How the part that is being written is printed.
  var style = NotationStyle()
  /// Options that win over those of the problem.
  private let notation: [NotationOption]
  private var hasLanguage = false

  package init(_ options: SolveOptions = SolveOptions()) {
    detail = options.detail
    showsShapes = options.showsShapes
    notation = options.notation
  }

  /// The write-up of a problem with its solved tasks.
  package mutating func write(
    _ problem: Problem, _ solved: [SolvedTask], in pool: inout ExpressionPool
  ) -> Document {
    var next = 0
    var isTitled = false
    var sections = problem.sections[...]
    if sections.first?.level == 0 || sections.count == 1 {
      take(notationOf: sections.removeFirst().scope)
    } else {
      take(notationOf: nil)
    }
    var early = EarlyFacts()
    for (place, element) in problem.elements.enumerated() {
      switch element {
      case .heading(let level, let text):
        if sections.first?.heading == text { take(notationOf: sections.removeFirst().scope) }
        if level == 1, !isTitled, text == problem.title {
          document.title = inlines(of: text)
          isTitled = true
        } else {
          document.blocks.append(.heading(level: max(1, level - 1), inlines(of: text)))
        }
      case .prose(let markdown), .answer(let markdown):
        document.blocks += Document.parseProse(markdown)
      case .code(let text): document.blocks.append(.code(text))
      case .statements(let facts, _): write(early.rest(of: facts, at: place), problem, &pool)
      case .task:
        guard next < solved.count else { continue }
        let task = solved[next]
        next += 1
        take(notationOf: task.task.scope)
        let facts = early.facts(for: task, behind: place, in: problem.elements)
        if !facts.isEmpty { write(facts, problem, &pool) }
        prepare(for: task.task.scope, pool)
        write(task, &pool)
      case .graded(let goal): write(goal, &pool)
      }
    }
    writeTally()
    return document.labelled(only: cited)
  }

  /// The write-up of one derivation without a problem around it; parts that were given names are
  /// told first.
  package mutating func write(
    _ solved: [SolvedTask], naming parts: [Definition] = [], in pool: inout ExpressionPool
  ) -> Document {
    for (place, task) in solved.enumerated() {
      take(notationOf: task.task.scope)
      prepare(for: task.task.scope, pool)
      if place == 0 { write(names: parts, &pool) }
      write(task, &pool)
    }
    writeTally()
    return document.labelled(only: cited)
  }

  private func inlines(of text: String) -> [Inline] {
    for case .paragraph(let inlines) in Document.parseProse(text) { return inlines }
    return [.text(text)]
  }

  /// From now on everything is printed as the scope and the options of the run say.
  private mutating func take(notationOf scope: Scope?) {
    style = NotationStyle((scope?.notation ?? []) + notation)
    // ∇ is a column, which the derivative is not in this layout.
    if scope?.layout == .numerator { style.derivatives = .partial }
    document.change(notation: style)
    // The words of the page itself are in the first language that is asked for.
    if !hasLanguage, style.language != .english {
      hasLanguage = true
      document.notation.language = style.language
    }
  }

  mutating func prepare(for scope: Scope, _ pool: borrowing ExpressionPool) {
    builder.spellings = scope.spellings
    builder.indexNames = scope.indices
    builder.reservedNames = scope.quantityNames(in: pool)
  }

  mutating func formula(_ handle: Handle, _ pool: inout ExpressionPool) -> Formula {
    builder.formula(of: handle, in: &pool)
  }

  // MARK: Statements

  private mutating func write(
    _ facts: [StatedFact], _ problem: Problem, _ pool: inout ExpressionPool
  ) {
    if let scope = problem.sections.last?.scope { prepare(for: scope, pool) }
    var definitions: [DerivationRow] = []
    var values: [Formula] = []
    var assumptions: [Inline] = []
    for fact in facts {
      switch fact {
      case .defined(let definition):
        if let form = definition.form {
          let name = formula(pool.symbol(definition.symbol), &pool)
          definitions.append(DerivationRow(name, .equal, builder.formula(of: form, in: &pool)))
          continue
        }
        let name = name(of: definition, &pool)
        definitions.append(
          DerivationRow(formula(name, &pool), .equal, formula(definition.body, &pool)))
      case .given(let symbols, let assignments):
        for symbol in symbols {
          if let value = assignments[symbol] { values.append(given(symbol, value, &pool)) }
        }
      case .assumed(let relations):
        for assumption in relations {
          assumptions.append(assumptions.isEmpty ? words("Assume ") : .text(", "))
          assumptions.append(.formula(formula(assumption.relation, &pool)))
        }
      case .agreed(let convention):
        document.blocks.append(.paragraph(text(of: convention)))
      case .laidOut(let layout): document.blocks.append(.paragraph([words(layout.sentence)]))
      case .declared, .spelt, .noted: break
      }
    }
    if !definitions.isEmpty { document.blocks.append(.derivation(definitions)) }
    let matrices = values.filter { $0.isMatrixEquation }
    values.removeAll { $0.isMatrixEquation }
    if detail == .brief, matrices.count == 1 { values = matrices + values }
    if !matrices.isEmpty, detail > .brief || matrices.count > 1 {
      document.blocks.append(.display(.list(matrices)))
    }
    if !values.isEmpty { document.blocks.append(.values(values)) }
    if !assumptions.isEmpty { document.blocks.append(.paragraph(assumptions + [.text(".")])) }
  }

  private func name(of definition: Definition, _ pool: inout ExpressionPool) -> Handle {
    if definition.parameters.isEmpty { return pool.symbol(definition.symbol) }
    var arguments: [Handle] = []
    for parameter in definition.parameters { arguments.append(pool.symbol(parameter)) }
    return pool.kind(of: definition.symbol) == .function
      ? pool.apply(definition.symbol, arguments) : pool.entry(definition.symbol, arguments)
  }

  private mutating func given(
    _ symbol: SymbolID, _ value: ValueAssignment, _ pool: inout ExpressionPool
  ) -> Formula {
    let left = formula(pool.symbol(symbol), &pool)
    var rows: [[Formula]] = []
    for row in value.rows {
      var entries: [Formula] = []
      for entry in row { entries.append(formula(entry, &pool)) }
      rows.append(entries)
    }
    if rows.count == 1, rows[0].count == 1 { return .relation(left, .equal, rows[0][0]) }
    if rows.allSatisfy({ $0.count == 1 }) {
      return .relation(left, .equal, .held(.list(rows.map { $0[0] })))
    }
    return .relation(left, .equal, .matrix(rows))
  }

  private func text(of convention: Convention) -> [Inline] {
    let name: String
    switch convention.subject {
    case .builtIn(let function): name = function.name
    case .symbol: name = "f"
    }
    let primes = String(repeating: "′", count: convention.order)
    return [
      words("Convention: "),
      .text(
        style.decimal("\(name)\(primes)(\(convention.point)) = \(convention.value)") + "."),
    ]
  }
}

/// The place of a free index among those of a derivative, and what it runs over.
struct IndexPlace: Hashable {
  let number: Int
  let range: IndexRange
}

extension Document {
  /// The document with only those results numbered that are cited.
  func labelled(only cited: Set<String>) -> Document {
    var copy = self
    for place in copy.blocks.indices {
      if case .result(let formula, let also, let label?) = copy.blocks[place],
        !cited.contains(label)
      {
        copy.blocks[place] = .result(formula, also: also, label: nil)
      }
    }
    return copy
  }
}

extension LayoutSyntax {
  /// The layout of derivatives in words.
  fileprivate var sentence: String {
    switch self {
    case .gradient:
      "Layout: the derivative of a scalar is shaped like the variable; a Jacobian has a row for "
        + "each entry of the function."
    case .numerator:
      "Numerator layout: the derivative of a scalar by a column is a row; a Jacobian has a row for "
        + "each entry of the function."
    case .denominator:
      "Denominator layout: the derivative of a scalar is shaped like the variable; a Jacobian has "
        + "a column for each entry of the function."
    }
  }
}

extension Formula {
  /// Whether a matrix stands on the right of an equation.
  fileprivate var isMatrixEquation: Bool {
    guard case .relation(_, let links) = self, case .matrix? = links.last?.right else {
      return false
    }
    return true
  }
}
