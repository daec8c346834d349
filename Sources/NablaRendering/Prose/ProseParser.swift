extension Document {
  /// Blocks from an author's Markdown: paragraphs, lists, emphasis, code and `$…$` mathematics.
  public static func parseProse(_ markdown: String) -> [Block] {
    var blocks: [Block] = []
    var paragraph = ""
    var list: [String] = []
    var isOrdered = false
    var code: String?
    var table: [Substring] = []

    func flush() {
      if !table.isEmpty {
        blocks.append(ProseTable.block(of: table))
        table = []
      }
      if !paragraph.isEmpty {
        blocks.append(contentsOf: ProseParser.paragraphBlocks(paragraph))
        paragraph = ""
      }
      if !list.isEmpty {
        blocks.append(.list(ordered: isOrdered, list.map { ProseParser.inlines($0) }))
        list = []
      }
    }

    let lines = markdown.textLines
    for rawLine in lines {
      let line = rawLine.last == "\r" ? rawLine.dropLast() : rawLine
      let trimmed = ProseParser.trimmed(line)
      if trimmed.hasPrefix("```") {
        if let text = code {
          blocks.append(.code(text))
          code = nil
        } else {
          flush()
          code = ""
        }
        continue
      }
      if let text = code {
        code = text.isEmpty ? String(line) : text + "\n" + line
        continue
      }
      if trimmed.first == "|" {
        if table.isEmpty { flush() }
        table.append(trimmed)
        continue
      }
      if !table.isEmpty { flush() }
      if trimmed.isEmpty {
        flush()
      } else if let (level, title) = ProseParser.heading(trimmed) {
        flush()
        blocks.append(.heading(level: level, ProseParser.inlines(String(title))))
      } else if let (ordered, item) = ProseParser.listItem(trimmed) {
        if !paragraph.isEmpty || ordered != isOrdered { flush() }
        isOrdered = ordered
        list.append(String(item))
      } else if !list.isEmpty, line.first == " " {
        list[list.count - 1] += " " + trimmed
      } else {
        if !list.isEmpty { flush() }
        if !paragraph.isEmpty { paragraph += "\n" }
        // A quotation is a paragraph like any other.
        paragraph += trimmed.hasPrefix("> ") ? trimmed.dropFirst(2) : trimmed
      }
    }
    flush()
    if let text = code { blocks.append(.code(text)) }
    return blocks
  }
}

/// The inline half of the reader of prose.
enum ProseParser {
  static func trimmed(_ line: Substring) -> Substring {
    var rest = line
    while let first = rest.first, first == " " || first == "\t" || first == "\n" {
      rest = rest.dropFirst()
    }
    while let last = rest.last, last == " " || last == "\t" || last == "\n" {
      rest = rest.dropLast()
    }
    return rest
  }

  static func heading(_ line: Substring) -> (Int, Substring)? {
    guard line.utf8.first == 35 else { return nil }
    let title = line.drop { $0 == "#" }
    let level = line.count - title.count
    guard level >= 1, level <= 6, title.first == " " else { return nil }
    return (level, trimmed(title))
  }

  static func listItem(_ line: Substring) -> (Bool, Substring)? {
    if line.hasPrefix("- ") || line.hasPrefix("* ") || line.hasPrefix("+ ") {
      return (false, trimmed(line.dropFirst(2)))
    }
    guard let first = line.utf8.first, first >= 48, first <= 57 else { return nil }
    let rest = line.drop { $0.isASCIIDigit }
    let digits = line.count - rest.count
    guard digits >= 1, digits <= 3, rest.hasPrefix(". ") || rest.hasPrefix(") ") else { return nil }
    return (true, trimmed(rest.dropFirst(2)))
  }

  /// A paragraph, cut where an author displays a formula.
  static func paragraphBlocks(_ text: String) -> [Block] {
    var blocks: [Block] = []
    var rest = text[...]
    while let opening = range(of: "$$", in: rest),
      let closing = range(of: "$$", in: rest[opening.upperBound...])
    {
      let before = trimmed(rest[..<opening.lowerBound])
      if before.contains(where: { $0 != "\n" }) {
        blocks.append(.paragraph(inlines(String(before))))
      }
      blocks.append(.displayLatex(String(rest[opening.upperBound..<closing.lowerBound])))
      rest = rest[closing.upperBound...]
    }
    let last = trimmed(rest)
    if last.contains(where: { $0 != "\n" }) { blocks.append(.paragraph(inlines(String(last)))) }
    return blocks
  }

  static func range(of mark: String, in text: Substring) -> Range<Substring.Index>? {
    let marks = Array(mark.utf8)
    var at = text.utf8.startIndex
    while at < text.utf8.endIndex {
      var end = at
      var matched = 0
      while matched < marks.count, end < text.utf8.endIndex, text.utf8[end] == marks[matched] {
        matched += 1
        end = text.utf8.index(after: end)
      }
      if matched == marks.count { return at..<end }
      at = text.utf8.index(after: at)
    }
    return nil
  }

  static func inlines(_ text: String) -> [Inline] {
    var reader = InlineReader(characters: Array(text.unicodeScalars))
    return reader.read(until: nil, depth: 0)
  }
}

/// Emphasis, code and mathematics inside a paragraph.
private struct InlineReader {
  /// How far a closing mark is looked for; the bound keeps reading linear.
  static let reach = 4_000

  let characters: [Unicode.Scalar]
  var position = 0

  init(characters: [Unicode.Scalar]) { self.characters = characters }

  mutating func read(until stop: String?, depth: Int) -> [Inline] {
    var result: [Inline] = []
    var plain = String.UnicodeScalarView()
    func flush() {
      if !plain.isEmpty { result.append(.text(String(plain))) }
      plain = String.UnicodeScalarView()
    }
    while position < characters.count {
      if let stop, starts(with: stop) {
        flush()
        return result
      }
      let character = characters[position]
      if character == "\\", position + 1 < characters.count,
        "\\`*_$#[]()".unicodeScalars.contains(characters[position + 1])
      {
        plain.append(characters[position + 1])
        position += 2
      } else if character == "`" || character == "$", let end = close(character) {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: characters[(position + 1)..<end])
        let inner = String(view)
        flush()
        result.append(character == "`" ? .code(inner) : .latex(inner))
        position = end + 1
      } else if let mark = emphasisMark(), depth < 4, hasClose(mark) {
        flush()
        position += mark.count
        let inner = read(until: mark, depth: depth + 1)
        position += mark.count
        result.append(mark.count == 2 ? .strong(inner) : .emphasis(inner))
      } else {
        plain.append(character == "\n" ? " " : character)
        position += 1
      }
    }
    flush()
    return result
  }

  func starts(with mark: String) -> Bool {
    var at = position
    for character in mark.unicodeScalars {
      guard at < characters.count, characters[at] == character else { return false }
      at += 1
    }
    return true
  }

  /// The position of the mark that closes code or mathematics, which may not be empty.
  func close(_ mark: Unicode.Scalar) -> Int? {
    var at = position + 1
    let end = min(characters.count, at + Self.reach)
    while at < end {
      if mark == "$", characters[at] == "\\" {
        at += 2
        continue
      }
      if characters[at] == mark { return at > position + 1 ? at : nil }
      at += 1
    }
    return nil
  }

  /// `*` and `_` mark emphasis where a word begins.
  func emphasisMark() -> String? {
    let character = characters[position]
    guard character == "*" || character == "_" else { return nil }
    let isDouble = position + 1 < characters.count && characters[position + 1] == character
    let after = position + (isDouble ? 2 : 1)
    guard after < characters.count, characters[after] != " ", characters[after] != "\n" else {
      return nil
    }
    if position > 0, character == "_", isWord(characters[position - 1]) { return nil }
    return isDouble ? (character == "*" ? "**" : "__") : String(character)
  }

  func hasClose(_ mark: String) -> Bool {
    guard let character = mark.unicodeScalars.first else { return false }
    var at = position + mark.count + 1
    let end = min(characters.count, at + Self.reach)
    while at + mark.count <= end {
      if characters[at] == character, characters[at - 1] != " ",
        mark.count == 1 || characters[at + 1] == character
      {
        return true
      }
      at += 1
    }
    return false
  }

  func isWord(_ character: Unicode.Scalar) -> Bool {
    Character(character).isLetter || (character.value >= 48 && character.value <= 57)
  }
}
