import NablaExpressions
import NablaRendering
import NablaRewriting

extension SolutionDocument {
  /// One derivative: path, local derivatives, cases, the chain of steps, result, numbers, check.
  mutating func write(_ solved: SolvedDerivation, _ pool: inout ExpressionPool) {
    let derivation = solved.derivation
    lastSubject = solved.subject
    avoidLetters(of: [solved.subject] + solved.variables, &pool)
    nameSubject(solved.subject, &pool)
    defer { builder.forgetAbbreviations() }
    let goal = formula(derivation.goal, &pool)
    if repeats(solved, goal, &pool) { return }
    if detail > .brief {
      document.blocks.append(.lead([.strong([words("Find ")]), .formula(goal), .text(".")]))
    }
    writePath(derivation, &pool)
    abbreviate(derivation, &pool)
    if derivation.cases.isEmpty {
      writeLemmas(derivation, &pool)
      writeWays(derivation, &pool)
      writeRows(derivation, left: derivation.goal, &pool)
    } else {
      writeCases(derivation, &pool)
    }
    let label = newLabel(for: derivation.goal)
    results[derivation.goal] = derivation.result
    abbreviate(result: derivation.result, of: solved.subject, &pool)
    let result = Formula.relation(goal, .equal, formula(derivation.result, &pool))
    let whole = wholeResult(solved, &pool)
    document.blocks.append(.result(result, also: whole, label: label))
    writeNumbers(solved, because: [words("at the given values")], &pool)
    writeCheck(solved.check, &pool)
    builder.avoidedNames = []
  }

  /// A result that was derived above is cited, and only what is new about it is told.
  private mutating func repeats(
    _ solved: SolvedDerivation, _ goal: Formula, _ pool: inout ExpressionPool
  ) -> Bool {
    let derivation = solved.derivation
    guard let label = labels[derivation.goal], results[derivation.goal] == derivation.result,
      solved.check?.isFailed != true
    else { return false }
    cited.insert(label)
    if solved.numbers.isEmpty, solved.values.isEmpty {
      let result = Formula.relation(goal, .equal, formula(derivation.result, &pool))
      document.blocks.append(
        .lead([
          .strong([words("Find ")]), .formula(goal), .text(": "), .formula(result),
          words(", by "), .reference(label), .text("."),
        ]))
    } else if detail > .brief {
      document.blocks.append(
        .lead([
          .strong([words("Find ")]), .formula(goal), words(" here, by "), .reference(label),
          .text("."),
        ]))
      writeNumbers(solved, because: [words("at the given values")], &pool)
    } else {
      writeNumbers(solved, because: [words("by "), .reference(label)], &pool)
    }
    builder.avoidedNames = []
    return true
  }

  /// The result in matrix notation with its shape: ∂L/∂W = Xᵀ(P − Y) ∈ ℝ^{D×K}.
  private mutating func wholeResult(
    _ solved: SolvedDerivation, _ pool: inout ExpressionPool
  ) -> Formula? {
    guard showsMatrixForms, let form = solved.form else { return nil }
    let slope = wholeDerivative(solved, &pool)
    builder.showsShapes = showsShapes
    let right = builder.formula(of: form, in: &pool)
    builder.showsShapes = false
    return .relation(
      slope,
      [
        Formula.RelationLink(.equal, right),
        Formula.RelationLink(.elementOf, builder.space(of: form.shape, in: &pool)),
      ])
  }

  /// ∂L/∂W with W as a whole.
  mutating func wholeDerivative(
    _ solved: SolvedDerivation, _ pool: inout ExpressionPool
  ) -> Formula {
    var variables: [Formula.DerivativeNotation.Variable] = []
    for variable in solved.variables {
      let name = wholeName(variable, &pool)
      if variables.last?.formula == name {
        variables[variables.count - 1].order += 1
      } else {
        variables.append(.init(name))
      }
    }
    let subject =
      solved.wholeSubject.map { builder.formula(of: $0, in: &pool) }
      ?? wholeName(solved.subject, &pool)
    return .derivative(.init(of: subject, by: variables))
  }

  mutating func newLabel(for goal: Handle) -> String {
    labelCount += 1
    let label = "result-\(labelCount)"
    labels[goal] = label
    return label
  }

  mutating func avoidLetters(of handles: [Handle], _ pool: inout ExpressionPool) {
    var names: [String] = []
    for index in pool.freeIndices(of: handles) { names.append(pool.name(of: index)) }
    builder.avoidedNames = names
  }

  private mutating func writePath(_ derivation: Derivation, _ pool: inout ExpressionPool) {
    guard detail > .brief, derivation.paths.count == 1, let path = derivation.paths.first,
      path.count > 2
    else { return }
    var names: [Formula] = []
    for name in path.reversed() { names.append(formula(name, &pool)) }
    document.blocks.append(.pathDiagram(names))
  }

  // MARK: Local derivatives

  /// Local derivatives: those read off in one aligned list, then the others with their own steps.
  ///
  /// What stands in the write-up already is not told again.
  mutating func writeLemmas(_ derivation: Derivation, _ pool: inout ExpressionPool) {
    if detail == .brief { return }
    let isFirst = toldLocally.isEmpty
    var simple: [DerivationRow] = []
    var long: [Derivation] = []
    collectLemmas(of: derivation, &simple, &long, &pool)
    if !simple.isEmpty {
      let opening =
        simple.count == 1
        ? isFirst ? "The local derivative:" : "One more local derivative:"
        : isFirst ? "The local derivatives:" : "More local derivatives:"
      document.blocks.append(.paragraph([words(opening)]))
      document.blocks.append(.derivation(simple))
    }
    for (place, lemma) in long.enumerated() {
      var line: [Inline] = [
        words(place > 0 ? "Next, " : "First, "), .formula(formula(lemma.goal, &pool)), .text(":"),
      ]
      if let ways = ways(of: lemma, &pool) { line += [.text(" ")] + ways }
      document.blocks.append(.paragraph(line))
      writeRows(lemma, left: lemma.goal, &pool)
    }
  }

  /// The new lemmas of a derivation and of its lemmas, each after those it rests on.
  private mutating func collectLemmas(
    of derivation: Derivation, _ simple: inout [DerivationRow], _ long: inout [Derivation],
    _ pool: inout ExpressionPool
  ) {
    for lemma in derivation.lemmas where isNew(lemma, &pool) {
      if !lemma.isImmediate || detail == .full && hasManySteps(lemma) {
        collectLemmas(of: lemma, &simple, &long, &pool)
        long.append(lemma)
        continue
      }
      let reason = lemma.steps.first { !$0.isLocal && $0.rule != "definition" }?.reason
      simple.append(
        DerivationRow(
          formula(lemma.goal, &pool), .equal, formula(lemma.result, &pool),
          because: reason.map { inlines(of: $0, &pool) } ?? []))
    }
  }

  /// Whether a derivative has not been told yet, under these letters or others; from now on it has.
  private mutating func isNew(_ lemma: Derivation, _ pool: inout ExpressionPool) -> Bool {
    let told = indexNeutral(lemma, &pool)
    if toldLocally[told.goal] == told.result { return false }
    toldLocally[told.goal] = told.result
    return true
  }

  /// A local derivative with its free indices named by their places, so that it is recognised
  /// under other letters.
  private mutating func indexNeutral(
    _ lemma: Derivation, _ pool: inout ExpressionPool
  ) -> (goal: Handle, result: Handle) {
    guard case .derivative(let subject, let list) = pool[lemma.goal] else {
      return (lemma.goal, lemma.result)
    }
    var renaming = Substitution()
    for handle in [subject] + pool.operands(list) {
      guard case .entry(_, let indices) = pool[handle] else { continue }
      for index in pool.operands(indices) {
        guard case .symbol(let id) = pool[index], pool.kind(of: id) == .index,
          renaming.symbols[id] == nil, let range = pool.firstRange(of: id)
        else { continue }
        let place = IndexPlace(number: renaming.symbols.count, range: range)
        let name = neutralIndices[place] ?? pool.freshIndex(over: range)
        neutralIndices[place] = name
        renaming.symbols[id] = pool.symbol(name)
      }
    }
    let result = pool.substitute(renaming, in: lemma.result)
    return (pool.renamed(lemma.goal, renaming), pool.canonical(result))
  }

  /// Whether more can be told of a local derivative than its result.
  private func hasManySteps(_ lemma: Derivation) -> Bool {
    var count = 0
    for step in lemma.steps where step.rule != "definition" { count += 1 }
    return count > 1
  }

  // MARK: Steps

  /// The steps at the level of detail as aligned lines.
  mutating func writeRows(
    _ derivation: Derivation, left: Handle, _ pool: inout ExpressionPool
  ) {
    var rows: [DerivationRow] = []
    var details: [DerivationRow] = []
    var told: Set<Handle> = []
    var last = left
    for step in derivation.steps(at: detail) {
      if step.isLocal {
        guard detail == .full, told.insert(step.before).inserted else { continue }
        details.append(
          DerivationRow(
            formula(step.before, &pool), .equal, formula(step.after, &pool),
            because: inlines(of: step.reason, &pool)))
        continue
      }
      // The boxed result is the last line of a solution key.
      if detail == .brief, step.after == derivation.result { continue }
      rows.append(
        DerivationRow(
          rows.isEmpty ? formula(left, &pool) : nil, .equal, formula(step.after, &pool),
          because: inlines(of: step.reason, &pool), details: details))
      details = []
      last = step.after
    }
    if detail > .brief, last != derivation.result {
      rows.append(
        DerivationRow(
          rows.isEmpty ? formula(left, &pool) : nil, .equal, formula(derivation.result, &pool),
          because: [words("simplify")]))
    }
    if !details.isEmpty, !rows.isEmpty { rows[rows.count - 1].details += details }
    if detail == .brief { rows = rows.joined }
    if !rows.isEmpty { document.blocks.append(.derivation(rows)) }
  }

  // MARK: Cases

  private mutating func writeCases(_ derivation: Derivation, _ pool: inout ExpressionPool) {
    if detail == .brief {
      var rows: [DerivationRow] = []
      for entry in derivation.cases {
        rows.append(
          DerivationRow(
            formula(entry.derivation.goal, &pool), .equal,
            formula(entry.derivation.result, &pool),
            because: [words("if "), .formula(formula(entry.condition, &pool))]))
      }
      document.blocks.append(.derivation(rows))
      return
    }
    for entry in derivation.cases {
      document.blocks.append(
        .lead([.strong([words("Case "), .formula(formula(entry.condition, &pool)), .text(".")])]))
      writeLemmas(entry.derivation, &pool)
      writeRows(entry.derivation, left: entry.derivation.goal, &pool)
    }
    if detail == .full {
      document.blocks.append(
        .lead([.strong([words("Both cases at once.")]), words(" The delta tells them apart:")]))
      writeLemmas(derivation, &pool)
      writeRows(derivation, left: derivation.goal, &pool)
    } else {
      document.blocks.append(
        .paragraph([words("Both cases in one, with the Kronecker delta:")]))
    }
  }

  // MARK: Reasons

  mutating func inlines(of reason: Reason, _ pool: inout ExpressionPool) -> [Inline] {
    var found: [Inline] = []
    for (place, part) in reason.parts.enumerated() {
      if place > 0 { found.append(.text("; ")) }
      found += self.reason(inlines(of: part.pieces, &pool))
    }
    return found
  }

  private mutating func inlines(
    of pieces: [Reason.Piece], _ pool: inout ExpressionPool
  ) -> [Inline] {
    var found: [Inline] = []
    let lastAbove = pieces.lastIndex { piece in
      if case .result(let goal) = piece { labels[goal] == nil } else { false }
    }
    for (place, piece) in pieces.enumerated() {
      switch piece {
      case .text(" and ") where pieces[(place + 1)...].contains(.text(" and ")):
        found.append(.text(", "))
      case .text(let text): found.append(.text(text))
      case .formula(let handle): found.append(.formula(formula(handle, &pool)))
      case .result(let goal):
        if let label = labels[goal] {
          cited.insert(label)
          found.append(.reference(label))
        } else {
          found.append(.formula(formula(goal, &pool)))
          if place == lastAbove { found.append(.text(" above")) }
        }
      }
    }
    return found
  }
}

extension NumericValue {
  /// The node of an exact value.
  var handle: Handle? {
    if case .exact(let handle) = self { handle } else { nil }
  }
}
