import NablaNotation

/// How the claims of a submission ended, by number.
package struct SubmissionTally: Hashable, Sendable {
  /// Proved, or conditional.
  package var right = 0
  package var wrong = 0
  /// Undecided, unreadable, not determined, or out of budget.
  package var open = 0
  package var unrelated = 0

  package init(_ claims: some Sequence<MarkedClaim>) {
    for claim in claims {
      switch claim.verdict {
      case .proved, .conditional: right += 1
      case .refuted: wrong += 1
      case .undecided, .unreadable, .exhausted, .notDetermined: open += 1
      case .unrelated: unrelated += 1
      }
    }
  }

  /// The claims that count.
  package var judged: Int { right + wrong + open }

  /// "14 steps: 11 right, 2 wrong, 1 open; 3 about something else".
  var words: String {
    if judged == 0, unrelated == 0 { return "Nothing was found that could be judged." }
    var parts: [String] = []
    if right > 0 { parts.append("\(right) right") }
    if wrong > 0 { parts.append("\(wrong) wrong") }
    if open > 0 { parts.append("\(open) open") }
    var text = ""
    for part in parts { text += (text.isEmpty ? "" : ", ") + part }
    if judged > 0 { text = (judged == 1 ? "1 step: " : "\(judged) steps: ") + text }
    if unrelated > 0 {
      text += (text.isEmpty ? "" : "; ") + "\(unrelated) about something else"
    }
    return text + "."
  }
}

extension MarkedSubmission {
  package var tally: SubmissionTally {
    SubmissionTally(parts.lazy.flatMap { $0.claims })
  }

  /// The place of a claim that is counted over all parts.
  package func part(ofClaim index: Int) -> (part: Part, claim: MarkedClaim)? {
    var rest = index
    if rest < 0 { return nil }
    for part in parts {
      if rest < part.claims.count { return (part, part.claims[rest]) }
      rest -= part.claims.count
    }
    return nil
  }

  /// The line of the source text in which a claim stands, from 1.
  package func line(of claim: MarkedClaim) -> Int { source.lineIndex(at: claim.range.lower) + 1 }

  /// Halves earned and possible over all tasks; nil where no points are given.
  package var totalHalves: (earned: Int, possible: Int)? {
    if points.isEmpty { return nil }
    var earned = 0
    var possible = 0
    for task in points {
      earned += task.earnedHalves
      possible += task.possibleHalves
    }
    return (earned, possible)
  }
}
