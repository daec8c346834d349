/// Puts right what extraction or scanning did to the text of a formula.
struct FormulaRepair {
  let commands: DamagedCommands

  /// The text as LaTeX that can be read, with what was repaired.
  func repaired(_ text: TracedText) -> (text: TracedText, repairs: [Repair]) {
    var spelling = TextRewriter(text)
    spell(&spelling)
    let spelt = spelling.finish()
    var structure = FormulaStructure(spelt)
    let repaired = structure.repaired()
    return (repaired, spelling.repairs + structure.repairs)
  }

  /// The text of a line of plain mathematics: only its characters are looked at.
  func repairedCharacters(_ text: TracedText) -> (text: TracedText, repairs: [Repair]) {
    var rewriter = TextRewriter(text)
    characters(SourceRange(0, text.bytes.count), text.bytes, &rewriter)
    return (rewriter.finish(), rewriter.repairs)
  }

  private func characters(_ range: SourceRange, _ bytes: [UInt8], _ rewriter: inout TextRewriter) {
    var index = range.lower
    while index < range.upper {
      index = bytes[index] < 0x80 ? index + 1 : character(index, bytes, &rewriter)
    }
  }

  /// Groups whose words are not mathematics.
  private static let wordGroups: Set<String> = [
    "text", "textbf", "textit", "textrm", "texttt", "mathrm", "operatorname", "label", "mbox",
    "hbox", "begin", "end", "color", "textcolor", "tag", "mathtt", "textnormal", "mathsf", "ref",
    "cite", "hspace", "vspace", "intertext",
  ]

  private static let longestWordGroup = 2000

  private func spell(_ rewriter: inout TextRewriter) {
    let bytes = rewriter.text.bytes
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      if byte == Bytes.backslash, isEscapedMark(index, bytes) {
        rewriter.replace(SourceRange(index, index + 1), with: "", .character)
        index += 2
      } else if byte == Bytes.backslash {
        let end = Bytes.lettersEnd(bytes, from: index + 1, to: bytes.count)
        let next = end > index + 1 ? skipWords(SourceRange(index + 1, end), bytes) : index + 2
        characters(SourceRange(end, min(next, bytes.count)), bytes, &rewriter)
        index = next
      } else if Bytes.isLetter(byte) {
        let letters = SourceRange(
          index, Bytes.lettersEnd(bytes, from: index, to: bytes.count))
        index = letters.upper
        if let (command, range) = commands.repair(bytes, letters: letters) {
          // A letter that follows would become part of the command.
          rewriter.replace(range, with: "\\" + command, .damagedCommand)
          index = skip(command, from: letters.upper, bytes)
          characters(SourceRange(letters.upper, index), bytes, &rewriter)
        }
      } else if byte == 0x26, let (entity, end) = Self.entity(bytes, index) {
        rewriter.replace(SourceRange(index, end), with: entity, .character)
        index = end
      } else if byte >= 0x80 {
        index = character(index, bytes, &rewriter)
      } else {
        index += 1
      }
    }
  }

  /// The character that HTML spells with a name, and where the name ends.
  private static func entity(_ bytes: [UInt8], _ index: Int) -> (String, Int)? {
    for (name, character): (StaticString, String) in [
      ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"), ("&nbsp;", " "), ("&minus;", "-"),
    ] where Bytes.match(name, bytes, at: index) {
      return (character, index + name.utf8CodeUnitCount)
    }
    return nil
  }

  /// Whether Markdown's mark of an escape stands before an underscore or star that is meant.
  private func isEscapedMark(_ index: Int, _ bytes: [UInt8]) -> Bool {
    guard index > 0, index + 2 < bytes.count else { return false }
    let before = bytes[index - 1]
    let after = bytes[index + 2]
    switch bytes[index + 1] {
    case 0x5F:
      return (Bytes.isLetter(before) || before == Bytes.closingBrace || before == 0x29)
        && (Bytes.isLetter(after) || Bytes.isDigit(after) || after == Bytes.openingBrace)
    case 0x2A: return before != Bytes.backslash
    default: return false
    }
  }

  private func skipWords(_ command: SourceRange, _ bytes: [UInt8]) -> Int {
    guard command.upper - command.lower <= 12 else { return command.upper }
    return skip(Bytes.text(bytes, command), from: command.upper, bytes)
  }

  private func skip(_ command: String, from end: Int, _ bytes: [UInt8]) -> Int {
    guard Self.wordGroups.contains(command) else { return end }
    let start = Bytes.spacesEnd(bytes, from: end, to: bytes.count)
    let limit = min(bytes.count, start + Self.longestWordGroup)
    return Bytes.groupEnd(bytes, from: start, to: limit) ?? end
  }

  private func character(_ index: Int, _ bytes: [UInt8], _ rewriter: inout TextRewriter) -> Int {
    guard let (scalar, length) = UTF8Scalars.decode(bytes, at: index) else { return index + 1 }
    if let replacement = Self.replacement(scalar) {
      rewriter.replace(SourceRange(index, index + length), with: replacement, .character)
    }
    return index + length
  }

  private static func replacement(_ scalar: UInt32) -> String? {
    switch scalar {
    case 0xFB00: "ff"
    case 0xFB01: "fi"
    case 0xFB02: "fl"
    case 0xFB03: "ffi"
    case 0xFB04: "ffl"
    case 0xFB05, 0xFB06: "st"
    case 0x2010...0x2015, 0xFE63: "-"
    case 0x2018, 0x2019: "'"
    case 0xFF01...0xFF5E: Unicode.Scalar(scalar - 0xFEE0).map { String(Character($0)) }
    case 0x3000: " "
    default: nil
    }
  }
}
