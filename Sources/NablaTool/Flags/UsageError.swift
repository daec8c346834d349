import NablaNotation

/// Arguments that make no sense, told in one sentence.
struct UsageError: Error, Hashable {
  var message: String

  init(_ message: String) { self.message = message }

  /// Something is not among what is valid; the nearest spelling is offered, or else all are named.
  static func unknown(
    _ noun: String, _ given: String, among valid: [String], listedAs list: String
  ) -> UsageError {
    let start = "unknown \(noun) \(DisplayText.quoted(given))"
    if let near = nearestSpelling(to: given, among: valid) {
      return UsageError(start + "; did you mean '\(near)'?")
    }
    return UsageError(start + "; \(list): " + joined(valid))
  }

  static func joined(_ names: [String]) -> String {
    var text = ""
    for name in names { text += text.isEmpty ? name : ", " + name }
    return text
  }
}
