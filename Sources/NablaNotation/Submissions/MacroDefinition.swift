/// Reads definitions of commands, such as `\newcommand{\loss}{\mathcal{L}}`.
struct MacroDefinition {
  var name: String
  var macro: MacroTable.Macro
  /// Where the text goes on.
  var end: Int

  /// The definition that begins at a backslash.
  init?(_ text: TracedText, at offset: Int, to limit: Int) {
    let bytes = text.bytes
    guard offset + 4 < limit, Self.mayBegin(bytes[offset + 1], bytes[offset + 2]) else {
      return nil
    }
    let wordEnd = Bytes.lettersEnd(bytes, from: offset + 1, to: limit)
    guard bytes[offset] == Bytes.backslash, wordEnd - offset <= 24 else { return nil }
    var reader = Reader(text: text, bytes: bytes, position: wordEnd, limit: limit)
    reader.skip(0x2A)
    switch Bytes.text(bytes, SourceRange(offset + 1, wordEnd)) {
    case "newcommand", "renewcommand", "providecommand", "DeclareRobustCommand":
      guard let name = reader.commandName() else { return nil }
      let parameters = reader.bracketed().map { reader.number($0) } ?? 0
      let optional = parameters > 0 ? reader.bracketed().map { text.part($0) } : nil
      guard let body = reader.group() else { return nil }
      self.init(
        name, .init(parameters: parameters, optional: optional, body: text.part(body)), reader)
    case "def", "gdef", "edef":
      guard let name = reader.commandName() else { return nil }
      var parameters = 0
      while reader.position + 1 < limit, bytes[reader.position] == 0x23,
        Bytes.isDigit(bytes[reader.position + 1]), parameters < 9
      {
        parameters += 1
        reader.position += 2
      }
      guard let body = reader.group() else { return nil }
      self.init(name, .init(parameters: parameters, body: text.part(body)), reader)
    case "DeclareMathOperator":
      guard let name = reader.commandName(), let body = reader.group() else { return nil }
      let origin = text.origin(of: body)
      var operatorName = TracedText()
      operatorName.append("\\operatorname{", for: origin)
      operatorName.append(text, in: body)
      operatorName.append("}", for: origin)
      self.init(name, .init(parameters: 0, body: operatorName), reader)
    case "DeclarePairedDelimiter":
      guard let name = reader.commandName(), let left = reader.group(), let right = reader.group()
      else { return nil }
      let origin = text.origin(of: left.union(right))
      var body = TracedText()
      body.append("\\left", for: origin)
      body.append(text, in: left)
      body.append(" #1\\right", for: origin)
      body.append(text, in: right)
      self.init(name, .init(parameters: 1, body: body), reader)
    case "let":
      guard let name = reader.commandName() else { return nil }
      reader.skip(0x3D)
      guard let meaning = reader.token() else { return nil }
      self.init(name, .init(parameters: 0, body: text.part(meaning)), reader)
    default: return nil
    }
  }

  /// The first two letters of the commands below.
  private static func mayBegin(_ first: UInt8, _ second: UInt8) -> Bool {
    switch (first, second) {
    case (0x6E, 0x65), (0x72, 0x65), (0x70, 0x72), (0x44, 0x65), (0x64, 0x65), (0x67, 0x64),
      (0x65, 0x64), (0x6C, 0x65):
      return true
    default: return false
    }
  }

  private init(_ name: String, _ macro: MacroTable.Macro, _ reader: Reader) {
    self.name = name
    self.macro = macro
    end = reader.position
  }

  private struct Reader {
    let text: TracedText
    let bytes: [UInt8]
    var position: Int
    let limit: Int

    /// A definition is not longer than this.
    static let longest = 4096
    static let longestBracket = 200

    mutating func skipSpace() {
      while position < limit, Bytes.isWhitespace(bytes[position]) { position += 1 }
    }

    mutating func skip(_ byte: UInt8) {
      skipSpace()
      if position < limit, bytes[position] == byte { position += 1 }
    }

    /// `\name` or `{\name}`.
    mutating func commandName() -> String? {
      skipSpace()
      guard position < limit else { return nil }
      let isBraced = bytes[position] == Bytes.openingBrace
      if isBraced { position += 1 }
      skipSpace()
      guard let range = token(), bytes[range.lower] == Bytes.backslash else { return nil }
      if isBraced { skip(Bytes.closingBrace) }
      return Bytes.text(bytes, SourceRange(range.lower + 1, range.upper))
    }

    /// A command or a single character.
    mutating func token() -> SourceRange? {
      skipSpace()
      let lower = position
      guard lower < limit else { return nil }
      position += 1
      if bytes[lower] == Bytes.backslash {
        guard position < limit else { return nil }
        position = max(Bytes.lettersEnd(bytes, from: position, to: limit), position + 1)
      } else {
        while position < limit, bytes[position] & 0xC0 == 0x80 { position += 1 }
      }
      return SourceRange(lower, position)
    }

    mutating func bracketed() -> SourceRange? {
      skipSpace()
      guard position < limit, bytes[position] == 0x5B else { return nil }
      var end = position + 1
      while end < min(limit, position + Reader.longestBracket), bytes[end] != 0x5D { end += 1 }
      guard end < limit, bytes[end] == 0x5D else { return nil }
      defer { position = end + 1 }
      return SourceRange(position + 1, end)
    }

    func number(_ range: SourceRange) -> Int {
      let range = Bytes.trimmed(bytes, range)
      guard range.upper - range.lower == 1, Bytes.isDigit(bytes[range.lower]) else { return 0 }
      return Int(bytes[range.lower] - 0x30)
    }

    /// The inside of a group in braces.
    mutating func group() -> SourceRange? {
      skipSpace()
      let furthest = min(limit, position + Reader.longest)
      guard let end = Bytes.groupEnd(bytes, from: position, to: furthest) else { return nil }
      defer { position = end }
      return SourceRange(position + 1, end - 1)
    }
  }
}
