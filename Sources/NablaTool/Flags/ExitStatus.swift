/// What came of one file, expression or line.
enum Outcome: Hashable {
  case passed, failed, exhausted, undecided, unreadable
}

/// The exit status of a run, gathered from what came of its parts.
struct ExitStatus {
  static let success: Int32 = 0
  static let usage: Int32 = 2
  static let undecided: Int32 = 3

  private var outcomes: Set<Outcome> = []

  mutating func note(_ outcome: Outcome) { outcomes.insert(outcome) }

  /// The first that applies: nothing read, something failed, a budget ran out, something undecided.
  var code: Int32 {
    if outcomes == [.unreadable] { return Self.usage }
    if outcomes.contains(.failed) { return 1 }
    if outcomes.contains(.exhausted) { return 4 }
    if outcomes.contains(.undecided) || outcomes.contains(.unreadable) { return Self.undecided }
    return Self.success
  }
}
