/// A submission's text after its file format was taken off, cut into blocks.
struct Page {
  var text = TracedText()
  var blocks: [Block] = []

  enum Block {
    /// A heading: its level, its text and where it comes from.
    case heading(level: Int, SourceRange, HeadingKind)
    /// Lines that belong together; `endsItem` tells a new item of a list.
    case paragraph(SourceRange, isItem: Bool)
    /// Mathematics of a fence or environment, without its marks.
    case display(SourceRange)

    /// Where it ends in the text.
    var end: Int {
      switch self {
      case .heading(_, let range, _), .paragraph(let range, _), .display(let range): range.upper
      }
    }
  }

  enum HeadingKind {
    /// Marked as a heading by the format, or a label such as `T1` or `(a)`.
    case division
    /// A short line that stands alone.
    case title
    /// `Answer`, `Solution`, `Proof`: what follows is the author's own.
    case answer
  }
}

extension TracedText {
  /// The text with line feeds as line breaks, without NUL, byte-order marks and invalid bytes.
  ///
  /// - Parameter invalid: set to the source offset of the first byte that is not UTF-8.
  func cleaned(invalid: inout Int?) -> TracedText {
    var cleaned = TracedText()
    var start = 0
    var index = 0
    func origin(_ lower: Int, _ upper: Int) -> SourceRange {
      self.origin(of: SourceRange(lower, upper))
    }
    while index < bytes.count {
      let byte = bytes[index]
      if byte != 0, byte != 0x0D, byte < 0x80 {
        index += 1
        continue
      }
      var replacement: String?
      var length = 1
      if byte == 0 {
        replacement = " "
      } else if byte == 0x0D {
        if index + 1 < bytes.count, bytes[index + 1] == Bytes.lineFeed { replacement = "" }
      } else if let (scalar, count) = UTF8Scalars.decode(bytes, at: index) {
        length = count
        if scalar == 0xFEFF || scalar == 0xAD || scalar == 0x200B { replacement = "" }
        if scalar == 0xA0 || scalar == 0x202F || (0x2000...0x200A).contains(scalar) {
          replacement = " "
        }
        if scalar == 0x2028 || scalar == 0x2029 { replacement = "\n" }
      } else {
        if invalid == nil { invalid = origin(index, index + 1).lower }
        while index + length < bytes.count,
          bytes[index + length] & 0xC0 == 0x80 || bytes[index + length] >= 0xF8
        { length += 1 }
        replacement = "\u{FFFD}"
      }
      if let replacement {
        cleaned.append(self, in: SourceRange(start, index))
        cleaned.append(replacement, for: origin(index, index + length))
        start = index + length
      }
      index += length
    }
    cleaned.append(self, in: SourceRange(start, bytes.count))
    return cleaned
  }
}
