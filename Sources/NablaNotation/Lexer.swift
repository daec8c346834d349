/// Cuts bytes of valid UTF-8 into tokens, going on after characters it does not know.
struct Lexer {
  private let bytes: [UInt8]
  private let end: Int
  /// The next byte to be read.
  private(set) var position: Int
  private(set) var tokens: [Token] = []
  private(set) var diagnostics: [Diagnostic] = []

  init(_ bytes: [UInt8], in range: SourceRange) {
    self.bytes = bytes
    position = range.lower
    end = min(range.upper, bytes.count)
  }

  /// Reads everything; line breaks count as spaces.
  mutating func readAll() {
    while readLine() {}
  }

  /// Reads the tokens up to the next line break, which is consumed; false at the end.
  @discardableResult
  mutating func readLine() -> Bool {
    while position < end {
      switch bytes[position] {
      case 0x0A:
        position += 1
        return true
      case 0x20, 0x09, 0x0D:
        position += 1
      case 0x23:
        skipComment()
      default:
        readToken()
      }
    }
    return false
  }

  /// Continues reading at another place.
  mutating func move(to offset: Int) { position = max(offset, 0) }

  /// Forgets the tokens and diagnostics after the given counts.
  mutating func rewind(tokens tokenCount: Int, diagnostics diagnosticCount: Int) {
    tokens.removeLast(max(0, tokens.count - tokenCount))
    diagnostics.removeLast(max(0, diagnostics.count - diagnosticCount))
  }

  private mutating func skipComment() {
    while position < end, bytes[position] != 0x0A { position += 1 }
  }

  private func byte(at offset: Int) -> UInt8 { offset < end ? bytes[offset] : 0 }

  private mutating func readToken() {
    let first = bytes[position]
    switch first {
    case 0x30...0x39:
      readNumber()
    case 0x2E where isDigit(byte(at: position + 1)):
      readNumber()
    case 0x41...0x5A, 0x61...0x7A, 0x5F:
      readName()
    case 0x80...:
      readBeyondASCII()
    default:
      readOperator(first)
    }
  }

  private mutating func append(
    _ kind: Token.Kind, _ length: Int, _ text: String = "", _ spelling: Token.Spelling = .plain
  ) {
    let range = SourceRange(position, position + length)
    tokens.append(Token(kind: kind, spelling: spelling, range: range, text: text))
    position += length
  }

  private mutating func readOperator(_ first: UInt8) {
    let second = byte(at: position + 1)
    switch (first, second) {
    case (0x2E, 0x2A): append(.elementwiseTimes, 2)
    case (0x2E, 0x2F): append(.elementwiseOver, 2)
    case (0x2E, 0x5E): append(.elementwiseCaret, 2)
    case (0x2E, 0x2E): append(.dotDot, 2)
    case (0x21, 0x3D): append(.notEqual, 2)
    case (0x3C, 0x3D): append(.lessOrEqual, 2)
    case (0x3E, 0x3D): append(.greaterOrEqual, 2)
    case (0x2A, 0x2A): reject(2, "'**' is not an operator", suggestion: "^")
    case (0x3D, 0x3D): reject(2, "'==' is not an operator", suggestion: "=")
    case (0x26, 0x26): reject(2, "'&&' is not an operator", suggestion: "and")
    case (0x7C, 0x7C): reject(2, "'||' is not an operator", suggestion: "or")
    case (0x21, _): reject(1, "'!' is not an operator", suggestion: "not")
    case (0x7C, _): reject(1, "'|' is not an operator", suggestion: "abs(…)")
    case (0x2B, _): append(.plus, 1)
    case (0x2D, _): append(.minus, 1)
    case (0x2A, _): append(.times, 1)
    case (0x2F, _): append(.over, 1)
    case (0x5E, _): append(.caret, 1)
    case (0x27, _): append(.prime, 1)
    case (0x28, _): append(.leftParenthesis, 1)
    case (0x29, _): append(.rightParenthesis, 1)
    case (0x5B, _): append(.leftBracket, 1)
    case (0x5D, _): append(.rightBracket, 1)
    case (0x7B, _): append(.leftBrace, 1)
    case (0x7D, _): append(.rightBrace, 1)
    case (0x2C, _): append(.comma, 1)
    case (0x3B, _): append(.semicolon, 1)
    case (0x3A, _): append(.colon, 1)
    case (0x3D, _): append(.equal, 1)
    case (0x3C, _): append(.less, 1)
    case (0x3E, _): append(.greater, 1)
    default: rejectCharacter(1)
    }
  }

  private mutating func reject(_ length: Int, _ message: String, suggestion: String? = nil) {
    let range = SourceRange(position, position + length)
    diagnostics.append(
      Diagnostic("unexpected-character", message, at: range, suggestion: suggestion))
    position += length
  }

  private mutating func rejectCharacter(_ length: Int) {
    let text = String(decoding: bytes[position..<min(position + length, end)], as: UTF8.self)
    reject(length, "unexpected character \(DisplayText.quoted(text))")
  }
}

// MARK: - Numbers and names

extension Lexer {
  private func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

  /// In `d^2e1/dx^2` the order ends before the name.
  private var isOrderOfDerivative: Bool {
    guard tokens.count >= 2, tokens[tokens.count - 1].kind == .caret else { return false }
    let base = tokens[tokens.count - 2]
    return base.kind == .name && base.text == "d" && base.range.upper + 1 == position
  }

  private mutating func readNumber() {
    var upper = position
    while isDigit(byte(at: upper)) { upper += 1 }
    if byte(at: upper) == 0x2E, isDigit(byte(at: upper + 1)) {
      upper += 1
      while isDigit(byte(at: upper)) { upper += 1 }
    }
    if byte(at: upper) | 0x20 == 0x65, !isOrderOfDerivative {
      var exponent = upper + 1
      if byte(at: exponent) == 0x2B || byte(at: exponent) == 0x2D { exponent += 1 }
      if isDigit(byte(at: exponent)) {
        while isDigit(byte(at: exponent)) { exponent += 1 }
        upper = exponent
      }
    }
    append(.number, upper - position, String(decoding: bytes[position..<upper], as: UTF8.self))
  }

  private mutating func readName() {
    var upper = position
    while isNameByte(byte(at: upper)) { upper += 1 }
    if byte(at: upper) < 0x80 {
      append(.name, upper - position, String(decoding: bytes[position..<upper], as: UTF8.self))
    } else {
      readSpeltName(prefix: [], from: position, .plain)
    }
  }

  private func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x5F, 0x61...0x7A: true
    default: false
    }
  }

  /// Reads a name with letters beyond ASCII; `prefix` spells what stands before `start`.
  private mutating func readSpeltName(
    prefix: [UInt8], from start: Int, _ spelling: Token.Spelling
  ) {
    var text = prefix
    var upper = start
    while upper < end {
      let next = bytes[upper]
      if isNameByte(next) {
        text.append(next)
        upper += 1
        continue
      }
      guard next >= 0x80, let (scalar, length) = UTF8Scalars.decode(bytes, at: upper),
        spell(scalar, into: &text)
      else { break }
      upper += length
    }
    append(.name, upper - position, String(decoding: text, as: UTF8.self), spelling)
  }

  private func spell(_ scalar: UInt32, into text: inout [UInt8]) -> Bool {
    if let digit = LetterSpelling.subscriptDigit(scalar), !text.isEmpty {
      text.append(digit)
    } else if let name = LetterSpelling.greek(scalar) {
      text.append(contentsOf: name.utf8)
    } else if let accent = LetterSpelling.combiningAccent(scalar), !text.isEmpty {
      text.append(contentsOf: accent.utf8)
    } else if let (letter, accent) = LetterSpelling.accented(scalar) {
      text.append(letter)
      text.append(contentsOf: accent.utf8)
    } else {
      return false
    }
    return true
  }
}

// MARK: - Beyond ASCII

extension Lexer {
  private mutating func readBeyondASCII() {
    guard let (scalar, length) = UTF8Scalars.decode(bytes, at: position) else {
      return rejectCharacter(1)
    }
    switch scalar {
    case 0xA0, 0x2009, 0x200A, 0x202F, 0xFEFF: position += length
    case 0x2212: append(.minus, length)
    case 0xB7, 0xD7, 0x22C5, 0x2217: append(.times, length)
    case 0xF7, 0x2215: append(.over, length)
    case 0x2299: append(.elementwiseTimes, length)
    case 0x2260: append(.notEqual, length)
    case 0x2264: append(.lessOrEqual, length)
    case 0x2265: append(.greaterOrEqual, length)
    case 0x2032, 0x2019, 0x1D40, 0x22A4: append(.prime, length)
    case 0xB2, 0xB3, 0xB9, 0x2070, 0x2074...0x2079, 0x207B: readSuperscript()
    case 0x222B: reject(length, "integrals are not supported")
    case 0x2211: readSpecial(.summation, "Sigma", length, alone: "sum")
    case 0x220F: readSpecial(.productSign, "Pi", length, alone: "product")
    case 0x3A3: readSpecial(.summation, "Sigma", length, alone: nil)
    case 0x3B4: readSpecial(.kronecker, "delta", length, alone: nil)
    case 0x3C3 where byte(at: position + length) == 0x28:
      append(.name, length, "sigma", .sigmoid)
    case 0x2202: readSpeltName(prefix: [0x64], from: position + length, .partial)
    case 0x1D62...0x1D6A, 0x2090...0x209C, 0x2C7C:
      reject(
        length,
        "the subscript letter \(character(length)) is not read, an index stands in brackets",
        suggestion: "[i]")
    default:
      var spelt: [UInt8] = []
      if spell(scalar, into: &spelt) {
        readSpeltName(prefix: [], from: position, .plain)
      } else {
        rejectCharacter(length)
      }
    }
  }

  private func character(_ length: Int) -> String {
    DisplayText.quoted(
      String(decoding: bytes[position..<min(position + length, end)], as: UTF8.self))
  }

  /// A letter that is an operator only directly before `_` or `(`.
  private mutating func readSpecial(
    _ spelling: Token.Spelling, _ letter: String, _ length: Int, alone: String?
  ) {
    let next = byte(at: position + length)
    if next == 0x5F || next == 0x28 {
      readSpeltName(prefix: Array(letter.utf8), from: position + length, spelling)
    } else if let alone {
      reject(
        length, "\(character(length)) stands directly before '(' or '_'", suggestion: alone + "(…)")
    } else {
      readSpeltName(prefix: [], from: position, .plain)
    }
  }

  private mutating func readSuperscript() {
    var text: [UInt8] = []
    var upper = position
    while upper < end, let (scalar, length) = UTF8Scalars.decode(bytes, at: upper) {
      switch scalar {
      case 0xB2: text.append(0x32)
      case 0xB3: text.append(0x33)
      case 0xB9: text.append(0x31)
      case 0x2070, 0x2074...0x2079: text.append(UInt8(0x30 + (scalar - 0x2070)))
      case 0x207B where text.isEmpty: text.append(0x2D)
      default:
        return finishSuperscript(text, upper)
      }
      upper += length
    }
    finishSuperscript(text, upper)
  }

  private mutating func finishSuperscript(_ text: [UInt8], _ upper: Int) {
    if text == [0x2D] {
      rejectCharacter(upper - position)
    } else {
      append(.superscript, upper - position, String(decoding: text, as: UTF8.self))
    }
  }
}
