/// Text that an author crossed out: `~~…~~`, `<del>…</del>`, `\sout{…}`, `\cancel{a = b}`.
struct StruckOut {
  private var isTildeOpen = false
  private var isTagOpen = false
  /// Tildes are marks only where they come in pairs.
  private var tildes = 0
  private var closingTags = 0

  init() {}

  /// For a paragraph.
  init(_ bytes: [UInt8], _ range: SourceRange) {
    var index = range.lower
    while index + 1 < range.upper {
      if bytes[index] == 0x7E, bytes[index + 1] == 0x7E {
        tildes += 1
        index += 1
      } else if bytes[index] == 0x3C, Self.isTag(bytes, index, isClosing: true) {
        closingTags += 1
      }
      index += 1
    }
  }

  /// Whether what is read now is crossed out.
  var isOpen: Bool { isTildeOpen || isTagOpen }

  /// Takes in the marks of a piece of text.
  mutating func read(_ bytes: [UInt8], _ range: SourceRange) {
    var index = range.lower
    while index + 1 < range.upper {
      if bytes[index] == 0x7E, bytes[index + 1] == 0x7E {
        tildes -= 1
        isTildeOpen = !isTildeOpen && tildes > 0
        index += 1
      } else if bytes[index] == 0x3C {
        if Self.isTag(bytes, index, isClosing: true) {
          isTagOpen = false
          closingTags -= 1
        } else if closingTags > 0, Self.isTag(bytes, index, isClosing: false) {
          isTagOpen = true
        }
      }
      index += 1
    }
  }

  private static func isTag(_ bytes: [UInt8], _ index: Int, isClosing: Bool) -> Bool {
    var start = index + 1
    if isClosing {
      guard Bytes.match("/", bytes, at: start) else { return false }
      start += 1
    }
    for name: StaticString in ["del>", "s>", "strike>"]
    where Bytes.match(name, bytes, at: start) { return true }
    return false
  }

  // MARK: Commands

  /// Commands that cross out text.
  static let textCommands: Set<String> = ["sout", "st", "xout", "strikeout"]

  /// Commands that cross out mathematics.
  private static let commands: Set<String> = [
    "cancel", "bcancel", "xcancel", "sout", "st", "xout", "hcancel", "strike",
  ]

  /// A formula without the equations in it that are crossed out; a factor that is cancelled stays.
  static func removed(_ text: TracedText) -> TracedText {
    let bytes = text.bytes
    var rewriter = TextRewriter(text)
    var index = 0
    while index < bytes.count {
      guard bytes[index] == Bytes.backslash else {
        index += 1
        continue
      }
      let end = Bytes.lettersEnd(bytes, from: index + 1, to: bytes.count)
      if commands.contains(Bytes.text(bytes, SourceRange(index + 1, end))),
        let close = Bytes.groupEnd(bytes, from: end, to: bytes.count),
        holdsEquation(bytes, SourceRange(end + 1, close - 1))
      {
        rewriter.replace(SourceRange(index, close), with: "", nil)
        index = close
      } else {
        index = max(end, index + 2)
      }
    }
    return rewriter.finish()
  }

  /// Whether `=` stands outside braces.
  private static func holdsEquation(_ bytes: [UInt8], _ range: SourceRange) -> Bool {
    var depth = 0
    for index in range.lower..<range.upper {
      switch bytes[index] {
      case Bytes.openingBrace: depth += 1
      case Bytes.closingBrace: depth -= 1
      case 0x3D where depth == 0: return true
      default: break
      }
    }
    return false
  }
}
