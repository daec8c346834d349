/// Questions about single bytes and places in byte arrays.
enum Bytes {
  static let lineFeed: UInt8 = 0x0A
  static let backslash: UInt8 = 0x5C
  static let dollar: UInt8 = 0x24
  static let openingBrace: UInt8 = 0x7B
  static let closingBrace: UInt8 = 0x7D

  static func isLetter(_ byte: UInt8) -> Bool {
    (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A
  }

  static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

  /// A blank or tab.
  static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

  static func isWhitespace(_ byte: UInt8) -> Bool { byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) }

  static func lowercased(_ byte: UInt8) -> UInt8 {
    byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
  }

  /// Whether a text stands at an offset.
  static func match(_ text: StaticString, _ bytes: [UInt8], at offset: Int) -> Bool {
    let count = text.utf8CodeUnitCount
    guard offset >= 0, count <= bytes.count - offset else { return false }
    return text.withUTF8Buffer { buffer in
      for index in 0..<count where buffer[index] != bytes[offset + index] { return false }
      return true
    }
  }

  /// The range without blanks and line breaks at its ends.
  static func trimmed(_ bytes: [UInt8], _ range: SourceRange) -> SourceRange {
    var lower = range.lower
    var upper = range.upper
    while lower < upper, isWhitespace(bytes[lower]) { lower += 1 }
    while upper > lower, isWhitespace(bytes[upper - 1]) { upper -= 1 }
    return SourceRange(lower, upper)
  }

  /// The end of the letters that begin at an offset.
  static func lettersEnd(_ bytes: [UInt8], from offset: Int, to limit: Int) -> Int {
    var end = offset
    while end < limit, isLetter(bytes[end]) { end += 1 }
    return end
  }

  static func spacesEnd(_ bytes: [UInt8], from offset: Int, to limit: Int) -> Int {
    var end = offset
    while end < limit, isSpace(bytes[end]) { end += 1 }
    return end
  }

  static func text(_ bytes: [UInt8], _ range: SourceRange) -> String {
    guard range.lower < range.upper else { return "" }
    return String(decoding: bytes[range.lower..<range.upper], as: UTF8.self)
  }

  /// The text of a range with its Latin letters in lower case.
  static func lowercasedText(_ bytes: [UInt8], _ range: SourceRange) -> String {
    guard range.lower < range.upper else { return "" }
    var lowercase: [UInt8] = []
    lowercase.reserveCapacity(range.upper - range.lower)
    for byte in bytes[range.lower..<range.upper] {
      // "É" is C3 89, "é" is C3 A9.
      let isLatin = lowercase.last == 0xC3 && byte >= 0x80 && byte <= 0x9E && byte != 0x97
      lowercase.append(isLatin ? byte + 0x20 : lowercased(byte))
      // "А" to "Я" are D0 90 to D0 AF, "а" to "п" D0 B0 to D0 BF, "р" to "я" D1 80 to D1 8F.
      let last = lowercase.count - 1
      if last > 0, lowercase[last - 1] == 0xD0, byte >= 0x90, byte <= 0xAF {
        lowercase[last - 1] = byte >= 0xA0 ? 0xD1 : 0xD0
        lowercase[last] = byte >= 0xA0 ? byte - 0x20 : byte + 0x20
      }
    }
    return String(decoding: lowercase, as: UTF8.self)
  }

  static func lowercased(_ text: String) -> String {
    let bytes = Array(text.utf8)
    return lowercasedText(bytes, SourceRange(0, bytes.count))
  }

  /// The end of the group in braces that opens at an offset, or nothing if it is not closed.
  static func groupEnd(_ bytes: [UInt8], from offset: Int, to limit: Int) -> Int? {
    guard offset < limit, bytes[offset] == openingBrace else { return nil }
    var depth = 0
    var index = offset
    while index < limit {
      switch bytes[index] {
      case backslash: index += 1
      case openingBrace: depth += 1
      case closingBrace:
        depth -= 1
        if depth == 0 { return index + 1 }
      default: break
      }
      index += 1
    }
    return nil
  }
}
