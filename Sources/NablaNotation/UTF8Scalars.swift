/// Decoding of single scalars out of bytes that may not be UTF-8.
enum UTF8Scalars {
  /// The scalar that begins at an offset and its length, or nothing if the bytes there are invalid.
  static func decode(_ bytes: [UInt8], at offset: Int) -> (scalar: UInt32, length: Int)? {
    guard offset >= 0, offset < bytes.count else { return nil }
    let first = bytes[offset]
    if first < 0x80 { return (UInt32(first), 1) }
    let length: Int
    var value: UInt32
    let smallest: UInt32
    switch first {
    case 0xC2...0xDF: (length, value, smallest) = (2, UInt32(first & 0x1F), 0x80)
    case 0xE0...0xEF: (length, value, smallest) = (3, UInt32(first & 0x0F), 0x800)
    case 0xF0...0xF4: (length, value, smallest) = (4, UInt32(first & 0x07), 0x1_0000)
    default: return nil
    }
    guard offset + length <= bytes.count else { return nil }
    for next in offset + 1..<offset + length {
      guard bytes[next] & 0xC0 == 0x80 else { return nil }
      value = value << 6 | UInt32(bytes[next] & 0x3F)
    }
    guard value >= smallest, value <= 0x10_FFFF, !(0xD800...0xDFFF).contains(value) else {
      return nil
    }
    return (value, length)
  }

  /// The offset of the first byte that is not UTF-8.
  static func firstInvalidOffset(in bytes: [UInt8]) -> Int? {
    var offset = 0
    while offset < bytes.count {
      if bytes[offset] < 0x80 {
        offset += 1
      } else if let (_, length) = decode(bytes, at: offset) {
        offset += length
      } else {
        return offset
      }
    }
    return nil
  }
}
