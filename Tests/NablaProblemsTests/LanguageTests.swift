import NablaNotation
import NablaProblems
import NablaRendering
import NablaRewriting
import Testing

@Suite struct LanguageTests {
  private static func document(
    of source: SourceText, _ detail: Detail, _ notation: String
  ) throws -> Document {
    var options = SolveOptions()
    options.detail = detail
    options.notation = try NotationOption.reading(notation)
    return solveProblem(source, options: options).document
  }

  @Test(arguments: ProblemFiles.names, Detail.allCases)
  func `every fixed sentence of a write-up has a row in every language`(
    name: String, detail: Detail
  ) throws {
    let source = try ProblemFiles.source(name)
    let authors = AuthorText(source)
    let english = try Self.document(of: source, detail, "language english")
    for language in Language.allCases where language != .english {
      let other = try Self.document(of: source, detail, "language \(language.name)")
      #expect(other.blocks.count == english.blocks.count)
      for (first, second) in zip(english.blocks, other.blocks) {
        let told = Set(second.words)
        for words in first.words where told.contains(words) && EnglishWords.areIn(words) {
          let isKnown = language.translates(words) || authors.wrote(words, in: first)
          #expect(isKnown, "no \(language.name) for “\(words)”")
        }
      }
    }
  }

  @Test(arguments: Language.allCases)
  func `slots of a sentence are those of its key`(language: Language) {
    for row in language.rows {
      #expect(slots(row.english) == slots(row.other), "\(row.english)")
    }
  }

  @Test(arguments: Language.allCases)
  func `no sentence stands twice in a table`(language: Language) {
    var seen: Set<String> = []
    for row in language.rows { #expect(seen.insert(row.english).inserted, "\(row.english)") }
  }

  private func slots(_ sentence: String) -> Set<Language.Piece> {
    Set(Language.pieces(of: sentence).filter { if case .slot = $0 { true } else { false } })
  }

  /// Problems whose write-ups say what the shipped ones do not.
  private static let sheets = [
    """
    ```nabla
    notation language german
    scalar x
    f = piecewise(x > 1 and x < 3: x^2, else: 0.5*abs(x) + max(x, 0))
    derive df/dx
    at x = 1.5
    expect df/dx = 3
    ```
    """,
    """
    ```nabla
    notation language german, decimal comma
    scalar x, y
    z = x*y
    at x = 1.5, y = 2.25
    forward z
    gradient z by x, y
    expect z = 1
    ```
    """,
  ]

  @Test(arguments: sheets, Detail.allCases)
  func `no English word stays in a German page`(sheet: String, detail: Detail) throws {
    var options = SolveOptions()
    options.detail = detail
    let document = solveProblem(SourceText(name: "sheet.md", sheet), options: options).document
    #expect(!document.blocks.isEmpty)
    for text in [document.terminal(), document.markdown()] {
      for word in text.split(whereSeparator: { !$0.isLetter }) {
        #expect(!EnglishWords.common.contains(String(word)), "\(word) in \(text)")
      }
    }
  }

  @Test func `the command wins over the file`() throws {
    let source = SourceText(name: "sheet.md", Self.sheets[1])
    let document = try Self.document(of: source, .standard, "language english")
    #expect(document.notation.language == .english)
    #expect(document.notation.decimalMark == .comma)
  }

  @Test func `a notation lasts to the end of its heading`() {
    let text = """
      # Sheet
      ## First
      ```nabla
      notation ln
      derive diff(log(x), x)
      scalar x positive
      ```
      ## Second
      ```nabla
      scalar y positive
      derive diff(y*log(y), y)
      ```
      """
    let shown = solveProblem(SourceText(name: "sheet.md", text)).document.terminal()
    #expect(shown.split(separator: "Second").map { String($0) }.first?.contains("ln") == true)
    #expect(shown.split(separator: "Second").last?.contains("log y") == true)
  }
}

/// English as it is told from names and formulas.
private enum EnglishWords {
  static let common: Set<String> = [
    "the", "The", "and", "of", "by", "is", "are", "for", "with", "that", "has", "at", "where",
    "Find", "if", "otherwise", "case", "Case", "path", "rule", "expected", "Result",
    "Steps", "steps", "not", "values", "given",
  ]

  private static let functions: Set<String> = [
    "exp", "log", "ln", "sin", "cos", "tan", "cot", "sec", "csc", "sinh", "cosh", "tanh", "coth",
    "sech", "csch", "arctan", "ReLU", "sigmoid", "softplus", "sign", "max", "min", "erf", "dx",
    "δ", "uv",
  ]

  /// Whether words stand in a text, beside names of functions.
  static func areIn(_ text: String) -> Bool {
    for word in text.split(whereSeparator: { !$0.isLetter })
    where word.count > 1 && !functions.contains(String(word)) {
      return true
    }
    return false
  }
}

/// What of a page its author wrote.
private struct AuthorText {
  private let text: String

  init(_ source: SourceText) {
    text = Self.letters(String(decoding: source.bytes, as: UTF8.self))
  }

  /// Whether words are the author's: whole headings and paragraphs, and the lines of answers.
  func wrote(_ words: String, in block: Block) -> Bool {
    switch block {
    case .heading: true
    case .paragraph, .list, .table:
      block.words.reduce(0) { $0 + $1.count } > 12
        && block.words.allSatisfy {
          let letters = Self.letters($0)
          return letters.isEmpty || text.contains(letters)
        }
    default: false
    }
  }

  private static func letters(_ text: String) -> String { text.filter { $0.isLetter } }
}

extension Block {
  /// The runs of words, without formulas.
  fileprivate var words: [String] {
    switch self {
    case .heading(_, let inlines), .paragraph(let inlines), .lead(let inlines), .note(let inlines),
      .check(_, let inlines):
      return Self.words(inlines)
    case .derivation(let rows): return rows.flatMap { Self.words(of: $0) }
    case .table(let table):
      return table.header.flatMap { Self.words($0) }
        + table.rows.flatMap { $0.flatMap { Self.words($0) } }
    case .list(_, let items): return items.flatMap { Self.words($0) }
    default: return []
    }
  }

  private static func words(of row: DerivationRow) -> [String] {
    words(row.reason) + row.details.flatMap { words(of: $0) }
  }

  private static func words(_ inlines: [Inline]) -> [String] {
    inlines.flatMap { inline -> [String] in
      switch inline {
      case .text(let text): [text]
      case .emphasis(let inner), .strong(let inner): words(inner)
      default: []
      }
    }
  }
}
