import NablaNotation
import NablaRendering

/// Several submissions at a glance: how each ended, and which steps failed most often.
package struct ClassReport: Sendable {
  package private(set) var entries: [Entry] = []
  /// How formulas are printed, as in the first submission.
  package private(set) var notation = NotationStyle()
  private var failures: [FailedStep] = []
  private var places: [FailedStep.Kind: Int] = [:]

  package init() {}

  package init(_ submissions: some Sequence<MarkedSubmission>) {
    for submission in submissions { append(submission) }
  }

  /// What the table tells of one submission.
  package struct Entry: Sendable {
    package struct FirstError: Sendable {
      package var heading: String
      package var line: Int
      package var mistake: Mistake?
    }

    package var name: String
    package var verdict: MarkedSubmission.Verdict
    package var tally: SubmissionTally
    package var firstError: FirstError?
    package var finalResult: ClaimVerdict?
    package var earnedHalves: Int?
    package var possibleHalves: Int?
  }

  /// A step that is wrong in some submissions.
  package struct FailedStep: Sendable {
    package struct Kind: Hashable, Sendable {
      package var section: String
      package var left: Formula?
      package var mistake: Mistake?
    }

    package var kind: Kind
    /// How often it occurs.
    package var count = 0
    /// In how many submissions it occurs.
    package var submissions = 0
    /// The last of these, counted from 0.
    fileprivate var last = -1
  }

  package mutating func append(_ submission: MarkedSubmission) {
    var entry = Entry(
      name: submission.source.name, verdict: submission.verdict, tally: submission.tally)
    if let firstError = submission.firstError,
      let (part, claim) = submission.part(ofClaim: firstError)
    {
      entry.firstError = Entry.FirstError(
        heading: submission.heading(of: part), line: submission.line(of: claim),
        mistake: claim.mistake)
    }
    if entries.isEmpty { notation = submission.notation }
    entry.finalResult = submission.finalResult?.verdict
    entry.earnedHalves = submission.totalHalves?.earned
    entry.possibleHalves = submission.totalHalves?.possible
    note(submission, number: entries.count)
    entries.append(entry)
  }

  private mutating func note(_ submission: MarkedSubmission, number: Int) {
    for part in submission.parts {
      // A line that goes on has the left side of the chain it belongs to.
      var left: Formula?
      for claim in part.claims {
        if !claim.goesOn { left = claim.left }
        guard claim.verdict == .refuted, !claim.carried else { continue }
        let section = claim.task ?? part.problem ?? part.heading
        let kind = FailedStep.Kind(section: section, left: left, mistake: claim.mistake)
        let place = places[kind] ?? failures.count
        if place == failures.count {
          places[kind] = place
          failures.append(FailedStep(kind: kind))
        }
        failures[place].count += 1
        if failures[place].last != number {
          failures[place].last = number
          failures[place].submissions += 1
        }
      }
    }
  }

  /// The steps that fail, those of most submissions first, else in the order they were met.
  package var failedSteps: [FailedStep] {
    failures.enumerated().sorted { one, other in
      if one.element.submissions != other.element.submissions {
        return one.element.submissions > other.element.submissions
      }
      if one.element.count != other.element.count {
        return one.element.count > other.element.count
      }
      return one.offset < other.offset
    }.map { $0.element }
  }

  /// The names without the folder that all of them are in.
  package var shortNames: [String] {
    guard let first = entries.first, entries.count > 1 else { return entries.map { $0.name } }
    var common = 0
    for (position, byte) in first.name.utf8.enumerated() where byte == 0x2F {
      let folder = position + 1
      if entries.allSatisfy({
        $0.name.utf8.prefix(folder).elementsEqual(first.name.utf8.prefix(folder))
      }) {
        common = folder
      }
    }
    return entries.map { String(decoding: $0.name.utf8.dropFirst(common), as: UTF8.self) }
  }
}
