/// Makes chains of relations out of the lines of a formula.
struct LaTeXChains {
  let names: LaTeXNames
  var chains: [RelationChain] = []
  var repairs: [Repair] = []
  /// Remarks of a line whose chain has not begun.
  var waiting: [RelationChain.Remark] = []
  /// Conditions before a statement.
  var leading: [Syntax] = []
  /// What bars behind the members of a chain set: `|_{x=1}`.
  var evaluations: [Syntax] = []
  /// Whether `i = 1` of a range such as `i = 1, …, N` was read.
  private var isAfterRange = false
  /// Whether words just read may join what stands around them, as in "b times c".
  private var isAfterStrangeWords = false
  var parser: LaTeXParser
  var role = LaTeXWords.Role.statement
  /// The chains of the last line that rows below may go on from, by columns.
  private var openChains: [Int] = []
  private var firstOfLine = 0
  private var column = 0
  private var isContinued = 0

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

  mutating func add(_ line: [LaTeXToken], leadingCells: Int? = nil) {
    let first = chains.count
    isContinued = 0
    column = leadingCells ?? 0 > 2 ? 1 : 0
    firstOfLine = first
    defer { settleLine(from: first, isAligned: leadingCells != nil) }
    let line = Self.withoutIdleSpaces(line)
    parser = LaTeXParser(line, names)
    parser.end = line.count
    role = .statement
    isAfterRange = false
    isAfterStrangeWords = false
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
    attachConditions()
    if !waiting.isEmpty { attachWaiting() }
  }

  /// Puts what a line says beside before what it is said for, and notes which chains may go on.
  private mutating func settleLine(from first: Int, isAligned: Bool) {
    guard chains.count > first else { return }
    let created = Array(chains[first...])
    let isDefinition = created.map { $0.isSaidBeside }
    let main = zip(created, isDefinition).filter { !$0.1 }.map { $0.0 }
    let beside = zip(created, isDefinition).filter { $0.1 }.map { $0.0 }
    if main.isEmpty {
      if isContinued == 0 {
        openChains = isAligned ? Array(first..<chains.count) : [chains.count - 1]
      }
      return
    }
    chains.replaceSubrange(first..., with: beside + main)
    let start = first + beside.count
    openChains = isAligned ? Array(start..<chains.count) : [chains.count - 1]
  }

  /// The chain that a part of a line which begins with a relation goes on from.
  mutating func continuedChain() -> Int {
    defer { isContinued += 1 }
    if chains.count > firstOfLine { return chains.count - 1 }
    let place = min(column + isContinued, openChains.count - 1)
    return place >= 0 && openChains[place] < chains.count ? openChains[place] : chains.count - 1
  }

  /// Takes a name under a brace, if it is a new one, as the name of what the brace spans.
  mutating func define(_ label: [LaTeXToken], as content: [LaTeXToken]) {
    let whole = label + content
    parser = LaTeXParser(whole, names)
    parser.end = label.count
    guard parser.skipName(0) == label.count else { return }
    parser.restart()
    do throws(Diagnostic) {
      let name = try parser.expression(0..<label.count)
      guard case .name(let text) = name.kind, !names.isKnown(text),
        BuiltInNames.function(named: text) == nil
      else { return }
      let value = try parser.expression(label.count..<whole.count)
      var chain = RelationChain(
        members: [
          RelationChain.Member(.expression(name), name.range),
          RelationChain.Member(.expression(value), value.range),
        ],
        links: [RelationChain.Link(.defines, name.range)], range: value.range.union(name.range))
      chain.isAside = true
      chains.append(chain)
    } catch {}
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
        if token.code == LaTeXToken.column { break }
        let isJoined =
          next == .bigOperator ? !holdsRelation(line[(place + 1)...]) : joins(next)
        if depth > 0 || next == .space || joins(result.last?.kind ?? .plus) || isJoined
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

  /// Whether a relation stands before the next wide space, so that a formula begins anew.
  private static func holdsRelation(_ tokens: ArraySlice<LaTeXToken>) -> Bool {
    var depth = 0
    for token in tokens {
      switch token.kind {
      case .groupOpen, .begin, .open: depth += 1
      case .groupClose, .end, .close: depth -= 1
      case .space where depth == 0: return false
      case .relation where depth == 0: return true
      default: break
      }
      if depth < 0 { return false }
    }
    return false
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
    case .comma, .semicolon, .period, .forAll, .colon: return place..<next
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

  func isOperator(before place: Int) -> Bool {
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

  func isIdentifier(_ text: String) -> Bool {
    text.utf8.allSatisfy { LaTeXLexer.isLetter($0) || LaTeXLexer.isDigit($0) }
  }

  /// `(\text{chain rule})`, `(1)` and `(i = j)` behind a formula.
  private func isRemark(_ inner: Range<Int>, from start: Int) -> Bool {
    guard inner.lowerBound > 1 else {
      return inner.contains { isProse($0) }
    }
    if inner.contains(where: { isProse($0) || isMembership($0) }) { return true }
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

  private func isMembership(_ place: Int) -> Bool {
    parser.tokens[place].kind == .relation
      && parser.tokens[place].code == RelationChain.Relation.belongs.code
      && parser.tokens.last?.kind == .close
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
    isAfterStrangeWords = false
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
    isAfterStrangeWords = next == .remark && token.text.utf8.first != 0x28
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
    guard !chains.isEmpty, let condition = condition(range) else { return }
    chains[chains.count - 1].conditions.append(condition)
  }

  /// A condition, or a remark if it is none.
  mutating func condition(_ range: Range<Int>) -> Syntax? {
    parser.restart()
    do throws(Diagnostic) {
      return try parser.condition(range)
    } catch {
      parser.restart()
      waiting.append(remark(range))
      return nil
    }
  }

  /// Conditions that no statement followed hold for what stood before, or stand alone.
  private mutating func attachConditions() {
    defer { leading = [] }
    guard !leading.isEmpty else { return }
    if chains.isEmpty {
      attachWaiting()
      if chains.isEmpty {
        let range = leading[0].range
        chains.append(
          RelationChain(
            members: [RelationChain.Member(.empty, range)], links: [], range: range))
      }
    }
    chains[chains.count - 1].conditions += leading
  }

  // MARK: Segments

  private mutating func close(_ range: Range<Int>, isFirst: Bool) {
    let range = trimmed(range)
    guard !range.isEmpty else { return }
    let relations = relations(range)
    let startsWithRelation = relations.first == range.lowerBound
    if role == .condition, !isFirst, isDefinition(range, relations) { role = .statement }
    if role == .condition || role == .reason, !startsWithRelation {
      if isInSentence(range) || isRange(range) {
        waiting.append(remark(range))
        return
      }
      if !relations.isEmpty, isFirst {
        // What stands before a statement holds for it.
        if let condition = condition(range) { leading.append(condition) }
        role = .statement
      } else if !relations.isEmpty, !chains.isEmpty {
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
    if relations.isEmpty, !isFirst, isTail(range) {
      waiting.append(remark(range))
      return
    }
    if relations.isEmpty, !isFirst, isAfterStrangeWords, let last = chains.indices.last,
      waiting.contains(where: { $0.range == parser.tokens[range.lowerBound - 1].range })
    {
      spoil(last, range)
      return
    }
    if !relations.isEmpty, !isFirst, areIndices(range), !chains.isEmpty {
      if isRange(range) { waiting.append(remark(range)) } else { addCondition(range) }
      return
    }
    var chain = RelationChain(members: [], links: [], range: parser.range(range))
    fill(&chain, range, relations, startsWithRelation: startsWithRelation)
    turnUpdate(&chain, range, relations)
    chain.turnArrows()
    if chain.links.isEmpty, isTorn(range), case .unreadable? = chain.members.first?.content {
      // Torn apart, it still says something.
      let end = SourceRange(chain.range.upper, chain.range.upper)
      chain.links.append(RelationChain.Link(.equal, end))
      chain.members.append(RelationChain.Member(.empty, end))
    }
    let definitions = Self.turnDefinitions(&chain, parser.tokens, relations)
    Self.nameIdentity(&chain)
    chain.remarks = waiting
    chain.conditions = leading + evaluations
    evaluations = []
    waiting = []
    leading = []
    chains.append(chain)
    chains += definitions
  }

  /// Whether "with e = p - t" says what a letter stands for, and sets no value.
  private func isDefinition(_ range: Range<Int>, _ relations: [Int]) -> Bool {
    guard relations.count == 1, let relation = relations.first,
      relation == range.lowerBound + 1, parser.tokens[range.lowerBound].kind == .letter,
      parser.tokens[relation].code == RelationChain.Relation.equal.code,
      waiting.last.map({ LaTeXWords.accompanies($0.text) }) == true
    else { return false }
    return parser.tokens[(relation + 1)..<range.upperBound].count { $0.kind == .letter } > 1
  }

  /// Whether a relation stands inside a group that is no script, where none belongs.
  private func isTorn(_ range: Range<Int>) -> Bool {
    var place = range.lowerBound
    while place < range.upperBound {
      switch parser.tokens[place].kind {
      case .relation: return true
      case .lowered, .raised:
        place = parser.next(after: min(place + 1, range.upperBound - 1), in: range)
      default: place += 1
      }
    }
    return false
  }

  /// `A = B =: C` says A = B and defines C as B.
  static func turnDefinitions(
    _ chain: inout RelationChain, _ tokens: [LaTeXToken], _ relations: [Int]
  ) -> [RelationChain] {
    var definitions: [RelationChain] = []
    for relation in relations where tokens[relation].text == LaTeXToken.definesRight {
      guard let place = chain.links.lastIndex(where: { $0.range == tokens[relation].range })
      else { continue }
      let left = chain.members[place]
      let right = chain.members.remove(at: place + 1)
      let link = chain.links.remove(at: place)
      definitions.append(
        RelationChain(
          members: [right, left], links: [link], range: left.range.union(right.range)))
    }
    return definitions
  }

  /// `I \in \mathbb R^{K \times K}` says which identity matrix I is.
  static func nameIdentity(_ chain: inout RelationChain) {
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
  private mutating func isRange(_ range: Range<Int>) -> Bool {
    isAfterRange = isAfterRange || startsRange(range)
    return startsRange(range)
  }

  private func startsRange(_ range: Range<Int>) -> Bool {
    let end = range.upperBound
    guard parser.token(end) == .comma else {
      return range.contains { parser.tokens[$0].kind == .dots }
    }
    return parser.token(end + 1) == .dots || parser.token(end + 1) == .number
  }

  /// The letters and numbers of some tokens as a remark.
  func remark(_ range: Range<Int>) -> RelationChain.Remark {
    var text = ""
    for place in range {
      let part = parser.tokens[place].kind == .dots ? "…" : parser.tokens[place].text
      if !text.isEmpty, !part.isEmpty { text += " " }
      text += part
    }
    return RelationChain.Remark(text, parser.range(range))
  }

  /// Words between two expressions may mean anything, so the member they stand in is not read.
  private mutating func spoil(_ chain: Int, _ range: Range<Int>) {
    let place = chains[chain].members.count - 1
    let whole = chains[chain].members[place].range.union(parser.range(range))
    chains[chain].members[place] = RelationChain.Member(
      .unreadable(
        Diagnostic("unreadable", "the words between these expressions are not read", at: whole)),
      whole)
    chains[chain].range = chains[chain].range.union(whole)
  }

  func trimmed(_ range: Range<Int>) -> Range<Int> {
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
  func relations(_ range: Range<Int>) -> [Int] {
    parser.places(of: { $0 == .relation }, in: range)
  }

  /// `\ldots, N` and equation numbers.
  private func isTail(_ range: Range<Int>) -> Bool {
    let tokens = parser.tokens
    if range.count == 1 {
      switch tokens[range.lowerBound].kind {
      case .dots: return true
      case .number: return isAfterRange
      case .letter:
        return isAfterRange
          && (names.isIndexLetter(tokens[range.lowerBound].text)
            || names.kind(tokens[range.lowerBound].text) == .dimension
            || tokens[range.lowerBound].text.utf8.first.map { $0 < 0x5B } ?? false)
      default: return false
      }
    }
    return range.count == 3 && tokens[range.lowerBound].kind == .open
      && tokens[range.lowerBound + 1].kind == .number
  }

  /// Whether a relation is between indices only, so that it is a condition.
  func areIndices(_ range: Range<Int>) -> Bool {
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
}
