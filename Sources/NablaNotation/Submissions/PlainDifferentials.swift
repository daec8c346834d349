/// Joins `d ell / dm`, `∂ L/∂ h_i` and `d(L)/d(h_i)` in a line of prose to what they mean.
enum PlainDifferentials {
  /// The lexemes with each differential above or below a stroke as one.
  static func joining(_ lexemes: [PlainLexeme], _ bytes: [UInt8]) -> [PlainLexeme] {
    var result = lexemes
    var place = lexemes.count - 2
    while place > 0 {
      defer { place -= 1 }
      guard place < result.count - 1, isStroke(result[place], bytes),
        let upper = above(result, place - 1, bytes), let lower = below(result, place + 1, bytes)
      else { continue }
      result.replaceSubrange(lower.places, with: [joined(result[lower.places], lower.text)])
      result.replaceSubrange(upper.places, with: [joined(result[upper.places], upper.text)])
    }
    return result
  }

  private static func joined(
    _ lexemes: ArraySlice<PlainLexeme>, _ text: String
  ) -> PlainLexeme {
    guard let first = lexemes.first, let last = lexemes.last else {
      return PlainLexeme(kind: .other, range: SourceRange(0, 0))
    }
    if lexemes.count == 1 { return first }
    return PlainLexeme(kind: .identifier, range: first.range.union(last.range), meaning: text)
  }

  private static func isStroke(_ lexeme: PlainLexeme, _ bytes: [UInt8]) -> Bool {
    lexeme.kind == .sign && bytes[lexeme.range.lower] == 0x2F
  }

  private static let operators: Set<String> = [
    "d", "∂", "d^2", "d^3", "d²", "d³", "∂^2", "∂^3", "∂²", "∂³",
  ]

  private static func sign(_ lexeme: PlainLexeme, _ bytes: [UInt8]) -> String? {
    guard lexeme.kind == .identifier, lexeme.meaning == nil,
      lexeme.range.upper - lexeme.range.lower <= 5
    else { return nil }
    let text = Bytes.text(bytes, lexeme.range)
    return operators.contains(text) ? text : nil
  }

  private static func name(_ lexeme: PlainLexeme, _ bytes: [UInt8]) -> String? {
    guard lexeme.kind == .identifier || lexeme.kind == .word, lexeme.meaning == nil,
      lexeme.range.upper - lexeme.range.lower <= 16
    else { return nil }
    return Bytes.text(bytes, lexeme.range)
  }

  /// The differential that ends at a place.
  private static func above(
    _ lexemes: [PlainLexeme], _ end: Int, _ bytes: [UInt8]
  ) -> (places: ClosedRange<Int>, text: String)? {
    if end > 2, lexemes[end].kind == .closing, let name = name(lexemes[end - 1], bytes),
      isOpening(lexemes[end - 2], bytes), let sign = sign(lexemes[end - 3], bytes)
    {
      return (end - 3...end, sign + name)
    }
    if end > 0, let name = name(lexemes[end], bytes), let sign = sign(lexemes[end - 1], bytes) {
      return (end - 1...end, sign + name)
    }
    guard end >= 0, isWhole(lexemes[end], bytes) else { return nil }
    return (end...end, "")
  }

  /// The differential that begins at a place.
  private static func below(
    _ lexemes: [PlainLexeme], _ start: Int, _ bytes: [UInt8]
  ) -> (places: ClosedRange<Int>, text: String)? {
    if let sign = sign(lexemes[start], bytes) {
      if start + 3 < lexemes.count, isOpening(lexemes[start + 1], bytes),
        let name = name(lexemes[start + 2], bytes), lexemes[start + 3].kind == .closing
      {
        return (start...start + 3, sign + name)
      }
      guard start + 1 < lexemes.count, lexemes[start + 1].kind == .identifier,
        let name = name(lexemes[start + 1], bytes)
      else { return nil }
      return (start...start + 1, sign + name)
    }
    return isWhole(lexemes[start], bytes) ? (start...start, "") : nil
  }

  /// Whether a lexeme is a differential by itself: `dm`, `∂h_i`.
  private static func isWhole(_ lexeme: PlainLexeme, _ bytes: [UInt8]) -> Bool {
    guard lexeme.kind == .identifier, lexeme.meaning == nil else { return false }
    let text = Array(Bytes.text(bytes, lexeme.range).utf8)
    let isPartial = text.starts(with: Array("∂".utf8)) && text.count > 3
    return isPartial || text.count > 1 && text[0] == 0x64 && Bytes.isLetter(text[1])
  }

  private static func isOpening(_ lexeme: PlainLexeme, _ bytes: [UInt8]) -> Bool {
    lexeme.kind == .opening && bytes[lexeme.range.lower] == 0x28
  }
}
