/// The vocabulary in the form that reading asks for.
struct LaTeXNames: Sendable {
  let vocabulary: LaTeXVocabulary
  /// Plain names by the key of a spelling; see `key`.
  private(set) var spelled: [String: String] = [:]

  init(_ vocabulary: LaTeXVocabulary) {
    self.vocabulary = vocabulary
    for spelling in vocabulary.spellings {
      if let key = Self.key(of: spelling.latex) { spelled[key] = spelling.name }
    }
  }

  func isKnown(_ name: String) -> Bool { vocabulary.known.contains(name) }

  func kind(_ name: String) -> KnownNames.Kind? { vocabulary.known.kind(of: name) }

  /// A known name that is no function.
  func isKnownValue(_ name: String) -> Bool {
    guard let kind = kind(name) else { return false }
    return kind != .function
  }

  func slots(_ name: String) -> Int? {
    if let slots = vocabulary.slots[name] { return slots }
    switch kind(name) {
    case .scalar, .index, .fixedIndex, .dimension: return 0
    case .vector: return 1
    case .matrix: return 2
    default: return nil
    }
  }

  /// The built-in function of a word, unless the word is a name.
  func function(_ word: String) -> String? {
    guard word.utf8.count > 1, !isKnown(word) else { return nil }
    for entry in LaTeXCommand.functionWords where entry.word == word {
      return isKnown(entry.name) ? nil : entry.name
    }
    for name in BuiltInNames.elementwise where name == word { return name }
    return nil
  }

  /// Whether a d before a name may be a differential: it is no quantity of its own.
  var mayDifferentiate: Bool { !isKnown("d") || isIndex("d") }

  /// The function that a word is where it stands by itself, spellings of other languages included.
  func wholeFunction(_ word: String) -> String? {
    if let function = function(word) { return function }
    guard !isKnown(word),
      let entry = LaTeXCommand.foreignFunctions.first(where: { $0.word == word })
    else { return nil }
    // Of two letters that are both names, as in `s h`, nobody can tell.
    let letters = word.unicodeScalars.map { String(Character($0)) }
    if letters.count == 2, letters.allSatisfy({ isKnown($0) || isIndexLetter($0) }) { return nil }
    return isKnown(entry.name) ? nil : entry.name
  }

  /// Whether a word above or below a name is a part of the name: `s^{out}`.
  func isLayerWord(_ text: String) -> Bool { Self.layerWords.contains(text) }

  private static let layerWords: Set<String> = [
    "in", "out", "hid", "hidden", "input", "output", "new", "old", "next", "prev", "last", "final",
    "train", "test", "true", "pred", "target", "enc", "dec", "max", "min", "opt", "ref", "tot",
    "total", "init", "top", "bottom", "mid", "pre", "post", "act", "net", "rec", "reg",
  ]

  func isIndex(_ name: String) -> Bool {
    let kind = kind(name)
    return kind == .index || kind == .fixedIndex
  }

  /// Whether a letter below a name is an index rather than a part of the name.
  func isIndexLetter(_ letter: String) -> Bool {
    if let kind = kind(letter) { return kind == .index || kind == .fixedIndex }
    guard letter.utf8.count == 1, let byte = letter.utf8.first else { return false }
    switch byte {
    case 0x69...0x6E, 0x63, 0x72, 0x73, 0x74, 0x70, 0x71: return true
    default: return false
    }
  }

  // MARK: Spellings

  /// The key of a name with what stands below and above it.
  static func key(_ base: String, below: String?, above: String?) -> String {
    var key = base
    if let below { key += "_" + below }
    if let above { key += "^" + above }
    return key
  }

  /// The name that is spelled with these scripts.
  func name(_ base: String, below: String?, above: String?) -> String? {
    spelled.isEmpty ? nil : spelled[Self.key(base, below: below, above: above)]
  }

  /// The key of a spelling such as `w^{(1)}`; brackets around what stands above do not matter.
  private static func key(of latex: String) -> String? {
    var text = TracedText()
    text.append(latex, for: SourceRange(0, 0))
    let bare = LaTeXNames(LaTeXVocabulary(KnownNames()))
    var lexer = LaTeXLexer(text, names: bare)
    guard let tokens = lexer.readAll() else { return nil }
    var base = ""
    var ending = ""
    var below: String?
    var above: String?
    var place = 0
    while place < tokens.count {
      let token = tokens[place]
      switch token.kind {
      case .accent: ending += token.text
      case .letter, .word, .function, .number:
        if base.isEmpty {
          base = token.text + ending
          ending = ""
        } else {
          return nil
        }
      case .lowered: below = scriptText(tokens, &place)
      case .raised: above = scriptText(tokens, &place)
      case .groupOpen, .groupClose: break
      default: return nil
      }
      place += 1
    }
    return base.isEmpty ? nil : key(base, below: below, above: above)
  }

  private static func scriptText(_ tokens: [LaTeXToken], _ place: inout Int) -> String {
    var text = ""
    var depth = 0
    while place + 1 < tokens.count {
      place += 1
      let token = tokens[place]
      if token.kind == .groupOpen {
        depth += 1
      } else if token.kind == .groupClose {
        depth -= 1
      } else {
        text += token.text
      }
      if depth <= 0 { break }
    }
    return text
  }
}
