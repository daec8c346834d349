extension Page {
  /// Cuts a LaTeX document into blocks, without comments, preamble and listings.
  ///
  /// Definitions of commands are taken into `macros` wherever they stand.
  init(latex text: TracedText, macros: inout MacroTable, diagnostics: inout [Diagnostic]) {
    var reader = LaTeXPageReader(text)
    reader.read()
    self.text = reader.output
    blocks = reader.blocks
    for (name, macro) in reader.macros { macros.define(name, macro) }
    diagnostics += reader.diagnostics
  }
}

private struct LaTeXPageReader {
  let text: TracedText
  let bytes: [UInt8]
  var output = TracedText()
  var blocks: [Page.Block] = []
  var macros: [(String, MacroTable.Macro)] = []
  var diagnostics: [Diagnostic] = []
  private var position = 0
  /// Where the piece that was not yet copied begins.
  private var copied = 0
  /// Where the open paragraph begins in the output.
  private var paragraphStart = 0
  private var isItem = false
  private var unclosed: Set<String> = []

  private static let sections: [String: Int] = [
    "part": 1, "chapter": 1, "section": 1, "subsection": 2, "subsubsection": 3, "paragraph": 4,
    "subparagraph": 5, "question": 1,
  ]
  private static let listings: Set<String> = [
    "verbatim", "verbatim*", "Verbatim", "lstlisting", "minted", "comment", "tikzpicture",
    "thebibliography", "filecontents", "filecontents*", "alltt",
  ]
  private static let answers: Set<String> = ["proof", "solution", "answer", "sol", "Answer"]
  private static let tasks: Set<String> = [
    "problem", "exercise", "question", "task", "homeworkProblem", "Problem", "Exercise",
  ]
  /// Commands that would read or write files, or run programs.
  private static let forbidden: Set<String> = [
    "input", "include", "write", "immediate", "openin", "openout", "read", "includegraphics",
    "lstinputlisting", "verbatiminput", "InputIfFileExists", "usepackage", "import", "subfile",
  ]
  private static let mostDiagnostics = 20

  init(_ text: TracedText) {
    self.text = text
    bytes = text.bytes
  }

  mutating func read() {
    while position < bytes.count {
      switch bytes[position] {
      case 0x25: comment()
      case Bytes.backslash: command()
      case Bytes.lineFeed:
        position += 1
        var next = position
        while next < bytes.count, Bytes.isWhitespace(bytes[next]) {
          next += 1
          if bytes[next - 1] == Bytes.lineFeed {
            endParagraph()
            position = next
            break
          }
        }
      default: position += 1
      }
    }
    endParagraph()
  }

  /// Copies what was read so far.
  private mutating func flush() {
    output.append(text, in: SourceRange(copied, position))
    copied = position
  }

  /// Leaves out what stands between the reading place and another.
  private mutating func drop(to end: Int) {
    flush()
    position = min(max(end, position), bytes.count)
    copied = position
  }

  private mutating func endParagraph() {
    flush()
    let range = Bytes.trimmed(output.bytes, SourceRange(paragraphStart, output.bytes.count))
    if range.lower < range.upper { label(range) }
    paragraphStart = output.bytes.count
    isItem = false
  }

  /// A paragraph that begins with a label in bold, such as `\textbf{Answer.}`.
  private mutating func label(_ range: SourceRange) {
    let bytes = output.bytes
    var lower = range.lower
    while Bytes.match("\\noindent", bytes, at: lower) {
      lower = Bytes.trimmed(bytes, SourceRange(lower + 9, range.upper)).lower
    }
    var line = SourceRange(lower, lower)
    while line.upper < range.upper, bytes[line.upper] != Bytes.lineFeed { line.upper += 1 }
    let next = Bytes.lettersEnd(bytes, from: lower + 1, to: line.upper)
    if bytes[lower] == Bytes.backslash, next < line.upper, bytes[next] == Bytes.openingBrace,
      let end = Bytes.groupEnd(bytes, from: next, to: line.upper)
    {
      let inside = SourceRange(next + 1, end - 1)
      if let label = HeadingLabel(bytes, line: inside, standsAlone: false),
        label.rest == inside.upper
      {
        blocks.append(.heading(level: label.level, inside, label.kind))
        blocks.append(.paragraph(SourceRange(end, range.upper), isItem: isItem))
        return
      }
    } else if let label = HeadingLabel(bytes, line: line, standsAlone: false) {
      blocks.append(.heading(level: label.level, label.text, label.kind))
      blocks.append(.paragraph(SourceRange(label.rest, range.upper), isItem: isItem))
      return
    }
    blocks.append(.paragraph(range, isItem: isItem))
  }

  private mutating func comment() {
    var end = position
    while end < bytes.count, bytes[end] != Bytes.lineFeed { end += 1 }
    var start = position
    while start > copied, Bytes.isSpace(bytes[start - 1]) { start -= 1 }
    let isWholeLine = start == 0 || bytes[start - 1] == Bytes.lineFeed
    drop(to: isWholeLine ? end + 1 : end)
  }

  private mutating func command() {
    let start = position
    let end = Bytes.lettersEnd(bytes, from: start + 1, to: bytes.count)
    guard end > start + 1, end - start <= 32 else {
      position = min(max(end, start + 2), bytes.count)
      return
    }
    let name = Bytes.text(bytes, SourceRange(start + 1, end))
    if let definition = MacroDefinition(text, at: start, to: bytes.count) {
      macros.append((definition.name, definition.macro))
      drop(to: definition.end)
    } else if let level = Self.sections[name] {
      heading(level, from: end)
    } else if name == "begin" || name == "end" {
      environment(isBegin: name == "begin", from: end)
    } else if name == "item" {
      item(from: end)
    } else if name == "textbf" || name == "underline" || name == "emph" || name == "textit" {
      if isLabel(from: end) { endParagraph() }
      position = end
    } else if Self.forbidden.contains(name) {
      forbid(name, SourceRange(start, end))
    } else if name == "verb" {
      verbatim(from: end)
    } else if StruckOut.textCommands.contains(name), let close = struckEnd(from: end) {
      drop(to: close)
    } else if name == "iffalse", let close = skippedEnd(from: end) {
      drop(to: close)
    } else if name == "label" || name == "ref" || name == "cite" || name == "eqref" {
      drop(to: Bytes.groupEnd(bytes, from: end, to: min(end + 400, bytes.count)) ?? end)
    } else {
      position = end
    }
  }

  /// An item of a list, whose label in brackets is a heading if it looks like one.
  private mutating func item(from end: Int) {
    endParagraph()
    drop(to: end)
    if end < bytes.count, bytes[end] == 0x5B {
      var close = end + 1
      while close < min(bytes.count, end + 80), bytes[close] != 0x5D { close += 1 }
      if close < bytes.count, bytes[close] == 0x5D {
        drop(to: end + 1)
        let lower = output.bytes.count
        position = close
        flush()
        let range = SourceRange(lower, output.bytes.count)
        if let label = HeadingLabel(output.bytes, line: range, standsAlone: false) {
          blocks.append(.heading(level: label.level, range, label.kind))
        }
        drop(to: close + 1)
      }
    }
    isItem = true
    paragraphStart = output.bytes.count
  }

  /// Whether a line begins with a label in bold, whose group opens at an offset.
  private func isLabel(from end: Int) -> Bool {
    var lower = position
    while lower > 0, Bytes.isSpace(bytes[lower - 1]) { lower -= 1 }
    guard lower == 0 || bytes[lower - 1] == Bytes.lineFeed,
      let close = Bytes.groupEnd(bytes, from: end, to: min(end + 80, bytes.count))
    else { return false }
    let inside = SourceRange(end + 1, close - 1)
    return HeadingLabel(bytes, line: inside, standsAlone: false)?.rest == inside.upper
  }

  private mutating func heading(_ level: Int, from end: Int) {
    var start = end
    if start < bytes.count, bytes[start] == 0x2A { start += 1 }
    let limit = min(start + 1000, bytes.count)
    guard let close = Bytes.groupEnd(bytes, from: start, to: limit) else {
      position = end
      return
    }
    endParagraph()
    drop(to: start + 1)
    let lower = output.bytes.count
    position = close - 1
    flush()
    let range = SourceRange(lower, output.bytes.count)
    blocks.append(
      .heading(
        level: level, range,
        HeadingLabel.isAnswer(output.bytes, range) ? .answer : .division))
    drop(to: close)
    paragraphStart = output.bytes.count
  }

  private mutating func environment(isBegin: Bool, from end: Int) {
    guard let (name, close) = MathEnvironments.name(bytes, at: end, to: bytes.count) else {
      position = end
      return
    }
    if MathEnvironments.isMathematics(name) {
      position = close
      return
    }
    if isBegin, Self.listings.contains(name) {
      endParagraph()
      drop(to: listingEnd(name, from: close))
      paragraphStart = output.bytes.count
      return
    }
    if name == "document" {
      if isBegin {
        drop(to: close)
        blocks = []
      } else {
        endParagraph()
        drop(to: bytes.count)
      }
      paragraphStart = output.bytes.count
      return
    }
    endParagraph()
    let kind: Page.HeadingKind? =
      Self.answers.contains(name) ? .answer : Self.tasks.contains(name) ? .division : nil
    if isBegin, let kind {
      let lower = output.bytes.count
      drop(to: end + 1)
      position = close - 1
      flush()
      blocks.append(
        .heading(
          level: kind == .answer ? 6 : 1, SourceRange(lower, output.bytes.count), kind))
    }
    drop(to: close)
    paragraphStart = output.bytes.count
  }

  private mutating func listingEnd(_ name: String, from start: Int) -> Int {
    let mark = Array("\\end{\(name)}".utf8)
    if !unclosed.contains(name) {
      var index = start
      while index + mark.count <= bytes.count {
        if bytes[index] == Bytes.backslash, bytes[index..<index + mark.count].elementsEqual(mark) {
          return index + mark.count
        }
        index += 1
      }
    }
    unclosed.insert(name)
    diagnose("unclosed-block", "the listing is never closed", SourceRange(position, start))
    return bytes.count
  }

  /// The end of a group of text that is crossed out, with formulas in it.
  private func struckEnd(from start: Int) -> Int? {
    guard let close = Bytes.groupEnd(bytes, from: start, to: bytes.count) else { return nil }
    for index in start..<close where bytes[index] == Bytes.dollar || bytes[index] == Bytes.backslash
    {
      return close
    }
    return nil
  }

  /// Where text goes on behind `\iffalse`: at its `\fi` or `\else`.
  private func skippedEnd(from start: Int) -> Int? {
    var depth = 0
    var index = start
    while index < bytes.count {
      guard bytes[index] == Bytes.backslash else {
        index += 1
        continue
      }
      let end = Bytes.lettersEnd(bytes, from: index + 1, to: bytes.count)
      switch Bytes.text(bytes, SourceRange(index + 1, min(end, index + 33))) {
      case "fi":
        if depth == 0 { return end }
        depth -= 1
      case "else": if depth == 0 { return end }
      case "iff": break
      case let name: if name.utf8.starts(with: "if".utf8) { depth += 1 }
      }
      index = max(end, index + 2)
    }
    return nil
  }

  private mutating func verbatim(from start: Int) {
    guard start < bytes.count else {
      position = start
      return
    }
    var end = start + 1
    while end < bytes.count, bytes[end] != bytes[start], bytes[end] != Bytes.lineFeed { end += 1 }
    drop(to: end + 1)
  }

  private mutating func forbid(_ name: String, _ range: SourceRange) {
    if name != "includegraphics", name != "usepackage" {
      diagnose("ignored-command", "files are not followed: \\\(name)", range)
    }
    var end = range.upper
    while end < bytes.count, Bytes.isDigit(bytes[end]) || bytes[end] == 0x3D { end += 1 }
    if end < bytes.count, bytes[end] == 0x5B {
      while end < min(bytes.count, range.upper + 400), bytes[end] != 0x5D { end += 1 }
      if end < bytes.count { end += 1 }
    }
    drop(to: Bytes.groupEnd(bytes, from: end, to: min(end + 1000, bytes.count)) ?? end)
  }

  private mutating func diagnose(_ identifier: String, _ message: String, _ range: SourceRange) {
    guard diagnostics.count < Self.mostDiagnostics else { return }
    diagnostics.append(Diagnostic(identifier, message, at: text.origin(of: range)))
  }
}
