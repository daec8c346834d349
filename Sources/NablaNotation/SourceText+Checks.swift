extension SourceText {
  /// What makes the text unreadable as a whole: bytes that are not UTF-8, or an endless line.
  package func unreadable() -> Diagnostic? {
    if let offset = UTF8Scalars.firstInvalidOffset(in: bytes) {
      return Diagnostic(
        "invalid-utf8", "the text is not UTF-8 at byte \(offset)",
        at: SourceRange(offset, offset + 1))
    }
    for index in 0..<lineStarts.count {
      let line = lineRange(index)
      if line.upper - line.lower > SourceText.longestLine {
        return Diagnostic(
          "line-too-long",
          "line \(index + 1) is longer than the limit of \(SourceText.longestLine) bytes",
          at: SourceRange(line.lower, line.lower))
      }
    }
    return nil
  }
}
