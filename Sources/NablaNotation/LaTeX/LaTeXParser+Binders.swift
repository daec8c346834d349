extension LaTeXParser {
  /// `\sum_{j=1}^{N} …`, `\prod_k …`.
  mutating func bigOperator(isProduct: Bool) throws(Diagnostic) -> Syntax {
    let start = place
    place += 1
    if tokens[start].code > 1, current == .open, tokens[place].isJoined {
      return try writtenSum(isProduct: isProduct, from: start)
    }
    let scripts = try takeScripts()
    return try bigOperator(isProduct: isProduct, scripts, from: start)
  }

  mutating func bigOperator(
    isProduct: Bool, _ scripts: Scripts, from start: Int
  ) throws(Diagnostic) -> Syntax {
    guard scripts.primes == 0, scripts.below.count <= 1, scripts.above.count <= 1 else {
      throw unreadable("the limits of this sum are not read", start)
    }
    guard let below = scripts.below.first else {
      return try sumOfEntries(isProduct, scripts, from: start)
    }
    let indices = try boundIndices(inBrackets(below), scripts.above.first)
    let count = bound.count
    for index in indices { bound.append(index.name.text) }
    defer { bound.removeLast(bound.count - count) }
    let body = try bodyOfSum(start)
    return Syntax(
      .binder(
        BinderSyntax(operation: isProduct ? .product : .sum, indices: indices, body: body)),
      range(from: start))
  }

  /// What stands in the brackets of `sum_(k=1)^N` in plain text.
  private func inBrackets(_ below: Range<Int>) -> Range<Int> {
    guard let first = below.first, tokens[first].kind == .open, partner(first) == below.last,
      below.count > 2
    else { return below }
    return first + 1..<below.upperBound - 1
  }

  /// `sum(x_j, j = 1..N)`, `sum(j, x_j)`, `sum(x)`, as typed without LaTeX.
  private mutating func writtenSum(
    isProduct: Bool, from start: Int
  ) throws(Diagnostic) -> Syntax {
    let parts = list(try bracketRange())
    func namesIndex(_ part: Range<Int>) -> Bool {
      guard let first = part.first, tokens[first].kind == .letter else { return false }
      return part.count == 1
        ? names.isIndexLetter(tokens[first].text) : tokens[first + 1].kind == .relation
    }
    let places = parts.indices.filter { namesIndex(parts[$0]) }
    if parts.count == 2, places.count == 1, let place = places.first {
      let indices = try boundIndices(parts[place], nil)
      let count = bound.count
      for index in indices { bound.append(index.name.text) }
      defer { bound.removeLast(bound.count - count) }
      let body = try expression(parts[1 - place])
      return try scripted(
        Syntax(
          .binder(
            BinderSyntax(operation: isProduct ? .product : .sum, indices: indices, body: body)),
          range(from: start)))
    }
    guard parts.count == 1, !isProduct else {
      throw unreadable("this sum or product does not say what it runs over", start)
    }
    let body = try expression(parts[0])
    return try scripted(try sumOfEntries(body, parts[0], from: start))
  }

  private mutating func bodyOfSum(_ start: Int) throws(Diagnostic) -> Syntax {
    guard startsFactor() || current == .minus || current == .plus else {
      throw unreadable("nothing follows this sum", start)
    }
    let takesAll = flags.contains(.reachOfSum)
    let body = try deeper { (parser) throws(Diagnostic) in
      takesAll ? try parser.sum() : try parser.term(.product)
    }
    if current == .plus || current == .minus { met.insert(.reachOfSum) }
    if takesAll, case .sum(let terms) = body.kind, !bound.isEmpty,
      let stranger = terms.dropFirst().first(where: { entry in
        !entry.term.names.contains { bound.contains($0.text) }
      })
    {
      throw Diagnostic(
        "reach-of-sum", "this term does not change with the index of the sum before it",
        at: stranger.term.range)
    }
    return body
  }

  /// A sum without an index is over all entries of what follows.
  private mutating func sumOfEntries(
    _ isProduct: Bool, _ scripts: Scripts, from start: Int
  ) throws(Diagnostic) -> Syntax {
    guard scripts.above.isEmpty, !isProduct else {
      throw unreadable("this sum or product does not say what it runs over", start)
    }
    let body = try bodyOfSum(start)
    return try sumOfEntries(body, start + 1..<place, from: start)
  }

  private func sumOfEntries(
    _ body: Syntax, _ range: Range<Int>, from start: Int
  ) throws(Diagnostic) -> Syntax {
    let letters = indexLetters(range)
    if letters.isEmpty { return call("sum", [body], from: start) }
    // The only index there is must be the one that is summed over.
    guard letters.count == 1, let index = letters.first else {
      throw unreadable("this sum does not say what it runs over", start)
    }
    let name = NameSyntax(index, tokens[start].range)
    let bound = BinderSyntax.Index(name: name, bounds: nil, excluded: [])
    return Syntax(
      .binder(BinderSyntax(operation: .sum, indices: [bound], body: body)),
      self.range(from: start))
  }

  /// The free index letters below names.
  private func indexLetters(_ range: Range<Int>) -> Set<String> {
    var letters: Set<String> = []
    for place in range where tokens[place].kind == .lowered {
      let next = place + 1
      guard next < range.upperBound else { break }
      let upper = self.next(after: next, in: range)
      for inner in next..<upper where tokens[inner].kind == .letter {
        let letter = tokens[inner].text
        if names.isIndexLetter(letter), !bound.contains(letter) { letters.insert(letter) }
      }
    }
    return letters
  }

  // MARK: Limits

  private mutating func boundIndices(
    _ below: Range<Int>, _ above: Range<Int>?
  ) throws(Diagnostic) -> [BinderSyntax.Index] {
    var indices: [BinderSyntax.Index] = []
    let separators = places(
      of: { $0 == .comma || $0 == .semicolon || $0 == .row || $0 == .colon }, in: below)
    var start = below.lowerBound
    for separator in separators + [below.upperBound] {
      if start < separator { try readLimit(start..<separator, into: &indices) }
      start = separator + 1
    }
    guard !indices.isEmpty else {
      throw unreadable("this sum does not say what it runs over", below.lowerBound)
    }
    guard let above else {
      for index in indices where index.bounds?.upper.range.lower == -1 {
        throw Diagnostic(
          "unreadable", "the upper limit of the sum is missing", at: index.name.range)
      }
      return indices
    }
    let upper = try expression(above)
    guard let place = indices.firstIndex(where: { $0.bounds != nil }) ?? indices.indices.first
    else { return indices }
    let one = Syntax(.number("1"), indices[place].name.range)
    indices[place].bounds = BoundsSyntax(
      lower: indices[place].bounds?.lower ?? one, upper: upper)
    return indices
  }

  /// Stands for a limit that is written above.
  private static let missing = Syntax(.number("0"), SourceRange(-1, -1))

  /// `j`, `ij`, `j=1`, `j \neq i`, `1 \le j \le N`.
  private mutating func readLimit(
    _ range: Range<Int>, into indices: inout [BinderSyntax.Index]
  ) throws(Diagnostic) {
    let relations = places(of: { $0 == .relation }, in: range)
    if relations.isEmpty {
      var place = range.lowerBound
      while place < range.upperBound {
        guard let (name, next) = indexName(place, in: range) else {
          throw unreadable("\(spelling(place)) is not an index", place)
        }
        add(name, &indices)
        place = next
      }
      return
    }
    let codes = relations.map { RelationChain.Relation(code: tokens[$0].code) }
    if relations.count == 2, codes.allSatisfy({ $0 == .lessOrEqual }),
      relations[1] == relations[0] + 2, tokens[relations[0] + 1].kind == .letter
    {
      let token = tokens[relations[0] + 1]
      let place = add(NameSyntax(token.text, token.range), &indices)
      indices[place].bounds = BoundsSyntax(
        lower: try expression(range.lowerBound..<relations[0]),
        upper: try expression(relations[1] + 1..<range.upperBound))
      return
    }
    guard relations.count == 1, let (name, next) = indexName(range.lowerBound, in: range),
      next == relations[0]
    else { throw unreadable("this limit of a sum is not read", range.lowerBound) }
    let place = add(name, &indices)
    let rest = relations[0] + 1..<range.upperBound
    switch codes[0] {
    case .notEqual: indices[place].excluded.append(try expression(rest))
    case .equal:
      if let dots = places(of: { $0 == .dots }, in: rest).first {
        let lower = rest.lowerBound..<dots
        indices[place].bounds = BoundsSyntax(
          lower: try expression(lower), upper: try expression(dots + 1..<rest.upperBound))
      } else {
        indices[place].bounds = BoundsSyntax(
          lower: try expression(rest), upper: Self.missing)
      }
    case .belongs:
      guard let limits = setLimits(rest) else {
        throw unreadable("this limit of a sum is not read", relations[0])
      }
      indices[place].bounds = BoundsSyntax(
        lower: try expression(limits.lower), upper: try expression(limits.upper))
    default: throw unreadable("this limit of a sum is not read", relations[0])
    }
  }

  /// A letter as an index, with its primes, and the place after it.
  func indexName(_ start: Int, in range: Range<Int>) -> (NameSyntax, next: Int)? {
    guard start < range.upperBound, tokens[start].kind == .letter else { return nil }
    var name = NameSyntax(tokens[start].text, tokens[start].range)
    var next = start + 1
    if next < range.upperBound, tokens[next].kind == .raised { next += 1 }
    let closes = next < range.upperBound && tokens[next].kind == .groupOpen
    if closes { next += 1 }
    guard next < range.upperBound, tokens[next].kind == .prime else { return (name, start + 1) }
    name.text += String(repeating: "prime", count: min(Int(tokens[next].code), 3))
    return (name, next + (closes ? 2 : 1))
  }

  /// `\{1, \dots, K\}`, also with a second number before the dots.
  private func setLimits(
    _ range: Range<Int>
  ) -> (lower: Range<Int>, upper: Range<Int>)? {
    guard let first = range.first, tokens[first].kind == .open,
      tokens[first].code == LaTeXDelimiter.brace.rawValue, let partner = partner(first),
      partner == range.upperBound - 1
    else { return nil }
    let parts = list(first + 1..<partner)
    guard parts.count == 3 || parts.count == 4, let lower = parts.first, let upper = parts.last,
      !lower.isEmpty, !upper.isEmpty,
      parts[parts.count - 2].allSatisfy({ tokens[$0].kind == .dots }),
      !parts[parts.count - 2].isEmpty
    else { return nil }
    return (lower, upper)
  }

  @discardableResult
  private func add(_ name: NameSyntax, _ indices: inout [BinderSyntax.Index]) -> Int {
    if let place = indices.firstIndex(where: { $0.name.text == name.text }) { return place }
    indices.append(BinderSyntax.Index(name: name, bounds: nil, excluded: []))
    return indices.count - 1
  }
}
