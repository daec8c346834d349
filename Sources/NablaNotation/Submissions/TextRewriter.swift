/// Makes a new text out of an old one by replacing pieces, from left to right, and keeps account.
struct TextRewriter {
  let text: TracedText
  private(set) var output = TracedText()
  private(set) var repairs: [Repair] = []
  private var copied = 0

  /// More repairs than this are made but not listed.
  static let mostRepairs = 2000

  init(_ text: TracedText) { self.text = text }

  /// Puts other text in the place of a range, which must not begin before the last one ended.
  ///
  /// - Parameter kind: what is reported; nothing for a change that repairs nothing.
  mutating func replace(_ range: SourceRange, with replacement: String, _ kind: Repair.Kind?) {
    let range = SourceRange(max(range.lower, copied), max(range.upper, copied))
    output.append(text, in: SourceRange(copied, range.lower))
    let origin = text.origin(of: range)
    output.append(replacement, for: origin)
    copied = range.upper
    guard let kind, repairs.count < Self.mostRepairs else { return }
    repairs.append(
      Repair(kind, origin, found: Bytes.text(text.bytes, range), repaired: replacement))
  }

  mutating func finish() -> TracedText {
    output.append(text, in: SourceRange(copied, text.bytes.count))
    copied = text.bytes.count
    return output
  }
}
