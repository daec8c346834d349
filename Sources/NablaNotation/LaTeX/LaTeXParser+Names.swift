extension LaTeXParser {
  /// The place after the name with its scripts that begins at a place, or the place itself.
  func skipName(_ start: Int) -> Int {
    var place = start
    while token(place) == .accent { place += 1 }
    switch token(place) {
    case .letter, .word: place += 1
    case .groupOpen:
      guard let partner = partner(place), partner < end, partner > place + 1,
        skipInnerName(place + 1, partner)
      else { return start }
      place = partner + 1
    default: return start
    }
    while true {
      switch token(place) {
      case .raised, .lowered:
        guard token(place + 1) != .finish else { return place }
        place = next(after: place + 1, in: 0..<end)
      case .prime, .transposeMark: place += 1
      case .groupOpen where token(place + 1) == .groupClose: place += 2
      default: return place
      }
    }
  }

  /// Whether a group holds one name and nothing else; groups in groups are not looked into far.
  private func skipInnerName(_ start: Int, _ partner: Int) -> Bool {
    var place = start
    var closing = partner
    for _ in 0..<8 {
      while token(place) == .accent { place += 1 }
      if token(place) == .groupOpen, let inner = self.partner(place), inner == closing - 1 {
        place += 1
        closing = inner
        continue
      }
      break
    }
    guard token(place) == .letter || token(place) == .word else {
      return token(place) == .groupOpen && place > start
    }
    place += 1
    while place < closing {
      switch token(place) {
      case .raised, .lowered: place = next(after: place + 1, in: 0..<closing)
      case .prime, .transposeMark: place += 1
      default: return false
      }
    }
    return true
  }

  // MARK: Reading

  /// A letter or word with accents and what stands inside their groups.
  mutating func base() throws(Diagnostic) -> (text: String, scripts: Scripts) {
    var endings = ""
    var closings: [Int] = []
    while current == .accent || current == .groupOpen {
      if current == .accent {
        guard endings.utf8.count < 32 else { throw unreadable("there are too many accents", place) }
        endings = tokens[place].text + endings
        place += 1
      } else {
        guard let partner = partner(place), partner < end, closings.count < 32 else {
          throw unexpected()
        }
        closings.append(partner)
        place += 1
      }
    }
    guard current == .letter || current == .word || (current == .function && !endings.isEmpty)
    else { throw unreadable("an accent stands over something that is no name", place) }
    let text = tokens[place].text
    place += 1
    var scripts = Scripts()
    while let closing = closings.popLast() {
      let inner = try takeScripts()
      scripts.below += inner.below
      scripts.above += inner.above
      scripts.primes += inner.primes
      guard place == closing else {
        throw unreadable("an accent stands over something that is no name", place)
      }
      place += 1
    }
    return (text + endings, scripts)
  }

  /// A name with its scripts, applied where brackets follow that hold arguments.
  mutating func named() throws(Diagnostic) -> Syntax {
    let start = place
    var (base, scripts) = try self.base()
    let outer = try takeScripts()
    scripts.below += outer.below
    scripts.above += outer.above
    scripts.primes += outer.primes
    if let differential = try differentialQuotient(base, scripts, from: start) {
      return differential
    }
    if namesDifferential(base, scripts) { return try differentialName(base, from: start) }
    try takeCluster(base, &scripts)
    if let exponential = try exponential(base, scripts, from: start) { return exponential }
    let mayBeSum = !scripts.below.isEmpty || (names.vocabulary.isPlainText && base == "Sigma")
    if base == "Sigma" || base == "Pi", !names.isKnown(base), mayBeSum,
      names.name(base, below: nil, above: nil) == nil, startsFactor() || current == .minus
    {
      return try bigOperator(isProduct: base == "Pi", scripts, from: start)
    }
    if base == "E" || base == "Var", !names.isKnown(base), scripts.isEmpty, current == .open,
      tokens[place].code == LaTeXDelimiter.bracket.rawValue
    {
      throw unreadable("expectations are not read", start)
    }
    if let identity = try identityMatrix(base, scripts, from: start) { return identity }
    if base == "I", scripts.isEmpty, !names.isKnown("I"), current == .open, isIndicator(place) {
      place -= 1
      return try indicator()
    }
    if let partial = try subscriptDerivative(base, scripts, from: start) { return partial }
    var atom = try resolve(base, scripts, from: start)
    atom.isWord = tokens[start].kind == .word
    if let delta = try kronecker(base, scripts, atom, from: start) { return delta }
    if current == .open, let applied = try application(&atom, from: start) { return applied }
    return try finish(atom, atom.syntax, from: start)
  }

  /// Whether a d or Δ and the name right behind it are one name, as `dz2` for ∂L/∂z₂.
  private func namesDifferential(_ base: String, _ scripts: Scripts) -> Bool {
    guard scripts.isEmpty, current == .letter, !names.isKnown(base) else { return false }
    return base == "Delta" || base == "d" && !bound.contains("d") && tokens[place].isJoined
  }

  private mutating func differentialName(
    _ sign: String, from start: Int
  ) throws(Diagnostic) -> Syntax {
    var (base, scripts) = try self.base()
    let outer = try takeScripts()
    scripts.below += outer.below
    scripts.above += outer.above
    scripts.primes += outer.primes
    var atom = try resolve(base, scripts, from: start)
    atom.name = sign + atom.name
    return try finish(atom, atom.syntax, from: start)
  }

  /// `W_ij` without braces, where W takes two indices and j is no factor.
  private mutating func takeCluster(
    _ base: String, _ scripts: inout Scripts
  ) throws(Diagnostic) {
    guard scripts.below.count == 1, scripts.above.isEmpty, scripts.primes == 0,
      names.slots(names.name(base, below: nil, above: nil) ?? base) == 2,
      scripts.below[0].count == 1, scripts.below[0].upperBound == place, current == .letter,
      tokens[place].isJoined, token(place + 1) != .lowered
    else { return }
    let letter = tokens[place].text
    guard letter.utf8.count == 1, names.isIndex(letter) || !names.isKnown(letter) else { return }
    scripts.below[0] = scripts.below[0].lowerBound..<place + 1
    place += 1
    let outer = try takeScripts()
    scripts.above += outer.above
    scripts.primes += outer.primes
  }

  /// `I_K` and `I_{K \times K}` where I is no name and K is a size.
  private mutating func identityMatrix(
    _ base: String, _ scripts: Scripts, from start: Int
  ) throws(Diagnostic) -> Syntax? {
    guard base == "I", !names.isKnown("I"), scripts.below.count == 1, scripts.primes == 0,
      scripts.above.isEmpty, current != .open
    else { return nil }
    let below = scripts.below[0]
    let sizes = places(of: { $0 == .times }, in: below)
    let size = below.lowerBound..<(sizes.first ?? below.upperBound)
    guard let text = scriptText(size), sizes.count <= 1, !names.isKnown("I_" + text) else {
      return nil
    }
    let isNumber = size.count == 1 && tokens[size.lowerBound].kind == .number
    let isCapital = text.utf8.count == 1 && (text.utf8.first ?? 0) < 0x5B
    guard names.kind(text) == .dimension || isNumber || isCapital || !sizes.isEmpty else {
      return nil
    }
    return call("eye", [try expression(size)], from: start)
  }

  /// `e^{x}` is the exponential function unless e is a name.
  private mutating func exponential(
    _ base: String, _ scripts: Scripts, from start: Int
  ) throws(Diagnostic) -> Syntax? {
    guard base == "e", scripts.primes == 0, scripts.above.count == 1,
      !names.isKnown("e"), names.name("e", below: nil, above: nil) == nil
    else { return nil }
    var above = scripts.above[0]
    if scripts.below.count == 1, names.vocabulary.isPlainText, above.count == 1,
      above.upperBound < scripts.below[0].lowerBound,
      tokens[above.upperBound].kind == .lowered
    {
      // In plain text `e^h_i` is e to the power of h_i.
      let below = scripts.below[0]
      let isGroup = tokens[below.lowerBound - 1].kind == .groupOpen
      above = above.lowerBound..<below.upperBound + (isGroup ? 1 : 0)
    } else if !scripts.below.isEmpty {
      return nil
    }
    let argument = try expression(above)
    return call("exp", [argument], from: start)
  }

  /// `\delta_{ij}` unless δ is a name.
  private mutating func kronecker(
    _ base: String, _ scripts: Scripts, _ atom: Atom, from start: Int
  ) throws(Diagnostic) -> Syntax? {
    guard base == "delta", atom.name == "delta", scripts.primes == 0 else { return nil }
    if names.isKnown("delta") { return try kroneckerBesideName(scripts, from: start) }
    if scripts.below.isEmpty, scripts.above.count == 1, scripts.above[0].count == 2,
      areIndices(scripts.above[0])
    {
      let arguments = try indices(scripts.above[0], slots: 2)
      return try scripted(call("delta", arguments, from: start))
    }
    guard scripts.above.isEmpty else { return nil }
    if scripts.below.isEmpty {
      guard current == .open, let partner = partner(place), partner < end,
        list(place + 1..<partner).count == 2
      else { return nil }
      let arguments = try self.arguments(try bracketRange())
      return try scripted(call("delta", arguments, from: start))
    }
    guard let below = scripts.below.first, scripts.below.count == 1 else { return nil }
    let relation = places(of: { $0 == .relation }, in: below)
    if relation.count == 1, tokens[relation[0]].code == RelationChain.Relation.equal.code {
      let arguments = [
        try expression(below.lowerBound..<relation[0]),
        try expression(relation[0] + 1..<below.upperBound),
      ]
      return call("delta", arguments, from: start)
    }
    let arguments = try indices(below, slots: below.count == 2 ? 2 : nil)
    return arguments.count == 2 ? call("delta", arguments, from: start) : nil
  }

  /// `\delta_{ij}` where δ with one index or none is a quantity of its own.
  private mutating func kroneckerBesideName(
    _ scripts: Scripts, from start: Int
  ) throws(Diagnostic) -> Syntax? {
    guard scripts.above.isEmpty, scripts.below.count == 1, scripts.below[0].count == 2,
      names.kind("delta") != .function, (names.slots("delta") ?? 2) < 2,
      areIndices(scripts.below[0])
    else { return nil }
    let letters = try indices(scripts.below[0], slots: 2)
    guard letters.count == 2 else { return nil }
    let whole = range(from: start)
    return Syntax(.indicator(Syntax(.comparison(letters[0], .equal, letters[1]), whole)), whole)
  }

  /// `L_{h_i}`: the derivative of a scalar by a quantity that has a subscript of its own.
  private mutating func subscriptDerivative(
    _ base: String, _ scripts: Scripts, from start: Int
  ) throws(Diagnostic) -> Syntax? {
    guard scripts.above.isEmpty, scripts.primes == 0, scripts.below.count == 1,
      names.kind(base) == .scalar
    else { return nil }
    let below = scripts.below[0]
    guard below.count > 2, tokens[below.lowerBound].kind == .letter,
      tokens[below.lowerBound + 1].kind == .lowered,
      names.slots(tokens[below.lowerBound].text) ?? 0 > 0
    else { return nil }
    let (outerPlace, outerEnd) = (place, end)
    end = below.upperBound
    let isName = skipName(below.lowerBound) == below.upperBound
    (place, end) = (outerPlace, outerEnd)
    guard isName else { return nil }
    let variable = DerivativeSyntax.Variable(variable: try expression(below), order: 1)
    return derivative(Syntax(.name(base), tokens[start].range), [variable], start)
  }

  /// Powers, transposes and primes of a name that is not applied.
  mutating func finish(
    _ atom: Atom, _ syntax: Syntax, from start: Int
  ) throws(Diagnostic) -> Syntax {
    var result = syntax
    let whole = range(from: start)
    if let variable = bareArgument, atom.indices.isEmpty, isBuiltIn(atom.name) {
      let argument = Syntax(.name(variable), atom.range)
      let function = NameSyntax(atom.name, atom.range)
      result = Syntax(
        .call(CallSyntax(function: function, primes: atom.primes, arguments: [argument])), whole)
    } else if atom.primes > 0 {
      let primed = atom.name + String(repeating: "prime", count: min(atom.primes, 3))
      if case .name = result.kind,
        names.isKnown(primed) || bound.contains(primed) || isCounter(atom.name)
      {
        result = Syntax(.name(primed), result.range)
      } else if let call = withoutArgument(atom) {
        result = call
      } else if isFunctionLike(atom.name) {
        throw Diagnostic(
          "function-alone", "the derivative of \(DisplayText.quoted(atom.name)) has no argument",
          at: whole)
      } else if let variable = names.vocabulary.primeVariables[atom.name], atom.indices.isEmpty {
        result = derivative(result, by: variable, atom.primes, whole)
      } else if isNumber(atom) {
        throw Diagnostic(
          "unreadable", "a prime after the number \(DisplayText.quoted(atom.name)) is not read",
          at: whole)
      } else {
        for _ in 0..<atom.primes { result = Syntax(.transpose(result), whole) }
      }
    } else if let call = withoutArgument(atom) {
      result = call
    }
    var marks = atom.marks
    if atom.indices.count == 2, !marks.isEmpty {
      result = try entryOfTranspose(atom, &marks, whole) ?? result
    }
    for mark in marks {
      if case .star = mark, case .name(let name) = result.kind {
        result = Syntax(.name(name + "_star"), whole)
      } else {
        result = try apply(mark, to: result, whole)
      }
    }
    return result
  }

  /// A function of the problem that stands without its argument.
  private func withoutArgument(_ atom: Atom) -> Syntax? {
    guard addsArguments, atom.indices.isEmpty, let variable = names.vocabulary.functionArguments[atom.name] else {
      return nil
    }
    let function = NameSyntax(atom.name, atom.range)
    let argument = Syntax(.name(variable), atom.range)
    return Syntax(
      .call(CallSyntax(function: function, primes: atom.primes, arguments: [argument])), atom.range)
  }

  /// `A^T_{ij}` and `A_{ij}^T` are entries of the transpose; of the inverse nobody can tell.
  private func entryOfTranspose(
    _ atom: Atom, _ marks: inout [Mark], _ whole: SourceRange
  ) throws(Diagnostic) -> Syntax? {
    for (place, mark) in marks.enumerated() {
      switch mark {
      case .transpose:
        marks.remove(at: place)
        let base = Syntax(.transpose(Syntax(.name(atom.name), atom.range)), whole)
        return Syntax(.indexed(base, atom.indices), whole)
      case .inverseTranspose: throw Self.entryOfInverse(whole)
      case .power(let range)
      where tokens[range.lowerBound].kind == .minus && scriptText(range.dropFirst()) == "1":
        throw Self.entryOfInverse(whole)
      default: break
      }
    }
    return nil
  }

  private static func entryOfInverse(_ range: SourceRange) -> Diagnostic {
    Diagnostic(
      "unreadable", "this is an entry of the inverse or the inverse of an entry", at: range,
      expected: "brackets, as in (A^{-1})_{ij}")
  }

  /// Whether a prime behind a name cannot be a transpose.
  private func isNumber(_ atom: Atom) -> Bool {
    if let slots = names.slots(atom.name) { return slots == 0 }
    guard !names.isKnown(atom.name), let first = atom.base.utf8.first else { return false }
    return first >= 0x61
  }

  /// Whether a letter counts, so that with a prime it counts another thing: `x_{i'}`.
  private func isCounter(_ name: String) -> Bool {
    names.isIndex(name)
      || ["i", "j", "k", "l", "m", "n"].contains(name) && !names.isKnown(name)
  }

  private func isBuiltIn(_ name: String) -> Bool {
    if let kind = names.kind(name) { return kind == .function }
    return BuiltInNames.function(named: name) != nil
  }

  func isFunctionLike(_ name: String) -> Bool {
    if let kind = names.kind(name) { return kind == .function }
    return BuiltInNames.function(named: name) != nil || Self.functionLetters.contains(name)
  }

  /// Unknown letters that stand for functions when brackets follow.
  static let functionLetters = [
    "f", "g", "h", "F", "G", "H", "phi", "psi", "Phi", "Psi", "sigma", "ell", "L", "J", "C", "E",
    "l", "P", "p", "q", "Q", "ReLU", "Theta",
  ]
}
