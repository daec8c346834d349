extension LaTeXParser {
  /// One factor with what belongs to it.
  mutating func factor() throws(Diagnostic) -> Syntax {
    switch current {
    case .letter, .accent: return try named()
    case .word:
      guard isNameWord(place) else { throw unexpected() }
      return try named()
    case .number: return try number()
    case .function: return try function()
    case .groupOpen: return try group()
    case .open: return try scripted(try bracketed())
    case .bar: return try scripted(try bars())
    case .fraction: return try fraction()
    case .root: return try scripted(try root())
    case .partial: return try differential()
    case .nabla: return try gradient()
    case .bigOperator: return try bigOperator(isProduct: tokens[place].code & 1 == 1)
    case .begin: return try scripted(try environment())
    case .one: return try indicator()
    case .normal: return try normalDensity()
    case .blackboard: return try blackboard()
    case .unsupported where tokens[place].text.utf8.starts(with: "arg".utf8): return try choice()
    default: throw unexpected()
    }
  }

  // MARK: Numbers

  private mutating func number() throws(Diagnostic) -> Syntax {
    let token = tokens[place]
    if token.text == "1", isIndicator(place + 1) { return try indicator() }
    if token.text == "1", let delta = try comparedIndices(place + 1) { return delta }
    place += 1
    let number = Syntax(.number(token.text), token.range)
    if current == .percent {
      place += 1
      let hundred = Syntax(.number("100"), tokens[place - 1].range)
      return Syntax(
        .product([
          FactorSyntax(operation: .times, factor: number),
          FactorSyntax(operation: .over, factor: hundred),
        ]), range(from: place - 2))
    }
    return try scripted(number)
  }

  /// `1_{ij}`: whether two indices are the same.
  private mutating func comparedIndices(_ script: Int) throws(Diagnostic) -> Syntax? {
    guard token(script) == .lowered, token(script + 1) == .groupOpen,
      let partner = partner(script + 1), partner < end
    else { return nil }
    let below = script + 2..<partner
    let letters = below.filter { tokens[$0].kind == .letter }
    guard letters.count == 2, below.allSatisfy({ [.letter, .prime].contains(tokens[$0].kind) }),
      letters.allSatisfy({
        names.isIndexLetter(tokens[$0].text) || bound.contains(tokens[$0].text)
      })
    else { return nil }
    let start = script - 1
    let arguments = try indices(below, slots: 2)
    guard arguments.count == 2 else { return nil }
    place = partner + 1
    return try scripted(call("delta", arguments, from: start))
  }

  /// Whether a condition in brackets or below stands here.
  func isIndicator(_ place: Int) -> Bool {
    switch token(place) {
    case .open, .groupOpen:
      guard let partner = partner(place), partner < end else { return false }
      return holdsRelation(place + 1..<partner)
    case .lowered:
      guard token(place + 1) == .groupOpen, let partner = partner(place + 1), partner < end else {
        return false
      }
      return holdsCondition(place + 2..<partner)
    default: return false
    }
  }

  /// Whether a relation stands in a range, be it in one more bracket.
  private func holdsCondition(_ range: Range<Int>) -> Bool {
    if holdsRelation(range) { return true }
    guard let first = range.first, tokens[first].kind == .open, let partner = partner(first),
      partner == range.upperBound - 1
    else { return false }
    return holdsRelation(first + 1..<partner)
  }

  /// `\mathbb 1[x > 0]`, `1(x > 0)`, `\mathbb{1}_{x > 0}`.
  mutating func indicator() throws(Diagnostic) -> Syntax {
    let start = place
    place += 1
    if let delta = try comparedIndices(place) { return delta }
    guard isIndicator(place) else { return try ones(from: start) }
    if current == .lowered { place += 1 }
    guard let partner = partner(place) else { throw unexpected() }
    let condition = try self.condition(place + 1..<partner)
    place = partner + 1
    return try scripted(Syntax(.indicator(condition), range(from: start)))
  }

  /// `\mathbf 1_N`, or `\mathbf 1` where its size is given: the vector of ones.
  private mutating func ones(from start: Int) throws(Diagnostic) -> Syntax {
    let size: Syntax
    if current == .lowered {
      place += 1
      let below = try argument()
      guard let text = scriptText(below),
        names.kind(text) == .dimension || (below.count == 1 && (text.utf8.first ?? 0x7A) < 0x5B)
      else { throw unreadable("this is not the size of a vector of ones", below.lowerBound) }
      size = try expression(below)
    } else if let name = names.vocabulary.sizeOfOnes, tokens[start].kind == .one {
      size = Syntax(.name(name), tokens[start].range)
    } else {
      throw unreadable("this needs a condition in brackets, or its size below", start)
    }
    let call = call("ones", [size], from: start)
    return try scripted(call)
  }

  private mutating func blackboard() throws(Diagnostic) -> Syntax {
    if tokens[place].text == "I", isIndicator(place + 1) { return try indicator() }
    throw unreadable("\(spelling(place)) is no quantity here", place)
  }

  // MARK: Groups and roots

  private mutating func group() throws(Diagnostic) -> Syntax {
    guard let partner = partner(place), partner < end else { throw unexpected() }
    let start = place
    if partner == start + 1 {
      place = partner + 1
      guard startsFactor() else {
        throw unreadable("an empty group stands where a factor is needed", start)
      }
      return try deeper { (parser) throws(Diagnostic) in try parser.factor() }
    }
    if skipName(start + 1) == partner, tokens[start + 1].kind != .function { return try named() }
    let inner = try expression(start + 1..<partner)
    place = partner + 1
    return try scripted(inner)
  }

  private mutating func root() throws(Diagnostic) -> Syntax {
    let start = place
    place += 1
    var degree: Syntax?
    if current == .open, tokens[place].code == LaTeXDelimiter.bracket.rawValue,
      let partner = partner(place), partner < end
    {
      degree = try expression(place + 1..<partner)
      place = partner + 1
    }
    let argument = try expression(try argument())
    let range = self.range(from: start)
    guard let degree else {
      let name = NameSyntax("sqrt", tokens[start].range)
      return Syntax(.call(CallSyntax(function: name, primes: 0, arguments: [argument])), range)
    }
    if case .number("2") = degree.kind {
      let name = NameSyntax("sqrt", tokens[start].range)
      return Syntax(.call(CallSyntax(function: name, primes: 0, arguments: [argument])), range)
    }
    let one = Syntax(.number("1"), degree.range)
    let exponent = Syntax(
      .product([
        FactorSyntax(operation: .times, factor: one),
        FactorSyntax(operation: .over, factor: degree),
      ]), degree.range)
    return Syntax(.power(argument, exponent), range)
  }

  /// The places of the argument of a command: a group's content or a single token.
  mutating func argument(_ level: Int = 0) throws(Diagnostic) -> Range<Int> {
    guard place < end, level < 32 else { throw unexpected() }
    let start = place
    if current == .groupOpen {
      guard let partner = partner(place), partner < end else { throw unexpected() }
      place = partner + 1
      return start + 1..<partner
    }
    switch current {
    case .fraction:
      place += 1
      _ = try argument(level + 1)
      _ = try argument(level + 1)
    case .accent, .root:
      place += 1
      _ = try argument(level + 1)
    case .minus where token(place + 1) == .number && tokens[place + 1].isJoined: place += 2
    case .minus
    where tokens[place].isJoined && place + 1 < end && tokens[place + 1].isJoined
      && token(place + 1) == .letter:
      place = max(skipName(place + 1), place + 2)
    case .minus
    where tokens[place].isJoined && place + 1 < end && tokens[place + 1].isJoined
      && token(place + 1) == .open:
      guard let partner = partner(place + 1), partner < end else { throw unexpected() }
      place = partner + 1
    case .open:
      guard let partner = partner(place), partner < end else { throw unexpected() }
      place = partner + 1
    default: place += 1
    }
    return start..<place
  }

  // MARK: Brackets

  /// An expression in brackets, without its scripts.
  mutating func bracketed() throws(Diagnostic) -> Syntax {
    let start = place
    let inner = try bracketRange()
    let code = LaTeXDelimiter(rawValue: tokens[start].code) ?? .other
    switch code {
    case .bar, .doubleBar:
      return try magnitude(inner, isNorm: code == .doubleBar, from: start)
    case .angle:
      let parts = list(inner)
      guard parts.count == 2 else { throw unreadable("angle brackets hold two parts", start) }
      let arguments = [try expression(parts[0]), try expression(parts[1])]
      if arguments.allSatisfy({ isMatrix($0) }) {
        // The sum of all products of entries.
        let product = Syntax(
          .product([
            FactorSyntax(
              operation: .times, factor: Syntax(.transpose(arguments[0]), arguments[0].range)),
            FactorSyntax(operation: .times, factor: arguments[1]),
          ]), range(from: start))
        return call("trace", [product], from: start)
      }
      return call("dot", arguments, from: start)
    case .other: throw unreadable("rounding brackets are not supported", start)
    case .parenthesis, .bracket, .brace, .nothing: break
    }
    if holdsRelation(inner) {
      return Syntax(.indicator(try condition(inner)), range(from: start))
    }
    let parts = list(inner)
    if parts.count > 1 {
      if code != .bracket { try checkTuple(start, parts) }
      var entries: [Syntax] = []
      for part in parts { entries.append(try expression(part)) }
      return Syntax(.matrix([entries]), range(from: start))
    }
    var syntax = try expression(inner)
    syntax.range = range(from: start)
    return syntax
  }

  /// Lets `(0.75, 0.8)` pass as a vector where it is no argument, no pair of indices and no decimal.
  private func checkTuple(_ start: Int, _ parts: [Range<Int>]) throws(Diagnostic) {
    let close = parts[parts.count - 1].upperBound
    let standsAlone: Bool
    switch start == 0 ? .finish : tokens[start - 1].kind {
    case .finish, .relation, .comma, .plus, .minus, .times, .open, .cell, .row, .groupOpen, .word:
      standsAlone = true
    default: standsAlone = false
    }
    let areIndices = parts.allSatisfy { $0.count == 1 && names.isIndex(tokens[$0.lowerBound].text) }
    guard tokens[start].code == LaTeXDelimiter.parenthesis.rawValue, standsAlone, !areIndices,
      parts.allSatisfy({ !$0.isEmpty && tokens[$0.upperBound].kind != .semicolon })
    else { throw unreadable("a list of several parts is not read", start) }
    let mayBeDecimal =
      parts.count == 2
      && parts.allSatisfy { part in
        part.count == 1 && tokens[part.lowerBound].kind == .number
          && !tokens[part.lowerBound].text.utf8.contains(0x2E)
      }
      && tokens[parts[1].lowerBound].isJoined && token(close + 1) != .transposeMark
      && token(close + 1) != .raised
    if mayBeDecimal {
      throw unreadable("this may be a list of two numbers or one with a decimal comma", start)
    }
  }

  /// `\mathcal N(x; m, v)`: the density of a scalar that is normally distributed.
  private mutating func normalDensity() throws(Diagnostic) -> Syntax {
    let start = place
    place += 1
    let inner = try bracketRange()
    var parts: [Range<Int>] = []
    for part in list(inner) {
      let bars = places(of: { $0 == .bar }, in: part)
      parts +=
        bars.count == 1
        ? [part.lowerBound..<bars[0], bars[0] + 1..<part.upperBound] : [part]
    }
    guard parts.count == 3, parts.allSatisfy({ !$0.isEmpty }) else {
      throw unreadable("a normal distribution is read with its argument, mean and variance", start)
    }
    var arguments: [Syntax] = []
    for part in parts { arguments.append(try expression(part)) }
    // Of a lone σ nobody can tell whether it is the variance or its root.
    if case .name(let name) = arguments[2].kind, name == "sigma" || name == "s" || name == "sd" {
      throw unreadable("this may be the variance or the standard deviation", parts[2].lowerBound)
    }
    guard arguments.allSatisfy({ isScalar($0) }) else {
      throw unreadable("the normal distribution of a vector is not read", start)
    }
    let whole = range(from: start)
    let two = Syntax(.number("2"), whole)
    func product(_ factors: [Syntax]) -> Syntax {
      Syntax(.product(factors.map { FactorSyntax(operation: .times, factor: $0) }), whole)
    }
    func quotient(_ above: Syntax, _ below: Syntax) -> Syntax {
      Syntax(
        .product([
          FactorSyntax(operation: .times, factor: above),
          FactorSyntax(operation: .over, factor: below),
        ]), whole)
    }
    let gap = Syntax(
      .sum([
        SignedTermSyntax(isNegative: false, term: arguments[0]),
        SignedTermSyntax(isNegative: true, term: arguments[1]),
      ]), whole)
    let exponent = Syntax(
      .negation(quotient(Syntax(.power(gap, two), whole), product([two, arguments[2]]))), whole)
    let root = call(
      "sqrt", [product([two, Syntax(.name("pi"), whole), arguments[2]])], from: start)
    return try scripted(
      product([
        quotient(Syntax(.number("1"), whole), root), call("exp", [exponent], from: start),
      ]))
  }

  /// Whether an expression is made of scalars and entries only.
  private func isScalar(_ syntax: Syntax) -> Bool {
    switch syntax.kind {
    case .number, .indexed: return true
    case .name(let name): return names.slots(name) ?? 0 == 0
    case .matrix, .transpose: return false
    default:
      var result = true
      syntax.forEachPart { result = result && isScalar($0) }
      return result
    }
  }

  /// Takes a bracket; the range of its content.
  mutating func bracketRange() throws(Diagnostic) -> Range<Int> {
    let start = place
    if let partner = partner(place), partner < end {
      let fits =
        tokens[partner].code == tokens[place].code
        || tokens[place].code == LaTeXDelimiter.nothing.rawValue
        || tokens[partner].code == LaTeXDelimiter.nothing.rawValue
      guard fits else { throw unreadable("this bracket is closed by one of another kind", start) }
      place = partner + 1
      return start + 1..<partner
    }
    // With many of them nobody can say where each one ends.
    if unclosedBrackets <= 2 { met.insert(.missingBracket) }
    guard flags.contains(.missingBracket) else {
      throw unreadable("this bracket is never closed", start)
    }
    place = end
    return start + 1..<end
  }

  /// `|x|` and `\|x\|` with bars that have no side.
  private mutating func bars() throws(Diagnostic) -> Syntax {
    let start = place
    let code = tokens[place].code
    let body = start + 1..<end
    var close = body.lowerBound
    var level = 0
    // Bars inside brackets belong to those; a bar after an operator opens one more.
    while close < body.upperBound {
      if tokens[close].kind == .bar, tokens[close].code == code {
        if opensBar(close) {
          level += 1
        } else if level == 0 {
          break
        } else {
          level -= 1
        }
      }
      close = next(after: close, in: body)
    }
    guard close < end else { throw unreadable("this bar is never closed", start) }
    place = close + 1
    return try magnitude(
      start + 1..<close, isNorm: code == LaTeXDelimiter.doubleBar.rawValue, from: start)
  }

  private func opensBar(_ place: Int) -> Bool {
    switch token(place - 1) {
    case .plus, .minus, .times, .over, .comma, .bar, .function, .bigOperator, .relation: true
    default: false
    }
  }

  private mutating func magnitude(
    _ inner: Range<Int>, isNorm: Bool, from start: Int
  ) throws(Diagnostic) -> Syntax {
    let argument = try expression(inner)
    if !isNorm {
      return call(isMatrix(argument) ? "det" : "abs", [argument], from: start)
    }
    guard current == .lowered else { return call("norm", [argument], from: start) }
    place += 1
    let below = try self.argument()
    switch scriptText(below) {
    case "2", "F", "Fro", "fro": return call("norm", [argument], from: start)
    case "1":
      let entries = call("abs", [argument], from: start)
      return call("sum", [entries], from: start)
    default: throw unreadable("this norm is not supported", below.lowerBound)
    }
  }

  private func isMatrix(_ syntax: Syntax, _ depth: Int = 0) -> Bool {
    if depth > Syntax.deepestNesting { return false }
    switch syntax.kind {
    case .name(let name): return names.slots(name) == 2
    case .matrix(let rows): return rows.count > 1
    case .transpose(let inner), .power(let inner, _): return isMatrix(inner, depth + 1)
    case .call(let call):
      return call.function.text == "inv" && call.arguments.allSatisfy { isMatrix($0, depth + 1) }
    case .product(let factors):
      return factors.contains { isMatrix($0.factor, depth + 1) }
        && factors.allSatisfy { factor in
          if case .number = factor.factor.kind { return true }
          return factor.operation == .times && isMatrix(factor.factor, depth + 1)
        }
    case .sum(let terms): return terms.allSatisfy { isMatrix($0.term, depth + 1) }
    default: return false
    }
  }

  func call(_ name: String, _ arguments: [Syntax], from start: Int) -> Syntax {
    let function = NameSyntax(name, range(start..<start + 1))
    return Syntax(
      .call(CallSyntax(function: function, primes: 0, arguments: arguments)), range(from: start))
  }
}
