/// One line on the terminal that tells how far long work has come, and goes when it is done.
struct Progress {
  /// Shorter work is done in silence.
  static let patience = 0.5

  private let surroundings: Surroundings
  private let start: Double
  private let isShown: Bool

  init(_ surroundings: Surroundings) {
    self.surroundings = surroundings
    start = surroundings.seconds()
    isShown = surroundings.isTerminal(.messages)
  }

  /// Shows how many of some things are done: `3 of 12 tasks solved`.
  func tell(_ done: Int, of count: Int, _ what: String) {
    guard isShown, surroundings.seconds() - start >= Self.patience else { return }
    write(done < count ? "\r\(done) of \(count) \(what)\u{1B}[K" : "\r\u{1B}[K")
  }

  private func write(_ text: String) {
    _ = surroundings.write(.messages, Array(text.utf8))
  }
}
