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
    if followsDifferential(start), readDenominator(start, end, numbered) { return }
    if numbered > end, let first = numberedName(start, end, numbered) {
      if first > start { readPieces(start, first) }
      return append(.letter, first, numbered, slice(first, numbered))
    }
    if numbered > end, readNumberedName(start, end, numbered) { return }
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

  /// Whether `dL/` stands right before.
  private func followsDifferential(_ start: Int) -> Bool {
    guard byte(start) == 0x64, Self.isLetter(byte(start + 1)), tokens.last?.kind == .over else {
      return false
    }
    var place = tokens.count - 2
    while place > 0, place > tokens.count - 16 {
      switch tokens[place - 1].kind {
      case .relation, .plus, .minus, .times, .over, .open, .comma: break
      default:
        place -= 1
        continue
      }
      break
    }
    return place >= 0 && place + 2 < tokens.count
      && (tokens[place].kind == .partial || tokens[place].text == "d")
  }

  /// `dw1` below a differential is d and w1, whatever else is called so.
  private mutating func readDenominator(_ start: Int, _ end: Int, _ numbered: Int) -> Bool {
    for upper in [numbered, end] where names.isKnown(slice(start + 1, upper)) {
      appendLetter(start)
      append(.letter, start + 1, upper, slice(start + 1, upper))
      return true
    }
    return false
  }

  /// Where the name begins that the digits behind a run of letters belong to; nil if they are a
  /// number of their own.
  private func numberedName(_ start: Int, _ end: Int, _ numbered: Int) -> Int? {
    for first in start..<min(end, start + 2) where names.isKnown(slice(first, numbered)) {
      return first
    }
    // Behind a d that differentiates there is a name, and digits are no factor.
    let isDifferential = end == start + 2 && byte(start) == 0x64 && names.mayDifferentiate
    guard isDifferential, !names.isKnown(slice(start, end)), !names.isKnown(slice(start + 1, end))
    else { return nil }
    return start + 1
  }

  /// In plain text `x2` for the name or entry that it can only be.
  private mutating func readNumberedName(_ start: Int, _ end: Int, _ numbered: Int) -> Bool {
    guard names.vocabulary.isPlainText, end == start + 1, tokens.last?.kind != .lowered,
      tokens.last?.kind != .raised, accentAfter(numbered) == nil,
      tokens.last?.kind != .number || byte(start) != 0x78
    else { return false }
    if names.slots(slice(start, end)) == 1
      || names.name(slice(start, end), below: slice(end, numbered), above: nil) != nil
    {
      appendLetter(start)
      append(.lowered, end, end)
      append(.number, end, numbered, slice(end, numbered))
    } else {
      append(.letter, start, numbered, slice(start, numbered))
    }
    return true
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
    if tokens.last?.kind == .lowered || tokens.last?.kind == .raised,
      names.vocabulary.isPlainText || names.isLayerWord(slice(start, end)),
      readCluster(start, end)
    {
      return
    }
    if end - start > 2 * Self.longestWord {
      return append(.letter, start, end, slice(start, min(end, start + 2 * Self.longestWord)))
    }
    let whole = end - start <= Self.longestWord ? slice(start, end) : ""
    if !whole.isEmpty, readWhole(whole, start, end) { return }
    let isScripted = end - start == 3 && (byte(end) == 0x5F || byte(end) == 0x28)
    let longest = names.vocabulary.isPlainText ? 3 : 4
    if readCut(start, end, allowsUnknown: end - start < longest && !isScripted) { return }
    // Letters before a function that ends the run, as in `y_jlog(x)`.
    if let place = functionEnding(start, end), let function = names.function(slice(place, end)) {
      readPieces(start, place)
      append(.function, place, end, function)
      return
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
    } else if let code = Self.sumWords[whole], !isInScript,
      byte(end) == 0x5F || names.vocabulary.isPlainText
    {
      append(.bigOperator, start, end, code: code)
    } else if let function = isInScript ? names.function(whole) : names.wholeFunction(whole) {
      append(.function, start, end, function)
    } else if LaTeXCommand.unsupportedWords.contains(whole), !isInScript {
      append(.unsupported, start, end, whole)
    } else if Self.bareWords.contains(whole) {
      append(.word, start, end, code: LaTeXWord.remark.rawValue, whole)
    } else if whole == "grad", !isInScript {
      append(.nabla, start, end)
    } else if Self.greekWords.contains(whole)
      || names.vocabulary.isPlainText && Self.shortGreekWords.contains(whole)
        && (names.slots(slice(start, start + 1)) ?? 0 == 0 || tokens.last?.text == "2")
    {
      append(.letter, start, end, whole)
    } else {
      return false
    }
    return true
  }

  /// Whether what comes next stands at the beginning of a script.
  private var isInScript: Bool {
    var place = tokens.count - 1
    if place >= 0, tokens[place].kind == .groupOpen { place -= 1 }
    return place >= 0 && (tokens[place].kind == .lowered || tokens[place].kind == .raised)
  }

  /// Sums and products in words, by the code of their tokens.
  private static let sumWords: [String: UInt8] = [
    "sum": 2, "Sum": 2, "SUM": 2, "prod": 3, "Prod": 3, "product": 3,
  ]

  private static let bareWords = [
    "if", "otherwise", "else", "for", "when", "where", "and", "or", "since", "because", "then",
    "with",
  ]

  private static let greekWords = [
    "alpha", "beta", "gamma", "delta", "epsilon", "theta", "lambda", "sigma", "omega", "kappa",
    "phi", "psi", "rho", "tau", "eta",
  ]

  private static let shortGreekWords = ["mu", "nu", "xi", "pi", "chi", "zeta", "iota"]

  /// Letters behind `_` in plain text all stand below, as do words behind `^`: `W_ij`, `s^out`.
  ///
  /// In LaTeX only words do.
  private mutating func readCluster(_ start: Int, _ end: Int) -> Bool {
    var upper = end
    var next = end
    if tokens.last?.kind == .raised {
      guard names.isLayerWord(slice(start, end)) else { return false }
    } else if byte(end) == 0x5F {
      // The last letter has an index of its own, as in `Σ_jp_j`.
      upper -= 1
    } else if let function = functionEnding(start, end) {
      upper = function
    } else {
      while Self.isDigit(byte(next)) { next += 1 }
    }
    append(.groupOpen, start, start)
    let whole = slice(start, upper)
    if names.isKnown(whole) || Self.greekWords.contains(whole) {
      append(.letter, start, upper, whole)
    } else {
      for place in start..<upper { appendLetter(place) }
    }
    if next > end { append(.number, end, next, slice(end, next)) }
    let close = next > end ? next : upper
    append(.groupClose, close, close)
    if upper < end { readPieces(upper, end) }
    return true
  }

  /// Where the function begins that a run of letters ends with.
  private func functionEnding(_ start: Int, _ end: Int) -> Int? {
    var place = start + 1
    while place < end - 1, end - start <= Self.longestWord {
      if names.function(slice(place, end)) != nil { return place }
      place += 1
    }
    return nil
  }

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
    // A run of many letters that are not all names is a word.
    if end - start > 4, cuts.count == end - start,
      !(start..<end).allSatisfy({ names.isKnown(slice($0, $0 + 1)) })
    {
      return false
    }
    place = start
    var indicesLeft = 0
    for (number, cut) in cuts.enumerated() {
      if let function = cut.function {
        append(.function, place, cut.end, function)
      } else {
        append(.letter, place, cut.end, slice(place, cut.end))
      }
      place = cut.end
      if indicesLeft > 0 {
        indicesLeft -= 1
        if indicesLeft == 0 { append(.groupClose, place, place) }
      } else if let count = lazyIndices(cuts.map { $0.end }, number, start) {
        append(.lowered, place, place)
        append(.groupOpen, place, place)
        indicesLeft = count
      }
    }
    return true
  }

  /// How many index letters stand right behind a vector or matrix in plain text: `pi`, `Wij`.
  private func lazyIndices(_ ends: [Int], _ number: Int, _ start: Int) -> Int? {
    guard names.vocabulary.isPlainText, byte(ends[ends.count - 1]) != 0x5F else { return nil }
    let name = slice(number == 0 ? start : ends[number - 1], ends[number])
    guard let count = names.slots(name), count > 0, number + count < ends.count else { return nil }
    for next in number + 1...number + count {
      let letter = slice(ends[next - 1], ends[next])
      guard letter.utf8.count == 1, names.isIndexLetter(letter) else { return nil }
    }
    return count
  }
}
