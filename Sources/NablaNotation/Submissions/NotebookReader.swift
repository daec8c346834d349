/// Finds the Markdown cells of a notebook; what is not JSON is passed over as far as possible.
struct NotebookReader {
  private let source: SourceText
  private let bytes: [UInt8]
  private var position = 0
  /// The Markdown cells, one after the other, with a blank line between.
  private(set) var text = TracedText()
  private(set) var diagnostic: Diagnostic?

  private static let deepest = 64

  init(_ source: SourceText) {
    self.source = source
    bytes = source.bytes
  }

  mutating func read() {
    if Bytes.match("\u{FEFF}", bytes, at: 0) { position = 3 }
    skipSpace()
    if peek != 0x7B {
      fail("the notebook is not JSON")
      return
    }
    value(depth: 0)
  }

  private var peek: UInt8 { position < bytes.count ? bytes[position] : 0 }

  private mutating func fail(_ message: String) {
    if diagnostic == nil {
      diagnostic = Diagnostic(
        "invalid-notebook", message, at: SourceRange(position, min(position + 1, bytes.count)),
        expected: "a notebook of Jupyter")
    }
    position = bytes.count
  }

  private mutating func skipSpace() {
    while position < bytes.count, Bytes.isWhitespace(bytes[position]) { position += 1 }
  }

  /// Reads a value; objects that are Markdown cells leave their text behind.
  private mutating func value(depth: Int) {
    skipSpace()
    guard depth < Self.deepest else { return fail("the notebook is nested too deeply") }
    switch peek {
    case 0x7B: object(depth: depth)
    case 0x5B:
      elements { reader in reader.value(depth: depth + 1) }
    case 0x22: skipString()
    default:
      let start = position
      while position < bytes.count, !isDelimiter(bytes[position]) { position += 1 }
      if position == start { fail("the notebook is not JSON") }
    }
  }

  private func isDelimiter(_ byte: UInt8) -> Bool {
    byte == 0x2C || byte == 0x5D || byte == 0x7D || byte == 0x3A || byte == 0x22
      || byte == 0x5B || byte == 0x7B || Bytes.isWhitespace(byte)
  }

  private mutating func object(depth: Int) {
    position += 1
    var isMarkdown = false
    var cell: TracedText?
    while position < bytes.count {
      skipSpace()
      if peek == 0x7D {
        position += 1
        break
      }
      if peek == 0x2C {
        position += 1
        continue
      }
      guard peek == 0x22 else { return fail("the name of a member is missing") }
      var name = TracedText()
      string(into: &name)
      skipSpace()
      guard peek == 0x3A else { return fail("a colon is missing") }
      position += 1
      skipSpace()
      switch name.text {
      case "cell_type" where peek == 0x22:
        var type = TracedText()
        string(into: &type)
        isMarkdown = type.text == "markdown"
      case "source":
        var content = TracedText()
        if peek == 0x22 {
          string(into: &content)
        } else if peek == 0x5B {
          elements { reader in
            if reader.peek == 0x22 {
              reader.string(into: &content)
            } else {
              reader.value(depth: depth + 1)
            }
          }
        } else {
          value(depth: depth + 1)
        }
        cell = content
      case "outputs", "metadata", "attachments": skip(depth: depth + 1)
      default: value(depth: depth + 1)
      }
    }
    if isMarkdown, let cell, !cell.isEmpty {
      let end = cell.origin(of: SourceRange(cell.bytes.count, cell.bytes.count))
      text.append(cell, in: SourceRange(0, cell.bytes.count))
      text.append("\n\n", for: end)
    }
  }

  private mutating func elements(_ element: (inout NotebookReader) -> Void) {
    position += 1
    while position < bytes.count {
      skipSpace()
      if peek == 0x5D {
        position += 1
        return
      }
      if peek == 0x2C {
        position += 1
        continue
      }
      let start = position
      element(&self)
      if position == start { return fail("the notebook is not JSON") }
    }
  }

  /// Passes over a value without looking for cells in it.
  private mutating func skip(depth: Int) {
    let kept = text
    value(depth: depth)
    text = kept
  }

  private mutating func skipString() {
    position += 1
    while position < bytes.count, bytes[position] != 0x22 {
      position += bytes[position] == Bytes.backslash ? 2 : 1
    }
    position = min(position + 1, bytes.count)
  }

  // MARK: Strings

  private mutating func string(into text: inout TracedText) {
    position += 1
    var start = position
    while position < bytes.count, bytes[position] != 0x22 {
      guard bytes[position] == Bytes.backslash else {
        position += 1
        continue
      }
      text.append(source, in: SourceRange(start, position))
      escape(into: &text)
      start = position
    }
    text.append(source, in: SourceRange(start, position))
    position = min(position + 1, bytes.count)
  }

  private mutating func escape(into text: inout TracedText) {
    let start = position
    let letter = position + 1 < bytes.count ? bytes[position + 1] : 0
    position = min(position + 2, bytes.count)
    let replacement: String
    switch letter {
    case 0x62: replacement = "\u{8}"
    case 0x66: replacement = "\u{C}"
    case 0x6E: replacement = "\n"
    case 0x72: replacement = "\r"
    case 0x74: replacement = "\t"
    case 0x22: replacement = "\""
    case 0x5C: replacement = "\\"
    case 0x2F: replacement = "/"
    case 0x75: replacement = unicodeEscape()
    default:
      text.append(source, in: SourceRange(start, position))
      return
    }
    text.append(replacement, for: SourceRange(start, position))
  }

  private mutating func unicodeEscape() -> String {
    guard let first = fourDigits() else { return "\u{FFFD}" }
    var value = first
    if (0xD800..<0xDC00).contains(first), peek == Bytes.backslash,
      position + 1 < bytes.count, bytes[position + 1] == 0x75
    {
      position += 2
      guard let second = fourDigits(), (0xDC00..<0xE000).contains(second) else {
        return "\u{FFFD}"
      }
      value = 0x1_0000 + (first - 0xD800) << 10 + (second - 0xDC00)
    }
    guard let scalar = Unicode.Scalar(value) else { return "\u{FFFD}" }
    return String(Character(scalar))
  }

  private mutating func fourDigits() -> UInt32? {
    var value: UInt32 = 0
    guard position + 4 <= bytes.count else { return nil }
    for index in position..<position + 4 {
      let byte = Bytes.lowercased(bytes[index])
      if Bytes.isDigit(byte) {
        value = value << 4 | UInt32(byte - 0x30)
      } else if byte >= 0x61, byte <= 0x66 {
        value = value << 4 | UInt32(byte - 0x57)
      } else {
        return nil
      }
    }
    position += 4
    return value
  }
}
