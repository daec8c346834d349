/// A named text with its lines, the thing source ranges point into.
///
/// The bytes may be anything; readers report where they stop being UTF-8.
public struct SourceText: Sendable {
  /// The longest line a reader accepts, in bytes.
  public static let longestLine = 1_048_576

  /// The name shown in diagnostics, usually a path.
  public let name: String
  public let bytes: [UInt8]
  /// The offset of the first byte of each line.
  public let lineStarts: [Int]

  public init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
    var starts = [0]
    for offset in 0..<bytes.count where bytes[offset] == 0x0A {
      starts.append(offset + 1)
    }
    lineStarts = starts
  }

  public init(name: String, _ text: String) {
    self.init(name: name, bytes: Array(text.utf8))
  }

  /// The text of a range, with invalid bytes repaired and the range clamped to the text.
  public func text(in range: SourceRange) -> String {
    let lower = min(max(range.lower, 0), bytes.count)
    let upper = min(max(range.upper, lower), bytes.count)
    return String(decoding: bytes[lower..<upper], as: UTF8.self)
  }

  /// The zero-based number of the line that holds a byte offset.
  ///
  /// - Complexity: O(log *n*) in the number of lines.
  public func lineIndex(at offset: Int) -> Int {
    var low = 0
    var high = lineStarts.count
    while high - low > 1 {
      let middle = low + (high - low) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    return low
  }

  /// The bytes of a line without its line break.
  public func lineRange(_ index: Int) -> SourceRange {
    guard index >= 0, index < lineStarts.count else {
      return SourceRange(bytes.count, bytes.count)
    }
    let lower = lineStarts[index]
    var upper = index + 1 < lineStarts.count ? lineStarts[index + 1] - 1 : bytes.count
    if upper > lower, upper <= bytes.count, bytes[upper - 1] == 0x0D { upper -= 1 }
    return SourceRange(lower, upper)
  }

  /// The line and column of a byte offset, both counted from 1, columns in characters.
  public func position(at offset: Int) -> (line: Int, column: Int) {
    let index = lineIndex(at: offset)
    let line = lineRange(index)
    let end = min(max(offset, line.lower), line.upper)
    return (index + 1, text(in: SourceRange(line.lower, end)).count + 1)
  }
}
