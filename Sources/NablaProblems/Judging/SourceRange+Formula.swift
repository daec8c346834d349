import NablaNotation

extension SourceRange {
  /// Whether a range of a submission looks like a single formula, without words, wide gaps or marks
  /// that part it from another.
  func isOneFormula(in source: SourceText) -> Bool {
    let bytes = source.bytes
    guard lower <= upper, upper <= bytes.count else { return false }
    var index = lower
    var letters = 0
    var blanks = 0
    while index < upper {
      let byte = bytes[index]
      blanks = byte == 0x20 || byte == 0x09 ? blanks + 1 : 0
      if blanks > 2 || byte == 0x7C || byte == 0x3B || byte == 0x0A { return false }
      index += 1
      if byte == 0x5C {
        let start = index
        while index < upper, Self.isLetter(bytes[index]) { index += 1 }
        let name = bytes[start..<index]
        if Self.isOne(of: Self.gaps, name) { return false }
        if Self.isOne(of: Self.words, name) {
          // A single word is a name, more of them part what stands on either side.
          let end = bytes[index..<upper].firstIndex(of: 0x7D) ?? upper
          if bytes[index..<end].contains(0x20) { return false }
          index = end
        }
        letters = 0
      } else if Self.isLetter(byte) {
        letters += 1
        if letters > 3 { return false }
      } else {
        letters = 0
      }
    }
    return true
  }

  private static let gaps: [StaticString] = ["quad", "qquad", "mid", "hfill"]
  private static let words: [StaticString] = ["text", "mbox", "textrm", "textit"]

  private static func isOne(of names: [StaticString], _ name: ArraySlice<UInt8>) -> Bool {
    names.contains { own in own.withUTF8Buffer { $0.elementsEqual(name) } }
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A
  }
}
