/// A half-open range of UTF-8 byte offsets in a source text.
public struct SourceRange: Hashable, Sendable {
  public var lower: Int
  public var upper: Int

  public init(_ lower: Int, _ upper: Int) {
    self.lower = lower
    self.upper = upper
  }

  /// The smallest range that covers this one and another.
  public func union(_ other: SourceRange) -> SourceRange {
    SourceRange(min(lower, other.lower), max(upper, other.upper))
  }

  /// The same range in a text that begins `offset` bytes earlier.
  public func shifted(by offset: Int) -> SourceRange {
    SourceRange(lower + offset, upper + offset)
  }
}
