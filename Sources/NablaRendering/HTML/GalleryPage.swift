public import NablaNotation

/// A page that leads to several write-ups, each in several formats.
public struct GalleryPage: Sendable {
  /// One write-up: what it is about, and the files that hold it.
  public struct Entry: Sendable {
    public var document: Document
    /// The name of the format, and the file beside the page.
    public var files: [(format: String, path: String)]

    public init(document: Document, files: [(format: String, path: String)]) {
      self.document = document
      self.files = files
    }
  }

  /// In English; shown in the language of the page where that has words for it.
  public var title: String
  public var entries: [Entry]
  /// The language of the page; that of all its write-ups where none is given.
  public var language: Language?

  public init(title: String, entries: [Entry], language: Language? = nil) {
    self.title = title
    self.entries = entries
    self.language = language
  }

  private var shownLanguage: Language {
    if let language { return language }
    let first = entries.first?.document.notation.language ?? .english
    return entries.allSatisfy { $0.document.notation.language == first } ? first : .english
  }

  /// The page as HTML, without scripts and other files.
  public func html() -> String {
    let language = shownLanguage
    let title = language.say(title)
    var head = Document(title: [.text(title)])
    head.notation.language = language
    var writer = HTMLWriter(head)
    writer.writeHead(head)
    writer.out.write("<div class=\"page\">\n<header><h1>")
    HTMLEscaping.write(title, to: &writer.out)
    writer.out.write("</h1></header>\n<main>\n")
    for entry in entries { Self.write(entry, language, to: &writer) }
    writer.out.write("</main>\n</div>\n</body>\n</html>\n")
    return writer.out.text
  }

  private static func write(
    _ entry: Entry, _ language: Language, to writer: inout HTMLWriter
  ) {
    let own = entry.document.notation.language
    writer.out.write(own == language ? "<article>\n<h2>" : "<article lang=\"\(own.code)\">\n<h2>")
    writer.write(entry.document.title)
    writer.out.write("</h2>\n")
    for case .paragraph(let inlines) in entry.document.blocks {
      writer.writeParagraph(inlines, tag: "p")
      break
    }
    writer.out.write("<p class=\"files\">")
    for (place, file) in entry.files.enumerated() {
      if place > 0 { writer.out.write(" · ") }
      writer.out.write("<a href=\"")
      HTMLEscaping.write(percentEncoded(file.path), to: &writer.out)
      writer.out.write("\">")
      HTMLEscaping.write(file.format, to: &writer.out)
      writer.out.write("</a>")
    }
    writer.out.write("</p>\n</article>\n")
  }

  /// A file name as a link: everything but letters, digits and a few signs by its bytes.
  private static func percentEncoded(_ path: String) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var bytes: [UInt8] = []
    for byte in path.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
        UInt8(ascii: "_"), UInt8(ascii: "/"):
        bytes.append(byte)
      default: bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
