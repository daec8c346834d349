extension LaTeXLexer {
  /// A letter or sign beyond ASCII.
  mutating func readBeyondASCII() {
    let start = position
    guard let (scalar, length) = UTF8Scalars.decode(bytes, at: start) else {
      return append(.unknown, start, start + 1, "\u{FFFD}")
    }
    let end = start + length
    if let sign = Self.sign(scalar) {
      append(sign.kind, start, end, code: sign.code)
      if sign.kind == .bigOperator { readLazyIndices(1) }
    } else if let letter = Self.script(scalar, Self.subscripts) {
      append(.lowered, start, end)
      readScripts(letter, Self.subscripts, start, end)
    } else if let letter = Self.script(scalar, Self.superscripts) {
      append(.raised, start, end)
      readScripts(letter, Self.superscripts, start, end)
    } else if let fraction = Self.fractions.first(where: { $0.scalar == scalar }) {
      append(.fraction, start, end)
      appendScript(fraction.above, start, end)
      appendScript(fraction.below, start, end)
    } else if let letter = Self.blackboard(scalar) {
      append(.blackboard, start, end, letter)
    } else if let letter = mathematicalLetter(scalar) {
      appendAccented(letter, start, end)
    } else if let (letter, accent) = LetterSpelling.accented(scalar) {
      append(.letter, start, end, String(decoding: [letter], as: UTF8.self) + accent)
    } else if let name = LetterSpelling.greek(scalar) {
      appendAccented(name, start, end)
    } else if Self.isBlank(scalar) {
      skipBlank(length)
    } else {
      append(.unknown, start, end, String(decoding: bytes[start..<end], as: UTF8.self))
    }
  }

  private mutating func appendAccented(_ name: String, _ start: Int, _ end: Int) {
    var spelling = name
    var upper = end
    while let (scalar, length) = UTF8Scalars.decode(bytes, at: upper),
      let ending = LetterSpelling.combiningAccent(scalar)
    {
      spelling += ending
      upper += length
    }
    var digits = upper
    while Self.isDigit(byte(digits)) { digits += 1 }
    let numbered = spelling + String(decoding: bytes[upper..<digits], as: UTF8.self)
    if digits > upper,
      names.isKnown(numbered)
        || (names.vocabulary.isPlainText && names.slots(spelling) ?? 0 == 0
          && tokens.last?.kind != .lowered && tokens.last?.kind != .raised)
    {
      return append(.letter, start, digits, numbered)
    }
    append(.letter, start, upper, spelling)
    if let slots = names.slots(spelling) {
      readLazyIndices(slots)
    } else if spelling == "Sigma" {
      readLazyIndices(1)
    } else if spelling == "delta", !names.isKnown(spelling) {
      readLazyIndices(2)
    }
  }

  /// Index letters right behind a sign or letter of plain text, as in `Σk` and `δij`.
  private mutating func readLazyIndices(_ count: Int) {
    let start = position
    let before = tokens.count > 1 ? tokens[tokens.count - 2].kind : .finish
    guard before != .lowered, before != .raised, names.vocabulary.isPlainText, count > 0,
      !Self.isLetter(byte(start + count)),
      byte(start + count) != 0x5F,
      (start..<start + count).allSatisfy({
        names.isIndexLetter(String(decoding: [byte($0)], as: UTF8.self))
      })
    else { return }
    append(.lowered, start, start)
    append(.groupOpen, start, start)
    for place in start..<start + count { appendScript(byte(place), place, place + 1) }
    append(.groupClose, start + count, start + count)
  }

  private mutating func appendScript(_ letter: UInt8, _ start: Int, _ end: Int) {
    let kind: LaTeXToken.Kind = Self.isDigit(letter) ? .number : .letter
    append(kind, start, end, String(decoding: [letter], as: UTF8.self))
  }

  /// `⁻¹`, `⁽²⁾`, `ᵢⱼ` as a group of their own.
  private mutating func readScripts(
    _ first: UInt8, _ rows: [(UInt32, UInt8)], _ start: Int, _ end: Int
  ) {
    append(.groupOpen, start, end)
    var letter = first
    var lower = start
    var upper = end
    while true {
      switch letter {
      case 0x2D: append(.minus, lower, upper)
      case 0x2B: append(.plus, lower, upper)
      case 0x28: append(.open, lower, upper)
      case 0x29: append(.close, lower, upper)
      default: appendScript(letter, lower, upper)
      }
      guard let (scalar, length) = UTF8Scalars.decode(bytes, at: upper), scalar >= 0x80,
        let next = Self.script(scalar, rows)
      else { break }
      letter = next
      lower = upper
      upper += length
    }
    append(.groupClose, lower, upper)
  }

  private static func isBlank(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0xA0, 0x2000...0x200B, 0x202F, 0x205F, 0x2061...0x2064, 0x3000, 0xFEFF, 0xFE0F, 0x200D:
      true
    default: false
    }
  }

  private static func script(_ scalar: UInt32, _ rows: [(UInt32, UInt8)]) -> UInt8? {
    guard scalar >= 0xAA else { return nil }
    for row in rows where row.0 == scalar { return row.1 }
    return nil
  }

  private static let subscripts: [(UInt32, UInt8)] = [
    (0x2080, 0x30), (0x2081, 0x31), (0x2082, 0x32), (0x2083, 0x33), (0x2084, 0x34),
    (0x2085, 0x35), (0x2086, 0x36), (0x2087, 0x37), (0x2088, 0x38), (0x2089, 0x39),
    (0x1D62, 0x69), (0x2C7C, 0x6A), (0x2096, 0x6B), (0x2097, 0x6C), (0x2098, 0x6D),
    (0x2099, 0x6E), (0x209A, 0x70), (0x209B, 0x73), (0x209C, 0x74), (0x1D63, 0x72),
    (0x208B, 0x2D), (0x208A, 0x2B), (0x208D, 0x28), (0x208E, 0x29), (0x2095, 0x68),
    (0x2093, 0x78), (0x2090, 0x61), (0x2091, 0x65), (0x2092, 0x6F), (0x1D64, 0x75),
    (0x1D65, 0x76),
  ]

  private static let superscripts: [(UInt32, UInt8)] = [
    (0x2070, 0x30), (0xB9, 0x31), (0xB2, 0x32), (0xB3, 0x33), (0x2074, 0x34), (0x2075, 0x35),
    (0x2076, 0x36), (0x2077, 0x37), (0x2078, 0x38), (0x2079, 0x39), (0x207B, 0x2D),
    (0x207A, 0x2B), (0x207D, 0x28), (0x207E, 0x29), (0x207F, 0x6E), (0x2071, 0x69),
    (0x02B2, 0x6A), (0x1D4F, 0x6B), (0x02E1, 0x6C), (0x1D43, 0x61), (0x1D47, 0x62),
    (0x1D9C, 0x63), (0x1D48, 0x64), (0x1D49, 0x65), (0x1DA0, 0x66), (0x1D4D, 0x67),
    (0x02B0, 0x68), (0x1D50, 0x6D), (0x1D52, 0x6F), (0x1D56, 0x70), (0x02B3, 0x72),
    (0x02E2, 0x73), (0x1D57, 0x74), (0x1D58, 0x75), (0x1D5B, 0x76), (0x02B7, 0x77),
    (0x02E3, 0x78), (0x02B8, 0x79), (0x1DBB, 0x7A),
  ]

  private static let fractions: [(scalar: UInt32, above: UInt8, below: UInt8)] = [
    (0xBD, 0x31, 0x32), (0xBC, 0x31, 0x34), (0xBE, 0x33, 0x34), (0x2153, 0x31, 0x33),
    (0x2154, 0x32, 0x33), (0x2155, 0x31, 0x35), (0x215B, 0x31, 0x38),
  ]

  /// The letter of `ℝ` and its kin.
  private static func blackboard(_ scalar: UInt32) -> String? {
    switch scalar {
    case 0x211D: "R"
    case 0x2115: "N"
    case 0x2124: "Z"
    case 0x211A: "Q"
    case 0x2102: "C"
    case 0x1D53C: "E"
    case 0x1D540: "I"
    default: nil
    }
  }

  private static func sign(_ scalar: UInt32) -> (kind: LaTeXToken.Kind, code: UInt8)? {
    func relation(_ relation: RelationChain.Relation) -> (LaTeXToken.Kind, UInt8) {
      (.relation, relation.code)
    }
    func product(_ product: LaTeXProduct) -> (LaTeXToken.Kind, UInt8) {
      (.times, product.rawValue)
    }
    switch scalar {
    case 0x2202: return (.partial, 0)
    case 0x2207: return (.nabla, 0)
    case 0x2211: return (.bigOperator, 0)
    case 0x220F: return (.bigOperator, 1)
    case 0x221A: return (.root, 0)
    case 0x2212, 0x2010, 0x2011, 0x2013: return (.minus, 0)
    case 0xB7, 0x22C5, 0x2219, 0x2022: return product(.dot)
    case 0xD7: return product(.cross)
    case 0x2217: return product(.star)
    case 0x2299: return product(.elementwise)
    case 0x2218: return product(.ring)
    case 0x2297: return product(.outer)
    case 0x2298: return product(.elementwiseOver)
    case 0xF7, 0x2215: return (.over, 0)
    case 0x2032, 0x2019: return (.prime, 1)
    case 0x2033: return (.prime, 2)
    case 0x1D40, 0x22A4: return (.transposeMark, 1)
    case 0x2264, 0x2A7D: return relation(.lessOrEqual)
    case 0x2265, 0x2A7E: return relation(.greaterOrEqual)
    case 0x2260: return relation(.notEqual)
    case 0x2248, 0x2243, 0x2245: return relation(.approximately)
    case 0x221D: return relation(.proportional)
    case 0x21D2, 0x27F9: return relation(.implies)
    case 0x21D4, 0x27FA: return relation(.equivalent)
    case 0x2190: return relation(.assigns)
    case 0x2192, 0x21A6: return relation(.maps)
    case 0x2208: return relation(.belongs)
    case 0x2254, 0x2261, 0x225C: return relation(.defines)
    case 0x2026, 0x22EF: return (.dots, 0)
    case 0x2016: return (.bar, LaTeXDelimiter.doubleBar.rawValue)
    case 0x2223: return (.bar, LaTeXDelimiter.bar.rawValue)
    case 0x27E8, 0x2329: return (.open, LaTeXDelimiter.angle.rawValue)
    case 0x27E9, 0x232A: return (.close, LaTeXDelimiter.angle.rawValue)
    case 0x1D7D9, 0x1D7CF: return (.one, 0)
    case 0x2200: return (.forAll, 0)
    case 0x2227: return (.and, 0)
    case 0x2228: return (.or, 0)
    case 0xAC: return (.not, 0)
    default: return nil
    }
  }

  /// The letter of `𝐱`, `𝑥`, `ℓ`, `ℒ`.
  private func mathematicalLetter(_ scalar: UInt32) -> String? {
    switch scalar {
    case 0x1D400...0x1D6A3:
      let place = (scalar - 0x1D400) % 52
      let byte = place < 26 ? 0x41 + place : 0x61 + place - 26
      return String(decoding: [UInt8(byte)], as: UTF8.self)
    case 0x210E: return "h"
    case 0x2112: return "L"
    default: return nil
    }
  }
}
