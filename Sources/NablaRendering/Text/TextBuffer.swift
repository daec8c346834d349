/// Bytes of UTF-8 that grow at the end.
struct TextBuffer {
  var bytes: [UInt8] = []

  mutating func write(_ text: String) { bytes.append(contentsOf: text.utf8) }

  mutating func write(_ text: String, times count: Int) {
    var remaining = count
    while remaining > 0 {
      write(text)
      remaining -= 1
    }
  }

  /// Writes once more what was written before.
  mutating func `repeat`(_ range: Range<Int>) {
    let piece = Array(bytes[range])
    bytes.append(contentsOf: piece)
  }

  mutating func endLine() { bytes.append(10) }

  /// Ends a paragraph: exactly one empty line follows what was written.
  mutating func separate() {
    while bytes.last == 10 { bytes.removeLast() }
    if !bytes.isEmpty { bytes.append(contentsOf: [10, 10]) }
  }

  var text: String { String(decoding: bytes, as: UTF8.self) }
}
