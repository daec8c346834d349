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
}
