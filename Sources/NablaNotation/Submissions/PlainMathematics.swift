/// Finds mathematics that stands in prose without any marks.
struct PlainMathematics {
  struct Span {
    var range: SourceRange
    var place: Submission.Formula.Place
    /// Whether it begins a remark in brackets behind other mathematics.
    var isRemark = false
    /// Relations in words and what they mean.
    var replacements: [(SourceRange, String)] = []
    /// Whether words that may belong to it cut it off, so that it cannot be read.
    var isCutOff = false
  }

  private let bytes: [UInt8]
  private let lexemes: [PlainLexeme]

  /// Lines with more lexemes than this are prose.
  private static let longest = 400
  private static let longestInBytes = 4000

  /// The mathematics of one line of prose.
  ///
  /// - Parameter conditionsOnly: whether only relations behind "if", "for" and their kin count.
  static func spans(
    _ bytes: [UInt8], line: SourceRange, conditionsOnly: Bool
  ) -> [Span] {
    guard line.upper - line.lower <= longestInBytes, mayHoldMathematics(bytes, line) else {
      return []
    }
    let scanner = PlainMathematics(
      bytes: bytes, lexemes: tableCells(PlainLexeme.lexemes(bytes, in: line), bytes))
    guard scanner.lexemes.count <= longest else { return [] }
    return scanner.spans(conditionsOnly: conditionsOnly || scanner.isCode)
  }

  /// The lexemes of a row of a table, `| 1 | a = b | 2 |`, whose bars part cells.
  private static func tableCells(_ lexemes: [PlainLexeme], _ bytes: [UInt8]) -> [PlainLexeme] {
    func isBar(_ lexeme: PlainLexeme) -> Bool {
      lexeme.range.upper == lexeme.range.lower + 1 && bytes[lexeme.range.lower] == 0x7C
    }
    guard let first = lexemes.first, let last = lexemes.last, isBar(first), isBar(last) else {
      return lexemes
    }
    let bars = lexemes.indices.filter { isBar(lexemes[$0]) }
    guard bars.count > 2 else { return lexemes }
    for bar in bars {
      // A bar of a modulus stands close to something, or beside a sign.
      for (neighbour, isLeft) in [(bar - 1, true), (bar + 1, false)]
      where lexemes.indices.contains(neighbour) {
        let (one, other) = isLeft ? (neighbour, bar) : (bar, neighbour)
        guard lexemes[one].range.upper < lexemes[other].range.lower,
          lexemes[neighbour].kind != .relation,
          lexemes[neighbour].kind != .sign
            || !isLeft && bytes[lexemes[neighbour].range.lower] == 0x2D
        else { return lexemes }
      }
    }
    var cells = lexemes
    for bar in bars { cells[bar].kind = .other }
    return cells
  }

  /// A quick look for signs of a relation or a size.
  private static func mayHoldMathematics(_ bytes: [UInt8], _ line: SourceRange) -> Bool {
    for index in line.lower..<line.upper {
      let byte = bytes[index]
      if byte == 0x3D || byte == 0x3C || byte == 0x3E || byte >= 0x80 || byte == Bytes.backslash {
        return true
      }
      if byte == 0x78, index > line.lower,
        Bytes.isSpace(bytes[index - 1]) || Bytes.isDigit(bytes[index - 1])
      {
        return true
      }
      if byte == 0x71, Bytes.match("qual", bytes, at: index) { return true }
      if byte == 0x67, Bytes.match("gleich", bytes, at: index) { return true }
    }
    return false
  }

  private func spans(conditionsOnly: Bool) -> [Span] {
    var spans: [Span] = []
    var from = 0
    var index = 0
    while index < lexemes.count {
      if let close = argument(around: index, from) {
        index = close + 1
      } else if lexemes[index].kind == .relation,
        let (span, end) = relation(index, from, conditionsOnly)
      {
        spans.append(span)
        from = end
        index = end
      } else if !conditionsOnly, let (span, end) = cutOff(index, from) {
        spans.append(span)
        from = end
        index = end
      } else if !conditionsOnly, let (span, end) = size(index) {
        spans.append(span)
        from = end
        index = end
      } else {
        index += 1
      }
    }
    return spans
  }

  /// Quotation marks, calls of methods and comparisons of programs.
  private var isCode: Bool {
    for (index, lexeme) in lexemes.enumerated() {
      let first = bytes[lexeme.range.lower]
      if lexeme.kind == .other {
        if first == 0x22 || first == 0x60 { return true }
        if first == 0x3D, lexeme.range.upper < lexeme.range.lower + 3 { return true }
        if first == 0x2B || first == 0x2A, lexeme.range.upper > lexeme.range.lower + 1 {
          return true
        }
      }
      // "np.zeros(", "//".
      if first == 0x2E, lexeme.kind == .stop, index > 0, index + 1 < lexemes.count,
        lexemes[index - 1].range.upper == lexeme.range.lower,
        lexemes[index + 1].range.lower == lexeme.range.upper,
        lexemes[index + 1].kind == .identifier || lexemes[index + 1].kind == .word,
        lexemes[index - 1].kind == .identifier || lexemes[index - 1].kind == .word
      {
        return true
      }
      if first == 0x2F, index + 1 < lexemes.count, bytes[lexemes[index + 1].range.lower] == 0x2F {
        return true
      }
    }
    guard let first = lexemes.first else { return false }
    let word = Bytes.text(bytes, first.range)
    return ["import", "def", "return", "print", "class", "from", "var", "const"].contains(word)
      && lexemes.last.map { bytes[$0.range.lower] != 0x2E } == true && lexemes.count < 12
  }

  // MARK: Relations

  /// Whether a relation is spelled in words, which `==` is not.
  private func isWorded(_ lexeme: PlainLexeme) -> Bool {
    lexeme.meaning != nil && bytes[lexeme.range.lower] != 0x3D
  }

  /// Where the first relation ends in `i != j dP_j/dh_i = 0`, which no comma parts from the second.
  private func endOfCondition(_ relation: Int, _ right: Int) -> Int? {
    var depth = 0
    var end: Int?
    for index in relation + 1...right {
      switch lexemes[index].kind {
      case .opening: depth += 1
      case .closing: depth -= 1
      case .relation where depth == 0: return end
      default: break
      }
      let next = index + 1
      guard end == nil, depth == 0, next <= right, isOperandEnd(index),
        lexemes[next].kind == .identifier, lexemes[index].range.upper < lexemes[next].range.lower
      else { continue }
      end = index
    }
    return nil
  }

  /// Whether the left side is only what a derivative is taken of or by: "derivative of f = 2 x".
  private func namesSubject(_ left: Int, _ relation: Int) -> Bool {
    guard left + 1 == relation, left > 1, lexemes[left - 1].kind == .word,
      Self.subjectWords.contains(Bytes.lowercasedText(bytes, lexemes[left - 1].range))
    else { return false }
    for lexeme in lexemes[..<(left - 1)].reversed() {
      switch lexeme.kind {
      case .word:
        if Self.derivatives.contains(Bytes.lowercasedText(bytes, lexeme.range)) { return true }
      case .identifier, .number: break
      default: return false
      }
    }
    return false
  }

  private static let subjectWords: Set<String> = [
    "of", "to", "by", "wrt", "w.r.t.", "in", "von", "nach", "de", "du", "par", "a", "respecto",
  ]

  private static let derivatives: Set<String> = [
    "derivative", "derivatives", "gradient", "slope", "ableitung", "partial", "gradienten",
    "dérivée", "derivada", "gradiente", "hessian", "differential", "jacobian",
  ]

  private func isOperandEnd(_ index: Int) -> Bool {
    switch lexemes[index].kind {
    case .identifier, .number, .closing: true
    default: false
    }
  }

  /// Where the bracket closes that a relation stands in as in `P(y = j) = …`, of which it is a part.
  private func argument(around relation: Int, _ from: Int) -> Int? {
    guard lexemes[relation].kind == .relation, !isWorded(lexemes[relation]) else { return nil }
    var open = relation - 1
    var depth = 0
    while open > from {
      if lexemes[open].kind == .closing { depth += 1 }
      if lexemes[open].kind == .opening {
        if depth == 0 { break }
        depth -= 1
      }
      open -= 1
    }
    guard open > from, lexemes[open - 1].kind == .identifier,
      lexemes[open - 1].range.upper == lexemes[open].range.lower
    else { return nil }
    var close = relation + 1
    while close < lexemes.count, depth > 0 || lexemes[close].kind != .closing {
      if lexemes[close].kind == .opening { depth += 1 }
      if lexemes[close].kind == .closing { depth -= 1 }
      close += 1
    }
    guard close < lexemes.count else { return nil }
    return close
  }

  private func relation(
    _ index: Int, _ from: Int, _ conditionsOnly: Bool
  ) -> (Span, end: Int)? {
    guard var left = left(of: index, from), var right = right(of: index) else { return nil }
    guard right > index else { return nil }
    if left < index, namesSubject(left, index) { return nil }
    if isObject(left, of: index) { left = index }
    let isCondition = left < index && followsCondition(left)
    if isCondition, let end = endOfCondition(index, right) { right = end }
    var lower = left
    let atEnd = reachesEnd(right)
    if left == index {
      guard !conditionsOnly, !isWorded(lexemes[index]) else { return nil }
      let isFirst = index == from && from == 0
      if !isFirst {
        // "Total = 557057": what stands before is words.
        guard atEnd, bytes[lexemes[index].range.lower] == 0x3D, index > 0,
          hasNumberOrSign(index + 1, right)
        else { return nil }
        lower = index + 1
      }
    } else if isWorded(lexemes[index]) || conditionsOnly {
      guard isCondition else { return nil }
    }
    let range = SourceRange(lexemes[lower].range.lower, lexemes[right].range.upper)
    let replacements = lexemes[lower...right].compactMap { lexeme in
      lexeme.meaning.map { (lexeme.range, $0) }
    }
    let place: Submission.Formula.Place = isCondition || !atEnd ? .inline : .plainLine
    let isRemark = from > 0 && lower > 0 && lexemes[lower - 1].kind == .opening
    return (
      Span(range: range, place: place, isRemark: isRemark, replacements: replacements), right + 1
    )
  }

  /// Whether what stands left of a relation only completes the words before it, which are what is
  /// meant: "the derivative of L = 2x", "50% of 10 = 5", "sample 3 = 0.5".
  private func isObject(_ left: Int, of relation: Int) -> Bool {
    guard left < relation, left > 0 else { return false }
    let before = lexemes[left - 1]
    let word = Bytes.lowercasedText(bytes, before.range)
    guard before.kind == .word || word == "of" else { return false }
    if Self.prepositions.contains(word) { return true }
    return left + 1 == relation && lexemes[left].kind == .number
      && RoleWords.rows[word] == nil && !RoleWords.connectives.contains(word)
  }

  private static let prepositions: Set<String> = [
    "of", "von", "de", "del", "du", "des", "wrt", "to", "nach",
  ]

  /// An equation between formulas that words run into, to be told as unreadable.
  private func cutOff(_ index: Int, _ from: Int) -> (Span, end: Int)? {
    let lexeme = lexemes[index]
    guard lexeme.kind == .relation, lexeme.meaning == nil, index > from,
      index + 1 < lexemes.count, bytes[lexeme.range.lower] == 0x3D,
      lexeme.range.upper == lexeme.range.lower + 1
    else { return nil }
    switch lexemes[index - 1].kind {
    case .identifier, .number, .closing: break
    default: return nil
    }
    switch lexemes[index + 1].kind {
    case .identifier, .number, .opening: break
    case .sign where index + 2 < lexemes.count && lexemes[index + 2].kind != .word: break
    default: return nil
    }
    var lower = left(of: index, from) ?? index
    if lower == index { lower = index - 1 }
    var upper = index + 1
    while upper + 1 < lexemes.count, lexemes[upper + 1].kind != .stop,
      lexemes[upper + 1].kind != .other
    {
      upper += 1
    }
    let range = SourceRange(lexemes[lower].range.lower, lexemes[upper].range.upper)
    return (Span(range: range, place: .plainLine, isCutOff: true), upper + 1)
  }

  private func hasNumberOrSign(_ lower: Int, _ upper: Int) -> Bool {
    for lexeme in lexemes[lower...upper] where lexeme.kind == .number || lexeme.kind == .sign {
      return true
    }
    return false
  }

  /// Whether nothing but punctuation or a remark in brackets follows.
  private func reachesEnd(_ last: Int) -> Bool {
    for (index, lexeme) in lexemes.enumerated().dropFirst(last + 1) {
      if lexeme.kind == .opening { return opensRemark(index) }
      if lexeme.kind != .stop, lexeme.kind != .comma { return false }
    }
    return true
  }

  private func opensRemark(_ index: Int) -> Bool {
    index + 1 < lexemes.count && lexemes[index + 1].kind == .word
  }

  /// Whether a word such as "if" stands right before.
  private func followsCondition(_ index: Int) -> Bool {
    var place = index - 1
    var steps = 0
    while place >= 0, steps < 5 {
      let lexeme = lexemes[place]
      guard
        lexeme.kind == .word || lexeme.kind == .number || lexeme.kind == .stop
          || lexeme.kind == .identifier || lexeme.kind == .opening
      else { return false }
      let word = Bytes.lowercasedText(bytes, lexeme.range)
      if let row = RoleWords.rows[word], row.role == .condition { return true }
      if word == "where" || RoleWords.connectives.contains(word) { return steps == 0 }
      let isFiller = RoleWords.fillers.contains(word) || word == ":" || word == "("
      guard isFiller || lexeme.kind == .number, word != "." else { return false }
      place -= 1
      steps += 1
    }
    return false
  }

  /// The first lexeme of what stands left of a relation; the relation itself if nothing does.
  ///
  /// Nothing if an expression is cut off in the middle.
  private func left(of relation: Int, _ from: Int) -> Int? {
    var index = relation - 1
    var depth = 0
    var first = relation
    scan: while index >= from {
      let lexeme = lexemes[index]
      switch lexeme.kind {
      case .closing:
        // "a) x = 1" has a label.
        if index == 1, depth == 0, lexemes[0].kind != .opening { break scan }
        depth += 1
      case .opening:
        if depth == 0 { break scan }
        depth -= 1
      case .number, .sign, .relation: break
      case .identifier: if isArticle(index, toward: index + 1) { break scan }
      case .word: if !isOperand(index) { break scan }
      case .comma: if depth == 0 { break scan }
      case .stop, .other: break scan
      }
      first = index
      index -= 1
    }
    guard depth == 0 else { return relation }
    if isLabel(first), first + 3 < relation { first += 3 }
    // A minus or a bullet may begin a line; other signs tell that something is missing.
    while first < relation, isDanglingLeft(first) { first += 1 }
    return first
  }

  /// `(b)` before a formula.
  private func isLabel(_ index: Int) -> Bool {
    guard index + 3 < lexemes.count, lexemes[index].kind == .opening,
      lexemes[index + 2].kind == .closing, bytes[lexemes[index].range.lower] == 0x28,
      lexemes[index + 3].range.lower > lexemes[index + 2].range.upper,
      lexemes[index + 3].kind != .sign, lexemes[index + 3].kind != .relation
    else { return false }
    let inner = lexemes[index + 1].range
    return inner.upper - inner.lower <= 3
      && bytes[inner.lower..<inner.upper].allSatisfy { Bytes.isLetter($0) || Bytes.isDigit($0) }
  }

  private func isDanglingLeft(_ index: Int) -> Bool {
    let lexeme = lexemes[index]
    if lexeme.kind == .relation { return true }
    guard lexeme.kind == .sign else { return false }
    let first = bytes[lexeme.range.lower]
    return first != 0x2D && first != 0x7C && first < 0x80
  }

  /// The last lexeme of what stands right of a relation, or nothing if it is cut off.
  private func right(of relation: Int) -> Int? {
    var index = relation + 1
    var depth = 0
    var last = relation
    scan: while index < lexemes.count {
      let lexeme = lexemes[index]
      if depth == 0, index > relation + 1, startsColumn(index) { break scan }
      switch lexeme.kind {
      case .opening:
        if depth == 0, opensRemark(index), !isOperand(index + 1) || isWordOnly(index) {
          break scan
        }
        if depth == 0, index > relation + 1, standsApart(index) { break scan }
        depth += 1
      case .closing:
        if depth == 0 { break scan }
        depth -= 1
      case .sign: if depth == 0, isLoneBar(index, from: relation) { break scan }
      case .number, .relation: break
      case .identifier: if isArticle(index, toward: index - 1) { break scan }
      case .word:
        if !isOperand(index) {
          // "2sinx": what belongs to the number is not read.
          let before = lexemes[index - 1]
          if before.kind == .number, before.range.upper == lexeme.range.lower { return nil }
          break scan
        }
      case .comma: if depth == 0, !continuesList(index) { break scan }
      case .stop, .other: break scan
      }
      last = index
      index += 1
    }
    guard depth == 0, last > relation else { return nil }
    if let end = endBeforeRemark(last, relation) { return end }
    let end = lexemes[last]
    if end.kind == .relation || endsInOperator(end) { return nil }
    if end.kind == .sign {
      let first = bytes[end.range.lower]
      guard first == 0x27 || first == 0x7C || first == 0x21 || first >= 0x80 && isPrime(end) else {
        return nil
      }
    }
    if last == relation + 1, end.kind == .word, end.range.upper - end.range.lower > 3 { return nil }
    return last
  }

  /// Whether a bar between blanks, the only one there is, parts a remark from its formula.
  private func isLoneBar(_ index: Int, from relation: Int) -> Bool {
    let range = lexemes[index].range
    guard bytes[range.lower] == 0x7C, range.lower > 0, Bytes.isSpace(bytes[range.lower - 1]),
      range.upper < bytes.count, Bytes.isSpace(bytes[range.upper])
    else { return false }
    return lexemes[relation...].count { bytes[$0.range.lower] == 0x7C } == 1
  }

  /// Whether what follows, be it words, has to belong to a formula: `sum over all j`.
  private func endsInOperator(_ end: PlainLexeme) -> Bool {
    guard end.kind == .identifier, end.range.upper - end.range.lower <= 4 else { return false }
    return ["sum", "prod", "∑", "∏"].contains(Bytes.text(bytes, end.range))
  }

  /// Where a formula ends behind which a dash or a relation leads to words:
  /// `2 x - chain rule`, `f(x) = the identity`.
  private func endBeforeRemark(_ last: Int, _ relation: Int) -> Int? {
    let sign = lexemes[last]
    guard last > relation + 1, isOperandEnd(last - 1), last + 1 < lexemes.count,
      lexemes[last + 1].kind == .word, sign.range.lower > lexemes[last - 1].range.upper,
      sign.range.upper < lexemes[last + 1].range.lower, sign.meaning == nil
    else { return nil }
    let words = lexemes[(last + 1)...].prefix { $0.kind == .word || $0.kind == .identifier }
    let next = last + 1 + words.count
    if next < lexemes.count {
      switch lexemes[next].kind {
      case .stop, .comma: break
      default: return nil
      }
    }
    switch sign.kind {
    case .relation:
      // "= error" gives what stands before a name in words.
      guard let first = words.first,
        words.allSatisfy({ $0.kind == .word })
          || Self.articles.contains(Bytes.lowercasedText(bytes, first.range))
      else { return nil }
    case .sign:
      let byte = bytes[sign.range.lower]
      guard byte == 0x2D || byte == 0xE2,
        words.contains(where: { Self.saysWhy(Bytes.lowercasedText(bytes, $0.range)) })
      else { return nil }
    default: return nil
    }
    return last - 1
  }

  private static let articles: Set<String> = [
    "the", "a", "an", "der", "die", "das", "ein", "eine", "le", "la", "un", "une", "el", "una",
  ]

  /// Words of remarks on a step.
  private static let reasons: Set<String> = [
    "by", "using", "see", "from", "via", "because", "since", "as", "rule", "law", "definition",
    "derivative", "qed", "done", "chain", "quotient", "nach", "wegen", "siehe", "mit", "aus",
    "regel", "ableitung", "fertig", "règle", "dérivée", "voir", "par", "regla", "cadena",
    "derivada", "ver", "step", "result", "final", "check", "trick", "note", "is", "are",
    "nothing", "ist", "est", "es",
  ]

  private static func saysWhy(_ word: String) -> Bool {
    if let entry = RoleWords.entries[word], entry.role > 0 || entry.isConnective { return true }
    return reasons.contains(word) || word.utf8.suffix(5).elementsEqual("regel".utf8)
      || word.utf8.suffix(9).elementsEqual("ableitung".utf8)
  }

  /// Whether a second equation begins behind a wide gap: `a = b     c = d`.
  private func startsColumn(_ index: Int) -> Bool {
    let start = lexemes[index].range.lower
    guard isOperandEnd(index - 1), lexemes[index].kind == .identifier, start > 2,
      bytes[(start - 3)..<start].allSatisfy({ Bytes.isSpace($0) })
    else { return false }
    for lexeme in lexemes[index...] {
      switch lexeme.kind {
      case .relation: return true
      case .word, .comma, .stop, .other: return false
      default: break
      }
    }
    return false
  }

  /// Whether a bracket behind a blank holds one long word: `> 0 (minimum)`.
  private func isWordOnly(_ opening: Int) -> Bool {
    guard opening + 2 < lexemes.count, lexemes[opening + 2].kind == .closing else { return false }
    let (bracket, word) = (lexemes[opening].range, lexemes[opening + 1].range)
    let isLong =
      word.upper - word.lower > 3
      || Self.reasons.contains(Bytes.lowercasedText(bytes, word))
    return isLong && bracket.lower > 0
      && Bytes.isSpace(bytes[bracket.lower - 1])
  }

  /// Whether a bracket far behind a formula, at the end of its line, says something about it:
  /// `= p_i - y_i      (Σ_j y_j = 1, one-hot)`.
  private func standsApart(_ opening: Int) -> Bool {
    let start = lexemes[opening].range.lower
    guard start > 2, bytes[(start - 3)..<start].allSatisfy({ Bytes.isSpace($0) }) else {
      return false
    }
    var depth = 0
    var hasRelation = false
    for lexeme in lexemes[opening...] {
      switch lexeme.kind {
      case .opening: depth += 1
      case .closing: depth -= 1
      case .relation where depth == 0: return false
      case .relation: hasRelation = true
      case .sign where depth == 0: return false
      default: break
      }
    }
    return hasRelation && depth == 0
  }

  private func isPrime(_ lexeme: PlainLexeme) -> Bool {
    Bytes.match("′", bytes, at: lexeme.range.lower)
      || Bytes.match("‖", bytes, at: lexeme.range.lower)
  }

  /// `i = 1, 2, 3` goes on behind a comma, `i = 1, j = 2` does not.
  private func continuesList(_ comma: Int) -> Bool {
    guard comma + 1 < lexemes.count, lexemes[comma + 1].kind == .number else { return false }
    guard comma + 2 < lexemes.count else { return true }
    return lexemes[comma + 2].kind == .comma || lexemes[comma + 2].kind == .stop
  }

  /// "a" and "I" are words unless a sign binds them.
  private func isArticle(_ index: Int, toward neighbour: Int) -> Bool {
    let range = lexemes[index].range
    guard range.upper == range.lower + 1 else { return false }
    let byte = bytes[range.lower]
    guard byte == 0x61 || byte == 0x41 || byte == 0x49 else { return false }
    guard neighbour >= 0, neighbour < lexemes.count else { return true }
    switch lexemes[neighbour].kind {
    case .sign, .relation, .opening, .closing, .comma: return false
    case .number, .identifier:
      // `2 a x`, but not "is a W".
      let other = 2 * index - neighbour
      return !lexemes.indices.contains(other) || lexemes[other].kind == .word
    default: return true
    }
  }

  /// Whether a word stands where only a name of a quantity can.
  private func isOperand(_ index: Int) -> Bool {
    func kind(_ place: Int) -> PlainLexeme.Kind? {
      place >= 0 && place < lexemes.count ? lexemes[place].kind : nil
    }
    func binds(_ kind: PlainLexeme.Kind?) -> Bool { kind == .sign || kind == .relation }
    let before = kind(index - 1)
    let after = kind(index + 1)
    if isLazyEntry(lexemes[index].range) { return before != .word && before != .other }
    if before == .word || after == .word || before == .other || after == .other
      || before == .identifier || after == .identifier || after == .number
    {
      return false
    }
    let range = lexemes[index].range
    if range.upper - range.lower > 12 { return false }
    if let row = RoleWords.rows[Bytes.lowercasedText(bytes, range)], row.role != .goal {
      return false
    }
    if before == .sign, after == .closing || after == .sign { return true }
    if before == .opening, after == .closing || after == .sign || after == .comma { return true }
    if index == 0, after == .relation { return namesQuantity(range) }
    if range.upper - range.lower <= 3 { return binds(before) || binds(after) }
    if before == .sign, after == .closing { return true }
    return before == .sign && bytes[lexemes[index - 1].range.lower] != 0x2D || after == .sign
  }

  /// `xj` and `Wij` for x_j and W_ij.
  private func isLazyEntry(_ range: SourceRange) -> Bool {
    let word = Bytes.text(bytes, range)
    switch range.upper - range.lower {
    case 2: return "ijkmn".utf8.contains(bytes[range.lower + 1]) && !Self.shortWords.contains(word)
    case 3:
      let ending = Bytes.text(bytes, SourceRange(range.lower + 1, range.upper))
      return ["ij", "ji", "jk", "kj"].contains(ending)
    default: return false
    }
  }

  private static let shortWords: Set<String> = [
    "in", "on", "an", "en", "un", "am", "im", "um", "em", "ni", "si", "mi", "ti", "hi", "ok", "ki",
    "In", "On", "An", "En", "Un", "Am", "Im", "Um", "Si", "Hi", "OK", "Ok", "li", "ei", "di", "wi",
  ]

  /// `loss = …` names a quantity; "Total = …" and "if = …" do not.
  private func namesQuantity(_ range: SourceRange) -> Bool {
    let word = Bytes.text(bytes, range)
    return bytes[range.lower] >= 0x61 && bytes[range.lower] <= 0x7A && RoleWords.rows[word] == nil
  }

  // MARK: Sizes

  /// `1024 x 32`, `80×32`.
  private func size(_ index: Int) -> (Span, end: Int)? {
    guard lexemes[index].kind == .number, !isBound(index) else { return nil }
    var last = index
    while last + 2 < lexemes.count, isTimes(last + 1), lexemes[last + 2].kind == .number {
      last += 2
    }
    if last == index {
      // "80x32" reads as a number and a letter with a digit behind it.
      guard index + 1 < lexemes.count, lexemes[index + 1].kind == .identifier,
        lexemes[index].range.upper == lexemes[index + 1].range.lower,
        isJoinedTimes(lexemes[index + 1].range)
      else { return nil }
      last = index + 1
    }
    // "1024 × 30 + 1024 = 31744" is a calculation.
    if last + 1 < lexemes.count, lexemes[last + 1].kind == .sign { return nil }
    if last + 1 < lexemes.count, lexemes[last + 1].kind == .word,
      bytes[lexemes[last + 1].range.lower] < 0x80,
      !RoleWords.connectives.contains(Bytes.text(bytes, lexemes[last + 1].range))
    {
      return nil
    }
    let range = SourceRange(lexemes[index].range.lower, lexemes[last].range.upper)
    return (Span(range: range, place: .plainLine), last + 1)
  }

  /// Whether a sign between two operands stands before a number.
  private func isBound(_ index: Int) -> Bool {
    index > 1 && lexemes[index - 1].kind == .sign && isOperandEnd(index - 2)
  }

  private func isTimes(_ index: Int) -> Bool {
    let range = lexemes[index].range
    if range.upper == range.lower + 1 { return bytes[range.lower] | 0x20 == 0x78 }
    return Bytes.match("×", bytes, at: range.lower)
      || Bytes.match("\\times", bytes, at: range.lower)
  }

  private func isJoinedTimes(_ range: SourceRange) -> Bool {
    guard bytes[range.lower] == 0x78, range.upper > range.lower + 1 else { return false }
    for index in range.lower + 1..<range.upper where !Bytes.isDigit(bytes[index]) { return false }
    return true
  }
}
