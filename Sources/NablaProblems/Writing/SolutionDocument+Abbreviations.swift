import NablaExpressions
import NablaRendering
import NablaRewriting

extension SolutionDocument {
  /// Gives a long expression that is derived a name, so that it is printed once.
  mutating func nameSubject(_ subject: Handle, _ pool: inout ExpressionPool) {
    switch pool[subject] {
    case .symbol, .entry, .apply: return
    default: break
    }
    if pool.treeSize(subject) <= 40 { return }
    let name = told(subject) ?? newName(for: subject, [subject], ["f", "g", "F", "G"], &pool)
    let meaning = builder.meaning(of: subject, in: &pool)
    builder.abbreviate(subject, as: name)
    document.blocks.append(.paragraph([words("Let")]))
    document.blocks.append(.display(.relation(name, .equal, meaning)))
  }

  /// The names that parts of an expression were given before it was derived.
  mutating func write(names parts: [Definition], _ pool: inout ExpressionPool) {
    var rows: [DerivationRow] = []
    for part in parts {
      rows.append(
        DerivationRow(
          formula(pool.symbol(part.symbol), &pool), .equal, formula(part.body, &pool)))
    }
    if rows.isEmpty { return }
    document.blocks.append(.paragraph([words("Parts that occur more than once get a name:")]))
    document.blocks.append(.derivation(rows))
  }

  /// Names the sums that the lines of a derivation repeat, and says what the names stand for.
  mutating func abbreviate(_ derivation: Derivation, _ pool: inout ExpressionPool) {
    var lines: [Handle] = []
    var goals: [Handle] = []
    collectLines(of: derivation, into: &lines, &goals)
    let shared = SharedParts(
      .binders(long: 12), saving: 12, limit: 2, indices: Set(pool.freeIndices(of: goals)))
    introduce(shared.parts(of: lines, in: &pool), besides: lines, "Write %1.", &pool)
  }

  /// Results of more nodes are shown with names for the parts they repeat.
  private static let longResult = 250

  /// Names the parts that a long result repeats, each printed once; a short result is shown
  /// without abbreviations.
  mutating func abbreviate(
    result: Handle, of subject: Handle, _ pool: inout ExpressionPool
  ) {
    let size = pool.treeSize(result)
    if size <= 60 { builder.forgetAbbreviations(except: subject) }
    if size > Self.longResult {
      nameParts(of: result, &pool)
    }
  }

  /// Names the parts of one long expression.
  private mutating func nameParts(
    of whole: Handle, _ pool: inout ExpressionPool
  ) {
    let size = pool.treeSize(whole)
    let shared = SharedParts(
      .all(atLeast: 6), saving: 20, limit: size > 5000 ? 40 : 12,
      indices: Set(pool.freeIndices(of: [whole])))
    var parts =
      size > builder.sizeLimit
      ? shared.everyPart(of: [whole], in: &pool) : shared.parts(of: [whole], in: &pool)
    parts.removeAll { builder.isAbbreviated($0) }
    if parts.count <= 2 {
      introduce(parts, besides: [whole], "The result repeats some parts; write %1.", &pool)
      return
    }
    var rows: [DerivationRow] = []
    for part in parts {
      let name = told(part) ?? newName(for: part, [whole], nil, &pool)
      builder.abbreviate(part, as: name)
      rows.append(DerivationRow(name, .equal, builder.meaning(of: part, in: &pool)))
    }
    document.blocks.append(
      .paragraph([words("The result repeats some parts; they get names:")]))
    document.blocks.append(.derivation(rows))
  }

  /// Every expression that the derivation will show, and what is derived in it.
  private func collectLines(
    of derivation: Derivation, into lines: inout [Handle], _ goals: inout [Handle]
  ) {
    goals.append(derivation.goal)
    for lemma in derivation.lemmas where !lemma.isImmediate && detail > .brief {
      collectLines(of: lemma, into: &lines, &goals)
    }
    for step in derivation.steps where step.detail <= detail && !step.isLocal {
      lines.append(step.after)
    }
    for entry in derivation.cases { collectLines(of: entry.derivation, into: &lines, &goals) }
  }

  /// Gives parts of expressions a name each and tells them in one sentence.
  mutating func introduce(
    _ parts: [Handle], besides lines: [Handle], _ opening: String, _ pool: inout ExpressionPool
  ) {
    var line: [Inline] = []
    for (place, part) in parts.enumerated() {
      if place > 0 { line.append(separator(before: place, of: parts.count)) }
      let name = told(part) ?? newName(for: part, lines, nil, &pool)
      builder.abbreviate(part, as: name)
      line.append(.formula(.relation(name, .equal, builder.meaning(of: part, in: &pool))))
    }
    if !parts.isEmpty { document.blocks.append(.paragraph(sentence(opening, around: line))) }
  }

  /// The name a part got in an earlier derivation.
  private func told(_ part: Handle) -> Formula? { shortNames[part] }

  /// A letter that nothing else is called by.
  private mutating func newName(
    for part: Handle, _ lines: [Handle], _ wanted: [String]?, _ pool: inout ExpressionPool
  ) -> Formula {
    var taken = builder.reservedNames
    for symbol in pool.symbolsOccurring(in: lines) { taken.insert(pool.name(of: symbol)) }
    for index in builder.indexNames { taken.insert(pool.name(of: index)) }
    let letters: [String]
    switch pool[part] {
    case _ where wanted != nil: letters = wanted ?? []
    case .indexedSum: letters = ["S", "T", "U", "V"]
    case .indexedProduct: letters = ["Q", "R", "U", "V"]
    default: letters = ["u", "v", "w", "s", "t"]
    }
    var number = 0
    while true {
      for letter in letters {
        let name = number == 0 ? letter : "\(letter)_\(number)"
        if taken.contains(name) || usedShortNames.contains(name) { continue }
        usedShortNames.insert(name)
        var short = Formula.name(name)
        let indices = pool.freeIndices(of: [part])
        if !indices.isEmpty {
          short = .indexed(short, indices.map { builder.name(of: $0, pool) })
        }
        shortNames[part] = short
        return short
      }
      number += 1
    }
  }
}
