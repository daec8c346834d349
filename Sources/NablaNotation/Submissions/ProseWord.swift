/// A word or a mark of punctuation in prose.
struct ProseWord {
  enum Kind { case word, comma, semicolon, colon, stop, closing }

  var kind: Kind
  /// In lower case.
  var text: String
  var range: SourceRange
  var isCapitalised = false

  /// Cuts prose into words and the marks that matter.
  static func words(_ bytes: [UInt8], in range: SourceRange) -> [ProseWord] {
    var words: [ProseWord] = []
    var index = range.lower
    while index < range.upper {
      let byte = bytes[index]
      if isWordByte(byte) {
        var end = index
        while end < range.upper, isWordByte(bytes[end]) || isApostrophe(bytes, end, range.upper) {
          end += 1
        }
        append(bytes, SourceRange(index, end), &words)
        index = end
        continue
      }
      let mark = SourceRange(index, index + 1)
      switch byte {
      case 0x3B: words.append(ProseWord(kind: .semicolon, text: ";", range: mark))
      case 0x2C: words.append(ProseWord(kind: .comma, text: ",", range: mark))
      case 0x3A: words.append(ProseWord(kind: .colon, text: ":", range: mark))
      case 0x29: words.append(ProseWord(kind: .closing, text: ")", range: mark))
      case 0x21, 0x3F: words.append(ProseWord(kind: .stop, text: ".", range: mark))
      case 0x2E:
        if index + 1 == range.upper || !isWordByte(bytes[index + 1]) {
          words.append(ProseWord(kind: .stop, text: ".", range: mark))
        }
      case Bytes.backslash:
        // Commands are no words.
        index = Bytes.lettersEnd(bytes, from: index + 1, to: range.upper) - 1
      default: break
      }
      index += 1
    }
    return words
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    Bytes.isLetter(byte) || Bytes.isDigit(byte) || byte >= 0x80
  }

  private static func isApostrophe(_ bytes: [UInt8], _ index: Int, _ limit: Int) -> Bool {
    bytes[index] == 0x27 && index + 1 < limit && Bytes.isLetter(bytes[index + 1])
  }

  private static let joined = ["ถ้า", "เมื่อ", "กรณี", "หาก", "ให้", "โดยที่", "เพราะ", "ดังนั้น", "จง"]
    .map { Array($0.utf8) }

  private static func append(_ bytes: [UInt8], _ range: SourceRange, _ words: inout [ProseWord]) {
    var range = range
    // Words no table knows need no spelling.
    if range.upper - range.lower > 60 { range.lower = range.upper - 60 }
    if bytes[range.lower] == 0xE0 {
      // Thai writes its words together: the last one decides.
      for word in joined {
        let lower = range.upper - word.count
        if lower > range.lower, bytes[lower..<range.upper].elementsEqual(word) {
          range.lower = lower
          break
        }
      }
    }
    let first = bytes[range.lower]
    words.append(
      ProseWord(
        kind: .word, text: Bytes.lowercasedText(bytes, range), range: range,
        isCapitalised: first >= 0x41 && first <= 0x5A))
  }
}
