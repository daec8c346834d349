import NablaProblems

/// What a campaign of mutants has seen so far.
package struct MutantTally: Sendable {
  package private(set) var counts: [Mutation.Kind: [MutantOutcome.Fate: Int]] = [:]
  package private(set) var failures: [MutantOutcome] = []
  package private(set) var accusations: [String] = []
  private var downstream: [String] = []
  private var leftAlone: [MutantOutcome] = []

  package init() {}

  package mutating func add(_ kind: Mutation.Kind, _ outcome: MutantOutcome) {
    counts[kind, default: [:]][outcome.fate, default: 0] += 1
    if outcome.fate.isFailure {
      failures.append(outcome)
    } else if outcome.fate != .refuted {
      leftAlone.append(outcome)
    }
    for line in outcome.downstream { downstream.append("\(line)\n    by \(outcome.line)") }
    for accused in outcome.accused {
      accusations.append("\(accused)\n    by \(outcome.line)")
    }
  }

  package func count(_ fate: MutantOutcome.Fate) -> Int {
    counts.values.reduce(0) { $0 + ($1[fate] ?? 0) }
  }

  package var total: Int { MutantOutcome.Fate.allCases.reduce(0) { $0 + count($1) } }

  /// The share refuted of those that are wrong.
  package var refutedShare: Double {
    let wrong = count(.refuted) + failures.count
    return wrong == 0 ? 1 : Double(count(.refuted)) / Double(wrong)
  }

  /// Counts by kind, the share refuted, what was missed, and what was accused wrongly.
  package func report(listing isListing: Bool) -> String {
    var text = ""
    for kind in Mutation.Kind.allCases {
      guard let fates = counts[kind] else { continue }
      text += "\(kind.rawValue): \(Self.listed(fates))\n"
    }
    var all: [MutantOutcome.Fate: Int] = [:]
    for fate in MutantOutcome.Fate.allCases { all[fate] = count(fate) }
    text += "all \(total): \(Self.listed(all))\n"
    text += "refuted of all: \(Self.percent(count(.refuted), of: total))\n"
    text +=
      "refuted of the wrong: \(Self.percent(count(.refuted), of: count(.refuted) + failures.count))\n"
    text += "accused wrongly: \(accusations.count)\n"
    for accusation in accusations { text += "  \(accusation)\n" }
    text += "refuted downstream of a changed definition: \(downstream.count)\n"
    if isListing { for line in downstream { text += "  \(line)\n" } }
    text += "failures: \(failures.count)\n"
    for failure in failures { text += "  \(Self.described(failure))\n" }
    if isListing {
      text += "left alone: \(leftAlone.count)\n"
      for outcome in leftAlone { text += "  \(Self.described(outcome))\n" }
    }
    return text
  }

  private static func described(_ outcome: MutantOutcome) -> String {
    let verdict = outcome.verdict?.rawValue ?? "no claim"
    let reading = outcome.reading.map { " by \($0)" } ?? ""
    return
      "\(outcome.fate.rawValue) (\(verdict)\(reading)) \(outcome.line)\n      \(outcome.reason)"
  }

  private static func listed(_ fates: [MutantOutcome.Fate: Int]) -> String {
    MutantOutcome.Fate.allCases.compactMap { fate in
      guard let count = fates[fate], count > 0 else { return nil }
      return "\(fate.rawValue) \(count)"
    }.joined(separator: ", ")
  }

  private static func percent(_ part: Int, of whole: Int) -> String {
    let hundredths = whole == 0 ? 10_000 : part * 10_000 / whole
    let rest = hundredths % 100
    return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest) %"
  }
}
