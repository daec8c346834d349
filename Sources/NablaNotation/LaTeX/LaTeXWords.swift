/// What words between formulas make of what follows them.
enum LaTeXWords {
  enum Role: Sendable {
    /// "if", "for", "when": what follows holds for what stands before.
    case condition
    /// "since", "using": what follows is taken as given.
    case reason
    /// "and", "where", "so": what follows is a statement of its own.
    case statement
    /// "size of", "dimension".
    case size
    case remark
  }

  /// The role of the last words before a formula, since "(chain rule) for" is a condition.
  static func role(of text: String) -> Role {
    let words = words(text)
    guard let last = words.last, let first = words.first else { return .remark }
    let ending = lowered(last)
    let beginning = lowered(first)
    if words.contains(where: { sizes.contains(lowered($0)) }) { return .size }
    if conditions.contains(ending) || conditions.contains(beginning) { return .condition }
    if reasons.contains(ending) || reasons.contains(beginning) { return .reason }
    if statements.contains(ending) || statements.contains(beginning) { return .statement }
    return .remark
  }

  /// Letters of any script, roughly: what words are told apart by is ASCII.
  private static func isLetter(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x41...0x5A, 0x61...0x7A, 0x27: true
    case 0..<0xC0, 0xD7, 0xF7, 0x2000...0x206F, 0x3000...0x303F: false
    default: true
    }
  }

  private static func words(_ text: String) -> [String] {
    var words: [String] = []
    var word = ""
    for scalar in text.unicodeScalars {
      if isLetter(scalar.value) {
        word.unicodeScalars.append(scalar)
      } else if !word.isEmpty {
        words.append(word)
        word = ""
      }
    }
    if !word.isEmpty { words.append(word) }
    return words
  }

  /// Whether words announce what a name stands for.
  static func introduces(_ text: String) -> Bool {
    guard let last = words(text).last else { return false }
    return ["where", "wobei", "wo", "donde", "où"].contains(lowered(last))
  }

  /// Whether words add what belongs to a formula, be it a condition or what a name stands for.
  static func accompanies(_ text: String) -> Bool {
    guard let last = words(text).last else { return false }
    return ["with", "mit", "avec", "con"].contains(lowered(last))
  }

  /// Whether words stand for all other cases.
  static func isOtherwise(_ text: String) -> Bool {
    guard let last = words(text).last else { return false }
    return elseWords.contains(lowered(last)) || lowered(text).utf8.starts(with: "in other".utf8)
  }

  /// Whether a single word connects formulas, so that it cannot be a name.
  static func connects(_ word: String) -> Bool {
    switch role(of: word) {
    case .condition, .reason, .statement: true
    case .size, .remark: elseWords.contains(word)
    }
  }

  private static let elseWords = [
    "otherwise", "else", "sonst", "elsewhere", "sinon", "other", "w", "ansonsten",
  ]

  private static func lowered(_ word: String) -> String {
    String(
      decoding: word.utf8.map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }, as: UTF8.self)
  }

  private static let conditions = [
    "if", "for", "when", "whenever", "case", "wenn", "falls", "für", "si", "pour", "cuando",
    "para", "se", "iff", "unless", "with", "quand",
  ]
  private static let reasons = [
    "since", "because", "as", "using", "by", "given", "assuming", "assume", "weil", "da", "car",
    "because",
  ]
  private static let statements = [
    "and", "where", "so", "thus", "hence", "therefore", "then", "let", "also", "or", "und", "wo",
    "wobei", "et", "où", "y", "donde", "denote", "now", "but", "define", "with", "likewise",
    "similarly", "then", "consequently", "we", "is", "gives", "get", "have",
  ]
  private static let sizes = [
    "size", "sizes", "dimension", "dimensions", "shape", "dim",
  ]
}
