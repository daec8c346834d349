/// Reads a student's file into its headings, formulas and prose.
///
/// Any bytes are accepted; what is damaged is repaired and listed, what cannot be read at all is
/// told in the diagnostics.
///
/// - Complexity: O(*n*) in the length of the file.
package func readSubmission(
  _ source: SourceText, as format: SubmissionFormat
) -> Submission {
  var submission = Submission(source)
  var raw = TracedText(source, in: SourceRange(0, source.bytes.count))
  if format == .notebook {
    var notebook = NotebookReader(source)
    notebook.read()
    raw = notebook.text
    if let diagnostic = notebook.diagnostic { submission.diagnostics.append(diagnostic) }
  }
  var invalid: Int?
  let text = raw.cleaned(invalid: &invalid)
  if let invalid {
    submission.diagnostics.append(
      Diagnostic(
        "invalid-utf8", "the text is not UTF-8 at byte \(invalid)",
        at: SourceRange(invalid, invalid + 1)))
  }
  let page: Page =
    switch format {
    case .latex:
      Page(latex: text, macros: &submission.macros, diagnostics: &submission.diagnostics)
    case .markdown, .notebook: Page(markdown: text, isPlain: false)
    case .text: Page(markdown: text, isPlain: true)
    }
  var reader = SubmissionReader(page, submission, format: format)
  reader.read()
  return reader.finish()
}

struct SubmissionReader {
  private let page: Page
  private let bytes: [UInt8]
  private let format: SubmissionFormat
  private let repair: FormulaRepair
  private var submission: Submission
  private var sentence = Sentence()
  private var answers = AnswerParts()
  /// Whether no formula of an item of a list was read yet.
  private var isItemHead = false
  /// Whether what is read heads what stands below it: a heading.
  private var isHeading = false
  /// The items before which words ask for something.
  private var questions: [Int] = []
  private var strikes = StruckOut()

  init(_ page: Page, _ submission: Submission, format: SubmissionFormat) {
    self.page = page
    self.submission = submission
    self.format = format
    bytes = page.text.bytes
    repair = FormulaRepair(commands: DamagedCommands(bytes))
  }

  mutating func read() {
    var end = 0
    submission.usesDecimalCommas = DecimalCommas.areUsed(bytes)
    for block in page.blocks {
      switch block {
      case .heading(let level, let range, let kind):
        sentence.end()
        sentence.beginHeading()
        sentence.isAnswer = answers.heading(
          level, kind, Bytes.text(bytes, range), at: submission.items.count)
        submission.items.append(.heading(level: level, page.text.part(range)))
        if kind != .answer { headingContent(range) }
      case .display(let range):
        if !sentence.isOpen { sentence.end() }
        if !interrupted(range) { formula(page.text.part(range), isDisplay: true) }
      case .paragraph(let range, let isItem):
        if isItem || !sentence.isOpen { sentence.end() }
        sentence.beginParagraph(isItem: isItem, isSeparated: hasBlankLine(end, range.lower))
        isItemHead = isItem
        if isItem { submission.listMarks.append(submission.items.count) }
        paragraph(range)
      }
      end = block.end
    }
  }

  /// Whether a blank line stands between two places.
  private func hasBlankLine(_ lower: Int, _ upper: Int) -> Bool {
    var isLineEmpty = false
    for index in lower..<max(lower, upper) {
      if bytes[index] == Bytes.lineFeed {
        if isLineEmpty { return true }
        isLineEmpty = true
      } else if !Bytes.isSpace(bytes[index]) {
        isLineEmpty = false
      }
    }
    return false
  }

  mutating func finish() -> Submission {
    answers.markGoals(&submission.items, questions: questions)
    return submission
  }

  /// Takes the conditions and facts out of a heading such as "Case $i = j$" or "In general".
  private mutating func headingContent(_ range: SourceRange) {
    let count = submission.items.count
    isHeading = true
    paragraph(range)
    isHeading = false
    sentence.end()
    let found = Array(submission.items[count...])
    submission.items.removeSubrange(count...)
    for item in found {
      switch item {
      case .formula(let formula):
        if formula.role == .condition { submission.items.append(item) }
      case .prose(_, let facts): if !facts.isEmpty { submission.items.append(item) }
      case .heading: break
      }
    }
  }

  // MARK: Paragraphs

  private mutating func paragraph(_ range: SourceRange) {
    strikes = StruckOut(bytes, range)
    let pieces = MathScanner.pieces(page.text, in: range, isLaTeX: format == .latex)
    if !startsWithMathematics(pieces) { sentence.end() }
    var index = 0
    while index < pieces.count {
      switch pieces[index] {
      case .text(let range): prose(range)
      case .code: break
      case .definition(let definition):
        submission.macros.define(definition.name, definition.macro)
      case .formula:
        index = formulas(pieces, from: index)
        continue
      }
      index += 1
    }
  }

  private func startsWithMathematics(_ pieces: [MathScanner.Piece]) -> Bool {
    for piece in pieces {
      switch piece {
      case .text(let range):
        let content = Bytes.trimmed(bytes, range)
        if content.lower < content.upper { return false }
      case .formula: return true
      case .code, .definition: return false
      }
    }
    return false
  }

  /// Reads a formula, together with those that only signs part from it; returns the next piece.
  private mutating func formulas(_ pieces: [MathScanner.Piece], from first: Int) -> Int {
    guard case .formula(let start) = pieces[first] else { return first + 1 }
    if start.isDisplay, interrupted(start.content) { return first + 1 }
    var text = page.text.part(start.content)
    var whole = start.whole
    var isDisplay = start.isDisplay
    reportMissing(start)
    var next = first + 1
    while !isDisplay, next + 1 < pieces.count, case .text(let between) = pieces[next],
      case .formula(let other) = pieces[next + 1], !other.isDisplay, let sign = sign(between)
    {
      text.append(sign, in: SourceRange(0, sign.bytes.count))
      text.append(page.text, in: other.content)
      whole = whole.union(other.whole)
      reportMissing(other)
      next += 2
    }
    isDisplay = isDisplay || standsAlone(whole)
    formula(text, isDisplay: isDisplay, at: whole)
    return next
  }

  /// Reads a display with lines of text in it; false if there are none.
  private mutating func interrupted(_ range: SourceRange) -> Bool {
    guard let parts = InsertedText.parts(bytes, in: range) else { return false }
    for part in parts {
      switch part {
      case .rows(let rows): formula(page.text.part(rows), isDisplay: true)
      case .text(let text):
        sentence.end()
        for piece in MathScanner.pieces(page.text, in: text, isLaTeX: format == .latex) {
          switch piece {
          case .text(let range): words(range)
          case .formula(let found):
            formula(page.text.part(found.content), isDisplay: false, at: found.whole)
          case .code, .definition: break
          }
        }
      }
    }
    return true
  }

  private mutating func reportMissing(_ found: MathScanner.Found) {
    guard let missing = found.missing else { return }
    let end = page.text.origin(of: SourceRange(found.content.upper, found.whole.upper))
    let mark = Bytes.text(bytes, SourceRange(found.content.upper, found.whole.upper))
    note([Repair(.delimiter, end, found: mark, repaired: missing)])
  }

  /// The text between two formulas, if it is nothing but a sign that makes one of them.
  private func sign(_ range: SourceRange) -> TracedText? {
    let content = Bytes.trimmed(bytes, range)
    guard content.lower < content.upper, content.upper - content.lower <= 24 else { return nil }
    for byte in bytes[range.lower..<range.upper] where byte == Bytes.lineFeed { return nil }
    let lexemes = PlainLexeme.lexemes(bytes, in: content)
    guard lexemes.count == 1, let lexeme = lexemes.first else { return nil }
    // A bar parts the cells of a table.
    if bytes[lexeme.range.lower] == 0x7C { return nil }
    if let meaning = lexeme.meaning {
      var text = TracedText()
      text.append(meaning, for: page.text.origin(of: lexeme.range))
      return text
    }
    return lexeme.kind == .relation || lexeme.kind == .sign ? page.text.part(range) : nil
  }

  /// Whether a formula has a line for itself, punctuation apart.
  private func standsAlone(_ range: SourceRange) -> Bool {
    var lower = range.lower
    while lower > 0, Bytes.isSpace(bytes[lower - 1]) { lower -= 1 }
    guard lower == 0 || bytes[lower - 1] == Bytes.lineFeed else { return false }
    var upper = range.upper
    while upper < bytes.count,
      Bytes.isSpace(bytes[upper]) || bytes[upper] == 0x2E
        || bytes[upper] == 0x2C
    { upper += 1 }
    return upper == bytes.count || bytes[upper] == Bytes.lineFeed
  }

  // MARK: Formulas

  private mutating func formula(_ text: TracedText, isDisplay: Bool, at range: SourceRange? = nil) {
    let defined = StruckOut.removed(takeDefinitions(text))
    let (repaired, repairs) = repair.repaired(defined)
    let content = Bytes.trimmed(repaired.bytes, SourceRange(0, repaired.bytes.count))
    guard content.lower < content.upper else { return }
    if let range, content.upper - content.lower <= 2, isOrdinal(range.upper) { return }
    note(repairs)
    append(
      repaired.part(content), place: isDisplay ? .display : .inline, at: range,
      isAnnounced: range.map { isDisplay && announces($0) } ?? false)
    if isDisplay, content.upper > 0, repaired.bytes[content.upper - 1] == 0x2E { sentence.stop() }
  }

  /// - Parameters:
  ///   - range: where it stands in the page, delimiters and all.
  ///   - isAnnounced: whether it stands alone and ends in a colon.
  private mutating func append(
    _ text: TracedText, place: Submission.Formula.Place, at range: SourceRange?,
    isAnnounced: Bool, isPlain: Bool = false
  ) {
    if strikes.isOpen { return }
    if place == .display, let fact = sentence.supposed() { append(fact) }
    let hasRelation = Self.hasRelation(text.bytes)
    let isSupposed = sentence.isSupposing && hasRelation && (range.map { isBracketed($0) } ?? false)
    var (role, isAfterthought) = sentence.formula(
      isDisplay: place == .display, hasRelation: hasRelation, isAnnounced: isAnnounced,
      upTo: range?.upper ?? 0)
    if isSupposed, role == .statement { (role, isAfterthought) = (.condition, false) }
    let isHead =
      isItemHead || isHeading
      || isAnnounced && role != .definition
        && (range.map { endsLineInColon($0) } ?? true)
    if isAnnounced, role == .statement, !isCall(text.bytes) { role = .condition }
    if role == .definition, isComparison(text.bytes) { role = .condition }
    if role == .statement, place == .inline, Self.keepsApart(text.bytes) { role = .condition }
    if role == .definition || role == .condition && place == .display && !isAnnounced,
      isDerivative(text.bytes)
    {
      role = .statement
    }
    var formula = Submission.Formula(text, place, role)
    formula.isAfterthought = isAfterthought
    formula.spot = sentence.discourse.spot
    formula.reach = sentence.reach
    if formula.reach == .sentence, role == .condition {
      if isHead || format == .text && (range.map { endsLineInColon($0) } ?? false) {
        formula.reach = .block
      }
    }
    isItemHead = isItemHead && role == .condition
    formula.isPlain = isPlain
    submission.items.append(.formula(formula))
  }

  private mutating func append(_ fact: Submission.Fact) {
    var fact = fact
    let nothing = page.text.part(SourceRange(fact.range.upper, fact.range.upper))
    fact.range = page.text.origin(of: fact.range)
    submission.items.append(.prose(nothing, [fact]))
  }

  private static let ordinals: Set<String> = [
    "th", "st", "nd", "rd", "te", "ten", "ter", "tes", "ème", "ième", "e", "ésima", "ésimo",
    "esima",
    "esimo",
  ]

  /// Whether an ending follows by which a letter counts: "the $n$-th row".
  private func isOrdinal(_ place: Int) -> Bool {
    var lower = place
    if lower < bytes.count, bytes[lower] == 0x2D { lower += 1 }
    var upper = lower
    while upper < bytes.count, Bytes.isLetter(bytes[upper]) || bytes[upper] >= 0x80 { upper += 1 }
    return upper > lower && Self.ordinals.contains(Bytes.text(bytes, SourceRange(lower, upper)))
  }

  /// Whether a formula stands in parentheses.
  private func isBracketed(_ range: SourceRange) -> Bool {
    var lower = range.lower
    while lower > 0, Bytes.isSpace(bytes[lower - 1]) { lower -= 1 }
    return lower > 0 && bytes[lower - 1] == 0x28
  }

  /// Whether only a colon stands between a formula and the end of its line.
  private func endsLineInColon(_ range: SourceRange) -> Bool {
    var upper = range.upper
    while upper < bytes.count, Bytes.isSpace(bytes[upper]) { upper += 1 }
    guard upper < bytes.count, bytes[upper] == 0x3A else { return false }
    upper += 1
    while upper < bytes.count, bytes[upper] == 0x20 || bytes[upper] == 0x09 { upper += 1 }
    return upper == bytes.count || bytes[upper] == Bytes.lineFeed
  }

  private static func hasRelation(_ bytes: [UInt8]) -> Bool {
    for index in bytes.indices {
      switch bytes[index] {
      case 0x3D, 0x3C, 0x3E: return true
      case Bytes.backslash:
        for mark: StaticString in ["\\ne", "\\le", "\\ge", "\\in ", "\\in\\", "\\lt", "\\gt"]
        where Bytes.match(mark, bytes, at: index) && !Bytes.match("\\left", bytes, at: index) {
          return true
        }
      case 0xE2:
        for mark: StaticString in ["≠", "≤", "≥", "∈"]
        where Bytes.match(mark, bytes, at: index) { return true }
      default: break
      }
    }
    return false
  }

  /// Whether a formula says `j \neq i` of two letters, which sets a case and claims nothing.
  private static func keepsApart(_ bytes: [UInt8]) -> Bool {
    guard bytes.count <= 12 else { return false }
    let parts = bytes.filter { !Bytes.isWhitespace($0) }
    guard let first = parts.first, let last = parts.last, Bytes.isLetter(first),
      Bytes.isLetter(last), parts.count > 2
    else { return false }
    let sign = parts.dropFirst().dropLast()
    return ["\\neq", "\\ne", "≠", "!="].contains { sign.elementsEqual($0.utf8) }
  }

  /// Whether a short formula compares without equating, as `k > 2` does.
  private func isComparison(_ bytes: [UInt8]) -> Bool {
    guard bytes.count <= 60, Self.hasRelation(bytes) else { return false }
    for index in bytes.indices {
      if bytes[index] == 0x3D || Bytes.match("∈", bytes, at: index)
        || Bytes.match("\\in", bytes, at: index)
      {
        return false
      }
    }
    return true
  }

  /// Whether a derivative begins the formula: it is claimed, never defined.
  private func isDerivative(_ bytes: [UInt8]) -> Bool {
    if Bytes.match("∂", bytes, at: 0) || Bytes.match("\\partial", bytes, at: 0)
      || Bytes.match("\\nabla", bytes, at: 0)
    {
      return true
    }
    let name = Bytes.lettersEnd(bytes, from: 1, to: bytes.count)
    guard Bytes.match("\\", bytes, at: 0), name >= 5, Bytes.match("frac", bytes, at: name - 4),
      let end = Bytes.groupEnd(bytes, from: name, to: min(bytes.count, name + 200))
    else { return false }
    for mark: StaticString in ["{\\partial", "{d", "{\\mathrm{d}"]
    where Bytes.match(mark, bytes, at: end) { return true }
    return false
  }

  /// Whether plain text goes on from a line above or begins with a derivative such as `f'(x)` or
  /// `dL/dx`, which is no case.
  private func isCall(_ bytes: [UInt8]) -> Bool {
    if bytes.first == 0x3D { return true }
    let end = Bytes.lettersEnd(bytes, from: 0, to: bytes.count)
    guard end > 0, end < bytes.count else { return false }
    return bytes[end] == 0x27
      || bytes[0] == 0x64 && end > 1 && bytes[end...].prefix(12).contains(0x2F)
  }

  /// Whether a formula that stands alone ends in a colon and so announces a case.
  private func announces(_ range: SourceRange) -> Bool {
    var upper = range.upper
    while upper < bytes.count, Bytes.isSpace(bytes[upper]) { upper += 1 }
    return upper < bytes.count && bytes[upper] == 0x3A
  }

  /// Takes the definitions of commands out of a formula.
  private mutating func takeDefinitions(_ text: TracedText) -> TracedText {
    let bytes = text.bytes
    var rewriter = TextRewriter(text)
    var index = 0
    while index < bytes.count {
      guard bytes[index] == Bytes.backslash else {
        index += 1
        continue
      }
      if let definition = MacroDefinition(text, at: index, to: bytes.count) {
        submission.macros.define(definition.name, definition.macro)
        rewriter.replace(SourceRange(index, definition.end), with: "", nil)
        index = definition.end
      } else {
        index += 2
      }
    }
    return rewriter.finish()
  }

  private mutating func note(_ repairs: [Repair]) {
    let room = TextRewriter.mostRepairs - submission.repairs.count
    submission.repairs += repairs.prefix(max(room, 0))
  }

  // MARK: Prose

  private mutating func prose(_ range: SourceRange) {
    var lower = range.lower
    var line = range.lower
    while line < range.upper {
      var end = line
      while end < range.upper, bytes[end] != Bytes.lineFeed { end += 1 }
      let isWhole = line == 0 || bytes[line - 1] == Bytes.lineFeed
      let spans = PlainMathematics.spans(
        bytes, line: SourceRange(line, end), conditionsOnly: format == .latex)
      for span in spans {
        words(SourceRange(lower, span.range.lower))
        plain(span, isAlone: isWhole)
        lower = span.range.upper
      }
      if format == .text, !spans.isEmpty {
        words(SourceRange(lower, end))
        lower = end
        if let fact = sentence.supposed() { append(fact) }
        if !continues(end) { sentence.stop() }
      }
      line = end + 1
    }
    words(SourceRange(lower, range.upper))
  }

  /// Whether a line ends in a sign or word after which a sentence goes on.
  private func continues(_ end: Int) -> Bool {
    var last = end
    while last > 0, Bytes.isSpace(bytes[last - 1]) { last -= 1 }
    return last > 0 && (bytes[last - 1] == 0x3A || bytes[last - 1] == 0x2C)
  }

  private mutating func plain(_ span: PlainMathematics.Span, isAlone: Bool) {
    var text = TracedText()
    var lower = span.range.lower
    for (range, meaning) in span.replacements {
      var upper = range.lower
      while upper > lower, Bytes.isSpace(bytes[upper - 1]) { upper -= 1 }
      text.append(page.text, in: SourceRange(lower, upper))
      text.append(meaning, for: page.text.origin(of: range))
      lower = Bytes.spacesEnd(bytes, from: range.upper, to: span.range.upper)
    }
    text.append(page.text, in: SourceRange(lower, span.range.upper))
    let (repaired, repairs) = repair.repairedCharacters(text)
    note(repairs)
    append(
      repaired, place: span.place, at: span.range, isAnnounced: isAlone && announces(span.range),
      isPlain: true)
    if span.isCutOff, case .formula(var formula)? = submission.items.last {
      formula.isCutOff = true
      submission.items[submission.items.count - 1] = .formula(formula)
    }
    guard span.isRemark, case .formula(var formula)? = submission.items.last,
      formula.role == .statement
    else { return }
    formula.role = .condition
    formula.isAfterthought = true
    submission.items[submission.items.count - 1] = .formula(formula)
  }

  private mutating func words(_ range: SourceRange) {
    let content = Bytes.trimmed(bytes, range)
    guard content.lower < content.upper else { return }
    if format != .latex { strikes.read(bytes, content) }
    let reasonBefore = submission.items.count
    let prose = ProseWord.words(bytes, in: content)
    if let first = prose.first { leadOn(first.text) }
    let facts = sentence.read(prose).map { fact in
      var own = fact
      own.range = page.text.origin(of: fact.range)
      return own
    }
    takeBack(facts, prose)
    if endsQuestion(content), isQuestion { turnToQuestion() }
    if sentence.takeQuestion() || asks(content) { questions.append(submission.items.count) }
    giveReason(facts, before: reasonBefore)
    submission.items.append(.prose(page.text.part(content), facts))
  }

  /// Words by which a condition turns to what follows it.
  private static let consequences: Set<String> = [
    "then", "we", "this", "it", "dann", "gilt", "on", "alors", "entonces", "se", "จะได้",
  ]

  /// "a = b, and if i = j then c = d": the condition is for what follows.
  private mutating func leadOn(_ word: String) {
    guard Self.consequences.contains(word), case .formula(var formula)? = submission.items.last,
      formula.isAfterthought
    else { return }
    formula.isAfterthought = false
    submission.items[submission.items.count - 1] = .formula(formula)
  }

  /// Whether a sentence of a range ends in a question mark.
  private func asks(_ range: SourceRange) -> Bool {
    bytes[range.lower..<range.upper].contains(0x3F)
  }

  /// Whether the sentence that goes on in a range ends in a question mark.
  private func endsQuestion(_ range: SourceRange) -> Bool {
    for index in range.lower..<range.upper {
      if bytes[index] == 0x3F { return true }
      if [0x2E, 0x3A, 0x21, 0x28].contains(bytes[index]) { return false }
    }
    return false
  }

  /// Whether the words before the last formula ask whether it holds.
  private var isQuestion: Bool {
    for item in submission.items.reversed() {
      switch item {
      case .formula: continue
      case .heading: return false
      case .prose(let text, _):
        let words = ProseWord.words(text.bytes, in: SourceRange(0, text.bytes.count))
        let start = words.lastIndex { $0.kind == .stop }.map { $0 + 1 } ?? 0
        return words.indices.contains(start) && RoleWords.asking.contains(words[start].text)
      }
    }
    return false
  }

  /// "Is $a = b$?": the formulas of the sentence are asked about.
  private mutating func turnToQuestion() {
    var index = submission.items.count - 1
    while index >= 0 {
      switch submission.items[index] {
      case .heading: return
      case .prose(let text, _):
        if text.bytes.contains(where: { [0x2E, 0x3A, 0x21, 0x3F].contains($0) }) { return }
      case .formula(var formula):
        guard formula.place == .inline || index == submission.items.count - 1 else { return }
        if formula.role == .statement { formula.role = .goal }
        submission.items[index] = .formula(formula)
      }
      index -= 1
    }
  }

  /// Words that say something of the formula right before them.
  private static let predicates: Set<String> = [
    "is", "does", "do", "cannot", "ist", "gilt", "est", "n'est", "ne", "es", "no",
  ]

  /// "a = b, but this is wrong": what stands right before is claimed no longer.
  private mutating func takeBack(_ facts: [Submission.Fact], _ prose: [ProseWord]) {
    guard case .formula(var formula)? = submission.items.last, formula.role == .statement,
      let fact = facts.first(where: { $0.kind == .withdrawn }),
      let start = prose.firstIndex(where: {
        page.text.origin(of: $0.range).lower == fact.range.lower
      })
    else { return }
    let words = prose[..<start].filter { $0.kind == .word }
    // "… is wrong" speaks of what stands before, "this is wrong" may follow a "but".
    let reach = Self.predicates.contains(prose[start].text) ? 0 : 3
    guard words.count <= reach else { return }
    formula.role = .denied
    submission.items[submission.items.count - 1] = .formula(formula)
  }

  /// "Σ y_j = 1 since it is one-hot": the formula before is what is assumed.
  private mutating func giveReason(_ facts: [Submission.Fact], before index: Int) {
    guard sentence.givesReason, sentence.hasFormula, index > 0,
      facts.contains(where: { $0.kind == .oneHot || $0.kind == .sumsToOne }),
      case .formula(var formula) = submission.items[index - 1], formula.role == .statement
    else { return }
    formula.role = .assumption
    submission.items[index - 1] = .formula(formula)
  }
}
