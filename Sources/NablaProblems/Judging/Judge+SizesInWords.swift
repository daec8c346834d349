import NablaExpressions
import NablaNotation
import NablaNumbers
import NablaRendering

extension Judge {
  /// Takes note of the words that lead to the next formula; numbers of parameters that stand among
  /// them are judged.
  mutating func hear(_ text: TracedText, in pool: inout ExpressionPool) {
    leading = LeadingWords(text.text)
    if leading.namesMoment { sampleAtHand = nil }
    guard section.parameterCount != nil else { return }
    let whole = leading
    for (words, digits, range) in text.statedCounts {
      leading = words
      line = nil
      judgeCount(Syntax(.number(digits), range), in: &pool)
    }
    leading = whole
  }

  /// Judges an expression that stands alone behind words which say what it is: the size of a
  /// quantity, or how many parameters there are; false if they do not.
  mutating func judgeInWords(
    _ chain: RelationChain, in pool: inout ExpressionPool
  ) -> Bool {
    guard let member = chain.members.last, case .expression(let syntax) = member.content
    else { return false }
    switch chain.members.count {
    case 1: break
    case 2: guard case .words = chain.members[0].content else { return false }
    default: return false
    }
    if case .number = syntax.kind, leading.announceTotal, section.parameterCount != nil {
      judgeCount(syntax, in: &pool)
      return true
    }
    guard let sizes = syntax.statedSizes else { return false }
    if let name = leading.subject({ quantity(named: $0, in: pool) != nil }),
      let symbol = quantity(named: name, in: pool)
    {
      lastSized = section.sized.firstIndex(of: symbol).map { (name, $0) }
      judgeSize(of: symbol, sizes, syntax.range, in: &pool)
      return true
    }
    if let name = leading.subject({ $0.utf8.count <= 3 && !LeadingWords.isLinking($0) }),
      let last = lastSized, name.follows(last.name), last.place + 1 < section.sized.count
    {
      // Authors who name their outputs A, B, C mean those of the problem in their order.
      lastSized = (name, last.place + 1)
      judgeSize(of: section.sized[last.place + 1], sizes, syntax.range, calling: name, in: &pool)
      return true
    }
    guard let symbol = parameterInWords(in: pool) else { return false }
    judgeSize(of: symbol, sizes, syntax.range, mayBeTurned: true, in: &pool)
    return true
  }

  /// The quantity that a word names.
  private func quantity(named word: String, in pool: borrowing ExpressionPool) -> SymbolID? {
    if section.sized.isEmpty, section.parameters.isEmpty { return nil }
    var spellings = [aliases[word] ?? word]
    if word.utf8.contains(0x5F) { spellings.append(word.filter { $0 != "_" }) }
    for spelling in spellings {
      guard let symbol = section.scope.names[spelling],
        [.array, .scalar].contains(pool.kind(of: symbol))
      else { continue }
      return symbol
    }
    return nil
  }

  /// The parameter that words describe: "the weights of layer 2".
  private func parameterInWords(in pool: borrowing ExpressionPool) -> SymbolID? {
    guard let isBias = leading.speaksOfBiases, let layer = leading.layer else { return nil }
    let weights = section.parameters.filter { pool.declaration(of: $0).ranges.count == 2 }
    let fitting = isBias ? section.parameters.filter { !weights.contains($0) } : weights
    let place = layer == 0 ? fitting.count - 1 : layer - 1
    return fitting.indices.contains(place) ? fitting[place] : nil
  }

  /// Judges that a quantity has these sizes; of weights either way round is usual.
  private mutating func judgeSize(
    of symbol: SymbolID, _ sizes: [Syntax], _ range: SourceRange, mayBeTurned: Bool = false,
    calling own: String? = nil, in pool: inout ExpressionPool
  ) {
    let name = pool.declaration(of: symbol).name
    let head = Syntax(.name(name), range)
    let open = OpenLine(
      head: head, last: head,
      lastMember: RelationChain.Member(.expression(head), range), conditions: [])
    line = nil
    let link = RelationChain.Link(.belongs, range)
    judgeShape(open, sizes, link, range, in: &pool)
    if let own, let left = claims.last?.left {
      claims[claims.count - 1].left = .name(Identifier(own))
      claims[claims.count - 1].because.insert(
        contentsOf: [
          .formula(.name(Identifier(own))), .text(" is "), .formula(left),
          .text(claims[claims.count - 1].because.isEmpty ? " in the problem" : " in the problem; "),
        ], at: 0)
    }
    guard mayBeTurned, let claim = claims.last, claim.verdict == .refuted else { return }
    claims.removeLast()
    judgeShape(open, sizes.reversed(), link, range, in: &pool)
    if claims.last?.verdict == .proved {
      claims[claims.count - 1].reading = .layout
      claims[claims.count - 1].right = claim.right
    } else {
      claims[claims.count - 1] = claim
    }
  }

  // MARK: Counts

  /// Judges a number as that of all parameters.
  private mutating func judgeCount(_ value: Syntax, in pool: inout ExpressionPool) {
    var claim = MarkedClaim(
      value.range, left: .text("number of parameters"), .equal,
      right: formula(value, nil, in: &pool),
      goesOn: false, verdict: .proved)
    settleCount(&claim, value, in: &pool)
    append(claim)
  }

  /// Holds the end of a calculation that is said to give the number of all parameters against that
  /// number.
  mutating func settleCount(
    _ claim: inout MarkedClaim, _ value: Syntax, in pool: inout ExpressionPool
  ) {
    guard let total = section.parameterCount, value.isClosed, claim.verdict == .proved else {
      return
    }
    let wanted = total.terminatingDecimal ?? ""
    let holds =
      if case .holds? = numeric(value, Syntax(.number(wanted), value.range), in: &pool) {
        true
      } else {
        false
      }
    if holds {
      claim.goal = section.countGoal
    } else if leading.announceTotal {
      claim.goal = section.countGoal
      if claims.contains(where: { $0.verdict == .refuted }) {
        carry(&claim)
      } else {
        claim.verdict = .refuted
        claim.mistake = .value
        claim.repair = .number(wanted)
        claim.because = [.text("there are "), .formula(.number(wanted)), .text(" parameters")]
        let weights = Syntax(
          .number((total - section.biasCount).terminatingDecimal ?? ""), value.range)
        if case .holds? = numeric(value, weights, in: &pool) {
          claim.mistake = .termLost
          claim.because = [.text("the biases are not counted")]
        }
      }
    }
  }
}

extension String {
  /// Whether a name comes right behind another: B behind A, h2 behind h1.
  fileprivate func follows(_ other: String) -> Bool {
    let (own, before) = (Array(utf8), Array(other.utf8))
    guard let last = own.last, let lastBefore = before.last, own.count == before.count else {
      return false
    }
    return own.dropLast().elementsEqual(before.dropLast()) && last == lastBefore &+ 1
  }
}

extension Syntax {
  /// `1024 × 32` as its two sizes.
  fileprivate var statedSizes: [Syntax]? {
    guard case .product(let factors) = kind, factors.count == 2 else { return nil }
    for factor in factors {
      guard factor.operation == .times || factor.operation == .elementwiseTimes,
        case .number(let digits) = factor.factor.kind, Int(digits) != nil
      else { return nil }
    }
    return factors.map { $0.factor }
  }
}

extension TracedText {
  /// The numbers of all parameters that sentences give, with where they stand in the source.
  var statedCounts: [(words: LeadingWords, digits: String, range: SourceRange)] {
    var found: [(words: LeadingWords, digits: String, range: SourceRange)] = []
    var lower = 0
    for place in 0...bytes.count {
      let isEnd =
        place == bytes.count || bytes[place] == 0x0A
        || [0x21, 0x2E, 0x3F].contains(bytes[place])
          && (place + 1 == bytes.count || [0x20, 0x0A].contains(bytes[place + 1]))
      guard isEnd else { continue }
      let sentence = part(SourceRange(lower, place))
      lower = place
      guard let (digits, range) = sentence.onlyNumber else { continue }
      let words = LeadingWords(sentence.text)
      if words.announceTotal {
        found.append((words: words, digits: digits, range: sentence.origin(of: range)))
      }
    }
    return found
  }

  /// The only number of at least three digits, where just one stands in a text.
  fileprivate var onlyNumber: (digits: String, range: SourceRange)? {
    var found: (String, SourceRange)?
    var start: Int?
    var digits: [UInt8] = []
    for place in 0...bytes.count {
      let byte = place < bytes.count ? bytes[place] : 0x20
      let isDigit = (0x30...0x39).contains(byte)
      if isDigit {
        if start == nil { start = place }
        digits.append(byte)
        continue
      }
      guard let first = start else { continue }
      let isSeparator =
        byte == 0x2C && place + 3 < bytes.count
        && bytes[(place + 1)...(place + 3)].allSatisfy { (0x30...0x39).contains($0) }
      if isSeparator { continue }
      if digits.count >= 3 {
        if found != nil { return nil }
        found = (String(decoding: digits, as: UTF8.self), SourceRange(first, place))
      }
      start = nil
      digits = []
    }
    return found
  }
}
