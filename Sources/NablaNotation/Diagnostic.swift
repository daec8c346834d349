/// Something a reader could not accept: what, where, and what would have been valid.
///
/// The fields are kept behind one pointer, so that deep parsers that throw it stay shallow on the
/// stack.
public struct Diagnostic: Error, Hashable, Sendable {
  private var box: Box

  public init(
    _ identifier: String, _ message: String, at range: SourceRange, expected: String? = nil,
    suggestion: String? = nil, file: String? = nil
  ) {
    box = .fields(
      Fields(
        identifier: identifier, message: message, range: range, expected: expected,
        suggestion: suggestion, file: file))
  }

  /// A stable kebab-case name of the kind of mistake, such as `unknown-name`.
  public var identifier: String {
    get { fields.identifier }
    set { fields.identifier = newValue }
  }

  /// What is wrong, in lower case and without a full stop.
  public var message: String {
    get { fields.message }
    set { fields.message = newValue }
  }

  public var range: SourceRange {
    get { fields.range }
    set { fields.range = newValue }
  }

  /// What would have been accepted at this place.
  public var expected: String? {
    get { fields.expected }
    set { fields.expected = newValue }
  }

  /// The nearest valid spelling.
  public var suggestion: String? {
    get { fields.suggestion }
    set { fields.suggestion = newValue }
  }

  /// The name of the source text, where it is not the one the caller handed in.
  public var file: String? {
    get { fields.file }
    set { fields.file = newValue }
  }

  /// The same diagnostic for a text that stands `offset` bytes into its file.
  public func shifted(by offset: Int) -> Diagnostic {
    var copy = self
    copy.range = range.shifted(by: offset)
    return copy
  }

  private struct Fields: Hashable, Sendable {
    var identifier: String
    var message: String
    var range: SourceRange
    var expected: String?
    var suggestion: String?
    var file: String?
  }

  private indirect enum Box: Hashable, Sendable {
    case fields(Fields)
  }

  private var fields: Fields {
    get {
      switch box {
      case .fields(let fields): fields
      }
    }
    set { box = .fields(newValue) }
  }
}
