/// What the words of a sentence have said so far about the formula to come.
struct Sentence {
  typealias Role = Submission.Formula.Role

  /// Whether the author's own work is being read, in which an imperative is no task.
  var isAnswer = false

  private var isGoal = false
  /// Whether what the sentence says is said to be wrong.
  private var isDenied = false
  /// Whether something was asked for since it was last looked up.
  private var hasQuestion = false
  private var pending: RoleWords.Row?
  private var pendingWords = 0
  private var pendingIsCapitalised = false
  /// Whether no formula followed the word with a role yet.
  private var pendingIsFresh = false
  /// Words since the last formula, connectives apart.
  private var words = 0
  private var hasConnective = false
  private var hasComma = false
  /// Whether a semicolon stood since the last formula.
  private var isNewClause = false
  private var lastRole: Role?
  private var lastWasDisplay = false
  private var isAtStart = true
  private(set) var discourse = Discourse()
  private var supposition = Supposition()
  /// How far what the last word with a role introduces reaches.
  private(set) var reach = Submission.Reach.sentence

  /// Whether the word with a role leads to a main clause behind a comma.
  private var isParticiple = false

  /// Whether "where", "let" and their kin are in force.
  private var isDefining: Bool { pending?.role == .definition && pending?.reach == .sentence }

  private static let participles: Set<String> = [
    "assuming", "supposing", "supposant", "suponiendo", "supponendo", "supondo",
  ]

  /// A clause reaches over so many words that no table knows.
  private static let longestClause = 8

  /// Whether words stand there that no formula has taken up yet.
  var isOpen: Bool { words > 0 || pendingIsFresh || hasConnective }

  /// Whether a formula stood in the sentence.
  var hasFormula: Bool { lastRole != nil }

  mutating func end() {
    let (isAnswer, hasQuestion, discourse) = (isAnswer, hasQuestion, discourse)
    self = Sentence()
    self.isAnswer = isAnswer
    self.hasQuestion = hasQuestion
    self.discourse = discourse
  }

  /// A heading, a paragraph or an item of a list begins.
  mutating func beginHeading() { discourse.heading() }

  mutating func beginParagraph(isItem: Bool, isSeparated: Bool) {
    discourse.paragraph(isItem: isItem, isSeparated: isSeparated)
  }

  /// A line of plain text with a formula ends, or a display with a full stop.
  mutating func stop() { discourse.stop() }

  /// Ends the clause that says what is supposed.
  mutating func supposed() -> Submission.Fact? {
    guard let clause = supposition.close() else { return nil }
    var fact = Submission.Fact(.supposed, clause.range)
    fact.spot = discourse.spot
    fact.reach = clause.reach
    return fact
  }

  /// Whether words of an open clause say what is supposed.
  var isSupposing: Bool { supposition.isOpen }

  /// Whether the sentence speaks of a reason, as in "since it is one-hot".
  var givesReason: Bool { pending?.role == .assumption }

  /// Whether something was asked for since the last call.
  mutating func takeQuestion() -> Bool {
    defer { hasQuestion = false }
    return hasQuestion
  }

  // MARK: Words

  /// Reads the words of a piece of prose; returns the facts they state.
  mutating func read(_ prose: [ProseWord]) -> [Submission.Fact] {
    var facts: [Submission.Fact] = []
    var index = 0
    while index < prose.count {
      let word = prose[index]
      switch word.kind {
      case .stop:
        if endsSentence(prose, index) {
          if let fact = supposed() { facts.append(fact) }
          end()
          discourse.stop()
        }
        index += 1
      case .comma, .semicolon:
        if let fact = supposed() {
          facts.append(fact)
          pending = nil
        }
        if isParticiple, !pendingIsFresh { pending = nil }
        hasComma = true
        if word.kind == .semicolon {
          isNewClause = true
          isDenied = false
        }
        if pending?.reach != .sentence { pending = nil }
        index += 1
      case .closing:
        if let fact = supposed() { facts.append(fact) }
        pending = nil
        index += 1
      case .colon:
        if let fact = supposed() { facts.append(fact) }
        if pending?.reach == .adjacent, pending?.role != .condition { pending = nil }
        index += 1
      case .word:
        if lastWasDisplay, word.isCapitalised, words == 0, !hasConnective {
          if let fact = supposed() { facts.append(fact) }
          end()
          discourse.stop()
        }
        let clause = supposition
        discourse.word(word)
        if !isDefining, index == 0 || !prose[index - 1].text.utf8.allSatisfy(Bytes.isDigit) {
          // "1 if j is the class" defines in words.
          supposition.open(prose, index)
        }
        supposition.word(word)
        let entry = RoleWords.entries[word.text]
        if let entry, let (kind, count) = fact(prose, index, longest: entry.fact) {
          let range = word.range.union(prose[index + count - 1].range)
          var fact = Submission.Fact(kind, range)
          fact.spot = discourse.spot
          facts.append(fact)
        }
        let count = read(prose, at: index, entry ?? RoleWords.Entry())
        if pendingIsFresh, pending?.role == .statement, pendingWords == 0 {
          // "Then", "we get": what is supposed has been said.
          supposition = clause
          if let fact = supposed() { facts.append(fact) }
        }
        for other in prose[index..<index + count].dropFirst() { supposition.word(other) }
        index += count
      }
    }
    return facts
  }

  private func endsSentence(_ prose: [ProseWord], _ index: Int) -> Bool {
    guard index > 0, prose[index - 1].range.upper == prose[index].range.lower else {
      return true
    }
    let word = prose[index - 1].text
    if RoleWords.abbreviations.contains(word) { return false }
    // "1. Compute", "T4. Prove".
    return !(index == 1 && word.utf8.count <= 2 && isAtStart)
  }

  /// Takes in the phrase at a place; returns how many words it has.
  private mutating func read(
    _ prose: [ProseWord], at index: Int, _ entry: RoleWords.Entry
  ) -> Int {
    let word = prose[index]
    if isDenied, RoleWords.contrasts.contains(word.text) {
      isDenied = false
      if pending?.role == .denied { pending = nil }
    }
    let longest = min(entry.role, prose.count - index)
    for count in stride(from: longest, to: 0, by: -1) {
      guard let phrase = Self.phrase(prose, index, count), let row = RoleWords.rows[phrase] else {
        continue
      }
      if row.role == .denied, row.reach == .adjacent, pending?.role == .condition { continue }
      if row.atStart, !isAtStart, !(row.role == .assumption && hasComma && words == 0) { continue }
      if row.role == .goal, isAnswer, !row.isReference { continue }
      take(row, word)
      if pendingIsFresh, pendingWords == 0 {
        reach =
          Supposition.reach(of: phrase)
          ?? (row.role == .definition && row.reach == .sentence ? .part : .sentence)
      }
      isAtStart = false
      return count
    }
    if entry.isConnective {
      hasConnective = true
    } else if pending != nil, entry.isFiller {
      // The word before goes on.
    } else {
      words += 1
      pendingWords += 1
      switch pending?.reach {
      case .adjacent: if !word.text.utf8.allSatisfy(Bytes.isDigit) { pending = nil }
      case .clause where pendingWords > Self.longestClause: pending = nil
      default: break
      }
    }
    if !entry.isOpener, !word.text.utf8.allSatisfy(Bytes.isDigit) {
      isAtStart = false
    }
    return 1
  }

  private mutating func take(_ row: RoleWords.Row, _ word: ProseWord) {
    if row.role == .goal {
      isGoal = true
      hasQuestion = true
      return
    }
    // "If" keeps its force over "we have".
    if row.role == .statement, let pending, pending.reach == .clause, pendingWords < 2 {
      return
    }
    if row.role == .denied, row.reach == .sentence { isDenied = true }
    pending = row
    pendingIsFresh = true
    pendingWords = 0
    pendingIsCapitalised = word.isCapitalised
    isParticiple = Self.participles.contains(word.text)
    if row.role == .statement { words += 1 }
  }

  static func phrase(_ prose: [ProseWord], _ index: Int, _ count: Int) -> String? {
    var phrase = ""
    for word in prose[index..<index + count] {
      guard word.kind == .word, word.text.utf8.count < 40 else { return nil }
      if !phrase.isEmpty { phrase += " " }
      phrase += word.text
    }
    return phrase
  }

  // MARK: Facts

  private func fact(
    _ prose: [ProseWord], _ index: Int, longest: Int
  ) -> (Submission.Fact.Kind, Int)? {
    for count in stride(from: min(longest, prose.count - index), to: 0, by: -1) {
      guard let phrase = Self.phrase(prose, index, count), let kind = FactWords.table[phrase] else {
        continue
      }
      // "1 if y is class j, and 0 otherwise" is a definition in words.
      if kind == .otherwise, !isAtStart, !hasFormula { return nil }
      if isGoal, kind == .otherwise || kind == .allCases || kind == .withdrawn { return nil }
      if kind == .otherwise, index > 0, Self.pronouns.contains(prose[index - 1].text) { return nil }
      return (kind, count)
    }
    return nil
  }

  private static let pronouns: Set<String> = [
    "something", "anything", "nothing", "everything", "someone", "what", "or",
  ]

  // MARK: Formulas

  /// What the words so far make of a formula, and whether it limits the formula before it.
  ///
  /// - Parameter hasRelation: whether the formula says something by itself.
  mutating func formula(
    isDisplay: Bool, hasRelation: Bool, isAnnounced: Bool, upTo end: Int
  ) -> (role: Role, isAfterthought: Bool) {
    discourse.formula(isDisplay: isDisplay, isAnnounced: isAnnounced)
    supposition.formula(upTo: end)
    var role = Role.statement
    var isAfterthought = false
    if isGoal {
      role = .goal
    } else if let pending {
      role = pending.role
      isAfterthought =
        (role == .condition || role == .assumption)
        && (lastRole == .statement || lastRole == .definition) && words == 0
        && !hasConnective && !isNewClause && !pendingIsCapitalised
    } else if words == 0, let lastRole, inherits(lastRole, hasRelation) {
      role = lastRole
    }
    if isDenied, role == .statement { role = .denied }
    if pending?.role != .definition || pending?.reach != .sentence { pending = nil }
    pendingIsFresh = false
    words = 0
    pendingWords = 0
    hasConnective = false
    hasComma = false
    isNewClause = false
    isAtStart = false
    lastRole = role
    lastWasDisplay = isDisplay
    return (role, isAfterthought)
  }

  private func inherits(_ role: Role, _ hasRelation: Bool) -> Bool {
    switch role {
    case .condition, .assumption, .denied: hasConnective && hasRelation
    case .definition, .goal: hasConnective || hasComma
    case .statement: true
    }
  }
}
