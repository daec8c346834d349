/// Makes chains of relations out of the lines of a formula.
struct LaTeXChains {
  private let names: LaTeXNames
  private(set) var chains: [RelationChain] = []
  private(set) var repairs: [Repair] = []
  /// Remarks of a line whose chain has not begun.
  private var waiting: [RelationChain.Remark] = []
  private var parser: LaTeXParser
  private var role = LaTeXWords.Role.statement

  init(_ names: LaTeXNames) {
    self.names = names
    parser = LaTeXParser([], names)
  }

  // MARK: Lines

  /// A part of a line between commas, words and wide spaces.
  private struct Segment {
    var range: Range<Int>
    var role: LaTeXWords.Role
    var isFirst: Bool
  }

  mutating func add(_ line: [LaTeXToken]) {
    let line = Self.withoutIdleSpaces(line)
    parser = LaTeXParser(line, names)
    parser.end = line.count
    role = .statement
    var start = 0
    var place = 0
    var isFirst = true
    while place < line.count {
      if let separator = separator(place, from: start) {
        close(start..<place, isFirst: isFirst)
        if place > start { isFirst = false }
        take(separator)
        place = separator.upperBound
        start = place
      } else {
        place = parser.next(after: place, in: 0..<line.count)
      }
    }
    close(start..<line.count, isFirst: isFirst)
    if !waiting.isEmpty { attachWaiting() }
  }

  /// Wide spaces inside brackets and beside operators separate nothing.
  private static func withoutIdleSpaces(_ line: [LaTeXToken]) -> [LaTeXToken] {
    guard line.contains(where: { $0.kind == .space }) else { return line }
    var result: [LaTeXToken] = []
    var depth = 0
    for (place, token) in line.enumerated() {
      switch token.kind {
      case .groupOpen, .begin, .open: depth += 1
      case .groupClose, .end, .close: depth = max(0, depth - 1)
      case .space:
        let next = place + 1 < line.count ? line[place + 1].kind : .finish
        if depth > 0 || next == .space || joins(result.last?.kind ?? .plus) || joins(next)
          || next == .close
        {
          continue
        }
      default: break
      }
      result.append(token)
    }
    return result
  }

  /// Whether an operator or relation connects what stands on both sides of it.
  private static func joins(_ kind: LaTeXToken.Kind) -> Bool {
    switch kind {
    case .relation, .plus, .minus, .times, .over, .bigOperator: true
    default: false
    }
  }

  /// The tokens that end a segment at a place.
  private func separator(_ place: Int, from start: Int) -> Range<Int>? {
    let token = parser.tokens[place]
    let next = place + 1
    switch token.kind {
    case .comma, .semicolon, .period, .forAll: return place..<next
    case .space: return place..<next
    case .word:
      if parser.isNameWord(place), isName(place, from: start) { return nil }
      return place..<next
    case .open:
      guard let partner = parser.partner(place), partner < parser.tokens.count else { return nil }
      return isRemark(place + 1..<partner, from: start) ? place..<partner + 1 : nil
    default: return nil
    }
  }

  private func isOperator(before place: Int) -> Bool {
    guard place > 0 else { return true }
    switch parser.tokens[place - 1].kind {
    case .relation, .plus, .minus, .times, .over, .bigOperator: return true
    default: return false
    }
  }

  /// Whether words are a name: something of mathematics stands beside them.
  private func isName(_ place: Int, from start: Int) -> Bool {
    let token = parser.tokens[place]
    guard isIdentifier(token.text) else { return false }
    if token.code == LaTeXWord.name.rawValue { return LaTeXWords.role(of: token.text) == .remark }
    guard LaTeXWords.role(of: token.text) == .remark else { return false }
    switch parser.token(place + 1) {
    case .relation, .plus, .minus, .times, .over, .lowered, .raised, .open, .prime:
      return true
    default:
      return place > start && isOperator(before: place)
        && parser.tokens[place - 1].kind != .relation
    }
  }

  private func isIdentifier(_ text: String) -> Bool {
    text.utf8.allSatisfy { LaTeXLexer.isLetter($0) || LaTeXLexer.isDigit($0) }
  }

  /// `(\text{chain rule})`, `(1)` and `(i = j)` behind a formula.
  private func isRemark(_ inner: Range<Int>, from start: Int) -> Bool {
    guard inner.lowerBound > 1 else {
      return inner.contains { isProse($0) }
    }
    if inner.contains(where: { isProse($0) }) { return true }
    let end = inner.upperBound + 1
    guard
      end == parser.tokens.count || parser.tokens[end].kind == .space
        || parser.tokens[end].kind == .period || parser.tokens[end].kind == .comma,
      parser.holdsRelation(inner), parser.token(inner.lowerBound - 2) != .one,
      !isOperator(before: inner.lowerBound - 1)
    else { return false }
    let before = start < inner.lowerBound - 1 ? parser.token(inner.lowerBound - 2) : .space
    if before == .letter || before == .number || before == .function { return false }
    return areIndices(inner)
  }

  private func isProse(_ place: Int) -> Bool {
    let token = parser.tokens[place]
    guard token.kind == .word else { return false }
    return !isIdentifier(token.text) || LaTeXWords.role(of: token.text) != .remark
      || token.code == LaTeXWord.remark.rawValue
      || (parser.token(place + 1) == .word || parser.token(place - 1) == .word)
  }

  // MARK: Separators

  /// Notes what a separator says of what follows it.
  private mutating func take(_ separator: Range<Int>) {
    let token = parser.tokens[separator.lowerBound]
    switch token.kind {
    case .word: takeWords(token)
    case .open: takeBracketedRemark(separator)
    case .forAll: role = .condition
    case .period: role = .statement
    default: break
    }
  }

  private mutating func takeWords(_ token: LaTeXToken) {
    waiting.append(RelationChain.Remark(token.text, token.range))
    let next = LaTeXWords.role(of: token.text)
    if next != .remark { role = next }
  }

  private mutating func takeBracketedRemark(_ range: Range<Int>) {
    let inner = range.lowerBound + 1..<range.upperBound - 1
    var text = ""
    for place in inner where parser.tokens[place].kind == .word {
      if !text.isEmpty { text += " " }
      text += parser.tokens[place].text
    }
    if text.isEmpty {
      addCondition(inner)
      return
    }
    waiting.append(RelationChain.Remark(text, parser.range(range)))
    guard let last = inner.last(where: { parser.tokens[$0].kind == .word }) else { return }
    let rest = last + 1..<inner.upperBound
    let role = LaTeXWords.role(of: text)
    if role == .condition || role == .reason, !rest.isEmpty { addCondition(rest) }
  }

  private mutating func addCondition(_ range: Range<Int>) {
    guard !chains.isEmpty else { return }
    parser.flags = []
    parser.end = parser.tokens.count
    let result: Syntax
    do throws(Diagnostic) {
      result = try parser.condition(range)
    } catch {
      reset()
      waiting.append(remark(range))
      return
    }
    chains[chains.count - 1].conditions.append(result)
  }

  /// After something unreadable the parser stands anywhere.
  private mutating func reset() {
    parser.restart()
  }

  // MARK: Segments

  private mutating func close(_ range: Range<Int>, isFirst: Bool) {
    let range = trimmed(range)
    guard !range.isEmpty else { return }
    let relations = relations(range)
    let startsWithRelation = relations.first == range.lowerBound
    if role == .condition || role == .reason, !startsWithRelation {
      if isInSentence(range) || isRange(range) {
        waiting.append(remark(range))
        return
      }
      if !relations.isEmpty, !chains.isEmpty, !isFirst || role == .reason || role == .condition {
        addCondition(range)
      } else if let last = chains.indices.last {
        chains[last].remarks.append(remark(range))
      }
      return
    }
    if startsWithRelation, !chains.isEmpty {
      extend(range, relations)
      return
    }
    if relations.isEmpty, !isFirst, isTail(range) { return }
    if !relations.isEmpty, !isFirst, areIndices(range), !chains.isEmpty {
      if isRange(range) { waiting.append(remark(range)) } else { addCondition(range) }
      return
    }
    var chain = RelationChain(members: [], links: [], range: parser.range(range))
    fill(&chain, range, relations, startsWithRelation: startsWithRelation)
    Self.nameIdentity(&chain)
    chain.remarks = waiting
    waiting = []
    chains.append(chain)
  }

  /// `I \in \mathbb R^{K \times K}` says which identity matrix I is.
  private static func nameIdentity(_ chain: inout RelationChain) {
    for place in chain.links.indices where chain.links[place].relation == .belongs {
      guard case .expression(let syntax) = chain.members[place].content,
        case .name("I") = syntax.kind, case .space(let sizes) = chain.members[place + 1].content,
        sizes.count == 2
      else { continue }
      let name = NameSyntax("eye", syntax.range)
      let call = CallSyntax(function: name, primes: 0, arguments: [sizes[0]])
      chain.members[place].content = .expression(Syntax(.call(call), syntax.range))
    }
  }

  /// Mathematics inside a sentence, which says nothing by itself.
  private func isInSentence(_ range: Range<Int>) -> Bool {
    guard parser.token(range.upperBound) == .word else { return false }
    return LaTeXWords.role(of: parser.tokens[range.upperBound].text) == .remark
  }

  /// `i = 1` before `, \ldots, N`.
  private func isRange(_ range: Range<Int>) -> Bool {
    let end = range.upperBound
    guard parser.token(end) == .comma else {
      return range.contains { parser.tokens[$0].kind == .dots }
    }
    return parser.token(end + 1) == .dots || parser.token(end + 1) == .number
  }

  /// The letters and numbers of some tokens as a remark.
  private func remark(_ range: Range<Int>) -> RelationChain.Remark {
    var text = ""
    for place in range where !parser.tokens[place].text.isEmpty {
      if !text.isEmpty { text += " " }
      text += parser.tokens[place].text
    }
    return RelationChain.Remark(text, parser.range(range))
  }

  private func trimmed(_ range: Range<Int>) -> Range<Int> {
    var range = range
    while let first = range.first, parser.tokens[first].kind == .space {
      range = first + 1..<range.upperBound
    }
    while let last = range.last, parser.tokens[last].kind == .space {
      range = range.lowerBound..<last
    }
    return range
  }

  /// The relations of a segment that stand in no bracket.
  private func relations(_ range: Range<Int>) -> [Int] {
    parser.places(of: { $0 == .relation }, in: range)
  }

  /// `\ldots, N` and equation numbers.
  private func isTail(_ range: Range<Int>) -> Bool {
    let tokens = parser.tokens
    if range.count == 1 {
      switch tokens[range.lowerBound].kind {
      case .dots, .number: return true
      case .letter:
        return names.kind(tokens[range.lowerBound].text) == .dimension
          || names.isIndexLetter(tokens[range.lowerBound].text)
          || tokens[range.lowerBound].text.utf8.first.map { $0 < 0x5B } ?? false
      default: return false
      }
    }
    return range.count == 3 && tokens[range.lowerBound].kind == .open
      && tokens[range.lowerBound + 1].kind == .number
  }

  /// Whether a relation is between indices only, so that it is a condition.
  private func areIndices(_ range: Range<Int>) -> Bool {
    var hasLetter = false
    for place in range {
      switch parser.tokens[place].kind {
      case .letter:
        guard names.isIndexLetter(parser.tokens[place].text) else { return false }
        hasLetter = true
      case .relation, .number, .dots, .plus, .minus: break
      default: return false
      }
    }
    return hasLetter
  }

  // MARK: Members

  private mutating func extend(_ range: Range<Int>, _ relations: [Int]) {
    let last = chains.count - 1
    var chain = chains[last]
    if case .empty? = chain.members.last?.content, chain.members.count > 1 {
      chain.members.removeLast()
      chain.links.removeLast()
    }
    var part = RelationChain(members: [], links: [], range: chain.range)
    fill(&part, range, relations, startsWithRelation: true)
    chain.members += part.members.dropFirst()
    chain.links += part.links
    chain.range = chain.range.union(parser.range(range))
    Self.nameIdentity(&chain)
    chain.remarks += waiting
    waiting = []
    chains[last] = chain
  }

  private mutating func fill(
    _ chain: inout RelationChain, _ range: Range<Int>, _ relations: [Int],
    startsWithRelation: Bool
  ) {
    var start = range.lowerBound
    var previous: RelationChain.Relation?
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
      chain.members.append(self.member(member, after: previous))
      if relation < range.upperBound {
        let token = parser.tokens[relation]
        let kind = RelationChain.Relation(code: token.code)
        chain.links.append(RelationChain.Link(kind, token.range))
        previous = kind
        start = relation + 1
      }
    }
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
    if relation == .belongs || (role == .size && isProduct), let space = space(range) {
      return RelationChain.Member(.space(space), place)
    }
    return readings(range, place)
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
      if case .unreadable = member.content { reset() }
      return member
    }
    for (flag, reason) in Self.reasons where met.contains(flag) {
      reset()
      parser.flags = flag
      do throws(Diagnostic) {
        let syntax = try parser.expression(range)
        if syntax.dump != literal {
          member.kind.append(RelationChain.KindReading(syntax, reason))
        }
      } catch {}
    }
    reset()
    return member
  }

  private static let reasons: [(LaTeXParser.Looseness, RelationChain.KindReading.Reason)] = [
    (.reachOfSum, .reachOfSum), (.reachOfFunction, .reachOfFunction),
    (.missingDifferential, .missingDifferential), (.missingBracket, .missingBracket),
    (.application, .application), (.raised, .superscript), (.product, .product),
  ]

  // MARK: Spaces

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
        reset()
        return nil
      }
      start = cross + 1
    }
    return sizes
  }

  private mutating func attachWaiting() {
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
