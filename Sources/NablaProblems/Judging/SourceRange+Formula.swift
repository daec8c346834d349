import NablaNotation

extension SourceRange {
  /// Whether a range of a submission looks like a single formula, without words, wide gaps or marks
  /// that part it from another.
  func isOneFormula(in source: SourceText) -> Bool {
    let bytes = source.bytes
    guard lower <= upper, upper <= bytes.count else { return false }
    var letters = 0
    var blanks = 0
    var isCommand = false
    for index in lower..<upper {
      let byte = bytes[index]
      let isLetter = (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A
      if byte == 0x5C {
        isCommand = true
        letters = 0
      } else if isLetter {
        letters += 1
        if letters > 3, !isCommand { return false }
      } else {
        if isCommand, Self.isGap(bytes[(index - letters)..<index]) { return false }
        isCommand = false
        letters = 0
      }
      blanks = byte == 0x20 || byte == 0x09 ? blanks + 1 : 0
      if blanks > 2 || byte == 0x7C || byte == 0x3B || byte == 0x0A { return false }
    }
    return true
  }

  /// Whether the name of a command is that of a gap or of words.
  private static func isGap(_ name: ArraySlice<UInt8>) -> Bool {
    let gaps: [StaticString] = [
      "quad", "qquad", "text", "mbox", "textrm", "textit", "mid", "hfill",
    ]
    return gaps.contains { gap in
      gap.withUTF8Buffer { $0.elementsEqual(name) }
    }
  }
}
