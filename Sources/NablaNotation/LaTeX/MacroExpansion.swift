/// Puts the bodies of macros in the place of their calls.
struct MacroExpansion {
  private let macros: MacroTable
  private(set) var result = TracedText()
  private(set) var diagnostic: Diagnostic?
  private var callsLeft = Self.mostCalls

  /// Macros call each other this deep.
  static let deepest = 24
  /// More calls than this are a bomb.
  static let mostCalls = 20_000
  /// How long the expanded text may become.
  private let longest: Int

  init(_ text: TracedText, _ macros: MacroTable) {
    self.macros = macros
    longest = max(1 << 18, min(text.bytes.count, 1 << 24) * 2)
    guard !macros.macros.isEmpty, Self.mentions(macros, text.bytes) else {
      result = text
      return
    }
    expand(text, depth: 0, at: nil)
  }

  private static func mentions(_ macros: MacroTable, _ bytes: [UInt8]) -> Bool {
    var place = 0
    while place < bytes.count {
      guard bytes[place] == 0x5C else {
        place += 1
        continue
      }
      let end = endOfName(bytes, place + 1)
      if macros[String(decoding: bytes[place + 1..<end], as: UTF8.self)] != nil { return true }
      place = max(end, place + 2)
    }
    return false
  }

  private static func endOfName(_ bytes: [UInt8], _ start: Int) -> Int {
    var end = start
    while end < bytes.count, LaTeXLexer.isLetter(bytes[end]) { end += 1 }
    return end > start ? end : min(start + 1, bytes.count)
  }

  /// Expands a text; `call` is the place in the source of the outermost call.
  private mutating func expand(_ text: TracedText, depth: Int, at call: SourceRange?) {
    let bytes = text.bytes
    var kept = 0
    var place = 0
    while place < bytes.count, diagnostic == nil {
      guard bytes[place] == 0x5C, place + 1 < bytes.count else {
        place += 1
        continue
      }
      let end = Self.endOfName(bytes, place + 1)
      guard let macro = macros[String(decoding: bytes[place + 1..<end], as: UTF8.self)] else {
        place = max(end, place + 2)
        continue
      }
      keep(text, kept, place)
      let origin = call ?? text.origin(of: SourceRange(place, end))
      callsLeft -= 1
      guard depth < Self.deepest, callsLeft > 0 else {
        diagnostic = Diagnostic(
          "macro-limit", "a macro of this text expands without end", at: origin)
        return
      }
      place = end
      let arguments = self.arguments(of: macro, text, &place)
      guard let filled = filled(macro.body, arguments, origin) else {
        diagnostic = Self.tooLong(origin)
        return
      }
      expand(filled, depth: depth + 1, at: origin)
      // A name that ended in a letter keeps its end.
      if place < bytes.count, LaTeXLexer.isLetter(bytes[place]), !result.isEmpty,
        let last = result.bytes.last, LaTeXLexer.isLetter(last)
      {
        result.append(" ", for: origin)
      }
      kept = place
    }
    if diagnostic == nil { keep(text, kept, bytes.count) }
  }

  private mutating func keep(_ text: TracedText, _ lower: Int, _ upper: Int) {
    guard lower < upper else { return }
    guard result.bytes.count + upper - lower <= longest else {
      diagnostic = Self.tooLong(text.origin(of: SourceRange(lower, upper)))
      return
    }
    result.append(text, in: SourceRange(lower, upper))
  }

  private static func tooLong(_ range: SourceRange) -> Diagnostic {
    Diagnostic(
      "macro-limit", "the macros of this text expand to more than can be read", at: range)
  }

  // MARK: Arguments

  private func arguments(
    of macro: MacroTable.Macro, _ text: TracedText, _ place: inout Int
  ) -> [TracedText] {
    var arguments: [TracedText] = []
    let bytes = text.bytes
    if let optional = macro.optional {
      var value = optional
      var next = place
      while next < bytes.count, bytes[next] <= 0x20 { next += 1 }
      if next < bytes.count, bytes[next] == 0x5B {
        var end = next
        while end < bytes.count, bytes[end] != 0x5D { end += 1 }
        value = text.part(SourceRange(next + 1, end))
        place = min(end + 1, bytes.count)
      }
      arguments.append(value)
    }
    while arguments.count < min(macro.parameters, 9) {
      while place < bytes.count, bytes[place] <= 0x20 { place += 1 }
      guard place < bytes.count else { break }
      let start = place
      if bytes[start] == 0x7B {
        var depth = 0
        while place < bytes.count {
          if bytes[place] == 0x5C {
            place += 1
          } else if bytes[place] == 0x7B {
            depth += 1
          } else if bytes[place] == 0x7D {
            depth -= 1
            if depth == 0 { break }
          }
          place += 1
        }
        arguments.append(text.part(SourceRange(start + 1, min(place, bytes.count))))
        place = min(place + 1, bytes.count)
      } else if bytes[start] == 0x5C {
        place = Self.endOfName(bytes, start + 1)
        arguments.append(text.part(SourceRange(start, place)))
      } else {
        place += 1
        while place < bytes.count, bytes[place] & 0xC0 == 0x80 { place += 1 }
        arguments.append(text.part(SourceRange(start, place)))
      }
    }
    return arguments
  }

  /// The body with its arguments, unless it is too long; its own characters come from the call.
  private func filled(
    _ body: TracedText, _ arguments: [TracedText], _ origin: SourceRange
  ) -> TracedText? {
    var text = TracedText()
    let bytes = body.bytes
    var kept = 0
    var place = 0
    while place + 1 < bytes.count {
      guard bytes[place] == 0x23, LaTeXLexer.isDigit(bytes[place + 1]) else {
        place += bytes[place] == 0x5C ? 2 : 1
        continue
      }
      if kept < place { text.append(bytes[kept..<place], for: origin) }
      let number = Int(bytes[place + 1]) - 0x31
      if number >= 0, number < arguments.count {
        let argument = arguments[number]
        guard text.bytes.count + argument.bytes.count <= longest else { return nil }
        text.append(argument, in: SourceRange(0, argument.bytes.count))
      }
      place += 2
      kept = place
    }
    if kept < bytes.count { text.append(bytes[kept...], for: origin) }
    return text
  }
}
