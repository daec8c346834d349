/// Text made from a source text by cutting, decoding, expanding or repairing; every byte knows
/// where it came from.
package struct TracedText: Sendable {
  package private(set) var bytes: [UInt8] = []
  private var runs: [Run] = []

  /// Bytes that stand together in the source, or that all come from one range of it.
  private struct Run: Sendable {
    let start: Int
    let origin: SourceRange
    /// Whether byte n of the run is byte n of the origin.
    let isVerbatim: Bool
  }

  package init() {}

  /// A piece of a source text as it stands.
  package init(_ source: SourceText, in range: SourceRange) { append(source, in: range) }

  package var isEmpty: Bool { bytes.isEmpty }

  package var text: String { String(decoding: bytes, as: UTF8.self) }

  /// Takes over a piece of a source text as it stands.
  package mutating func append(_ source: SourceText, in range: SourceRange) {
    let lower = min(max(range.lower, 0), source.bytes.count)
    let upper = min(max(range.upper, lower), source.bytes.count)
    guard lower < upper else { return }
    runs.append(
      Run(start: bytes.count, origin: SourceRange(lower, upper), isVerbatim: true))
    bytes += source.bytes[lower..<upper]
  }

  /// Puts other bytes in the place of a piece of the source.
  package mutating func append(_ replacement: some Collection<UInt8>, for origin: SourceRange) {
    if replacement.isEmpty { return }
    runs.append(Run(start: bytes.count, origin: origin, isVerbatim: false))
    bytes += replacement
  }

  package mutating func append(_ replacement: String, for origin: SourceRange) {
    append(replacement.utf8, for: origin)
  }

  /// Takes over a part of another text, its origins included.
  package mutating func append(_ other: TracedText, in range: SourceRange) {
    let lower = min(max(range.lower, 0), other.bytes.count)
    let upper = min(max(range.upper, lower), other.bytes.count)
    var place = lower
    while place < upper {
      let index = other.run(at: place)
      let run = other.runs[index]
      let end = index + 1 < other.runs.count ? min(upper, other.runs[index + 1].start) : upper
      let origin =
        run.isVerbatim
        ? SourceRange(
          run.origin.lower + place - run.start, run.origin.lower + end - run.start)
        : run.origin
      runs.append(Run(start: bytes.count, origin: origin, isVerbatim: run.isVerbatim))
      bytes += other.bytes[place..<end]
      place = end
    }
  }

  /// A part of the text with its origins.
  package func part(_ range: SourceRange) -> TracedText {
    var part = TracedText()
    part.append(self, in: range)
    return part
  }

  /// The bytes of the source that a range of the text was made from.
  ///
  /// - Complexity: O(log *n*) in the number of pieces.
  package func origin(of range: SourceRange) -> SourceRange {
    guard !runs.isEmpty else { return SourceRange(0, 0) }
    let lower = min(max(range.lower, 0), bytes.count)
    let upper = min(max(range.upper, lower), bytes.count)
    let first = runs[run(at: min(lower, bytes.count - 1))]
    if lower == upper {
      let place =
        first.isVerbatim
        ? first.origin.lower + min(lower - first.start, first.origin.upper - first.origin.lower)
        : first.origin.lower
      return SourceRange(place, place)
    }
    let last = runs[run(at: upper - 1)]
    let start = first.isVerbatim ? first.origin.lower + lower - first.start : first.origin.lower
    let end = last.isVerbatim ? last.origin.lower + upper - last.start : last.origin.upper
    return SourceRange(min(start, end), max(start, end))
  }

  /// The number of the piece that holds a byte.
  private func run(at offset: Int) -> Int {
    var low = 0
    var high = runs.count
    while high - low > 1 {
      let middle = low + (high - low) / 2
      if runs[middle].start <= offset { low = middle } else { high = middle }
    }
    return low
  }
}
