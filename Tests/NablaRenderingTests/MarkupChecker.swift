/// A small reader of markup that fails where elements do not close or attributes are malformed.
struct MarkupChecker {
  struct Failure: Error {
    let message: String
  }

  /// Elements of HTML that have no content.
  private static let void: Set<String> = ["meta", "wbr", "br", "hr"]
  /// How many children the elements of MathML take.
  private static let arity: [String: Int] = [
    "mfrac": 2, "mroot": 2, "msub": 2, "msup": 2, "msubsup": 3, "munder": 2, "mover": 2,
    "munderover": 3,
  ]

  private let bytes: [UInt8]
  private var position = 0
  private var open: [(name: String, children: Int)] = []

  /// Checks a page or a part of one; gives the names of its elements and of their attributes.
  @discardableResult
  static func check(_ markup: String) throws(Failure) -> Set<String> {
    var checker = MarkupChecker(bytes: Array(markup.utf8))
    var names: Set<String> = []
    try checker.run(&names)
    return names
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private mutating func run(_ names: inout Set<String>) throws(Failure) {
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "<"): try readTag(&names)
      case UInt8(ascii: "&"): try readEntity()
      case UInt8(ascii: ">"): throw failure("a bare >")
      case 0..<9, 11..<32, 127: throw failure("a control character")
      default: position += 1
      }
    }
    if let last = open.last { throw failure("\(last.name) is not closed") }
  }

  private mutating func readTag(_ names: inout Set<String>) throws(Failure) {
    let start = position
    guard let end = tagEnd() else { throw failure("a tag without end") }
    var text = String(decoding: bytes[(start + 1)..<end], as: UTF8.self)
    position = end + 1
    if text.hasPrefix("!DOCTYPE") { return }
    if text.hasPrefix("/") {
      text.removeFirst()
      guard let last = open.popLast(), last.name == text else {
        throw failure("</\(text)> closes nothing")
      }
      if let count = Self.arity[text], count != last.children {
        throw failure("\(text) has \(last.children) children")
      }
      return
    }
    let isEmpty = text.hasSuffix("/")
    if isEmpty { text.removeLast() }
    let name = String(text.prefix { $0 != " " })
    try readAttributes(String(text.dropFirst(name.count)), of: name, &names)
    names.insert(name)
    if !open.isEmpty { open[open.count - 1].children += 1 }
    if isEmpty || Self.void.contains(name) { return }
    open.append((name, 0))
    // What a style sheet holds is no markup.
    if name == "style" {
      while position < bytes.count, bytes[position] != UInt8(ascii: "<") { position += 1 }
    }
  }

  private func tagEnd() -> Int? {
    var isQuoted = false
    for place in position..<bytes.count {
      if bytes[place] == UInt8(ascii: "\"") { isQuoted.toggle() }
      if bytes[place] == UInt8(ascii: ">"), !isQuoted { return place }
    }
    return nil
  }

  private func readAttributes(
    _ text: String, of name: String, _ names: inout Set<String>
  ) throws(Failure) {
    var rest = text[...]
    while let first = rest.first {
      guard first == " " else { throw failure("attributes of \(name): \(text)") }
      rest = rest.dropFirst()
      let key = rest.prefix { $0.isLetter || $0 == "-" }
      guard !key.isEmpty else { throw failure("attributes of \(name): \(text)") }
      names.insert("@" + key)
      rest = rest.dropFirst(key.count)
      guard rest.hasPrefix("=\"") else { continue }
      rest = rest.dropFirst(2)
      guard let end = rest.firstIndex(of: "\"") else { throw failure("a quote in \(name)") }
      let value = rest[..<end]
      guard !value.contains("<") else { throw failure("a bare < in \(name)") }
      if key == "href", !value.hasPrefix("#") { throw failure("a link to \(value)") }
      rest = rest[rest.index(after: end)...]
    }
  }

  private mutating func readEntity() throws(Failure) {
    let rest = bytes[position...].prefix(9)
    guard let end = rest.firstIndex(of: UInt8(ascii: ";")) else { throw failure("a bare &") }
    position = end + 1
  }

  private func failure(_ message: String) -> Failure {
    Failure(message: "\(message), at byte \(position)")
  }
}
