import NablaNotation
import NablaRendering

/// Fixed sentences are spelt in English where they stand and told in the language of the part.
extension SolutionDocument {
  /// The sentence in the language of this part.
  func say(_ sentence: String) -> String { style.language.say(sentence) }

  /// Words of the engine's own.
  func words(_ words: String) -> Inline { .text(say(words)) }

  /// A sentence with something put in for `%1`, `%2` ….
  func sentence(_ sentence: String, _ slots: Inline...) -> [Inline] {
    var result: [Inline] = []
    var text = ""
    for piece in Language.pieces(of: say(sentence)) {
      switch piece {
      case .text(let words): text += words
      case .slot(let place) where place < slots.count:
        // Words beside words are one run, as if they had been written in one.
        if case .text(let words) = slots[place] {
          text += words
          continue
        }
        if !text.isEmpty { result.append(.text(text)) }
        text = ""
        result.append(slots[place])
      case .slot: break
      }
    }
    if !text.isEmpty { result.append(.text(text)) }
    return result
  }

  /// A sentence with a run of words and formulas put in for `%1`.
  func sentence(_ sentence: String, around inner: [Inline]) -> [Inline] {
    var result: [Inline] = []
    for piece in Language.pieces(of: say(sentence)) {
      switch piece {
      case .text(let words): result.append(.text(words))
      case .slot: result += inner
      }
    }
    return result
  }

  /// A whole number in a sentence.
  func count(_ number: Int) -> Inline { .text(String(number)) }

  /// What stands between the parts of a list: a comma, or “and” before the last.
  func separator(before place: Int, of count: Int) -> Inline {
    place + 1 == count ? words(" and ") : .text(", ")
  }

  /// A counterexample, which is told in English, in the language and notation of the part.
  func told(_ counterexample: String) -> String {
    var result = ""
    for word in counterexample.utf8.split(separator: 0x20) {
      var text = String(Substring(word))
      if text == "at" || text == "against" {
        text = say(text)
      } else if style.decimalMark == .comma {
        let isListed = text.utf8.last == 0x2C
        text = style.decimal(isListed ? String(text.dropLast()) : text) + (isListed ? ";" : "")
      }
      result += (result.isEmpty ? "" : " ") + text
    }
    return result
  }

  /// What the solver says of an outcome: a sentence, the start of one with a value behind it, or
  /// a counterexample.
  func outcome(_ text: String) -> Inline {
    if style.language.translates(text), style.language != .english { return words(text) }
    for start in ["it is ", "its size is ", "there is "] where text.hasPrefix(start) {
      let value = style.decimal(String(text.dropFirst(start.utf8.count)))
      return .text(style.language.say(start + "%1", value))
    }
    if text.hasPrefix("in entry ("), let end = text.firstIndex(of: ")") {
      let place = String(text[..<end].dropFirst("in entry (".utf8.count))
      guard case .text(let rest) = outcome(String(text[end...].dropFirst(2))) else {
        return .text(text)
      }
      return .text(style.language.say("in entry (%1) %2", place, rest))
    }
    return .text(text.hasPrefix("at ") ? told(text) : text)
  }

  /// A reason in the words of the rules; it reads as one sentence, formulas included.
  func reason(_ pieces: [Inline]) -> [Inline] {
    var key = ""
    var slots: [Inline] = []
    for piece in pieces {
      if case .text(let text) = piece {
        key += text
      } else {
        slots.append(piece)
        key += "%\(slots.count)"
      }
    }
    if slots.count > 9 { return pieces }
    if style.language != .english {
      let whole = say(key)
      if whole != key {
        key = whole
      } else if slots.isEmpty {
        key = sayRemark(key)
      } else {
        key = ""
        var slot = 0
        for piece in pieces {
          if case .text(let text) = piece {
            key += say(text)
          } else {
            slot += 1
            key += "%\(slot)"
          }
        }
      }
    }
    if style.logarithm == .ln { key = Self.withNaturalLogarithm(key) }
    var result: [Inline] = []
    for piece in Language.pieces(of: key) {
      switch piece {
      case .text(let text): result.append(.text(text))
      case .slot(let place): if place < slots.count { result.append(slots[place]) }
      }
    }
    return result
  }

  /// A remark, or a sentence of one slot with the name that the remark ends in.
  private func sayRemark(_ remark: String) -> String {
    for start in ["definition of ", "derivative of "] where remark.hasPrefix(start) {
      return style.language.say(start + "%1", String(remark.dropFirst(start.utf8.count)))
    }
    return say(remark)
  }

  /// The word log, alone, as ln.
  private static func withNaturalLogarithm(_ text: String) -> String {
    var result = ""
    var word = ""
    for character in text + " " {
      if ("a"..."z").contains(character) || ("A"..."Z").contains(character) {
        word.append(character)
      } else {
        result += word == "log" ? "ln" : word
        word = ""
        result.append(character)
      }
    }
    return String(result.dropLast())
  }
}
