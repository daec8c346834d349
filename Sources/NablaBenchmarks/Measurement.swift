import Foundation

/// The times of one repetition, in seconds.
struct Repetition {
  /// Building the expression, its symbols included.
  var build = 0.0
  /// Differentiating, and simplifying where the workload says so.
  var derivation = 0.0
}

/// Times of repetitions of one workload, and the line that tells them.
struct Measurement {
  private let clock = ContinuousClock()
  private var repetitions: [Repetition] = []
  private var fields: [(key: String, value: String)] = []

  init(_ workload: String, size: String) {
    fields = [("peer", "\"nabla\""), ("workload", "\"\(workload)\""), ("size", size)]
  }

  /// Repeats a workload until a third of a second and nine repetitions have passed.
  ///
  /// `prepare` is called before each repetition, outside the clock.
  mutating func repeating(
    prepare: () -> Void, build: () -> Void, derive: () -> Void
  ) {
    let start = clock.now
    while repetitions.count < 9
      || (repetitions.count < 2000 && seconds(clock.now - start) < 0.33)
    {
      prepare()
      let begin = clock.now
      build()
      let middle = clock.now
      derive()
      let end = clock.now
      repetitions.append(
        Repetition(build: seconds(middle - begin), derivation: seconds(end - middle)))
      if repetitions.count >= 3, seconds(end - start) > 20 { break }
    }
  }

  mutating func add(_ key: String, _ value: Int) { fields.append((key, "\(value)")) }
  mutating func add(_ key: String, _ value: Double) { fields.append((key, "\(value)")) }
  mutating func add(_ key: String, text: String) {
    let escaped = text.replacingOccurrences(of: "\\", with: "\\\\")
      .replacingOccurrences(of: "\"", with: "\\\"")
    fields.append((key, "\"\(escaped)\""))
  }

  /// Prints one line of JSON: medians, and of the whole the fastest and the first, cold repetition.
  func emit() {
    var times: [(key: String, value: String)] = []
    times.append(("seconds", "\(median { $0.derivation })"))
    times.append(("build_s", "\(median { $0.build })"))
    times.append(("total_s", "\(median { $0.build + $0.derivation })"))
    let totals = repetitions.map { $0.build + $0.derivation }
    if let fastest = totals.min() { times.append(("fastest_s", "\(fastest)")) }
    if let first = totals.first {
      times.append(("first_s", "\(first)"))
    }
    times.append(("reps", "\(repetitions.count)"))
    var all = fields
    all.insert(contentsOf: times, at: min(3, all.count))
    print("{" + all.map { "\"\($0.key)\": \($0.value)" }.joined(separator: ", ") + "}")
    fflush(nil)
  }

  /// Seconds.
  var medianDerivation: Double { median { $0.derivation } }

  private func median(_ time: (Repetition) -> Double) -> Double {
    let sorted = repetitions.map(time).sorted()
    if sorted.isEmpty { return .nan }
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  }

  private func seconds(_ duration: Duration) -> Double {
    Double(duration.components.seconds) + Double(duration.components.attoseconds) * 1e-18
  }
}
