import NablaExpressions
import NablaNotation
import NablaRendering

/// Text of authors and formulas made fit for comments and documentation.
enum CodeText {
  /// One line without anything a language would read.
  static func remark(_ text: String, _ language: CodeLanguage, limit: Int = 300) -> String {
    var line = ""
    for scalar in DisplayText.escaped(text, limit: limit).unicodeScalars {
      switch scalar {
      case "\\" where language == .python: line += "\\\\"
      case "\"" where language == .python: line += "'"
      default: line.unicodeScalars.append(scalar)
      }
    }
    return line
  }

  /// Lines of about a width, broken at spaces.
  static func wrapped(_ text: String, width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ") {
      if !line.isEmpty, line.utf8.count + 1 + word.utf8.count > width {
        lines.append(line)
        line = ""
      }
      line += line.isEmpty ? String(word) : " " + word
    }
    if !line.isEmpty { lines.append(line) }
    return lines
  }

  /// A statement on lines of at most 100 columns, where brackets and operators allow it.
  static func folded(_ line: String, _ language: CodeLanguage) -> [String] {
    let margin = String(line.prefix { $0 == " " })
    if line.utf8.count <= 100 || line.hasPrefix(margin + "#") || line.hasPrefix(margin + "///") {
      return [line]
    }
    var characters = Array(line.utf8)
    if language == .python, let place = assignment(characters), breaks(characters, at: 0).count > 0
    {
      // Outside brackets, only brackets let a statement of Python go on.
      characters.insert(0x28, at: place)
      characters.append(0x29)
    }
    for depth in 0...6 {
      let places = breaks(characters, at: depth)
      if places.isEmpty { continue }
      let lines = filled(characters, places, margin: margin)
      if lines.allSatisfy({ $0.utf8.count <= 100 }) || depth == 6 { return lines }
    }
    return filled(
      characters, (0...8).flatMap { breaks(characters, at: $0) }.sorted(), margin: margin)
  }

  /// Where the value of an assignment outside brackets begins.
  private static func assignment(_ text: [UInt8]) -> Int? {
    var depth = 0
    for place in text.indices.dropLast(2) {
      if text[place] == 0x28 || text[place] == 0x5B || text[place] == 0x7B { depth += 1 }
      if text[place] == 0x29 || text[place] == 0x5D || text[place] == 0x7D { depth -= 1 }
      if depth == 0, text[place] == 0x20, text[place + 1] == 0x3D, text[place + 2] == 0x20 {
        return place + 3
      }
    }
    return nil
  }

  /// The spaces inside so many brackets, or fewer, at which a line may end.
  private static func breaks(_ text: [UInt8], at wanted: Int) -> [Int] {
    var depth = 0
    var found: [Int] = []
    var isQuoted = false
    for place in text.indices {
      let byte = text[place]
      if byte == 0x22 { isQuoted.toggle() }
      if isQuoted { continue }
      if byte == 0x28 || byte == 0x5B || byte == 0x7B { depth += 1 }
      if byte == 0x29 || byte == 0x5D || byte == 0x7D { depth -= 1 }
      guard byte == 0x20, depth <= wanted, place > 0, place + 2 < text.count else { continue }
      let isAfterComma = text[place - 1] == 0x2C
      let isBeforeOperator =
        text[place + 2] == 0x20 && [0x2B, 0x2D, 0x3F, 0x3A].contains(text[place + 1])
      if depth > 0 && isAfterComma || isBeforeOperator { found.append(place) }
    }
    return found
  }

  private static func filled(_ text: [UInt8], _ places: [Int], margin: String) -> [String] {
    var lines: [String] = []
    var start = 0
    var last: Int?
    func close(at end: Int) {
      let piece = String(decoding: text[start..<end], as: UTF8.self)
      lines.append(lines.isEmpty ? piece : margin + "    " + piece)
    }
    for place in places + [text.count] {
      let used = place - start + (lines.isEmpty ? 0 : margin.utf8.count + 4)
      if used > 98, let end = last {
        close(at: end)
        start = end + 1
      }
      last = place
    }
    close(at: text.count)
    return lines
  }

  /// All statements of a text on lines that fit.
  static func folded(text: String, _ language: CodeLanguage) -> String {
    var result = ""
    var isDocumentation = false
    for line in text.textLines {
      let quotes = tripleQuotes(in: line)
      if quotes > 0 || isDocumentation {
        result += line + "\n"
      } else {
        for part in folded(String(line), language) { result += part + "\n" }
      }
      if quotes % 2 == 1 { isDocumentation.toggle() }
    }
    result.removeLast()
    return result
  }

  /// The names and other words of a text.
  static func identifiers(in text: String) -> Set<String> {
    var found: Set<String> = []
    let isPart: (UInt8) -> Bool = { byte in
      byte == 0x5F || (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
        || (0x61...0x7A).contains(byte)
    }
    for word in text.utf8.split(whereSeparator: { !isPart($0) }) {
      found.insert(String(Substring(word)))
    }
    return found
  }

  /// How often three quotation marks follow one another.
  private static func tripleQuotes(in line: Substring) -> Int {
    var count = 0
    var run = 0
    for byte in line.utf8 {
      run = byte == UInt8(ascii: "\"") ? run + 1 : 0
      if run == 3 {
        count += 1
        run = 0
      }
    }
    return count
  }
}
