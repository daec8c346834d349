/// How a name is printed: letter, accent, sub- and superscript, and its plain spelling.
///
/// `w1` is w₁, `yhat` is ŷ, `s_out` is s with the subscript "out", `lambda` is λ.
public struct Identifier: Hashable, Sendable {
  /// The spelling in plain notation, as the author typed it.
  public var plain: String
  /// The letter or word that carries the scripts: `w`, `λ`, `loss`.
  public var base: String
  public var accent: Accent?
  public var subscriptText: String?
  public var superscriptText: String?
  public var primes: Int
  /// LaTeX for the whole name from `write … as …`, untrusted; it replaces everything above.
  public var latex: String?
  /// What the name stands for, as far as that is known.
  public var role = Role.unknown
  /// How the style of notation marks the name.
  public var mark: Mark?

  /// What a name can stand for.
  public enum Role: Hashable, Sendable {
    case unknown, scalar, vector, matrix
    /// An index, a size, or a function.
    case other

    var isArray: Bool { self == .vector || self == .matrix }
    var hasLayers: Bool { self != .other }
  }

  /// How vectors and matrices are told from scalars.
  public enum Mark: Hashable, Sendable {
    case boldVector, boldMatrix, arrow
  }

  public enum Accent: Hashable, Sendable {
    case hat, tilde, bar, arrow
  }

  public init(
    plain: String, base: String, accent: Accent? = nil, subscriptText: String? = nil,
    superscriptText: String? = nil, primes: Int = 0, latex: String? = nil
  ) {
    self.plain = plain
    self.base = base
    self.accent = accent
    self.subscriptText = subscriptText
    self.superscriptText = superscriptText
    self.primes = primes
    self.latex = latex
  }

  /// The default printing of a plain name.
  public init(_ plain: String) {
    self.init(plain: plain, base: plain)
    resolveSpelling()
  }

  /// A plain name printed as the LaTeX the author gave in `write … as …`.
  public init(_ plain: String, writtenAs latex: String) {
    self.init(plain)
    self.latex = latex
  }
}

extension Identifier {
  /// The spelling tells names apart nearly always.
  public func hash(into hasher: inout Hasher) { hasher.combine(plain) }

  /// Splits the spelling into letter, accent and scripts; a spelling that does not split stays whole.
  private mutating func resolveSpelling() {
    var head = plain[...]
    var lower = ""
    if let underscore = head.firstIndex(of: "_"), underscore != head.startIndex {
      lower = String(head[head.index(after: underscore)...])
      head = head[..<underscore]
      if lower.isEmpty { return }
    }
    var letters = head
    while let last = letters.utf8.last, last >= 48, last <= 57 {
      letters = letters[..<letters.utf8.index(before: letters.endIndex)]
    }
    if letters.isEmpty { return }
    let digits = head[letters.endIndex...]
    var scripts: [String] = digits.isEmpty ? [] : [String(digits)]
    if !lower.isEmpty {
      for part in lower.split(separator: "_") { scripts.append(Self.readable(part)) }
    }
    base = Self.readable(letters)
    if base == letters, let (stem, accent) = Self.accented(letters) {
      base = Self.readable(stem)
      self.accent = accent
    }
    if !scripts.isEmpty {
      var joined = ""
      for part in scripts {
        if !joined.isEmpty { joined += "," }
        joined += part
      }
      subscriptText = joined
    }
  }

  /// `yhat` is y with a hat, if the stem is one letter or the name of a Greek one.
  private static func accented(_ letters: Substring) -> (Substring, Accent)? {
    if letters.utf8.count < 4 { return nil }
    let endings: [(String, Accent)] = [("hat", .hat), ("tilde", .tilde), ("bar", .bar)]
    for (ending, accent) in endings where letters.hasSuffix(ending) {
      let stem = letters.dropLast(ending.count)
      if stem.count == 1 || readable(stem) != stem { return (stem, accent) }
    }
    return nil
  }

  /// The Greek letter a word names, or the word itself.
  private static func readable(_ word: Substring) -> String {
    word.utf8.count < 2 ? String(word) : GreekLetters.letter(named: word) ?? String(word)
  }
}

extension Character {
  var isASCIIDigit: Bool { self >= "0" && self <= "9" }
}
