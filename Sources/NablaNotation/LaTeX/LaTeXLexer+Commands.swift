extension LaTeXLexer {
  /// A backslash and what follows it.
  mutating func readCommand() {
    let start = position
    var end = start + 1
    while Self.isLetter(byte(end)) { end += 1 }
    if end == start + 1 { return readControlCharacter() }
    let name = String(decoding: bytes[start + 1..<end], as: UTF8.self)
    guard let command = LaTeXCommand.named(name) else {
      if name == "cr" || name == "newline" || name == "tabularnewline" {
        return append(.row, start, end)
      }
      if name == "not" {
        position = end
        skipBlanks()
        if byte(position) == 0x3D {
          let code = RelationChain.Relation.notEqual.code
          return append(.relation, start, position + 1, code: code)
        }
      }
      return append(.unknown, start, end, "\\" + name)
    }
    position = end
    perform(command, name, start, end)
  }

  private mutating func perform(
    _ command: LaTeXCommand, _ name: String, _ start: Int, _ end: Int
  ) {
    switch command {
    case .letter(let spelling): append(.letter, start, end, spelling)
    case .function(let function):
      append(names.isKnownValue(name) ? .letter : .function, start, end, function)
    case .relation(let relation): append(.relation, start, end, code: relation.code)
    case .token(let kind, let code):
      append(kind, start, end, code: code)
      if kind == .fraction { readLonelyDigits() }
    case .bracket(let kind, let delimiter): append(kind, start, end, code: delimiter.rawValue)
    case .opening: readDelimiter(start, .open)
    case .closing: readDelimiter(start, .close)
    case .sizing: readDelimiter(start, .removed)
    case .accent(let ending): append(.accent, start, end, ending)
    case .blackboard, .bold: readAlphabet(start, isBlackboard: command.isBlackboard)
    case .words(let words): readWordArgument(words)
    case .remark(let text):
      append(.word, start, end, code: LaTeXWord.remark.rawValue, text)
    case .begin, .end: readEnvironment(start, isBegin: command.isBegin)
    case .skip: noteBlank()
    case .drop(let count):
      for _ in 0..<count {
        skipOptionalArgument()
        _ = rawArgument()
      }
      noteBlank()
    case .wideSpace: append(.space, start, end)
    case .wideSpaceWithArgument:
      _ = rawArgument()
      append(.space, start, position)
    case .distributed:
      append(
        .relation, start, end, code: RelationChain.Relation.belongs.code, LaTeXToken.isDistributed)
    case .calligraphic: readCalligraphic(start)
    case .unsupported: append(.unsupported, start, end, name)
    }
  }

  private mutating func readControlCharacter() {
    let start = position
    switch byte(start + 1) {
    case 0x5C:
      position = start + 2
      if byte(position) == 0x2A { position += 1 }
      if byte(position) == 0x5B, isLength(position) { skipOptionalArgument() }
      append(.row, start, position)
    case 0x7B: append(.open, start, start + 2, code: LaTeXDelimiter.brace.rawValue)
    case 0x7D: append(.close, start, start + 2, code: LaTeXDelimiter.brace.rawValue)
    case 0x7C: append(.bar, start, start + 2, code: LaTeXDelimiter.doubleBar.rawValue)
    case 0x25: append(.percent, start, start + 2)
    case 0x2C, 0x3A, 0x3B, 0x3E, 0x20, 0x21, 0x2F, 0x0A, 0x09, 0x0D, 0x2D, 0x40:
      skipBlank(2)
    case 0x5B, 0x5D, 0x28, 0x29: skipBlank(2)
    case 0x5F: append(.lowered, start, start + 2)
    case 0x26, 0x23, 0x24:
      append(.unknown, start, start + 2, String(decoding: bytes[start..<start + 2], as: UTF8.self))
    default: append(.unknown, start, start + 1, "\\")
    }
  }

  /// Whether `[…]` after a row break is a distance such as `[2pt]`.
  private func isLength(_ start: Int) -> Bool {
    var place = start + 1
    if byte(place) == 0x2D { place += 1 }
    guard Self.isDigit(byte(place)) || byte(place) == 0x2E else { return false }
    while Self.isDigit(byte(place)) || byte(place) == 0x2E { place += 1 }
    while byte(place) == 0x20 { place += 1 }
    return Self.isLetter(byte(place)) || byte(place) == 0x5C
  }

  /// `\left(`, `\bigr\}`, `\right.`; a sized bar without a side stays as it is.
  private mutating func readDelimiter(_ start: Int, _ kind: LaTeXToken.Kind) {
    skipBlanks()
    let count = tokens.count
    let first = byte(position)
    if first == 0x2E {
      return append(kind, start, position + 1, code: LaTeXDelimiter.nothing.rawValue)
    }
    switch first {
    case 0x28, 0x29, 0x5B, 0x5D, 0x7C, 0x2F:
      let code: LaTeXDelimiter
      switch first {
      case 0x28, 0x29: code = .parenthesis
      case 0x5B, 0x5D: code = .bracket
      case 0x7C: code = .bar
      default: code = .other
      }
      let natural: LaTeXToken.Kind =
        first == 0x28 || first == 0x5B ? .open : code == .bar ? .bar : .close
      if first == 0x2F { return append(.over, start, position + 1) }
      append(kind == .removed ? natural : kind, start, position + 1, code: code.rawValue)
    case 0x3C, 0x3E:
      append(
        kind == .removed ? (first == 0x3C ? .open : .close) : kind, start, position + 1,
        code: LaTeXDelimiter.angle.rawValue)
    case 0x5C:
      readCommand()
      guard tokens.count == count + 1 else { return }
      let found = tokens[count].kind
      guard found == .open || found == .close || found == .bar else { return }
      if kind != .removed { tokens[count].kind = kind }
    default: noteBlank()
    }
  }

  /// `\mathbb{R}`, `\mathbf 1`, `\mathbf{x}`.
  private mutating func readAlphabet(_ start: Int, isBlackboard: Bool) {
    skipBlanks()
    let isGroup = byte(position) == 0x7B && byte(position + 2) == 0x7D
    let place = isGroup ? position + 1 : position
    let letter = byte(place)
    let end = isGroup ? place + 2 : place + 1
    if letter == 0x31 {
      append(.one, start, end)
    } else if isBlackboard, Self.isLetter(letter) {
      append(.blackboard, start, end, String(decoding: [letter], as: UTF8.self))
    } else {
      noteBlank()
    }
  }

  /// `\mathcal{N}` before a bracket is a normal distribution; other letters stay what they are.
  private mutating func readCalligraphic(_ start: Int) {
    skipBlanks()
    let isGroup = byte(position) == 0x7B && byte(position + 2) == 0x7D
    let place = isGroup ? position + 1 : position
    var next = isGroup ? place + 2 : place + 1
    if byte(place) == 0x4E {
      let end = next
      while byte(next) == 0x20 || byte(next) == 0x7E { next += 1 }
      if Bytes.match("\\left", bytes, at: next) { next += 5 }
      if Bytes.match("\\big", bytes, at: next) || Bytes.match("\\Big", bytes, at: next) {
        while next < bytes.count, byte(next) == 0x5C || Self.isLetter(byte(next)) { next += 1 }
      }
      if byte(next) == 0x28 { return append(.normal, start, end, "N") }
    }
    noteBlank()
  }

  private mutating func readWordArgument(_ words: LaTeXWord) {
    if byte(position) == 0x2A { position += 1 }
    skipBlanks()
    if byte(position) == 0x7B {
      let start = position + 1
      if holdsMathematics(start, words) {
        position = start - 1
        noteBlank()
      } else {
        readWords(words, from: start, dollar: false)
      }
    }
  }

  /// Whether an argument of `\mathrm` or `\text` holds commands, so that it is a group like others.
  private func holdsMathematics(_ start: Int, _ words: LaTeXWord) -> Bool {
    var place = start
    while place < bytes.count, bytes[place] != 0x7D {
      let next = bytes[place]
      if next == 0x24 { return false }
      if next == 0x5C, Self.isLetter(byte(place + 1)) { return true }
      if words == .name, next == 0x5E || next == 0x5F { return true }
      place += 1
    }
    return false
  }

  private mutating func readEnvironment(_ start: Int, isBegin: Bool) {
    let argument = rawArgument()
    var name = String(decoding: bytes[argument], as: UTF8.self)
    if name.utf8.last == 0x2A { name.removeLast() }
    if isBegin {
      if name == "array" || name == "subarray" || name == "tabular" {
        skipOptionalArgument()
        skipBlanks()
        if byte(position) == 0x7B { position = endOfGroup(position) }
      } else if name == "alignat" || name == "alignedat" {
        skipBlanks()
        if byte(position) == 0x7B { position = endOfGroup(position) }
      } else if name == "aligned" || name == "gathered" || name == "split" {
        if byte(position) == 0x5B { skipOptionalArgument() }
      }
    }
    append(isBegin ? .begin : .end, start, position, name)
  }
}

extension LaTeXCommand {
  var isBlackboard: Bool {
    if case .blackboard = self { return true }
    return false
  }

  var isBegin: Bool {
    if case .begin = self { return true }
    return false
  }
}
