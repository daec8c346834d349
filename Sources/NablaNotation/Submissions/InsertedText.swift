/// A display that lines of text interrupt: `a &= b \\ \intertext{so with $c = d$} &= e`.
enum InsertedText {
  enum Part {
    case rows(SourceRange)
    case text(SourceRange)
  }

  /// The rows and lines of text of a display, without the marks of its environment; nothing if no
  /// text stands in it.
  static func parts(_ bytes: [UInt8], in range: SourceRange) -> [Part]? {
    guard var (lower, upper) = content(bytes, range) else { return nil }
    var parts: [Part] = []
    var index = lower
    while index < upper {
      guard bytes[index] == Bytes.backslash else {
        index += 1
        continue
      }
      let end = Bytes.lettersEnd(bytes, from: index + 1, to: upper)
      let name = Bytes.text(bytes, SourceRange(index + 1, min(end, index + 33)))
      guard name == "intertext" || name == "shortintertext",
        let close = Bytes.groupEnd(bytes, from: end, to: upper)
      else {
        index = max(end, index + 2)
        continue
      }
      parts.append(.rows(SourceRange(lower, index)))
      parts.append(.text(SourceRange(end + 1, close - 1)))
      lower = close
      index = close
    }
    if parts.isEmpty { return nil }
    upper = max(upper, lower)
    parts.append(.rows(SourceRange(lower, upper)))
    return parts
  }

  /// What stands between `\begin{align}` and `\end{align}` where nothing else does.
  private static func content(_ bytes: [UInt8], _ range: SourceRange) -> (Int, Int)? {
    let whole = Bytes.trimmed(bytes, range)
    guard Bytes.match("\\begin", bytes, at: whole.lower),
      let (name, start) = MathEnvironments.name(bytes, at: whole.lower + 6, to: whole.upper)
    else { return (whole.lower, whole.upper) }
    let mark = Array("\\end{\(name)}".utf8)
    guard whole.upper - mark.count >= start,
      bytes[(whole.upper - mark.count)..<whole.upper].elementsEqual(mark)
    else { return nil }
    return (start, whole.upper - mark.count)
  }
}
