/// The language of the sentences that the engine writes; what an author wrote is never translated.
///
/// Sentences are spelt in English where they are used, with `%1`, `%2` … where formulas, names and
/// numbers go. Another language is a case here and one table of rows from English to it.
public enum Language: Hashable, Sendable, CaseIterable {
  case english, german

  /// The name by which a problem file asks for it.
  public var name: String {
    switch self {
    case .english: "english"
    case .german: "german"
    }
  }

  /// The code of BCP 47.
  public var code: String {
    switch self {
    case .english: "en"
    case .german: "de"
    }
  }

  /// The rows of the table.
  package var rows: [(english: String, other: String)] {
    switch self {
    case .english: []
    case .german: Self.germanRows
    }
  }

  private var table: [String: String] {
    switch self {
    case .english: [:]
    case .german: Self.germanTable
    }
  }

  private static let germanTable = table(of: germanRows)

  private static func table(of rows: [(english: String, other: String)]) -> [String: String] {
    var table: [String: String] = [:]
    for row in rows { table[row.english] = row.other }
    return table
  }

  /// Whether the table has a row for a sentence.
  package func translates(_ sentence: String) -> Bool {
    self == .english || table[sentence] != nil
  }

  /// The sentence in this language; in English where its table has no row.
  package func say(_ sentence: String) -> String {
    self == .english ? sentence : table[sentence] ?? sentence
  }

  /// The sentence with texts in its slots.
  package func say(_ sentence: String, _ slots: String...) -> String {
    var result = ""
    for piece in Self.pieces(of: say(sentence)) {
      switch piece {
      case .text(let text): result += text
      case .slot(let place): result += place < slots.count ? slots[place] : ""
      }
    }
    return result
  }
}

extension Language {
  /// A part of a sentence: words, or the place of what is put in.
  package enum Piece: Hashable, Sendable {
    case text(String)
    case slot(Int)
  }

  /// The sentence cut at `%1` to `%9`; slots count from 0.
  package static func pieces(of sentence: String) -> [Piece] {
    var pieces: [Piece] = []
    var text = String.UnicodeScalarView()
    var isSlot = false
    for scalar in sentence.unicodeScalars {
      if isSlot {
        isSlot = false
        if scalar.value >= 0x31, scalar.value <= 0x39 {
          if !text.isEmpty { pieces.append(.text(String(text))) }
          text = String.UnicodeScalarView()
          pieces.append(.slot(Int(scalar.value - 0x31)))
          continue
        }
        text.append("%")
      }
      if scalar == "%" { isSlot = true } else { text.append(scalar) }
    }
    if isSlot { text.append("%") }
    if !text.isEmpty { pieces.append(.text(String(text))) }
    return pieces
  }
}
