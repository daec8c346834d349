extension LaTeXParser {
  /// What stands above and below an atom, in the order met.
  struct Scripts {
    var below: [Range<Int>] = []
    var above: [Range<Int>] = []
    var primes = 0

    var isEmpty: Bool { below.isEmpty && above.isEmpty && primes == 0 }
  }

  /// What a superscript means.
  enum Mark {
    /// `(1)`, `[l]`: the places inside the brackets.
    case layer(Range<Int>)
    case power(Range<Int>)
    case elementwisePower(Range<Int>)
    case transpose
    case inverseTranspose
    case star
  }

  mutating func takeScripts() throws(Diagnostic) -> Scripts {
    var scripts = Scripts()
    while place < end {
      switch current {
      case .raised:
        place += 1
        if current == .prime {
          scripts.primes += Int(tokens[place].code)
          place += 1
        } else {
          let above = try argument()
          if !above.isEmpty, above.allSatisfy({ tokens[$0].kind == .prime }) {
            for prime in above { scripts.primes += Int(tokens[prime].code) }
          } else {
            scripts.above.append(above)
          }
        }
      case .lowered:
        place += 1
        scripts.below.append(try argument())
      case .prime:
        scripts.primes += Int(tokens[place].code)
        place += 1
      case .transposeMark:
        scripts.above.append(place..<place + 1)
        place += 1
      case .groupOpen where isEmptyGroup(place) && startsScript(place + 2):
        place += 2
      default: return scripts
      }
      guard scripts.primes < 64, scripts.below.count + scripts.above.count < 16 else {
        throw unreadable("there are too many scripts", place - 1)
      }
    }
    return scripts
  }

  private func isEmptyGroup(_ place: Int) -> Bool {
    token(place) == .groupOpen && token(place + 1) == .groupClose
  }

  private func startsScript(_ place: Int) -> Bool {
    let kind = token(place)
    return kind == .raised || kind == .lowered
  }

  /// The letters and digits of a script, if it holds nothing else.
  func scriptText(_ range: Range<Int>) -> String? {
    var text = ""
    for place in range {
      switch tokens[place].kind {
      case .letter, .number, .word, .function: text += tokens[place].text
      default: return nil
      }
    }
    return text.isEmpty || text.utf8.count > 64 ? nil : text
  }

  // MARK: Superscripts

  func marks(_ range: Range<Int>) throws(Diagnostic) -> [Mark] {
    var marks: [Mark] = []
    var place = range.lowerBound
    while place < range.upperBound {
      let token = tokens[place]
      let isLast = place + 1 == range.upperBound
      switch token.kind {
      case .transposeMark: marks.append(.transpose)
      case .letter where isTransposeLetter(token.text, isAlone: isLast): marks.append(.transpose)
      case .comma: break
      case .times where isLast && token.code == LaTeXProduct.star.rawValue && marks.isEmpty:
        marks.append(.star)
      case .times
      where place == range.lowerBound && !isLast
        && (token.code == LaTeXProduct.ring.rawValue
          || token.code == LaTeXProduct.elementwise.rawValue):
        marks.append(.elementwisePower(place + 1..<range.upperBound))
        return marks
      case .minus where place + 2 == range.upperBound && isTranspose(place + 1):
        marks.append(.inverseTranspose)
        place += 1
      case .open:
        guard let layer = layer(place, in: range) else {
          marks.append(.power(place..<range.upperBound))
          return marks
        }
        marks.append(.layer(layer))
        place = layer.upperBound
      default:
        let isMarked = !isLast && tokens[range.upperBound - 1].kind == .transposeMark
        marks.append(.power(place..<range.upperBound - (isMarked ? 1 : 0)))
        if isMarked { marks.append(.transpose) }
        return marks
      }
      place += 1
    }
    return marks
  }

  private func isTranspose(_ place: Int) -> Bool {
    tokens[place].kind == .transposeMark
      || (tokens[place].kind == .letter && isTransposeLetter(tokens[place].text, isAlone: true))
  }

  /// `T` or a lone `t`, unless it is a number of its own.
  private func isTransposeLetter(_ letter: String, isAlone: Bool) -> Bool {
    guard isAlone else { return false }
    switch letter {
    case "T":
      let kind = names.kind(letter)
      return kind != .scalar && kind != .index
    case "t": return !names.isKnown(letter) && !bound.contains(letter)
    default: return false
    }
  }

  /// The content of `(1)`, `[l]`, `(l-1)` where a layer or a sample is meant.
  private func layer(_ start: Int, in range: Range<Int>) -> Range<Int>? {
    guard let partner = partner(start), partner < range.upperBound, partner > start + 1 else {
      return nil
    }
    let inner = start + 1..<partner
    let first = tokens[inner.lowerBound]
    guard first.kind == .letter || first.kind == .number else { return nil }
    if inner.count == 1 {
      return first.kind == .number && first.text.utf8.contains(0x2E) ? nil : inner
    }
    let isShift =
      inner.count == 3 && first.kind == .letter
      && (names.isIndexLetter(first.text) || bound.contains(first.text))
      && (tokens[inner.lowerBound + 1].kind == .plus
        || tokens[inner.lowerBound + 1].kind == .minus)
      && tokens[inner.lowerBound + 2].kind == .number
    return isShift ? inner : nil
  }

  // MARK: Scripts of an expression

  /// An expression that is no name, with its scripts.
  mutating func scripted(_ base: Syntax) throws(Diagnostic) -> Syntax {
    let start = place
    let scripts = try takeScripts()
    if scripts.isEmpty { return base }
    var syntax = base
    for below in scripts.below {
      if case .matrix = syntax.kind, isSize(below) { continue }
      if isPositivePart(below) {
        syntax = positivePart(syntax, base.range.union(range(from: start)))
        continue
      }
      if case .number = syntax.kind {
        throw unreadable("a number has no index", start)
      }
      var slots: Int?
      if case .name(let name) = syntax.kind { slots = names.slots(name) }
      let indices = try indices(below, slots: slots)
      syntax = Syntax(.indexed(syntax, indices), base.range.union(range(from: start)))
    }
    return try marked(syntax, scripts, base.range, from: start)
  }

  /// `[x]_+`, `(x)^+`.
  private func isPositivePart(_ range: Range<Int>) -> Bool {
    range.count == 1 && tokens[range.lowerBound].kind == .plus
  }

  private func positivePart(_ syntax: Syntax, _ range: SourceRange) -> Syntax {
    let name = NameSyntax("max", range)
    let zero = Syntax(.number("0"), range)
    return Syntax(
      .call(CallSyntax(function: name, primes: 0, arguments: [zero, syntax])), range)
  }

  /// `N \times C` below a matrix is a remark.
  private func isSize(_ range: Range<Int>) -> Bool {
    range.contains { tokens[$0].kind == .times || tokens[$0].kind == .raised }
  }

  /// Primes, powers and transposes of an expression.
  mutating func marked(
    _ base: Syntax, _ scripts: Scripts, _ origin: SourceRange, from start: Int
  ) throws(Diagnostic) -> Syntax {
    var syntax = base
    let whole = origin.union(range(from: start))
    if scripts.primes > 0 { syntax = try primed(syntax, scripts.primes, whole) }
    var hasPower = false
    for above in scripts.above {
      if isPositivePart(above) {
        syntax = positivePart(syntax, whole)
        continue
      }
      for mark in try marks(above) {
        if case .power = mark {
          guard !hasPower else { throw Self.doublePower(whole) }
          hasPower = true
        }
        syntax = try apply(mark, to: syntax, whole)
      }
    }
    return syntax
  }

  static func doublePower(_ range: SourceRange) -> Diagnostic {
    Diagnostic("unreadable", "two superscripts stand above one thing", at: range)
  }

  /// A prime after a bracket: the derivative by its only variable, or a transpose.
  private func primed(
    _ syntax: Syntax, _ primes: Int, _ whole: SourceRange
  ) throws(Diagnostic) -> Syntax {
    let found = syntax.names.map { $0.text }
    let areScalars = !found.isEmpty && found.allSatisfy { names.slots($0) == 0 }
    guard areScalars else {
      var result = syntax
      for _ in 0..<primes { result = Syntax(.transpose(result), whole) }
      return result
    }
    let usual = names.vocabulary.usualVariable.flatMap { found.contains($0) ? $0 : nil }
    guard let name = Set(found).count == 1 ? found[0] : usual else {
      throw Diagnostic(
        "unreadable", "the prime does not say by what to differentiate", at: whole)
    }
    return derivative(syntax, by: name, primes, whole)
  }

  func derivative(
    _ subject: Syntax, by name: String, _ order: Int, _ whole: SourceRange
  ) -> Syntax {
    let variable = Syntax(.name(name), whole)
    return Syntax(
      .derivative(
        DerivativeSyntax(
          subject: subject,
          variables: [DerivativeSyntax.Variable(variable: variable, order: order)],
          spelling: .call)), whole)
  }

  mutating func apply(
    _ mark: Mark, to base: Syntax, _ whole: SourceRange
  ) throws(Diagnostic) -> Syntax {
    switch mark {
    case .transpose: return Self.transposed(base, whole)
    case .inverseTranspose:
      let one = Syntax(.negation(Syntax(.number("1"), whole)), whole)
      return Syntax(.transpose(Syntax(.power(base, one), whole)), whole)
    case .power(let range): return Syntax(.power(base, try expression(range)), whole)
    case .elementwisePower(let range):
      return Syntax(.elementwisePower(base, try expression(range)), whole)
    case .layer(let range):
      throw unreadable("a number in brackets stands above an expression", range.lowerBound)
    case .star: throw Diagnostic("unreadable", "a star above an expression is not read", at: whole)
    }
  }

  /// The transpose; a row of entries becomes a column.
  private static func transposed(_ base: Syntax, _ whole: SourceRange) -> Syntax {
    switch base.kind {
    case .transpose(let inner):
      if case .matrix = inner.kind { return Syntax(inner.kind, whole) }
    case .matrix(let rows) where rows.count == 1 && rows[0].count > 1:
      return Syntax(.matrix(rows[0].map { [$0] }), whole)
    default: break
    }
    return Syntax(.transpose(base), whole)
  }

  // MARK: Indices

  /// The indices below a name that takes so many.
  mutating func indices(_ range: Range<Int>, slots: Int?) throws(Diagnostic) -> [Syntax] {
    let parts = list(range)
    if parts.count > 1 {
      var indices: [Syntax] = []
      for part in parts { indices.append(try expression(part)) }
      return indices
    }
    if let cluster = primedIndices(range), slots ?? cluster.count == cluster.count {
      return cluster.map { Syntax(.name($0.text), $0.range) }
    }
    if range.count > 1, slots == range.count || (slots == nil && areIndices(range)),
      range.allSatisfy({ tokens[$0].kind == .letter || tokens[$0].kind == .number })
    {
      return range.map { place in
        let token = tokens[place]
        return Syntax(token.kind == .number ? .number(token.text) : .name(token.text), token.range)
      }
    }
    if range.count == 1, let slots, slots > 1, tokens[range.lowerBound].kind == .number {
      let token = tokens[range.lowerBound]
      let digits = Array(token.text.utf8)
      if digits.count == slots, !digits.contains(0x2E) {
        return digits.map {
          Syntax(.number(String(decoding: [$0], as: UTF8.self)), token.range)
        }
      }
    }
    return [try expression(range)]
  }

  /// `ij'`: several index letters of which some have primes.
  private func primedIndices(_ range: Range<Int>) -> [NameSyntax]? {
    guard range.contains(where: { tokens[$0].kind == .prime }) else { return nil }
    var found: [NameSyntax] = []
    var place = range.lowerBound
    while place < range.upperBound {
      guard let (name, next) = indexName(place, in: range),
        names.isIndexLetter(tokens[place].text) || bound.contains(name.text)
      else { return nil }
      found.append(name)
      place = next
    }
    return found.count > 1 ? found : nil
  }

  /// Whether single letters and digits stand side by side, at least one of them an index.
  func areIndices(_ range: Range<Int>) -> Bool {
    var hasLetter = false
    for place in range {
      switch tokens[place].kind {
      case .number: break
      case .letter:
        let letter = tokens[place].text
        guard names.isIndexLetter(letter) || bound.contains(letter) else { return false }
        hasLetter = true
      default: return false
      }
    }
    return hasLetter
  }
}
