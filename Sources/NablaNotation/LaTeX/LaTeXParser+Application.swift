extension LaTeXParser {
  /// What brackets behind a name are.
  private enum Use {
    case arguments, entry, factor
    /// The arguments a quantity depends on, which say nothing new.
    case dependence
  }

  /// A name with the brackets behind it, unless they are a factor of their own.
  mutating func application(
    _ atom: inout Atom, from start: Int
  ) throws(Diagnostic) -> Syntax? {
    let code = LaTeXDelimiter(rawValue: tokens[place].code)
    if code == .bracket, let indices = try bracketIndices(of: atom) {
      atom.indices = indices
      atom.range = range(from: start)
      let scripts = try takeScripts()
      let syntax = try finish(atom, atom.syntax, from: start)
      return try marked(syntax, scripts, atom.range, from: start)
    }
    guard code == .parenthesis, let partner = partner(place), partner < end else { return nil }
    let inner = place + 1..<partner
    switch use(of: atom, inner) {
    case .factor: return nil
    case .entry:
      place = partner + 1
      atom.indices += try entryIndices(inner, of: atom)
      atom.range = range(from: start)
      let scripts = try takeScripts()
      let syntax = try finish(atom, atom.syntax, from: start)
      return try marked(syntax, scripts, atom.range, from: start)
    case .dependence where atom.primes > 0:
      // L'(y, p) is a derivative by one of those that L is mentioned with.
      place = partner + 1
      return try applied(atom, inner, from: start)
    case .dependence:
      place = partner + 1
      return try finish(atom, atom.syntax, from: start)
    case .arguments:
      place = partner + 1
      return try applied(atom, inner, from: start)
    }
  }

  /// `W[i, j]`, as entries are written in programs.
  private mutating func bracketIndices(of atom: Atom) throws(Diagnostic) -> [Syntax]? {
    guard let partner = partner(place), partner < end, atom.indices.isEmpty, atom.primes == 0,
      tokens[place].isJoined, !bound.contains(atom.name), names.kind(atom.name) != .function
    else { return nil }
    let parts = list(place + 1..<partner)
    let slots = names.slots(atom.name)
    guard slots == parts.count || (slots == nil && names.vocabulary.isPlainText),
      parts.allSatisfy({ isIndex($0) })
    else { return nil }
    place = partner + 1
    var indices: [Syntax] = []
    for part in parts { indices.append(try expression(part)) }
    return indices
  }

  /// `i`, `3`, `t-1`.
  private func isIndex(_ part: Range<Int>) -> Bool {
    guard let first = part.first else { return false }
    let token = tokens[first]
    let isLetter =
      token.kind == .letter && (names.isIndexLetter(token.text) || bound.contains(token.text))
    if part.count == 1 { return isLetter || token.kind == .number }
    return part.count == 3 && isLetter && tokens[first + 2].kind == .number
      && (tokens[first + 1].kind == .plus || tokens[first + 1].kind == .minus)
  }

  private mutating func applied(
    _ atom: Atom, _ inner: Range<Int>, from start: Int
  ) throws(Diagnostic) -> Syntax {
    for mark in atom.marks {
      if case .transpose = mark { continue }
      if case .power(let range) = mark, tokens[range.lowerBound].kind != .minus { continue }
      throw Diagnostic(
        "unreadable", "an inverse function is not read", at: range(from: start))
    }
    let arguments = try self.arguments(inner)
    var function = NameSyntax(atom.name, atom.range)
    if names.kind(atom.name) == nil {
      // Θ(x) is the step function of physics.
      if atom.name == "Theta" { function.text = "step" }
      for entry in BuiltInNames.aliases where entry.alias == atom.name {
        function.text = entry.name
      }
    }
    let call = Syntax(
      .call(CallSyntax(function: function, primes: atom.primes, arguments: arguments)),
      range(from: start))
    let scripts = try takeScripts()
    var syntax = call
    for below in scripts.below {
      syntax = Syntax(.indexed(syntax, try indices(below, slots: nil)), range(from: start))
    }
    for mark in atom.marks { syntax = try apply(mark, to: syntax, range(from: start)) }
    return try marked(syntax, scripts, atom.range, from: start)
  }

  mutating func arguments(_ inner: Range<Int>) throws(Diagnostic) -> [Syntax] {
    var arguments: [Syntax] = []
    // A double bar separates, as in D(p ‖ q).
    let bars = places(of: { $0 == .bar }, in: inner).filter {
      tokens[$0].code == LaTeXDelimiter.doubleBar.rawValue
    }
    let halves =
      bars.count == 1
      ? [inner.lowerBound..<bars[0], bars[0] + 1..<inner.upperBound] : [inner]
    for half in halves {
      for part in list(half) { arguments.append(try expression(part)) }
    }
    return arguments
  }

  // MARK: Deciding

  private mutating func use(of atom: Atom, _ inner: Range<Int>) -> Use {
    let kind = names.kind(atom.name)
    if bareArgument != nil, mentions(atom.base, inner) { return .factor }
    if kind == .function { return holdsItself(atom, inner) ? .factor : .arguments }
    if !atom.indices.isEmpty {
      return atom.primes > 0 && kind == nil ? .arguments : .factor
    }
    if bound.contains(atom.name) { return .factor }
    let isEntry = mayBeEntry(inner)
    if let kind {
      if kind == .index || kind == .fixedIndex || kind == .dimension { return .factor }
      let slots = names.slots(atom.name)
      if isEntry, slots == nil || slots == 1 || (slots == 2 && entryHasTwo(inner)) {
        return .entry
      }
      let hasList = list(inner).count > 1
      if hasList, areNames(inner) { return .dependence }
      if slots ?? 0 == 0, atom.marks.isEmpty, areNames(inner) {
        met.insert(.application)
        if flags.contains(.application) { return .dependence }
      }
      return .factor
    }
    if holdsRelation(inner) {
      return isEntry && names.vocabulary.unknownsTakeIndices ? .entry : .factor
    }
    if atom.primes > 0 || list(inner).count > 1 { return .arguments }
    if BuiltInNames.function(named: atom.name) != nil { return .arguments }
    let isLetter =
      atom.isWord || Self.functionLetters.contains(atom.name)
      || Self.functionLetters.contains(atom.base)
    let applies = isLetter && !mentions(atom.base, inner)
    if atom.isWord, applies { return .arguments }
    met.insert(.application)
    return applies != flags.contains(.application) ? .arguments : .factor
  }

  /// `y = j`, `y_i = k`, `j`.
  private func mayBeEntry(_ inner: Range<Int>) -> Bool {
    let content = withoutCondition(inner)
    guard let first = content.first else { return false }
    if content.count == 1 {
      return tokens[first].kind == .letter
        && (names.isIndex(tokens[first].text) || bound.contains(tokens[first].text))
    }
    let relations = places(of: { $0 == .relation }, in: content)
    guard relations.count == 1,
      tokens[relations[0]].code == RelationChain.Relation.equal.code,
      relations[0] + 1 < content.upperBound
    else { return false }
    let left = content.lowerBound..<relations[0]
    return !left.isEmpty && skipName(left.lowerBound) == left.upperBound
      && (left.count == 1 || entryHasTwo(inner) || left.count <= 4 && !hasSubscript(left))
  }

  private func hasSubscript(_ range: Range<Int>) -> Bool {
    range.contains { tokens[$0].kind == .lowered }
  }

  /// What stands before `|`: `y = j` in `P(y = j | x)`.
  private func withoutCondition(_ inner: Range<Int>) -> Range<Int> {
    let bar = places(of: { $0 == .bar }, in: inner).first
    return inner.lowerBound..<(bar ?? inner.upperBound)
  }

  /// `y_i = k`: the entry of a matrix.
  private func entryHasTwo(_ inner: Range<Int>) -> Bool {
    let relations = places(of: { $0 == .relation }, in: inner)
    guard let relation = relations.first else { return false }
    return hasSubscript(inner.lowerBound..<relation)
  }

  private mutating func entryIndices(
    _ inner: Range<Int>, of atom: Atom
  ) throws(Diagnostic) -> [Syntax] {
    let content = withoutCondition(inner)
    guard let relation = places(of: { $0 == .relation }, in: content).first else {
      return [try expression(content)]
    }
    var indices: [Syntax] = []
    if names.slots(atom.name) == 2, entryHasTwo(inner) {
      var place = content.lowerBound
      while tokens[place].kind != .lowered { place += 1 }
      let (outerPlace, outerEnd) = (self.place, end)
      (self.place, end) = (place + 1, relation)
      let below = try argument()
      (self.place, end) = (outerPlace, outerEnd)
      indices.append(try expression(below))
    }
    indices.append(try expression(relation + 1..<content.upperBound))
    return indices
  }

  /// Whether brackets hold names only: what a quantity depends on.
  private func areNames(_ inner: Range<Int>) -> Bool {
    guard !inner.isEmpty else { return false }
    for part in list(inner) {
      guard !part.isEmpty, skipName(part.lowerBound) == part.upperBound else { return false }
    }
    return true
  }

  /// `s(1 - s)`: whether a function stands in brackets without its own argument.
  private func holdsItself(_ atom: Atom, _ inner: Range<Int>) -> Bool {
    guard addsArguments, names.vocabulary.functionArguments[atom.name] != nil, atom.base == atom.name else {
      return false
    }
    return inner.contains {
      tokens[$0].kind == .letter && tokens[$0].text == atom.name && token($0 + 1) != .open
        && token($0 + 1) != .prime && token($0 + 1) != .lowered
    }
  }

  private func mentions(_ name: String, _ range: Range<Int>) -> Bool {
    range.contains { tokens[$0].kind == .letter && tokens[$0].text == name }
  }
}
