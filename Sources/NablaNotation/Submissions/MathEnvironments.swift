/// The environments of LaTeX that matter for reading a submission.
enum MathEnvironments {
  /// Environments that are displays of their own; their marks are taken off.
  static let wrappers: Set<String> = [
    "equation", "equation*", "displaymath", "math", "dmath", "dmath*", "subequations",
  ]

  /// Displays with rows; their marks are kept.
  static let displays: Set<String> = [
    "align", "align*", "eqnarray", "eqnarray*", "gather", "gather*", "multline", "multline*",
    "alignat", "alignat*", "flalign", "flalign*", "dgroup", "dgroup*", "dseries", "IEEEeqnarray",
    "IEEEeqnarray*", "darray",
  ]

  /// Rows inside a display, aligned at `&`.
  static let aligned: Set<String> = ["aligned", "split", "gathered", "alignedat", "lgathered"]

  /// Arrays, in which every row break counts.
  static let arrays: Set<String> = [
    "array", "matrix", "bmatrix", "pmatrix", "vmatrix", "Vmatrix", "Bmatrix", "smallmatrix",
    "cases", "dcases", "rcases", "substack",
  ]

  static func isMathematics(_ name: String) -> Bool {
    wrappers.contains(name) || displays.contains(name) || aligned.contains(name)
      || arrays.contains(name)
  }

  static func isAlignment(_ name: String) -> Bool {
    displays.contains(name) || aligned.contains(name)
  }

  /// The name in `{…}` at an offset, and where it ends.
  static func name(_ bytes: [UInt8], at offset: Int, to limit: Int) -> (name: String, end: Int)? {
    guard offset < limit, bytes[offset] == Bytes.openingBrace else { return nil }
    var end = offset + 1
    while end < limit, end - offset < 24, Bytes.isLetter(bytes[end]) || bytes[end] == 0x2A {
      end += 1
    }
    guard end < limit, end > offset + 1, bytes[end] == Bytes.closingBrace else { return nil }
    return (Bytes.text(bytes, SourceRange(offset + 1, end)), end + 1)
  }
}
