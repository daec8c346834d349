extension PairTally {
  /// The verdicts, the shares decided and every misjudged pair.
  package var summary: String {
    var text = ""
    for kind in PairKind.allCases {
      guard let byTruth = counts[kind] else { continue }
      for truth in [Pair.Truth.equal, .different, .unknown, .contradictory] {
        guard let byVerdict = byTruth[truth] else { continue }
        let parts = PairVerdict.allCases.compactMap { verdict in
          byVerdict[verdict].map { "\(verdict.rawValue) \($0)" }
        }
        text += "\(kind.rawValue), \(truth.rawValue): \(parts.joined(separator: ", "))\n"
      }
      text += "\(kind.rawValue) decided: \(Self.percent(decidedShare(kind)))\n"
    }
    text += "misjudged: \(misjudged.count)\n"
    for entry in misjudged { text += "  \(entry.line)\n" }
    return text
  }

  /// The summary with histograms, the slowest questions and the smallest open ones.
  package func report(open limit: Int) -> String {
    var text = summary
    text += "depth: \(Self.histogram(depths))\n"
    text += "nodes: \(Self.histogram(sizes))\n"
    let names = functions.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    text += "drawn: " + names.map { "\($0.key) \($0.value)" }.joined(separator: ", ") + "\n"
    text += "slowest:\n"
    for entry in slowest { text += "  \(Int(entry.seconds * 1000)) ms \(entry.line)\n" }
    text += "laws whose pairs stayed open most often:\n"
    let worst = laws.filter { $0.value.open > 0 }
      .sorted { ($1.value.open, $0.key) < ($0.value.open, $1.key) }
    for (law, count) in worst.prefix(40) {
      text += "  \(count.open) of \(count.pairs): \(law)\n"
    }
    text += "open, the smallest:\n"
    let sorted = open.sorted { ($0.size, $0.pair.number) < ($1.size, $1.pair.number) }
    for entry in sorted.prefix(limit) { text += "  \(entry.line)\n" }
    return text
  }

  private static func histogram(_ counts: [Int: Int]) -> String {
    counts.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }.joined(separator: ", ")
  }

  private static func percent(_ share: Double) -> String {
    let hundredths = Int(share * 10_000)
    let rest = hundredths % 100
    return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest) %"
  }
}
