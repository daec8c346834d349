/// What is wrong with a JSON text, and at which byte.
public struct JSONError: Error, Hashable, Sendable {
  public var message: String
  public var offset: Int
}

extension JSONValue {
  /// Reads one JSON value that takes the whole text (RFC 8259).
  public init(parsing text: String) throws(JSONError) {
    var reader = JSONReader(bytes: Array(text.utf8))
    self = try reader.document()
  }
}

struct JSONReader {
  private static let depthLimit = 128

  private let bytes: [UInt8]
  private var position = 0
  private var depth = 0

  init(bytes: [UInt8]) { self.bytes = bytes }

  mutating func document() throws(JSONError) -> JSONValue {
    let value = try value()
    skipSpaces()
    if position < bytes.count { throw error("expected the end of the text") }
    return value
  }

  private var current: UInt8? { position < bytes.count ? bytes[position] : nil }

  private func error(_ message: String) -> JSONError {
    JSONError(message: message, offset: position)
  }

  private mutating func skipSpaces() {
    while let byte = current, byte == 32 || byte == 10 || byte == 13 || byte == 9 {
      position += 1
    }
  }

  private mutating func value() throws(JSONError) -> JSONValue {
    skipSpaces()
    depth += 1
    defer { depth -= 1 }
    if depth > Self.depthLimit { throw error("nested deeper than \(Self.depthLimit) levels") }
    guard let byte = current else { throw error("expected a value") }
    switch byte {
    case UInt8(ascii: "{"): return try object()
    case UInt8(ascii: "["): return try array()
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    default: return try number()
    }
  }

  private mutating func word(_ word: String, _ value: JSONValue) throws(JSONError) -> JSONValue {
    for byte in word.utf8 {
      guard current == byte else { throw error("expected '\(word)'") }
      position += 1
    }
    return value
  }

  private mutating func number() throws(JSONError) -> JSONValue {
    let start = position
    while let byte = current,
      (byte >= 48 && byte <= 57) || byte == 43 || byte == 45 || byte == 46 || byte == 69
        || byte == 101
    {
      position += 1
    }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    if !Self.isNumber(text) {
      position = start
      throw error("expected a value")
    }
    return .number(text)
  }

  /// Whether the text is a number by the grammar of JSON.
  static func isNumber(_ text: String) -> Bool {
    var rest = Array(text.utf8)[...]
    func digits(_ rest: inout ArraySlice<UInt8>) -> Int {
      let before = rest.count
      while let byte = rest.first, byte >= 48, byte <= 57 { rest = rest.dropFirst() }
      return before - rest.count
    }
    if rest.first == 45 { rest = rest.dropFirst() }
    let startsWithZero = rest.first == 48
    let whole = digits(&rest)
    if whole == 0 || (startsWithZero && whole > 1) { return false }
    if rest.first == 46 {
      rest = rest.dropFirst()
      if digits(&rest) == 0 { return false }
    }
    if rest.first == 69 || rest.first == 101 {
      rest = rest.dropFirst()
      if rest.first == 43 || rest.first == 45 { rest = rest.dropFirst() }
      if digits(&rest) == 0 { return false }
    }
    return rest.isEmpty
  }

  private mutating func array() throws(JSONError) -> JSONValue {
    position += 1
    var elements: [JSONValue] = []
    skipSpaces()
    if current == UInt8(ascii: "]") {
      position += 1
      return .array([])
    }
    while true {
      elements.append(try value())
      skipSpaces()
      if current == UInt8(ascii: "]") {
        position += 1
        return .array(elements)
      }
      guard current == UInt8(ascii: ",") else { throw error("expected ',' or ']'") }
      position += 1
    }
  }

  private mutating func object() throws(JSONError) -> JSONValue {
    position += 1
    var members: [JSONValue.Member] = []
    skipSpaces()
    if current == UInt8(ascii: "}") {
      position += 1
      return .object(members)
    }
    while true {
      skipSpaces()
      guard current == UInt8(ascii: "\"") else { throw error("expected a key in quotes") }
      let key = try string()
      skipSpaces()
      guard current == UInt8(ascii: ":") else { throw error("expected ':'") }
      position += 1
      members.append(JSONValue.Member(key, try value()))
      skipSpaces()
      if current == UInt8(ascii: "}") {
        position += 1
        return .object(members)
      }
      guard current == UInt8(ascii: ",") else { throw error("expected ',' or '}'") }
      position += 1
    }
  }

  private mutating func string() throws(JSONError) -> String {
    position += 1
    var result: [UInt8] = []
    while let byte = current {
      position += 1
      switch byte {
      case UInt8(ascii: "\""): return String(decoding: result, as: UTF8.self)
      case UInt8(ascii: "\\"): try escape(into: &result)
      case 0..<32: throw error("control character in a string")
      default: result.append(byte)
      }
    }
    throw error("string without an end")
  }

  private mutating func escape(into result: inout [UInt8]) throws(JSONError) {
    guard let byte = current else { throw error("string without an end") }
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): result.append(byte)
    case UInt8(ascii: "b"): result.append(8)
    case UInt8(ascii: "f"): result.append(12)
    case UInt8(ascii: "n"): result.append(10)
    case UInt8(ascii: "r"): result.append(13)
    case UInt8(ascii: "t"): result.append(9)
    case UInt8(ascii: "u"):
      var code = try hex()
      if code >= 0xD800, code < 0xDC00, current == UInt8(ascii: "\\"), position + 1 < bytes.count,
        bytes[position + 1] == UInt8(ascii: "u")
      {
        let mark = position
        position += 2
        let low = try hex()
        if low >= 0xDC00, low < 0xE000 {
          code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
        } else {
          position = mark
        }
      }
      // An unpaired surrogate is no character.
      let scalar = Unicode.Scalar(code) ?? "\u{FFFD}"
      result.append(contentsOf: String(scalar).utf8)
    default: throw error("unknown escape in a string")
    }
  }

  private mutating func hex() throws(JSONError) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard let byte = current else { throw error("string without an end") }
      let digit: UInt32
      switch byte {
      case 48...57: digit = UInt32(byte) - 48
      case 65...70: digit = UInt32(byte) - 55
      case 97...102: digit = UInt32(byte) - 87
      default: throw error("expected four hexadecimal digits")
      }
      value = value << 4 | digit
      position += 1
    }
    return value
  }
}
