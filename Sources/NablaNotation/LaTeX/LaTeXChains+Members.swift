extension LaTeXChains {
  mutating func extend(_ range: Range<Int>, _ relations: [Int]) {
    let last = continuedChain()
    var chain = chains[last]
    if case .empty? = chain.members.last?.content, chain.members.count > 1 {
      chain.members.removeLast()
      chain.links.removeLast()
    }
    var part = RelationChain(members: [], links: [], range: chain.range)
    fill(&part, range, relations, startsWithRelation: true)
    chain.members += part.members.dropFirst()
    chain.links += part.links
    chain.turnArrows()
    chain.conditions += evaluations
    evaluations = []
    let definitions = Self.turnDefinitions(&chain, parser.tokens, relations)
    chain.range = chain.range.union(parser.range(range))
    Self.nameIdentity(&chain)
    chain.remarks += waiting
    waiting = []
    chains[last] = chain
    chains += definitions
  }

  mutating func fill(
    _ chain: inout RelationChain, _ range: Range<Int>, _ relations: [Int],
    startsWithRelation: Bool
  ) {
    let empty = chain
    fillOnce(&chain, range, relations)
    guard chain.members.count > 1, chain.members.contains(where: { $0.isBareFunction }) else {
      return
    }
    if !names.vocabulary.functionArguments.isEmpty {
      parser.addsArguments = true
      var other = empty
      fillOnce(&other, range, relations)
      parser.addsArguments = false
      if !other.members.contains(where: { $0.isUnreadable }) {
        chain = other
        return
      }
    }
    guard let variable = ["u", "v", "s", "q"].first(where: { !names.isKnown($0) })
    else { return }
    // `σ' = σ(1 - σ)` is meant at every argument.
    parser.bareArgument = variable
    var other = empty
    fillOnce(&other, range, relations)
    parser.bareArgument = nil
    if other.members.allSatisfy({ $0.isAbout(variable) }) { chain = other }
  }

  private mutating func fillOnce(
    _ chain: inout RelationChain, _ range: Range<Int>, _ relations: [Int]
  ) {
    var start = range.lowerBound
    var previous: RelationChain.Relation?
    var isDistributed = false
    for relation in relations + [range.upperBound] {
      let member = start..<relation
      if member.isEmpty, start > range.lowerBound, relation < range.upperBound {
        // Two relations side by side: the second one counts.
        let code = parser.tokens[relation].code
        chain.links[chain.links.count - 1].relation = RelationChain.Relation(code: code)
        previous = RelationChain.Relation(code: code)
        start = relation + 1
        continue
      }
      if isDistributed {
        let text = remark(member).text
        chain.members.append(RelationChain.Member(.words(text), parser.range(member)))
      } else {
        chain.members.append(self.member(member, after: previous))
      }
      if relation < range.upperBound {
        let token = parser.tokens[relation]
        let kind = RelationChain.Relation(code: token.code)
        chain.links.append(RelationChain.Link(kind, token.range))
        previous = kind
        isDistributed = token.text == LaTeXToken.isDistributed
        start = relation + 1
      }
    }
  }

  /// Takes `|_{x=1}` off the end of a member as a condition for all of its chain.
  private mutating func evaluated(_ range: Range<Int>) throws(Diagnostic) -> Range<Int> {
    guard let last = range.last, parser.tokens[last].kind == .groupClose,
      let open = parser.partner(last), open > range.lowerBound + 1,
      parser.tokens[open - 1].kind == .lowered
    else { return range }
    let bar = open - 2
    guard parser.tokens[bar].code == LaTeXDelimiter.bar.rawValue else { return range }
    let inner: Range<Int>
    switch parser.tokens[bar].kind {
    case .close where parser.partner(bar) == range.lowerBound: inner = range.lowerBound + 1..<bar
    case .bar where parser.places(of: { $0 == .bar }, in: range).count == 1:
      inner = range.lowerBound..<bar
    default: return range
    }
    let setting = open + 1..<last
    guard !inner.isEmpty, parser.holdsRelation(setting) else {
      throw Diagnostic(
        "unreadable", "it is not said what is set at this bar", at: parser.range(bar..<last + 1))
    }
    parser.restart()
    let condition = try parser.condition(setting)
    guard evaluations.allSatisfy({ $0.dump == condition.dump }) else {
      throw Diagnostic(
        "unreadable", "values at several places in one line are not read",
        at: parser.range(bar..<last + 1))
    }
    if evaluations.isEmpty { evaluations.append(condition) }
    return inner
  }

  /// Turns `w^{(t+1)} = w^{(t)} - …` into what it is, a new value for w.
  func turnUpdate(_ chain: inout RelationChain, _ range: Range<Int>, _ relations: [Int]) {
    guard let relation = relations.first, relation + 1 < range.upperBound,
      chain.links.first?.relation == .equal,
      let left = step(range.lowerBound), left.end == relation, left.isNext,
      let right = step(relation + 1), !right.isNext, right.base == left.base,
      right.letter == left.letter, right.end < range.upperBound,
      parser.tokens[right.end].kind == .minus || parser.tokens[right.end].kind == .plus
    else { return }
    chain.links[0].relation = .assigns
    chain.members[0].content = .words(left.base)
  }

  /// `w^{(t)}`, `w_{t+1}`, `w^k`: a name at a step of a procedure.
  private func step(
    _ start: Int
  ) -> (base: String, letter: String, isNext: Bool, end: Int)? {
    let tokens = parser.tokens
    let end = parser.skipName(start)
    guard end > start + 2, tokens[start].kind == .letter,
      tokens[start + 1].kind == .raised || tokens[start + 1].kind == .lowered
    else { return nil }
    let inner = tokens[start + 2..<end].filter {
      ![.groupOpen, .groupClose, .open, .close].contains($0.kind)
    }
    guard let letter = inner.first, letter.kind == .letter, letter.text.utf8.count == 1 else {
      return nil
    }
    let isNext =
      inner.count == 3 && inner[1].kind == .plus && inner[2].kind == .number && inner[2].text == "1"
    guard isNext || inner.count == 1 else { return nil }
    return (tokens[start].text, letter.text, isNext, end)
  }

  private mutating func member(
    _ range: Range<Int>, after relation: RelationChain.Relation?
  ) -> RelationChain.Member {
    let range = trimmed(range)
    let place = parser.range(range)
    if range.allSatisfy({ parser.tokens[$0].kind == .dots }) {
      return RelationChain.Member(.empty, place)
    }
    if let words = words(range) { return RelationChain.Member(.words(words), place) }
    let isProduct = range.contains { parser.tokens[$0].kind == .times }
    let isSpace = relation == .belongs || parser.tokens[range.lowerBound].kind == .blackboard
    if relation == .belongs, !isProduct, isSet(range) {
      return RelationChain.Member(.words(remark(range).text), place)
    }
    if isSpace || (role == .size && isProduct), let space = space(range) {
      return RelationChain.Member(.space(space), place)
    }
    do throws(Diagnostic) {
      return readings(try evaluated(range), place)
    } catch {
      parser.restart()
      return RelationChain.Member(.unreadable(error), place)
    }
  }

  private func words(_ range: Range<Int>) -> String? {
    if range.count == 1, parser.isNameWord(range.lowerBound),
      isIdentifier(parser.tokens[range.lowerBound].text),
      parser.tokens[range.lowerBound].code == LaTeXWord.name.rawValue
        || parser.token(range.upperBound) == .relation
    {
      return nil
    }
    var text = ""
    for place in range {
      guard parser.tokens[place].kind == .word else { return nil }
      if !text.isEmpty { text += " " }
      text += parser.tokens[place].text
    }
    return text
  }

  /// The literal reading of a member and the others.
  private mutating func readings(_ range: Range<Int>, _ place: SourceRange) -> RelationChain.Member
  {
    parser.flags = []
    parser.met = []
    parser.repairs = []
    var member: RelationChain.Member
    var literal: String?
    do throws(Diagnostic) {
      let syntax = try parser.expression(range)
      member = RelationChain.Member(.expression(syntax), place)
      if !parser.met.isEmpty { literal = syntax.dump }
      repairs += parser.repairs
    } catch {
      member = RelationChain.Member(.unreadable(error), place)
    }
    let met = parser.met
    if met.isEmpty {
      if case .unreadable = member.content { parser.restart() }
      return member
    }
    for (flag, reason) in Self.reasons where met.contains(flag) {
      parser.restart()
      parser.flags = flag
      do throws(Diagnostic) {
        let syntax = try parser.expression(range)
        if syntax.dump != literal {
          member.kind.append(RelationChain.KindReading(syntax, reason))
        }
      } catch {}
    }
    parser.restart()
    return member
  }

  private static let reasons: [(LaTeXParser.Looseness, RelationChain.KindReading.Reason)] = [
    (.reachOfSum, .reachOfSum), (.reachOfFunction, .reachOfFunction),
    (.missingDifferential, .missingDifferential), (.missingBracket, .missingBracket),
    (.application, .application), (.raised, .superscript), (.product, .product),
    (.reachOfDivision, .reachOfDivision),
  ]

  // MARK: Spaces

  /// `\{0, 1\}`, `[0, 1]`, `(0, \infty)`.
  private func isSet(_ range: Range<Int>) -> Bool {
    parser.tokens[range.lowerBound].kind == .open
      && parser.partner(range.lowerBound) == range.upperBound - 1
  }

  /// `\mathbb R^{K \times D}`, `1024 \times 32`.
  private mutating func space(_ range: Range<Int>) -> [Syntax]? {
    var inner = range
    if let first = range.first, parser.tokens[first].kind == .blackboard {
      guard range.count > 1 else { return [] }
      guard parser.tokens[first + 1].kind == .raised else { return nil }
      inner = first + 2..<range.upperBound
      if parser.tokens[inner.lowerBound].kind == .groupOpen,
        let partner = parser.partner(inner.lowerBound), partner < range.upperBound
      {
        guard partner == range.upperBound - 1 else { return nil }
        inner = inner.lowerBound + 1..<partner
      }
    }
    var sizes: [Syntax] = []
    var start = inner.lowerBound
    let crosses = parser.places(of: { $0 == .times }, in: inner)
    for cross in crosses + [inner.upperBound] {
      guard start < cross else { return nil }
      do throws(Diagnostic) {
        sizes.append(try parser.expression(start..<cross))
      } catch {
        parser.restart()
        return nil
      }
      start = cross + 1
    }
    return sizes
  }

  mutating func attachWaiting() {
    if let last = chains.indices.last {
      chains[last].remarks += waiting
    } else if let first = waiting.first {
      var range = first.range
      var text = ""
      for remark in waiting {
        range = range.union(remark.range)
        text += text.isEmpty ? remark.text : " " + remark.text
      }
      chains.append(
        RelationChain(
          members: [RelationChain.Member(.words(text), range)], links: [], range: range))
    }
    waiting = []
  }
}

extension RelationChain.Member {
  fileprivate var isEmpty: Bool {
    if case .empty = content { true } else { false }
  }

  /// Whether it is an expression in one name, or in none.
  fileprivate func isAbout(_ name: String) -> Bool {
    switch content {
    case .expression(let syntax): syntax.names.allSatisfy { $0.text == name }
    case .empty: true
    default: false
    }
  }

  fileprivate var isUnreadable: Bool {
    if case .unreadable = content { true } else { false }
  }

  /// Whether it could not be read for a function without an argument.
  fileprivate var isBareFunction: Bool {
    if case .unreadable(let diagnostic) = content {
      diagnostic.identifier == "function-alone"
    } else {
      false
    }
  }
}

extension RelationChain {
  /// An arrow between equations is ⇒: `f'(x) = 0 → x = 2/3`.
  mutating func turnArrows() {
    for place in links.indices.dropLast() where links[place].relation == .maps {
      let next = links[place + 1].relation
      if place > 0 || members[0].isEmpty, next.comparison != nil {
        links[place].relation = .implies
      }
    }
  }

  /// Whether it only says what a name in the formula beside it stands for: `…, where u = x + y`.
  var isSaidBeside: Bool {
    guard let first = links.first, members.count > 1 else { return false }
    if first.relation == .defines { return members[0].range.lower < members[1].range.lower }
    return first.relation == .equal && remarks.contains { LaTeXWords.introduces($0.text) }
  }
}
