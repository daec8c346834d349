/// Cuts LaTeX mathematics into tokens, whatever its bytes are.
struct LaTeXLexer {
  let text: TracedText
  let bytes: [UInt8]
  let names: LaTeXNames
  var position = 0
  var tokens: [LaTeXToken] = []
  /// Whether a blank stands before the next token.
  private var isAfterBlank = true
  /// How many digits in a row are tokens of their own: `\frac12`.
  private var lonelyDigits = 0
  /// The words being read go on after mathematics inside them.
  private var openWords: [LaTeXWord] = []

  /// More tokens than this are not read.
  static let most = 400_000

  init(_ text: TracedText, names: LaTeXNames) {
    self.text = text
    self.names = names
    bytes = text.bytes
    tokens.reserveCapacity(min(bytes.count / 2 + 8, 4096))
  }

  /// All tokens, or nothing if there are too many.
  mutating func readAll() -> [LaTeXToken]? {
    while position < bytes.count {
      guard tokens.count < Self.most else { return nil }
      readToken()
    }
    return tokens
  }

  func byte(_ offset: Int) -> UInt8 { offset < bytes.count ? bytes[offset] : 0 }

  mutating func append(
    _ kind: LaTeXToken.Kind, _ lower: Int, _ upper: Int, code: UInt8 = 0, _ spelling: String = ""
  ) {
    tokens.append(
      LaTeXToken(
        kind, text.origin(of: SourceRange(lower, upper)), code: code, text: spelling,
        isJoined: !isAfterBlank))
    isAfterBlank = false
    position = max(upper, position)
  }

  mutating func noteBlank() { isAfterBlank = true }

  private mutating func readToken() {
    let first = bytes[position]
    switch first {
    case 0x20, 0x09, 0x0A, 0x0D:
      position += 1
      isAfterBlank = true
    case 0x5C: readCommand()
    case 0x41...0x5A, 0x61...0x7A: readLetters()
    case 0x30...0x39: readNumber()
    case 0x2E where Self.isDigit(byte(position + 1)): readNumber()
    case 0x80...: readBeyondASCII()
    default: readCharacter(first)
    }
  }

  static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

  static func isLetter(_ byte: UInt8) -> Bool { byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A }

  private mutating func readCharacter(_ first: UInt8) {
    let start = position
    func relation(_ relation: RelationChain.Relation, _ length: Int, _ lexer: inout LaTeXLexer) {
      lexer.append(.relation, start, start + length, code: relation.code)
    }
    switch first {
    case 0x7B: append(.groupOpen, start, start + 1)
    case 0x7D: append(.groupClose, start, start + 1)
    case 0x5E: append(.raised, start, start + 1)
    case 0x5F: append(.lowered, start, start + 1)
    case 0x27:
      var end = start
      while byte(end) == 0x27 { end += 1 }
      append(.prime, start, end, code: UInt8(min(end - start, 255)))
    case 0x26: append(.cell, start, start + 1)
    case 0x7E where names.vocabulary.isPlainText: readTilde()
    case 0x7E: skipBlank(1)
    case 0x2B: append(.plus, start, start + 1)
    case 0x2D:
      if byte(start + 1) == 0x3E {
        relation(.maps, 2, &self)
      } else {
        append(.minus, start, start + 1)
      }
    case 0x2A: append(.times, start, start + 1, code: LaTeXProduct.star.rawValue)
    case 0x2F: append(.over, start, start + 1)
    case 0x3D:
      if byte(start + 1) == 0x3E { return relation(.implies, 2, &self) }
      if byte(start + 1) == 0x3A {
        return append(
          .relation, start, start + 2, code: RelationChain.Relation.defines.code,
          LaTeXToken.definesRight)
      }
      if byte(start + 1) == 0x3C { return relation(.lessOrEqual, 2, &self) }
      relation(.equal, byte(start + 1) == 0x3D ? 2 : 1, &self)
    case 0x3C:
      if byte(start + 1) == 0x3D, byte(start + 2) == 0x3E { return relation(.equivalent, 3, &self) }
      if byte(start + 1) == 0x3D { return relation(.lessOrEqual, 2, &self) }
      if byte(start + 1) == 0x2D { return relation(.assigns, 2, &self) }
      relation(.less, 1, &self)
    case 0x3E:
      relation(
        byte(start + 1) == 0x3D ? .greaterOrEqual : .greater, byte(start + 1) == 0x3D ? 2 : 1,
        &self)
    case 0x21 where byte(start + 1) == 0x3D: relation(.notEqual, 2, &self)
    case 0x3A where byte(start + 1) == 0x3D: relation(.defines, 2, &self)
    case 0x3A: append(.colon, start, start + 1)
    case 0x28: append(.open, start, start + 1, code: LaTeXDelimiter.parenthesis.rawValue)
    case 0x29: append(.close, start, start + 1, code: LaTeXDelimiter.parenthesis.rawValue)
    case 0x5B: append(.open, start, start + 1, code: LaTeXDelimiter.bracket.rawValue)
    case 0x5D: append(.close, start, start + 1, code: LaTeXDelimiter.bracket.rawValue)
    case 0x7C:
      if byte(start + 1) == 0x7C {
        append(.bar, start, start + 2, code: LaTeXDelimiter.doubleBar.rawValue, "||")
      } else {
        append(.bar, start, start + 1, code: LaTeXDelimiter.bar.rawValue)
      }
    case 0x2C: append(.comma, start, start + 1)
    case 0x3B: append(.semicolon, start, start + 1)
    case 0x2E where byte(start + 1) == 0x2A && byte(start + 2) != 0x2A:
      append(.times, start, start + 2, code: LaTeXProduct.elementwise.rawValue)
    case 0x2E where byte(start + 1) == 0x2F:
      append(.times, start, start + 2, code: LaTeXProduct.elementwiseOver.rawValue)
    case 0x2E where byte(start + 1) == 0x5E: append(.raised, start, start + 2)
    case 0x40: append(.times, start, start + 1, code: LaTeXProduct.star.rawValue)
    case 0x2E:
      var end = start
      while byte(end) == 0x2E { end += 1 }
      append(end - start > 1 ? .dots : .period, start, end)
    case 0x25 where names.vocabulary.isPlainText: append(.percent, start, start + 1)
    case 0x25: skipComment()
    case 0x24:
      position += 1
      if let words = openWords.popLast() { readWords(words, from: position, dollar: true) }
    default:
      append(.unknown, start, start + 1, String(decoding: [first], as: UTF8.self))
    }
  }

  /// `y ~ 0.25` is rounded, `x ~ N(0, 1)` is distributed.
  private mutating func readTilde() {
    let start = position
    var next = start + 1
    while byte(next) == 0x20 { next += 1 }
    let isDistribution = (0x41...0x5A).contains(byte(next)) && byte(next + 1) == 0x28
    append(
      .relation, start, start + 1,
      code: isDistribution
        ? RelationChain.Relation.belongs.code : RelationChain.Relation.approximately.code,
      isDistribution ? LaTeXToken.isDistributed : "")
  }

  mutating func skipBlank(_ length: Int) {
    position += length
    isAfterBlank = true
  }

  private mutating func skipComment() {
    while position < bytes.count, bytes[position] != 0x0A { position += 1 }
  }

  // MARK: Raw arguments

  mutating func skipBlanks() {
    while position < bytes.count, bytes[position] <= 0x20 { position += 1 }
  }

  /// The place after the group that begins at an offset, or the end.
  func endOfGroup(_ start: Int) -> Int {
    var depth = 0
    var place = start
    while place < bytes.count {
      switch bytes[place] {
      case 0x5C: place += 1
      case 0x7B: depth += 1
      case 0x7D:
        depth -= 1
        if depth <= 0 { return place + 1 }
      default: break
      }
      place += 1
    }
    return bytes.count
  }

  /// The content of the group or the single token that comes next.
  mutating func rawArgument() -> Range<Int> {
    skipBlanks()
    guard position < bytes.count else { return position..<position }
    if bytes[position] == 0x7B {
      let end = endOfGroup(position)
      let start = position + 1
      position = end
      return start..<max(start, byte(end - 1) == 0x7D ? end - 1 : end)
    }
    let start = position
    if bytes[start] == 0x5C {
      position += 1
      while Self.isLetter(byte(position)) { position += 1 }
      return start..<position
    }
    position += 1
    while position < bytes.count, bytes[position] & 0xC0 == 0x80 { position += 1 }
    return start..<position
  }

  /// `[…]` behind a command.
  mutating func skipOptionalArgument() {
    var place = position
    while place < bytes.count, bytes[place] <= 0x20 { place += 1 }
    guard byte(place) == 0x5B else { return }
    let limit = min(bytes.count, place + 200)
    while place < limit, bytes[place] != 0x5D { place += 1 }
    if byte(place) == 0x5D { position = place + 1 }
  }

  // MARK: Words

  /// Words up to the end of their group; mathematics inside them is read as such.
  mutating func readWords(_ words: LaTeXWord, from start: Int, dollar: Bool) {
    var place = start
    var depth = 0
    while place < bytes.count {
      let next = bytes[place]
      if next == 0x24 {
        if dollar || hasClosingDollar(place + 1) {
          emitWords(words, start, place)
          openWords.append(words)
          position = place + 1
          return
        }
      } else if next == 0x7B {
        depth += 1
      } else if next == 0x7D {
        if depth == 0 { break }
        depth -= 1
      } else if next == 0x5C {
        place += 1
      }
      place += 1
    }
    place = min(place, bytes.count)
    emitWords(words, start, place)
    position = min(place + 1, bytes.count)
  }

  private func hasClosingDollar(_ start: Int) -> Bool {
    var place = start
    while place < bytes.count, bytes[place] != 0x7D || byte(place - 1) == 0x5C {
      if bytes[place] == 0x24 { return true }
      place += 1
    }
    return false
  }

  /// Whether what comes next stands below or above something.
  private var followsScriptSign: Bool {
    let open = tokens.last?.kind == .groupOpen ? tokens.dropLast() : tokens[...]
    return open.last?.kind == .lowered || open.last?.kind == .raised
  }

  private mutating func emitWords(_ words: LaTeXWord, _ start: Int, _ end: Int) {
    var lower = start
    var upper = end
    while lower < upper, bytes[lower] <= 0x20 || bytes[lower] == 0x7E { lower += 1 }
    while upper > lower, bytes[upper - 1] <= 0x20 || bytes[upper - 1] == 0x7E { upper -= 1 }
    guard lower < upper else {
      isAfterBlank = true
      return
    }
    if upper - lower == 1, bytes[lower] == 0x64, words == .name, !followsScriptSign {
      return append(.partial, lower, upper)
    }
    if upper - lower == 1, Self.isLetter(bytes[lower]) {
      append(.letter, lower, upper, String(decoding: bytes[lower..<upper], as: UTF8.self))
      return
    }
    let isName = (lower..<upper).allSatisfy { Self.isLetter(bytes[$0]) || Self.isDigit(bytes[$0]) }
    if words != .remark, isName, Self.isDigit(bytes[lower]),
      (lower..<upper).allSatisfy({ Self.isDigit(bytes[$0]) })
    {
      append(.number, lower, upper, String(decoding: bytes[lower..<upper], as: UTF8.self))
      return
    }
    let text = String(decoding: bytes[lower..<upper], as: UTF8.self)
    let letters = String(decoding: bytes[lower..<upper].filter { Self.isLetter($0) }, as: UTF8.self)
    if words != .remark, isName, let function = names.wholeFunction(text) {
      append(.function, lower, upper, function)
    } else if words == .name, LaTeXCommand.unsupportedWords.contains(letters) {
      append(.unsupported, lower, upper, letters)
    } else if words != .remark, isName, names.isKnown(text) {
      append(.letter, lower, upper, text)
    } else {
      let isConnecting = isName && LaTeXWords.connects(text)
      let code = isConnecting ? .remark : isName || words == .remark ? words : .text
      append(.word, lower, upper, code: code.rawValue, text)
    }
  }
}
