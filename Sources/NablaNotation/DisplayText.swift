/// Text of the input made safe to show: what a terminal would obey is escaped.
package enum DisplayText {
  /// The text with control, direction and invisible characters as `\u{1B}`, cut when long.
  package static func escaped(_ text: String, limit: Int = 60) -> String {
    var result = ""
    var count = 0
    for scalar in text.unicodeScalars {
      if count == limit { return result + "…" }
      count += 1
      result += escaped(scalar)
    }
    return result
  }

  package static func quoted(_ text: String) -> String { "'" + escaped(text) + "'" }

  /// One scalar, escaped if it must not reach a terminal as it is.
  static func escaped(_ scalar: Unicode.Scalar) -> String {
    isUnsafe(scalar.value)
      ? "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}" : String(Character(scalar))
  }

  static func isUnsafe(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0..<0x20, 0x7F..<0xA0, 0xAD, 0x61C, 0x180E, 0x200B...0x200F, 0x2028...0x202E,
      0x2060...0x206F, 0xFEFF, 0xFFF9...0xFFFB, 0xE0000...0xE007F:
      true
    default: false
    }
  }

  /// How many terminal columns a character takes.
  static func width(_ character: Character) -> Int {
    guard let first = character.unicodeScalars.first?.value else { return 0 }
    switch first {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF,
      0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F900...0x1F9FF,
      0x20000...0x3FFFD:
      return 2
    default: return 1
    }
  }
}
