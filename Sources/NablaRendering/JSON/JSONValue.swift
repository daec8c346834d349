/// A JSON value; objects keep the order of their keys, and numbers their digits.
public indirect enum JSONValue: Hashable, Sendable {
  case null
  case bool(Bool)
  /// The text of a number, as JSON writes it: `-1.5e3`.
  case number(String)
  case string(String)
  case array([JSONValue])
  case object([Member])

  public struct Member: Hashable, Sendable {
    public var key: String
    public var value: JSONValue

    public init(_ key: String, _ value: JSONValue) {
      self.key = key
      self.value = value
    }
  }

  public static func integer(_ value: Int) -> JSONValue { .number("\(value)") }

  /// An object from pairs, without those whose value is `nil`.
  public static func object(_ members: [(String, JSONValue?)]) -> JSONValue {
    var result: [Member] = []
    for (key, value) in members {
      if let value { result.append(Member(key, value)) }
    }
    return .object(result)
  }

  /// `{"plain": …, "latex": …}`, the form of every formula in Nabla's JSON.
  public static func formula(_ formula: Formula) -> JSONValue {
    .object([("plain", .string(formula.plain)), ("latex", .string(formula.latex()))])
  }

  /// The first member with this key.
  public subscript(key: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    for member in members where member.key == key { return member.value }
    return nil
  }
}

extension JSONValue {
  /// Compact JSON on one line, or with an indentation of two spaces.
  public func text(isIndented: Bool = false) -> String {
    var out = TextBuffer()
    write(to: &out, isIndented: isIndented, depth: 0)
    return out.text
  }

  /// Deeper values are written as null.
  static let depthLimit = 200

  private func write(to out: inout TextBuffer, isIndented: Bool, depth: Int) {
    func newLine(_ depth: Int) {
      if !isIndented { return }
      out.endLine()
      out.write("  ", times: depth)
    }
    if depth > Self.depthLimit { return out.write("null") }
    switch self {
    case .null: out.write("null")
    case .bool(let value): out.write(value ? "true" : "false")
    case .number(let digits): out.write(JSONReader.isNumber(digits) ? digits : "null")
    case .string(let text): Self.write(text, to: &out)
    case .array(let elements):
      out.write("[")
      for (position, element) in elements.enumerated() {
        if position > 0 { out.write(isIndented ? "," : ", ") }
        newLine(depth + 1)
        element.write(to: &out, isIndented: isIndented, depth: depth + 1)
      }
      if !elements.isEmpty { newLine(depth) }
      out.write("]")
    case .object(let members):
      out.write("{")
      for (position, member) in members.enumerated() {
        if position > 0 { out.write(isIndented ? "," : ", ") }
        newLine(depth + 1)
        Self.write(member.key, to: &out)
        out.write(": ")
        member.value.write(to: &out, isIndented: isIndented, depth: depth + 1)
      }
      if !members.isEmpty { newLine(depth) }
      out.write("}")
    }
  }

  private static func write(_ text: String, to out: inout TextBuffer) {
    let hex = Array("0123456789abcdef".utf8)
    out.bytes.append(34)
    if text.utf8.contains(where: { $0 == 0xC2 || $0 == 0xE2 }) {
      return writeScalars(text, to: &out)
    }
    for byte in text.utf8 {
      switch byte {
      case 34: out.write("\\\"")
      case 92: out.write("\\\\")
      case 10: out.write("\\n")
      case 13: out.write("\\r")
      case 9: out.write("\\t")
      case 0..<32, 127:
        out.write("\\u00")
        out.bytes.append(hex[Int(byte >> 4)])
        out.bytes.append(hex[Int(byte & 15)])
      default: out.bytes.append(byte)
      }
    }
    out.bytes.append(34)
  }

  /// A text in which characters may stand that steer a terminal or turn its lines around; these
  /// are escaped as well. Its opening quotation mark is written.
  private static func writeScalars(_ text: String, to out: inout TextBuffer) {
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 34: out.write("\\\"")
      case 92: out.write("\\\\")
      case 10: out.write("\\n")
      case 13: out.write("\\r")
      case 9: out.write("\\t")
      case 0..<32, 127...0x9F, 0x200E...0x200F, 0x2028...0x202E, 0x2066...0x2069:
        let digits = String(scalar.value, radix: 16)
        out.write("\\u")
        out.write("0", times: 4 - digits.utf8.count)
        out.write(digits)
      default: out.write(String(scalar))
      }
    }
    out.bytes.append(34)
  }
}
