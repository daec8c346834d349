extension LaTeXParser {
  /// `\sum_{j=1}^{N} …`, `\prod_k …`.
  mutating func bigOperator(isProduct: Bool) throws(Diagnostic) -> Syntax {
    let start = place
    place += 1
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
      if let sum = try sumInBrackets(isProduct, from: start) { return sum }
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

  /// `sum(k, x_k)` in plain text.
  private mutating func sumInBrackets(
    _ isProduct: Bool, from start: Int
  ) throws(Diagnostic) -> Syntax? {
    guard tokens[start].text == LaTeXToken.sumAsCall, current == .open,
      let partner = partner(place), partner < end
    else { return nil }
    let parts = list(place + 1..<partner)
    guard parts.count > 1, let last = parts.last else { return nil }
    let indices = try boundIndices(place + 1..<last.lowerBound - 1, nil)
    place = partner + 1
    let count = bound.count
    for index in indices { bound.append(index.name.text) }
    defer { bound.removeLast(bound.count - count) }
    let body = try expression(last)
    return try scripted(
      Syntax(
        .binder(
          BinderSyntax(operation: isProduct ? .product : .sum, indices: indices, body: body)),
        range(from: start)))
  }

  /// What stands in the brackets of `sum_(k=1)^N` in plain text.
  private func inBrackets(_ below: Range<Int>) -> Range<Int> {
    guard let first = below.first, tokens[first].kind == .open, partner(first) == below.last,
      below.count > 2
    else { return below }
    return first + 1..<below.upperBound - 1
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
    return body
  }

  /// A sum without an index is over all entries of what follows.
  private mutating func sumOfEntries(
    _ isProduct: Bool, _ scripts: Scripts, from start: Int
  ) throws(Diagnostic) -> Syntax {
    guard scripts.above.isEmpty, !isProduct else {
      throw unreadable("this sum or product does not say what it runs over", start)
    }
    let isCall = tokens[start].text == LaTeXToken.sumAsCall && current == .open
    let body = isCall ? try factor() : try bodyOfSum(start)
    let letters = indexLetters(start + 1..<place)
    if letters.isEmpty { return call("sum", [body], from: start) }
    // The only index there is must be the one that is summed over.
    guard letters.count == 1, let index = letters.first else {
      throw unreadable("this sum does not say what it runs over", start)
    }
    let name = NameSyntax(index, tokens[start].range)
    let bound = BinderSyntax.Index(name: name, bounds: nil, excluded: [])
    return Syntax(
      .binder(BinderSyntax(operation: .sum, indices: [bound], body: body)), range(from: start))
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
      for place in range {
        let token = tokens[place]
        guard token.kind == .letter else {
          throw unreadable("\(spelling(place)) is not an index", place)
        }
        add(NameSyntax(token.text, token.range), &indices)
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
    guard relations.count == 1, relations[0] == range.lowerBound + 1,
      tokens[range.lowerBound].kind == .letter
    else { throw unreadable("this limit of a sum is not read", range.lowerBound) }
    let token = tokens[range.lowerBound]
    let place = add(NameSyntax(token.text, token.range), &indices)
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
