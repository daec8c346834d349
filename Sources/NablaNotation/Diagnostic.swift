/// Something a reader could not accept: what, where, and what would have been valid.
public struct Diagnostic: Error, Hashable, Sendable {
  /// A stable kebab-case name of the kind of mistake, such as `unknown-name`.
  public var identifier: String
  /// What is wrong, in lower case and without a full stop.
  public var message: String
  public var range: SourceRange
  /// What would have been accepted at this place.
  public var expected: String?
  /// The nearest valid spelling.
  public var suggestion: String?
  /// The name of the source text, where it is not the one the caller handed in.
  public var file: String?

  public init(
    _ identifier: String, _ message: String, at range: SourceRange, expected: String? = nil,
    suggestion: String? = nil, file: String? = nil
  ) {
    self.identifier = identifier
    self.message = message
    self.range = range
    self.expected = expected
    self.suggestion = suggestion
    self.file = file
  }

  /// The same diagnostic for a text that stands `offset` bytes into its file.
  public func shifted(by offset: Int) -> Diagnostic {
    var copy = self
    copy.range = range.shifted(by: offset)
    return copy
  }
}
