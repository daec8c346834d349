extension LaTeXLexer {
  /// A run of letters: names, functions and single letters that stand together.
  mutating func readLetters() {
    let start = position
    var end = start
    while Self.isLetter(byte(end)) { end += 1 }
    var numbered = end
    while (0x30...0x39).contains(byte(numbered)), numbered - start < Self.longestWord {
      numbered += 1
    }
    if numbered > end, let first = numberedName(start, end, numbered) {
      if first > start { readPieces(start, first) }
      return append(.letter, first, numbered, slice(first, numbered))
    }
    if let combined = accentAfter(end), end > start {
      readPieces(start, end - 1)
      let spelling = String(decoding: [bytes[end - 1]], as: UTF8.self) + combined.ending
      append(.letter, end - 1, combined.end, spelling)
      return
    }
    if end == start + 1 {
      return append(.letter, start, end, String(decoding: bytes[start..<end], as: UTF8.self))
    }
    readPieces(start, end)
  }

  /// Where the name begins that the digits behind a run of letters belong to; nil if they are a
  /// number of their own.
  private func numberedName(_ start: Int, _ end: Int, _ numbered: Int) -> Int? {
    for first in start..<end where names.isKnown(slice(first, numbered)) { return first }
    // Behind a d that differentiates there is a name, and digits are no factor.
    let isDifferential = end == start + 2 && byte(start) == 0x64 && names.mayDifferentiate
    guard isDifferential, !names.isKnown(slice(start, end)), !names.isKnown(slice(start + 1, end))
    else { return nil }
    return start + 1
  }

  /// A combining accent at an offset.
  private func accentAfter(_ offset: Int) -> (ending: String, end: Int)? {
    guard byte(offset) >= 0x80, let (scalar, length) = UTF8Scalars.decode(bytes, at: offset)
    else { return nil }
    if let ending = LetterSpelling.combiningAccent(scalar) { return (ending, offset + length) }
    return scalar == 0x20D7 ? ("", offset + length) : nil
  }

  private static let longestWord = 24

  private mutating func readPieces(_ start: Int, _ end: Int) {
    guard start < end else { return }
    if end == start + 1 { return appendLetter(start) }
    if end - start > 2 * Self.longestWord {
      return append(.letter, start, end, slice(start, min(end, start + 2 * Self.longestWord)))
    }
    let whole = end - start <= Self.longestWord ? slice(start, end) : ""
    if !whole.isEmpty, readWhole(whole, start, end) { return }
    let isScripted = end - start == 3 && (byte(end) == 0x5F || byte(end) == 0x28)
    if readCut(start, end, allowsUnknown: end - start < 4 && !isScripted) { return }
    // Letters before a function that ends the run, as in `y_jlog(x)`.
    var place = start + 1
    while place < end - 1, end - start <= Self.longestWord {
      if let function = names.function(slice(place, end)) {
        readPieces(start, place)
        append(.function, place, end, function)
        return
      }
      place += 1
    }
    if whole.isEmpty {
      for place in start..<end { appendLetter(place) }
    } else {
      append(.letter, start, end, whole)
    }
  }

  private func slice(_ start: Int, _ end: Int) -> String {
    String(decoding: bytes[start..<end], as: UTF8.self)
  }

  private mutating func appendLetter(_ place: Int) {
    append(.letter, place, place + 1, slice(place, place + 1))
  }

  /// A run that is one name, one function or a word.
  private mutating func readWhole(_ whole: String, _ start: Int, _ end: Int) -> Bool {
    if names.isKnown(whole) {
      append(.letter, start, end, whole)
    } else if let function = names.function(whole) {
      append(.function, start, end, function)
    } else if Self.bareWords.contains(whole) {
      append(.word, start, end, code: LaTeXWord.remark.rawValue, whole)
    } else if Self.greekWords.contains(whole) {
      append(.letter, start, end, whole)
    } else {
      return false
    }
    return true
  }

  private static let bareWords = [
    "if", "otherwise", "else", "for", "when", "where", "and", "or", "since", "because", "then",
    "with",
  ]

  private static let greekWords = [
    "alpha", "beta", "gamma", "delta", "epsilon", "theta", "lambda", "sigma", "omega", "kappa",
    "phi", "psi", "rho", "tau", "eta",
  ]

  /// Cuts a run into known names, functions and letters, the longest first.
  private mutating func readCut(_ start: Int, _ end: Int, allowsUnknown: Bool) -> Bool {
    var cuts: [(end: Int, function: String?)] = []
    var place = start
    while place < end {
      var found: (end: Int, function: String?)?
      var upper = min(end, place + Self.longestWord)
      while upper > place + 1 {
        let piece = slice(place, upper)
        if names.isKnown(piece) {
          found = (upper, nil)
          break
        }
        if upper == end, let function = names.function(piece) {
          found = (upper, function)
          break
        }
        upper -= 1
      }
      if found == nil {
        let letter = slice(place, place + 1)
        let isKnown = names.isKnown(letter) || names.isIndexLetter(letter) || letter == "d"
        guard allowsUnknown || isKnown else { return false }
        found = (place + 1, nil)
      }
      guard let found else { return false }
      cuts.append(found)
      place = found.end
    }
    place = start
    for cut in cuts {
      if let function = cut.function {
        append(.function, place, cut.end, function)
      } else {
        append(.letter, place, cut.end, slice(place, cut.end))
      }
      place = cut.end
    }
    return true
  }
}
