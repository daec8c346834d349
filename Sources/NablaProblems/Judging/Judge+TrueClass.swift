import NablaExpressions
import NablaNotation
import NablaRendering

extension Judge {
  /// Takes `y_t = 1` of one-hot labels as naming the true class; false if it is something else.
  mutating func namesTrueClass(
    _ chain: RelationChain, in pool: inout ExpressionPool
  ) -> Bool {
    guard case .comparison(let entry, .equal, let value)? = chain.condition?.kind,
      case .number("1") = value.kind, case .indexed(let base, let slots) = entry.kind,
      case .name(let labels) = base.kind, slots.count == 1, let symbol = scope.names[labels],
      isLabels(symbol, pool)
    else { return false }
    if case .number(let digits) = slots[0].kind {
      // "Let class 1 be the true class, y_1 = 1."
      let isSaid = role != .statement || awaitsTrueClass?.sentence == here.sentence
      guard isSaid, statesNormalisation || awaitsTrueClass != nil, trueClass == nil,
        !section.valued.contains(where: { $0.values[symbol] != nil })
      else { return false }
      return nameTrueClass(digits, of: labels, in: &pool)
    }
    guard case .name(let letter) = slots[0].kind else { return false }
    if trueClass == letter { return true }
    guard isNew(letter, pool) else { return false }
    return nameTrueClass(letter, of: labels, in: &pool)
  }

  /// Finds the letter that stands beside the words "the true class".
  mutating func takeTrueClass(_ fact: Submission.Fact, in pool: inout ExpressionPool) {
    awaitsTrueClass = nil
    guard trueClass == nil, let labels = labelsOfClasses(in: pool) else { return }
    for lone in loneFormulas.reversed().prefix(2)
    where lone.range.upper <= fact.range.lower && fact.range.lower - lone.range.upper < 48 {
      if let letter = lone.classLetter, isNew(letter, pool),
        nameTrueClass(letter, of: labels, in: &pool)
      {
        return
      }
    }
    if let letter = letter(beside: fact.range), isNew(letter, pool),
      nameTrueClass(letter, of: labels, in: &pool)
    {
      return
    }
    awaitsTrueClass = fact.spot
  }

  /// Takes a formula behind the words "the true class" as the letter for it.
  mutating func noteTrueClass(_ lone: Syntax, in pool: inout ExpressionPool) {
    guard awaitsTrueClass?.sentence == here.sentence, let letter = lone.classLetter,
      isNew(letter, pool), let labels = labelsOfClasses(in: pool)
    else { return }
    awaitsTrueClass = nil
    _ = nameTrueClass(letter, of: labels, in: &pool)
  }

  /// A single letter in plain text right before or behind a place, few words apart.
  private func letter(beside range: SourceRange) -> String? {
    guard let source else { return nil }
    let bytes = source.bytes
    var words: [String] = []
    func collect(_ range: SourceRange) -> [String] {
      var found: [String] = []
      var index = range.lower
      while index < range.upper {
        var end = index
        while end < range.upper, bytes[end] | 0x20 >= 0x61, bytes[end] | 0x20 <= 0x7A { end += 1 }
        if end > index { found.append(source.text(in: SourceRange(index, end))) }
        if end < range.upper, [0x0A, 0x2E, 0x24, 0x5C].contains(bytes[end]) { found.append(".") }
        index = end + 1
      }
      return found
    }
    let behind = collect(SourceRange(range.upper, min(range.upper + 12, bytes.count)))
    if let first = behind.first, first.utf8.count == 1, first != "." { return first }
    words = collect(SourceRange(max(range.lower - 24, 0), range.lower))
    for word in words.reversed().prefix(4) {
      if word == "." { return nil }
      if word.utf8.count == 1, word != "a" { return word }
    }
    return nil
  }

  /// Whether a letter means nothing yet.
  private func isNew(_ letter: String, _ pool: borrowing ExpressionPool) -> Bool {
    letter.utf8.count == 1 && scope.names[letter] == nil
  }

  private func isLabels(_ symbol: SymbolID, _ pool: borrowing ExpressionPool) -> Bool {
    pool.kind(of: symbol) == .array && pool.declaration(of: symbol).ranges.count == 1
      && scope.definitions[symbol] == nil
  }

  /// The input that holds the labels of the classes: one that adds up to 1, or is called as labels
  /// mostly are.
  private func labelsOfClasses(in pool: borrowing ExpressionPool) -> String? {
    let names = scope.names.sorted { $0.key < $1.key }.filter { isLabels($0.value, pool) }
    let declared = names.filter {
      let domain = pool.declaration(of: $0.value).domain
      return domain.isOneHot || domain.isProbability
    }
    if declared.count == 1 { return declared[0].key }
    let summed = names.filter { name in
      section.scope.assumptions.contains {
        pool.isNormalisation($0.relation)
          && pool.symbolsOccurring(in: [$0.relation]).contains(name.value)
      }
    }
    if summed.count == 1 { return summed[0].key }
    return ["y", "t", "q"].first { wanted in names.contains { $0.key == wanted } }
  }

  private mutating func nameTrueClass(
    _ letter: String, of labels: String, in pool: inout ExpressionPool
  ) -> Bool {
    guard let symbol = scope.names[labels],
      let range = pool.declaration(of: symbol).ranges.first
    else { return false }
    let isNumber = letter.utf8.allSatisfy { (0x30...0x39).contains($0) }
    let known = pool.declare(Symbol(letter, .label, ranges: [range]))
    let nowhere = SourceRange(0, 0)
    let index = Syntax(.name("i_all"), nowhere)
    let head = Syntax(.indexed(Syntax(.name(labels), nowhere), [index]), nowhere)
    let call = CallSyntax(
      function: NameSyntax("delta", nowhere),
      arguments: [index, Syntax(isNumber ? .number(letter) : .name(letter), nowhere)])
    let (before, refinedBefore) = (scope, refined)
    if !isNumber {
      scope.names[letter] = known
      refined.names[letter] = known
    }
    guard
      let own = defining(head, as: Syntax(.call(call), nowhere), in: refined, &pool)?
        .definitions[symbol]
    else {
      (scope, refined) = (before, refinedBefore)
      return false
    }
    if !isNumber { believed.names[letter] = known }
    prepareBuilder(pool)
    trueClass = letter
    let usual = reach
    reach = .part
    let shown = Syntax(
      .indexed(Syntax(.name(labels), nowhere), [Syntax(.name("i"), nowhere)]), nowhere)
    let one = CallSyntax(
      function: call.function,
      arguments: [Syntax(.name("i"), nowhere), call.arguments[1]])
    take(
      .replacement(own),
      shown: Formula(
        condition: Syntax(.comparison(shown, .equal, Syntax(.call(one), nowhere)), nowhere)))
    reach = usual
    hypotheses[hypotheses.count - 1].isNotation = true
    return true
  }
}

extension Syntax {
  /// The letter of `t`, or of `P_t`.
  fileprivate var classLetter: String? {
    switch kind {
    case .name(let name): name
    case .indexed(_, let slots):
      if slots.count == 1, case .name(let letter) = slots[0].kind { letter } else { nil }
    default: nil
    }
  }
}
