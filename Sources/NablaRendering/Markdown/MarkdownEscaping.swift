/// Text that Markdown shows as it stands.
enum MarkdownEscaping {
  /// Text inside a paragraph, a heading or a cell.
  static func write(_ text: String, to out: inout TextBuffer) {
    for scalar in DisplayWidth.harmless(text).unicodeScalars {
      switch scalar {
      case "&": out.write("&amp;")
      case "<": out.write("&lt;")
      case ">": out.write("&gt;")
      case "\\", "`", "*", "_", "[", "]", "$", "|", "~", "#", "!":
        out.write("\\")
        out.write(String(scalar))
      default: out.write(String(scalar))
      }
    }
  }

  /// A paragraph that begins like a list, a rule or the line below a heading is none.
  static func escapedStart(_ text: String) -> String {
    guard let first = text.utf8.first else { return text }
    switch first {
    case 0x2B, 0x2D, 0x3D: return "\\" + text
    case 0x30...0x39:
      let digits = text.prefix { $0.isASCIIDigit }
      let rest = text[digits.endIndex...]
      guard let mark = rest.first, mark == "." || mark == ")",
        rest.dropFirst().first.map({ $0 == " " }) ?? true
      else { return text }
      return digits + "\\" + rest
    default: return text
    }
  }

  /// A code span; its fence is longer than any run of backticks in it.
  static func writeCode(_ text: String, isInTable: Bool, to out: inout TextBuffer) {
    let code = DisplayWidth.harmless(text)
    let fence = String(repeating: "`", count: longestRun(of: code) + 1)
    let isPadded = code.utf8.first == 0x60 || code.utf8.last == 0x60 || code.utf8.first == 0x20
    out.write(fence)
    if isPadded || code.isEmpty { out.write(" ") }
    for byte in code.utf8 {
      if byte == 0x7C, isInTable { out.write("\\") }
      out.bytes.append(byte)
    }
    if isPadded { out.write(" ") }
    out.write(fence)
  }

  static func longestRun(of code: String) -> Int {
    var longest = 0
    var run = 0
    for byte in code.utf8 {
      run = byte == 0x60 ? run + 1 : 0
      longest = max(longest, run)
    }
    return longest
  }

  /// Text inside a formula: what TeX or Markdown would take for a sign of theirs is shown by its
  /// wide form.
  static func writeMathText(_ text: String, to out: inout TextBuffer) {
    var closesBracket = false
    for scalar in DisplayWidth.harmless(text).unicodeScalars {
      switch scalar {
      case "\\", "{", "}", "$", "&", "#", "%", "_", "~", "<", "|", "*", "`", "@", "!", "\"":
        writeWide(scalar, to: &out)
      case "^": out.write("ˆ")
      // After a bracket it would be read as the address of a link.
      case "(", "[", ":":
        if closesBracket { writeWide(scalar, to: &out) } else { out.write(String(scalar)) }
      default: out.write(String(scalar))
      }
      closesBracket = scalar == "]"
    }
  }

  private static func writeWide(_ scalar: Unicode.Scalar, to out: inout TextBuffer) {
    out.write(String(Unicode.Scalar(scalar.value + 0xFEE0) ?? scalar))
  }
}
