extension LaTeXParser {
  /// Makes a sum with an index of `x_1 + x_2 + \dots + x_N`, where the last term tells the limit.
  ///
  /// - Parameter dots: how many terms stand before the dots.
  func takeSeries(
    _ terms: inout [SignedTermSyntax], _ dots: Int, from start: Int
  ) throws(Diagnostic) {
    let used = Set(terms.flatMap { $0.term.names.map { $0.text } })
    let letters = ["k", "j", "i", "l", "m", "n", "r", "s"]
    guard dots < terms.count, !terms[dots].isNegative, !terms[dots - 1].isNegative,
      let letter = letters.first(where: {
        !used.contains($0) && !bound.contains($0) && (!names.isKnown($0) || names.isIndex($0))
      }),
      let series = TermSeries(terms[dots - 1].term, terms[dots].term, letter)
    else { throw unreadable("it is not clear what these dots stand for", start) }
    var first = dots - 1
    var number = series.number
    while number > 1, first > 0, !terms[first - 1].isNegative,
      let before = TermSeries(terms[first - 1].term, terms[dots].term, letter),
      before.number == number - 1, before.body.dump == series.body.dump
    {
      first -= 1
      number -= 1
    }
    guard number == 1 else {
      throw unreadable("it is not clear what these dots stand for", start)
    }
    let range = terms[first].term.range.union(terms[dots].term.range)
    let bounds = BoundsSyntax(lower: Syntax(.number("1"), range), upper: series.last)
    let index = BinderSyntax.Index(
      name: NameSyntax(letter, range), bounds: bounds, excluded: [])
    let sum = Syntax(
      .binder(BinderSyntax(operation: .sum, indices: [index], body: series.body)), range)
    terms.replaceSubrange(first...dots, with: [SignedTermSyntax(isNegative: false, term: sum)])
  }
}

/// What two terms of a series have in common: `x_1` and `x_N` are both `x_k`.
private struct TermSeries {
  private(set) var body: Syntax
  /// The index of the first of the two.
  private(set) var number = 0
  /// The index of the last one.
  private(set) var last: Syntax

  private let letter: String

  init?(_ first: Syntax, _ last: Syntax, _ letter: String) {
    self.letter = letter
    body = first
    self.last = first
    guard let common = common(first, last, isIndex: false, 0), number > 0 else { return nil }
    body = common
  }

  private mutating func common(
    _ one: Syntax, _ other: Syntax, isIndex: Bool, _ depth: Int
  ) -> Syntax? {
    guard depth < 32 else { return nil }
    if one.isWritten(like: other) { return one }
    if isIndex, case .number(let digits) = one.kind {
      guard let place = Int(digits), place > 0, place < 100, number == 0 || number == place,
        number == 0 || last.isWritten(like: other)
      else { return nil }
      switch other.kind {
      case .name, .number: break
      default: return nil
      }
      number = place
      last = other
      return Syntax(.name(letter), one.range)
    }
    var parts: [Syntax] = []
    var others: [Syntax] = []
    one.forEachPart { parts.append($0) }
    other.forEachPart { others.append($0) }
    let hole = Syntax(.number("0"), one.range)
    guard !parts.isEmpty, parts.count == others.count,
      one.mappingParts({ _ in hole }).isWritten(like: other.mappingParts { _ in hole })
    else { return nil }
    var areIndices = false
    if case .indexed = one.kind { areIndices = true }
    for place in parts.indices {
      guard
        let part = common(
          parts[place], others[place], isIndex: areIndices && place > 0, depth + 1)
      else { return nil }
      parts[place] = part
    }
    var next = 0
    return one.mappingParts { part in
      defer { next += 1 }
      return next < parts.count ? parts[next] : part
    }
  }
}
